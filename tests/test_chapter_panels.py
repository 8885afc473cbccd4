"""Panels in the chapter: found by name, or complained about; what the noise panel has before JavaScript."""

import numpy as np
import pytest

from app.chapter.render import Chapter, ChapterError
from app.panels import cone, frequency, layouts, lens, noise, optimisers
from app.panels.shared import train_visibly
from app.sources.map_words import ANALOGIES, START
from app.sources.vector_sets import Sources
from app.tasks.task import Task
from embedlab.graph import neighbour_graph
from embedlab.layout import layout
from embedlab.text import Vocabulary
from embedlab.vectors import WordVectors
from tests.running import run


def test_a_panel_stands_where_its_comment_was(tmp_path):
    (tmp_path / "one.html").write_text("<figure>1</figure>")
    (tmp_path / "part.md").write_text("before\n\n<!-- panel: one -->\n\nafter\n")
    assert Chapter(tmp_path, []).sections["part"].split() == ["<p>before</p>", "<figure>1</figure>", "<p>after</p>"]
    (tmp_path / "part.md").write_text("<!-- panel: two -->\n")
    with pytest.raises(ChapterError, match="part.md: there is no panel 'two': add two.html"):
        Chapter(tmp_path, [])


def test_the_noise_rows_by_hand():
    vocabulary = Vocabulary(["a", "b", "c"], [8, 4, 4])
    data = noise.recorded(vocabulary)
    assert data["words"] == ["a", "b", "c"] and data["ranks"] == [1, 2, 3]
    assert data["first"][0] == pytest.approx(1 / 3) and data["first"][-1] == pytest.approx(8 / 16)
    assert '<tr data-count="8"><th scope="row">a</th><td>1</td><td>8</td>' in noise.rows(data)


def test_the_rows_of_the_cone_by_hand():
    data = dict(words=["cat", "and"], kinds=["animals", "connector"], counts=[7, 9], pairs=[0, 2, 2, 0], up=[0, 1])
    data |= dict(U=[[0.5, -1], [0, 0.25]], V=[[-0.5, 1], [2, 0]], dictionary=[1234, 100, -0.5])
    parts = cone.parts(data)
    assert (
        '<th scope="row">cat</th><td>animals</td><td>7</td><td>0.5000 −1.0000</td><td>−0.5000 1.0000</td>'
        in parts["rows"]
    )
    assert parts["rows"].startswith('<tbody data-pairs="[0,2,2,0]" data-up="[0,1]" data-k="5">')
    assert (
        parts["dictionary"].startswith("over its 1,234 words in 100 dimensions") and "is −0.500" in parts["dictionary"]
    )


def test_bands_and_steps_by_hand():
    counts = np.array([9, 5, 10, 29, 30, 99, 100, 299, 300, 999, 2000, 1000])
    X = np.array([[1, 0], [0, 1]] * 4 + [[0, 1], [0, 2]] * 2)
    assert frequency.bands(counts, X) == [[5, 2, 0], [10, 2, 0], [30, 2, 0], [100, 2, 0], [300, 2, 1], [1000, 2, 1]]
    assert frequency.band_names() == ["5 to 9", "10 to 29", "30 to 99", "100 to 299", "300 to 999", "1,000 and more"]
    assert [frequency.step_name(step) for step in (None, 0, 1, 3)] == [
        "as it is",
        "mean",
        "mean and 1 direction",
        "mean and 3 directions",
    ]


@pytest.mark.parametrize("last, ended, shown, progress", [(401, True, 41, [2, 5, 7]), (200, False, 21, [2, 5, 7])])
def test_a_training_is_shown_on_the_way_and_can_be_stopped(monkeypatch, last, ended, shown, progress):
    async def no_sleep(seconds):
        pass

    monkeypatch.setattr("app.tasks.task.asyncio.sleep", no_sleep)
    task, pictures, answers = Task(), [], []

    def parts():
        for i in range(401):
            if i == last:
                task.stop()
            yield i / 400

    async def train():
        answers.append(await train_visibly(task, parts(), lambda: pictures.append(task.progress)))

    run(task.run("training", answers.append, train))
    assert answers == [ended] and len(pictures) == shown and pictures[:3] == progress
    assert task.busy == "" and task.progress == 0


def test_the_optimisers_summary_tells_decay_from_drift():
    assert "AdamW without weight decay is Adam" in optimisers.columns(0.01, 0)["summary"]
    # the decay alone: (1 - 0.01 * 0.1) ** 200 = 0.8187
    assert "that alone changes its length by −18%" in optimisers.columns(0.01, 0.1)["summary"]


def test_a_plane_is_asked_about_a_pair_that_it_was_not_made_of():
    rng = np.random.default_rng(0)
    vectors = WordVectors(list(START), rng.normal(size=(len(START), 60)).astype(np.float32))
    pairs = ANALOGIES["royalty"]
    assert lens.held_out(vectors, pairs, lens.lens_without) < 0.3  # of noise, a lens sees little but its own pairs
    assert lens.AnalogyPlane().fit(*lens.ends_of(vectors, pairs)).kept(*lens.ends_of(vectors, pairs)).mean() > 0.5
    without = lens.pca_without(vectors, pairs, 1)
    np.testing.assert_allclose(
        without.mean, lens.rows_of(vectors, [word for word in START if word not in pairs[1]]).mean(axis=0)
    )


# -- one layout, two starts --------------------------------------------------------------------------------------------


class Glove:
    """Groups of words that stand well apart, as GloVe's vectors."""

    vectors_ = None

    async def vectors(self, progress=None):
        if self.vectors_ is None:
            draw = np.random.default_rng(0)
            matrix = draw.normal(size=(8, 10))[np.arange(300) % 8] * 3 + draw.normal(size=(300, 10))
            self.vectors_ = WordVectors([f"w{i}" for i in range(300)], matrix)
        return self.vectors_


def test_both_layouts_are_those_of_the_science():
    unit = run(Glove().vectors()).unit
    *_, (part, pictures) = layouts.parts(unit, 6, 2.0)
    for seed, picture in zip((0, 1), pictures):
        start = np.random.default_rng(seed).normal(0, 5, (300, 2))
        *_, last = layout(neighbour_graph(unit, 6), start, repulsion=2.0, seed=seed)
        assert np.array_equal(picture, last.positions)
    assert part == 1 and not np.allclose(*pictures)


def test_what_pictures_keep_is_measured():
    draw = np.random.default_rng(0)
    angle = np.sort(draw.uniform(0, np.pi, 200))  # within half a circle, cosines fall with the distance
    flat = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    true = layouts.measured(flat, [5 * flat, -flat + 3])
    assert true["kept"] == 1
    assert all(true[name] == pytest.approx(1) for name in ("near", "any", "runs_near", "runs_any"))
    chance = layouts.measured(flat, [draw.normal(size=(200, 2)), flat])
    assert chance["kept"] < 0.15 and abs(chance["any"]) < 0.15 and abs(chance["runs_any"]) < 0.15
    words = layouts.summary(true, 15, 4.0)
    assert words.startswith("With k = 15 and spread 4: of ten nearest, 10.0 stay among the ten nearest.")


def stop_when_it_settles(panel):
    panel.state.param.watch(lambda event: "settle" in event.new and panel.task.stop(), "message")


def test_the_panel_lays_out_and_stop_keeps_what_there_is():
    panel = layouts.Layouts(layouts.LayoutsState(), Sources(Glove()))
    run(panel.lay_out())
    assert panel.state.message == "Laid out." and panel.state.summary.startswith("With k = 15 and spread 4:")
    assert panel.words.data["word"] == [f"w{i}" for i in range(300)]
    first, second = panel.pictures.data["xy"]
    assert first.shape == second.shape == (600,) and first.dtype == np.int16 and not np.array_equal(first, second)
    stop_when_it_settles(panel)
    run(panel.lay_out())
    assert panel.state.message.startswith("Stopped") and len(panel.pictures.data["xy"]) == 2
