"""Files of vectors: several at once, packed, in pairs, waiting in a row, stopped, doubted."""

import gzip
import io
import zipfile

import numpy as np
import pytest

from embedlab.formats import write
from embedlab.projector import write_tsv
from embedlab.vectors import WordVectors
from tests.browser.conftest import Lab

INPUT = "input[data-file=models-file]"
TINY = WordVectors(["cat", "dog", "new york"], [[0.1, 0.2], [0.3, 0.4], [0.5, 0.7]])
TEXT = b"3 2\ncat 0.1 0.2\ndog 0.3 0.4\nnew york 0.5 0.7\n"


@pytest.fixture(scope="module")
def page(browser, site):
    lab = Lab(browser, site).open().ready()
    yield lab
    lab.close()


@pytest.fixture
def live(page):
    """The page, with nothing being loaded or asked."""
    yield page
    page.wait("!model('models-form').disabled && !model('models-queue').text.startsWith('Waiting')")
    assert page.get("models-doubt", "text") == ""


def payload(name, data):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def load(lab, *files):
    lab.page.set_input_files(INPUT, [payload(name, data) for name, data in files])


def zipped(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/._x", "")
        archive.writestr(name, data)
    return out.getvalue()


def stored(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The path of a text file that takes some seconds; beside it lie two small ones."""
    folder = tmp_path_factory.mktemp("vectors")
    for name in ("next.vec", "last.vec"):
        (folder / name).write_bytes(TEXT)
    rows = [" ".join(f"{x:.5f}" for x in row) for row in np.random.default_rng(0).normal(size=(200, 300))]
    with (folder / "large.vec").open("w") as file:
        file.write("20000 300\n")
        file.writelines(f"w{i} {rows[i % 200]}\n" for i in range(20_000))
    return folder / "large.vec"


@pytest.mark.parametrize(
    "name,data,called",
    [
        ("a.txt.gz", gzip.compress(TEXT), "a.txt"),
        ("a.bin.gz", gzip.compress(write(WordVectors(["cat", "dog", "x"], TINY.matrix), "word2vec-binary")), "a.bin"),
        ("glove.zip", zipped("data/glove.6B.txt", TEXT), "glove.6B.txt"),
        ("stored.zip", stored("s.vec", TEXT), "s.vec"),
        ("b.npz", write(TINY, "npz"), "b.npz"),
        ("c.csv", b"word,x,y\ncat,0.1,0.2\ndog,0.3,0.4\nnew york,0.5,0.7\n", "c.csv"),
        ("d.tsv", b"cat\t0.1\t0.2\ndog\t0.3\t0.4\nnew york\t0.5\t0.7\n", "d.tsv"),
    ],
    ids=["gz text", "gz binary", "zip", "zip, stored", "npz", "csv", "tsv"],
)
def test_files_are_read_as_they_come(live, name, data, called):
    load(live, (name, data))
    live.says("models-file-message", f"{called} is loaded: 3 words, 2 numbers each.")
    assert called in live.column("models-table", "name")


def test_two_files_by_the_dialog_are_loaded_one_after_the_other(live):
    live.page.locator("label.file", has_text="Load files").scroll_into_view_if_needed()
    with live.page.expect_file_chooser() as chooser:
        live.page.locator(INPUT).click()
    assert chooser.value.is_multiple()
    chooser.value.set_files([payload("one.vec", TEXT), payload("bad.vec", b"2 2\ncat 1 x\n"), payload("two.vec", TEXT)])
    live.says("models-file-message", "two.vec is loaded")
    said = live.get("models-file-message", "text")
    assert said.index("one.vec is loaded") < said.index("“bad.vec”, line 2: number 2") < said.index("two.vec is loaded")
    assert {"one.vec", "two.vec"} <= {*live.column("models-table", "name")}


def test_files_can_be_dropped(live, tmp_path):
    paths = []
    for name in ("dropped.vec", "too.vec"):
        (tmp_path / name).write_bytes(TEXT)
        paths.append(str(tmp_path / name))
    field = live.page.locator(INPUT)
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    where = dict(x=box["x"] + box["width"] / 2, y=box["y"] + box["height"] / 2)
    session = live.context.new_cdp_session(live.page)
    for kind in ("dragEnter", "dragOver", "drop"):
        data = dict(items=[], files=paths, dragOperationsMask=1)
        session.send("Input.dispatchDragEvent", dict(type=kind, data=data, **where))
    live.says("models-file-message", "too.vec is loaded")
    assert {"dropped.vec", "too.vec"} <= {*live.column("models-table", "name")}


def test_a_file_chosen_while_another_loads_waits_in_sight(live, large):
    live.page.set_input_files(INPUT, large)
    live.says("models-file-message", "Reading large.vec: about 20,000 words of 300 numbers, which take 24 MB")
    live.page.set_input_files(INPUT, [large.with_name("next.vec"), large.with_name("last.vec")])
    live.says("models-queue", "Waiting: next.vec, last.vec.")
    live.says("models-file-message", "last.vec is loaded", timeout=60_000)
    said = live.get("models-file-message", "text")
    assert (
        said.index("large.vec is loaded: 20,000 words") < said.index("next.vec is loaded") < said.index("last.vec is")
    )
    assert live.get("models-queue", "text") == ""


def test_stop_ends_what_loads_and_what_waits(live, large):
    options = live.column("models-table", "name")
    live.page.set_input_files(INPUT, [large, large.with_name("next.vec")])
    live.says("models-file-message", "Reading large.vec: about")
    live.wait("model('models-file-progress').value > 0")
    live.press("Stop", "models-told")
    live.says("models-file-message", "Stopped.", timeout=2_000)
    live.says("models-queue", "Not loaded: next.vec.")
    assert live.column("models-table", "name") == options
    load(live, ("after.vec", TEXT))
    live.says("models-file-message", "after.vec is loaded")
    assert live.get("models-queue", "text") == "" and "Stopped" not in live.get("models-file-message", "text")


def test_a_second_file_of_the_same_name_is_kept_beside_the_first(live):
    load(live, ("same.vec", TEXT))
    live.says("models-file-message", "same.vec is loaded: 3 words")
    load(live, ("same.vec", b"a 1\n"))
    live.says("models-file-message", "same.vec (2) is loaded: 1 word,")
    assert {"same.vec", "same.vec (2)"} <= {*live.column("models-table", "name")}


def test_odd_numbers_are_asked_about_before_they_become_a_model(live):
    for answer, used in [("Leave it", False), ("Use it", True)]:
        load(live, ("odd.vec", b"2 2\ncat 4e9 1\ndog 1 2\n"))
        live.says("models-doubt", "odd.vec: Its largest number is 4e+09")
        assert "odd.vec" not in live.column("models-table", "name")
        live.press(answer, "models-told")
        live.says("models-doubt", "")
        live.wait(f"model('models-table').get('name').includes('odd.vec') === {str(used).lower()}")
        live.wait("model('models-doubt').text === ''")


def test_the_projectors_two_files_come_together_and_their_columns_make_categories(live):
    rows, _ = write_tsv(TINY)
    metadata = b"word\tkind\tsize\ncat\tanimal\tsmall\ndog\tanimal\tlarge\nnew york\tplace\tlarge\n"
    load(live, ("tensors.tsv", rows))
    live.says(
        "models-file-message", "tensors.tsv” holds numbers without words: choose it together with its metadata.tsv"
    )
    load(live, ("metadata.tsv", metadata), ("tensors.tsv", rows))
    live.says("models-file-message", "tensors.tsv is loaded: 3 words, 2 numbers each.")
    live.says("models-file-message", "categories from “kind”, “size”")
    live.page.locator("[data-root=space-source] select").first.select_option("tensors.tsv")
    live.wait("model('space-words').get('word').includes('new york')")
    for column, categories in [("kind", ["animal", "animal", "place"]), ("size", ["small", "large", "large"])]:
        live.page.locator("[data-root=space-own-categories] select").select_option(column)
        live.wait("model('space-words').get('category').join() === arg", ",".join(categories))
        live.says("space-categories-message", "2 categories of yours, with 3 words.")
    live.page.locator("[data-root=space-source] select").first.select_option("GloVe")
    live.wait("model('space-words').get('word').includes('nyc') && !model('space-column').visible")


def test_words_are_found_however_their_accents_are_written_and_with_their_spaces(live):
    words = ["cafe\u0301", "new york", "new_york", "los angeles", "paris", "banana"]
    draw = np.random.default_rng(0)
    load(
        live,
        (
            "words.vec",
            "".join(f"{word} {a:.3f} {b:.3f}\n" for word, (a, b) in zip(words, draw.normal(size=(6, 2)))).encode(),
        ),
    )
    live.says("models-file-message", "words.vec is loaded: 6 words")
    live.page.locator("[data-root=space-source] select").first.select_option("words.vec")
    live.wait("model('space-words').get('word').includes('new york')")
    for typed in ("caf\u00e9", "cafe\u0301", "New York", "CAF\u00c9"):
        live.page.fill("#word-box", typed)
        live.page.press("#word-box", "Enter")
        found = "new york" if typed == "New York" else words[0]
        live.wait(
            """(() => { const words = model('space-words'), [i] = words.selected.indices;
                      return words.get('word')[i] === arg; })()""",
            found,
        )
    live.set("space-odd-words", "value", "new york, los angeles, caf\u00e9")
    live.show_tab("odd")
    live.press("Find the odd one")
    live.says("space-odd-message", "The odd one out is")
    live.page.locator("[data-root=space-source] select").first.select_option("GloVe")
    live.wait("model('space-words').get('word').includes('nyc')")
