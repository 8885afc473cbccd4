"""The address says what is on show: it follows the user, brings a figure back as it was, and believes nothing else."""

import json

import pytest

from tests.browser.conftest import Lab

K3 = "k=5&seed=3&frame=120&shown=both"
SCREENS = [(1280, 800), (1366, 768), (390, 844)]
HOSTILE = {  # fragment: what the page says of it, None for nothing
    "#map?foo=1": "“foo” is not known here",
    "#map?on=gender,<img src=x onerror=hacked=1>": "“on” names “<img src=x onerror=hacked=1>”",
    "#map?plane=javascript:hacked=1": "“plane” has to be",
    "#map?plane=own&across=<script>hacked=1</script>": None,
    "#map?tab=constructor": "“tab” has to be",
    "#map?view=1,2": "“view” has to be three numbers",
    "#map?view=1e999,NaN,-1": "“view” has to be a number",
    "#map?__proto__=polluted&toString=1": "“__proto__” is not known here; “toString” is not known here",
    "#map?v=99&layout=4d&gravity=9.81": "“v” is not known here",
    "#map?on=%E0%A4%A": "“on” names",
    "#map?on=%00%01%7f": "“on” names",
    "#dynamics?k=1e9": "“k” has to be a number from 1 to 15",
    "#dynamics?k=+": "“k” has to be",
    "#dynamics?frame=-1": "“frame” has to be a whole number from 0 to 300",
    "#dynamics?frame=1.5&trails=maybe": "“trails” has to be off or on; “frame” has to be a whole number",
    "#dynamics?step=99999999": "“step” has to be a whole number",
    "#dynamics?" + "&".join(f"x{i}=1" for i in range(500)): "495 more",
    "#map?off=" + "a," * 32_000: "it is too long",
    "#panel-noise?exponent=2": "“exponent” has to be a number from 0 to 1",
    "#panel-cone?stretch=": "“stretch” has to be",
    "#cell-order?source=hacked&run=1": "An address can say nothing of “cell-order”",
    "#globe?words=king": "leads to “globe”, which this page does not have",
}


@pytest.fixture
def without_python(browser, site):
    """A page whose Python never comes; not opened yet."""
    lab = Lab(browser, site)
    lab.page.route("**/static/worker.js*", lambda route: None)
    yield lab
    lab.close()


def hash_of(lab):
    return lab.page.evaluate("decodeURIComponent(location.hash)")


def state(lab):
    return lab.page.evaluate("lab.state()")


def alert(lab):
    return lab.page.evaluate(
        "document.getElementById('alert').hidden ? null : document.getElementById('alert-message').textContent"
    )


def box(lab, selector):
    return lab.page.locator(selector).bounding_box()


# -- it brings the figure back ----------------------------------------------------------------------------------


def test_what_needs_no_python_is_there_without_it(without_python):
    lab = without_python.open("#map?on=gender,capitals&off=cities,food&plane=pca&tab=odd&view=0.1,-0.2,3")
    overlays = lab.get("space-overlays", "labels")
    assert [overlays[i] for i in lab.get("space-overlays", "active")] == ["gender", "capitals"]
    labels = lab.get("space-categories", "labels")
    assert {labels[i] for i in lab.get("space-categories", "active")} == {*labels} - {"food", "cities"}
    assert lab.page.is_checked("[name=plane][value=pca]") and lab.page.is_visible("#odd-panel")
    assert lab.page.is_visible("[data-root=space-plane] [aria-label='Reset view']")
    assert state(lab) == {
        "map": dict(on="gender,capitals", off="cities,food", plane="pca", tab="odd", view="0.1,-0.2,3")
    }


def test_another_k_and_a_frame_need_no_python(without_python):
    lab = without_python.open("#dynamics?k=5&frame=120")
    lab.page.wait_for_selector("[data-run='5'][aria-pressed=true]")
    lab.wait("model('dynamics-player').value === 120")
    assert lab.frame_shown() == 120
    assert state(lab) == {"dynamics": {"k": "5", "frame": "120"}}


def test_a_run_with_other_settings_is_trained_when_python_is_there(lab):
    lab.open(f"#dynamics?{K3}").ready()
    lab.page.wait_for_selector("[data-run=yours][aria-pressed=true]")
    lab.wait("model('dynamics-player').value === 120")
    run = {name: lab.column("dynamics-run", name) for name in ("negatives", "seed", "window")}
    assert run == {"negatives": [5], "seed": [3], "window": [3]}
    lab.wait("lab.state().dynamics.frame === '120'")
    link = lab.page.evaluate("lab.link('dynamics')")
    assert link == f"{lab.site}#dynamics?{K3}"


def test_the_run_of_a_link_is_that_of_the_figure(lab):
    """As the package trains it under CPython, within what its coordinates are rounded to."""
    import numpy as np

    from app.figures.dynamics.state import DynamicsState
    from app.figures.dynamics.view import FRAMES
    from embedlab.corpora import toy_corpus
    from embedlab.history import Recorder
    from embedlab.text import Vocabulary, tokenize

    settings = DynamicsState(negatives=5, seed=3)
    sentences = tokenize(settings.corpus)
    recorder = Recorder(sentences, Vocabulary.from_sentences(sentences), settings.config(), FRAMES)
    for _ in recorder:
        pass
    U = recorder.history().U[120]
    lab.open("#dynamics?k=5&seed=3&frame=120").ready()
    lab.wait("model('dynamics-player').value === 120 && model('dynamics-run').get('seed')[0] === 3")
    lab.wait("Math.abs(model('dynamics-points').get('x')[0] - arg) < 1e-3", float(U[0, 0]))
    shown = np.array([lab.column("dynamics-points", axis) for axis in "xy"]).T
    assert toy_corpus().text == settings.corpus
    np.testing.assert_allclose(shown, U, atol=1e-3)


def test_words_pairs_and_questions_are_there_with_python(lab):
    lab.open(
        "#map?words=volcano,river&without=salad&pairs=hot:cold&word=river&sum=paris,france,japan&odd=cat,dog,car&tab=sum"
    ).ready()
    lab.wait("['volcano', 'hot'].every((word) => model('space-words').get('word').includes(word))")
    lab.wait("model('space-sum').get('words').length && model('space-odd-scores').get('word').length")
    lab.wait("document.getElementById('sum-tab').ariaSelected === 'true'")
    words = lab.column("space-words", "word")
    assert "salad" not in words and words[lab.get("space-words", "selected.indices")[0]] == "river"
    assert lab.column("space-answers", "name")[0] == "Tokyo"
    assert lab.column("space-odd-scores", "word")[-1] == "car"
    assert state(lab)["map"] == {
        "words": "volcano,river,hot,cold",
        "without": "salad",
        "pairs": "hot:cold",
        "word": "river",
        "sum": "paris,france,japan",
        "odd": "cat,dog,car",
        "on": "gender,your pairs",
        "tab": "sum",
    }


def test_settings_of_the_training_and_of_panels_reach_python(lab):
    lab.open("#training?corpus=toy-15-words&dim=2&epochs=30&seed=7").ready()
    lab.page.evaluate("location.hash = '#panel-pmi?negatives=5'")
    lab.wait("model('pmi-negatives').value === 5")
    lab.press("Train", "training-actions")
    lab.wait("model('training-readout').get('done')?.[0] > 0 && model('training-frames').get('done').length > 1")
    assert state(lab)["training"] | {"dim": "2", "epochs": "30", "seed": "7"} == state(lab)["training"]
    assert len(lab.column("training-points", "word")) <= 15


def test_a_link_adds_to_what_the_browser_has_kept(lab):
    lab.open().ready()
    lab.page.fill("#word-box", "volcano")
    lab.page.press("#word-box", "Enter")
    lab.wait("model('space-choice').get('choice')[0].includes('volcano')")
    lab.page.click("#kept")
    lab.page.locator("#kept-list li").wait_for()
    lab.page = lab.new_page()
    lab.open("#map?words=river&plane=pca").ready()
    lab.wait("model('space-words').get('word').includes('river')")
    assert {"volcano", "river"} <= set(lab.column("space-words", "word"))
    assert state(lab)["map"]["words"] == "volcano,river"


@pytest.mark.parametrize("width, height", SCREENS)
@pytest.mark.parametrize("fragment, parts", [
    ("#dynamics?k=5&frame=120", ["[data-root=dynamics-plane]", "[data-root=dynamics-player]"]),
    ("#map?on=gender,capitals&plane=pca", ["[data-root=space-plane]"]),
])  # fmt: skip
def test_a_link_to_a_state_lands_on_the_figure_all_of_it_on_screen(browser, site, width, height, fragment, parts):
    lab = Lab(browser, site, viewport={"width": width, "height": height}, has_touch=width < 500)
    lab.page.route("**/static/worker.js*", lambda route: None)
    lab.open(fragment).settled()
    bar = box(lab, ".bar")
    for part in parts:
        at = box(lab, part)
        assert at["y"] >= bar["y"] + bar["height"] - 1 and at["y"] + at["height"] <= height, part
    lab.close()


# -- it follows the user ----------------------------------------------------------------------------------------


def test_the_address_follows_the_user_without_new_entries_in_the_history(without_python):
    lab = without_python.open()
    before = lab.page.evaluate("history.length")
    lab.page.click("[data-run='5']")
    lab.wait("location.hash === '#dynamics?k=5'")
    lab.page.locator("[data-root=dynamics-plane]").press("Home")
    lab.wait("location.hash === '#dynamics?k=5&frame=0'")
    lab.page.locator("#space-category-chips").get_by_label("food").uncheck()
    lab.wait("location.hash === '#map?off=food'")
    lab.page.locator("#noise-exponent").press("Home")
    lab.wait("location.hash === '#panel-noise?exponent=0'")
    assert lab.page.evaluate("history.length") == before
    assert state(lab) == {
        "dynamics": {"k": "5", "frame": "0"},
        "map": {"off": "food"},
        "panel-noise": {"exponent": "0"},
    }
    assert lab.page.evaluate("lab.link()") == lab.page.evaluate("location.href")


def test_what_the_address_says_is_there_again_after_a_reload(without_python):
    lab = without_python.open()
    lab.page.locator("#space-category-chips").get_by_label("food").uncheck()
    lab.wait("location.hash === '#map?off=food'")
    lab.page.reload()
    lab.wait("performance.getEntriesByName('lab-drawn').length")
    assert state(lab) == {"map": {"off": "food"}}


def test_looking_around_changes_no_address(without_python):
    lab = without_python.open("#word2vec")
    lab.page.locator("[data-root=space-plane]").hover()
    lab.page.click("#space-figure .small >> nth=0")
    lab.page.mouse.wheel(0, 2000)
    lab.page.evaluate("new Promise((done) => setTimeout(done, 600))")  # nothing is to happen: longer than REST
    assert hash_of(lab) == "#word2vec"


def test_back_to_a_state_and_a_link_to_another_show_all_of_it(without_python):
    lab = without_python.open("#map?off=food&plane=pca")
    lab.page.evaluate("location.hash = '#map?on=capitals'")
    lab.wait("lab.state().map?.on === 'capitals'")
    assert state(lab) == {"map": {"on": "capitals"}}
    lab.page.go_back()
    lab.wait("lab.state().map?.off === 'food'")
    assert state(lab) == {"map": {"off": "food", "plane": "pca"}}


def test_copy_link_gives_the_address_of_the_figure_as_it_is(browser, site):
    lab = Lab(browser, site, permissions=["clipboard-read", "clipboard-write"])
    lab.page.route("**/static/worker.js*", lambda route: None)
    lab.open("#dynamics?k=15")
    lab.page.wait_for_selector("[data-run='15'][aria-pressed=true]")
    lab.page.click("#dynamics [data-take=link]")
    lab.page.wait_for_selector("#dynamics .take [role=status]:has-text('Copied')")
    assert (
        lab.page.evaluate("navigator.clipboard.readText()")
        == f"{site}#dynamics?k=15"
        == lab.page.evaluate("lab.link('dynamics')")
    )
    lab.page.click("#panel-cost [data-take=link]")
    lab.page.wait_for_selector("#panel-cost .take [role=status]:has-text('Copied')")
    assert lab.page.evaluate("navigator.clipboard.readText()") == f"{site}#panel-cost"
    lab.close()


# -- it believes nothing else -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def visited(browser, site):
    lab = Lab(browser, site)
    lab.page.route("**/static/worker.js*", lambda route: None)
    lab.open()
    yield lab
    lab.close()


@pytest.mark.parametrize("fragment", HOSTILE, ids=lambda fragment: fragment[:40])
def test_what_is_not_understood_is_named_and_only_ever_text(visited, fragment):
    said = HOSTILE[fragment]
    visited.page.evaluate("document.getElementById('alert-close').click()")
    visited.page.evaluate("fragment => { location.hash = fragment }", fragment)
    if said:
        visited.wait("!document.getElementById('alert').hidden")
        assert said in alert(visited)
        assert len(alert(visited)) < 600 and visited.page.locator("#alert-message *").count() == 0
    else:
        assert alert(visited) is None
    assert visited.page.evaluate("[globalThis.hacked, {}.polluted]") == [None, None]
    assert "hacked" not in json.dumps(state(visited)) or said is None
    assert visited.page.locator(".cell .output :text('hacked')").count() == 0


@pytest.mark.parametrize(
    "fragment, shown, said",
    [
        (
            "#map?on=capitals&x=<b>",
            {"map": {"on": "capitals"}},
            "Of this address, some was left out: “x” is not known here.",
        ),
        ("#nowhere?x=1", {}, "This address leads to “nowhere”, which this page does not have."),
        ("#%", {}, None),
    ],
)
def test_a_page_that_is_opened_at_a_bad_address_shows_what_it_understands(without_python, fragment, shown, said):
    lab = without_python.open(fragment)
    assert (state(lab), alert(lab)) == (shown, said)
