"""Word vectors for the cells, fetched from beside the page."""
import io

from embedlab.formats import load_packed


async def load_glove():
    """WordVectors of GloVe's 50,000 most frequent words: those that the map's questions are put to; 2.7 MB."""
    from js import URL, location
    from pyodide.http import pyfetch
    response = await pyfetch(URL.new("../data/glove-50k.npz", location.href).href)     # the worker is in static/
    response.raise_for_status()
    return load_packed(io.BytesIO(await response.bytes()))
