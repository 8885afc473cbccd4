"""What to train with on a real corpus, and how it goes."""

import param

from app.sources.corpora import DICTIONARY, TOYS, YOURS
from embedlab.word2vec import TrainConfig

TRAIN = TrainConfig()
SHARED = "sgns_shared"  # skip-gram whose windows share their negatives
MODELS = {"Skip-gram": SHARED, "Skip-gram, unshared": "sgns", "CBOW": "cbow"}


class TrainingState(param.Parameterized):
    """Training on a real corpus: what to train with, and how it goes."""

    corpus = param.Selector(objects=[DICTIONARY, *TOYS, YOURS], default=DICTIONARY, label="Corpus")
    text = param.String("", label="Your text")
    model = param.Selector(objects=MODELS, default=SHARED, label="Model")
    dim = param.Integer(TRAIN.dim, bounds=(1, 300), label="Dimensions D")
    window = param.Integer(TRAIN.window, bounds=(1, 20), label="Window")
    negatives = param.Integer(TRAIN.negatives, bounds=(1, 30), label="Negatives K")
    noise_exponent = param.Number(TRAIN.noise_exponent, bounds=(0.0, 1.0), step=0.05, label="Noise exponent")
    min_count = param.Integer(5, bounds=(1, 1000), label="Minimum count")
    phrases_above = param.Number(0.0, bounds=(0.0, 1e6), step=50.0, label="Phrases above")
    sample = param.Number(TRAIN.sample, bounds=(0.0, 1.0), step=0.0005, label="Subsampling")
    epochs = param.Integer(TRAIN.epochs, bounds=(1, 1000), label="Epochs")
    learning_rate = param.Number(
        TRAIN.learning_rate, bounds=(0.0001, 1.0), step=0.005, label="Learning rate at the start"
    )
    seed = param.Integer(TRAIN.seed, bounds=(0, 999), label="Seed")
    words = param.String("", label="Words on the map")
    probes = param.String("", label="Words whose neighbours are listed")

    live = param.Boolean(False, doc="Python is joined to the page.")
    understood = param.String("", doc="What the user's own text was read as.")
    phrases = param.String("", doc="Those that were found.")
    chosen_message = param.String("")
    estimate = param.String("")
    message = param.String("")
    unfinished = param.Boolean(False, doc="The last training was stopped and can go on.")

    def config(self):
        """The TrainConfig that the controls describe."""
        names = ("dim", "window", "negatives", "noise_exponent", "sample", "learning_rate", "epochs", "seed")
        shared = self.model == SHARED
        return TrainConfig(
            model="sgns" if shared else self.model,
            shared_negatives=shared,
            **{name: getattr(self, name) for name in names},
        )
