"""Measures how good the trained vectors are: beside gensim on the dictionary, and beside the readable reference.

Both sides read the same tokens with the same settings; what differs is named in embedlab/word2vec.py.
"""

import statistics

import numpy as np

from app.sources import packaged
from embedlab import evaluate, sgns
from embedlab.reader import CorpusReader
from embedlab.text import END, Corpus, Vocabulary
from embedlab.vectors import WordVectors
from embedlab.word2vec import TrainConfig, Trainer, keep_probabilities
from tests.report import report
from tests.running import run

SEEDS = (1, 2, 3)
SETTINGS = TrainConfig(
    dim=100, window=5, negatives=10, noise_exponent=0.75, sample=1e-3, learning_rate=0.025, epochs=10
)
MIN_COUNT = 5
SMALL = dict(dim=50, window=5, negatives=5, sample=1e-3, epochs=3)  # for the reference, which takes each step in Python
SMALL_SENTENCES, HELD_OUT = 6000, 600


def dictionary():
    """The Corpus of the dictionary."""
    reader = CorpusReader()
    for piece in run(packaged.dictionary().get()).pieces():
        reader.feed(piece)
    return reader.finish(MIN_COUNT)


def sentences_of(corpus):
    """The ids of each sentence: list of int32 arrays."""
    return [part[part != END] for part in np.split(corpus.tokens, np.flatnonzero(corpus.tokens == END))]


# -- beside gensim -------------------------------------------------------------------------------------------


def ours(corpus, seed):
    """WordVectors trained by the kernel."""
    trainer = Trainer(corpus, TrainConfig(**{**vars(SETTINGS), "seed": seed}), "kernel")
    while not trainer.done:
        trainer.advance(1_000_000)
    return WordVectors(corpus.vocabulary.words, trainer.U)


def gensims(corpus, seed):
    """WordVectors of the same words, trained by gensim with one worker."""
    from gensim.models import Word2Vec

    words = np.array(corpus.vocabulary.words, dtype=object)
    model = Word2Vec(
        [words[ids].tolist() for ids in sentences_of(corpus)],
        sg=1,
        vector_size=SETTINGS.dim,
        window=SETTINGS.window,
        negative=SETTINGS.negatives,
        ns_exponent=SETTINGS.noise_exponent,
        sample=SETTINGS.sample,
        alpha=SETTINGS.learning_rate,
        epochs=SETTINGS.epochs,
        min_count=1,
        seed=seed,
        workers=1,
    )
    return WordVectors(model.wv.index_to_key, model.wv.vectors)


def scores(vectors, sets):
    """(Spearman's rho on WordSim-353, accuracy on questions-words)."""
    *_, analogies = evaluate.analogies(vectors, evaluate.parse_analogies(sets["questions-words.txt"]))
    return evaluate.word_pairs(vectors, evaluate.parse_pairs(sets["wordsim353.tsv"])).rho, analogies.overall.accuracy


def beside_gensim():
    """Mean scores over the seeds, ours and gensim's in turn."""
    corpus, sets = dictionary(), run(packaged.test_sets().get())
    runs = [(scores(ours(corpus, seed), sets), scores(gensims(corpus, seed), sets)) for seed in SEEDS]
    for i, name in enumerate(("quality.wordsim353", "quality.analogies")):
        mine, theirs = (statistics.mean(run[side][i] for run in runs) for side in (0, 1))
        report(name, mine, "rho" if i == 0 else "accuracy", f"gensim {theirs:.4f}", mine / theirs)


# -- beside the reference ------------------------------------------------------------------------------------


def part_of(sentences, words):
    """A Corpus of some sentences of ids, with the words that occur in them."""
    counts = np.bincount(np.concatenate(sentences), minlength=len(words))
    kept = np.flatnonzero(counts)
    new = np.full(len(words), -1, np.int32)
    new[kept] = np.arange(len(kept))
    tokens = np.concatenate([np.append(new[ids], np.int32(END)) for ids in sentences])
    return Corpus(tokens, Vocabulary([words[i] for i in kept], counts[kept])), new


def reference(corpus, config):
    """U and V after the same training by `sgns.step`, in float64, with random numbers of its own."""
    rng = np.random.default_rng(config.seed)
    U, V = sgns.initial(len(corpus.vocabulary), config)
    ladder = np.cumsum(sgns.noise_distribution(corpus.vocabulary.counts, config.noise_exponent))
    ladder /= ladder[-1]
    keep = keep_probabilities(corpus.vocabulary.counts, config.sample)
    for epoch in range(config.epochs):
        stream = corpus.tokens[rng.random(len(corpus.tokens)) < keep[corpus.tokens]]
        for t, centre in enumerate(stream.tolist()):
            if centre == END:
                continue
            rate = config.learning_rate * max(1 - (epoch + t / len(stream)) / config.epochs, sgns.LOWEST_RATE)
            for context in window(stream, t, rng.integers(1, config.window + 1)):
                sgns.step(U, V, centre, context, np.searchsorted(ladder, rng.random(config.negatives), "right"), rate)
    return U, V


def window(stream, t, width):
    """The ids at most `width` from position t in its sentence."""
    before, after = stream[max(0, t - width) : t], stream[t + 1 : t + 1 + width]
    stop = np.flatnonzero(before == END)
    start = np.flatnonzero(after == END)
    return [*before[stop[-1] + 1 if len(stop) else 0 :].tolist(), *after[: start[0] if len(start) else None].tolist()]


def held_out_loss(U, V, pairs, negatives):
    """Mean loss of pairs (P, 2) with fixed negatives (P, K), in nats."""
    u, v = U[pairs[:, 0]].astype(float), V[pairs[:, 1]].astype(float)  # (P, D) each
    noise = np.einsum("pd,pkd->pk", u, V[negatives].astype(float))  # (P, K)
    return np.logaddexp(0, -np.einsum("pd,pd->p", u, v)).mean() + np.logaddexp(0, noise).sum(axis=1).mean()


def held_out(corpus, new, sentences, config):
    """Pairs (P, 2) of sentences of ids, which `new` turns into the corpus's, and negatives (P, K) for each."""
    rng = np.random.default_rng(0)
    pairs = np.array(
        [
            (int(c), o)
            for ids in (new[ids][new[ids] >= 0] for ids in sentences)
            for t, c in enumerate(ids)
            for o in window(ids, t, rng.integers(1, config.window + 1))
        ]
    )
    noise = sgns.noise_distribution(corpus.vocabulary.counts)
    return pairs, rng.choice(len(noise), (len(pairs), config.negatives), p=noise)


def beside_reference():
    """Held-out loss of the kernel and of the reference, means over the seeds."""
    whole = dictionary()
    chosen = sentences_of(whole)[: SMALL_SENTENCES + HELD_OUT]
    corpus, new = part_of(chosen[:SMALL_SENTENCES], whole.vocabulary.words)
    pairs, negatives = held_out(corpus, new, chosen[SMALL_SENTENCES:], TrainConfig(**SMALL))
    losses = []
    for seed in SEEDS:
        config = TrainConfig(**SMALL, seed=seed)
        trainer = Trainer(corpus, config, "kernel")
        while not trainer.done:
            trainer.advance(1_000_000)
        losses.append(
            [held_out_loss(*tables, pairs, negatives) for tables in ((trainer.U, trainer.V), reference(corpus, config))]
        )
    mine, theirs = np.mean(losses, axis=0)
    report("quality.loss", mine, "nats", f"embedlab.sgns {theirs:.4f}", theirs / mine)


def shared_beside_exact():
    """Scores and held-out loss with negatives shared by a window and with each pair's own, means over the seeds.

    The settings are those that *Train your own* begins with; every fiftieth sentence is held out.
    """
    whole, sets = dictionary(), run(packaged.test_sets().get())
    sentences = sentences_of(whole)
    trained = [ids for i, ids in enumerate(sentences) if i % 50]
    corpus, new = part_of(trained, whole.vocabulary.words)
    pairs, negatives = held_out(corpus, new, sentences[::50], TrainConfig())
    results = {True: [], False: []}
    for seed in SEEDS:
        for shared, of in results.items():
            trainer = Trainer(corpus, TrainConfig(seed=seed, shared_negatives=shared), "kernel")
            while not trainer.done:
                trainer.advance(1_000_000)
            loss = held_out_loss(trainer.U, trainer.V, pairs, negatives)
            of.append((*scores(WordVectors(corpus.vocabulary.words, trainer.U), sets), loss))
    shared, exact = (np.mean(of, axis=0) for of in results.values())
    report("quality.shared.wordsim353", shared[0], "rho", f"each its own {exact[0]:.4f}", shared[0] / exact[0])
    report("quality.shared.analogies", shared[1], "accuracy", f"each its own {exact[1]:.4f}", shared[1] / exact[1])
    report("quality.shared.loss", shared[2], "nats", f"each its own {exact[2]:.4f}", exact[2] / shared[2])


NAMES = {
    "quality.shared.wordsim353": shared_beside_exact,
    "quality.shared.analogies": shared_beside_exact,
    "quality.shared.loss": shared_beside_exact,
    "quality.loss": beside_reference,
    "quality.wordsim353": beside_gensim,
    "quality.analogies": beside_gensim,
}


def main(prefix):
    """Run what has a name that begins with `prefix`."""
    for part in dict.fromkeys(part for name, part in NAMES.items() if name.startswith(prefix)):
        part()
