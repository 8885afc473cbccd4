"""The figures as small drawings, SVG, which stand in the chapter where a figure can be brought to; what paper has.

The words of a figure that is drawn at the start, in the colours of their categories. Words stand beside their marks;
marks of a category that touch share a label, and a label that has no room is left to the mark's tooltip.
"""

import json
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from builder.project import CACHE, DATA, PYTHON_LOCK, write_whole
from builder.stamps import Step

MADE = CACHE / "drawings.json"
MARK = 4.5  # the radius of a mark; all lengths are in units of the drawing, about a pixel each
LETTER = 0.56  # the width of a letter, next to the height of the type
EDGE = 12  # free around the marks


def make():
    write_whole(MADE, json.dumps({"dynamics": dynamics(), "map": embedding_map()}, ensure_ascii=False).encode())


def dynamics():
    """The toy run's words at its last frame, and the axes through the origin."""
    from app.figures.dynamics.columns import word_columns
    from app.sources import packaged

    run = packaged.toy_run()
    columns = word_columns(run, run.U)
    return drawing(columns, size=(480, 300), type_size=15, origin=True)


def embedding_map():
    """The map's words at the start, in its plane."""
    from app.figures.map.columns import word_columns
    from app.figures.map.user_choice import UserChoice
    from app.sources import packaged
    from app.sources.map_words import START, shown_name
    from app.sources.projected import ProjectedVectors

    vectors = ProjectedVectors("", packaged.map_vectors(), packaged.neighbours())
    words = vectors.present(START)
    columns = word_columns(vectors, words, [shown_name(word) for word in words], UserChoice())
    return drawing(columns | {"word": columns["name"]}, size=(460, 380), type_size=13)


def drawing(columns, size, type_size, origin=False):
    """Marks and their words as SVG; columns: word, category, colour, x, y. With origin, lines through (0, 0)."""
    points, zero = fitted(list(zip(columns["x"], columns["y"])), size, origin)
    rows = list(zip(columns["word"], columns["category"], columns["colour"], points))
    boxes = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in points]
    axes = f'<path class="axes" d="M0 {zero[1]:g}H{size[0]}M{zero[0]:g} 0V{size[1]}"/>' if origin else ""
    marks, labels, said = [], [], []
    for (category, colour), found in groupby(sorted(rows, key=lambda row: row[1]), key=lambda row: row[1:3]):
        found = list(found)
        said.append(f"{category}: {', '.join(word for word, *_ in found)}")
        circles = "".join(
            f'<circle cx="{x:g}" cy="{y:g}" r="{MARK}"><title>{escape(word)}</title></circle>'
            for word, _, _, (x, y) in found
        )
        marks.append(f'<g fill="{colour}">{circles}</g>')
        for together in touching([(word, point) for word, _, _, point in found]):
            labels += label(together, boxes, size, type_size)
    return (
        f'<svg class="drawing" viewBox="0 0 {size[0]} {size[1]}" role="img" '
        f'aria-label={quoteattr("; ".join(said))} font-size="{type_size}">{axes}{"".join(marks)}{"".join(labels)}</svg>'
    )


def fitted(points, size, origin):
    """The points as large as the drawing has room for, y downwards, and where the origin then is."""
    xs, ys = zip(*points, *([(0, 0)] if origin else []))
    scale = min((size[0] - 2 * EDGE) / (max(xs) - min(xs)), (size[1] - 2 * EDGE) / (max(ys) - min(ys)))
    across = size[0] / 2 - scale * (min(xs) + max(xs)) / 2
    down = size[1] / 2 + scale * (min(ys) + max(ys)) / 2
    placed = [(round(float(across + scale * x), 1), round(float(down - scale * y), 1)) for x, y in [*points, (0, 0)]]
    return placed[:-1], placed[-1]


def touching(words):
    """[(word, point)] in groups whose marks touch, one another or by those between them."""
    groups = []
    for word, (x, y) in words:
        near = [group for group in groups if any((x - a) ** 2 + (y - b) ** 2 < (2 * MARK) ** 2 for _, (a, b) in group)]
        groups = [group for group in groups if group not in near] + [[*sum(near, []), (word, (x, y))]]
    return groups


def label(group, boxes, size, type_size):
    """The words of a group beside their marks, as a list of one <text>; of none, if there is no room. Fills boxes."""
    text = ", ".join(word for word, _ in group)
    width, height = len(text) * LETTER * type_size, type_size
    xs, ys = zip(*(point for _, point in group))
    x, y, gap = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, MARK + 3
    places = (  # where the text is held, by which part of it, and its middle line
        (max(xs) + gap, "start", y),
        (min(xs) - gap, "end", y),
        (x, "middle", min(ys) - gap - height / 2),
        (x, "middle", max(ys) + gap + height / 2),
    )
    for held, anchor, middle in places:
        left = held - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        box = (left, middle - height / 2, left + width, middle + height / 2)
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
        if inside and not any(overlap(box, other) for other in boxes):
            boxes.append(box)
            by = "" if anchor == "start" else f' text-anchor="{anchor}"'
            return [f'<text x="{held:.0f}" y="{middle + 0.34 * type_size:.0f}"{by}>{escape(text)}</text>']
    return []


def overlap(a, b):
    """Whether two boxes (left, top, right, bottom) have a point in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def read():
    """{figure: SVG} of the figures that have a drawing."""
    return json.loads(MADE.read_text(encoding="utf-8"))


STEP = Step(
    "drawings",
    make,
    (MADE,),
    ("builder.drawings",),
    (DATA, PYTHON_LOCK),
    "Drawing the figures small",
)
