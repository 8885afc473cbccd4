"""What the user has chosen for the toy run, and the runs that came of it."""

import param

from embedlab.corpora import TOY_CONFIG, toy_corpus
from embedlab.sgns import Config

SETTINGS = ("learning_rate", "negatives", "window", "noise_exponent", "epochs", "seed")  # of Config


class DynamicsState(param.Parameterized):
    """The toy run: what to train with, the run on show, and the one before it."""

    learning_rate = param.Number(TOY_CONFIG.learning_rate, bounds=(0.005, 0.5), label="Learning rate at the start")
    negatives = param.Integer(TOY_CONFIG.negatives, bounds=(1, 15), label="Negatives K")
    window = param.Integer(TOY_CONFIG.window, bounds=(1, 6), label="Window")
    noise_exponent = param.Number(TOY_CONFIG.noise_exponent, bounds=(0.0, 1.0), label="Noise exponent")
    epochs = param.Integer(TOY_CONFIG.epochs, bounds=(1, 100), label="Epochs")
    seed = param.Integer(TOY_CONFIG.seed, bounds=(0, 999), label="Seed")
    corpus = param.String(toy_corpus().text, label="Corpus: one sentence a line")

    live = param.Boolean(False, doc="Python is joined to the page.")
    message = param.String("")
    run = param.Parameter(doc="The History on show.")
    previous = param.Parameter(doc="(History, corpus) that Undo goes back to, or None.")

    def config(self):
        """The Config that the controls describe."""
        return Config(dim=2, **{name: getattr(self, name) for name in SETTINGS})

    def set_controls(self, config, corpus):
        """Set the controls to what a run was trained with."""
        self.param.update(corpus=corpus, **{name: getattr(config, name) for name in SETTINGS})
