"""What others see is said: messages are announced, figures described as they stand, parts of the page named."""

import pytest

from tests.browser.cells import Cell
from tests.browser.conftest import MODEL
from tests.browser.everyone import walk
from tests.browser.test_pan_zoom import RUN

MESSAGES = """Bokeh.documents[0].roots().flatMap((root) => [...root.references()])
    .filter(({ name, text }) => /-(message|summary)$/.test(name) && text !== undefined).map(({ name }) => name)"""


def say(lab, message, text):
    """As if Python had sent it."""
    lab.page.evaluate(f"text => {MODEL}('{message}').setv({{ text, visible: true }}, {{ sync: false }})", text)


def said(lab):
    return lab.page.locator("#said")


# -- messages --------------------------------------------------------------------------------------------------------


def test_the_region_that_announces_is_there_from_the_start_and_never_hidden(still):
    region = said(still)
    assert region.get_attribute("role") == "status" and region.get_attribute("aria-atomic") == "false"
    assert walk(still, "return seen(document.getElementById('said'))")
    assert region.evaluate("region => !region.closest('[aria-hidden], [inert], [hidden]')")


def test_every_message_of_python_is_announced_as_text(live):
    names = sorted(live.page.evaluate(MESSAGES))
    assert len(names) >= 18
    for name in names:
        say(live, name, f"&lt;b&gt; says {name}")
    for name in names:
        said(live).get_by_text(f"<b> says {name}", exact=True).wait_for(state="attached", timeout=3000)
    for name in names:
        say(live, name, "")


def test_a_counter_is_announced_only_once_it_stands_still(still):
    still.page.evaluate("""async () => {
        const model = Bokeh.documents[0].get_model_by_name('training-message');
        window.heard = [];
        const hear = ({ addedNodes }) => window.heard.push(...[...addedNodes].map((line) => line.textContent));
        new MutationObserver((all) => all.forEach(hear))
            .observe(document.getElementById('said'), { childList: true });
        for (let i = 1; i <= 8; i++) {
            model.setv({ text: `${i} of 8` }, { sync: false });
            await new Promise((done) => setTimeout(done, 100));
        }
    }""")
    still.wait("window.heard.length")
    assert still.page.evaluate("window.heard") == ["8 of 8"]
    say(still, "training-message", "")


def test_python_that_is_ready_is_announced(lab):
    lab.open_without_python()
    assert "Python ready" not in said(lab).text_content()
    lab.let_python_in()
    said(lab).get_by_text("Python ready").wait_for(state="attached")


REGIONS = [
    *["plane-note", "overlay-summary", "near-about", "near-problem", "compare-result", "models-selected", "find-state"],
    *["dynamics-runs-note", "step-sentence", "move-sentence", "noise-summary", "cost-summary", "alert-message"],
    *["cone-summary", "frequency-summary"],
]


@pytest.mark.parametrize("place", REGIONS)
def test_messages_of_the_page_stand_in_a_live_region(still, place):
    """Which is in the page before it says something: hidden, if at all, with the panel that it belongs to."""
    live_region = "xpath=ancestor-or-self::*[@role='status' or @role='alert' or @aria-live='polite'][1]"
    region = still.page.locator(f"#{place}").locator(live_region)
    assert region.count() == 1
    if place != "alert-message":  # an alert is announced when it appears
        assert region.evaluate("region => getComputedStyle(region).display") != "none"


def test_what_a_cell_says_is_in_a_live_region(live):
    cell = Cell(live, "ids").open()
    for part in (cell.at.locator(".cell-status"), cell.at.locator(".cell-tools .unseen")):
        assert (
            part.get_attribute("role") == "status" and part.evaluate("part => getComputedStyle(part).display") != "none"
        )
    cell.at.get_by_role("button", name="Run: Three numberings").click()
    cell.at.locator(".cell-status").get_by_text("Ran").or_(
        cell.at.locator(".cell-status").get_by_text("s", exact=False)
    ).wait_for()
    verdict = live.page.locator(".exercise-verdict").first
    assert (
        verdict.get_attribute("role") == "status"
        and verdict.evaluate("part => getComputedStyle(part).display") != "none"
    )


# -- summaries -------------------------------------------------------------------------------------------------------


def description(lab, plane):
    """What a screen reader says of a plane after its name."""
    return lab.page.evaluate(
        """plane => document.querySelector(`[data-root=${plane}]`).getAttribute('aria-describedby').split(' ')
            .map((id) => document.getElementById(id).textContent).join(' ')""",
        plane,
    )


def describes(lab, plane, *parts):
    """Wait until the description of a plane has all the parts."""
    ids = f"document.querySelector('[data-root={plane}]').getAttribute('aria-describedby').split(' ')"
    text = f"{ids}.map((id) => document.getElementById(id).textContent).join(' ')"
    lab.wait(f"{list(parts)!r}.every((part) => {text}.includes(part))", timeout=5000)


def test_the_dynamics_figure_is_described_at_the_frame_on_show(still):
    still.set("dynamics-player", "value", 0)
    describes(still, "dynamics-plane", "The run with K = 1, step 0,", "centres u: animals around (")
    still.set("dynamics-player", "value", 120)
    step, loss = still.column("dynamics-frames", "step")[120], still.column("dynamics-frames", "loss")[120]
    describes(still, "dynamics-plane", f"step {step:,}, epoch ", f"loss per term {loss:.3f}")
    words = zip(*(still.column("dynamics-points", name) for name in ("category", "x", "y")), strict=True)
    animals = [(x, y) for category, x, y in words if category == "animals"]
    middle = ", ".join(f"{sum(axis) / len(animals):.2f}".replace("-", "−") for axis in zip(*animals, strict=True))
    describes(still, "dynamics-plane", f"animals around ({middle})")
    still.set("dynamics-shown", "active", 2)
    describes(still, "dynamics-plane", "On show, contexts v:")
    still.page.locator("[data-run='5']").click()
    describes(still, "dynamics-plane", "The run with K = 5")
    still.set("dynamics-shown", "active", 0)
    still.page.locator("[data-run='1']").click()
    describes(still, "dynamics-plane", "The run with K = 1")


def test_the_map_is_described_as_it_stands(still):
    words = still.column("space-words", "category")
    describes(
        still,
        "space-plane",
        "The plane: chosen to show.",
        f"{len(words)} of {len(words)} words are on show",
        "Arrows: gender.",
    )
    still.page.locator("#space-category-chips").get_by_label("animals").uncheck()
    describes(still, "space-plane", f"{sum(name != 'animals' for name in words)} of {len(words)} words")
    assert "animals" not in description(still, "space-plane").split("Arrows")[0]
    still.page.locator("[data-root=space-overlays]").get_by_label("capitals").check()
    describes(still, "space-plane", "Arrows: gender, capitals.")
    still.page.get_by_label("PCA", exact=True).check()
    describes(still, "space-plane", "The plane: PCA.")
    still.set("space-words", "selected.indices", [still.column("space-words", "word").index("king")])
    describes(still, "space-plane", "Selected: king.")
    still.set("space-words", "selected.indices", [])
    still.page.locator("#space-category-chips").get_by_label("animals").check()
    still.page.locator("[data-root=space-overlays]").get_by_label("capitals").uncheck()
    still.page.get_by_label("Chosen to show").check()
    describes(still, "space-plane", "The plane: chosen to show.", f"{len(words)} of")


def test_the_training_is_described_at_the_frame_on_show(still):
    describes(still, "training-plane", "Nothing is trained yet.")
    still.page.evaluate(RUN, 2)
    still.set("training-player", "value", 1)
    describes(still, "training-plane", "Frame 1 of 1, after 1.00 epochs, loss 1.000. 2 words are on show: animals.")


def test_two_models_are_described_side_by_side(still):
    still.page.evaluate("""() => {
        const model = (name) => Bokeh.documents[0].get_model_by_name(name), words = model('models-words');
        model('models-titles').setv({ data: { a: ['Mine'], b: ['GloVe'] } }, { sync: false });
        const two = (name) => /^[xy]_/.test(name) ? [0, 1] : ['cat', 'dog'];
        const columns = Object.fromEntries([...words.columns()].map((name) => [name, two(name)]));
        words.setv({ data: columns }, { sync: false });
    }""")
    for plane in ("models-a-plane", "models-b-plane"):
        describes(still, plane, "2 words, in Mine and in GloVe.")
    still.set("models-words", "selected.indices", [1])
    describes(still, "models-a-plane", "Selected: dog.")


def test_descriptions_are_not_written_for_every_frame(still):
    still.set("dynamics-player", "value", 0)
    describes(still, "dynamics-plane", "step 0,")
    still.page.evaluate("""() => {
        window.written = 0;
        new MutationObserver(() => { window.written += 1; })
            .observe(document.getElementById('dynamics-summary'), { childList: true });
    }""")
    still.page.evaluate("""async () => {
        const player = Bokeh.documents[0].get_model_by_name('dynamics-player');
        for (let frame = 1; frame <= 60; frame++) {
            player.value = frame;
            await new Promise(requestAnimationFrame);
        }
    }""")
    step = still.column("dynamics-frames", "step")[60]
    describes(still, "dynamics-plane", f"step {step:,}")
    assert 1 <= still.page.evaluate("window.written") <= 8


# -- names -----------------------------------------------------------------------------------------------------------


def test_the_page_has_its_landmarks_language_and_headings(still):
    page = still.page
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert [page.locator(one).count() for one in ("main", "body > header", "body > footer", "h1", "search")] == [1] * 5
    names = page.locator("nav:visible").evaluate_all(
        "all => all.map((nav) => nav.ariaLabel ?? nav.getAttribute('aria-labelledby'))"
    )
    assert all(names) and len(set(names)) == len(names)
    levels = page.locator("main :is(h1, h2, h3, h4)").evaluate_all(
        "all => all.filter((one) => one.checkVisibility()).map((one) => Number(one.localName[1]))"
    )
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_table_has_a_caption_and_every_plot_a_name(still):
    assert (
        walk(still, "return [...document.querySelectorAll('main table')].filter((table) => !table.caption).map(named)")
        == []
    )
    plots = walk(
        still,
        """return [...Bokeh.index].filter((view) => view.renderer_views).map((view) => view.el.parentElement)
            .map((place) => [place.dataset.root, place.closest('[aria-label], [aria-labelledby]')?.dataset?.root])""",
    )
    assert len(plots) >= 14 and all(own == named for own, named in plots)
