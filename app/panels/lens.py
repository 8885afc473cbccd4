"""A lens: the plane that shows one analogy best, beside PCA of the same words; what each keeps, and what each hides.

Axes: N words, P pairs, D dimensions.
"""

from functools import cached_property

import numpy as np
import panel as pn
import param
from bokeh.models import ColumnDataSource, HoverTool, Scatter

from app.panels.shared import PanelState, control, lean_plot
from app.sources import packaged
from app.sources.map_words import ANALOGIES, CATEGORY_OF, START, shown_name
from app.ui import palette
from app.ui.controls import column, message
from app.ui.planes import add_arrows, add_glyphs, add_labels
from embedlab.projection import PCA, AnalogyPlane, neighbour_recall
from embedlab.vectors import unit_rows

RANDOM_PAIRS = 500
NEAR = 5  # neighbours that the picture is asked for
PLANES = {"pca": "PCA", "lens": "the lens"}


def random_pairs():
    """RANDOM_PAIRS pairs of different words of the map: what a plane keeps of these is chance."""
    rng = np.random.default_rng(0)
    return [tuple(START[i] for i in rng.choice(len(START), 2, replace=False)) for _ in range(RANDOM_PAIRS)]


def rows_of(vectors, words):
    """(N, D) float64."""
    return vectors.matrix[vectors.indices(words)].astype(np.float64)


def ends_of(vectors, pairs):
    """The vectors of the pairs' first and of their second words: (P, D) twice."""
    return [rows_of(vectors, words) for words in zip(*pairs)]


def pca_without(vectors, pairs, i):
    """PCA of the words on the map but those of pair i."""
    return PCA(2).fit(rows_of(vectors, [word for word in START if word not in pairs[i]]))


def lens_without(vectors, pairs, i):
    return AnalogyPlane().fit(*ends_of(vectors, pairs[:i] + pairs[i + 1 :]))


def held_out(vectors, pairs, made_without):
    """What the planes that are made without a pair keep of its offset, the mean over all pairs."""
    return float(
        np.mean([made_without(vectors, pairs, i).kept(*ends_of(vectors, [pair]))[0] for i, pair in enumerate(pairs)])
    )


def percent(part):
    return f"{100 * part:.0f}%"


class LensState(PanelState):
    """The analogy under the lens."""

    group = param.Selector(objects=list(ANALOGIES), default="gender", label="Analogy")


class Lens:
    """The panel's models and widgets, bound to a LensState; `vectors`: WordVectors of the words on the map."""

    def __init__(self, state, vectors):
        self.state, self.vectors = state, vectors
        data = packaged.panels()["lens"]
        self.words = ColumnDataSource(name="lens-words", data=data["words"])
        self.pairs = ColumnDataSource(name="lens-pairs", data=data["pairs"])
        self.table = ColumnDataSource(name="lens-table", data=data["table"])
        state.summary = data["summary"]
        self.plots = {name: self._plot(name) for name in PLANES}
        self.plots["pca"].tags = [self.table]
        self.controls = column(
            control(pn.widgets.RadioButtonGroup, state, "lens", "group"),
            message(state.param.summary, "lens-summary"),
        )
        state.param.watch(self.show, "group")

    def _plot(self, name):
        plot = lean_plot(f"lens-{name}-plot", "", "", same_scale=True)
        marks = add_glyphs(
            plot,
            self.words,
            Scatter(
                x=f"{name}_x",
                y=f"{name}_y",
                size=f"{name}_size",
                fill_color="colour",
                line_color="colour",
                fill_alpha="alpha",
                line_alpha="alpha",
            ),
        )
        add_labels(plot, f"lens-{name}-labels")
        ends = [f"{name}_{end}" for end in ("x0", "y0", "x1", "y1")]
        add_arrows(plot, self.pairs, ends, head=8, line_width=2)
        plot.add_tools(
            HoverTool(renderers=[marks], tooltips=[("", "@word"), ("neighbours kept", f"@{name}_recall of {NEAR}")])
        )
        return plot

    def roots(self):
        """{place in the page: what is drawn there}."""
        return {f"lens-{name}-plot": plot for name, plot in self.plots.items()} | {"lens-controls": self.controls}

    @cached_property
    def pictures(self):
        return Pictures(self.vectors)

    def show(self, event):
        """Draw the group of the state in both planes."""
        shown = self.pictures.columns(self.state.group)
        self.words.data, self.pairs.data, self.table.data = shown["words"], shown["pairs"], shown["table"]
        self.state.summary = shown["summary"]


class Pictures:
    """What the panel shows of WordVectors of the words on the map."""

    def __init__(self, vectors):
        self.vectors = vectors
        self.X = rows_of(vectors, START)  # (N, D)
        self.pca = PCA(2).fit(self.X)

    def columns(self, group):
        """{"words", "pairs", "table", "summary"} of a group of analogies in both planes."""
        pairs = ANALOGIES[group]
        planes = {"pca": self.pca, "lens": AnalogyPlane().fit(*ends_of(self.vectors, pairs))}
        chosen = {word for pair in pairs for word in pair}
        colour, _ = palette.GROUP_STYLES[group]
        words = dict(
            word=[shown_name(word) for word in START],
            label=[shown_name(word) if word in chosen else "" for word in START],
            colour=[colour if word in chosen else palette.style(CATEGORY_OF[word])[0] for word in START],
            alpha=[0.9 if word in chosen else 0.5 for word in START],
        )
        arrows, recalls = dict(colour=[colour] * len(pairs)), {}
        for name, plane in planes.items():
            picture = plane.transform(self.X)  # (N, 2)
            recalls[name] = neighbour_recall(unit_rows(self.X), picture, NEAR)  # (N,)
            found = np.round(recalls[name] * NEAR).astype(int)
            words |= {
                f"{name}_x": picture[:, 0].round(2).tolist(),
                f"{name}_y": picture[:, 1].round(2).tolist(),
                f"{name}_recall": found.tolist(),
                f"{name}_size": (5 + 2 * found).tolist(),
            }
            ends = [plane.transform(part).round(2).tolist() for part in ends_of(self.vectors, pairs)]
            arrows |= {
                f"{name}_{axis}{i}": [point[j] for point in ends[i]] for i in (0, 1) for j, axis in enumerate("xy")
            }
        table, kept = self._table(pairs, planes)
        return dict(words=words, pairs=arrows, table=table, summary=self._summary(kept, recalls))

    def _table(self, pairs, planes):
        """(columns of the table, {what: {plane: part of the offsets kept}})."""
        chance = random_pairs()
        each, random = (
            {name: plane.kept(*ends_of(self.vectors, some)) for name, plane in planes.items()}
            for some in (pairs, chance)
        )
        kept = {
            "mean": {name: float(values.mean()) for name, values in each.items()},
            "out": {
                "pca": held_out(self.vectors, pairs, pca_without),
                "lens": held_out(self.vectors, pairs, lens_without),
            },
            "chance": {name: float(values.mean()) for name, values in random.items()},
        }
        rows = [
            *(f"{shown_name(a)} → {shown_name(b)}" for a, b in pairs),
            "mean of these pairs",
            "a pair left out of the making",
            f"{len(chance)} random pairs",
        ]
        columns = {
            name: [percent(x) for x in [*each[name], *(kept[what][name] for what in ("mean", "out", "chance"))]]
            for name in planes
        }
        return dict(pair=rows, **columns), kept

    def _summary(self, kept, recalls):
        """What the two pictures show, in words."""
        near = " and ".join(f"{percent(recalls[name].mean())} in {what}" for name, what in PLANES.items())
        chance = NEAR / (len(START) - 1)
        return (
            f"Of the length that the offsets have in 50 dimensions, PCA of all {len(START)} words shows "
            f"{percent(kept['mean']['pca'])}, the lens {percent(kept['mean']['lens'])}, and "
            f"{percent(kept['out']['lens'])} of a pair that it was not made from. The price: of a word’s {NEAR} "
            f"nearest among these words, {near} are near in the picture too; chance gives {percent(chance)}."
        )


def recorded(state, vectors):
    """The panel as the page opens with it."""
    return Pictures(vectors).columns(state.group)
