"""The log of a History for the page, which takes its steps again by itself (static/figures/dynamics/steps.js)."""

import numpy as np


def log_columns(run, frame):
    """The steps from a frame to the next, as a column of their ids: centre, context, negatives, flat, K + 2 a step."""
    start = run.steps[frame]
    between = slice(start, run.steps[frame + 1] if frame + 1 < len(run.steps) else start)
    log = run.log
    ids = np.column_stack([log.centre[between], log.context[between], log.negatives[between]])  # (n, K + 2)
    return dict(frame=[frame], ids=[ids.ravel().tolist()])
