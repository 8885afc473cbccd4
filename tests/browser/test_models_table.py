"""The table of models: every training stays there, under a name that can be changed, until it is removed."""

import numpy as np
import pytest
from gensim.models import KeyedVectors

from tests.browser.conftest import NO_VIOLATIONS, Lab
from tests.browser.test_models import choose, load, tick

TOY = "Toy: 15 words · 3-d · window 3 · 20 epochs"
NAMES = ["GloVe", TOY, f"{TOY} (2)", TOY.replace("20 epochs", "30 epochs")]
LAST = NAMES[-1]


def train(lab, epochs):
    lab.set("training-epochs", "value", epochs)
    lab.page.evaluate("Bokeh.documents[0].get_model_by_name('training-message').setv({ text: '' }, { sync: false })")
    lab.press("Train", "training-actions")
    lab.says("training-message", "Trained:")


@pytest.fixture(scope="module")
def trained(browser, site):
    """A live page on which the toy corpus was trained on three times; the tests share it, in their order."""
    lab = Lab(browser, site).open().ready()
    assert lab.page.locator("#training-next").is_hidden()
    lab.page.locator("#training").get_by_role("button", name="Toy: 15 words", exact=True).click()
    lab.wait("model('training-min_count').value === 1")
    for epochs in (20, 20, 30):
        train(lab, epochs)
    yield lab
    lab.close()


def names(lab):
    return lab.page.locator("#models-table tbody .model-name").all_inner_texts()


def next_link(lab, text):
    lab.page.locator("#training-next").get_by_role("link", name=text).click()


def rename(lab, name, new, key="Enter"):
    lab.page.get_by_role("button", name=f"Rename {name}", exact=True).click()
    field = lab.page.get_by_role("textbox", name=f"New name of {name}", exact=True)
    assert field.evaluate("field => field === document.activeElement && field.selectionEnd === field.value.length")
    field.fill(new)
    field.press(key)


def remove(lab, name):
    lab.page.get_by_role("button", name=f"Remove {name}", exact=True).click()


def test_every_training_stays(trained):
    assert names(trained) == NAMES and trained.get("space-vectors", "options") == NAMES
    row = trained.page.locator("#models-table tbody tr").nth(3).inner_text()
    assert "Skip-gram, 5 negatives" in row and "15 × 3" in row
    loss = trained.column("training-frames", "loss")[-1]  # of a pair: a term for it, and one for each negative
    assert f"{loss / 6:.3f}" in row
    assert trained.column("models-table", "chosen") == [True, False, False, True]  # the last beside GloVe
    glove, toy = 2 * 4 * 50_000 * 50, 3 * 4 * 15 * 3  # u, v, and the chosen ones of length 1
    assert trained.column("models-table", "bytes") == [glove, toy, toy, toy]
    assert "4 models together: 20 MB" in trained.page.inner_text("#models-table tfoot")


def test_what_a_training_made_is_on_the_map_with_its_neighbours(trained):
    assert trained.page.inner_text("#training-next-name") == LAST
    next_link(trained, "See it on the map")
    trained.says("space-source-message", f"{LAST}: 15 words, 3 numbers each")
    assert trained.get("space-vectors", "value") == LAST and trained.page.evaluate("location.hash") == "#map"
    assert len(trained.column("space-words", "word")) == 15
    trained.show_tab("keeps")
    next_link(trained, "Neighbours")
    assert trained.page.locator("#near-tab").get_attribute("aria-selected") == "true"


def test_what_a_training_made_is_scored_saved_and_compared(trained):
    tick(trained, "GloVe")
    next_link(trained, "Score")
    trained.says("models-score-message", "Scoring GloVe")
    trained.press("Stop", "models-scoring")
    trained.says("models-score-message", "Stopped")
    assert trained.column("models-table", "chosen") == [True, False, False, True]
    with trained.page.expect_download() as download:
        next_link(trained, "Save")
    assert download.value.suggested_filename == "Toy-15-words-3-d-window-3-30-epochs.txt"
    trained.says("models-file-message", "is saved as")
    tick(trained, TOY)
    next_link(trained, "Compare")
    trained.wait("model('models-titles').get('a').length")
    assert [trained.column("models-titles", side) for side in "ab"] == [[TOY], [LAST]]


def test_two_ticked_models_open_side_by_side(trained):
    tick(trained, f"{TOY} (2)", LAST)
    trained.press("Compare", "models-choice")
    trained.wait(f"model('models-titles').get('a')[0] === '{TOY} (2)'")
    for side, name in (("a", f"{TOY} (2)"), ("b", LAST)):
        assert trained.page.inner_text(f"#models-{side}-title") == name
    for ticked, count in ((["GloVe"], 1), (NAMES[:3], 3)):
        tick(trained, *ticked)
        trained.press("Compare", "models-choice")
        trained.says("models-compare-message", f"Choose two models: tick their boxes in the table. Now {count} are")
    tick(trained, f"{TOY} (2)", LAST)


def test_a_choice_of_table_is_what_is_saved_and_on_the_map(trained):
    lists = trained.page.locator("#models-table").get_by_role("combobox")
    assert lists.count() == 3  # none for GloVe
    saved, drawn = {}, {"u": trained.column("space-words", "x")}
    for table, label in [("v", "contexts v"), ("sum", "sum u + v"), ("u", "centres u")]:
        choice = trained.page.get_by_role("combobox", name=f"Table of {LAST}", exact=True)
        choice.focus()
        choice.select_option(label)
        title = LAST if table == "u" else f"{LAST} · {label}"
        trained.says("space-source-message", f"{title}: 15 words")
        trained.wait("model('models-table').get('table')[3] === arg", table)
        assert trained.page.evaluate("document.activeElement.ariaLabel") == f"Table of {LAST}"
        assert choice.input_value() == table
        trained.wait("String(Array.from(model('space-words').get('x'))) !== String(arg)", list(drawn.values())[-1])
        drawn[table] = trained.column("space-words", "x")
        with trained.page.expect_download() as download:
            trained.page.get_by_role("button", name=f"Save {LAST}", exact=True).click()
        trained.says("models-file-message", f"{title} is saved as")
        saved[table] = KeyedVectors.load_word2vec_format(download.value.path()).vectors
    assert len({tuple(x) for x in drawn.values()}) == 3
    assert np.allclose(saved["u"] + saved["v"], saved["sum"], atol=1e-5) and not np.allclose(saved["u"], saved["v"])
    assert trained.column("models-table", "chosen") == [False, False, True, True]  # as they were


def test_a_new_name_goes_wherever_the_model_is(trained):
    words = trained.column("space-words", "word")
    rename(trained, LAST, "mine")
    trained.wait("model('models-table').get('name')[3] === 'mine'")
    assert trained.page.evaluate("document.activeElement.ariaLabel") == "Rename mine"
    trained.wait("model('models-titles').get('b')[0] === 'mine' && model('training-result').get('name')[0] === 'mine'")
    assert trained.page.inner_text("#models-b-title") == trained.page.inner_text("#training-next-name") == "mine"
    assert "nearest in mine" in trained.page.inner_text("#models-changes thead")
    trained.says("space-source-message", "mine: 15 words")
    assert trained.get("space-vectors", "value") == "mine"
    assert trained.get("space-vectors", "options") == [*NAMES[:3], "mine"]
    assert trained.column("space-words", "word") == words
    assert trained.column("models-table", "chosen") == [False, False, True, True]


def test_a_name_that_is_taken_gets_a_number_and_esc_keeps_the_old_one(trained):
    rename(trained, TOY, "mine")
    trained.wait("model('models-table').get('name')[1] === 'mine (2)'")
    rename(trained, "mine (2)", "other", key="Escape")
    assert names(trained)[1] == "mine (2)"
    rename(trained, "mine (2)", " ")
    trained.says("models-table-message", "A model needs a name: type one.")
    assert names(trained) == ["GloVe", "mine (2)", f"{TOY} (2)", "mine"]


def test_the_table_is_accessible_and_fits_a_phone(trained):
    for width in (390, 1280):
        trained.page.set_viewport_size({"width": width, "height": 844})
        assert trained.page.evaluate("document.documentElement.scrollWidth") <= width
        assert trained.violations("#models") == trained.violations("#training") == NO_VIOLATIONS
    trained.page.emulate_media(color_scheme="light")


def test_the_keyboard_ticks_and_removes_and_the_focus_stays(trained):
    box = trained.page.get_by_role("checkbox", name="mine (2)", exact=True)
    box.focus()
    trained.page.keyboard.press("Space")
    trained.wait("model('models-table').get('chosen')[1]")
    assert trained.page.evaluate("document.activeElement.dataset.name") == "mine (2)"
    trained.page.get_by_role("button", name="Remove mine (2)", exact=True).focus()
    trained.page.keyboard.press("Enter")
    trained.says("models-table-message", "mine (2) is removed")
    assert names(trained) == ["GloVe", f"{TOY} (2)", "mine"]
    assert trained.page.evaluate("document.activeElement.ariaLabel") == f"Remove {TOY} (2)"
    assert trained.column("models-titles", "b") == ["mine"]  # it was not one of the two


def test_a_removed_model_leaves_every_figure(trained):
    remove(trained, "mine")
    trained.says("models-table-message", "mine is removed")
    trained.wait("model('space-vectors').value === 'GloVe' && model('space-words').get('word').includes('nyc')")
    assert trained.get("space-vectors", "options") == names(trained) == ["GloVe", f"{TOY} (2)"]
    trained.page.locator("#models-pair").wait_for(state="hidden")
    assert trained.page.locator("#training-next").is_hidden()
    assert "2 models together" in trained.page.inner_text("#models-table tfoot")
    assert trained.page.get_by_role("button", name="Remove GloVe").count() == 0


def test_a_replaced_name_is_free_again(trained):
    load(trained, "tiny.txt", b"cat 1 2\ndog 2 1\nred 1 1\n")
    trained.says("models-file-message", "tiny.txt is loaded: 3 words")
    choose(trained, "space-source", "tiny.txt")
    trained.says("space-source-message", "tiny.txt: 3 words")
    remove(trained, "tiny.txt")
    trained.wait("model('space-vectors').value === 'GloVe'")
    load(trained, "tiny.txt", b"cat 1 2\ndog 2 1\n")
    trained.says("models-file-message", "tiny.txt is loaded: 2 words")
