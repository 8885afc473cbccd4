"""All words of a model in the plane, as the atlas has them: whether they fit, how long it takes, and the steps."""

from app.figures.atlas.beside import placed_start
from embedlab.graph import graph_steps
from embedlab.layout import layout, memory_needed, pca_start

K = 15  # neighbours of each word
EPOCHS = 200
MEMORY = 1_500_000_000  # bytes that a tab may be expected to have
SPEED = 8e9  # products of two numbers a second, in a tab
LONG = 20  # seconds: what takes less needs no estimate


def check(vectors, name):
    """Raise ValueError, before anything is computed, for what cannot be laid out: too few words, too many, zeros."""
    V, D = vectors.matrix.shape
    if V < K + 2:
        raise ValueError(f"{name} has {V} words: a layout of each word’s {K} nearest needs {K + 2} or more.")
    needed = memory_needed(V, D, K)
    if needed > MEMORY:
        raise ValueError(
            f"To lay out {V:,} words of {D} numbers takes about {needed / 1e9:.1f} GB, and a tab may not have more "
            f"than {MEMORY / 1e9:.1f} GB: load fewer words, such as the file's most frequent, or fewer numbers each."
        )


def estimate(V, D):
    """What is said before a layout that takes long, else ""."""
    seconds = V * V * D / 2 / SPEED
    if seconds < LONG:
        return ""
    time = f"{seconds / 60:.0f} minutes" if seconds > 100 else f"{round(seconds, -1):.0f} seconds"
    return f" About {time}."


def steps(vectors, placed=None):
    """Lay WordVectors out: yields (part done, Frame, None while the neighbours are looked for).

    placed: (rows, places) of words that have a place already, at which they begin, as `placed_start` takes them; None
    for a start from PCA. Words without a direction, rows of zeros, are no one's neighbours: raises ValueError, as
    `graph_steps` does.
    """
    V, D = vectors.matrix.shape
    share = 1 / (1 + 0.7 * 50_000 / V * 50 / D)  # of the time, that the neighbours take: it grows with V and D
    searching = graph_steps(vectors.matrix, K)
    while True:
        try:
            yield share * next(searching), None
        except StopIteration as end:
            graph = end.value
            break
    start = pca_start(vectors.matrix)
    for frame in layout(graph, placed_start(graph, start, *placed) if placed else start, EPOCHS):
        yield share + (1 - share) * frame.epoch / frame.epochs, frame
