"""The data of figures as CSV and TSV: every digit, and words that hold separators and quotes."""

import csv
import io

import numpy as np

from tests.browser.take import ask, row, saved, told
from tests.browser_setup import MODEL

WORDS = f"""words => {{
    const points = {MODEL}('dynamics-points');
    const data = Object.fromEntries(points.columns().map((name) => [name, points.get(name)]));
    points.data = {{ ...data, word: Array.from(data.word, (word, i) => words[i] ?? word) }};
}}"""
SEPARATORS = {"csv": ",", "tsv": "\t"}


def table(page, name, **answers):
    """A table of a figure as its file has it: (file name, rows)."""
    file, data = saved(page, name, "data", **answers)
    return file, list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=SEPARATORS[file[-3:]]))


def test_the_vectors_have_every_digit(still):
    still.set("dynamics-player", "value", 300)
    file, (head, *rows) = table(still.page, "dynamics", data="csv")
    assert file == "embedding-lab-dynamics-the-vectors-at-the.csv"
    assert head == ["Word", "Category", "u across", "u up", "v across", "v up"]
    columns = [still.column(source, axis) for source in ("dynamics-points", "dynamics-contexts") for axis in "xy"]
    assert [[float(x) for x in row[2:]] for row in rows] == [list(numbers) for numbers in zip(*columns)]
    assert [row[0] for row in rows] == still.column("dynamics-points", "word")
    assert told(still.page, "dynamics") == "The data is saved."


def test_any_table_of_a_figure_can_be_chosen(still):
    form = ask(still.page, "dynamics", "data")
    options = form.locator("option").all_text_contents()
    assert options == ["The vectors at the frame on show (15 rows)", "Loss and separation at each frame (301 rows)"]
    still.page.keyboard.press("Escape")
    answers = {"table-dynamics": "Loss and separation at each frame", "data": "tsv"}
    file, (head, *rows) = table(still.page, "dynamics", **answers)
    assert file.endswith(".tsv") and head == ["Step", "Epoch", "Loss per term", "Separation"] and len(rows) == 301
    assert [float(row[2]) for row in rows] == still.column("dynamics-frames", "loss")


def test_words_with_tabs_quotes_and_lines_come_back_the_same(lab):
    page = lab.open_without_python().page
    words = ["a\tb", 'say "x"', "two\nlines", "one,two", "=1+1", "<b>&amp;", "\r", " space "]
    page.evaluate(WORDS, words)
    for format in SEPARATORS:
        _, rows = table(page, "dynamics", **{"table-dynamics": "The vectors at the frame on show", "data": format})
        assert [row[0] for row in rows[1 : len(words) + 1]] == words and {len(row) for row in rows} == {6}


def test_lines_end_as_their_format_has_it(still):
    _, data = saved(still.page, "panel-noise", "data", data="csv")
    assert data.count(b"\r\n") == data.count(b"\n") == 16
    _, data = saved(still.page, "panel-noise", "data", data="tsv")
    assert b"\r" not in data and data.count(b"\n") == 16


def test_what_a_panel_works_out_has_every_digit_too(still):
    _, (head, *rows) = table(still.page, "panel-noise", data="csv")
    assert head == ["Word", "Rank", "Count", "Drawn"]
    drawn = np.array([float(row[3]) for row in rows])
    counts = np.array([int(row[2]) for row in rows])
    np.testing.assert_allclose(drawn / drawn[0], (counts / counts[0]) ** 0.75, rtol=1e-12)
    _, (head, *rows) = table(still.page, "panel-cost", data="csv")
    assert [int(float(row[1])) for row in rows if "lookup" in row[0] or "sampling" in row[0]] == [0, 6 * 768]


def test_a_table_with_two_rows_of_headings_has_one(still):
    answers = {"table-map": "What this plane keeps", "data": "csv"}
    _, (head, *rows) = table(still.page, "map", **answers)
    assert head[0] == "Name" and [name.split(": ")[1] for name in head[1:]] == ["here", "PCA", "here", "PCA"]
    assert head[1].endswith("on the map: here") and head[3].endswith("others: here")
    assert [row[0] for row in rows] == ["purity", "arrows", "neighbours"]


def test_the_map_has_its_words_with_their_neighbours(still):
    _, (head, *rows) = table(still.page, "map", **{"table-map": "The words of the map, shown or not", "data": "tsv"})
    assert head == ["Word", "Category", "Across", "Up", "Nearest, in all dimensions"] and len(rows) == 52
    assert [float(row[2]) for row in rows] == still.column("space-words", "x")


def test_what_is_empty_says_so(still):
    row(still.page, "training").locator("[data-take=data]").click()
    assert told(still.page, "training") == "There are no numbers here yet."
