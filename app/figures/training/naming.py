"""What a trained model is called, and what is said of it."""

from app.sources.corpora import YOURS
from embedlab.numbers import counted, written
from embedlab.word2vec import TrainConfig

USUAL = TrainConfig()


def is_unshared(config):
    """Whether it is skip-gram with negatives of its own for each pair, which is not the usual here."""
    return config.model == "sgns" and not config.shared_negatives


def name_of_text(choice, own):
    """The name of a corpus by its choice; own: what YOURS means, a str or a UserFile."""
    return own.name if choice == YOURS and not isinstance(own, str) else choice


def model_name(text, config):
    """What a model is, such as "own.txt · 50-d · window 5 · 20 epochs"; what is rarely changed only where it was."""
    parts = [
        text,
        "CBOW" * (config.model == "cbow"),
        f"{config.dim}-d",
        f"window {config.window}",
        counted(config.negatives, "negative") * (config.negatives != USUAL.negatives),
        "unshared" * is_unshared(config),
        counted(config.epochs, "epoch"),
        f"seed {config.seed}" * (config.seed != USUAL.seed),
    ]
    return " · ".join(filter(None, parts))


def about_training(run):
    """The fields of a Run's Model: settings, loss for each term, seconds."""
    trainer, config = run.trainer, run.trainer.config
    parts = [
        "CBOW" if config.model == "cbow" else "Skip-gram",
        counted(config.negatives, "negative") + ", unshared" * is_unshared(config),
        f"minimum count {written(trainer.corpus.min_count)}",
        f"noise exponent {written(config.noise_exponent)}",
        f"subsampling {written(config.sample)}" if config.sample else "no subsampling",
        f"learning rate {written(config.learning_rate)}",
        f"seed {config.seed}",
    ]
    if not trainer.done:
        parts.append(f"stopped at {trainer.words_done / trainer.words_total:.0%}")
    return dict(
        settings=", ".join(parts),
        loss=run.loss / (config.negatives + 1),
        seconds=trainer.words_done / run.speed,
    )
