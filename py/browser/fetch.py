"""Files that lie beside the page."""


async def fetch(path, progress=None):
    """The bytes of a file of the page, such as "data/glove-50k.npz"; OSError, in words, if they are not as built.

    progress(received, total) is called with numbers of bytes after each part.
    """
    from js import arriveFile  # of static/live/start-python.js
    from pyodide.ffi import JsException, create_proxy

    report = create_proxy(progress) if progress else None
    try:
        return (await arriveFile(path, report)).to_bytes()
    except JsException as error:
        raise OSError(error.message) from None
    finally:
        if report:
            report.destroy()
