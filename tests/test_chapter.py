"""The chapter's files as HTML."""

import re
from functools import partial
from html import unescape

import pytest

from app.chapter.navigation import SectionFinder, with_navigation
from app.chapter.render import Chapter, ChapterError, highlighted, source_page
from builder.chapter import KATEX
from builder.outputs import recorded
from tests.running import run


def text_of(html):
    return unescape(re.sub("<[^>]+>", "", html))


@pytest.fixture
def rendered(tmp_path):
    """Renders {name: Markdown} with the section s in second place."""

    def render(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.md").write_text(text)
        return Chapter(tmp_path, ["other", "s"], figures={"first": "", "map": "<svg></svg>"})

    return render


def test_a_section_has_its_title_and_addresses(rendered):
    html = rendered(s="# A *title*\n\nWords.\n\n## One more!\n").sections["s"]
    assert html.startswith('<section id="s" class="chapter" aria-labelledby="s-title">')
    assert (
        '<p>Part 2</p><h2 id="s-title">A <em>title</em></h2>' in html and '<h3 id="s-one-more">One more!</h3>' in html
    )


def test_a_cell_holds_its_source_to_the_letter(rendered):
    source = 'x = "<b>"  # ½\n\n\nif x and True:\n    print(f"{x}\\n")'
    html = rendered(s=f"# T\n\n```python cell=one title=\"A 'title' & more\"\n{source}\n```\n").sections["s"]
    assert 'id="cell-one"' in html and ">A &#x27;title&#x27; &amp; more</a>" in html
    code = re.search("<code>(.*)</code>", html, re.DOTALL)[1]
    assert text_of(code) == source and '<span class="tok-keyword">if</span>' in code


def test_the_hash_of_a_cell_follows_its_source(rendered):
    hashes = {
        re.search('data-original="(.*?)"', rendered(s=f"# T\n\n```python cell=a\n{code}\n```").sections["s"])[1]
        for code in ("x = 1", "x = 2")
    }
    assert len(hashes) == 2


def test_a_listing_is_no_cell(rendered):
    html = rendered(s="# T\n\n```python\nx\n```\n").sections["s"]
    assert "cell" not in html and '<pre class="listing"' in html


def test_formulas_are_html_and_mathml_and_bring_only_their_fonts(rendered):
    chapter = rendered(s="# T\n\nIt costs $5 and $x$.\n\n$$\\mathbb{R}$$\n\nand again $x$")
    html = chapter.sections["s"]
    assert html.count("<math") == 3 and html.count('class="katex-html"') == 3 and "It costs $5 and <span" in html
    assert html.count('class="katex-display"') == 1
    rules, faces, fonts = chapter.formula_style(KATEX)
    names = {font.name for font in fonts}
    assert "KaTeX_AMS-Regular.woff2" in names and "KaTeX_Fraktur-Regular.woff2" not in names
    assert all(font.exists() for font in fonts) and ".ttf" not in faces and "AMS-Regular.woff2" in faces
    assert "@font-face" not in rules and ".katex-display" in rules


def test_a_term_is_a_button_with_a_definition(rendered):
    chapter = rendered(
        s="# T\n\nA [stamp](term:one-hot), and [a link](#s).", glossary="## one-hot\n\n**One-hot**: 1.\n"
    )
    assert '<button type="button" class="term" popovertarget="term-one-hot">stamp</button>' in chapter.sections["s"]
    assert '<a href="#s">a link</a>' in chapter.sections["s"]
    assert chapter.glossary.startswith(
        '<div id="term-one-hot" class="definition" popover><p><strong>One-hot</strong>: 1.'
    )


def test_a_figure_is_a_place_with_its_summary(rendered):
    html = rendered(s="# T\n\n```figure pmi-plane\nWhat it shows.\n```\n").sections["s"]
    assert 'data-root="pmi-plane"' in html and "<figcaption>What it shows.</figcaption>" in html


def test_a_chip_is_a_button_that_names_a_figure_and_its_state(rendered):
    html = rendered(s="# T\n\n[As it *is*](figure:map), [so](figure:map?k=5&plane=pca), [a link](#s).").sections["s"]
    assert '<button type="button" class="chip" data-figure="map">As it <em>is</em></button>' in html
    assert 'class="chip" data-figure="map" data-state="k=5&amp;plane=pca">so</button>, <a href="#s">' in html


def test_a_drawing_has_its_caption_and_a_chip(rendered):
    html = rendered(s="# T\n\n```drawing map\nWhat it *shows*.\n```\n").sections["s"]
    assert re.search(
        '<figure class="small-figure"><svg></svg><figcaption>.*Figure 2</p><p>What it <em>shows</em>.</p>', html
    )
    assert 'data-figure="map">Bring Figure 2 here</button>' in html


@pytest.mark.parametrize(
    "text,complaint",
    [
        ("# T\n\n[x](term:nowhere)", "nowhere"),
        ("# T\n\n[x](figure:nowhere?k=1)", "no figure 'nowhere': choose one of first, map"),
        ("# T\n\n```drawing nowhere\n```", "no figure 'nowhere'"),
        ("# T\n\n$\\frac{$", "KaTeX cannot set"),
        ("Words.", "title"),
        ("# T\n\n```python cell=A!\n```", "'A!'"),
        ("# T\n\n```python cell=a\n```\n\n```python cell=a\n```", "'a'"),
    ],
)
def test_what_cannot_be_rendered_is_named(rendered, text, complaint):
    with pytest.raises(ChapterError, match=f"(?s)^s.md.*{re.escape(complaint)}"):
        rendered(s=text)


def test_two_files_cannot_have_a_cell_of_one_name(rendered):
    with pytest.raises(ChapterError, match="'a'"):
        rendered(s="# T\n\n```python cell=a\n```", part="```python cell=a\n```")


def test_python_is_coloured_by_kind():
    html = highlighted("class A:\n    x = 1 if 'a' else None  # c")
    for kind, text in [
        ("keyword", "class"),
        ("definition", "A"),
        ("number", "1"),
        ("string", "'"),
        ("bool", "None"),
        ("comment", "# c"),
    ]:
        assert f'<span class="tok-{kind}">{text}' in html


def test_a_source_page_has_an_address_for_each_name_once(tmp_path):
    file = tmp_path / "a.py"
    file.write_text("def f():\n    pass\n\n\nclass B:\n    def f(self):\n        return '<'\n")
    page = source_page(file)
    assert page.count('id="f"') == 1 and page.count('id="B"') == 1 and "def f(self):" in text_of(page)


EXERCISE = "# Do & see\n\nWords.\n\n```python cell=exercise-see\nx\n```\n\n"
REST = "## Hint\n\nOne.\n\n## Hint\n\nTwo.\n\n## Solution\n\n```python\ny\n```\n\n## Afterwards\n\nMore.\n"


@pytest.fixture
def exercise(tmp_path):
    """Renders exercises/2-see.md."""

    def render(text):
        (tmp_path / "exercises").mkdir(exist_ok=True)
        (tmp_path / "exercises" / "2-see.md").write_text(text)
        return Chapter(tmp_path, [])

    return render


def test_an_exercise_shows_its_first_hint_and_keeps_the_rest_hidden(exercise):
    chapter = exercise(EXERCISE + REST)
    html = chapter.exercises["2"]
    assert chapter.sections == {}
    assert html.startswith('<section id="exercise-2" class="exercise" data-exercise="see"')
    assert '<h3 id="exercise-2-title">Do &amp; see</h3>' in html and 'id="cell-exercise-see"' in html
    assert re.findall("<details(.*?)><summary>(.*?)</summary>", html) == [
        (' class="hint"', "Hint 1 of 2"),
        (' class="hint" hidden', "Hint 2 of 2"),
        (' class="solution" hidden', "Solution"),
    ]
    assert (
        html.index("</details>\n<p")
        < html.index("once you have checked")
        < html.index("<h4>Afterwards</h4>")
        < html.index("More.")
    )


def test_an_exercise_without_hints_hides_nothing_but_its_solution(exercise):
    html = exercise(EXERCISE + "## Solution\n\nYes.\n").exercises["2"]
    assert re.findall("<details(.*?)>", html) == [' class="solution" hidden'] and "Afterwards" not in html


@pytest.mark.parametrize(
    "text,message",
    [
        (EXERCISE, "has the parts (none)"),
        (EXERCISE + "## Hint\n\nOne.\n", "has the parts Hint:"),
        (EXERCISE + "## Solution\n\nYes.\n\n## Hint\n\nLate.\n", "Solution Hint"),
        (EXERCISE.replace("-see", "-other") + "## Solution\n\nYes.\n", "no cell=exercise-see"),
    ],
)
def test_an_exercise_that_lacks_something_is_refused(exercise, text, message):
    with pytest.raises(ChapterError) as refused:
        exercise(text)
    assert message in str(refused.value) and "exercises/2-see.md" in str(refused.value)


OUTPUTS = {"a": ["From our run:", "1 < 2"]}


def test_what_a_cell_printed_stands_below_its_code(tmp_path):
    (tmp_path / "s.md").write_text("# T\n\n```python cell=a title='A \"cell\"'\nx\n```\n\n```python cell=b\ny\n```\n")
    html = Chapter(tmp_path, ["s"], OUTPUTS).sections["s"]
    assert html.count("cell-recorded") == 1 and 'aria-label="Output of A &quot;cell&quot;"' in html
    code, recording, rest = (
        html.index("<code>"),
        html.index("1 &lt; 2</pre></div>\n</section>"),
        html.index('id="cell-b"'),
    )
    assert code < html.index("From our run:") < recording < rest


def test_a_cell_has_its_buttons_from_the_start_so_that_its_height_stays(exercise):
    chapter = exercise(EXERCISE + REST)
    buttons = re.findall('<button type="button" class="([a-z-]+)" aria-label="(.*?)"', chapter.exercises["2"])
    kinds = ["cell-reset", "cell-copy", "cell-save", "cell-run", "exercise-check", "cell-stop", "cell-above"]
    assert [kind for kind, _ in buttons] == kinds and all(label for _, label in buttons)
    assert 'class="exercise-verdict" role="status"></div>' in chapter.exercises["2"]


def test_cells_are_recorded_each_on_its_own_and_exercises_not_at_all():
    cells = {
        "a": "x = 1\nprint(x)\nx + 1",
        "b": "'x' in globals()",
        "silent": "y = 1",
        "exercise-a": "print(3)",
        "timed": "from time import perf_counter\nprint(4)",
        "behind-run": "z = 5",
        "behind-step": "print(z)",
    }
    ours, on = "From our run:", "From our run, on our machine:"
    assert run(recorded(cells)) == {
        "a": [ours, "1\n2"],
        "b": [ours, "False"],
        "timed": [on, "4"],
        "behind-step": [ours, "5"],
    }


def test_a_cell_that_cannot_be_recorded_is_named():
    with pytest.raises(RuntimeError, match="(?s)the cell a ends with an error.*ZeroDivisionError"):
        run(recorded({"a": "1 / 0"}))


def section(name, label, title, body, time="", links=""):
    """A section's HTML as it is written, or with the time and the links that navigation adds."""
    added = links and f'<p class="onward">{links}</p>\n'
    return (
        f'<section id="{name}">\n<hgroup>\n  <p>{label}{time}</p>\n  <h2 id="{name}-title">{title}</h2></hgroup>\n'
        f"{body}{added}</section>"
    )


UNCOUNTED = "".join(f'<div class="{kind}"><p>{"word " * 4000}</p></div>\n' for kind in ("references", "exercise"))


def test_sections_get_their_time_and_links_to_their_neighbours_and_nothing_else_changes():
    minutes = ' <span class="minutes">· {} min</span>'.format
    start = '<p>{}<br></p><section id="status"><h2>Python</h2></section>'.format
    one, two, glossary = (
        partial(section, "one", "Part 1", "A <em>b</em> &amp; c", "<p>" + "word " * 600 + "</p>\n" + UNCOUNTED),
        partial(section, "two", "Part 2", "D\x85", '<section id="x"><hgroup><p>E</p><h3>F</h3></hgroup></section>\n'),
        partial(section, "glossary", "To look up", "G", "word " * 4000),
    )
    page = start("<!-- lab:minutes -->") + one() + two() + glossary() + "<p>The end.</p>"
    button = '<button type="button" class="print-section">Print this section</button>'
    to_one, to_two = '<a rel="prev" href="#one">A <em>b</em> &amp; c</a>', '<a rel="{}" href="#two">D\x85</a>'.format
    assert with_navigation(page) == (
        start("4 minutes")
        + one(time=minutes(3), links=button + to_two("next"))
        + two(time=minutes(1), links=to_one + button + '<a rel="next" href="#glossary">G</a>')
        + glossary(links=to_two("prev") + button)
        + "<p>The end.</p>"
    )


@pytest.mark.parametrize(
    "body, words",
    [
        ("<p>one two <b>three</b></p>", 3),
        ("<pre>four words of code</pre>", 2),
        ('<span class="katex"><math>x y z</math></span>', 3),
        ("<button>no</button> <p hidden>no</p> <details>no</details>", 0),
        ('<button class="term">this is read</button>', 3),
        ('<button class="chip">Figure 1</button> <svg><text>no</text></svg>', 2),
        ('<div class="root">drawn</div> text', 1),
        ('<pre>half <span class="katex">x</span></pre>', 0.5 + 1.5),
    ],
)
def test_code_counts_half_formulas_three_and_controls_nothing(body, words):
    (found,) = SectionFinder(section("s", "", "Title", body)).sections
    assert found.words == 1 + words


def test_a_question_has_an_answer_that_opens(rendered):
    html = rendered(s="# T\n\n```predict\nWhich *one*?\n---\nThis.\n```\n").sections["s"]
    assert "<p>Which <em>one</em>?</p>" in html and "<summary>Show the answer</summary>\n<p>This.</p>" in html
    for text in ("Which?", "Which?\n---\n"):
        with pytest.raises(ChapterError, match="s.md: the question 'Which"):
            rendered(s=f"# T\n\n```predict\n{text}\n```\n")


def test_a_table_has_the_heading_above_it_as_its_caption(rendered):
    html = rendered(s="# T\n\n## One & two\n\nWords.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n").sections["s"]
    assert '<table><caption class="unseen">One &amp; two</caption>' in html
