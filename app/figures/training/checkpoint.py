"""A training under way, kept in the browser every few seconds: its state, and once its corpus; and taken up again."""

import time
from dataclasses import asdict

import numpy as np

from app.figures.training.recording import Recording
from app.figures.training.run import Run
from app.figures.training.sample_scores import SampleScores
from app.keep.packing import BadRecord, unpack
from embedlab.kernel import NoKernel
from embedlab.text import Corpus, Vocabulary
from embedlab.word2vec import TrainConfig, Trainer

FIRST, EVERY = 2, 8  # seconds of a training before its first checkpoint, and between two
TRAINING, CORPUS = "training", "corpus"


class Checkpoints:
    """Writes Runs by a Keeper, the corpus under the Run's id and "-corpus"."""

    def __init__(self, keeper):
        self.keeper, self._due = keeper, 0.0
        self._corpora = set()  # ids of the Runs whose corpus is written

    def begin(self):
        """A training begins, or goes on."""
        self._due = time.monotonic() + FIRST

    def take_if_due(self, run, model):
        """See `take`."""
        if time.monotonic() >= self._due:
            self.take(run, model)

    def take(self, run, model):
        """Write a Run as it is; model: the Model that it has become, or None."""
        if run.id not in self._corpora:
            self._corpora.add(run.id)
            self.keeper.write(CORPUS, corpus_id(run.id), run.name, "", *of_corpus(run.trainer.corpus))
        part = f"{int(100 * run.trainer.words_done / run.trainer.words_total)} %"
        about, arrays = of_run(run)
        self.keeper.write(TRAINING, run.id, run.name, part, about | dict(model=model and model.id), arrays)
        self._due = time.monotonic() + EVERY

    def drop(self, run):
        """Keep a Run no more."""
        for id in (run.id, corpus_id(run.id)):
            self.keeper.drop(id)
        self._corpora.discard(run.id)


def corpus_id(id):
    return f"{id}-corpus"


def of_corpus(corpus):
    """({name: JSON}, {name: array}) of a Corpus."""
    about = dict(words=corpus.vocabulary.words, phrases=corpus.phrases, min_count=corpus.min_count)
    return about, dict(tokens=corpus.tokens, counts=corpus.vocabulary.counts)


def of_run(run):
    """({name: JSON}, {name: array}) of a Run but for its corpus."""
    trainer = run.trainer
    about = dict(
        id=run.id,
        name=run.name,
        choice=run.choice,
        config=asdict(trainer.config),
        trainer=trainer.state(),
        run=run.state(),
        recording=run.recording.state(),
        scores=run.scores.state(),
    )
    return about, dict(U=trainer.U, V=trainer.V, planes=np.array(run.recording.planes))


def resumed(state, corpus, texts):
    """(Run, id of the Model that it had become or None) out of the bytes of both records; raises BadRecord.

    texts: the test sets by file, None if they are not here.
    """
    try:
        about, arrays = unpack(state, TRAINING)
        corpus = corpus_of(*unpack(corpus, CORPUS))
        config = TrainConfig(**about["config"])
        trainer = Trainer.resumed(corpus, config, arrays["U"], arrays["V"], about["trainer"])
        recording = Recording(trainer, past=about["recording"] | dict(planes=list(arrays["planes"])))
        scores = SampleScores(trainer, texts, about["scores"])
        return Run(trainer, recording, scores, about["name"], about["choice"], about["id"], about["run"]), about[
            "model"
        ]
    except (NoKernel, LookupError, TypeError) as error:
        raise BadRecord(f"This training cannot go on here ({error}).") from error


def corpus_of(about, arrays):
    """The Corpus of a record."""
    vocabulary = Vocabulary(about["words"], arrays["counts"])
    phrases = [tuple(phrase) for phrase in about["phrases"]]
    return Corpus(arrays["tokens"], vocabulary, phrases, about["min_count"])
