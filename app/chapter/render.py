"""The chapter's text as HTML: Markdown with formulas, cells, figures and terms. Used by build.py only.

    # Title                             first line of a section; NAME.md goes to <!-- place: NAME --> in index.html
    $x$   $$x$$                         formulas, set by KaTeX
    [words](term:key)                   a button that shows `key` of the glossary
    [words](figure:NAME?STATE)          a chip: a button that brings the figure to below this paragraph, in a state such
                                        as k=5&frame=120, or without ?STATE as it is (static/page/figures.js)
    ```drawing NAME                     a figure's small drawing, with a chip that brings the figure there; the block's
                                        text is the caption
    ```python cell=NAME title="..."     a cell to run and change; without cell=, a listing
    ```figure NAME                      the place of a root of the app; the block's text says what it shows
    <!-- panel: NAME -->                app/panels/NAME.html: several roots with what belongs to them

HTML passes through, for the text is ours. glossary.md holds one `## key` for each term, the definition below it: it
becomes a popover and an entry of the list of all terms.

exercises/NUMBER-NAME.md goes to <!-- exercise: NUMBER -->, which may stand in a section or in index.html: # Title, the
statement with a cell called exercise-NAME, then ## Hint (any number), ## Solution, and perhaps ## Afterwards, what to
do with it. py/exercises/NAME.py checks what the user writes into the cell.
"""

import html
import json
import re
import shlex
import subprocess
from functools import partial
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import lex
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String

from app.chapter.cell_html import cell

SET_FORMULAS = Path(__file__).with_name("katex.mjs")
FORMULAS = {"math_inline": False, "math_inline_double": True, "math_block": True}  # token type: displayed?
COLOURS = [
    (Comment, "comment"),
    (String, "string"),
    (Number, "number"),
    (Keyword.Constant, "bool"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (Name.Decorator, "meta"),
    (Name.Function, "definition"),
    (Name.Class, "definition"),
]

LOCKED = "The solution opens once you have checked an attempt of your own."
OFF = "Solutions are switched off in this address."  # which has ?solutions=off

KATEX_FONTS = {  # which class in a formula's HTML asks for which font
    "Main-Regular": "katex",
    "Math-Italic": "mathnormal",
    "Main-Bold": "mathbf",
    "Main-Italic": "mathit|textit",
    "Math-BoldItalic": "boldsymbol",
    "AMS-Regular": "amsrm|mathbb",
    "Caligraphic-Regular": "mathcal",
    "SansSerif-Regular": "mathsf",
    "Typewriter-Regular": "mathtt",
    "Script-Regular": "mathscr",
    "Size1-Regular": "delimsizing size1|delim-size1|small-op",
    "Size2-Regular": "delimsizing size2|large-op",
    "Size3-Regular": "delimsizing size3",
    "Size4-Regular": "delimsizing size4|delim-size4",
}


class ChapterError(ValueError):
    """A chapter file that cannot be rendered: which, what is wrong, what to do."""


class Chapter:
    """The rendered files of a folder.

    sections: {name: HTML}; exercises: {number: HTML}; glossary: HTML of the definitions, one popover each;
    terms: HTML of the same as a list, in the order of the alphabet.
    """

    def __init__(self, folder, places, outputs=None, parts=None, panels=None, figures=None):
        """places: names of the files that are sections of the chapter, in order; the others are parts of the page.

        outputs: {name of a cell: [where it was run, what it printed]}, to be shown below it. parts: {name: path} of
        Markdown files outside the folder. panels: the folder of the panels' HTML. figures: {name: its drawing as SVG,
        empty if it has none} of the page's figures, in order.
        """
        self._parser, self._panels, self._outputs = parser(), panels or folder, outputs or {}
        self._figures = figures or {}
        paths = {path.stem: path for path in [*sorted(folder.glob("*.md")), *sorted(folder.glob("exercises/*.md"))]}
        files = {
            name: self._parser.parse(path.read_text(encoding="utf-8")) for name, path in (paths | (parts or {})).items()
        }
        self._formulas = typeset(files)
        self._cells = {}
        glossary = entries(files.pop("glossary", []))
        for name, tokens in files.items():
            mend_links(tokens, glossary, self._figures, name)
        definitions = {key: self._render("glossary", tokens) for key, tokens in glossary.items()}
        self.glossary = "\n".join(
            f'<div id="term-{key}" class="definition" popover>{definition}<p><a href="#glossary-{key}">'
            "All terms</a></p></div>"
            for key, definition in definitions.items()
        )
        self.terms = "\n".join(
            f'<li id="glossary-{key}">{definition}</li>'
            for key, definition in sorted(definitions.items(), key=lambda item: spoken(item[1]))
        )
        exercises = {path.stem: files.pop(path.stem) for path in sorted(folder.glob("exercises/*.md"))}
        self.sections = {name: self._section(name, tokens, places) for name, tokens in files.items()}
        self.exercises = {name.split("-")[0]: self._exercise(name, tokens) for name, tokens in exercises.items()}

    def formula_style(self, katex):
        """(rules, @font-face rules, paths of the fonts that the formulas use), from KaTeX's folder `katex`.

        The rules settle the height of formulas, so the page has them from the start; the fonts can come later.
        """
        formulas = "".join(self._formulas.values())
        css = re.sub(r',url\(fonts/[^)]+\.(woff|ttf)\) format\("[a-z]+"\)', "", (katex / "katex.min.css").read_text())
        faces = "".join(re.findall(r"@font-face\{.*?\}", css))
        return (
            re.sub(r"@font-face\{.*?\}", "", css),
            faces,
            [
                katex / "fonts" / f"KaTeX_{font}.woff2"
                for font, asked in KATEX_FONTS.items()
                if re.search(rf'[" ]({asked})[" ]', formulas)
            ],
        )

    def _section(self, name, tokens, places):
        if name not in places:
            return self._render(name, tokens)
        if not tokens or tokens[0].tag != "h1":
            raise ChapterError(f"{name}.md does not begin with a title: let its first line be # and the title.")
        title = self._render(name, tokens[1:2])
        return (
            f'<section id="{name}" class="chapter" aria-labelledby="{name}-title">\n<hgroup><p>Part '
            f'{places.index(name) + 1}</p><h2 id="{name}-title">{title}</h2></hgroup>\n'
            f"{self._render(name, tokens[3:])}</section>"
        )

    def _exercise(self, file, tokens):
        number, name = file.split("-", 1)
        (title, statement), *parts = parted(tokens)
        kinds = " ".join(kind for kind, _ in parts)
        if not re.fullmatch("(Hint )*Solution( Afterwards)?", kinds):
            raise ChapterError(
                f"exercises/{file}.md has the parts {kinds or '(none)'}: let it have ## Hint as often as "
                f"you like, then ## Solution, then perhaps ## Afterwards."
            )
        body = self._render(file, statement)
        if f"exercise-{name}" not in self._cells:
            raise ChapterError(f"exercises/{file}.md has no cell=exercise-{name}: the statement needs it.")
        hints = kinds.count("Hint")
        folds = [
            fold("hint", f"Hint {i + 1} of {hints}", self._render(file, part), hidden=i > 0)
            for i, (_, part) in enumerate(parts[:hints])
        ]
        folds.append(fold("solution", "Solution", self._render(file, parts[hints][1]), hidden=True))
        afterwards = "".join(f"<h4>{kind}</h4>\n{self._render(file, part)}" for kind, part in parts[hints + 1 :])
        return (
            f'<section id="exercise-{number}" class="exercise" data-exercise="{name}" '
            f'aria-labelledby="exercise-{number}-title">\n<hgroup><p>Exercise {number}</p>'
            f'<h3 id="exercise-{number}-title">{html.escape(title)}</h3></hgroup>\n{body}'
            f'<div class="exercise-help">{"".join(folds)}<p class="small solution-locked">{LOCKED}</p>'
            f'<p class="small solution-off">{OFF}</p></div>\n'
            f'{afterwards}<div class="exercise-progress" role="group" aria-label="Your progress"></div></section>\n'
        )

    def _render(self, name, tokens):
        env = {
            "file": f"{name}.md",
            "section": name,
            "formulas": self._formulas,
            "cells": self._cells,
            "outputs": self._outputs,
            "figures": self._figures,
        }
        return re.sub(
            "<!-- panel: (.+?) -->",
            partial(self._panel, env["file"]),
            self._parser.renderer.render(tokens, self._parser.options, env),
        )

    def _panel(self, file, match):
        path = self._panels / f"{match[1]}.html"
        if not path.exists():
            raise ChapterError(f"{file}: there is no panel {match[1]!r}: add {path.name} to {path.parent.name}/.")
        return path.read_text(encoding="utf-8")


def parser():
    """CommonMark with tables, formulas, round quotation marks, and our blocks."""
    md = MarkdownIt("commonmark", {"html": True, "typographer": True}).enable(["table", "smartquotes"])
    md.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)
    md.add_render_rule("fence", block)
    md.add_render_rule("heading_open", heading)
    md.add_render_rule("heading_close", lambda self, tokens, i, options, env: f"</h{int(tokens[i].tag[1]) + 1}>\n")
    md.add_render_rule("table_open", captioned)
    md.add_render_rule("table_close", lambda *args: "</table></div>\n")
    for kind, displayed in FORMULAS.items():
        md.add_render_rule(
            kind,
            lambda self, tokens, i, options, env, displayed=displayed: env["formulas"][
                tokens[i].content.strip(), displayed
            ],
        )
    return md


def cells(text):
    """{name: source} of the cells of a file's text, in reading order."""
    blocks = [token for token in parser().parse(text) if token.type == "fence" and "cell=" in token.info]
    return {re.search(r"cell=(\S+)", block.info)[1]: block.content.rstrip("\n") for block in blocks}


def walk(tokens):
    """All tokens, also those inside paragraphs."""
    for token in tokens:
        yield token
        yield from token.children or []


def typeset(files):
    """{(TeX, displayed): HTML with MathML} of all formulas of {file: tokens}, by one run of KaTeX."""
    found = {
        (token.content.strip(), FORMULAS[token.type]): name
        for name, tokens in files.items()
        for token in walk(tokens)
        if token.type in FORMULAS
    }
    if not found:
        return {}
    done = subprocess.run(
        ["node", SET_FORMULAS], input=json.dumps(list(found)), stdout=subprocess.PIPE, text=True, check=True
    )
    results = json.loads(done.stdout)
    for ((tex, _), name), (ok, result) in zip(found.items(), results):
        if not ok:
            raise ChapterError(f"{name}.md: KaTeX cannot set {tex!r}: {result}")
    return dict(zip(found, (result for _, result in results)))


def entries(tokens):
    """{key: tokens of its definition} of the glossary."""
    starts = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    ends = [*starts[1:], len(tokens)]
    return {tokens[start + 1].content: tokens[start + 3 : end] for start, end in zip(starts, ends)}


def spoken(definition):
    """A definition's own words in small letters, by which it is sorted."""
    return re.sub("<.*?>", "", definition).strip().lower()


def fold(kind, title, body, hidden):
    """What opens at a press; a hidden one waits for static/cells/exercises.js to show it."""
    return f'<details class="{kind}"{" hidden" * hidden}><summary>{title}</summary>\n{body}</details>\n'


def parted(tokens):
    """[(a heading's text, the tokens below it)] of an exercise, split at its # and ##."""
    starts = [i for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag in ("h1", "h2")]
    return [
        (tokens[start + 1].content, tokens[start + 3 : end]) for start, end in zip(starts, [*starts[1:], len(tokens)])
    ]


def mend_links(tokens, glossary, figures, name):
    """Make links to term:key and figure:name buttons; open source files beside the page."""
    opened = None
    for token in walk(tokens):
        kind, _, target = token.attrs.get("href", "").partition(":") if token.type == "link_open" else ("", "", "")
        if kind == "term":
            opened, token.tag, token.attrs = "term", "button", term(target, glossary, name)
        elif kind == "figure":
            opened, token.tag, token.attrs = "figure", "button", chip(target, figures, name)
        elif kind.startswith("source/"):
            token.attrs["target"] = "_blank"
        elif token.type == "link_close" and opened:
            token.tag, opened = "button", None


def term(key, glossary, name):
    """The attributes of a button that shows a definition; name: of the file."""
    if key not in glossary:
        raise ChapterError(f"{name}.md: the term {key!r} is not in glossary.md: add ## {key} there.")
    return {"type": "button", "class": "term", "popovertarget": f"term-{key}"}


def chip(target, figures, name):
    """The attributes of a button that brings a figure; target: NAME or NAME?STATE."""
    figure, _, state = target.partition("?")
    number_of(figure, figures, f"{name}.md")
    return {"type": "button", "class": "chip", "data-figure": figure} | ({"data-state": state} if state else {})


def number_of(figure, figures, file):
    """The number of a figure, from 1."""
    if figure not in figures:
        raise ChapterError(f"{file}: there is no figure {figure!r}: choose one of {', '.join(figures) or '(none)'}.")
    return list(figures).index(figure) + 1


def heading(self, tokens, i, options, env):
    """## becomes h3, with an address of its own."""
    slug = re.sub(r"[^a-z0-9]+", "-", tokens[i + 1].content.lower()).strip("-")
    return f'<h{int(tokens[i].tag[1]) + 1} id="{env["section"]}-{slug}">'


def captioned(self, tokens, i, options, env):
    """A table opens; its caption, which is heard only, is the heading above it."""
    above = [tokens[at + 1].content for at in range(i) if tokens[at].type == "heading_open"]
    caption = f'<caption class="unseen">{html.escape(above[-1])}</caption>' if above else ""
    return f'<div class="scroll"><table>{caption}'


def block(self, tokens, i, options, env):
    """A fenced block: a cell, a listing, a question with its answer, the place of a root or of a figure's drawing."""
    kind, *rest = shlex.split(tokens[i].info) or [""]
    if kind == "drawing":
        return small_figure(rest[0], self.render(parser().parse(tokens[i].content), options, env), env)
    if kind == "predict":
        question, answer = (self.render(parser().parse(part), options, env) for part in parts_of(tokens[i], env))
        return prediction(question, answer)
    if kind == "figure":
        summary = html.escape(tokens[i].content.strip())
        return (
            f'<figure class="lab"><div class="root" data-root="{rest[0]}" role="group" aria-label="{summary}">'
            f"</div><figcaption>{summary}</figcaption></figure>\n"
        )
    source = tokens[i].content.rstrip("\n")
    code = highlighted(source) if kind == "python" else html.escape(source)
    options = dict(part.split("=", 1) for part in rest)
    if "cell" not in options:
        return f'<pre class="listing" tabindex="0"><code>{code}</code></pre>\n'
    name = options["cell"]
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or name in env["cells"]:
        raise ChapterError(
            f"{env['file']}: the cell name {name!r} is taken or has other signs than a-z, 0-9 and -: choose another."
        )
    env["cells"][name] = source
    title = options.get("title") or name.replace("-", " ").capitalize()
    checked = name == f"exercise-{env['section'].partition('-')[2]}"
    return cell(name, title, source, code, env["outputs"].get(name), checked)


def parts_of(token, env):
    """A question and its answer, in Markdown, with a line --- between them."""
    question, line, answer = token.content.partition("\n---\n")
    if not line or not answer.strip():
        raise ChapterError(f"{env['file']}: the question {question[:40]!r} has no answer: put it below a line ---.")
    return question, answer


def prediction(question, answer):
    """A question to be answered before something is run, and its answer, which opens at a press; both HTML."""
    return (
        f'<div class="predict" role="group" aria-label="Predict first"><p class="predict-label">Predict first</p>\n'
        f"{question}<details><summary>Show the answer</summary>\n{answer}</details></div>\n"
    )


def small_figure(name, caption, env):
    """A figure's drawing with its caption, HTML, and the chip that brings the figure here."""
    label = f"Figure {number_of(name, env['figures'], env['file'])}"
    return (
        f'<figure class="small-figure">{env["figures"][name]}<figcaption><p class="small-figure-label">{label}</p>'
        f'{caption}<p><button type="button" class="chip" data-figure="{name}">Bring {label} here</button></p>'
        "</figcaption></figure>\n"
    )


def source_page(path):
    """A Python file as a page: dist/source/NAME.html, with an address for each function and class."""
    seen = set()

    def named(match):
        address = "" if match[1] in seen else f' id="{match[1]}"'
        seen.add(match[1])
        return f'<span class="tok-definition"{address}>'

    code = re.sub(r'<span class="tok-definition">(?=(\w+))', named, highlighted(path.read_text(encoding="utf-8")))
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{path.name} · Embedding Lab</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" href="../static/favicon.svg">'
        '<link rel="stylesheet" href="../static/page.css">'
        f'<script src="../static/before-paint.js"></script></head><body><main class="source"><h1>{path.name}</h1>'
        f'<pre class="listing" tabindex="0"><code>{code}</code></pre></main></body></html>\n'
    )


def highlighted(source):
    """Python as HTML, with the classes that the editor gives (static/cells/editor.js)."""
    parts = []
    for kind, text in lex(source, PythonLexer(stripnl=False, ensurenl=False)):
        colour = next((colour for parent, colour in COLOURS if kind in parent), None)
        text = html.escape(text, quote=False)
        parts.append(f'<span class="tok-{colour}">{text}</span>' if colour and text.strip() else text)
    return "".join(parts)
