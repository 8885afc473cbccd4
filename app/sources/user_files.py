"""Files that the user gives to the page."""


class FileGone(ValueError):
    """A file of the user's that cannot be read any more."""


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
