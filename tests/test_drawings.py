"""The figures' small drawings: well-formed, with every word, nothing over another, and small."""

import itertools
from xml.etree import ElementTree

import pytest

from app.sources import packaged
from app.sources.map_words import START, shown_name
from builder import drawings

LARGEST = 6000  # bytes, for the drawings are part of the page


@pytest.fixture(scope="module", params=["dynamics", "map"])
def drawn(request):
    """A drawing's text, and its words."""
    if request.param == "dynamics":
        return drawings.dynamics(), packaged.toy_run().vocabulary.words
    return drawings.embedding_map(), [shown_name(word) for word in START]


def columns(*rows):
    return dict(zip(["word", "category", "colour", "x", "y"], zip(*rows)))


def test_a_drawing_is_small_and_has_a_mark_and_a_description_of_every_word(drawn):
    text, words = drawn
    svg = ElementTree.fromstring(text)
    assert sorted(title.text for title in svg.iter("title")) == sorted(words) and len(text.encode()) < LARGEST
    assert svg.get("role") == "img" and all(word in svg.get("aria-label") for word in words)
    width, height = map(float, svg.get("viewBox").split()[2:])
    for mark in svg.iter("circle"):
        assert 0 < float(mark.get("cx")) < width and 0 < float(mark.get("cy")) < height


def test_most_words_are_written_in_the_text_colour(drawn):
    text, words = drawn
    svg = ElementTree.fromstring(text)
    written = {word for label in svg.iter("text") for word in label.text.split(", ")}
    assert written <= set(words) and len(written) >= 0.6 * len(words)
    assert not any(label.get("fill") for label in svg.iter("text"))


def test_marks_that_touch_share_a_label():
    rows = [("a", "k", "#111", 0, 0), ("b", "k", "#111", 0.01, 0), ("c", "k", "#111", 1, 1)]
    svg = ElementTree.fromstring(drawings.drawing(columns(*rows), (300, 300), 12))
    assert [label.text for label in svg.iter("text")] == ["a, b", "c"]


def test_labels_lie_over_no_mark_and_no_other_label():
    boxes = [(10 * i, 50, 10 * i + 9, 59) for i in range(10)]
    for i in range(10):
        drawings.label([(f"word{i}", (10 * i + 4.5, 54.5))], boxes, (200, 110), 10)
    assert len(boxes) > 12
    assert not any(drawings.overlap(a, b) for a, b in itertools.combinations(boxes, 2))


def test_what_words_hold_is_text_in_the_drawing():
    rows = [("<b>", 'k"', "#111", 0, 0), ("&", 'k"', "#111", 1, 1)]
    svg = ElementTree.fromstring(drawings.drawing(columns(*rows), (300, 300), 12, origin=True))
    assert {title.text for title in svg.iter("title")} == {"<b>", "&"} and svg.get("aria-label") == 'k": <b>, &'
