"""Pictures of figures: SVG and PNG, light and dark, with legend and caption."""

import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.browser.conftest import Lab
from tests.browser.take import ask, row, saved, told
from tests.browser_setup import MODEL

SVG = "{http://www.w3.org/2000/svg}"
TITLES = {
    "dynamics": "Figure 1. Skip-gram dynamics",
    "map": "Figure 2. Embedding map",
    "panel-charlm": "Panel. A language model of names",
    "panel-cone": "Panel. Two tables, one cone",
    "panel-frequency": "Panel. What frequency does",
    "panel-lens": "Panel. A lens for an analogy",
    "panel-optimisers": "Panel. Rows that nobody looks up",
    "panel-pmi": "Panel. Skip-gram as counting",
}
PLOTS = {"dynamics": 2, "panel-charlm": 3, "panel-lens": 2}  # others have one drawing
STATE = """state => {
    lab.state = () => ({ dynamics: state });
    lab.link = async () => `https://x.y/#dynamics?words=${"volcano,".repeat(9000)}`;
}"""
HOSTILE = ['<b>bold</b> & "x"', "a\tb", "]]>", "\x01\x1f'", "=1+1"]


def picture(page, name, **answers):
    file, data = saved(page, name, "picture", **answers)
    return ElementTree.fromstring(data) if file.endswith(".svg") else Image.open(io.BytesIO(data))


def texts(svg):
    return [text.text for text in svg.iter(f"{SVG}text")]


def words(page, name):
    """Of a column of words, all that are written."""
    return set(page.evaluate(f"Array.from({MODEL}('{name}').get('word'))"))


def without_ids(svg):
    """The text of an SVG; the ids of its clip paths are drawn at random."""
    return re.sub(r'(id="|#)\w{12}\b', r"\1", ElementTree.tostring(svg, encoding="unicode"))


@pytest.mark.parametrize("name", TITLES)
def test_a_figure_is_an_svg_that_stands_for_itself(still, name):
    svg = picture(still.page, name, picture="svg", theme="light")
    written, title = texts(svg), TITLES[name]
    assert svg.tag == f"{SVG}svg" and svg.find(f"{SVG}title").text == title
    link = still.page.evaluate(f"lab.link('{name}')")
    description = svg.find(f"{SVG}desc").text
    assert link in description and "CC BY 4.0" in description
    caption = written[written.index(title) :]
    assert link in "".join(caption) and "Embedding Lab: from tokens to vectors · CC BY 4.0" in caption
    assert len(" ".join(caption)) > len(title) + 60  # something is said of what is on show
    drawings = [one for one in svg.findall(f"{SVG}svg") if float(one.get("width")) > 100]
    assert len(drawings) == PLOTS.get(name, 1)
    assert {part.tag for part in svg.iter()}.isdisjoint(
        {f"{SVG}{tag}" for tag in ("foreignObject", "script", "style", "image")}
    )
    for part in svg.iter():
        assert not {"class", "style", "onclick", "href"} & set(part.attrib)
        assert part.get("font-family", "x, sans-serif").endswith("sans-serif")
        assert "var(" not in str(part.attrib) and "currentColor" not in str(part.attrib).lower()
    assert told(still.page, name) == "The picture is saved."


def test_it_has_labels_and_legend_as_text_each_once(still):
    written = texts(picture(still.page, "dynamics", picture="svg", theme="light"))
    for word in words(still.page, "dynamics-points") | {"animals", "hollow: context v", "Loss per term", "Separation"}:
        assert written.count(word) == 1, word
    written = texts(picture(still.page, "map", picture="svg", theme="light"))
    assert {"king", "queen", "animals", "comparatives"} <= set(written)
    assert any(text.startswith("gender (50-d 0.59") for text in written)


def test_the_caption_says_the_settings_and_shortens_a_long_address(lab):
    page = lab.open_without_python().page
    page.evaluate(STATE, {"k": "5", "frame": "120", "play": "", "words": '<b>&"'})
    svg = picture(page, "dynamics", picture="svg", theme="light")
    assert 'k=5, frame=120, play, words=<b>&"' in texts(svg)
    assert "…" in texts(svg) and float(svg.get("height")) < 1200
    assert svg.find(f"{SVG}desc").text.count("volcano") == 9000
    page.evaluate(STATE, {"k": "5"})
    assert picture(page, "dynamics", picture="png", theme="light").text["Description"].count("volcano") == 9000


def test_words_are_text_whatever_they_are(lab):
    page = lab.open_without_python().page
    page.evaluate(
        f"""words => {{
            const [points, player] = ['dynamics-points', 'dynamics-player'].map((name) => {MODEL}(name));
            const data = Object.fromEntries(points.columns().map((name) => [name, points.get(name)]));
            points.data = {{ ...data, word: Array.from(data.word, (word, i) => words[i] ?? word) }};
            player.value = 300;
            player.value = 299;
        }}""",
        HOSTILE,
    )
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    written = texts(picture(page, "dynamics", picture="svg", theme="light"))
    assert {'<b>bold</b> & "x"', "a\tb", "]]>", "\ufffd\ufffd'", "=1+1"} <= set(written)
    assert picture(page, "dynamics", picture="png", theme="light").width


@pytest.mark.parametrize("name", ["dynamics", "map", "panel-cone"])
def test_light_and_dark_are_those_of_the_picture_whatever_the_page_shows(browser, site, name):
    found = {}
    for scheme in ("light", "dark"):
        lab = Lab(browser, site, color_scheme=scheme).open_without_python()
        for theme in ("light", "dark"):
            found[scheme, theme] = picture(lab.page, name, picture="svg", theme=theme)
        assert lab.page.evaluate("document.documentElement.dataset.theme") is None
        lab.close()
    same = {key: without_ids(svg) for key, svg in found.items()}
    for theme in ("light", "dark"):
        assert same["light", theme] == same["dark", theme]
    inks = {
        theme: {text.get("fill") for text in found["light", theme].iter(f"{SVG}text")} for theme in ("light", "dark")
    }
    assert "#171b1e" in inks["light"] and "#e8ecec" in inks["dark"] and inks["light"] != inks["dark"]


@pytest.mark.parametrize("theme, paper", [("light", (255, 255, 255)), ("dark", (26, 32, 35))])
def test_a_png_has_twice_the_pixels_and_its_caption_below_and_inside(still, theme, paper):
    svg = picture(still.page, "dynamics", picture="svg", theme=theme)
    png = picture(still.page, "dynamics", picture="png", theme=theme)
    assert png.size == (2 * int(svg.get("width")), 2 * int(svg.get("height")))
    assert png.text["Title"] == TITLES["dynamics"] and "#dynamics" in png.text["Description"]
    assert "CC BY 4.0" in png.text["Source"]
    pixels = png.convert("RGB")
    assert pixels.getpixel((3, 3)) == pixels.getpixel((png.width - 3, png.height - 3)) == paper
    for text in [text for text in svg.findall(f"{SVG}text") if text.text][-5:]:  # each line of the caption has its ink
        x, y = (2 * float(text.get(axis)) for axis in "xy")
        line = pixels.crop((int(x), int(y) - 20, int(x) + 100, int(y)))
        assert len(line.getcolors(10_000)) > 5, text.text


def test_the_picture_has_the_labels_in_the_page_s_font(still):
    """An image has no fonts of the page; in another font a line of the caption would be wider or narrower."""
    svg = picture(still.page, "dynamics", picture="svg", theme="light")
    png = picture(still.page, "dynamics", picture="png", theme="light").convert("L")
    source = next(text for text in svg.findall(f"{SVG}text") if text.text.startswith("Embedding Lab:"))
    width = still.page.evaluate(
        "text => { const c = document.createElement('canvas').getContext('2d'); c.font = '13px Inter';"
        " return c.measureText(text).width }",
        source.text,
    )
    x, y = (2 * float(source.get(axis)) for axis in "xy")
    line = png.crop((0, int(y) - 20, png.width, int(y) + 8)).point(lambda value: 255 * (value < 200))
    left, _, right, _ = line.getbbox()
    assert left == pytest.approx(x, abs=4) and right - left == pytest.approx(2 * width, rel=0.02)


@pytest.mark.parametrize(
    "name, why", [("training", "Nothing is trained yet."), ("models", "So far there is only GloVe.")]
)
def test_an_empty_figure_says_so(still, name, why):
    row(still.page, name).locator("[data-take=picture]").click()
    assert told(still.page, name).startswith(f"There is no picture yet. {why}")
    assert row(still.page, name).locator(".take-choice").count() == 0


def test_the_form_is_used_by_keys_and_remembers(lab):
    page = lab.open_without_python().page
    row(page, "dynamics").locator("[data-take=picture]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".take-choice :focus")
    page.keyboard.press("ArrowRight")  # from PNG to SVG
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # from light to dark
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "embedding-lab-dynamics.svg"
    assert row(page, "dynamics").locator("[data-take=picture]").evaluate("button => button === document.activeElement")
    form = ask(page, "map", "picture")
    assert form.locator(":checked").evaluate_all("all => all.map((one) => one.value)") == ["svg", "dark"]
    page.keyboard.press("Escape")
    form.wait_for(state="detached")
    assert row(page, "map").locator("[data-take=picture]").evaluate("button => button === document.activeElement")
    assert row(page, "map").locator("[data-take=picture]").get_attribute("aria-expanded") == "false"


def test_a_running_figure_is_paused_for_its_picture(lab):
    page = lab.open_without_python().page
    page.locator("#dynamics .player-play").click()
    ask(page, "dynamics", "picture")
    page.wait_for_selector("#dynamics .player-play[aria-label=Play]")


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 390)])
def test_the_form_is_on_the_window_and_accessible(browser, site, scheme, width):
    lab = Lab(browser, site, color_scheme=scheme, viewport={"width": width, "height": 844}).open_without_python()
    form = ask(lab.page, "dynamics", "picture")
    box = form.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] >= 0 and box["y"] + box["height"] <= 844
    assert lab.violations(".take[data-of=dynamics]") == {"light": [], "dark": []}
    lab.close()
