"""The template index.html with the chapter's and the figures' texts in their places; KaTeX's style sheet and fonts."""

import re
import shutil

from builder import drawings, measured, outputs, wheel
from builder.project import CACHE, NODE_MODULES, NPM_LOCK, PYTHON_LOCK, ROOT, BuildError
from builder.stamps import Step

FOLDER = CACHE / "chapter"  # index.html, and what goes into static/
TEMPLATE, APP = ROOT / "index.html", ROOT / "app"
FIGURE = r"<!-- figure: (\w+) -->"
TAKE = r"<!-- take: ([\w-]+) ([a-z ]+) -->"
ACTIONS = {  # in the row below a figure: what its buttons say
    "link": "Copy link",
    "embed": "Embed",
    "picture": "Save picture",
    "film": "Save animation",
    "data": "Save data",
}
KATEX = NODE_MODULES / "katex" / "dist"


def make():
    from app.chapter.navigation import with_navigation

    template = TEMPLATE.read_text(encoding="utf-8")
    chapter = rendered(template)
    text = re.sub(FIGURE, lambda match: figure_html(match[1]), template)
    for name, section in chapter.sections.items():
        text = placed(text, f"<!-- (place|part): {name} -->", section, "index.html", f"{name}.md", f"part: {name}")
    for number, exercise in chapter.exercises.items():
        marker = f"exercise: {number}"
        text = placed(text, f"<!-- {marker} -->", exercise, "the chapter", f"exercise {number}", marker)
    for marker, part in panel_parts().items():
        text = placed(text, f"<!-- {marker} -->", part, "the chapter", marker, marker)
    text = text.replace("<!-- lab:wheel -->", wheel.WHEEL.name)
    text = text.replace("<!-- lab:terms -->", chapter.terms).replace("<!-- lab:glossary -->", chapter.glossary)
    text = re.sub(TAKE, lambda match: take_row(match[1], match[2].split()), text)
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "static" / "fonts").mkdir(parents=True)
    css, faces, fonts = chapter.formula_style(KATEX)
    (FOLDER / "static" / "katex.css").write_text(css)
    (FOLDER / "static" / "katex-fonts.css").write_text(faces)
    for font in fonts:
        shutil.copy(font, FOLDER / "static" / "fonts")
    (FOLDER / "index.html").write_text(with_navigation(text), encoding="utf-8")


def rendered(template):
    """The chapter's files as HTML; the template's places give the order of the sections and of the figures."""
    from app.chapter.render import Chapter, ChapterError

    behind = {f"behind-{path.parent.name}": path for path in sorted((APP / "figures").glob("*/behind.md"))}
    places, drawn = re.findall("<!-- place: (.+?) -->", template), drawings.read()
    figures = {name: drawn.get(name, "") for name in re.findall(FIGURE, template)}
    try:
        return Chapter(APP / "chapter", places, outputs.read(), behind, APP / "panels", figures)
    except ChapterError as error:
        raise BuildError(str(error)) from None


def figure_html(name):
    """The HTML around a figure, which lies beside its Python."""
    return (APP / "figures" / name / f"{name}.html").read_text(encoding="utf-8").strip()


def take_row(name, actions):
    """The buttons below a figure or panel, by which one takes it away; static/take/ does what they say."""
    buttons = (f'<button type="button" data-take="{action}">{ACTIONS[action]}</button>' for action in actions)
    parts = " ".join([*buttons, '<span role="status"></span>'])
    return f'<div class="take" data-of="{name}" role="group" aria-label="Take it away">{parts}</div>'


def panel_parts():
    """{"PANEL: PLACE": HTML} of the places, which are comments, in the HTML of the panels that need no Python."""
    from app.panels import cone, frequency, noise

    shown = measured.read()
    return {
        f"{name}: {place}": part
        for name, panel in {"noise": noise, "cone": cone, "frequency": frequency}.items()
        for place, part in panel.parts(shown[name]).items()
    }


def placed(text, pattern, html, where, what, marker):
    """The text with `html` in its one place."""
    text, times = re.subn(pattern, lambda _: html, text)
    if times != 1:
        raise BuildError(f"{where} has {times} places for {what}: it needs exactly one, <!-- {marker} -->.")
    return text


STEP = Step(
    "chapter",
    make,
    (FOLDER,),
    ("builder.chapter",),
    (
        TEMPLATE,
        *outputs.text_files(),
        *sorted((APP / "figures").glob("*/*.html")),
        *sorted((APP / "panels").glob("*.html")),
        *sorted((APP / "chapter").glob("*.mjs")),
        outputs.MADE,
        drawings.MADE,
        measured.MADE,
        NPM_LOCK,
        PYTHON_LOCK,
    ),
    "Setting the chapter",
)
