"""The run that the page opens with: the toy corpus, trained with the defaults; and a step for each of its frames."""

import json

from builder.project import DATA, PYTHON_LOCK, write_whole
from builder.stamps import Step

RUN, STEPS = DATA / "toy-run.npz", DATA / "toy-steps.json"


def make():
    from app.figures.dynamics.steps import recorded_steps, step_columns
    from embedlab.corpora import toy_corpus
    from embedlab.history import Recorder
    from embedlab.sgns import Config
    from embedlab.text import Vocabulary, tokenize

    sentences = tokenize(toy_corpus().text)
    recorder = Recorder(sentences, Vocabulary.from_sentences(sentences), Config())
    for _ in recorder:
        pass
    run, aside = recorder.history(), RUN.with_name(RUN.name + ".part")
    write_whole(STEPS, json.dumps(step_columns(run, recorded_steps(run))).encode())
    run.save(aside)
    aside.replace(RUN)


STEP = Step("toy-run", make, (RUN, STEPS), ("builder.toy_run",), (PYTHON_LOCK,), "Training the toy run")
