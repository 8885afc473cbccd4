"""What a file of vectors holds, whatever it is packed in: as it is, gzip, or a zip with one file in it.

The browser unpacks: its DecompressionStream is several times as quick as zlib in Pyodide, and works beside it.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from app.sources.user_files import DamagedFile
from embedlab.formats import container, member

DIRECTORY = 1 << 20  # bytes at the end of a zip, in which its table of contents has to be
LOCAL = 30  # bytes before a member's name


@dataclass
class Content:
    """name: of what is inside; size: its bytes, unpacked; pieces(): they, in an asynchronous iterator.

    arrays: whether it is an .npz, which has to be read as a whole.
    """

    name: str
    size: int
    pieces: Callable
    arrays: bool = False


async def content_of(file):
    """The Content of a UserFile; raises BadVectors or DamagedFile."""
    packed = container(await file.read(0, min(4, file.size)))
    if packed == "gzip":
        length = int.from_bytes(await file.read(file.size - 4), "little")  # of what was packed last, modulo 2**32
        size = length if length >= file.size else 4 * file.size
        return Content(file.name.removesuffix(".gz"), size, lambda: file.unpacked("gzip"))
    return await _zipped(file) if packed else Content(file.name, file.size, file.pieces)


async def _zipped(file):
    start = max(0, file.size - DIRECTORY)
    try:
        with zipfile.ZipFile(io.BytesIO(await file.read(start))) as archive:
            name = member(archive.namelist(), f"“{file.name}”")
            if not name:
                return Content(file.name, file.size, file.pieces, arrays=True)
            info = archive.getinfo(name)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise DamagedFile(f"“{file.name}” is damaged ({error}): fetch it again.") from None
    at = start + info.header_offset
    header = await file.read(at, at + LOCAL)
    at += LOCAL + sum(int.from_bytes(header[i : i + 2], "little") for i in (26, 28))  # its name and more
    end = at + info.compress_size
    read = {
        zipfile.ZIP_STORED: lambda: file.pieces(at, end),
        zipfile.ZIP_DEFLATED: lambda: file.unpacked("deflate-raw", at, end),
    }.get(info.compress_type)
    if not read or info.flag_bits & 1:
        raise DamagedFile(f"“{file.name}” is encrypted or packed in a rare way: unpack it, and choose what is inside.")
    return Content(PurePosixPath(name).name, info.file_size, lambda: _checked(file, read(), info.CRC))


async def _checked(file, pieces, expected):
    """The pieces; raises DamagedFile at the end unless their CRC-32 is the expected one."""
    crc = 0
    async for piece in pieces:
        crc = zlib.crc32(piece, crc)
        yield piece
    if crc != expected:
        raise DamagedFile(f"“{file.name}” is damaged: fetch it again.")
