"""Ways about the finished page: how long each section takes to read, links from one to the next. Used by build.py only.

A section here is one with an h2 below its hgroup; index.html says where the time of the whole goes: <!-- lab:minutes -->.
"""

import re
from html.parser import HTMLParser

WORDS_A_MINUTE = 200
CODE, FORMULA = 0.5, 3  # what a word of code and a formula count, in words
UNREAD = {"button", "details", "label", "script", "svg", "nav"}  # besides hidden and live parts; terms are read
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
REFERENCE = "glossary"  # looked up, not read through
SECTION = re.compile(r'<section id="([a-z0-9-]+)"[^>]*>\s*<hgroup>\s*<p>([^<]*)</p>\s*<h2 [^>]*>(.*?)</h2>', re.DOTALL)


class Reading(HTMLParser):
    """Counts the words of a piece of HTML that a reader reads, in `words`."""

    def __init__(self, html):
        super().__init__()
        self.words, self._open = 0, [("", 1)]  # what is open: tag, the weight of a word in it
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            return
        attrs, weight = dict(attrs), self._open[-1][1]
        classes = (attrs.get("class") or "").split()
        if "katex" in classes:
            self.words += FORMULA * weight
        if "katex" in classes or "hidden" in attrs or "root" in classes or (tag in UNREAD and "term" not in classes):
            weight = 0
        self._open.append((tag, weight * CODE if tag == "pre" else weight))

    def handle_endtag(self, tag):
        if tag == self._open[-1][0]:
            self._open.pop()

    def handle_data(self, text):
        self.words += self._open[-1][1] * len(text.split())


def minutes(html):
    """How long a piece of HTML takes to read, in whole minutes, at least 1."""
    return max(1, round(Reading(html).words / WORDS_A_MINUTE))


def with_ways(page):
    """The page with the time beside each section's title, and the previous and next section at its end."""
    found = list(SECTION.finditer(page))
    starts = [match.start() for match in found]
    parts = [page[start:end] for start, end in zip(starts, [*starts[1:], len(page)])]
    total = sum(minutes(part) for match, part in zip(found, parts) if match[1] != REFERENCE)
    neighbours = [None, *found, None]
    made = [
        _section(match, part, before, after)
        for match, part, before, after in zip(found, parts, neighbours, neighbours[2:])
    ]
    return (page[: starts[0]] if starts else page).replace("<!-- lab:minutes -->", f"{total} minutes") + "".join(made)


def _section(match, part, before, after):
    name, over = match[1], match[2]
    if name != REFERENCE:
        time = f'{over} <span class="minutes">· {minutes(part)} min</span>'
        part = part.replace(f"<p>{over}</p>", f"<p>{time}</p>", 1)
    links = "".join(
        f'<a rel="{rel}" href="#{to[1]}">{to[3]}</a>' for rel, to in (("prev", before), ("next", after)) if to
    )
    body, end = part.rsplit("</section>", 1)
    return f'{body}<p class="onward">{links}</p>\n</section>{end}'
