"""What the browser keeps for the user: back after a reload, whole or not at all, in real IndexedDB."""

import io
import json
import time
import zipfile

import numpy as np
import pytest

from tests.browser.cells import Cell
from tests.browser.conftest import NO_VIOLATIONS, Lab

DATABASE = "embedding-lab /some/repo/"
STORE = """(names) => new Promise((done, fail) => {
    const asked = indexedDB.open("embedding-lab /some/repo/", 1);
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => done([]);
    asked.onsuccess = () => {
        const all = asked.result.transaction("records").objectStore("records").getAll();
        all.onerror = () => fail(all.error);
        all.onsuccess = () => { asked.result.close(); done(all.result.map(({ data, ...rest }) => rest)); };
    };
})"""


def kept(lab):
    """{id: record without its data} of the database."""
    return {record["id"]: record for record in lab.page.evaluate(STORE)}


def eventually(what, condition):
    """Wait until a condition() of the database holds: promises are not awaited by `lab.wait`."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def change(lab, script):
    """Run a script with the store of records, as `store`, in the database."""
    lab.page.evaluate(
        """(script) => new Promise((done, fail) => {
        const asked = indexedDB.open("embedding-lab /some/repo/", 1);
        asked.onerror = () => fail(asked.error);
        asked.onsuccess = () => {
            const transaction = asked.result.transaction("records", "readwrite");
            const store = transaction.objectStore("records"), all = store.getAll();
            all.onsuccess = () => {
                const [what, value] = script;
                for (const record of all.result) {
                    if (what === "version") record.version = value;
                    const { data } = record, half = (data.size ?? data.length) >> 1;
                    if (what === "half") record.data = data.slice(0, half);
                    if (what === "flip") record.data = record.data.replace(value[0], value[1]);
                    store.put(record);
                }
            };
            transaction.oncomplete = () => { asked.result.close(); done(); };
        };
    })""",
        script,
    )


def train(lab, corpus="Toy: 15 words", **settings):
    lab.set("training-corpus", "active", lab.get("training-corpus", "labels").index(corpus))
    lab.wait("!model('training-train').disabled")
    for name, value in settings.items():
        lab.set(f"training-{name}", "value", value)
    count = len(names(lab))
    lab.press("Train", "training-actions")
    lab.wait("model('models-table').get('name').length > arg && model('training-stop').disabled", count, 120_000)
    return lab.column("training-result", "name")[0]


def reload(lab):
    """The same address again: `open` would only jump to its fragment."""
    lab.page.reload()
    lab.wait("performance.getEntriesByName('lab-drawn').length")
    return lab.ready()


def names(lab):
    return lab.column("models-table", "name")


def open_list(lab):
    if not lab.page.locator("#kept-panel").is_visible():
        lab.page.click("#kept")
    lab.page.locator("#kept-about", has_text="on this device only").wait_for()
    return lab.page.locator("#kept-list li")


def entry(lab, name):
    return open_list(lab).filter(has_text=name)


def said(lab, text):
    lab.page.locator("#kept-said", has_text=text).wait_for()


def type_text(lab, text):
    lab.set("training-corpus", "active", 3)
    field = lab.page.locator("[data-root=training-text] textarea")
    field.focus()
    lab.page.keyboard.insert_text(text)
    eventually("the text is kept", lambda: "text:training-text" in kept(lab))


# -- a reload ----------------------------------------------------------------------------------------------------


def test_nothing_is_made_before_the_user_did_something(lab):
    lab.open().ready().settled()
    lab.page.click("#kept")
    lab.page.locator("#kept-about", has_text="Nothing yet").wait_for()
    assert lab.page.evaluate("indexedDB.databases()") == []
    assert lab.page.evaluate("Object.keys(localStorage)") == []


def test_models_texts_words_cells_and_progress_are_back_after_a_reload(lab):
    lab.open().ready()
    name = train(lab)
    type_text(lab, "The cat sat on the mat.")
    file = {"name": "mine.txt", "mimeType": "text/plain", "buffer": b"2 2\nred 1 0\nblue 0 1\n"}
    lab.page.set_input_files("[data-file=models-file]", file)
    lab.wait("Array.from(model('models-table').get('name')).includes('mine.txt')")
    lab.page.evaluate("document.querySelector('#word-form input').scrollIntoView()")
    lab.page.fill("#word-form input", "volcano")
    lab.page.keyboard.press("Enter")
    lab.wait("Array.from(model('space-words').get('word')).includes('volcano')", timeout=60_000)
    Cell(lab, "lookup").open().write("mine = 1")
    kinds = ["cell", "map", "model", "model", "text"]
    eventually("all is kept", lambda: sorted(record["kind"] for record in kept(lab).values()) == kinds)
    sizes = {record["name"]: record["bytes"] for record in kept(lab).values()}
    reload(lab)
    lab.wait("model('models-table').get('name').length === 3")
    assert names(lab) == ["GloVe", name, "mine.txt"]
    lab.wait("Array.from(model('space-words').get('word')).includes('volcano')", timeout=60_000)
    assert lab.get("training-text", "value") == "The cat sat on the mat."
    assert Cell(lab, "lookup").open().text == "mine = 1"
    assert {record["name"]: record["bytes"] for record in kept(lab).values()} == sizes  # nor was anything doubled
    lines = open_list(lab)
    assert lines.count() == 5
    texts = lines.all_inner_texts()
    assert all("since" in text and "Download" in text and "Delete" in text for text in texts)
    assert any(name in text and "model · 15 words" in text for text in texts)
    assert lab.violations("#kept-panel") == NO_VIOLATIONS


def test_a_renamed_model_and_its_table_are_back_and_a_removed_one_is_not(lab):
    lab.open().ready()
    name = train(lab)
    lab.page.select_option(f"select[aria-label='Table of {name}']", "sum")
    lab.page.click(f"button[aria-label='Rename {name}']")
    lab.page.keyboard.type("renamed")
    lab.page.keyboard.press("Enter")
    other = train(lab)
    eventually("both are kept", lambda: {r["name"] for r in kept(lab).values()} == {"renamed", other})
    lab.page.click(f"button[aria-label='Remove {other}']")
    eventually("one is kept", lambda: [r["name"] for r in kept(lab).values()] == ["renamed"])
    reload(lab)
    lab.wait("model('models-table').get('name').length === 2")
    assert names(lab) == ["GloVe", "renamed"] and lab.column("models-table", "table")[1] == "sum"


def test_a_text_on_its_way_when_the_page_is_left_arrives(lab):
    lab.open().ready()
    field = lab.page.locator("[data-root=dynamics-training] textarea")
    lab.page.click("#dynamics-train-tab")
    field.select_text()
    lab.page.keyboard.insert_text("one two")
    lab.page.reload()  # at once
    lab.wait("performance.getEntriesByName('lab-drawn').length")
    lab.wait("model('dynamics-corpus').value === 'one two'")
    eventually("it is kept", lambda: [r["bytes"] for r in kept(lab).values()] == [7])
    assert lab.page.evaluate("Object.keys(localStorage)") == []


def test_what_an_earlier_version_kept_is_taken_over_once(lab):
    lab.page.add_init_script("""
        if (!sessionStorage.seeded) {
            sessionStorage.seeded = 1;
            localStorage["cell:lookup"] = JSON.stringify({ text: "mine = 1", original: "00000000" });
            localStorage.exercises = JSON.stringify({ analogy: { solved: true } });
            localStorage.theme = "dark";
        }""")
    lab.open_without_python()
    eventually("both are kept", lambda: kept(lab).keys() == {"cell:lookup", "exercises"})
    assert lab.page.evaluate("Object.keys(localStorage)") == ["theme"]
    assert Cell(lab, "lookup").open().text == "mine = 1"


def test_other_pages_of_the_host_have_their_own(lab):
    lab.open().ready()
    train(lab)
    eventually("it is kept", lambda: len(kept(lab)) == 1)
    assert [one["name"] for one in lab.page.evaluate("indexedDB.databases()")] == [DATABASE]
    assert DATABASE.split(" ")[1] == lab.page.evaluate("location.pathname")


# -- a training that is interrupted ------------------------------------------------------------------------------

WORKERS = """
    globalThis.workers = [];
    globalThis.Worker = class extends Worker {
        constructor(...all) { super(...all); workers.push(this); }
    };
"""
SETTINGS = {"dim": 20, "epochs": 15}


def press_train(lab):
    lab.wait("!model('training-train').disabled")
    for name, value in SETTINGS.items():
        lab.set(f"training-{name}", "value", value)
    lab.press("Train", "training-actions")
    lab.wait("!model('training-stop').disabled")


def begin(lab, until):
    """Train on the dictionary until a checkpoint beyond so many per cent is kept; gives its record."""
    lab.set("training-corpus", "active", 0)
    press_train(lab)
    found = {}

    def there():
        found.update({r["id"]: r for r in kept(lab).values() if r["kind"] == "training"})
        return any(int(r["note"].split()[0]) > until for r in found.values())

    eventually("a checkpoint is kept", there)
    [record] = found.values()
    return record


def finished(lab):
    """The numbers of the last training, from the file that it is saved as, once it has come to its end."""
    lab.wait("model('training-message').text.startsWith('Trained')", timeout=240_000)
    lab.set("models-form", "value", "word2vec-binary")
    with lab.page.expect_download() as download:
        lab.page.locator("#models-table button", has_text="Save").last.click()
    return download.value.path().read_bytes()


def go_on(lab):
    button = lab.page.locator("#training-kept button", has_text="Go on from")
    button.wait_for(timeout=60_000)
    part = int(button.inner_text().split()[3])
    button.click()
    return part


def test_a_training_goes_on_after_its_worker_was_killed_and_after_a_reload_to_the_same_vectors(noisy_lab):
    lab = noisy_lab
    lab.page.add_init_script(WORKERS)
    lab.open("#training").ready()
    before = begin(lab, 0)
    lab.page.evaluate("workers[0].terminate()")
    assert lab.page.locator("#training-kept").is_hidden()
    lab.page.locator("#alert-message", has_text="has not answered").wait_for(timeout=60_000)
    lab.page.click("#alert-retry")
    lab.ready()
    assert lab.page.locator("#training-kept").inner_text().startswith(before["name"])
    part = go_on(lab)
    assert part >= int(before["note"].split()[0])
    lab.wait(f"parseInt(document.getElementById('training-done').textContent) > {part}", timeout=60_000)
    done = lambda: [int(r["note"].split()[0]) for r in kept(lab).values() if r["kind"] == "training"]  # noqa: E731
    eventually("it is kept on", lambda: done() and done()[0] > part)
    reload(lab)  # and once more
    assert go_on(lab) > part
    again = finished(lab)
    eventually("only the model is kept", lambda: [r["kind"] for r in kept(lab).values()] == ["model"])
    lab.page.click("[aria-label^='Remove Dictionary']")
    lab.wait("model('models-table').get('name').length === 1")
    press_train(lab)
    assert finished(lab) == again  # as without an interruption


def test_a_training_that_was_stopped_can_go_on_after_a_reload_and_be_forgotten(lab):
    lab.open("#training").ready()
    begin(lab, -1)
    lab.press("Stop", "training-actions")
    lab.says("training-message", "Stopped at")
    assert lab.page.locator("#training-kept").is_hidden()  # Continue is there
    eventually("model and training are kept", lambda: len(kept(lab)) == 3)
    reload(lab)
    lab.wait("model('models-table').get('name').length === 2")
    [line] = [text for text in open_list(lab).all_inner_texts() if "training under way" in text]
    assert "Go on from" in line and "% done" in line
    lab.page.keyboard.press("Escape")
    lab.page.get_by_role("button", name="Forget it").click()
    eventually("only the model is kept", lambda: [r["kind"] for r in kept(lab).values()] == ["model"])
    assert "Go on" not in lab.page.locator("#training-kept").inner_text()
    lab.page.locator("#training-kept button", has_text="Undo").click()
    lab.page.locator("#training-kept button", has_text="Go on from").wait_for()
    eventually("all is kept again", lambda: len(kept(lab)) == 3)


# -- two tabs ----------------------------------------------------------------------------------------------------


def other_tab(lab):
    tab = object.__new__(Lab)
    tab.__dict__ |= lab.__dict__ | {"page": lab.new_page()}
    return tab.open("#training").ready()


def test_two_tabs_keep_their_own_models_and_one_leaves_the_training_of_the_other_alone(lab):
    lab.open("#training").ready()
    second = other_tab(lab)
    first_name = train(lab)
    second_name = train(second)
    assert first_name == second_name  # though they are two
    eventually("both are kept", lambda: len(kept(lab)) == 2)
    begin(lab, -1)
    assert open_list(second).filter(has_text="training under way").count() == 1  # told by the other tab
    assert "Go on from" not in entry(second, "training under way").inner_text()
    assert second.page.locator("#training-kept").is_hidden()
    second.page.close()
    third = other_tab(lab)
    third.wait("model('models-table').get('name').length === 3")
    assert third.page.locator("#training-kept").is_hidden()
    lab.page.close()  # in the middle of its training
    reload(third)
    third.page.locator("#training-kept button", has_text="Go on from").wait_for()


# -- no room, no storage, damage -----------------------------------------------------------------------------------


def load_model(lab, name, V, D):
    """Load a file of so many words and numbers; gives its name."""
    rows = "\n".join(f"w{i} " + " ".join(["1"] * D) for i in range(V))
    file = {"name": name, "mimeType": "text/plain", "buffer": f"{V} {D}\n{rows}\n".encode()}
    lab.page.set_input_files("[data-file=models-file]", file)
    lab.wait("Array.from(model('models-table').get('name')).includes(arg)", name)
    return name


def test_a_full_storage_is_said_once_and_leaves_what_was_there(noisy_lab):
    lab = noisy_lab
    lab.open().ready()
    cdp, origin = lab.context.new_cdp_session(lab.page), lab.page.evaluate("location.origin")
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 300_000})
    first = train(lab)
    type_text(lab, "before")
    eventually("both are kept", lambda: len(kept(lab)) == 2)
    before = kept(lab)
    second = load_model(lab, "large.txt", 5000, 50)
    lab.page.locator("#alert-message", has_text="storage for this page is full").wait_for()
    assert f"“{second}” lasts until this tab is closed" in lab.page.inner_text("#alert-message")
    lab.page.click("#alert-retry")
    assert lab.page.locator("#kept-panel").is_visible() and lab.page.inner_text("#alert-retry") == "Show the list"
    assert "only in this tab" in entry(lab, second).inner_text()
    assert "since" in entry(lab, first).inner_text()
    with lab.page.expect_download() as download:
        entry(lab, second).get_by_role("button", name="Download").click()
    assert np.load(download.value.path())["vectors"].shape == (5000, 50)
    lab.page.click("#alert-close")
    third = load_model(lab, "larger.txt", 6000, 50)
    entry(lab, third).filter(has_text="only in this tab").wait_for()
    assert lab.page.locator("#alert").is_hidden()  # once
    assert kept(lab) == before
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    entry(lab, first).get_by_role("button", name="Delete").click()  # makes room: the others are kept now
    eventually(
        "there is room", lambda: {r["name"] for r in kept(lab).values()} == {second, third, "Your text, Figure 3"}
    )
    assert lab.page.locator("#kept-list", has_text="only in this tab").count() == 0
    assert lab.page.locator("#kept[data-state]").count() == 0


DENIED = {
    "no database": "indexedDB.open = () => { throw new DOMException('denied', 'SecurityError'); }",
    "no indexedDB": "Object.defineProperty(globalThis, 'indexedDB', { value: undefined })",
}


@pytest.mark.parametrize("how", ["no database", "no indexedDB"])
def test_a_storage_that_is_denied_is_said_once_and_the_page_works(noisy_lab, how):
    lab = noisy_lab
    lab.page.add_init_script(DENIED[how])
    lab.open().ready()
    assert lab.page.locator("#alert").is_hidden()  # there is nothing to keep yet
    name = train(lab)
    lab.page.locator("#alert-message", has_text="This browser keeps nothing for this page").wait_for()
    lab.page.click("#alert-close")
    lab.set("training-text", "value", "mine")
    lab.wait("model('training-text').value === 'mine'")
    assert "only in this tab" in entry(lab, name).inner_text()
    assert lab.page.locator("#alert").is_hidden()
    with lab.page.expect_download() as download:
        lab.page.click("#kept-export")
    with zipfile.ZipFile(download.value.path()) as archive:
        assert {one["name"] for one in json.loads(archive.read("kept.json"))["list"]} == {name, "Your text, Figure 3"}


NO_BLOBS = """{
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, ...key) {
        if (value.data instanceof Blob) throw new DOMException("no Blobs here", "UnknownError");
        return put.call(this, value, ...key);
    };
}"""


def test_where_no_blobs_are_stored_a_model_is_kept_by_its_bytes(lab):
    lab.page.add_init_script(NO_BLOBS)
    name = train(lab.open().ready())
    entry(lab, name).wait_for()
    assert lab.page.locator("#alert").is_hidden()
    lab.page.reload()
    lab.ready().wait("Array.from(model('models-table').get('name')).includes(arg)", name)


def spoilt(lab, what, value=None):
    """A page that was left with a model and a text, of whose records something is another one; its names."""
    lab.open().ready()
    name = train(lab)
    type_text(lab, "The cat sat.")
    eventually("both are kept", lambda: len(kept(lab)) == 2)
    change(lab, [what, value])
    reload(lab)
    return name


@pytest.mark.parametrize(
    "what, value, why", [("half", None, "cut off half-way"), ("version", 99, "A newer version of this page wrote it")]
)
def test_half_a_record_and_one_of_a_newer_version_are_never_taken_for_whole(lab, what, value, why):
    name = spoilt(lab, what, value)
    before = kept(lab)
    assert names(lab) == ["GloVe"] and lab.get("training-text", "value") == ""
    for one in (name, "Your text, Figure 3"):
        assert why in entry(lab, one).inner_text() and "Open" not in entry(lab, one).inner_text()
    assert kept(lab) == before  # it is the user's to delete
    if what == "version":
        lab.set("training-text", "value", "mine")
        lab.page.locator("#alert-message", has_text="newer version").wait_for()
        assert kept(lab) == before
    entry(lab, name).get_by_role("button", name="Delete").click()
    eventually("it is deleted", lambda: len(kept(lab)) == 1)


def test_another_byte_in_a_text_is_seen(lab):
    lab.open().ready()
    type_text(lab, "The cat sat.")
    change(lab, ["flip", ["cat", "car"]])
    reload(lab)
    assert lab.get("training-text", "value") == ""
    assert "damaged" in entry(lab, "Your text").inner_text()


# -- the list, export and import -----------------------------------------------------------------------------------


def test_what_is_deleted_can_be_undone_each_and_all(lab):
    lab.open().ready()
    name = train(lab)
    type_text(lab, "The cat sat.")
    before = kept(lab)
    entry(lab, name).get_by_role("button", name="Delete").click()
    said(lab, f"“{name}” is deleted.")
    lab.wait("model('models-table').get('name').length === 1")
    lab.page.locator("#kept-said button").click()
    lab.wait("model('models-table').get('name').length === 2")
    lab.page.click("#kept-clear")
    lab.wait("model('models-table').get('name').length === 1")
    eventually("nothing is kept", lambda: kept(lab) == {})
    assert lab.get("training-text", "value") == ""
    lab.page.locator("#kept-said button").click()
    lab.wait("model('models-table').get('name').length === 2")
    assert lab.get("training-text", "value") == "The cat sat."
    eventually("all is kept", lambda: kept(lab).keys() == before.keys())
    assert {id: r["since"] for id, r in kept(lab).items()} == {id: r["since"] for id, r in before.items()}


def exported(lab):
    open_list(lab)
    with lab.page.expect_download() as download:
        lab.page.click("#kept-export")
    return download.value.path().read_bytes()


def bring_back(lab, data, says):
    open_list(lab)
    lab.page.set_input_files("#kept-import", {"name": "kept.zip", "mimeType": "application/zip", "buffer": data})
    said(lab, says)


def packed(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_all_as_one_file_and_back_elsewhere_and_not_twice(lab, browser, site):
    lab.open().ready()
    name = train(lab)
    type_text(lab, "The cat sat.")
    data = exported(lab)
    bring_back(lab, data, "2 here already")
    assert len(kept(lab)) == 2 and names(lab) == ["GloVe", name]
    other = Lab(browser, site).open().ready()
    for says in ("2 brought back.", "2 here already, or newer here."):
        bring_back(other, data, says)
    other.wait("model('models-table').get('name').length === 2")
    assert names(other) == ["GloVe", name] and other.get("training-text", "value") == "The cat sat."
    assert kept(other) == kept(lab)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    listed = json.loads(files["kept.json"])
    [model] = [one["file"] for one in listed["list"] if one["kind"] == "model"]
    before = kept(other)

    def with_list(**changes):
        return files | {"kept.json": json.dumps({"version": 1, "list": [one | changes for one in listed["list"]]})}

    flipped = files[model][:300] + bytes([files[model][300] ^ 1]) + files[model][301:]
    refused = "nothing was brought back"
    for hostile, says in [
        (data[: len(data) // 2], refused),
        (b"<!doctype html>", refused),
        (packed({}), refused),
        (packed({"kept.json": "{"}), refused),
        (packed({"kept.json": '{"version": 1, "list": [null]}'}), refused),
        (packed(files | {model: flipped}), refused),
        (packed({one: text for one, text in files.items() if one != model}), refused),
        (packed(with_list(id="../x")), refused),
        (packed(with_list(kind="constructor")), refused),
        (packed(with_list(file="__proto__")), refused),
        (packed(with_list(name={"a": 1})), refused),
        (packed(files | {"kept.json": '{"version": 2, "list": []}'}), "newer version"),
    ]:
        bring_back(other, hostile, says)
        other.page.evaluate("document.getElementById('kept-said').replaceChildren()")
    assert kept(other) == before
    other.close()


def test_a_hostile_name_is_only_text(lab):
    lab.open().ready()
    name = '<img src=x onerror="document.title=1">'
    data = b"x"
    about = dict(
        id="1", kind="map", name=name, note="<b>", version=1, since=1, saved=1, file="1.json", bytes=1, crc=2363233923
    )
    bring_back(lab, packed({"kept.json": json.dumps(dict(version=1, list=[about])), "1.json": data}), "1 brought back")
    assert name in entry(lab, name).inner_text()
    assert lab.page.title().startswith("Embedding Lab") and lab.page.locator("#kept-panel img").count() == 0
