"""Files that the user gives to the page."""

from contextlib import suppress

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
            raise self._gone(error) from None
        return part.to_bytes()

    def _gone(self, error):
        return FileGone(f"“{self.name}” cannot be read any more ({error}): was it moved or changed? Choose it again.")

    async def pieces(self, start=0, stop=None):
        """The bytes from start to stop, at most a PIECE at a time; raises FileGone.

        Read into one buffer where the browser can: others would be collected some hundred MB later.
        """
        stop = self.size if stop is None else stop
        try:
            reader = self._blob.slice(start, stop).stream().getReader(mode="byob")
        except Exception:  # pyodide.ffi.JsException: not every browser has such readers of files
            for at in range(start, stop, PIECE):
                yield await self.read(at, min(at + PIECE, stop))
            return
        from js import Uint8Array

        buffer = Uint8Array.new(PIECE)
        try:
            while not (result := await reader.read(buffer)).done:
                yield result.value.to_bytes()
                buffer = Uint8Array.new(result.value.buffer)
        except Exception as error:
            raise self._gone(error) from None
        finally:
            await ended(reader)

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
            await ended(reader)


async def ended(reader):
    """Let go of what a reader of the browser's still holds; one that has failed cannot be ended."""
    with suppress(Exception):  # pyodide.ffi.JsException
        await reader.cancel()
