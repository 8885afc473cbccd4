"""Draws static/icons/ from static/favicon.svg, in a browser after a change of it:

PYTHONPATH=py python -m tests.icons
"""

from playwright.sync_api import sync_playwright

from builder.project import ROOT
from tests.browser_setup import launch

SVG, FOLDER = ROOT / "static" / "favicon.svg", ROOT / "static" / "icons"
PAPER = "#f7f8f6"
ICONS = {  # name: (pixels, share of them that the drawing takes, ground)
    "192": (192, 1.0, "transparent"),
    "512": (512, 1.0, "transparent"),
    "maskable-512": (512, 0.6, PAPER),  # what lies beyond a circle of 0.8 may be cut off
    "touch-180": (180, 0.75, PAPER),
}


def drawn(browser, pixels, share, ground):
    """An icon as the bytes of a PNG."""
    page = browser.new_page(viewport={"width": pixels, "height": pixels}, color_scheme="light")
    size = round(pixels * share)
    svg = SVG.read_text(encoding="utf-8").replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
    page.set_content(
        f"<body style='margin: 0; height: 100vh; display: grid; place-items: center; background: {ground}'>{svg}"
    )
    png = page.screenshot(omit_background=True)
    page.close()
    return png


def main():
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, settings in ICONS.items():
            (FOLDER / f"{name}.png").write_bytes(drawn(browser, *settings))
        browser.close()


if __name__ == "__main__":
    main()
