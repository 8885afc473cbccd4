"""The atlas of all words: drawn when it is near, searched, coloured, selected from; a model of the user's own."""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from app.sources import packaged
from app.sources.map_words import ANALOGIES, CATEGORIES
from app.ui.packing import INT16_MAX
from builder.atlas import ATLAS
from builder.word_classes import CLASSES
from embedlab.formats import load_packed, write
from embedlab.vectors import WordVectors, mean_offset_cosine
from tests.browser.conftest import NO_VIOLATIONS, USUAL, Lab
from tests.browser.test_map_words import load

DRAWN = "document.getElementById('atlas-plane').dataset.words"
PLANE, BOX = "#atlas-plane", "#atlas-box"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
MODEL_SIZE = 400


@pytest.fixture(scope="module")
def glove():
    return load_packed(packaged.DATA / packaged.GLOVE)


@pytest.fixture(scope="module")
def places():
    """{word: (x, y)} of the file, and {word: class number}."""
    head, rest = gzip.decompress(ATLAS.read_bytes()).split(b"\n", 1)
    V, scale = (json.loads(head)[key] for key in ("words", "scale"))
    xy = np.frombuffer(rest[: 4 * V], "<i2").reshape(2, V).T * (scale / INT16_MAX)
    words = rest[5 * V :].decode().split("\n")
    return dict(zip(words, xy)), dict(zip(words, rest[4 * V : 5 * V]))


def opened(lab, fragment="#atlas"):
    lab.open(fragment)
    lab.wait(DRAWN)
    return lab


@pytest.fixture(scope="module")
def atlas(browser, site):
    """The live page at the atlas, shared by the tests below that take it."""
    lab = opened(Lab(browser, site)).ready()
    yield lab
    lab.close()


@pytest.fixture
def whole(atlas):
    """The same with all of GloVe's words in view and nothing chosen."""
    page = atlas.page
    page.locator("[data-root=atlas-source] select").first.select_option("GloVe")
    atlas.wait(f"{DRAWN} === '50000'")
    for id in ("atlas-forget", "atlas-clear"):
        if page.locator(f"#{id}").is_visible():
            page.click(f"#{id}")
    page.locator("#atlas-legend >> text=All").click()
    page.locator("[name=atlas-colour][value=class]").check(force=True)
    page.evaluate("document.getElementById('atlas-legend').scrollIntoView()")
    page.locator(PLANE).press("0")
    return atlas


def search(lab, word):
    lab.page.fill(BOX, word)
    lab.page.press(BOX, "Enter")


def summary(lab):
    return lab.page.text_content("#atlas-summary")


def labels(lab):
    return summary(lab).split("in view: ")[-1].rstrip(".").split("; ")


def text(lab, id):
    return lab.page.text_content(f"#{id}")


def listed(lab):
    return lab.page.locator("#atlas-list li").all_text_contents()


def frame_of(lab):
    """The plane's box in the window: left, top, width, height."""
    box = lab.page.locator(f"{PLANE} .plane-glass").bounding_box()
    return box["x"], box["y"], box["width"], box["height"]


# -- without Python ----------------------------------------------------------------------------------------------------


def test_it_is_fetched_when_it_comes_near_and_then_works_without_python(lab):
    lab.open_without_python()
    asked = "performance.getEntriesByType('resource').filter(({ name }) => /atlas/.test(name)).length"
    assert lab.page.evaluate(asked) == 0
    lab.page.evaluate("document.getElementById('atlas').scrollIntoView()")
    lab.page.mouse.move(300, 300)
    lab.wait(f"{DRAWN} === '50000'")
    lab.wait(f"document.querySelector('{PLANE}').dataset.named > 5")  # regions
    assert lab.page.locator("#atlas-legend label").count() == len(CLASSES) + 1
    search(lab, "volcano")
    lab.wait("document.getElementById('atlas-about').textContent.includes('still starting')")
    assert "number 8,556 by frequency, places" in text(lab, "atlas-about")
    search(lab, "qwzx")
    assert "“qwzx” is not among these 50,000 words" in text(lab, "atlas-told")


def test_without_webgl_it_is_drawn_all_the_same(lab):
    lab.page.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = "
        "function (kind, ...more) { return /webgl/.test(kind) ? null : get.call(this, kind, ...more); }"
    )
    lab.open_without_python()
    lab.page.goto(f"{lab.site}#atlas")
    lab.page.mouse.move(300, 300)
    lab.wait(DRAWN)
    drawn = """() => {
        const canvas = document.querySelector('#atlas-plane canvas'), { width, height } = canvas;
        const data = canvas.getContext('2d').getImageData(0, 0, width, height).data;
        let count = 0;
        for (let i = 3; i < data.length; i += 4) count += data[i] > 0;
        return count / (width * height);
    }"""
    lab.wait(f"({drawn})() > 0.02")


def test_points_are_drawn_again_when_the_graphics_card_has_dropped_them(lab):
    lab.page.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function "
        "(kind, more) { return get.call(this, kind, { ...more, preserveDrawingBuffer: true }); }"
    )
    opened(lab)
    drawn = """() => {
        const gl = document.querySelector('#atlas-plane canvas').getContext('webgl2');
        const pixels = new Uint8Array(4 * gl.drawingBufferWidth * gl.drawingBufferHeight);
        gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
        return pixels.filter((part) => part > 0).length;
    }"""
    lab.comes(lambda: lab.page.evaluate(drawn) > 10_000, True)
    lab.page.evaluate("""() => {
        const canvas = document.querySelector('#atlas-plane canvas'), gl = canvas.getContext('webgl2');
        const lose = gl.getExtension('WEBGL_lose_context');
        canvas.addEventListener('webglcontextlost', () => setTimeout(() => lose.restoreContext()));
        return new Promise((done) => {
            canvas.addEventListener('webglcontextrestored', done);
            lose.loseContext();
        });
    }""")
    lab.comes(lambda: lab.page.evaluate(drawn) > 10_000, True)


# -- a word ------------------------------------------------------------------------------------------------------------


def test_a_search_flies_to_a_word_and_rings_its_true_neighbours(whole, glove, places):
    page = whole.page
    page.fill(BOX, "")
    page.type(BOX, "volcan")
    whole.wait("document.querySelectorAll('#atlas-options [role=option]').length > 1")
    assert page.locator("#atlas-options [role=option]").all_text_contents() == [
        word for word in glove.words if word.startswith("volcan")
    ]
    page.press(BOX, "ArrowDown")
    page.press(BOX, "Enter")
    near = [word for word, _ in glove.neighbours("volcano", 10)]
    whole.comes(lambda: page.locator("#atlas-near button").all_text_contents(), near)
    xy = np.array(list(places[0].values()))
    words = list(places[0])
    on_plane = {words[i] for i in np.linalg.norm(xy - places[0]["volcano"], axis=1).argsort()[1:11]}
    kept = len(on_plane & {*near})
    assert f"Of its 10 nearest, ringed, {kept} are among the 10 nearest on this plane." in text(whole, "atlas-about")
    assert page.locator("#atlas-near li.kept").count() == kept
    whole.comes(lambda: labels(whole)[0], "volcano")
    page.locator("#atlas-near button").first.click()
    whole.comes(lambda: page.locator("#atlas-near button").first.text_content(), glove.neighbours(near[0], 1)[0][0])
    page.click("#atlas-forget")
    assert "Click a word" in text(whole, "atlas-about") and page.locator("#atlas-near li").count() == 0


def test_a_click_chooses_the_word_under_the_pointer(whole):
    search(whole, "volcano")
    whole.wait("document.querySelectorAll('#atlas-near li').length === 10")
    whole.page.click("#atlas-forget")
    x, y, width, height = frame_of(whole)
    whole.page.mouse.move(x + width / 2, y + height / 2)
    whole.wait(f"!document.querySelector('{PLANE} .hover').hidden")
    assert whole.page.text_content(f"{PLANE} .hover b") == "volcano"  # where the search has gone
    whole.page.mouse.click(x + width / 2, y + height / 2)
    whole.wait("document.getElementById('atlas-about').textContent.includes('“volcano”')")


def test_more_words_have_labels_as_one_zooms(whole, places):
    whole.comes(lambda: "numbers" in labels(whole), True)  # a region's name
    before = labels(whole)
    search(whole, "volcano")
    whole.page.click("#atlas-forget")
    for _ in range(6):
        whole.page.locator(PLANE).press("+")
    whole.comes(lambda: labels(whole) != before and all(label in places[0] for label in labels(whole)), True)
    middle = np.mean([places[0][word] for word in labels(whole)], axis=0)
    near = [np.linalg.norm(xy - middle) for xy in places[0].values()]
    assert np.linalg.norm(places[0]["volcano"] - middle) < np.quantile(near, 0.05)
    whole.page.locator(PLANE).press("0")
    whole.comes(lambda: labels(whole), before)


# -- colours -----------------------------------------------------------------------------------------------------------


def test_classes_can_be_switched_off(whole, places):
    counts = np.bincount(list(places[1].values()))
    for chip, count in zip(
        whole.page.locator("#atlas-legend label").all_text_contents(), [*counts[1:], counts[0]], strict=True
    ):
        assert chip.endswith(f"{count:,}")
    search(whole, "horse")
    whole.page.locator("#atlas-legend >> text=None").click()
    whole.page.locator("#atlas-legend label:has-text('animals') input").check()
    whole.page.click("#atlas-view")
    animals = listed(whole)
    assert "horse" in animals and {places[1][word] for word in animals} == {list(CLASSES).index("animals") + 1}
    whole.page.locator("#atlas-legend >> text=All").click()
    whole.page.click("#atlas-view")
    assert len({places[1][word] for word in listed(whole)}) > 3


def test_words_are_coloured_by_frequency_and_by_cosine(whole):
    page = whole.page
    page.locator("[name=atlas-colour][value=frequency]").check(force=True)
    assert text(whole, "atlas-scale") == "rarefrequent"
    page.locator("[name=atlas-colour][value=cosine]").check(force=True)
    assert "Choose a word first" in text(whole, "atlas-colour-note")
    search(whole, "horse")
    whole.comes(lambda: text(whole, "atlas-colour-note"), "Cosine with “horse”, in all dimensions.")
    search(whole, "piano")
    whole.comes(lambda: text(whole, "atlas-colour-note"), "Cosine with “piano”, in all dimensions.")


# -- a region ----------------------------------------------------------------------------------------------------------


def table(download):
    """The rows of a TSV file."""
    return [*csv.reader(Path(download.path()).open(encoding="utf-8", newline=""), delimiter="\t")]


def drag(lab, points):
    x, y, width, height = frame_of(lab)
    at = [(x + width * across, y + height * down) for across, down in points]
    lab.page.mouse.move(*at[0])
    lab.page.mouse.down()
    for point in at[1:]:
        lab.page.mouse.move(*point, steps=4)
    lab.page.mouse.up()


def test_a_lasso_lists_what_lies_in_it_to_copy_to_save_and_to_ask_about(whole, places):
    page = whole.page
    search(whole, "volcano")
    whole.comes(lambda: labels(whole)[0], "volcano")
    page.click("#atlas-lasso")
    assert page.get_attribute("#atlas-lasso", "aria-pressed") == "true"
    drag(whole, [(0.45, 0.45), (0.55, 0.45), (0.55, 0.55), (0.45, 0.55)])
    whole.comes(lambda: "volcano" in listed(whole), True)
    assert page.get_attribute("#atlas-lasso", "aria-pressed") == "false"
    words = listed(whole)
    spread = np.ptp([places[0][word] for word in words], axis=0)
    inside = np.abs(np.array(list(places[0].values())) - places[0]["volcano"])
    assert len(words) <= (inside < spread.max() * 2).all(axis=1).sum() and "barrier" not in words[:1]
    assert words == [word for word in places[0] if word in words]  # by their frequency
    assert text(whole, "atlas-listed").startswith(f"{len(words)} word")
    with page.expect_download() as saving:
        page.click("#atlas-save")
    rows = table(saving.value)
    assert rows[0] == ["word", "x", "y", "class"] and [row[0] for row in rows[1:]] == words
    assert np.allclose([float(row[1]) for row in rows[1:]], [places[0][word][0] for word in words], atol=1e-4)
    page.click("#atlas-put")
    whole.wait("Array.from(model('space-words').get('word')).includes('volcano')")
    page.click("#atlas-clear")
    assert listed(whole) == [] and not page.locator("#atlas-copy").is_visible()


def test_a_rectangle_and_the_odd_one_out(whole, glove):
    page = whole.page
    search(whole, "volcano")
    whole.comes(lambda: labels(whole)[0], "volcano")
    page.click("#atlas-rectangle")
    drag(whole, [(0.44, 0.44), (0.56, 0.56)])
    whole.wait("document.querySelectorAll('#atlas-list li').length >= 3")
    words = listed(whole)
    page.click("#atlas-odd")
    whole.says("atlas-question-message", f"is {glove.odd_one_out(words)[0]}:")
    page.click("#atlas-rectangle")
    page.keyboard.press("Escape")
    assert page.get_attribute("#atlas-rectangle", "aria-pressed") == "false"


def test_search_and_lists_need_no_pointer(whole):
    page = whole.page
    page.focus(BOX)
    page.keyboard.type("guitar")
    page.keyboard.press("Enter")
    whole.wait("document.querySelectorAll('#atlas-near li').length === 10")
    page.focus("#atlas-view")
    page.keyboard.press("Enter")
    assert "guitar" in listed(whole)
    page.locator("#atlas-list button >> text=guitar").first.focus()
    page.keyboard.press("Enter")
    assert "“guitar”" in text(whole, "atlas-about")


def test_analogies_are_drawn_with_how_their_arrows_compare(whole, places):
    box = whole.page.locator("#atlas-groups [value=capitals]")
    box.check()
    arrows = np.array([places[0][end] - places[0][start] for start, end in ANALOGIES["capitals"]])
    lengths = np.linalg.norm(arrows, axis=1)
    cosine = mean_offset_cosine(arrows, np.zeros_like(arrows))
    assert text(whole, "atlas-parallel").startswith(
        f"capitals: mean cosine between the arrows {cosine:.2f}, the longest {lengths.max() / lengths.min():.0f} times"
    )
    whole.comes(lambda: "france" in labels(whole), True)
    box.uncheck()
    assert text(whole, "atlas-parallel") == ""


# -- a model of one's own ----------------------------------------------------------------------------------------------


def own_model(V=MODEL_SIZE, D=20):
    """Ten groups of words far from each other; word i is of group i % 10."""
    draw = np.random.default_rng(0)
    matrix = draw.normal(size=(10, D))[np.arange(V) % 10] * 3 + draw.normal(size=(V, D)) * 0.5
    return WordVectors([f"term{i}" for i in range(V)], matrix)


def choose_model(lab, model, name):
    load(lab, "models-file", name, write(model, "word2vec-binary"))
    lab.says("models-file-message", f"{name} is loaded", timeout=60_000)
    lab.page.locator("[data-root=atlas-source] select").first.select_option(name)
    lab.says("atlas-message", "Press “Lay out all words”")
    lab.wait(f"{DRAWN} === '0'")


def positions(lab):
    """{word: (x, y)} as saved."""
    with lab.page.expect_download() as saving:
        lab.page.click("#atlas-positions")
    return {word: (float(x), float(y)) for word, x, y, _ in table(saving.value)[1:]}


def test_all_words_of_a_model_are_laid_out_and_it_can_be_seen_how_they_settled(whole):
    page = whole.page
    choose_model(whole, own_model(), "groups.bin")
    assert "no places yet" in text(whole, "atlas-empty")
    whole.press("Lay out all words", "atlas-source")
    whole.wait(f"{DRAWN} === '{MODEL_SIZE}'")
    whole.wait("!document.getElementById('atlas-frames').hidden && model('atlas-stop').disabled")
    assert text(whole, "atlas-epoch") == "after 200 rounds"
    xy = np.array(list(positions(whole).values()))
    nearest = np.linalg.norm(xy[:, None] - xy[None], axis=2).argsort(axis=1)[:, 1:6]
    assert (nearest % 10 == np.arange(MODEL_SIZE)[:, None] % 10).mean() > 0.95
    page.locator("#atlas-frame").press("Home")
    assert text(whole, "atlas-epoch") == "after 0 rounds"
    assert not np.allclose(list(positions(whole).values()), xy)
    page.locator("#atlas-frame").press("End")
    assert np.allclose(list(positions(whole).values()), xy)
    search(whole, "term7")
    whole.wait("document.querySelectorAll('#atlas-near li').length === 10")
    assert all(word.endswith("7") for word in page.locator("#atlas-near button").all_text_contents())
    page.locator("[data-root=atlas-source] select").first.select_option("GloVe")
    whole.wait(f"{DRAWN} === '50000'")
    page.locator("[data-root=atlas-source] select").first.select_option("groups.bin")
    whole.wait(f"{DRAWN} === '{MODEL_SIZE}'")
    assert np.allclose(list(positions(whole).values()), xy)


def test_a_column_of_the_file_gives_the_colours(whole):
    model, before = own_model(), len(whole.column("models-table", "name"))
    lines = [f"{word}\tgroup {i % 10}" for i, word in enumerate(model.words)]
    whole.page.set_input_files(
        "input[data-file=models-file]",
        [
            {"name": "own-vectors.tsv", "mimeType": "text/plain", "buffer": write_vectors(model)},
            {
                "name": "own-metadata.tsv",
                "mimeType": "text/plain",
                "buffer": "\n".join(["word\tgroup", *lines]).encode(),
            },
        ],
    )
    whole.wait(f"model('models-table').get('name').length > {before}")
    name = whole.column("models-table", "name")[-1]
    whole.page.locator("[data-root=atlas-source] select").first.select_option(name)
    whole.page.locator("[data-root=atlas-source] select").nth(1).select_option("group")  # before there are places
    whole.press("Lay out all words", "atlas-source")
    whole.wait(f"{DRAWN} === '{MODEL_SIZE}' && model('atlas-stop').disabled")
    chips = whole.page.locator("#atlas-legend label:visible")
    whole.comes(lambda: sorted(chips.all_text_contents()), [f"group {i}{MODEL_SIZE // 10}" for i in range(10)])
    whole.comes(lambda: {"group 3", "group 7"} <= {*labels(whole)}, True)  # regions are named after them
    whole.page.locator("#atlas-legend >> text=None").click()
    whole.page.locator("#atlas-legend label:has-text('group 3') input").check()
    whole.page.click("#atlas-view")
    assert {int(word[4:]) % 10 for word in listed(whole)} == {3}


def test_a_file_of_vectors_is_loaded_here_and_shown_at_once(whole):
    data = write(own_model(), "word2vec-binary")
    file = {"name": "here.bin", "mimeType": "application/octet-stream", "buffer": data}
    whole.page.set_input_files("input[data-file=atlas-vectors]", file)
    whole.wait(f"{DRAWN} === '{MODEL_SIZE}'")
    whole.says("atlas-message", f"here.bin: {MODEL_SIZE} words, ")
    assert whole.page.locator("[data-root=atlas-source] select").first.input_value() == "here.bin"


def write_vectors(model):
    """The vectors alone, as the Embedding Projector has them."""
    return "\n".join("\t".join(map(str, row)) for row in model.matrix.tolist()).encode()


def test_stop_in_the_middle_keeps_what_has_settled(whole):
    choose_model(whole, own_model(V=12_000, D=50), "large.bin")
    whole.press("Lay out all words", "atlas-source")
    whole.says("atlas-message", "The words settle")
    whole.press("Stop", "atlas-source")
    whole.says("atlas-message", "Stopped after", timeout=3_000)
    whole.wait(f"{DRAWN} === '12000' && model('atlas-stop').disabled")
    assert 0 < int(text(whole, "atlas-epoch").split()[1]) < 200
    whole.press("Lay out all words", "atlas-source")
    whole.press("Stop", "atlas-source")  # while the neighbours are looked for: what was there stays
    whole.wait("model('atlas-stop').disabled")
    assert whole.page.evaluate(DRAWN) == "12000"


# -- beside another model, files ---------------------------------------------------------------------------------------


def lay_out(lab, name):
    lab.page.locator("[data-root=atlas-source] select").first.select_option(name)
    lab.wait(f"{DRAWN} === '0'")
    lab.press("Lay out all words", "atlas-source")
    lab.wait(f"{DRAWN} !== '0' && model('atlas-stop').disabled && model('atlas-set').get('epoch')[0] === 200")


def test_words_slide_from_one_model_to_another_and_those_that_changed_are_named(whole):
    page, model, order = whole.page, own_model(), np.arange(MODEL_SIZE)
    order[[12, 35]] = 35, 12  # each goes to the other's group
    changed = WordVectors([*model.words, "lonely"], np.vstack([model.matrix[order], model.matrix[:1]]))
    choose_model(whole, model, "before.bin")
    choose_model(whole, changed, "after.bin")
    lay_out(whole, "before.bin")
    before = positions(whole)
    other = page.locator("[data-root=atlas-other] select")
    other.select_option("GloVe")
    whole.says("atlas-other-message", "share 0 words, 20 are needed")
    page.locator("[data-root=atlas-source] select").first.select_option("after.bin")
    whole.says("atlas-message", "Press “Lay out all words”")
    other.select_option("before.bin")
    whole.says("atlas-other-message", "after.bin has no places yet")
    assert not page.is_visible("#atlas-drift-row")
    lay_out(whole, "after.bin")
    whole.says("atlas-other-message", f"{MODEL_SIZE} words of {MODEL_SIZE + 1} are in before.bin too.")
    movers = page.locator("#atlas-movers button")
    whole.comes(lambda: sorted(movers.all_text_contents()), ["term12", "term35"])
    movers.first.click()
    whole.wait("document.getElementById('atlas-about').textContent.includes('“term')")
    own = positions(whole)
    slider = page.locator("#atlas-drift")
    slider.press("End")
    assert slider.get_attribute("aria-valuetext") == "in before.bin"
    there = positions(whole)
    same_form(there, before)
    for word in ("term12", "term35"):  # near their own group in each of the two
        assert [group_around(place, word) for place in (own, there)] == [5 if word == "term12" else 2, int(word[-1])]
    page.locator(PLANE).press("0")
    page.click("#atlas-view")
    assert "of 300" not in text(whole, "atlas-listed") and text(whole, "atlas-listed").startswith(f"{MODEL_SIZE} words")
    slider.press("Home")
    assert np.allclose(list(positions(whole).values()), list(own.values()))
    page.click("#atlas-drift-play")  # at once, for whoever wants less motion
    whole.comes(lambda: slider.get_attribute("aria-valuetext"), "in before.bin")
    ink = (
        "() => new Set(document.getElementById('atlas-inset').getContext('2d').getImageData(0, 0, 200, 150).data).size"
    )
    assert page.evaluate(ink) > 3
    page.locator("#atlas-frame").press("Home")  # what is looked at again is its own settling
    assert slider.get_attribute("aria-valuetext") == "in their own model"
    page.click("#atlas-view")
    assert text(whole, "atlas-listed").startswith(f"{MODEL_SIZE + 1} words")
    page.locator("#atlas-frame").press("End")
    other.select_option("no other model")
    whole.wait("document.getElementById('atlas-drift-row').hidden")
    assert np.allclose(list(positions(whole).values()), list(own.values()))


def same_form(places, others):
    """Whether words lie to each other as they do in other places, but for a turn and a scale."""
    words = list(others)[:60]
    apart = [
        np.linalg.norm((a := np.array([at[word] for word in words]))[:, None] - a, axis=2) for at in (places, others)
    ]
    assert np.corrcoef(apart[0].ravel(), apart[1].ravel())[0, 1] > 0.9999


def group_around(places, word):
    """The group of most of the five words nearest to one."""
    words = [other for other in places if other not in (word, "lonely")]
    nearest = sorted(words, key=lambda other: np.linalg.norm(np.subtract(places[other], places[word])))[:5]
    return int(np.bincount([int(other[4:]) % 10 for other in nearest]).argmax())


def test_places_are_saved_as_npz_and_a_table_of_them_is_opened(whole):
    page = whole.page
    with page.expect_download() as saving:
        whole.press("Save all as NPZ", "atlas-files")
    saved = np.load(saving.value.path())
    assert saved["words"].shape == (50_000,) and saved["positions"].shape == (50_000, 2)
    shown = positions(whole)
    assert np.allclose(saved["positions"][:100], [shown[word] for word in saved["words"][:100]], atol=1e-3)
    rows = ["word\tx\ty\tclass", *(f"{word}\t{i % 3}\t{i // 3}\t{'odd' if i % 2 else 'even'}" for i, word in
                                      enumerate(["cat", "dog", "horse", "car", "bus", "qwzx"]))]  # fmt: skip
    send(page, "own.tsv", "\n".join(rows[:2] + ["dog\tleft\t1"]))
    whole.says("atlas-message", "“own.tsv”, line 3: x is “left”: write a number")
    assert page.evaluate(DRAWN.split(" ===")[0]) == "50000"
    send(page, "own.tsv", "\n".join(rows))
    whole.wait(f"{DRAWN} === '6'")
    whole.says("atlas-message", "6 words where the file has them. Their neighbours are those of GloVe.")
    chips = page.locator("#atlas-legend label:visible")
    whole.comes(lambda: sorted(chips.all_text_contents()), ["even3", "odd3"])
    assert list(positions(whole)) == ["cat", "dog", "horse", "car", "bus", "qwzx"]
    search(whole, "cat")
    near = page.locator("#atlas-near button")
    whole.comes(lambda: sorted(near.all_text_contents()), ["bus", "car", "dog", "horse"])
    assert "by frequency" not in text(whole, "atlas-about")
    whole.press("Close the file", "atlas-files")
    whole.wait(f"{DRAWN} === '50000'")


def send(page, name, content):
    file = {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
    page.set_input_files("input[data-file=atlas-file]", file)


def test_the_words_have_the_colours_of_the_maps_categories(whole):
    page = whole.page
    page.locator("[data-root=atlas-source] select").nth(1).select_option("the map’s categories")
    chip = page.locator("#atlas-legend label:has-text('animals')")
    whole.wait("[...document.querySelectorAll('#atlas-legend label')].some((chip) => /others/.test(chip.textContent))")
    whole.comes(lambda: chip.text_content(), f"animals{len(CATEGORIES['animals'].split())}")
    page.evaluate("document.getElementById('categories-tab')?.click()")
    page.fill("#own-categories", "pets: cat, rabbit")
    page.click("#draw-categories")  # what is drawn on the map has its colour here at once
    whole.comes(lambda: chip.text_content(), f"animals{len(CATEGORIES['animals'].split()) - 1}")
    whole.comes(lambda: page.locator("#atlas-legend label:has-text('pets')").text_content(), "pets2")
    page.locator("[data-root=atlas-source] select").nth(1).select_option("WordNet’s classes")
    whole.comes(lambda: page.locator("#atlas-legend label:has-text('not in WordNet')").count(), 1)


# -- addresses, phones, looks ------------------------------------------------------------------------------------------


def test_an_address_says_what_is_on_show(lab):
    opened(lab, "#atlas?colour=frequency&off=verbs,numbers&on=capitals&word=piano").ready()
    lab.wait("document.getElementById('atlas-about').textContent.includes('“piano”')")
    page = lab.page
    assert page.locator("[name=atlas-colour][value=frequency]").is_checked()
    off = page.locator("#atlas-legend label:not(:has(:checked)) > span:not(.dot)").all_text_contents()
    assert off == ["numbers", "verbs"]
    state = page.evaluate("lab.state().atlas")
    assert state["word"] == "piano" and {*state["off"].split(",")} == {"verbs", "numbers"} and "view" in state
    lab.wait("document.querySelectorAll('#atlas-near li').length === 10")


def test_an_address_that_asks_for_what_is_not_there_is_told(lab):
    opened(lab, "#atlas?off=dragons&word=qwzx&colour=red")
    told = "document.getElementById('alert-message').textContent"
    for part in ("“off” has to be some of", "“word” has to be one of", "“colour” has to be"):
        lab.wait(f"{told}.includes({json.dumps(part)})")


def test_it_stands_alone(lab):
    lab.page.goto(f"{lab.site}?only=atlas#atlas?word=piano")
    lab.wait(DRAWN)
    lab.wait("document.getElementById('atlas-about').textContent.includes('“piano”')")
    visible = "[...document.querySelectorAll('main > section')].filter((one) => one.offsetParent).map(({ id }) => id)"
    assert lab.page.evaluate(visible) == ["atlas"]


def test_on_a_phone_a_tap_chooses_and_a_finger_draws_a_lasso(browser, site):
    lab = Lab(browser, site, **{**USUAL, **PHONE})
    opened(lab, "#atlas?word=volcano").ready()
    lab.wait("document.querySelectorAll('#atlas-near li').length === 10")
    lab.page.locator(PLANE).scroll_into_view_if_needed()
    assert lab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    lab.page.tap("#atlas-forget")
    lab.page.evaluate(f"document.querySelector('{PLANE}').scrollIntoView({{ block: 'center' }})")
    x, y, width, height = frame_of(lab)
    lab.page.touchscreen.tap(x + width / 2, y + height / 2)
    lab.wait("document.getElementById('atlas-about').textContent.includes('“volcano”')")
    lab.page.tap("#atlas-lasso")
    lab.page.evaluate(f"document.querySelector('{PLANE}').scrollIntoView({{ block: 'center' }})")
    x, y, width, height = frame_of(lab)
    touch(lab, [(x + width * a, y + height * b) for a, b in ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6))])
    lab.wait("[...document.querySelectorAll('#atlas-list li')].some((item) => item.textContent === 'volcano')")
    lab.close()


def touch(lab, points):
    """A finger that goes along points."""
    client = lab.context.new_cdp_session(lab.page)
    for i, (x, y) in enumerate(points):
        kind = "touchStart" if i == 0 else "touchMove"
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_it_is_accessible(whole):
    search(whole, "volcano")
    whole.wait("document.querySelectorAll('#atlas-near li').length === 10")
    whole.page.click("#atlas-view")
    assert whole.violations("#atlas") == NO_VIOLATIONS
