"""The command line: `python -m embedlab train corpus.txt -o vectors.bin`, `… ask vectors.bin king - man + woman`."""

import argparse
import sys
from dataclasses import fields
from pathlib import Path

from embedlab.commandline import Bar, answers, form_of, read_text, read_vectors, save, score, train
from embedlab.numbers import counted
from embedlab.word2vec import TrainConfig, why_slow

HELP = {
    "model": "sgns is skip-gram with negative sampling, cbow continuous bag of words",
    "dim": "numbers of a vector",
    "window": "words to each side of a centre, at most",
    "negatives": "words drawn from noise for each pair",
    "noise_exponent": "noise is drawn by counts to this power",
    "sample": "frequent words are thinned above this share of the text; 0 keeps all",
    "learning_rate": "at the start; it falls to nearly 0",
    "epochs": "passes over the text",
    "shared_negatives": "one draw of negatives for all words of a window: faster with many words",
    "seed": "the same seed gives the same vectors, on every machine",
}
EXAMPLES = """examples:
  python -m embedlab train corpus.txt -o vectors.bin --dim 100 --epochs 5
  python -m embedlab ask vectors.bin king
  python -m embedlab ask vectors.bin king - man + woman
  python -m embedlab evaluate vectors.bin questions-words.txt
"""
INTERRUPTED = 130  # the status of what Ctrl-C has ended


def parser():
    parser = argparse.ArgumentParser(
        "embedlab",
        description="Word vectors on the command line: train them on a text, ask them, score them.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="train | ask | evaluate")
    shown = dict(formatter_class=argparse.ArgumentDefaultsHelpFormatter)

    training = commands.add_parser("train", help="train vectors on a text", **shown)
    training.set_defaults(command=run_train)
    training.add_argument("text", type=Path, help="a plain text in UTF-8")
    training.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        default=argparse.SUPPRESS,
        help="the file of vectors: .bin and .txt are word2vec’s, or .npz",
    )
    training.add_argument("--min-count", type=int, default=5, help="words that occur less often are left out")
    for field in fields(TrainConfig):
        option, settings = f"--{field.name.replace('_', '-')}", dict(default=field.default, help=HELP[field.name])
        if field.type is bool:
            training.add_argument(option, action=argparse.BooleanOptionalAction, **settings)
        else:
            choices = ("sgns", "cbow") if field.name == "model" else None
            training.add_argument(option, type=field.type, choices=choices, **settings)

    asking = commands.add_parser("ask", help="the words nearest to a word, or to a sum such as king - man + woman")
    asking.set_defaults(command=run_ask)
    asking.add_argument("vectors", type=Path, help="a file of vectors: word2vec’s, GloVe’s, fastText’s .vec or .npz")
    asking.add_argument("-n", type=int, default=10, help="how many words (default: 10)")
    asking.add_argument("words", nargs="+", help="a word, or several with + or - between them, set off by spaces")

    scoring = commands.add_parser("evaluate", help="score vectors on word pairs or analogy questions")
    scoring.set_defaults(command=run_evaluate)
    scoring.add_argument("vectors", type=Path, help="a file of vectors")
    scoring.add_argument("test", type=Path, help="word pairs with judgements, or questions such as questions-words.txt")
    return parser


def run_train(chosen):
    options = {field.name: getattr(chosen, field.name) for field in fields(TrainConfig)}
    config = TrainConfig(**options)
    form_of(chosen.output)
    if not chosen.output.parent.is_dir():
        raise FileNotFoundError(2, "there is no such folder", str(chosen.output.parent))
    corpus = read_text(chosen.text, chosen.min_count)
    tell(f"{chosen.text}: {corpus.vocabulary.counts.sum():,} words, {len(corpus.vocabulary):,} different.")
    if why_slow():
        tell(f"Training by NumPy, some 45 times slower: {why_slow()}")
    trainer, stopped = train(corpus, config, Bar(sys.stderr))
    if not trainer.words_done:
        tell("Stopped before anything was learnt: nothing is saved.")
        return INTERRUPTED
    save(chosen.output, corpus.vocabulary.words, trainer.U)
    share = f" after {trainer.words_done / trainer.words_total:.0%} of the training" if stopped else ""
    tell(f"{'Stopped. ' * stopped}Saved {counted(len(trainer.U), 'vector')}{share}: {chosen.output}")
    return INTERRUPTED if stopped else 0


def run_ask(chosen):
    for word, cosine in answers(read_vectors(chosen.vectors), " ".join(chosen.words), chosen.n):
        print(f"{cosine:6.3f}  {word}")


def run_evaluate(chosen):
    print(score(read_vectors(chosen.vectors), chosen.test.read_text(encoding="utf-8")))


def tell(words):
    print(words, file=sys.stderr, flush=True)


def main(arguments=None):
    """Do what the arguments say; returns the exit status. What goes wrong is told in a sentence."""
    chosen = parser().parse_args(arguments)
    try:
        return chosen.command(chosen) or 0
    except KeyboardInterrupt:
        tell("Stopped: nothing is saved.")
        return INTERRUPTED
    except OSError as error:
        tell(f"embedlab: {error.filename}: {error.strerror}." if error.filename else f"embedlab: {error}")
    except UnicodeDecodeError:
        tell(f"embedlab: {chosen.test} is not in UTF-8: save it as UTF-8.")
    except ValueError as error:  # of ours: BadText, EmptyCorpus, InvalidConfig, TooLarge, BadVectors, UnknownWord ...
        tell(f"embedlab: {error}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
