"""What the chapter's panels that compute in Python show at the start; measured.py makes what the others show."""

import json

from builder import map_words
from builder.project import DATA, PYTHON_LOCK, write_whole
from builder.stamps import Step

SHOWN = DATA / "panels.json"


def make():
    from app.panels import charlm, lens, optimisers, pmi
    from app.sources import packaged

    shown = dict(
        pmi=pmi.recorded(pmi.PmiState()),
        charlm=charlm.recorded(charlm.CharState()),
        optimisers=optimisers.recorded(optimisers.OptimiserState()),
        lens=lens.recorded(lens.LensState(), packaged.map_vectors()),
    )
    write_whole(SHOWN, json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode())


STEP = Step(
    "panels",
    make,
    (SHOWN,),
    ("builder.panels",),
    (map_words.VECTORS, PYTHON_LOCK),
    "Computing what the panels show at first",
)
