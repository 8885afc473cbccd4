"""Sums of words, the odd one out and the reader's own pairs, on the map of a live page."""

import json

import pytest

from app.sources import packaged
from app.sources.map_words import shown_name
from embedlab.formats import load_packed

TABS = {"space-arithmetic": "sum", "space-odd": "odd"}


def box(live, place, n=0):
    """The nth text field of a card or a panel, which it brings to the front."""
    if place in TABS:
        live.show_tab(TABS[place])
    return live.page.locator(f"[data-root={place}] input[type=text]").nth(n)


def ask(live, a, b, c):
    """Type a sum, Enter in its last field, and wait for the answers: [word]."""
    for n, word in enumerate((a, b, c)):
        box(live, "space-arithmetic", n).fill(word)
    box(live, "space-arithmetic", 2).press("Enter")
    return answered(live, a, b, c)


def answered(live, *words):
    """Wait until the sum of words is answered and drawn: [word]."""
    label = called(*words)
    live.wait(f"model('space-sum').get('label')[0] === {json.dumps(label)}")
    live.says("space-sum-message", f"{label} ≈")
    live.wait("model('space-sum-arrows').get('x0').length === 2")
    return live.column("space-answers", "word")


def called(a, b, c):
    """What a sum is called, its words as the map writes them."""
    return f"{shown_name(a)} − {shown_name(b)} + {shown_name(c)}"


def drawn(live):
    """{word: (x, y)} of the marks of the sum; "" is its tip."""
    columns = [live.column("space-sum-marks", name) for name in ("word", "x", "y")]
    return {word: (x, y) for word, x, y in zip(*columns)}


def difference(p, q):
    return pytest.approx((q[0] - p[0], q[1] - p[1]), abs=1e-6)


def check_parallelogram(live, a, b, c):
    at = drawn(live)
    arrows = [live.column("space-sum-arrows", name) for name in ("x0", "y0", "x1", "y1")]
    (x0, y0, x1, y1), second = zip(*arrows)
    assert (at[""][0] - at[c][0], at[""][1] - at[c][1]) == difference(at[b], at[a])
    assert (x0, y0) == pytest.approx(at[b], abs=1e-6) and second[:2] == pytest.approx(at[c], abs=1e-6)
    assert (second[2] - second[0], second[3] - second[1]) == difference((x0, y0), (x1, y1))
    assert difference((x0, y0), (x1, y1)).expected != (0, 0)


def test_the_cards_say_that_they_need_python(still):
    assert "need Python" in still.page.inner_text("#space-note")
    for name in (
        "space-a",
        "space-odd-words",
        "space-own-pairs",
        "space-work-out",
        "space-find-odd",
        "space-add-pairs",
    ):
        assert still.get(name, "disabled") is True
    assert still.page.locator("#keep-sum").is_hidden()


def test_sums_of_words_on_the_real_vectors(live):
    words = live.column("space-words", "word")
    assert ask(live, "king", "man", "woman")[0] == "queen"
    assert ask(live, "paris", "france", "italy")[0] == "rome"
    assert live.column("space-words", "word") == words  # the sum's words are not the reader's
    live.press("Clear", "space-arithmetic")
    live.wait("!model('space-answers').get('word').length && !model('space-sum-marks').get('x').length")
    assert live.page.locator("#space-answers li").count() == 0


def test_the_parallelogram_is_one_on_every_plane(live):
    ask(live, "king", "man", "woman")
    check_parallelogram(live, "king", "man", "woman")
    before = drawn(live)
    live.page.locator("input[name=plane][value=pca]").check()
    live.wait(f"Math.abs(model('space-sum-marks').get('x').at(-1) - {before[''][0]}) > 0.01")
    check_parallelogram(live, "king", "man", "woman")
    for word in ("king", "man", "woman", "queen"):
        i = live.column("space-words", "word").index(word)
        place = [live.column("space-words", axis)[i] for axis in "xy"]
        assert drawn(live)[word] == pytest.approx(place, abs=1e-9)  # its mark is that of the word
    live.page.locator("input[name=plane][value=chosen]").check()
    live.wait(f"Math.abs(model('space-sum-marks').get('x').at(-1) - {before[''][0]}) < 1e-6")
    check_parallelogram(live, "king", "man", "woman")


@pytest.mark.parametrize(
    "question", [("king", "man", "woman"), ("actress", "actor", "waiter"), ("rome", "italy", "sweden")]
)
def test_the_answer_the_sum_and_its_words_are_labelled_in_view(live, question):
    best, *others = ask(live, *question)
    live.wait(f"model('space-labels').get('text').includes({json.dumps(best)})")
    labels = dict(zip(live.column("space-labels", "text"), live.column("space-labels", "alpha")))
    assert {best, *question, called(*question)} <= set(labels)
    assert labels[best] == 1 and all(labels[word] < 1 for word in others if word in labels)
    ranges = {axis: [live.get("space-plane", f"{axis}_range.{end}") for end in ("start", "end")] for axis in "xy"}
    for place in drawn(live).values():
        assert all(ranges[axis][0] <= x <= ranges[axis][1] for axis, x in zip("xy", place))


def test_the_view_grows_for_a_sum_that_lies_outside(live):
    live.press("Clear", "space-arithmetic")
    live.wait("!model('space-sum-marks').get('x').length")
    live.page.evaluate(  # only to the side: other numbers up the plane would change its width, and so fit the view
        "Bokeh.documents[0].get_model_by_name('space-plane').x_range.setv({ start: 2, end: 3 })"
    )
    live.settled()
    assert live.get("space-plane", "x_range.start") == 2
    ask(live, "king", "man", "woman")
    live.wait("model('space-plane').x_range.start < 1")
    x, y = drawn(live)[""]
    assert live.get("space-plane", "x_range.start") < x < live.get("space-plane", "x_range.end")
    assert live.get("space-plane", "y_range.start") < y < live.get("space-plane", "y_range.end")


def test_answers_follow_every_change_without_a_second_press(live):
    ask(live, "king", "man", "woman")
    assert "cosine with king − man + woman (3CosAdd)" in live.page.inner_text("#score-kind")
    added = live.column("space-answers", "score")
    live.press("3CosMul")
    live.wait("document.getElementById('score-kind').textContent.includes('3CosMul')")
    assert live.column("space-answers", "score") != added
    live.press("3CosAdd")
    live.page.locator("[data-root=space-arithmetic] input[type=checkbox]").check()
    live.wait("model('space-answers').get('word')[0] === 'king'")
    assert live.column("space-answers", "word")[1] == "queen"
    live.page.locator("[data-root=space-arithmetic] input[type=checkbox]").uncheck()
    live.wait("model('space-answers').get('word')[0] === 'queen'")
    box(live, "space-arithmetic", 0).fill("uncle")
    box(live, "space-arithmetic", 0).press("Tab")  # as leaving the field does
    assert answered(live, "uncle", "man", "woman")[0] == packaged_answer("uncle", "man", "woman")


def packaged_answer(a, b, c):
    """The best answer of 3CosAdd, by the packaged vectors themselves."""
    vectors = load_packed(packaged.DATA / packaged.GLOVE)
    unit = vectors.unit
    scores = unit @ (unit[vectors.index(a)] - unit[vectors.index(b)] + unit[vectors.index(c)])
    scores[vectors.indices((a, b, c))] = -9
    return vectors.words[int(scores.argmax())]


def test_an_error_clears_the_answers_and_keeps_what_was_typed(live):
    ask(live, "king", "man", "woman")
    box(live, "space-arithmetic").fill("kingg")
    box(live, "space-arithmetic").press("Enter")
    live.says("space-sum-message", "“kingg”")
    live.says("space-sum-message", "did you mean king")
    live.wait("!model('space-sum-marks').get('x').length")
    assert live.column("space-answers", "word") == [] and live.page.locator("#space-answers li").count() == 0
    assert live.page.locator("#keep-sum").is_hidden()
    assert box(live, "space-arithmetic").input_value() == "kingg"
    assert ask(live, "king", "man", "woman")[0] == "queen"


def test_an_answer_or_all_words_of_the_sum_can_be_kept(live):
    answers = ask(live, "paris", "france", "italy")
    words = live.column("space-words", "word")
    add = live.page.get_by_role("button", name=f"Add: {answers[1]}")
    add.focus()
    live.page.evaluate("""() => {  // as when the same question is asked again
        const answers = Bokeh.documents[0].get_model_by_name('space-answers');
        answers.setv({ data: answers.data }, { sync: false, check_eq: false });
    }""")
    assert live.page.evaluate("document.activeElement.textContent") == "Add"
    live.wait(f"model('space-labels').get('text').some((text) => new RegExp('^{answers[1]} 0\\\\.\\\\d+$').test(text))")
    live.page.keyboard.press("Enter")
    live.wait(f"model('space-words').get('word').includes('{answers[1]}')")
    assert live.column("space-words", "word") == [*words, answers[1]]
    live.wait("document.activeElement.textContent === 'On the map'")
    live.page.click("#keep-sum")
    live.wait(f"{json.dumps(['italy', *answers])}.every((word) => model('space-words').get('word').includes(word))")
    live.wait("document.querySelector('#keep-sum').ariaDisabled === 'true'")
    live.page.click("#word-undo")
    live.page.click("#word-undo")
    live.wait(f"model('space-words').get('word').length === {len(words)}")


def test_the_odd_one_is_asked_with_enter_and_ringed_on_the_map(live):
    odd = box(live, "space-odd")
    odd.fill("cat dog paris horse")
    odd.press("Enter")
    live.says("space-odd-message", "The odd one out is Paris.")
    live.wait("model('space-odd-marks').get('x').length === 4")
    marks = dict(zip(live.column("space-odd-marks", "word"), live.column("space-odd-marks", "marker")))
    assert marks == {"cat": "circle", "dog": "circle", "horse": "circle", "paris": "square"}
    odd.fill("new york, paris, tokyo")
    odd.press("Enter")
    live.says("space-odd-message", "“new york”")
    live.wait("!model('space-odd-marks').get('x').length")
    assert live.page.locator("#space-odd-scores li").count() == 0
    odd.fill("cat, dog, paris")
    odd.press("Enter")
    live.says("space-odd-message", "Paris")
    live.press("Clear", "space-odd")
    live.wait("!model('space-odd-scores').get('word').length && !model('space-odd-marks').get('x').length")


def chip(live):
    return live.page.locator("[data-root=space-overlays] label", has_text="your pairs")


def test_the_users_own_pairs(live):
    pairs = box(live, "space-pairs")
    pairs.fill("hot cold")
    pairs.press("Enter")
    live.says("space-pairs-message", "“hot cold” is not a pair")
    assert pairs.input_value() == "hot cold"
    pairs.fill("hot → cold")
    pairs.press("Enter")
    live.wait("model('space-analogies').get('group').filter(group => group === 'your pairs').length === 1")
    assert "–" in chip(live).inner_text() and "One pair" in chip(live).get_attribute("title")
    assert "your pairs" not in live.column("space-planes", "name")
    pairs.fill("rich → poor, war -> peace")
    pairs.press("Enter")
    live.wait("model('space-analogies').get('group').filter(group => group === 'your pairs').length === 3")
    assert "your pairs" in live.column("space-planes", "name")
    assert "–" not in chip(live).inner_text()
    dashes = dict(zip(live.column("space-pairs", "group"), live.column("space-pairs", "dash")))
    assert len(set(dashes.values())) == len(dashes)
    live.page.locator("input[name=plane][value=analogy]").check()
    live.wait("document.getElementById('plane-after').textContent.includes('your pairs')")
    live.page.get_by_role("button", name="Remove rich → poor").click()
    live.wait("model('space-analogies').get('group').filter(group => group === 'your pairs').length === 2")
    assert live.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Remove war → peace"
    live.press("Clear pairs")
    live.wait("!model('space-analogies').get('group').includes('your pairs')")
    assert chip(live).count() == 0 and live.page.locator("#own-pairs li").count() == 0
    assert live.page.locator("input[name=plane][value=chosen]").is_checked()
    live.page.click("#word-undo")
    live.wait("model('space-analogies').get('group').filter(group => group === 'your pairs').length === 2")
    live.press("Clear pairs")
    live.wait("!model('space-analogies').get('group').includes('your pairs')")


def test_all_is_asked_and_answered_with_the_keyboard_alone(live):
    box(live, "space-arithmetic").focus()
    for word in ("king", "man", "woman"):
        live.page.keyboard.press("ControlOrMeta+a")
        live.page.keyboard.type(word)
        live.page.keyboard.press("Tab")
    box(live, "space-arithmetic", 2).focus()
    live.page.keyboard.press("Enter")
    assert answered(live, "king", "man", "woman")[0] == "queen"
    for _ in range(12):
        live.page.keyboard.press("Tab")
        if live.page.evaluate("document.activeElement.closest('#space-answers') !== null"):
            break
    assert live.page.evaluate("document.activeElement.getAttribute('aria-label')") == "On the map: queen"


def test_the_cards_have_no_fault_that_axe_finds_and_targets_of_24_px(live):
    ask(live, "paris", "france", "italy")
    pairs = box(live, "space-pairs")
    pairs.fill("hot → cold, rich → poor")
    pairs.press("Enter")
    live.page.wait_for_selector("#own-pairs li")
    assert live.violations("#map") == {"light": [], "dark": []}
    sizes = live.page.evaluate(
        "[...document.querySelectorAll('#map .answers button, #keep-sum')].map((one) => one.getBoundingClientRect())"
        ".map(({ width, height }) => [width, height])"
    )
    assert sizes and all(min(size) >= 24 for size in sizes)
    live.press("Clear pairs")
    live.wait("!model('space-planes').get('name').includes('your pairs')")


def test_ones_own_directions_stay_when_pairs_are_added(live):
    live.page.locator("input[name=plane][value=own]").check()
    live.wait("document.getElementById('plane-after').textContent === 'your directions'")
    live.wait("model('space-plane').below[0].axis_label === 'poor → rich'")
    pairs = box(live, "space-pairs")
    pairs.fill("hot → cold, war → peace")
    pairs.press("Enter")
    live.wait("model('space-planes').get('name').includes('your pairs')")
    live.wait("model('space-analogies').get('group').filter(group => group === 'your pairs').length === 2")
    assert live.page.locator("input[name=plane][value=own]").is_checked()
    assert live.get("space-plane", "below[0].axis_label") == "poor → rich"
    live.page.locator("input[name=plane][value=chosen]").check()
    live.press("Clear pairs")
    live.wait("!model('space-planes').get('name').includes('your pairs')")
