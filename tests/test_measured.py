"""What the panels *Two tables, one cone* and *What frequency does* show, worked out again by other means."""

import re

import numpy as np
import pytest
from scipy.stats import spearmanr

from app.chapter.render import cells
from app.panels import cone, frequency
from app.sources.packaged import SIMLEX, WORDSIM
from builder import dictionary, measured
from builder.project import ROOT
from embedlab.dictionary import pack
from embedlab.kernel import NoKernel
from embedlab.objective import expected_loss
from embedlab.pmi import cooccurrence
from embedlab.sgns import noise_distribution

PANELS = ROOT / "app" / "panels"


@pytest.fixture(scope="module")
def model():
    """The dictionary's training, once: (words, counts, U, V)."""
    trainer = measured.trained()
    vocabulary = trainer.corpus.vocabulary
    return vocabulary.words, np.asarray(vocabulary.counts), trainer.U.astype(float), trainer.V.astype(float)


@pytest.fixture(scope="module")
def glove():
    return measured.frequent_glove()


@pytest.fixture(scope="module")
def shown():
    return measured.read()["frequency"]


def lengths_of(X):
    return np.sqrt((X * X).sum(axis=1))


def cosines_of(X, pairs, words):
    """(cosine, judgement) of each pair whose words are known; of a word in several spellings the first counts."""
    place = {}
    for i, word in enumerate(words):
        place.setdefault(word.lower(), i)
    known = [(place[a.lower()], place[b.lower()], y) for a, b, y in pairs if {a.lower(), b.lower()} <= set(place)]
    return np.array([(X[a] @ X[b] / np.sqrt(X[a] @ X[a] * (X[b] @ X[b])), y) for a, b, y in known]).T


def without(X, k):
    """All-but-the-top by the eigenvectors of the covariance; k None: as it is."""
    if k is None:
        return X
    X = X - X.sum(axis=0) / len(X)
    _, directions = np.linalg.eigh(X.T @ X)
    for direction in directions.T[::-1][:k]:
        X = X - np.outer(X @ direction, direction)
    return X


def mean_of_all_cosines(X):
    """The mean over all pairs of different rows, pair by pair, in blocks."""
    X, total = X / lengths_of(X)[:, None], 0.0
    for start in range(0, len(X), 1000):
        total += (X[start : start + 1000] @ X.T).sum()
    return (total - len(X)) / (len(X) * (len(X) - 1))


# -- the dictionary's model ------------------------------------------------------------------------------------


def test_lengths_follow_counts(model, shown):
    words, counts, U, _ = model
    assert shown["size"] == len(words) and len(shown["words"]) > 90
    for word, count, length in shown["words"]:
        i = words.index(word)
        assert count == counts[i] and length == pytest.approx(np.sqrt(sum(x * x for x in U[i])), rel=1e-5)
    assert shown["spearman"] == pytest.approx(spearmanr(lengths_of(U), counts).statistic, abs=1e-6)
    assert round(shown["spearman"], 2) == 0.91


def test_the_commonest_words_are_shorter_again(model):
    _, counts, U, _ = model
    lengths = lengths_of(U)
    commonest, below = lengths[counts >= 10_000], lengths[(counts >= 1000) & (counts < 10_000)]
    assert len(commonest) == 13 and commonest.mean() < below.mean() - 0.5
    assert spearmanr(lengths[counts >= 3000], counts[counts >= 3000]).statistic < -0.6


def test_rare_words_crowd_together(model, shown):
    _, counts, U, V = model
    limits = [(5, 9), (10, 29), (30, 99), (100, 299), (300, 999), (1000, 10**9)]
    for (least, most), (first, size, by_u), (*_, by_both) in zip(limits, shown["bands"], shown["added"], strict=True):
        band = (counts >= least) & (counts <= most)
        assert first == least and size == band.sum()
        assert by_u == pytest.approx(mean_of_all_cosines(U[band]), abs=1e-4)
        assert by_both == pytest.approx(mean_of_all_cosines((U + V)[band]), abs=1e-4)
    by_u, by_both = ([row[2] for row in shown[name]] for name in ("bands", "added"))
    assert by_u == sorted(by_u, reverse=True) and by_u[0] > 0.7 and by_u[-1] < 0.25
    assert max(by_both) < 0.15  # what the panel calls all but cancelled


def test_the_two_means_of_the_dictionary_are_opposed(model):
    words, _, U, V = model
    u, v = (sum(X) / len(X) for X in (U, V))
    size, D, cosine = measured.read()["cone"]["dictionary"]
    assert size == len(words) and D == U.shape[1] == 100
    assert cosine == pytest.approx(u @ v / np.sqrt((u @ u) * (v @ v)), abs=1e-5) and cosine < -0.99


# -- all but the top -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [None, 0, 3, 7, 10])
@pytest.mark.parametrize("which", ["glove", "dictionary"])
def test_the_scores_of_all_but_the_top(which, k, model, glove, shown):
    words, X = (model[0], model[2]) if which == "dictionary" else (glove.words, glove.matrix.astype(float))
    X, at = without(X, k), frequency.STEPS.index(k)
    for name, pairs in zip(("wordsim", "simlex"), measured.judged().values()):
        assert shown["steps"][which][name][at] == pytest.approx(
            spearmanr(*cosines_of(X, pairs, words)).statistic, abs=2e-4
        )
    i, j = np.random.default_rng(0).integers(0, len(X), (2, 200_000))
    X = X / lengths_of(X)[:, None]
    sampled = (X[i] * X[j]).sum(axis=1)[i != j].mean()
    assert shown["steps"][which]["cosine"][at] == pytest.approx(sampled, abs=0.004)


def test_what_resampling_says_of_three_directions(glove):
    text = (PANELS / "frequency.html").read_text(encoding="utf-8")
    said = re.search(
        r"between (\S+) and (\S+) on WordSim-353: real. On SimLex-999 it is between (\S+) and (\S+): perhaps", text
    )
    limits = [float(number.replace("−", "-")) for number in said.groups()]
    X, judged, rng = glove.matrix.astype(float), measured.judged(), np.random.default_rng(7)
    found = []
    for name in (WORDSIM, SIMLEX):
        (before, y), (after, _) = (cosines_of(without(X, k), judged[name], glove.words) for k in (None, 3))
        gains = []
        for _ in range(4000):
            i = rng.integers(0, len(y), len(y))
            gains.append(spearmanr(after[i], y[i]).statistic - spearmanr(before[i], y[i]).statistic)
        found += [*np.percentile(gains, [2.5, 97.5])]
    assert limits == pytest.approx(found, abs=0.009)
    assert found[0] > 0 and found[2] < 0 < found[3]  # the first is real, the second may be chance


# -- hubs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("k, column", [(None, 0), (3, 1)])
def test_hubs_by_the_tenth_largest_cosine(k, column, glove, shown):
    """A word is in the list of another if its cosine is no lower than the other's tenth largest."""
    X = without(glove.matrix.astype(float), k)[:20_000]
    X, counts = X / lengths_of(X)[:, None], np.zeros(20_000, int)
    for start in range(0, 20_000, 500):
        cosines = X[start : start + 500] @ X.T
        cosines[np.arange(500), start + np.arange(500)] = -2
        counts += (cosines >= np.sort(cosines, axis=1)[:, -10:-9]).sum(axis=0)
    assert counts.sum() == pytest.approx(200_000, abs=20)
    for word, *listed in shown["hubs"]["largest"]:
        assert listed[column] == pytest.approx(counts[glove.words.index(word)], abs=1)
    assert shown["hubs"]["none"][column] == pytest.approx((counts == 0).sum(), abs=2)
    assert {glove.words[i] for i in np.argsort(-counts)[:4]} <= {word for word, *_ in shown["hubs"]["largest"]}
    assert counts.max() > 70  # removing directions leaves the hubs in place


# -- two tables, one cone --------------------------------------------------------------------------------------


def test_the_cone_is_that_of_the_chapters_cell():
    source = cells((ROOT / "app" / "chapter" / "word2vec.md").read_text(encoding="utf-8"))["train"]
    config = cone.CONFIG
    assert (
        f"Config(dim={config.dim}, window={config.window}, negatives={config.negatives}, epochs={config.epochs}, "
        f"seed={config.seed})"
    ) in source
    U, shown = cone.trained()[3], measured.read()["cone"]
    np.testing.assert_allclose(shown["U"], U, atol=6e-5)


def test_any_invertible_change_keeps_the_loss_and_moves_the_cosines():
    """Not stretches along a direction alone, which is what the panel shows."""
    _, sentences, vocabulary, U, V = cone.trained()
    pairs = cooccurrence(vocabulary.encode(sentences), len(vocabulary), cone.CONFIG.window)
    noise, (cat, other) = noise_distribution(vocabulary.counts), (vocabulary.index(word) for word in ("cat", "and"))
    cosines = []
    for seed in range(20):
        A = np.eye(8) + np.random.default_rng(seed).normal(0, 0.3, (8, 8))
        moved, against = U @ A, V @ np.linalg.inv(A).T
        assert expected_loss(moved, against, pairs, noise, 5) == pytest.approx(
            expected_loss(U, V, pairs, noise, 5), abs=1e-9
        )
        cosines.append(moved[cat] @ moved[other] / np.sqrt((moved[cat] ** 2).sum() * (moved[other] ** 2).sum()))
    assert max(cosines) - min(cosines) > 0.5


def test_what_is_measured_can_be_trained_without_the_kernel(tmp_path, monkeypatch):
    def missing():
        raise NoKernel("not built")

    small = tmp_path / "small.txt.bin"
    small.write_bytes(pack("the cat and the dog\n" * 6))
    monkeypatch.setattr(dictionary, "SENTENCES", small)
    monkeypatch.setattr("embedlab.word2vec.load", missing)
    trainer = measured.trained()
    assert trainer.done and trainer.engine == "numpy" and len(trainer.U) == 4


def test_what_is_said_of_the_dictionary_model_beside_glove(model, glove):
    shared, judged = measured.trained(shared_negatives=True), measured.judged()
    words, U, V = shared.corpus.vocabulary.words, shared.U.astype(float), shared.V.astype(float)

    def score(X, words, name):
        return spearmanr(*cosines_of(X, judged[name], words)).statistic

    found = {name: score(X, words, WORDSIM) for name, X in (("u", U), ("u + v", U + V))}
    theirs = score(glove.matrix.astype(float), glove.words, WORDSIM)
    said = (ROOT / "app" / "figures" / "training" / "training.html").read_text(encoding="utf-8")
    assert "not on related ones (WordSim-353: 0.48 against 0.52)" in said
    assert found["u"] == pytest.approx(0.48, abs=0.02) and theirs == pytest.approx(0.525, abs=0.005)
    assert "By the sum u + v, which is what GloVe’s file holds, it equals it on both" in said
    assert found["u + v"] > theirs - 0.01
    similar = score(glove.matrix.astype(float), glove.words, SIMLEX)
    assert all(abs(score(X, words, SIMLEX) - similar) < 0.03 for X in (U, U + V))

    _, counts, exact_U, exact_V = model  # and of what sharing negatives changes
    rare = (counts >= 5) & (counts <= 9)
    alike = [mean_of_all_cosines((X + Y)[rare]) for X, Y in ((U, V), (exact_U, exact_V))]
    text = (ROOT / "app" / "chapter" / "word2vec.md").read_text(encoding="utf-8")
    assert f"a mean cosine of {alike[0]:.2f}, against {alike[1]:.2f}" in text
