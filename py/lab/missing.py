"""What a cell cannot have here, in words that say what there is in its place: a note on the exception."""

import sys

from lab.source import HERE

PLOT = "lab draws: from lab import Plot, and end a cell with Plot().line(x, y)."
LEARN = "embedlab trains with NumPy alone: sgns, cbow, word2vec; embedding and optim are its layers."
VECTORS = "embedlab.word2vec trains, embedlab.vectors finds neighbours and analogies, lab.load_glove has GloVe."
TEXT = "embedlab.text tokenises and counts; the text of a corpus is a string in a cell."
WEB = "A cell can only fetch files that lie beside this page; lab.load_glove does for GloVe."
INSTEAD = {
    "pandas": "NumPy’s arrays, csv and collections hold tables.",
    **dict.fromkeys(("matplotlib", "pylab", "seaborn", "plotly", "bokeh", "altair"), PLOT),
    **dict.fromkeys(("torch", "tensorflow", "keras", "jax"), LEARN),
    **dict.fromkeys(("gensim", "fasttext", "sentence_transformers"), VECTORS),
    **dict.fromkeys(("nltk", "spacy", "transformers", "tiktoken", "tokenizers"), TEXT),
    **dict.fromkeys(("requests", "urllib3", "httpx", "aiohttp"), WEB),
    "sklearn": "embedlab.projection has PCA, embedlab.vectors cosines and neighbours, embedlab.evaluate scores.",
    "umap": "embedlab.projection has PCA and other planes.",
    "scipy": "NumPy has linalg, fft, polynomial and random; embedlab.vectors has cosines.",
    "google": "this is not Colab: there is no drive to mount, and text goes into a cell.",
    "IPython": "the last line of a cell is shown, and lab.show(…) shows a Plot anywhere.",
    "ipywidgets": "change a number in the cell, and run it again.",
    "tqdm": 'print(f"\\r{i}", end="") writes over its line.',
    "micropip": "nothing can be installed in this page.",
}
REFUSED = [  # type, part of its message, what to do
    (
        RuntimeError,
        "can't start new thread",
        "A page’s Python has one thread: asyncio.create_task runs things in turn.",
    ),
    (OSError, "does not support processes", "A page’s Python starts no other program."),
    (FileNotFoundError, "", "A cell sees only files that a cell has written, none of this machine."),
]
NETWORK = ("urllib.error", "socket", "ssl", "http.client")


def note(error):
    """Add to an exception what there is in the place of what it misses."""
    words = said(error)
    if words and words not in getattr(error, "__notes__", []):
        error.add_note(words)


def said(error):
    if isinstance(error, ModuleNotFoundError) and error.name:
        return of_module(error.name)
    if type(error).__module__ in NETWORK:
        return WEB
    return next((words for kind, part, words in REFUSED if isinstance(error, kind) and part in str(error)), None)


def of_module(name):
    """What there is in the place of a module."""
    root = name.split(".")[0]
    if root in ("numpy", "embedlab", "lab"):
        return None  # a slip in the name of a part
    if root in INSTEAD:
        return f"{root} is not in this page: {INSTEAD[root]}"
    if root in sys.stdlib_module_names:
        return f"{root} is a part of Python’s standard library that this page does without."
    return f"{root} is not in this page, and nothing can be installed. {HERE}"
