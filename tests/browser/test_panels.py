"""The chapter's panels: what each control does, before Python and after."""

import re
from functools import partial

import numpy as np
import pytest

from app.panels import cone, frequency, layouts, lens, noise, optimisers, pmi
from app.sources import packaged
from app.ui.packing import INT16_MAX
from builder import measured
from builder.project import ROOT
from embedlab.charlm import bigram_counts, conditional_entropy, letters_of
from embedlab.formats import load_packed
from embedlab.names import NAMES
from embedlab.objective import expected_loss
from embedlab.pmi import cooccurrence
from embedlab.projection import neighbour_recall
from embedlab.sgns import noise_distribution
from embedlab.softmax import dot_products
from tests.browser_setup import MODEL

FIGURES = (
    "optimisers-plot",
    "pmi-plot",
    "lens-pca-plot",
    "lens-lens-plot",
    "charlm-plane-plot",
    "charlm-bias-plot",
    "charlm-loss-plot",
)


def slide(lab, id, value):
    """Move one of the page's own inputs as a user would."""
    lab.page.eval_on_selector(
        id, "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')) }", str(value)
    )


def fulfil(path, route):
    route.fulfill(path=path)


def number(text):
    return float(re.sub(r"[^\d.−+]", "", text).replace("−", "-"))


def train(live, panel, **settings):
    """Change a panel's settings, or press its Train, and wait until a training has ended with them."""
    if all(live.get(f"{panel}-{name}", attribute) == value for name, (attribute, value) in settings.items()):
        live.press("Train", f"{panel}-controls")
    for name, (attribute, value) in settings.items():
        live.set(f"{panel}-{name}", attribute, value)
    live.wait(f"model('{panel}-progress').visible")
    live.wait(f"!model('{panel}-progress').visible")
    live.says(f"{panel}-message", "Trained after")


# -- before Python -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", FIGURES)
def test_a_panel_is_drawn_before_python(still, place):
    assert still.page.locator(f"[data-root={place}] canvas").first.evaluate("""canvas => {
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        return pixels.some((x, i) => i % 4 === 3 && x > 0);
    }""")


@pytest.mark.parametrize("panel", ["optimisers", "pmi", "lens", "charlm"])
def test_a_panel_says_what_it_shows_and_that_its_controls_wait(still, panel):
    assert len(still.get(f"{panel}-summary", "text")) > 100
    assert "Python" in still.page.locator(f"#panel-{panel} [data-needs]").inner_text()
    control = {"optimisers": "learning_rate", "pmi": "dim", "lens": "group", "charlm": "dim"}[panel]
    assert still.get(f"{panel}-{control}", "disabled") is True


def test_the_data_of_a_figure_are_a_table_on_demand(still):
    details = still.page.locator("#panel-pmi details")
    assert details.locator("td").count() == 0
    details.locator("summary").click()
    details.locator("tbody tr").nth(224).wait_for()
    cells = details.locator("tbody tr").filter(has_text="no count").first.locator("td").all_inner_texts()
    assert cells[1] == "0.0" and re.fullmatch(r"−\d+[.]\d\d", cells[3])
    details.locator("summary").click()


def test_what_a_word_costs(still):
    slide(still, "#cost-v", 50_000)
    slide(still, "#cost-d", 768)
    assert still.page.locator("#cost-table tbody td").first.inner_text().startswith("38.4 million")  # 50,000 x 768
    slide(still, "#cost-v", 1000)
    slide(still, "#cost-d", 10)
    slide(still, "#cost-k", 14)
    shown = [
        number(text.splitlines()[0])
        for text in still.page.locator("#cost-table tbody td:nth-of-type(1)").all_inner_texts()
    ]
    assert shown[:3] == [10_000, 0, 10_000] and shown[4] == 150
    assert "15 dot products" in still.page.inner_text("#cost-summary")
    range_of_v = still.page.get_by_label("V, on a log scale")
    range_of_v.focus()
    still.page.keyboard.press("End")
    assert still.page.input_value("#cost-v") == "1000000" and range_of_v.get_attribute("aria-valuetext") == "1 million"
    for typed, then in ("", "1 million"), ("-5", "2"), ("3e9", "1 million"), ("7.4", "7"):
        still.page.fill("#cost-v", "1000000")
        still.page.fill("#cost-v", typed)  # nothing that can be drawn
        assert "With 1 million words" in still.page.inner_text("#cost-summary")
        still.page.locator("#cost-v").blur()
        assert f"With {then} words" in still.page.inner_text("#cost-summary")
        assert still.page.input_value("#cost-v") == then.replace(" million", "000000")


@pytest.mark.parametrize("V", [2, 3, 17, 1000])
def test_the_mean_depth_is_that_of_the_huffman_tree(still, V):
    counts = np.round(1e12 / np.arange(1, V + 1)).astype(np.int64)
    for name in ("panels/cost.js", "ui/dom.js"):  # as they are, before they are packed
        still.page.route(f"**/static/{name}", partial(fulfil, ROOT / "static" / name))
    way = still.page.evaluate(
        "async V => (await import(new URL('static/panels/cost.js', document.baseURI))).meanDepth(V)", V
    )
    assert way == pytest.approx(dot_products(counts, 5)["hierarchical"], rel=1e-6)


def test_the_noise_follows_its_exponent(still):
    recorded = measured.read()["noise"]
    counts = np.array(recorded["counts"], dtype=float)
    for stop, exponent in enumerate(noise.EXPONENTS):
        slide(still, "#noise-exponent", exponent)
        drawn = [
            number(text) / 100 for text in still.page.locator("#noise-table tbody td:nth-of-type(3)").all_inner_texts()
        ]
        np.testing.assert_allclose(drawn, recorded["first"][stop] * (counts / counts[0]) ** exponent, rtol=0.06)
    assert "noise is the text itself" in still.page.inner_text("#noise-summary")
    slide(still, "#noise-exponent", 0)
    assert "all words are alike" in still.page.inner_text("#noise-summary")
    bars = still.page.eval_on_selector_all(
        "#noise-table tbody span", "spans => spans.map(s => s.style.getPropertyValue('--part'))"
    )
    assert len(set(bars)) == 1


@pytest.fixture(scope="module")
def small():
    """The small corpus's model: words, U, V, and its loss(U, V)."""
    _, sentences, vocabulary, U, V = cone.trained()
    pairs = cooccurrence(vocabulary.encode(sentences), len(vocabulary), cone.CONFIG.window)
    noise = noise_distribution(vocabulary.counts)
    return vocabulary.words, U, V, lambda U, V: expected_loss(U, V, pairs, noise, cone.CONFIG.negatives)


def cosines(X):
    X = X / np.linalg.norm(X, axis=1, keepdims=True)
    return X @ X.T


def texts(lab, selector):
    return lab.page.locator(selector).all_inner_texts()


@pytest.mark.parametrize("direction", ["mean", "pair"])
def test_a_stretch_leaves_the_loss_and_moves_the_cosines(still, small, direction):
    words, U, V, loss = small
    cat, other, dog = (words.index(word) for word in ("cat", "and", "dog"))
    d = U.mean(axis=0) if direction == "mean" else U[cat] - U[other]
    still.page.locator(f"[name=cone-direction][value={direction}]").check()
    seen = []
    for factor in (1, 0.5, 0.8, 1.8, 2):
        slide(still, "#cone-stretch", factor)
        A = np.eye(8) + (factor - 1) * np.outer(d, d) / (d @ d)
        u, v = U @ A, V @ np.linalg.inv(A).T
        C = cosines(u)
        means = cosines(np.stack([u.mean(axis=0), v.mean(axis=0)]))[0, 1]
        expected = [loss(u, v), C[cat, other], C[cat, dog], (C.sum() - 22) / (22 * 21), means]
        now = texts(still, "#cone-measures td:nth-of-type(2)")
        for text, value, digits in zip(now, expected, (6, 2, 2, 2, 3), strict=True):
            assert number(text) == pytest.approx(value, abs=0.6 * 10**-digits + 1e-7), text
        by = [C[cat], v @ u[cat], cosines(u + v)[cat]]
        near = [[words[i] for i in np.argsort(-scores) if i != cat][:4] for scores in by]
        assert texts(still, "#cone-near td") == [", ".join(found) for found in near]
        seen.append((now, near[1], still.page.inner_text("#cone-summary")))
    assert {now[0] for now, *_ in seen} == {f"{loss(U, V):.6f}"}  # to all digits shown
    assert len({now[1] for now, *_ in seen}) == 5 and len({tuple(by_product) for _, by_product, _ in seen}) == 1
    assert seen[0][0] == texts(still, "#cone-measures td:nth-of-type(1)") and seen[0][2].startswith("As trained")
    if direction == "pair":
        assert seen[3][0][1] == "−0.44" and "cos(cat, and) is −0.44 instead of 0.12" in seen[3][2]
    slide(still, "#cone-stretch", 1)


def test_the_cones_are_drawn_where_the_vectors_are(still, small):
    words, U, V, _ = small
    still.page.locator("[name=cone-direction][value=mean]").check()
    mean = U.mean(axis=0) / np.linalg.norm(U.mean(axis=0))
    drawn = {}
    for factor in (1, 2):
        slide(still, "#cone-stretch", factor)
        marks = still.page.eval_on_selector_all(
            "#cone-drawing path:has(title)", "all => all.map(p => [p.textContent, p.getAttribute('transform')])"
        )
        drawn[factor] = {name: float(re.search(r"translate\((.+?),", place)[1]) for name, place in marks}
        assert len(drawn[factor]) == 44
    for name, X, times in (("u", U, 2), ("v", V, 0.5)):
        across = np.array([drawn[1][f"{name} of {word}"] for word in words])
        assert np.corrcoef(across, X @ mean)[0, 1] > 0.9999
        np.testing.assert_allclose([drawn[2][f"{name} of {word}"] for word in words], times * across, atol=0.2)
        assert (across * (1 if name == "u" else -1) > 0).all()  # two cones, on the two sides of the origin
    slide(still, "#cone-stretch", 1)


def test_the_cone_by_keyboard(still):
    slider = still.page.get_by_label("Stretch of U, squeeze of V")
    slider.focus()
    still.page.keyboard.press("ArrowRight")
    assert still.page.inner_text("#cone-stretch-value") == "1.05"
    slider.press("Tab")
    still.page.keyboard.press("ArrowRight")
    assert still.page.locator("[name=cone-direction][value=pair]").is_checked()
    still.page.keyboard.press("ArrowLeft")
    slide(still, "#cone-stretch", 1)


def test_each_step_of_all_but_the_top(still):
    steps = measured.read()["frequency"]["steps"]
    slider = still.page.get_by_label("Removed from every vector")
    slider.focus()
    still.page.keyboard.press("Home")
    for at, step in enumerate(frequency.STEPS):
        expected = [steps[vectors][name][at] for vectors in ("glove", "dictionary") for name in ("wordsim", "simlex")]
        np.testing.assert_allclose(
            [number(text) for text in texts(still, "#frequency-scores td:nth-of-type(2)")], expected, atol=6e-4
        )
        bars = still.page.eval_on_selector_all(
            "#frequency-scores td span",
            "all => all.map(s => ['--part', '--mark'].map(n => Number(s.style.getPropertyValue(n))))",
        )
        first = [steps[vectors][name][0] for vectors in ("glove", "dictionary") for name in ("wordsim", "simlex")]
        np.testing.assert_allclose(bars, np.transpose([expected, first]) / 0.8, atol=1e-3)
        said = still.page.inner_text("#frequency-summary")
        assert f"cosine {steps['dictionary']['cosine'][at]:.3f} on average" in said
        assert slider.get_attribute("aria-valuetext") == still.page.inner_text("#frequency-step-value")
        assert ("nothing" if step is None else "mean") in still.page.inner_text("#frequency-step-value")
        still.page.keyboard.press("ArrowRight")
    assert at == 11 and slider.input_value() == "11"
    slide(still, "#frequency-step", 0)


def test_each_word_is_drawn_at_its_count_and_length(still):
    words = measured.read()["frequency"]["words"]
    drawn = still.page.eval_on_selector_all(
        "#frequency-lengths circle",
        "all => all.map(c => [c.textContent, Number(c.getAttribute('cx')), Number(c.getAttribute('cy'))])",
    )
    assert [name.split(":")[0] for name, *_ in drawn] == [word for word, *_ in words]
    names, x, y = zip(*drawn)
    assert names[0] == f"the: count {words[0][1]:,}, length {words[0][2]:.2f}"
    assert np.corrcoef(x, np.log([count for _, count, _ in words]))[0, 1] > 0.9999
    assert np.corrcoef(y, [length for *_, length in words])[0, 1] < -0.9999
    box = still.page.locator("#frequency-lengths").evaluate(
        "svg => ['x', 'y', 'width', 'height'].map(n => svg.viewBox.baseVal[n])"
    )
    assert box[0] < min(x) and max(x) < box[2] and box[1] < min(y) and max(y) < box[3]


def test_what_frequency_does_stands_in_the_text(still):
    shown = measured.read()["frequency"]
    panel = still.page.locator("#panel-frequency")
    assert texts(still, "#frequency-bands td:nth-of-type(2)") == [f"{cosine:.2f}" for *_, cosine in shown["bands"]]
    assert texts(still, "#frequency-hubs tfoot td") == [str(count) for count in shown["hubs"]["none"]]
    assert texts(still, "#frequency-hubs tbody td:nth-of-type(1)") == [str(row[1]) for row in shown["hubs"]["largest"]]
    assert f"over all words: {shown['spearman']:.2f}" in panel.inner_text()
    assert f"the has {shown['words'][0][2]:.2f}" in panel.inner_text()
    cosine = measured.read()["cone"]["dictionary"][2]
    assert f"the cosine of mean u and mean v is −{-cosine:.3f}." in still.page.locator("#panel-cone").inner_text()


# -- with Python ---------------------------------------------------------------------------------------------


def test_the_panels_join_with_the_page(live):
    assert "anew" not in live.page.locator("#log").text_content()
    assert live.page.locator("#panel-pmi [data-needs]").inner_text() == "Change a setting, and it trains anew."
    assert live.get("pmi-train", "disabled") is False


def test_the_products_come_nearer_to_their_targets_with_more_dimensions(live):
    errors = {}
    for dim in (2, 12):
        train(live, "pmi", dim=("value", dim))
        assert f"D = {dim}" in live.get("pmi-summary", "text") and "After 2,000 epochs" in live.get(
            "pmi-summary", "text"
        )
        met = np.array(live.column("pmi-cells", "marker")) == "circle"
        x, y = np.array(live.column("pmi-cells", "x")), np.array(live.column("pmi-cells", "product"))
        errors[dim] = np.sqrt(((x - y)[met] ** 2).mean())
    assert met.sum() == 108 and len(met) == 225
    assert errors[12] < 0.1 < 0.4 < errors[2]


def test_negatives_move_the_targets_down(live):
    targets = {}
    for K in (1, 10):
        train(live, "pmi", negatives=("value", K))
        least, most = (live.get("pmi-plot", f"x_range.{end}") for end in ("start", "end"))
        for name in "xy":
            drawn = np.array(live.column("pmi-cells", name))
            assert (least < drawn).all() and (drawn < most).all()
        targets[K] = np.array([number(text) for text in live.column("pmi-cells", "target") if text != "no count"])
    np.testing.assert_allclose(targets[1] - targets[10], np.log(10), atol=0.011)
    beside = [live.column("pmi-beside", name) for name in ("sgns", "sppmi", "ppmi")]
    assert (
        beside[1] == ["0", "–", "–", "–"] and beside[0][3] == beside[2][3] == "12 of 12"
    )  # log 10 leaves nothing above 0


def test_a_training_can_be_stopped_and_keeps_what_it_has(live):
    live.set("pmi-dim", "value", 15)
    live.set("pmi-negatives", "value", 15)  # while it trains: it begins again
    live.wait("model('pmi-progress').value > 0")
    live.page.locator("#panel-pmi").get_by_role("button", name="Stop", exact=True).click()
    live.says("pmi-message", "Stopped after")
    epochs = number(re.search(r"After ([\d,]+) epochs", live.get("pmi-summary", "text"))[1])
    assert 0 < epochs < 2000 and f"{epochs:,.0f} of 2,000" in live.get("pmi-message", "text")


def test_tying_takes_a_table_away(live):
    parameters, losses = {}, {}
    for tied in (0, 1):
        train(live, "charlm", tied=("active", tied))
        assert live.get("charlm-summary", "text").startswith(["Untied", "Tied"][tied])
        parameters[tied] = number(re.search(r"([\d,]+) parameters", live.get("charlm-summary", "text"))[1])
        losses[tied] = live.column("charlm-course", "loss")[-1]
    assert live.column("charlm-course", "step")[-1] == 600
    assert parameters == {0: 27 * 2 * 2 + 4 + 27, 1: 27 * 2 + 4 + 27}
    best = conditional_entropy(bigram_counts(NAMES, letters_of(NAMES)))
    assert best < losses[0] < losses[1] < np.log(27)
    assert live.column("charlm-course", "best")[0] == pytest.approx(best, abs=5e-4)
    assert live.column("charlm-before", "loss")[-1] == losses[0]  # still drawn, to compare with
    train(live, "charlm", tied=("active", 0))


def test_a_lens_for_each_analogy(live):
    live.set("lens-group", "active", 2)
    live.wait("model('lens-table').get('pair')[0] === 'France → Paris'")
    lens, pca = [np.array([number(text) for text in live.column("lens-table", name)]) for name in ("lens", "pca")]
    assert lens[3] > pca[3] and lens[3] > lens[4]  # the mean: above PCA's, and above that of a pair left out
    dx, dy = [
        np.subtract(live.column("lens-pairs", f"lens_{axis}1"), live.column("lens-pairs", f"lens_{axis}0"))
        for axis in "xy"
    ]
    assert (dx > 2 * np.abs(dy)).all()  # the offsets lie along the first axis
    sizes, found = live.column("lens-words", "pca_size"), live.column("lens-words", "pca_recall")
    assert sizes == [5 + 2 * n for n in found] and set(found) <= set(range(6))


def test_only_dense_adam_moves_a_row_that_rests(live):
    live.set("optimisers-decay", "value", 0)
    live.wait(
        "model('optimisers-table').get('drift')[1] === model('optimisers-table').get('drift')[2]"
    )  # AdamW is Adam
    live.set("optimisers-learning_rate", "value", 0.05)
    live.wait("Number(model('optimisers-table').get('drift')[1]) > 1")
    assert live.column("optimisers-table", "drift")[0] == live.column("optimisers-table", "drift")[3] == "0.000"
    live.set("optimisers-decay", "value", 1)
    live.wait("model('optimisers-table').get('length')[2] === '−100%'")


# -- what they are made of -----------------------------------------------------------------------------------


def test_what_is_recorded_is_what_python_would_show():
    assert optimisers.columns(0.01, 0.1)["table"] == packaged.panels()["optimisers"]["table"]
    assert lens.recorded(lens.LensState(), packaged.map_vectors()) == packaged.panels()["lens"]
    corpus = pmi.Corpus()
    met = np.isfinite(corpus.target_for(5))
    assert [x == "no count" for x in packaged.panels()["pmi"]["cells"]["target"]] == (~met).ravel().tolist()
    assert (corpus.counts[met] > 0).all() and (corpus.counts[~met] == 0).all()


# -- one layout, two starts ------------------------------------------------------------------------------------------


def pictures(lab):
    """[(N, 2)] of the two, in parts of their scale."""
    return [np.array(xy).reshape(-1, 2) / INT16_MAX for xy in lab.column("layouts-pictures", "xy")]


def lay_out(live):
    live.wait("!model('layouts-progress').visible")
    live.page.evaluate(f"{MODEL}('layouts-message').setv({{ text: '' }}, {{ sync: false }})")
    live.press("Lay out twice", "layouts-controls")
    live.says("layouts-message", "Laid out.")


def test_two_layouts_say_what_they_keep_and_follow_the_sliders(live):
    lay_out(live)
    unit = load_packed(packaged.DATA / packaged.GLOVE).unit[: layouts.WORDS]
    kept = neighbour_recall(unit, pictures(live)[0], k=10).mean()
    said = re.search(r"of ten nearest, ([\d.]+) stay", live.get("layouts-summary", "text"))[1]
    assert float(said) == pytest.approx(10 * kept, abs=0.1)  # the page has them in 16 bits
    live.set("layouts-k", "value", 50)
    live.says("layouts-summary", "With k = 50 and spread 4:")
    live.set("layouts-spread", "value", 1.0)
    live.says("layouts-summary", "With k = 50 and spread 1:")


def test_a_word_that_is_pointed_at_is_marked_in_both_layouts(live):
    lay_out(live)
    first, words = pictures(live)[0], live.column("layouts-words", "word")
    canvas = live.page.locator(".layouts-picture").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    lonely = max(range(len(words)), key=lambda i: np.sort(np.linalg.norm(first - first[i], axis=1))[1])
    scale = min(box["width"], box["height"]) / 2 * 0.92
    x, y = first[lonely] * scale
    canvas.hover(position={"x": box["width"] / 2 + x, "y": box["height"] / 2 - y})
    live.wait("document.getElementById('layouts-pointed').textContent.startsWith(arg)", f"“{words[lonely]}” is marked")
    live.page.mouse.move(2, 2)
    live.wait("document.getElementById('layouts-pointed').textContent.startsWith('Point at a word')")
