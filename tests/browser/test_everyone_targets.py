"""Controls are large enough for a pointer (WCAG 2.5.8); at 200 and 400 % nothing is cut off or covered."""

import pytest

from tests.browser.conftest import Lab
from tests.browser.everyone import HALF, LOW, NARROW, PHONE, WIDE, tabs, unfold, walk

# Smaller than 24 by 24 px, and not a link or term in a sentence, which is as high as its line.
SMALL = """
const inSentence = (element) => {
  const text = element.closest('p, li, dd, figcaption, caption, td');
  return element.matches('a, button') && text && text.textContent.trim().length > element.textContent.trim().length + 2;
};
const small = [];
for (const element of controls()) {
  const { width, height } = element.getBoundingClientRect();
  const boxes = labels(element).map((one) => one.getBoundingClientRect());
  if (boxes.some((box) => box.width >= 24 && box.height >= 24)) continue;
  if (element.closest('.unseen') || inSentence(element)) continue;
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const box = element.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
  const reach = (dx, dy) => { let n = 0; while (n < 24 && hits(element, x + n * dx, y + n * dy)) n += 1; return n; };
  const large = (dx, dy) => reach(dx, dy) + reach(-dx, -dy) > 24;    // a pseudo-element may make it larger
  if (!large(1, 0) || !large(0, 1)) small.push(`${named(element)} ${width} ${height}`);
}
return small;
"""
# Of the controls, those whose middle belongs to something else, or that stand beside the page.
COVERED = """
const covered = [];
for (const element of controls()) {
  if (element.disabled || element.closest('.unseen, .skip, .bar')) continue;
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const [box] = element.getClientRects(), x = box.left + box.width / 2, y = box.top + box.height / 2;
  if (!hits(element, x, y)) covered.push(`${named(element)}: ${hit(x, y) && named(hit(x, y))}`);
}
return covered;
"""
# Elements that cut off their own text.
CUT = """
const owns = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
return [...deep()].filter((element) => {
  if (!owns(element) || !seen(element)) return false;
  if (element.closest('.unseen, .katex, #here, .near-walk, select, option')) return false;
  const { overflowX, overflowY } = getComputedStyle(element), cuts = (overflow) => /hidden|clip/.test(overflow);
  return (cuts(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
    (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1);
}).map(named);
"""
SPACED = """
const sheet = new CSSStyleSheet();
sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; ' +
                  'word-spacing: 0.16em !important } ' +
                  'p { margin-bottom: 2em !important }');
for (const root of [document, ...[...deep()].map((element) => element.shadowRoot).filter(Boolean)]) {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
await frames();
"""


@pytest.fixture(params=[WIDE, PHONE, NARROW], ids=["1280", "390", "320"], scope="module")
def unfolded(request, browser, site):
    """The page without Python at a size, with all that can be folded open."""
    lab = unfold(Lab(browser, site, viewport=request.param).open_without_python())
    yield lab
    lab.close()


def test_all_controls_are_24_px_large(unfolded):
    lab = unfolded
    assert walk(lab, SMALL) == []
    for figure in ("dynamics", "space"):
        for tab in tabs(lab, figure):
            assert walk(lab, SMALL) == [], tab
    lab.page.locator("#contents-button").click()
    assert walk(lab, SMALL.replace("controls()", "controls().filter((one) => one.closest('.bar'))")) == []
    lab.page.locator("#find").fill("vector")
    lab.page.locator("#found a").first.wait_for()
    assert walk(lab, SMALL.replace("controls()", "controls().filter((one) => one.closest('.bar'))")) == []
    lab.page.locator("#find").fill("")
    lab.page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "button, opened",
    [
        ("#kept", "#kept-panel"),
        (".take[data-of=dynamics] [data-take=picture]", ".take-choice"),
        (".take[data-of=dynamics] [data-take=film]", ".take-choice"),
        (".take[data-of=dynamics] [data-take=embed]", ".take-panel"),
    ],
)
def test_what_a_button_opens_is_24_px_large(unfolded, button, opened):
    lab = unfolded
    lab.page.locator(button).click()
    lab.page.locator(f"{opened} button").first.wait_for()
    inside = SMALL.replace("controls()", f"controls().filter((one) => one.closest('{opened}'))")
    assert walk(lab, inside) == []
    lab.page.keyboard.press("Escape")
    lab.page.locator(opened).wait_for(state="hidden")


def test_what_a_word_and_a_search_bring_is_24_px_large(unfolded):
    lab = unfolded
    lab.page.locator("#word-box").fill("ki")
    lab.page.locator("#word-list li").first.wait_for()
    inside = SMALL.replace("controls()", "controls().filter((one) => one.closest('#space-figure'))")
    assert walk(lab, "return document.querySelectorAll('#word-list li').length") > 0 and walk(lab, inside) == []
    lab.page.keyboard.press("Escape")
    lab.set("space-words", "selected.indices", [lab.column("space-words", "word").index("king")])
    lab.page.locator("#near-list li").first.wait_for()
    lab.page.locator("#near-compare").click()
    assert walk(lab, inside) == []
    lab.set("space-words", "selected.indices", [])
    lab.show_tab("keeps")


def test_steppers_stand_side_by_side_and_count(live):
    live.page.locator("#dynamics-train-tab").click()
    seed = live.page.locator("[data-root=dynamics-training]").get_by_label("Seed", exact=True)
    seed.fill("4")
    seed.press("Enter")
    up, down = [
        live.page.get_by_role("button", name=f"{way} Seed", exact=True).first for way in ("Increase", "Decrease")
    ]
    for button in (up, down):
        box = button.bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
    up.click()
    up.click()
    down.click()
    assert seed.input_value() == "5"


@pytest.mark.parametrize("size", [WIDE, HALF, NARROW, LOW], ids=["1280", "640", "320", "320 low"])
@pytest.mark.parametrize("spaced", [False, True], ids=["as it is", "with text spacing"])
def test_enlarged_nothing_is_cut_off_covered_or_beside_the_page(browser, site, size, spaced):
    lab = unfold(Lab(browser, site, viewport=size).open_without_python())
    if spaced:
        walk(lab, SPACED)
    for tab in ["dynamics-run-tab", *tabs(lab, "dynamics")]:
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= size["width"], tab
    assert walk(lab, CUT) == []
    assert walk(lab, COVERED) == []
    lab.close()


@pytest.mark.parametrize("size", [HALF, LOW], ids=["640 by 400", "320 by 256"])
def test_in_a_low_window_nothing_stays_while_the_page_scrolls(browser, site, size):
    lab = Lab(browser, site, viewport=size).open_without_python()
    for place in ("dynamics-runs", "words-title", "glossary"):
        lab.page.locator(f"#{place}").evaluate("place => place.scrollIntoView({ behavior: 'instant' })")
        stuck = walk(
            lab,
            """const inWindow = ({ top, bottom, height }) => height && bottom > 0 && top < innerHeight;
            return [...deep()].filter((one) => seen(one) && /sticky|fixed/.test(getComputedStyle(one).position)
                && inWindow(one.getBoundingClientRect()) && !one.closest('.skip')).map(named)""",
        )
        assert stuck == []
    lab.page.evaluate("scrollTo(0, 0)")
    lab.page.locator("#contents-button").click()
    panel = lab.page.locator("#contents-panel").bounding_box()
    assert panel["y"] >= 0 and panel["y"] + panel["height"] <= size["height"]
    lab.close()
