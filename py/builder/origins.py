"""Where fetched data come from: sources tried in their order, the first accepted whose content is the expected one."""

import io
import urllib.request
import zipfile

from builder.project import BuildError

PATIENCE = 20  # seconds without an answer from a source that is the last; what has another after it waits less


def first_good(what, sources, fingerprint, expected, remedy):
    """What the first source gives whose content has the expected SHA-256; a line tells if it is not the first of all.

    sources: pairs (name, function); fingerprint: the SHA-256 of what one gives. Raises BuildError with every reason.
    """
    refused = []
    for name, source in sources:
        try:
            found = source()
            if fingerprint(found) != expected:
                raise ValueError("its SHA-256 is not the expected one")
        except (OSError, LookupError, ValueError, zipfile.BadZipFile) as error:
            refused.append(f"{name}: {error}")
            continue
        if refused:
            print(f"{what}: taken from {name} ({'; '.join(refused)}).", flush=True)
        return found
    raise BuildError(f"{what} could not be had ({'; '.join(refused)}): {remedy}.")


def fetch(url, patience=PATIENCE):
    """The bytes behind an address."""
    with urllib.request.urlopen(url, timeout=patience) as response:
        return response.read()


class Remote(io.RawIOBase):
    """A file behind an address, of which only the parts are fetched that are read (HTTP ranges)."""

    def __init__(self, url):
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=PATIENCE) as response:
            self._url, self._at = response.url, 0  # past redirections
            self._length = int(response.headers["Content-Length"])
            if response.headers["Accept-Ranges"] != "bytes":
                raise OSError("it does not send parts of files (HTTP ranges)")

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, offset, whence=io.SEEK_SET):
        self._at = offset + (0, self._at, self._length)[whence]
        return self._at

    def readinto(self, buffer):
        end = min(self._at + len(buffer), self._length)
        if end <= self._at:
            return 0
        asked = urllib.request.Request(self._url, headers={"Range": f"bytes={self._at}-{end - 1}"})
        data = fetch(asked)
        if len(data) != end - self._at:
            raise OSError(f"it sent {len(data)} bytes where {end - self._at} were asked for")
        buffer[: len(data)] = data
        self._at = end
        return len(data)


def remote_zip(url, piece=4_000_000):
    """A zip behind an address, opened without fetching all of it; piece: bytes of a request."""
    return zipfile.ZipFile(io.BufferedReader(Remote(url), piece))
