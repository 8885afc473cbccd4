"""The run that the page opens with, the same run with more negatives, and the steps of them all.

    toy-run.npz         the toy corpus, trained with TOY_CONFIG, by History.save
    toy-runs.json       {K: columns of the frames} of the run with 2, 5 and 15 negatives; as `frame_columns` gives them,
                        u and v as flat lists of F * V * 2 whole numbers; words as in toy-run.npz
    toy-log-K.bin       what each step of a run did, that with one negative too: gzip of (S, 2 + K) uint8, in a row
                        the ids of centre, context and the K negatives as drawn

The runs with more negatives are turned or mirrored about the origin so that the categories end as nearly as they can in
the directions of the first: what the vectors do to each other is as before, for all products are.
"""

import gzip
import json
from dataclasses import replace

import numpy as np

from builder.project import DATA, PYTHON_LOCK, write_whole
from builder.stamps import Step

MORE_NEGATIVES = (2, 5, 15)
RUN, RUNS = DATA / "toy-run.npz", DATA / "toy-runs.json"
LOGS = {K: DATA / f"toy-log-{K}.bin" for K in (1, *MORE_NEGATIVES)}


def recorded(negatives):
    """The History of the toy corpus trained with TOY_CONFIG, but for the negatives."""
    from embedlab.corpora import TOY_CONFIG, toy_corpus
    from embedlab.history import Recorder
    from embedlab.text import Vocabulary, tokenize

    sentences = tokenize(toy_corpus().text)
    recorder = Recorder(sentences, Vocabulary.from_sentences(sentences), replace(TOY_CONFIG, negatives=negatives))
    for _ in recorder:
        pass
    return recorder.history()


def aligned(run, target):
    """A History with U and V turned or mirrored alike, so that its last U lies as near as it can to the target's."""
    from embedlab.projection import procrustes

    R = procrustes(run.U[-1], target.U[-1])  # (2, 2), about the origin
    return replace(run, U=run.U @ R, V=run.V @ R)


def as_lists(columns):
    """Columns as flat lists, float32 with as many digits as it needs."""
    return {
        name: [float(str(x)) for x in column] if column.dtype == np.float32 else column.ravel().tolist()
        for name, column in columns.items()
    }


def packed_log(log):
    """A StepLog as gzip of (S, 2 + K) uint8; the same log gives the same bytes."""
    ids = np.column_stack([log.centre, log.context, log.negatives])  # (S, 2 + K)
    return gzip.compress(ids.astype(np.uint8).tobytes(), mtime=0)


def make():
    from app.figures.dynamics.columns import frame_columns

    runs = {K: recorded(K) for K in LOGS}
    run, aside = runs[1], RUN.with_name(RUN.name + ".part")
    more = {K: as_lists(frame_columns(aligned(runs[K], run))) for K in MORE_NEGATIVES}
    write_whole(RUNS, json.dumps(more, separators=(",", ":")).encode())
    for K, path in LOGS.items():
        write_whole(path, packed_log(runs[K].log))
    run.save(aside)
    aside.replace(RUN)


MADE = (RUN, RUNS, *LOGS.values())
STEP = Step("toy-run", make, MADE, ("builder.toy_run",), (PYTHON_LOCK,), "Training the toy runs")
