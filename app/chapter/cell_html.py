"""The HTML of a cell, whole: static/cells/cells.js adds nothing that takes up room, so the page keeps its height."""

import html
from hashlib import sha256

VERDICT = '<div class="exercise-verdict" role="status"></div>\n'
ICONS = {"run": "M4 2.5v11l9-5.5z", "stop": "M3.5 3.5h9v9h-9z"}


def cell(name, title, source, code, output=None, checked=False):
    """A cell; title and source: text; code: the source as HTML; output: [where it was run, what it printed], if it was.

    checked: whether it is an exercise's, which static/cells/exercises.js checks.
    """
    title = html.escape(title)
    return (
        f'<section class="cell" id="cell-{name}" role="group" aria-labelledby="cell-{name}-title" '
        f'data-original="{sha256(source.encode()).hexdigest()[:8]}">\n{head(name, title)}'
        f'<pre tabindex="0" aria-label="Python"><code>{code}</code></pre>\n{bar(title, checked)}'
        f"{recording(title, *output) if output else ''}</section>\n"
        f"{VERDICT if checked else ''}"
    )


def head(name, title):
    """The line above the code: what the cell is called, and what can be done with its text."""
    return (
        f'<div class="cell-head"><a class="cell-title" id="cell-{name}-title" href="#cell-{name}">{title}</a>'
        '<span class="cell-flag" hidden>Changed</span><div class="cell-tools">'
        f"{button('cell-reset', 'Reset', f'Reset to the original: {title}', ' hidden')}"
        f"{button('cell-copy', 'Copy', f'Copy the code: {title}')}"
        '<span class="unseen" role="status"></span>'
        f"{button('cell-save', 'Save', f'Save as a file: {title}')}</div></div>\n"
    )


def bar(title, checked):
    """The line below the code: the buttons that run it, and the state of that in words."""
    return (
        f'<div class="cell-bar">{button("cell-run", "Run", f"Run: {title}", icon="run")}'
        f"{button('exercise-check', 'Check', f'Check: {title}') if checked else ''}"
        f"{button('cell-stop', 'Stop', f'Stop: {title}', icon='stop')}"
        f"{button('cell-above', 'Run all above', f'Run all above: {title}')}"
        '<span class="cell-status" role="status"></span></div>\n'
    )


def button(kind, words, label, attributes="", icon=None):
    """A button, which static/cells/cells.js connects."""
    drawn = (
        f'<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="{ICONS[icon]}" '
        'fill="currentColor"/></svg>'
        if icon
        else ""
    )
    return f'<button type="button" class="{kind}" aria-label="{label}"{attributes}>{drawn}<span>{words}</span></button>'


def recording(title, where, printed):
    """What a cell printed when we ran it, until static/cells/cells.js puts the user's own in its place."""
    return (
        f'<div class="cell-output cell-recorded" role="group" aria-label="Output of {title}">'
        f'<p class="cell-remark">{where}</p>'
        f'<pre class="cell-printed" tabindex="0">{html.escape(printed)}</pre></div>\n'
    )
