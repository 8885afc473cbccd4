"""What a cell draws and prints can be read."""

import pytest

from tests.browser.cells import Cell
from tests.browser.conftest import Lab

PICTURES = """from lab import Plot, show
lines = Plot("Lines", x="step", y="nats").line(range(5), [1, 2, float("nan"), 4, 5], name="one")
show(lines.line([0, 4], [5, 1], name="two"))
show(Plot("Words").scatter([0, 1, 2], [0, 1, 0], ["cat", "dog", "<b>fish</b>"]))
show(Plot("Bars of words").bars(["cat", "dog"], [3, -1]))
Plot(equal=True).scatter([], []).bars([1], [2])"""


def test_pictures_of_each_kind(lab):
    cell = Cell(lab.open_without_python(), "lookup").open()
    cell.run(PICTURES)
    assert cell.at.locator(".cell-picture canvas").count() >= 4
    names = [picture.get_attribute("aria-label") for picture in cell.at.locator(".cell-picture").all()]
    assert names[0] == (
        "Lines, across: step, up: nats. a line “one” of 5 values, from 1 to 5; a line “two” of 2 values, from 1 to 5."
    )
    assert lab.page.evaluate("Bokeh.documents.length") == 1
    lab.page.click("#theme")
    cell.run("1")
    assert cell.at.locator(".cell-picture").count() == 0


def test_a_picture_that_is_gone_leaves_nothing_behind(lab):
    cell = Cell(lab.open_without_python(), "lookup").open()
    session = lab.page.context.new_cdp_session(lab.page)
    session.send("Performance.enable")

    def nodes():
        session.send("HeapProfiler.collectGarbage")
        return {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}["Nodes"]

    cell.run(PICTURES)
    before = nodes()
    for _ in range(3):
        cell.run(PICTURES)
    assert nodes() - before < 300  # each picture has some 200


BARS = """() => {         // of the one plot of a cell: [left, right] of each bar in pixels, layer by layer
    const [plot] = [...Bokeh.index.roots].filter((view) => !Bokeh.documents.includes(view.model.document));
    const glyphs = plot.model.renderers.map((renderer) => plot.views.get_one(renderer).glyph);
    return glyphs.map(({ sleft, sright }) => Array.from(sleft, (left, i) => [left, sright[i]]));
}"""


@pytest.mark.parametrize("x", ["['cat', 'dog', 'fish']", "[1, 2, 4]"])
def test_bars_of_several_layers_stand_side_by_side(lab, x):
    cell = Cell(lab.open_without_python(), "lookup").open()
    cell.run(f"from lab import Plot\nPlot().bars({x}, [1, 2, 3]).bars({x}, [3, 2, 1]).bars({x}, [2, 2, 2])")
    cell.at.locator(".cell-picture canvas").first.wait_for()
    layers = lab.page.evaluate(BARS)
    assert [len(layer) for layer in layers] == [3, 3, 3]
    bars = [layers[layer][i] for i in range(3) for layer in range(3)]  # as they stand, from left to right
    for (left, right), (next_left, _) in zip(bars, bars[1:]):
        assert left < right <= next_left + 0.01
    gaps = [next_left - right for (_, right), (next_left, _) in zip(bars, bars[1:])]
    assert max(gaps[0], gaps[1]) < 0.01 < gaps[2]  # those of one x touch


LABELS = """() => {          // of the one labelled picture of a cell: [text, left, top, right, bottom] in pixels
    const plots = [...Bokeh.index.roots].map((view) => view.model);
    const plot = plots.find((one) => one.document.get_model_by_name("labels"));
    const { x, y, text, dx, dy, align, baseline } = plot.document.get_model_by_name("labels").data;
    const { x_range: across, y_range: up, inner_width, inner_height } = plot;
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "13px Inter";
    return text.map((word, i) => {
        const wide = pen.measureText(word).width, high = 12;
        const left = inner_width * (x[i] - across.start) / (across.end - across.start) + dx[i]
            - wide * { left: 0, center: 0.5, right: 1 }[align[i]];
        const top = inner_height * (up.end - y[i]) / (up.end - up.start) + dy[i]
            - high * { top: 0, middle: 0.5, bottom: 1 }[baseline[i]];
        return [word, left, top, left + wide, top + high];
    });
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name,count", [("recall", 24), ("vowels", 26)])
def test_the_labels_of_a_picture_keep_out_of_each_others_way(browser, site, name, count, width):
    lab = Lab(browser, site, viewport={"width": width, "height": 844}).open_without_python()
    cell = Cell(lab, name).open()
    cell.run()
    cell.at.locator(".cell-picture canvas").first.wait_for()
    lab.settled()
    boxes = lab.page.evaluate(LABELS)
    assert len(boxes) == count
    for a, *one in boxes:
        for b, *other in boxes:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert a == b or apart, (a, b)
    picture = cell.at.locator(".cell-picture").bounding_box()
    if name == "recall":  # equal scales both ways
        assert 0.85 < picture["width"] / picture["height"] < 1.15
    lab.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_printed_line_is_cut(browser, site, width):
    lab = Lab(browser, site, viewport={"width": width, "height": 844}).open_without_python()
    cell = Cell(lab, "lookup").open()
    cell.run("print('word ' * 60)\nprint('x' * 300)\nlist(range(200))")
    for part in cell.at.locator(".cell-output pre").all():
        assert part.evaluate("pre => pre.scrollWidth <= pre.clientWidth")
    lab.close()
