"""Files that lie beside the page."""


async def fetch(path, progress=None):
    """The bytes of a file beside the page, as a bytearray; raises OSError if they do not all arrive.

    path: relative to the page; the worker itself lies one folder below it, in static/. progress(received, total) is
    called with numbers of bytes after each part; total is 0 where the host does not tell.
    """
    from js import URL, location
    from pyodide.ffi import JsException
    from pyodide.http import pyfetch

    response = await pyfetch(URL.new(f"../{path}", location.href).href)
    response.raise_for_status()
    total, data = int(response.headers.get("content-length") or 0), bytearray()
    stream = response.js_response.body.getReader()
    try:
        while not (part := await stream.read()).done:
            data += part.value.to_bytes()
            if progress:
                progress(len(data), total)
    except JsException as error:
        raise OSError(f"{path} broke off before its end") from error
    return data
