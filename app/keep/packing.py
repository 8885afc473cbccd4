"""What is kept in the browser as bytes: an .npz of plain arrays and, as JSON, what is known of them.

NumPy opens it elsewhere, and zip has a checksum for each array. Nothing is compressed: it has to be quick.
"""

import io
import json
import zipfile

import numpy as np
from numpy.lib import format as npy

VERSION = 1  # of what is packed here; a newer page may read an older one, never the other way round
ABOUT = "about"


class BadRecord(ValueError):
    """Bytes that are not what `pack` made, whole."""


class Pieces:
    """A file that holds what is written as a list, so that large arrays are not joined."""

    def __init__(self):
        self.list = []

    def write(self, data):
        self.list.append(bytes(data))
        return len(data)

    def flush(self):
        pass


def pack(kind, about, arrays):
    """A list of bytes; kind: what it is, a str; about: {name: JSON}; arrays: {name: array}."""
    pieces = Pieces()
    text = json.dumps({"version": VERSION, "kind": kind} | about).encode()
    with zipfile.ZipFile(pieces, "w", allowZip64=True) as archive:
        for name, array in ({ABOUT: np.frombuffer(text, np.uint8)} | arrays).items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                npy.write_array(member, array, allow_pickle=False)
    return pieces.list


def unpack(data, kind):
    """(about, arrays) that were packed as this kind; the arrays share the memory of what was read. Raises BadRecord."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            arrays = {info.filename.removesuffix(".npy"): _array(archive, info) for info in archive.infolist()}
        about = json.loads(arrays.pop(ABOUT).tobytes())
        version, found = about.pop("version"), about.pop("kind")
    except Exception as error:  # damage may show anywhere in zip, npy or json
        raise BadRecord(f"It is damaged, or was cut off half-way ({error}).") from error
    if version > VERSION:
        raise BadRecord("A newer version of this page wrote it: load the page again to have that.")
    if found != kind:
        raise BadRecord(f"It is not a {kind}, but a {found}.")
    return about, arrays


def _array(archive, info):
    """A member of a zip as an array, by its own size: what its header claims is never allocated."""
    if info.compress_type != zipfile.ZIP_STORED:
        raise ValueError(f"{info.filename} is compressed")
    data = archive.read(info)
    stream = io.BytesIO(data)
    if npy.read_magic(stream) != (1, 0):
        raise ValueError(f"{info.filename} is in another form")
    shape, fortran, dtype = npy.read_array_header_1_0(stream)
    if fortran or dtype.hasobject:
        raise ValueError(f"{info.filename} is in another form")
    return np.frombuffer(data, dtype, offset=stream.tell()).reshape(shape)
