"""A figure's picture and its animation are made in each engine; the files are caught before they are saved."""

import pytest

ROW = ".take[data-of=dynamics]"
CATCH = """(() => {
    globalThis.caught = [];
    HTMLAnchorElement.prototype.click = function () {
        fetch(this.href).then((answer) => answer.blob())
            .then(({ size, type }) => caught.push([this.download, size > 5000, type]));
    };
    return true;
})()"""
CHOOSE = """((name, value) => {{
    document.querySelector(`.take-choice [name=${{name}}][value=${{value}}]`).click();
    return true;
}})('{}', '{}')"""


@pytest.fixture(scope="module")
def page(engine, site):
    engine.go(site)
    engine.interactive()
    return engine


@pytest.mark.parametrize("format, type", [("png", "image/png"), ("svg", "image/svg+xml")])
def test_a_picture_is_saved(page, format, type):
    page.evaluate(CATCH)
    if not page.evaluate("!!document.defaultView.caught && document.defaultView === window && !window.wrappedJSObject"):
        pytest.skip("Firefox's driver runs scripts beside the page's: the file would be saved")
    page.click("button", "Save picture", ROW)
    page.wait("document.querySelector('.take-choice:popover-open')")
    page.evaluate(CHOOSE.format("picture", format))
    page.click("button", "Save", f"{ROW} .take-choice")
    page.wait(f"caught.some(([name]) => name === 'embedding-lab-dynamics.{format}')")
    assert page.evaluate("caught.at(-1)") == [f"embedding-lab-dynamics.{format}", True, type]
    page.says(f"{ROW} > [role=status]", "The picture is saved.")


def test_an_animation_begins_and_is_stopped(page):
    press = "(document.querySelector('{}').click(), true)".format  # WebKit's driver loses buttons that come and go
    page.evaluate(press(f"{ROW} [data-take=film]"))
    page.wait("document.querySelector('.take-choice:popover-open')")
    page.evaluate(CHOOSE.format("film", "gif"))
    page.evaluate(press(".take-choice [type=submit]"))
    page.wait("document.querySelector('.take-recording progress')?.value > 0")
    page.evaluate(press(".take-recording button"))
    page.says(f"{ROW} > [role=status]", "Stopped. Nothing is saved.")
