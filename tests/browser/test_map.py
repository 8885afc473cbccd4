"""The embedding map, before Python and with it."""

import pytest

from app.sources import packaged
from app.sources.map_plane import NEIGHBOURS, offset_cosines, plane_of, random_pairs
from app.sources.map_words import ANALOGIES


def test_categories_hide_and_show_their_words(still):
    words, categories = still.column("space-words", "word"), still.column("space-words", "category")
    still.page.click("#categories-none")
    assert not any(still.get("space-shown", "booleans"))
    still.page.get_by_role("checkbox", name="animals").check()
    shown = [word for word, on in zip(words, still.get("space-shown", "booleans")) if on]
    assert shown == [word for word, category in zip(words, categories) if category == "animals"]
    still.page.click("#categories-all")
    assert all(still.get("space-shown", "booleans"))


def test_analogies_are_arrows_with_honest_cosines(still):
    still.page.click("#categories-all")
    still.page.get_by_role("checkbox", name="gender").check()
    still.page.get_by_role("checkbox", name="capitals").check()
    still.wait("document.getElementById('overlay-summary').textContent === 'Showing 2 groups.'")
    assert (
        list(zip(still.column("space-analogies", "start"), still.column("space-analogies", "end")))
        == ANALOGIES["gender"] + ANALOGIES["capitals"]
    )
    vectors = packaged.map_vectors()
    pca = plane_of(vectors)
    expected = {
        group: offset_cosines(vectors, pca, pairs)
        for group, pairs in [
            ("gender", ANALOGIES["gender"]),
            ("capitals", ANALOGIES["capitals"]),
            ("random pairs", random_pairs()),
        ]
    }
    rows = still.page.evaluate(
        "[...document.querySelectorAll('#overlay-table :is(tbody, tfoot) tr')]"
        ".map(row => [...row.cells].map(cell => cell.textContent))"
    )
    assert {row[0]: (float(row[1]), float(row[2])) for row in rows} == {
        group: pytest.approx(cosines, abs=0.0051) for group, cosines in expected.items()
    }
    still.page.get_by_role("checkbox", name="people").uncheck()
    assert "4 arrows hidden" in still.page.inner_text("#overlay-summary")
    still.page.click("#categories-all")
    still.set("space-overlays", "active", [])
    assert still.column("space-analogies", "start") == []


def test_a_click_draws_lines_to_the_five_neighbours(still):
    near = packaged.neighbours()["tiger"]
    still.page.locator("[data-root=space-plane]").scroll_into_view_if_needed()
    still.set("space-words", "selected.indices", [still.column("space-words", "word").index("tiger")])
    assert len(still.column("space-links", "x1")) == NEIGHBOURS
    text = still.page.inner_text("#space-selected")
    assert "animals" in text
    assert all(f"{word} {cosine:.2f}" in text for word, cosine in near)
    still.set("space-words", "selected.indices", [])
    assert still.column("space-links", "x1") == [] and still.page.inner_text("#space-selected") == ""


def on_screen(lab, word):
    """Where a word's mark is in the window: (x, y) in pixels."""
    lab.page.locator("[data-root=space-plane]").scroll_into_view_if_needed()
    return lab.page.evaluate(
        """word => {
        const model = (name) => Bokeh.documents[0].get_model_by_name(name);
        const [words, plane] = [model('space-words'), model('space-plane')];
        const { frame, el } = [...Bokeh.index].find((view) => view.model === plane);
        const [i, box] = [Array.from(words.get('word')).indexOf(word), el.getBoundingClientRect()];
        return [box.left + frame.x_scale.compute(words.get('x')[i]),
                box.top + frame.y_scale.compute(words.get('y')[i])];
    }""",
        word,
    )


def test_the_mouse_finds_a_word_and_its_neighbours(still):
    still.page.click("#categories-all")
    x, y = on_screen(still, "fish")
    still.page.mouse.move(x - 30, y)
    still.page.mouse.move(x, y, steps=3)
    tooltip = still.page.locator(".bk-tooltip-content").first
    tooltip.wait_for()
    expected = ", ".join(f"{word} {cosine:.2f}" for word, cosine in packaged.neighbours()["fish"])
    assert expected in tooltip.inner_text() and "animals" in tooltip.inner_text()
    still.page.mouse.click(x, y)
    still.wait("model('space-links').get('x1').length === 5")
    assert still.page.inner_text("#space-selected").startswith("fish (animals)")
    still.set("space-words", "selected.indices", [])


def test_words_come_and_go_with_undo(live):
    box = live.page.locator("[data-root=space-search] input").first
    box.fill("kingg")
    live.press("Add")
    live.says("space-message", "did you mean king")
    box.fill("volcano")
    box.press("Escape")
    live.press("Add")
    live.wait("model('space-words').get('word').includes('volcano')")
    live.press("Undo")
    live.wait("!model('space-words').get('word').includes('volcano')")
    box.fill("cat")
    box.press("Escape")  # else the completions lie over the buttons
    live.press("Remove")
    live.wait("!model('space-words').get('word').includes('cat')")
    live.press("Reset")
    live.wait("model('space-words').get('word').includes('cat')")
