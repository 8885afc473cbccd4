"""A cell of the page, as a user works with it; for the tests of cells and exercises."""

SAMPLES = ["lookup", "repeats", "touched"]


class Cell:
    """A cell of a page, by name."""

    def __init__(self, lab, name):
        self.lab, self.page, self.name = lab, lab.page, name
        self.at = lab.page.locator(f"#cell-{name}")

    def open(self):
        """Bring it into view and wait for its editor."""
        behind = self.page.locator(f"details:has(#cell-{self.name})")
        if behind.count():
            behind.evaluate("details => { details.open = true }")
        self.lab.wait(
            """((cell) => {        // what loads above may move it out of view again
                if (!cell.querySelector('.cm-content')) cell.scrollIntoView({ block: 'center' });
                return cell.querySelector('.cm-content');
            })(document.getElementById(`cell-${arg}`))""",
            self.name,
        )
        return self

    @property
    def text(self):
        return "\n".join(self.at.locator(".cm-line").all_inner_texts()).replace("\u200b", "")

    def write(self, source):
        """Replace its text as a user would: select all, paste."""
        self.at.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.at.locator(".cm-content").evaluate(
            """(content, source) => {
            const data = new DataTransfer();
            data.setData("text/plain", source);
            const how = { clipboardData: data, bubbles: true, cancelable: true };
            content.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
            source,
        )
        return self

    def button(self, words):
        """The button of these words: named after the cell too, or in its note."""
        title = self.at.locator(".cell-title").inner_text()
        return self.at.get_by_role("button", name=f"{words}: {title}", exact=True).or_(
            self.at.get_by_role("button", name=words, exact=True)
        )

    def press(self, words):
        self.button(words).click()
        return self

    def says(self, status):
        """Wait for a state in words."""
        self.at.locator(".cell-status", has_text=status).wait_for(timeout=30_000)
        return self

    def run(self, source=None, status="Done"):
        if source is not None:
            self.write(source)
        self.press("Run").says(status)
        return self.output

    @property
    def output(self):
        return self.at.locator(".cell-output").inner_text() if self.at.locator(".cell-output").is_visible() else ""

    @property
    def note(self):
        return self.at.locator(".cell-note").inner_text()
