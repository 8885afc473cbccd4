"""The training figure while it trains and after: in sight, with the words that the user wants, and its scores."""

import pytest

from tests.browser.conftest import Lab
from tests.browser.test_training import press

PLANE = "document.querySelector('[data-root=training-plane]').getBoundingClientRect()"


@pytest.fixture(scope="module")
def trained(browser, site):
    lab = Lab(browser, site).open("#training").ready()
    lab.set("training-epochs", "value", 1)
    press(lab, "Train", "Trained:")
    yield lab
    lab.close()


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_figure_is_in_sight_where_train_is_pressed(trained, size):
    trained.page.set_viewport_size(dict(zip(("width", "height"), size)))
    trained.settled()
    train = trained.page.locator("[data-root=training-actions]").get_by_role("button", name="Train", exact=True)
    train.evaluate("button => button.scrollIntoView({ block: 'center' })")
    seen = trained.page.evaluate(f"Math.min({PLANE}.bottom, innerHeight) - Math.max({PLANE}.top, 0)")
    assert seen > 0.5 * trained.page.evaluate(f"{PLANE}.height")
    trained.page.set_viewport_size({"width": 1280, "height": 800})


def test_other_words_are_drawn_at_once_in_all_frames(trained):
    field = trained.page.locator("[data-root=training-chosen] input")
    field.first.fill("gold, silver, iron")
    field.first.press("Enter")
    trained.wait("model('training-points').get('word').length === 3")
    field.nth(1).fill("gold")
    field.nth(1).press("Enter")
    trained.wait("model('training-probes').get('word').length === 1")
    assert trained.column("training-points", "word") == ["gold", "silver", "iron"]
    assert len(trained.column("training-frames", "xy")) == len(trained.column("training-frames", "done")) * 6 == 366
    assert trained.page.locator("#training-near tbody tr").count() == 1
    assert trained.page.locator("#training-near tbody td").nth(1).inner_text().endswith(" epochs")
    field.first.fill("gold, unobtainium")
    field.first.press("Enter")
    trained.says("training-chosen-message", "unobtainium")
    assert trained.column("training-points", "word") == ["gold", "silver", "iron"]


def test_scores_are_drawn_while_it_trains(trained):
    epochs, pairs = trained.column("training-scores", "epoch"), trained.column("training-scores", "pairs")
    assert epochs[-1] == pytest.approx(1) and len(epochs) >= 2
    assert pairs[-1] > pairs[0]  # it has learnt something
    told = trained.page.inner_text("#training-scored")
    assert "WordSim-353: ρ 0." in told and "200 analogies" in told and "324 pairs" in told


@pytest.mark.parametrize("typed,kept", [("", 90), ("5000", 91), ("1e9", 92), ("2.5", 93)])
def test_a_number_out_of_range_is_told_and_taken_back(trained, typed, kept):
    field = trained.page.get_by_role("textbox", name="Dimensions D")
    field.fill(str(kept))
    field.press("Tab")
    trained.wait("model('training-dim-message').text.startsWith('Numbers in each vector')")
    field.fill(typed)
    field.press("Tab")
    trained.says("training-dim-message", f"A whole number from 1 to 300: {kept} is kept.")
    trained.wait(f"model('training-dim').value === {kept}")
    assert field.input_value() == str(kept)
    assert trained.page.locator("#alert").is_hidden()


def test_all_words_of_what_was_trained_are_laid_out_by_a_link(trained):
    words = trained.column("models-table", "size")[-1]
    trained.page.locator("#training-next").get_by_role("link", name="All words", exact=True).click()
    assert trained.page.evaluate("location.hash") == "#atlas"
    trained.wait("model('atlas-set').get('epoch')[0] === 200", timeout=90_000)
    trained.wait("document.getElementById('atlas-plane').dataset.words === arg", str(words))
    trained.says("atlas-message", f"{words:,} words, ")
