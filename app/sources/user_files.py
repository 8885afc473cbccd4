"""Files that the reader gives to the page and takes from it; static/live/files.js is the page's side of it."""


class FileGone(ValueError):
    """A file of the reader's that cannot be read any more."""


class ReaderFile:
    """A file that the reader chose: its name, its size in bytes, and parts of it, read from their disk when asked for."""

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


class Files:
    """Who waits for a file of the reader's, by the place of its input in index.html; and the way of downloads."""

    def __init__(self):
        self._handlers = {}
        self.send = None

    def on(self, place, handler):
        """Let the coroutine function handler(ReaderFile) have the files of `<input type="file" data-file=place>`."""
        self._handlers[place] = handler

    async def receive(self, place, file):
        """Give a ReaderFile to whoever waits for it."""
        await self._handlers[place](file)

    def download(self, name, data):
        """Let the reader save bytes under a name; the session sets send(name, data) when it joins the page."""
        self.send(name, data)
