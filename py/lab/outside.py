"""Outside the page, in a notebook or a script: where its data files are, and awaiting without a cell."""

import asyncio
import sys
from pathlib import Path

UNTOLD = (
    "where the page’s files are is not known here: say lab.data_from(…) first, with the page’s address or with a "
    "folder that holds its data/, such as dist/"
)
_source = ""


def data_from(address_or_folder):
    """Name the page's address, such as "https://…/lab/", or a folder with its data/: load_glove reads from there."""
    global _source
    _source = str(address_or_folder)


async def fetch(path, progress=None):
    """The bytes of a file of the page, such as "data/glove-50k.npz"; OSError, in words, if they are not to be had.

    progress(received, total) is called with numbers of bytes at the end.
    """
    if not _source:
        raise OSError(UNTOLD)
    where = f"{_source.partition('#')[0].removesuffix('index.html').removesuffix('/')}/{path}"
    data = await _fetched(where) if "://" in where else Path(where).read_bytes()
    if path.endswith(".npz") and not data.startswith(b"PK"):
        raise OSError(f"{where} is something else, such as a page that asks for a login")
    if progress:
        progress(len(data), len(data))
    return data


async def _fetched(address):
    if sys.platform == "emscripten":  # JupyterLite
        from pyodide.http import pyfetch

        answer = await pyfetch(address)
        answer.raise_for_status()
        return await answer.bytes()
    from urllib.request import urlopen

    with urlopen(address, timeout=60) as answer:
        return answer.read()


def wait(awaitable):
    """What an awaitable gives, where Python cannot await: at the top of a script, as `await` does in a cell."""
    from concurrent.futures import ThreadPoolExecutor

    async def awaited():
        return await awaitable

    with ThreadPoolExecutor(1) as thread:  # which has no event loop yet; a notebook's own thread has
        return thread.submit(asyncio.run, awaited()).result()
