"""What the reader has chosen and what has come of it: param classes, no drawing."""
import param

from app.sources.words import ANALOGIES
from app.sources.vector_sets import GLOVE
from app.sources.corpora import DICTIONARY, TOYS, YOURS
from embedlab.charlm import CharConfig
from embedlab.corpora import toy_corpus
from embedlab.sgns import Config
from embedlab.word2vec import TrainConfig

DEFAULT = Config()
TRAIN = TrainConfig()
FORMS = {"word2vec, text": "word2vec-text", "word2vec, binary": "word2vec-binary", "NumPy .npz": "npz"}


class DynamicsState(param.Parameterized):
    """The toy run: what to train with, the run on show, and the one before it."""

    learning_rate = param.Number(DEFAULT.learning_rate, bounds=(0.005, 0.5), label="Learning rate at the start")
    negatives = param.Integer(DEFAULT.negatives, bounds=(1, 14), label="Negatives K")
    window = param.Integer(DEFAULT.window, bounds=(1, 6), label="Window")
    noise_exponent = param.Number(DEFAULT.noise_exponent, bounds=(0.0, 1.0), label="Noise exponent")
    epochs = param.Integer(DEFAULT.epochs, bounds=(1, 100), label="Epochs")
    seed = param.Integer(DEFAULT.seed, bounds=(0, 999), label="Seed")
    corpus = param.String(toy_corpus().text, label="Corpus: one sentence a line")

    live = param.Boolean(False, doc="Python is joined to the page.")
    training = param.Boolean(False)
    stopping = param.Boolean(False)
    progress = param.Integer(0, bounds=(0, 100))
    message = param.String("")
    run = param.Parameter(doc="The History on show.")
    previous = param.Parameter(doc="(History, corpus) that Undo goes back to, or None.")

    def config(self):
        """The Config that the controls describe."""
        return Config(dim=2, window=self.window, negatives=self.negatives, noise_exponent=self.noise_exponent,
                      learning_rate=self.learning_rate, epochs=self.epochs, seed=self.seed)

    def adopt(self, config, corpus):
        """Set the controls to what a run was trained with."""
        self.param.update(window=config.window, negatives=config.negatives, noise_exponent=config.noise_exponent,
                          learning_rate=config.learning_rate, epochs=config.epochs, seed=config.seed, corpus=corpus)


class SpaceState(param.Parameterized):
    """The embedding map: the words on it, the reader's own pairs, and the sum that was asked for."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    message = param.String("")
    pairs_message = param.String("")
    sum_message = param.String("")
    odd_message = param.String("")
    source = param.String(GLOVE, label="Vectors")
    source_message = param.String("")
    added = param.List([], item_type=str, doc="Words that the reader put on the map.")
    removed = param.List([], item_type=str, doc="Words of the start that the reader took off.")
    pairs = param.List([], item_type=tuple, doc="The reader's own (start, end) pairs.")
    a = param.String("king")
    b = param.String("man")
    c = param.String("woman")
    method = param.Selector(objects={"3CosAdd": "add", "3CosMul": "mul"}, default="add", label="Method")
    keep_inputs = param.Boolean(False, label="Keep the inputs among the answers")
    odd = param.String("breakfast, cereal, dinner, lunch", label="Three or more words")


class TrainingState(param.Parameterized):
    """Training on a real corpus: what to train with, and how it goes."""

    corpus = param.Selector(objects=[DICTIONARY, *TOYS, YOURS], default=DICTIONARY, label="Corpus")
    text = param.String("", label="Your text")
    model = param.Selector(objects={"Skip-gram": "sgns", "CBOW": "cbow"}, default=TRAIN.model, label="Model")
    dim = param.Integer(TRAIN.dim, bounds=(1, 300), label="Dimensions D")
    window = param.Integer(TRAIN.window, bounds=(1, 20), label="Window")
    negatives = param.Integer(TRAIN.negatives, bounds=(1, 30), label="Negatives K")
    noise_exponent = param.Number(TRAIN.noise_exponent, bounds=(0.0, 1.0), step=0.05, label="Noise exponent")
    min_count = param.Integer(5, bounds=(1, 1000), label="Minimum count")
    sample = param.Number(TRAIN.sample, bounds=(0.0, 1.0), step=0.0005, label="Subsampling")
    epochs = param.Integer(TRAIN.epochs, bounds=(1, 1000), label="Epochs")
    learning_rate = param.Number(TRAIN.learning_rate, bounds=(0.0001, 1.0), step=0.005, label="Learning rate at the start")
    seed = param.Integer(TRAIN.seed, bounds=(0, 999), label="Seed")
    words = param.String("", label="Words on the map")
    probes = param.String("", label="Words whose neighbours are listed")

    live = param.Boolean(False, doc="Python is joined to the page.")
    estimate = param.String("")
    message = param.String("")
    unfinished = param.Boolean(False, doc="The last training was stopped and can go on.")

    def config(self):
        """The TrainConfig that the controls describe."""
        return TrainConfig(**{name: getattr(self, name) for name in
                              ("model", "dim", "window", "negatives", "noise_exponent", "sample", "learning_rate",
                               "epochs", "seed")})


class ModelsState(param.Parameterized):
    """Vectors as files, their scores, and two of them side by side."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    source = param.String(GLOVE, label="Vectors")
    form = param.Selector(objects=FORMS, default="word2vec-text", label="Format")
    file_message = param.String("")
    score_message = param.String("")
    left = param.String(GLOVE, label="First")
    right = param.String(GLOVE, label="Second, turned onto the first")
    compare_message = param.String("")
    own = param.String("", label="Words to add")
    own_message = param.String("")


class PanelState(param.Parameterized):
    """What every panel of the chapter has."""

    live = param.Boolean(False, doc="Python is joined to the page.")
    summary = param.String("", doc="What the panel shows, in words.")


class LearningState(PanelState):
    """A panel that trains in turns."""

    training = param.Boolean(False)
    asked = param.Integer(0, doc="How often a training was asked for.")
    stopping = param.Boolean(False)
    progress = param.Integer(0, bounds=(0, 100))
    message = param.String("")


class PmiState(LearningState):
    """What SGNS converges to: the settings of the training."""

    dim = param.Integer(10, bounds=(1, 15), label="Dimensions D")
    negatives = param.Integer(2, bounds=(1, 15), label="Negatives K")


class CharState(LearningState):
    """The character model; its hidden layer is always there, for a tied one needs it."""

    tied = param.Selector(objects={"Untied": False, "Tied": True}, default=False, label="Projection")
    dim = param.Integer(2, bounds=(2, 27), label="Dimensions D")
    seed = param.Integer(0, bounds=(0, 999), label="Seed")

    def config(self):
        """The CharConfig that the controls describe."""
        return CharConfig(dim=self.dim, hidden=True, tied=self.tied, learning_rate=0.02, steps=600, seed=self.seed)


class OptimiserState(PanelState):
    """The optimisers' settings."""

    learning_rate = param.Number(0.01, bounds=(0.001, 0.1), label="Learning rate")
    decay = param.Number(0.1, bounds=(0.0, 1.0), label="Weight decay of AdamW")


class LensState(PanelState):
    """The analogy under the lens."""

    group = param.Selector(objects=list(ANALOGIES), default="gender", label="Analogy")
