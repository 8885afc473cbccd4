"""What the chapter's panels show at the start, and the dictionary's counts for the noise."""

import json

from builder import dictionary
from builder.project import DATA, PYTHON_LOCK, write_whole
from builder.stamps import Step

SHOWN = DATA / "panels.json"


def make():
    from app.panels import charlm, noise, optimisers, pmi
    from embedlab.dictionary import unpack
    from embedlab.reader import CorpusReader

    reader = CorpusReader()
    for piece in unpack(dictionary.SENTENCES.read_bytes()):
        reader.feed(piece)
    shown = dict(
        pmi=pmi.recorded(pmi.PmiState()),
        charlm=charlm.recorded(charlm.CharState()),
        optimisers=optimisers.recorded(optimisers.OptimiserState()),
        noise=noise.recorded(reader.finish(5).vocabulary),
    )
    write_whole(SHOWN, json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode())


STEP = Step(
    "panels",
    make,
    (SHOWN,),
    ("builder.panels",),
    (dictionary.SENTENCES, PYTHON_LOCK),
    "Computing what the panels show at first",
)
