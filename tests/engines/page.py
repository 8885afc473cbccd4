"""What a test does with the page, in whichever engine; and Chromium's own way to do it."""

import json
import time

PATIENCE = 180  # seconds; WebKit without a GPU is slow to draw where others want the cores too
KEYS = "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "Home", "End", "Enter"


def quoted(*values):
    """Values as JavaScript."""
    return ", ".join(map(json.dumps, values))


class Page:
    """A window with the page. Each engine has its own:

    go(address) back() forward() reload()   until the page has loaded
    evaluate(expression)                    the value of JavaScript, awaited if it is a promise
    mouse(*steps)                           real input: (x, y) to move there, "down", "up"
    keys(*names, control=False)             real input: characters, or names of KEYS
    resize(width, height) screenshot() close()
    """

    def wait(self, expression, timeout=PATIENCE):
        """Wait until JavaScript is true; its value."""
        end = time.monotonic() + timeout
        while not (value := self.evaluate(expression)):
            if time.monotonic() > end:
                raise TimeoutError(f"not within {timeout} s: {expression}")
            time.sleep(0.1)
        return value

    def point(self, selector, words="", place="html"):
        """Where the middle of an element is, (x, y), once it is there, enabled, still and uncovered.

        words: how its text or name begins; place: a selector of what it is in, where several are.
        """
        return tuple(self.wait(f"probe.point({quoted(selector, words, place)})"))

    def click(self, selector, words="", place="html"):
        """Click an element, found as by point; it must be what is hit, and not have moved away."""
        self.mouse(self.point(selector, words, place), "down", "up")
        if missed := self.evaluate("probe.missed()"):
            raise AssertionError(f"the click on {selector} {words} in {place} hit {missed}")

    def text(self, place):
        """What an element says, in shadow roots too."""
        return self.evaluate(f"probe.text({quoted(place)})")

    def says(self, place, words, timeout=PATIENCE):
        """Wait until an element says these words."""
        self.wait(f"probe.text({quoted(place)}).includes({quoted(words)})", timeout)

    def interactive(self):
        """Wait until all prerendered figures answer."""
        self.wait("performance.getEntriesByName('lab-drawn').length")

    def ready(self):
        """Wait until Python has joined."""
        self.wait("document.documentElement.dataset.python === 'ready'")

    def settled(self):
        """Wait until the page's height stays as it is."""
        self.evaluate("probe.settled()")

    @property
    def complaints(self):
        return self.evaluate("probe.complaints")


class Chromium(Page):
    """By Playwright."""

    def __init__(self, browser):
        self.context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.go, self.reload = self.page.goto, self.page.reload
        self.back, self.forward, self.screenshot = self.page.go_back, self.page.go_forward, self.page.screenshot
        self.close = self.context.close

    def evaluate(self, expression):
        return self.page.evaluate(f"async () => {expression}")

    def mouse(self, *steps):
        for step in steps:
            if isinstance(step, str):
                getattr(self.page.mouse, step)()
            else:
                self.page.mouse.move(*step)

    def keys(self, *names, control=False):
        for name in names:
            self.page.keyboard.press(f"Control+{name}" if control else name)

    def resize(self, width, height):
        self.page.set_viewport_size({"width": width, "height": height})
