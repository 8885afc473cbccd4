"""The built data of the dynamics figure: the run that the page opens with, and those with more negatives."""

import gzip
import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from app.figures.dynamics.columns import frame_columns
from app.figures.dynamics.state import DynamicsState
from app.sources import packaged
from builder import toy_run
from embedlab.corpora import TOY_CONFIG, toy_corpus
from embedlab.history import Recorder
from embedlab.text import Vocabulary, tokenize
from tests.unit.test_corpora import largest_gap

F, V, S = 301, 15, 48_000


@cache
def fresh(negatives):
    """The figure's run, trained anew with so many negatives."""
    sentences = tokenize(toy_corpus().text)
    config = replace(TOY_CONFIG, negatives=negatives)
    recorder = Recorder(sentences, Vocabulary.from_sentences(sentences), config)
    for _ in recorder:
        pass
    return recorder.history()


@cache
def more():
    return json.loads(toy_run.RUNS.read_text())


def matrices(columns):
    """U and V of all frames, (F, V, 2) each, from columns as they are in the file."""
    return [np.array(columns[name]).reshape(F, V, 2) * columns["unit"][0] for name in "uv"]


def test_the_page_opens_with_the_run_of_the_controls_and_the_cells():
    run = packaged.toy_run()
    assert run.config == TOY_CONFIG == DynamicsState().config() and DynamicsState().corpus == toy_corpus().text
    np.testing.assert_array_equal(run.U, fresh(1).U)
    assert run.U.shape == (F, V, 2) and len(run.log) == run.steps[-1] == S


def test_frames_tell_the_rate_of_the_step_that_follows():
    run = packaged.toy_run()
    columns = frame_columns(run)
    rate = columns["rate"]
    assert rate.dtype == np.float32 and rate.shape == (F,)
    np.testing.assert_allclose(rate[:-1], run.log.learning_rate[run.steps[:-1]], rtol=1e-6)
    assert rate[0] == np.float32(0.05) and rate[-1] == pytest.approx(5e-6)


@pytest.mark.parametrize("negatives", [1, 2, 5, 15])
def test_the_log_tells_what_each_step_did(negatives):
    raw = gzip.decompress((toy_run.DATA / f"toy-log-{negatives}.bin").read_bytes())
    log, ids = fresh(negatives).log, np.frombuffer(raw, np.uint8).reshape(S, 2 + negatives)
    np.testing.assert_array_equal(ids[:, 0], log.centre)
    np.testing.assert_array_equal(ids[:, 1], log.context)
    np.testing.assert_array_equal(ids[:, 2:], log.negatives)


def test_there_is_a_run_for_each_choice_of_more_negatives():
    assert list(more()) == ["2", "5", "15"]
    for K, columns in more().items():
        expected = frame_columns(fresh(int(K)))
        assert list(columns) == list(expected)
        for name in ("step", "epoch", "loss", "rate"):
            np.testing.assert_array_equal(np.array(columns[name], expected[name].dtype), expected[name])
        assert len(columns["u"]) == len(columns["v"]) == F * V * 2 and len(set(columns["unit"])) == 1
        assert max(map(abs, columns["u"] + columns["v"])) <= 32_767
        assert all(type(x) is int for x in columns["step"] + columns["u"] + columns["v"])


@pytest.mark.parametrize("negatives", ["2", "5", "15"])
def test_turning_a_run_changes_no_product(negatives):
    run, (U, C) = fresh(int(negatives)), matrices(more()[negatives])
    rounding = more()[negatives]["unit"][0]
    for a, b, c, d in [(U, C, run.U, run.V), (U, U, run.U, run.U), (C, C, run.V, run.V)]:
        there, here = a @ np.swapaxes(b, 1, 2), c @ np.swapaxes(d, 1, 2)  # (F, V, V)
        np.testing.assert_allclose(there, here, atol=2 * 32_767 * rounding * rounding)


def test_alignment_is_exact_undoes_a_turn_and_keeps_the_origin():
    run = fresh(1)
    turn = np.array([[0.6, 0.8], [0.8, -0.6]])  # a reflection
    back = toy_run.aligned(replace(run, U=run.U @ turn, V=run.V @ turn), run)
    np.testing.assert_allclose(back.U, run.U, atol=1e-12)
    np.testing.assert_allclose(back.V, run.V, atol=1e-12)
    other = toy_run.aligned(fresh(5), run)
    products = fresh(5).U @ np.swapaxes(fresh(5).V, 1, 2)
    np.testing.assert_allclose(other.U @ np.swapaxes(other.V, 1, 2), products, atol=1e-12)


@pytest.mark.parametrize("negatives", ["2", "5", "15"])
def test_no_other_turn_brings_the_words_nearer_to_the_first_run(negatives):
    target, (U, _) = fresh(1).U[-1], matrices(more()[negatives])
    distance = np.linalg.norm(U[-1] - target)
    for angle in np.radians(range(1, 360)):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        for mirror in ([1, 1], [1, -1]):
            assert np.linalg.norm(U[-1] @ turn * mirror - target) > distance


def test_the_runs_differ_as_the_text_says():
    words, categories = fresh(1).vocabulary.words, toy_corpus().categories
    kinds = np.array([categories[word] for word in words])
    chosen = kinds != "connector"
    gaps = {K: largest_gap(matrices(more()[K])[0][-1][chosen], kinds[chosen], 0) for K in more()}
    assert largest_gap(fresh(1).U[-1][chosen], kinds[chosen], 0) < 130
    assert all(gap > 250 for gap in gaps.values())
