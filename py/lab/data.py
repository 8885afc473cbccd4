"""Word vectors for the cells, fetched from beside the page."""

import io

from embedlab.formats import load_packed

FILES = {50_000: "glove-50k.npz", 400_000: "glove-400k.npz"}  # beside the page, in data/
TOLD = 2_000_000  # bytes between two reports of a long fetch
_loaded = {}


async def load_glove(words=50_000):
    """WordVectors of GloVe's most frequent words, 50 numbers each; they stay here, so that only the first call fetches.

    words: 50,000, those that the map's questions are put to (2.7 MB), or all 400,000 (22 MB, told as they come; Stop
    ends it). Their rows and unit rows are float32, 80 MB each for all: a query reads 20 million numbers, and turning
    them from int8 each time takes three times as long as the products do.
    """
    if words not in FILES:
        raise ValueError(f"words is {words!r}: choose {' or '.join(f'{count:_}' for count in FILES)}.")
    if words not in _loaded:
        _loaded[words] = load_packed(io.BytesIO(await _fetched(FILES[words])))
    return _loaded[words]


async def _fetched(name):
    """The bytes of a file in data/; raises OSError."""
    from js import URL, location
    from pyodide.ffi import JsException
    from pyodide.http import pyfetch

    try:
        response = await pyfetch(URL.new(f"../data/{name}", location.href).href)  # the worker is in static/
        response.raise_for_status()
        total, data, told = int(response.headers.get("content-length") or 0), bytearray(), 0
        if total > 2 * TOLD:
            print(f"Fetching {total / 1e6:.0f} MB:", end=" ", flush=True)
        reader = response.js_response.body.getReader()
        while not (part := await reader.read()).done:
            data += part.value.to_bytes()
            if total > 2 * TOLD and len(data) >= told + TOLD:
                told = len(data)
                print(f"{told / 1e6:.0f}", end=" ", flush=True)
    except (OSError, JsException) as error:
        raise OSError(f"{name} could not be fetched ({error}): is the connection up?") from None
    if told:
        print("and here they are.")
    return data
