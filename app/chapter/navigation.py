"""Navigation in the page: how long each section takes to read, exercises apart; at its end, links to those before and
after it, and a button that prints it.

A section here is a <section id> whose <hgroup> holds a <p> (such as "Part 2") and an <h2>, its title, whoever made it:
the chapter, a figure or index.html, which also says where the time of the whole goes: <!-- lab:minutes -->.
"""

from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate

WORDS_A_MINUTE = 200
CODE, FORMULA = 0.5, 3  # what a word of code and a formula count, in words
UNREAD = {"button", "details", "label", "script", "svg", "nav"}  # besides hidden and live parts
NO_READING = {"katex", "root", "references", "exercise"}  # classes of what is looked up, or done, not read
READ = {"term", "chip"}  # classes of buttons whose words belong to a sentence
PRINT = '<button type="button" class="print-section">Print this section</button>'
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
UNTIMED = {"glossary", "teachers"}  # looked up, not read through; not for the reader


@dataclass
class Section:
    """title: HTML; words: to read, code and formulas weighted; label_end, end: offsets of </p> and </section>."""

    id: str
    title: str = ""
    words: float = 0
    label_end: int = 0
    end: int = 0

    @property
    def minutes(self):
        """How long it takes to read, in whole minutes, at least 1."""
        return max(1, round(self.words / WORDS_A_MINUTE))


class SectionFinder(HTMLParser):
    """Finds the sections of a page, in `sections`, in the order of the page."""

    def __init__(self, page):
        super().__init__()
        self._page = page
        self._lines = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]  # the offset of each line
        self._open = [("", 1)]  # open elements: tag, the weight of a word in it
        self._candidates = []  # open sections
        self._title_start = 0
        self.sections = []
        self.feed(page)

    def _offset(self):
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _in_heading(self):
        return self._open[-1][0] == "hgroup" and self._candidates

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "section":
            self._candidates.append(Section(attrs.get("id", "")))
        elif tag == "h2" and self._in_heading():
            self._title_start = self._offset() + len(self.get_starttag_text())
        if tag in VOID:
            return
        if "katex" in (attrs.get("class") or "").split():
            self._count(FORMULA)
        self._open.append((tag, self._open[-1][1] * weight(tag, attrs)))

    def handle_endtag(self, tag):
        if tag == self._open[-1][0]:
            self._open.pop()
        if self._in_heading() and tag == "p":
            self._candidates[-1].label_end = self._offset()
        elif self._in_heading() and tag == "h2":
            self._candidates[-1].title = self._page[self._title_start : self._offset()]
        elif tag == "section":
            section = self._candidates.pop()
            section.end = self._offset()
            if section.id and section.title:
                self.sections.append(section)

    def handle_data(self, text):
        self._count(len(text.split()))

    def _count(self, words):
        for section in self._candidates:
            section.words += self._open[-1][1] * words


def weight(tag, attrs):
    """What a word in an element counts, next to a word around it."""
    classes = set((attrs.get("class") or "").split())
    unread = tag in UNREAD and not READ & classes
    if unread or "hidden" in attrs or NO_READING & classes:
        return 0
    return CODE if tag == "pre" else 1


def with_navigation(page):
    """The page with the time beside each section's title, and at its end links to the previous and next, and Print."""
    sections = SectionFinder(page).sections
    parts, at = [], 0
    for section, before, after in zip(sections, [None, *sections], [*sections[1:], None]):
        time = "" if section.id in UNTIMED else f' <span class="minutes">· {section.minutes} min</span>'
        parts += [page[at : section.label_end], time, page[section.label_end : section.end], links(before, after)]
        at = section.end
    total = sum(section.minutes for section in sections if section.id not in UNTIMED)
    return "".join([*parts, page[at:]]).replace("<!-- lab:minutes -->", f"{total} minutes")


def links(before, after):
    """HTML of the links to two sections, each of which may be None, with the button between them."""
    back, on = (
        f'<a rel="{rel}" href="#{to.id}">{to.title}</a>' if to else ""
        for rel, to in (("prev", before), ("next", after))
    )
    return f'<p class="onward">{back}{PRINT}{on}</p>\n'
