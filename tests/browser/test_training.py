"""Training on a real corpus: from the button to a model, with stops, own texts and complaints."""

import gzip
import re
import time
from collections import Counter

import numpy as np
import pytest

from tests.browser.conftest import DIST, Lab

HERE = "#training"
DICTIONARY = gzip.decompress((DIST / "data" / "dictionary.txt.bin").read_bytes()).decode().lower()
WORDS = Counter(re.findall(r"[a-z0-9]+(?:(?:['-]|(?<=[0-9]),(?=[0-9]))[a-z0-9]+)*", DICTIONARY))
FREQUENT = {word: count for word, count in WORDS.items() if count >= 5}
SCRIPTS = {  # our own sentences, with a word of each and a word beside it
    "Hindi": ("बिल्ली चटाई पर बैठी है। कुत्ता बिल्ली के पीछे भागा॥ क्या कुत्ता चटाई पर है? ", "बिल्ली"),
    "Arabic": ("جَلَسَتِ القِطَّةُ عَلَى السَّجَّادَةِ. رَكَضَ الكَلْبُ خَلْفَ القِطَّةِ؟ نَامَ الكَلْبُ عَلَى السَّجَّادَةِ. ", "الكَلْبُ"),
    "Chinese": ("猫坐在垫子上。狗跑到猫的后面！狗坐在垫子上吗？", "垫子"),
}


@pytest.fixture(scope="module")
def trained(browser, site):
    """A live page on which the dictionary was trained for one epoch; shared by this file's tests."""
    lab = Lab(browser, site).open().ready()
    lab.set("training-epochs", "value", 1)
    press(lab, "Train", "Trained:")
    yield lab
    lab.close()


def press(lab, button, says, timeout=120_000):
    """Press a button and wait until the message says something new that contains `says`."""
    lab.page.evaluate("Bokeh.documents[0].get_model_by_name('training-message').setv({ text: '' }, { sync: false })")
    lab.press(button, "training-actions")
    lab.says("training-message", says, timeout)


def choose(lab, corpus):
    lab.page.locator(HERE).get_by_role("button", name=corpus, exact=True).click()


def test_the_dictionary_becomes_a_model(trained):
    assert f"{len(FREQUENT):,} words, 100 dimensions" in trained.get("training-message", "text")
    done = trained.column("training-frames", "done")
    assert len(done) == 61 and done[0] == 0 and done == sorted(done)
    assert trained.page.inner_text("#training-done") == "100%"
    loss = trained.column("training-frames", "loss")
    assert loss[0] == pytest.approx(6 * np.log(2)) and loss[-1] < 0.7 * loss[0]


def test_kinds_of_words_gather_on_the_plane(trained):
    """Mean distance within a category against that between all words, in the last frame."""
    xy = np.transpose([trained.column("training-points", "x"), trained.column("training-points", "y")])
    kinds = np.array(trained.column("training-points", "category"))
    distance = np.linalg.norm(xy[:, None] - xy, axis=2)
    same = (kinds[:, None] == kinds) & ~np.eye(len(kinds), dtype=bool)
    assert distance[same].mean() < 0.7 * distance[kinds[:, None] != kinds].mean()


def test_frames_can_be_scrubbed(trained):
    trained.set("training-player", "value", 0)
    first = trained.column("training-points", "x")
    trained.page.locator("[data-root=training-plane]").focus()
    trained.page.keyboard.press("End")
    assert trained.get("training-player", "value") == 60
    assert trained.column("training-points", "x") != first
    assert trained.get("training-cursor", "location") == pytest.approx(1)
    listed = trained.page.locator("#training-near tbody tr").first.inner_text()
    assert listed.split("\t")[1].split(", ") == trained.column("training-frames", "near")[60][0]


def test_stop_keeps_the_model_and_continue_ends_with_the_same_vectors(trained):
    settings = {"dim": 20, "epochs": 2, "seed": 7}
    for name, value in settings.items():
        trained.set(f"training-{name}", "value", value)
    ends = []
    for stops in (False, True):
        if not stops:
            press(trained, "Train", "Trained:")
        else:
            trained.press("Train", "training-actions")
            trained.wait(
                "(([done], [total]) => done > 300000 && done < total)(model('training-readout').get('done'), "
                "model('training-readout').get('total'))"
            )
            press(trained, "Stop", "Stopped at")
            assert 0 < trained.column("training-readout", "done")[0] < trained.column("training-readout", "total")[0]
            press(trained, "Continue", "Trained:")
        ends.append(
            [trained.column("training-frames", name)[-1] for name in ("done", "near")]
            + [trained.column("training-points", "x")]
        )
    assert ends[0][:2] == ends[1][:2]
    np.testing.assert_allclose(ends[0][2], ends[1][2], atol=1e-5)


def test_the_time_is_estimated_and_a_preset_fills_it(trained):
    trained.press("Defaults", "training-settings")
    trained.press("Estimate the time", "training-settings")
    trained.says("training-estimate-message", f"{sum(FREQUENT.values()):,} running words")
    trained.press("1 minute", "training-settings")
    trained.wait("model('training-epochs').value !== 5")
    epochs = trained.get("training-epochs", "value")
    trained.says("training-estimate-message", "on this machine")
    trained.press("20 seconds", "training-settings")
    trained.wait(f"model('training-epochs').value !== {epochs}")
    assert trained.get("training-epochs", "value") == pytest.approx(epochs / 3, abs=1)


@pytest.mark.parametrize(
    "text,complaint",
    [
        ("", "empty"),
        ("word word word word", "only word"),
        ("... !!! ?", "no words"),
        ("one\0two", "NUL"),
        ("x" * 2_000_000, "without a space"),
    ],
)
def test_a_bad_text_is_explained_and_nothing_is_lost(trained, text, complaint):
    frames, seed = trained.column("training-frames", "loss"), trained.get("training-seed", "value")
    choose(trained, "Your own text")
    assert trained.page.locator("#training-own").is_visible()
    trained.set("training-text", "value", text)
    press(trained, "Train", complaint)
    assert trained.column("training-frames", "loss") == frames and trained.get("training-seed", "value") == seed
    choose(trained, "Dictionary")


def test_too_much_memory_is_refused_before_it_is_taken(trained):
    trained.set("training-min_count", "value", 1)
    trained.set("training-dim", "value", 300)
    trained.page.evaluate("window.was = Bokeh.documents[0].get_model_by_name('training-message').text")
    choose(trained, "Your own text")
    words = " ".join(f"w{i}" for i in range(700_000))
    trained.page.set_input_files(
        "[data-file=training-corpus]", {"name": "many.txt", "mimeType": "text/plain", "buffer": words.encode()}
    )
    trained.says("training-message", "many.txt")
    trained.set("training-min_count", "value", 1)
    trained.set("training-dim", "value", 300)
    press(trained, "Train", "lower dim")
    choose(trained, "Dictionary")


def test_a_file_of_the_users_is_read_and_trained_on(trained):
    choose(trained, "Your own text")
    text = "\n".join(
        f"the {a} and the {b} are {c}" for a, b, c in [("cat", "dog", "animals"), ("red", "blue", "colours")] * 200
    )
    for data, name in [(text.encode(), "mine.txt"), (text.encode("utf-16"), "wide.txt")]:
        trained.page.set_input_files(
            "[data-file=training-corpus]", {"name": name, "mimeType": "text/plain", "buffer": data}
        )
        trained.says("training-message", f"{name} (")
        press(trained, "Train", "Trained: 9 words")
        assert set(trained.column("training-points", "word")) <= set(text.split())
    trained.page.set_input_files(
        "[data-file=training-corpus]", {"name": "bad.txt", "mimeType": "text/plain", "buffer": b"one two\nthr\xffee"}
    )
    trained.says("training-message", "bad.txt (")
    press(trained, "Train", "line 2")
    choose(trained, "Dictionary")


def test_the_toy_corpus_and_cbow(trained):
    choose(trained, "Toy: 15 words")
    trained.wait("model('training-min_count').value === 1")
    trained.page.locator(HERE).get_by_role("button", name="CBOW", exact=True).click()
    press(trained, "Train", "Trained: 15 words, 3 dimensions")
    trained.page.locator(HERE).get_by_role("button", name="Skip-gram", exact=True).click()
    choose(trained, "Dictionary")


def test_words_of_the_users_choice(trained):
    choose(trained, "Toy: 15 words")
    trained.set("training-words", "value", "cat, zebra")
    press(trained, "Train", "zebra")
    trained.set("training-words", "value", "cat, dog red")
    trained.set("training-probe-words", "value", "pizza")
    press(trained, "Train", "Trained:")
    assert trained.column("training-points", "word") == ["cat", "dog", "red"]
    assert trained.column("training-probes", "word") == ["pizza"]
    for name in ("words", "probe-words"):
        trained.set(f"training-{name}", "value", "")
    choose(trained, "Dictionary")


def own_field(lab):
    return lab.page.locator("[data-root=training-text] textarea")


def paste(lab, text):
    """Put a text where the cursor is in the field, and leave the field."""
    own_field(lab).focus()
    own_field(lab).select_text()
    lab.page.keyboard.insert_text(text)
    own_field(lab).blur()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_text_in_any_script_goes_from_paste_to_neighbours(trained, script):
    sentences, word = SCRIPTS[script]
    choose(trained, "Your own text")
    paste(trained, sentences * 40)
    trained.says("training-understood-message", f"Your text, {len(sentences) * 40:,} characters: ")
    understood = trained.get("training-understood-message", "text")
    assert word in understood.split("The commonest: ")[1].split("\n")[0].rstrip(".").split(", ")
    press(trained, "Train", "Trained:")
    words = trained.column("training-points", "word")
    assert word in words and all(listed in sentences for listed in words)
    probes, near = trained.column("training-probes", "word"), trained.column("training-frames", "near")[-1]
    assert word in probes and set(near[probes.index(word)]) <= set(words) - {word}
    rows = trained.page.locator("#training-near tbody tr")
    assert rows.count() == len(probes) and word in rows.nth(probes.index(word)).inner_text()
    choose(trained, "Dictionary")


def test_phrases_are_listed_before_training(trained):
    choose(trained, "Your own text")
    paste(trained, " ".join(f"w{i % 8} New York x{i % 8}." for i in range(40)))
    trained.says("training-understood-message", "160 running words")
    trained.set("training-phrases_above", "value", 3)
    trained.says("training-phrases-message", "1 phrase joined: new_york (40).")
    trained.says("training-understood-message", "The commonest: new_york")
    trained.press("Defaults", "training-settings")
    trained.says("training-understood-message", "160 running words")
    choose(trained, "Dictionary")


def test_one_word_on_the_map_trains(trained):
    choose(trained, "Toy: 15 words")
    trained.set("training-words", "value", "cat")
    press(trained, "Train", "Trained:")
    assert trained.column("training-points", "word") == ["cat"] and trained.column("training-points", "x") == [0]
    trained.set("training-words", "value", "")
    choose(trained, "Dictionary")


def test_a_text_over_the_limit_is_said_and_stays_whole(trained):
    choose(trained, "Your own text")
    text = "a b " * 1_250_000 + "c"
    trained.set("training-text", "value", text)
    trained.says("training-understood-message", "up to 5,000,000 characters and the text has 5,000,001", 60_000)
    assert own_field(trained).evaluate("field => field.value.length") == len(text)
    trained.set("training-text", "value", "")
    trained.wait("model('training-understood-message').text === ''")
    choose(trained, "Dictionary")


STORED = """() => new Promise((done) => {
    const asked = indexedDB.open("embedding-lab /some/repo/");
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => done([]);
    asked.onsuccess = () => {
        const all = asked.result.transaction("records").objectStore("records").getAll();
        all.onsuccess = () => { asked.result.close(); done(all.result.map(({ data }) => data)); };
    };
})"""


def wait_until_stored(lab, text):
    """A database answers by promises, which `lab.wait` does not await."""
    end = time.monotonic() + 30
    while lab.page.evaluate(STORED) != [text]:
        assert time.monotonic() < end, "the text was not stored"


def test_the_defaults_and_a_reload_keep_the_text_and_undo_brings_one_back(lab):
    lab.open("#training").ready()
    choose(lab, "Your own text")
    own_field(lab).focus()
    text = "The cat sat. A dog sat on the mat."
    lab.page.keyboard.type(text)
    lab.press("Defaults", "training-settings")
    lab.says("training-understood-message", "Your text, 34 characters")
    assert own_field(lab).input_value() == text
    own_field(lab).focus()
    lab.page.keyboard.press("Control+z")
    assert own_field(lab).input_value() != text  # the field's own undo
    lab.page.keyboard.press("Control+Shift+z")
    assert own_field(lab).input_value() == text
    file = {"name": "mine.txt", "mimeType": "text/plain", "buffer": b"red blue red blue."}
    lab.page.set_input_files("[data-file=training-corpus]", file)
    lab.says("training-understood-message", "mine.txt, 18 bytes: 4 running words, a vocabulary of 2.")
    assert own_field(lab).input_value() == ""
    own_field(lab).focus()
    lab.page.keyboard.press("Control+z")
    lab.says("training-understood-message", "Your text, 34 characters")
    assert own_field(lab).input_value() == text
    wait_until_stored(lab, text)
    lab.page.reload()
    lab.wait("performance.getEntriesByName('lab-drawn').length")
    lab.ready()
    choose(lab, "Your own text")
    lab.says("training-understood-message", "Your text, 34 characters")
    assert own_field(lab).input_value() == text


def test_the_defaults_of_the_first_figure_keep_its_corpus_and_undo_brings_one_back(lab):
    lab.open().ready()
    first, text = lab.get("dynamics-corpus", "value"), "one two three\nthree two"
    lab.page.click("#dynamics-train-tab")
    field = lab.page.locator("[data-root=dynamics-training] textarea")
    field.select_text()
    lab.page.keyboard.insert_text(text)
    field.blur()
    lab.set("dynamics-window", "value", 1)
    lab.press("Defaults", "dynamics-training")
    lab.wait("model('dynamics-window').value !== 1")
    assert lab.get("dynamics-corpus", "value") == field.input_value() == text
    lab.press("Toy corpus", "dynamics-training")
    lab.wait("model('dynamics-corpus').value === arg", first)
    assert field.input_value() == first
    field.focus()
    lab.page.keyboard.press("Control+z")
    assert lab.get("dynamics-corpus", "value") == field.input_value() == text
    wait_until_stored(lab, text)
    lab.open().ready()
    lab.wait("model('dynamics-corpus').value === arg", text)
