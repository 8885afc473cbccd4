"""Files that the user gives to the page."""

PIECE = 1 << 20  # bytes


class FileGone(ValueError):
    """A file of the user's that cannot be read any more."""


class DamagedFile(ValueError):
    """A packed file of the user's that cannot be unpacked."""


class UserFile:
    """A file that the user chose: its name, its size in bytes, and parts of it, read from their disk when asked for."""

    def __init__(self, blob):
        """blob: the browser's File."""
        self._blob, self.name, self.size = blob, blob.name, blob.size

    async def read(self, start=0, stop=None):
        """The bytes from start to stop, by default all; raises FileGone if it was moved or changed meanwhile."""
        try:
            part = await self._blob.slice(start, self.size if stop is None else stop).arrayBuffer()
        except Exception as error:  # pyodide.ffi.JsException, which CPython does not know
            raise FileGone(
                f"“{self.name}” cannot be read any more ({error}): was it moved or changed? Choose it again."
            ) from None
        return part.to_bytes()

    async def pieces(self, start=0, stop=None):
        """The bytes from start to stop, one PIECE after the other; raises FileGone."""
        stop = self.size if stop is None else stop
        for at in range(start, stop, PIECE):
            yield await self.read(at, min(at + PIECE, stop))

    async def unpacked(self, form, start=0, stop=None):
        """The bytes that those from start to stop unpack to, about one PIECE after the other; raises DamagedFile.

        form: "gzip" or "deflate-raw", as the browser's DecompressionStream has it, which works beside this thread.
        """
        from js import DecompressionStream

        part = self._blob.slice(start, self.size if stop is None else stop)
        reader = part.stream().pipeThrough(DecompressionStream.new(form)).getReader()
        gathered, size = [], 0
        try:
            while not (result := await reader.read()).done:
                gathered.append(result.value.to_bytes())
                size += len(gathered[-1])
                if size >= PIECE:
                    yield b"".join(gathered)
                    gathered, size = [], 0
            yield b"".join(gathered)
        except Exception as error:  # pyodide.ffi.JsException
            raise DamagedFile(f"“{self.name}” cannot be unpacked ({error}): fetch it again.") from None
        finally:
            reader.cancel()
