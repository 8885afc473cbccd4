"""A model from a file: on the map, questioned, scored, compared with GloVe, and saved again."""

import json

import numpy as np
import pytest
from gensim.models import KeyedVectors

from app.sources import packaged
from app.sources.map_words import START
from embedlab.dictionary import unpack
from embedlab.evaluate import analogies, parse_analogies, parse_pairs, word_pairs
from embedlab.formats import load_packed, write
from embedlab.vectors import WordVectors
from tests.browser.conftest import NO_VIOLATIONS, Lab

FREQUENT = 4000
SWAPPED = ("river", "church")  # among the 3,000 whose neighbours are compared
LACKING = {"nyc", "sushi"}


@pytest.fixture(scope="module")
def glove():
    return load_packed(packaged.DATA / packaged.GLOVE)


@pytest.fixture(scope="module")
def model(glove):
    """GloVe's most frequent words turned in space, without two of the map's words, two others in each other's place."""
    words = [word for word in dict.fromkeys([*glove.words[:FREQUENT], *START]) if word not in LACKING]
    turn = np.linalg.qr(np.random.default_rng(0).normal(size=(50, 50)))[0]
    matrix = glove.matrix[glove.indices(words)] @ turn
    i, j = [words.index(word) for word in SWAPPED]
    matrix[[i, j]] = matrix[[j, i]]
    return WordVectors(words, matrix)


@pytest.fixture(scope="module")
def loaded(browser, site, model):
    """A live page on which the model was loaded from a file in word2vec's text format."""
    lab = Lab(browser, site).open()
    assert lab.page.locator("input[data-file=models-file]").is_disabled()
    assert "need Python" in lab.page.inner_text("#models-note")
    lab.ready()
    load(lab, "mine.vec", write(model, "word2vec-text"))
    lab.says("models-file-message", f"mine.vec is loaded: {len(model):,} words, 50 numbers each")
    yield lab
    lab.close()


def load(lab, name, data):
    lab.page.set_input_files(
        "input[data-file=models-file]", {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


def choose(lab, select, name):
    lab.page.locator(f"[data-root={select}] select").first.select_option(name)


def tick(lab, *names):
    """Tick models in their table, and no others."""
    for box in lab.page.locator("#models-table tbody input").all():
        box.set_checked(box.get_attribute("data-name") in names)
    ticked = [name in names for name in lab.column("models-table", "name")]
    lab.wait("String(Array.from(model('models-table').get('chosen'))) === String(arg)", ticked)


def answers(lab, a, b, c):
    for name, word in zip("abc", (a, b, c)):
        lab.set(f"space-{name}", "value", word)
    lab.show_tab("sum")
    lab.press("Work it out")
    lab.says("space-sum-message", "≈")
    return list(zip(lab.column("space-answers", "word"), lab.column("space-answers", "score")))


def test_the_map_stands_on_the_chosen_model(loaded, model):
    before = {name: loaded.column("space-words", name) for name in ("word", "x", "y")}
    limits = [loaded.get("space-plane", f"{axis}_range.{end}") for axis in "xy" for end in ("start", "end")]
    choose(loaded, "space-source", "mine.vec")
    loaded.says(
        "space-source-message", f"{len(model):,} words, 50 numbers each. Not among them, so not on the map: NYC, sushi."
    )
    assert loaded.column("space-words", "word") == [word for word in START if word not in LACKING]
    loaded.wait(f"document.getElementById('word-label').textContent.includes('{len(model):,}')")
    choose(loaded, "space-source", "GloVe")
    loaded.wait("model('space-words').get('word').includes('nyc')")
    assert {name: loaded.column("space-words", name) for name in before} == {
        name: values if isinstance(values[0], str) else pytest.approx(values, abs=1e-5)
        for name, values in before.items()
    }
    assert limits == pytest.approx(
        [loaded.get("space-plane", f"{axis}_range.{end}") for axis in "xy" for end in ("start", "end")]
    )


def test_the_map_asks_the_chosen_model(loaded, model):
    choose(loaded, "space-source", "mine.vec")
    loaded.says("space-source-message", f"{len(model):,} words")
    expected = model.analogy("man", "king", "woman", 5)
    found = answers(loaded, "King", "man", "woman")
    assert [word.lower() for word, _ in found] == [word.lower() for word, _ in expected]  # the map's in lower case
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-4)
    loaded.set("space-odd-words", "value", "red, blue, king, green")
    loaded.show_tab("odd")
    loaded.press("Find the odd one")
    loaded.says("space-odd-message", "The odd one out is king.")
    scores = model.odd_one_out(["red", "blue", "king", "green"])[1]
    assert dict(zip(loaded.column("space-odd-scores", "word"), loaded.column("space-odd-scores", "score"))) == {
        word: pytest.approx(score, abs=1e-4) for word, score in scores.items()
    }
    assert loaded.page.locator("#space-odd-scores li").last.inner_text().startswith("king")
    for text, why in [
        ("red, blue", "three words or more"),
        ("red, blue, qwzx", "qwzx"),
        ("red, red, blue", "different"),
    ]:
        loaded.set("space-odd-words", "value", text)
        loaded.press("Find the odd one")
        loaded.says("space-odd-message", why)
        assert loaded.column("space-odd-scores", "word") == []
    choose(loaded, "space-source", "GloVe")
    loaded.wait("model('space-words').get('word').includes('nyc')")
    assert loaded.column("space-answers", "word") == []


def test_scoring_stops_within_a_second_and_the_page_answers_meanwhile(loaded):
    tick(loaded, "GloVe", "mine.vec")
    loaded.press("Score")
    loaded.says("models-score-message", "Scoring GloVe")
    gaps = loaded.page.evaluate("""() => new Promise((done) => {
        const gaps = [];
        let last = performance.now();
        const tick = (now) => {
            gaps.push(now - last);
            last = now;
            gaps.length < 41 ? requestAnimationFrame(tick) : done(gaps);
        };
        requestAnimationFrame(tick);
    })""")
    assert sorted(gaps)[len(gaps) // 2] < 100  # the median: other programs hold up single frames
    loaded.set("dynamics-player", "value", 7)
    assert loaded.frame_shown() == 7
    loaded.press("Stop", "models-scoring")
    loaded.says("models-score-message", "Stopped", timeout=1_500)


def test_scores_are_those_of_the_vectors(loaded, model, glove):
    tick(loaded, "GloVe", "mine.vec")
    loaded.press("Score")
    loaded.wait("!model('models-score').disabled && model('models-score-message').text === ''", timeout=120_000)
    texts = json.loads(b"".join(unpack((packaged.DATA / packaged.TEST_SETS).read_bytes())))
    keys = zip(*(loaded.column("models-scores", name) for name in ("model", "test", "section")))
    rows = zip(*(loaded.column("models-scores", name) for name in ("score", "of", "total")))
    scores = dict(zip(keys, rows))
    for row, file in [("WordSim-353", "wordsim353.tsv"), ("SimLex-999", "simlex999.txt")]:
        for name, vectors in (("mine.vec", model), ("GloVe", glove)):
            expected = word_pairs(vectors, parse_pairs(texts[file]))
            assert scores[name, row, ""] == pytest.approx((expected.rho, expected.covered, expected.total), abs=1e-4)
    *_, own = analogies(model, parse_analogies(texts["questions-words.txt"]))
    tally = own.overall
    assert scores["mine.vec", "Analogies", ""] == pytest.approx((tally.accuracy, tally.covered, tally.total), abs=5e-4)
    family = own.categories["family"]
    assert scores["mine.vec", "Analogies", "family"] == pytest.approx((family.accuracy, family.covered, family.total))
    text, wordsim = loaded.page.inner_text("#models-scores"), scores["mine.vec", "WordSim-353", ""]
    assert f"{wordsim[0]:.3f}" in text and f"{tally.covered:,} of {tally.total:,}" in text
    row = loaded.page.locator("#models-table tbody tr", has_text="mine.vec").inner_text()
    assert f"{wordsim[0]:.3f}" in row and f"{100 * wordsim[1] // wordsim[2]}% covered" in row


def test_side_by_side_the_turned_copy_lies_on_the_original(loaded, model, glove):
    tick(loaded, "mine.vec")
    loaded.press("Compare", "models-choice")
    loaded.says("models-compare-message", "Now 1 are ticked")
    tick(loaded, "GloVe", "mine.vec")
    loaded.press("Compare", "models-choice")
    loaded.says("models-compare-message", f"{len(model):,} shared words", timeout=60_000)
    xy = {side: np.transpose([loaded.column("models-words", f"{axis}_{side}") for axis in "xy"]) for side in "ab"}
    assert len(xy["a"]) == len(START) - len(LACKING)
    np.testing.assert_allclose(xy["a"], xy["b"], atol=0.01)  # only two of 4,000 words are elsewhere
    words, common = loaded.column("models-changes", "word"), loaded.column("models-changes", "common")
    assert set(words[:2]) == set(SWAPPED) and common[:2] == [0, 0] and common[2] > 0
    shared = [word for word in glove.words if word in model][:3000]
    a, b = [WordVectors(shared, vectors.matrix[vectors.indices(shared)]) for vectors in (glove, model)]
    for side, vectors in (("a", a), ("b", b)):
        assert loaded.column("models-changes", f"near_{side}")[0] == [
            word for word, _ in vectors.neighbours(words[0], 10)
        ]
    loaded.page.locator("#models-changes").get_by_role("button", name="river").click()
    loaded.wait("model('models-words').get('word').includes('river') && model('models-words').selected.indices.length")
    selected = loaded.page.inner_text("#models-selected")
    for name, vectors in (("GloVe", glove), ("mine.vec", model)):
        expected = ", ".join(f"{word} {cosine:.2f}" for word, cosine in vectors.neighbours("river", 5))
        assert f"river in {name}: {expected}" in selected
    i = loaded.column("models-words", "word").index("river")
    places = [
        (loaded.column("models-words", f"x_{side}")[i], loaded.column("models-words", f"y_{side}")[i]) for side in "ab"
    ]
    assert np.hypot(*np.subtract(*places)) > 0.1


def test_the_filled_section_is_accessible_and_fits_a_phone(loaded):
    for width in (390, 1280):
        loaded.page.set_viewport_size({"width": width, "height": 800})
        assert loaded.page.evaluate("document.documentElement.scrollWidth") <= width
        assert loaded.violations("#models") == NO_VIOLATIONS


def test_own_words_are_added_to_both_planes(loaded):
    for text, why in [
        ("qwzx", "not among the words of GloVe"),
        ("nyc", "not among the words of mine.vec"),
        ("", "Write a word"),
    ]:
        loaded.set("models-own", "value", text)
        loaded.press("Add words")
        loaded.says("models-own-message", why)
    loaded.set("models-own", "value", "bank, Ocean")
    loaded.press("Add words")
    loaded.says("models-own-message", "Added: bank, ocean")
    assert {"bank", "ocean"} <= set(loaded.column("models-words", "word"))
    loaded.wait("model('models-a-labels').get('text').length > 10 && model('models-b-labels').get('text').length > 10")


AT_WORD = """([side, word]) => {
    const model = (name) => Bokeh.documents[0].get_model_by_name(name);
    const plane = model(`models-${side}`), words = model('models-words');
    document.querySelector(`[data-root=models-${side}-plane]`).scrollIntoView({ block: 'center', behavior: 'instant' });
    const { frame, canvas_view } = Bokeh.index.get_one(plane), box = canvas_view.el.getBoundingClientRect();
    const [x, y] = ['x', 'y'].map((axis) => words.get(`${axis}_${side}`)[Array.from(words.get('word')).indexOf(word)]);
    return [box.left + frame.x_scale.compute(x), box.top + frame.y_scale.compute(y)];
}"""


def test_the_planes_move_together_and_both_offer_the_way_back(loaded):
    x, y = loaded.page.evaluate(AT_WORD, ["a", "tiger"])
    start = loaded.get("models-b", "x_range.start")
    loaded.page.mouse.move(x, y)
    loaded.page.mouse.down()
    loaded.page.mouse.move(x + 50, y, steps=3)
    loaded.page.mouse.up()
    assert loaded.get("models-a", "x_range.start") == loaded.get("models-b", "x_range.start") < start
    back = loaded.page.locator("#models-pair").get_by_role("button", name="Reset view")
    assert back.count() == 2
    back.last.click()
    assert loaded.get("models-a", "x_range.start") == start and back.count() == 0


@pytest.mark.parametrize("side", ["a", "b"])
def test_a_click_selects_a_word_on_both_planes_and_python_hears_of_it(loaded, side):
    x, y = loaded.page.evaluate(AT_WORD, [side, "tiger"])
    loaded.page.mouse.move(x, y)
    box = loaded.page.locator(f"[data-root=models-{side}-plane] .hover")
    box.wait_for()
    i = loaded.column("models-words", "word").index("tiger")
    assert "animals" in box.inner_text() and loaded.column("models-words", f"near_{side}")[i] in box.inner_text()
    loaded.page.evaluate("""() => {
        window.told = false;
        Bokeh.documents[0].on_change(({ sync, attr }) => { window.told ||= sync && attr === 'indices' }, false);
    }""")
    loaded.page.mouse.click(x, y)
    assert loaded.get("models-words", "selected.indices") == [i]
    assert loaded.page.inner_text("#models-selected").startswith("tiger in GloVe: ")
    assert loaded.page.evaluate("window.told")
    loaded.page.mouse.click(x, y - 50)
    assert loaded.get("models-words", "selected.indices") != [i]


@pytest.mark.parametrize("form,ending", [("word2vec, text", "txt"), ("word2vec, binary", "bin"), ("NumPy .npz", "npz")])
def test_what_is_saved_is_what_was_loaded(loaded, model, form, ending, tmp_path):
    choose(loaded, "models-saving", form)
    with loaded.page.expect_download() as download:
        loaded.press("Save mine.vec")
    assert download.value.suggested_filename == f"mine.{ending}"
    download.value.save_as(tmp_path / "saved")
    loaded.says("models-file-message", "is saved as")
    if ending == "npz":
        arrays = np.load(tmp_path / "saved")
        words, matrix = bytes(arrays["words"]).decode().split("\n"), arrays["vectors"]
    else:
        keyed = KeyedVectors.load_word2vec_format(str(tmp_path / "saved"), binary=ending == "bin")
        words, matrix = keyed.index_to_key, keyed.vectors
    assert words == model.words and np.array_equal(matrix, model.matrix)


@pytest.mark.parametrize(
    "name,data,why",
    [
        ("bad.vec", b"2 3\nking 1 2 3\nqueen 1 x 3\n", "“bad.vec”, line 3: number 2 of “queen” is “x”"),
        ("short.vec", b"3 2\na 1 2\nb 3 4\n", "promises 3 words, but it holds 2"),
        ("page.html", b"<html><body>Not found</body></html>", "no word followed by numbers"),
        ("empty.txt", b"", "is empty"),
        ("twice.txt", b"a 1 2\nb 3 4\na 5 6\n", "line 3 repeats “a” of line 1"),
        ("packed.gz", b"\x1f\x8b\x08\x00", "“packed.gz” cannot be unpacked"),
    ],
)
def test_bad_files_are_explained_and_nothing_is_lost(loaded, name, data, why):
    before = [loaded.column("models-table", name) for name in ("name", "chosen")]
    load(loaded, name, data)
    loaded.says("models-file-message", why)
    assert [loaded.column("models-table", name) for name in ("name", "chosen")] == before


def test_a_file_of_the_same_name_joins_the_other(loaded):
    load(loaded, "tiny.txt", b"Cat 1\ndog 2\n")
    loaded.says("models-file-message", "tiny.txt is loaded: 2 words, 1 number")
    choose(loaded, "space-source", "tiny.txt")
    loaded.wait("model('space-words').get('word').length === 2")
    assert loaded.column("space-words", "word") == ["cat", "dog"]
    assert loaded.column("space-words", "name") == ["Cat", "dog"]  # as the set has them
    load(loaded, "tiny.txt", b"apple 1 2 3\nPear 2 1 3\nplum 3 1 2\n")
    loaded.says("models-file-message", "tiny.txt (2) is loaded: 3 words")
    assert loaded.column("models-table", "name")[-2:] == ["tiny.txt", "tiny.txt (2)"]
    assert loaded.column("space-words", "word") == ["cat", "dog"]
    choose(loaded, "space-source", "tiny.txt (2)")
    loaded.says("space-source-message", "None of the page’s 52 words is among them, so the map shows all of them.")
    assert loaded.column("space-words", "word") == ["apple", "Pear", "plum"]
    choose(loaded, "space-source", "GloVe")
    loaded.wait("model('space-words').get('word').includes('nyc')")


def test_after_python_was_restarted_the_map_shows_glove_and_a_chosen_model_is_back(noisy_lab, model):
    lab = noisy_lab
    lab.open().ready()
    assert lab.page.locator("#models-empty").is_visible() and lab.page.locator("#models-pair").is_hidden()
    load(lab, "mine.vec", write(model, "glove"))
    lab.says("models-file-message", "is loaded")
    assert lab.page.locator("#models-empty").is_hidden()
    choose(lab, "space-source", "mine.vec")
    lab.says("space-source-message", "Not among them")
    lab.page.click("#status")
    lab.page.evaluate("document.getElementById('retry').onclick()")
    lab.page.wait_for_selector("html[data-python=loading]")
    lab.ready()
    lab.wait("model('space-vectors').value === 'GloVe' && model('space-words').get('word').includes('nyc')")
    lab.wait("Array.from(model('models-table').get('name')).join() === 'GloVe,mine.vec'")
