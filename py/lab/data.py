"""Word vectors for the cells, fetched from beside the page; outside it, see lab.outside."""

import io

from embedlab.formats import load_packed

try:
    from browser.fetch import fetch
except ImportError:  # outside the page: the wheel does not bring it
    from lab.outside import fetch

FILES = {50_000: "glove-50k.npz", 400_000: "glove-400k.npz"}  # beside the page, in data/
REPORTED = 2_000_000  # bytes between two reports of a long fetch
_loaded = {}


async def load_glove(words=50_000):
    """WordVectors of GloVe's most frequent words, 50 numbers each; they stay here, so that only the first call fetches.

    words: 50,000, those that the map's questions are put to (2.7 MB), or all 400,000 (22 MB, with its progress printed;
    Stop ends it); raises ValueError for any other number, OSError if the file cannot be fetched. Their rows and unit
    rows are float32, 80 MB each for all: a query reads 20 million numbers, and turning them from int8 each time takes
    three times as long as the products do.
    """
    if words not in FILES:
        raise ValueError(f"words is {words!r}: choose {' or '.join(f'{count:_}' for count in FILES)}.")
    if words not in _loaded:
        _loaded[words] = load_packed(io.BytesIO(await _fetched(FILES[words])))
    return _loaded[words]


async def _fetched(name):
    """The bytes of a file in data/, with its progress printed if it is long; raises OSError."""
    progress = PrintedProgress()
    try:
        data = await fetch(f"data/{name}", progress)
    except OSError as error:
        raise OSError(f"{name} could not be fetched ({error}): is the connection up?") from None
    progress.end()
    return data


class PrintedProgress:
    """Prints "Fetching 22 MB: 2 4 6 ... and here they are." for a file of more than two REPORTED, else nothing."""

    def __init__(self):
        self._printed = 0  # bytes of the last report

    def __call__(self, received, total):
        if total > 2 * REPORTED and received >= self._printed + REPORTED:
            if not self._printed:
                print(f"Fetching {total / 1e6:.0f} MB:", end=" ", flush=True)
            self._printed = received
            print(f"{received / 1e6:.0f}", end=" ", flush=True)

    def end(self):
        if self._printed:
            print("and here they are.")
