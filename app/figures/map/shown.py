"""Which words the map shows: the page's, the commonest of the set, those near a word, or the user's own."""

import panel as pn

from app.sources.map_words import ADDED, CATEGORY_OF, START, shown_name
from app.sources.vector_sets import GLOVE
from app.tasks.errors import reported
from embedlab.numbers import sized

PAGE, COMMON, NEAR, MINE = "The page’s words", "The 300 commonest", "Near a word", "My list"
SHOWS = [PAGE, COMMON, NEAR, MINE]
COMMONEST, NEAREST = 300, 60
MOST_NAMED = 3


class Shown:
    """The words that the planes are chosen for; those of the user join them. map: a Map, which draws them.

    drawn: the value of the state's `show` that was last acted upon; instead: whether COMMON stands in for PAGE, most of
    whose words the set lacks; centre: the word of NEAR, which shows the page's words until there is one.
    """

    def __init__(self, state, map, bridge):
        self.state, self.map = state, map
        self.drawn, self.instead, self.centre = state.show, False, None
        bridge.on("map-show-near", self.go_near)
        state.param.watch(lambda event: pn.state.execute(self.change), "show")

    @property
    def kind(self):
        """What is on show, one of SHOWS: PAGE too where what NEAR or COMMON need is not there."""
        lacking = self.needs_all and not self.map.loaded
        return PAGE if lacking or self._needs_centre() else self.state.show

    @property
    def needs_all(self):
        """Whether all vectors of the set are needed."""
        return self.state.show in (COMMON, NEAR)

    def _needs_centre(self):
        return self.state.show == NEAR and not (self.centre and self.map.projected.spelling(self.centre))

    def first_words(self):
        """The words that the plane is chosen for."""
        projected = self.map.projected
        if self.kind == COMMON:
            return [projected.as_on_map(word) for word in projected.vectors.words[:COMMONEST]]
        if self.kind == NEAR:
            near = projected.vectors.neighbours(projected.spelling(self.centre), NEAREST)
            return [self.centre, *(projected.as_on_map(word) for word, _ in near)]
        return projected.present(START if self.kind == PAGE else self.map.choice.own_words())

    def plane_categories(self, words):
        """{word: category} that a plane for words tells apart: none where most have none, so that it is PCA’s."""
        if self.kind == PAGE:
            return CATEGORY_OF
        categories = {word: self.map.choice.category_of(word) for word in words} if self.kind == MINE else {}
        return {word: category for word, category in categories.items() if category != ADDED}

    def names(self, words):
        """Words as they are written on the map: as the set has them, but the page's words in the page's way."""
        return [shown_name(word) if self.kind == PAGE else self.map.projected.spelling(word) for word in words]

    def follow_set(self):
        """Show the commonest words of a set that lacks most of the page's; the page's again of one that has them."""
        lacks = not knows_the_page(self.map.projected)
        if lacks and self.state.show == PAGE or self.instead and not lacks:
            self.drawn = COMMON if lacks else PAGE
            self.state.show, self.instead = self.drawn, lacks

    async def change(self):
        """Draw the words that the user has chosen to see; for NEAR the page says the word, in `map-show-near`."""
        if self.state.show == self.drawn:  # `follow_set` has chosen
            return
        self.drawn, self.instead = self.state.show, False
        if self.drawn != NEAR:
            with reported(self._say):
                await self._draw()

    async def go_near(self, text):
        """Choose NEAR, which the page may say later, and show the words near a word."""
        with reported(self._say):
            words = await self.map.look_up([text] if text.strip() else [])
            self.centre = words[0] if words else self.centre
            self.drawn, self.instead, self.state.show = NEAR, False, NEAR
            await self._draw()

    async def _draw(self):
        if self.needs_all:
            await self.map.load()
        self.map.unselect()
        self.map.show()
        self.tell()

    def _say(self, text):
        self.state.source_message = text

    def tell(self):
        """Say what the user should know of the words on show."""
        if self._needs_centre():
            self._say("Select a word on the map, or type one, and press “Near this word”.")
        else:
            self._say(self._about())

    def _about(self):
        """Nothing of the page's words in GloVe's vectors, which the text describes."""
        projected, choice = self.map.projected, self.map.choice
        size = f"{sized(projected.size, projected.dim)}."
        if projected.name != GLOVE:  # whose name may be too long for the list that it is chosen from
            size = f"{projected.title}: {size}"
        if self.instead:
            return f"{size} {why_instead(projected)}"
        if self.kind == MINE and not choice.own_words():
            return "Your list is empty: add words, or categories of your own."
        lacking = [shown_name(word) for word in projected.missing([*self._expected(), *choice.own_words()])]
        missing = [f"Not among them, so not on the map: {listed(lacking)}."] if lacking else []
        parts = [size, *missing] if lacking or projected.name != GLOVE else []
        if self.kind == NEAR:
            parts.append(f"On show: {projected.spelling(self.centre)} and the {NEAREST} nearest to it.")
        return " ".join(parts)

    def _expected(self):
        """The words that are on show if the set has them, beside the user's own."""
        return START if self.kind == PAGE else []


def knows_the_page(projected):
    """Whether a set has half of the page's words or more."""
    return 2 * len(projected.present(START)) >= len(START)


def why_instead(projected):
    """Why a set's commonest words are on show, in a sentence."""
    known = len(projected.present(START))
    count = (
        f"Only {known} of the page’s {len(START)} words are" if known else f"None of the page’s {len(START)} words is"
    )
    what = f"its {COMMONEST} commonest" if projected.size > COMMONEST else "all of them"
    return f"{count} among them, so the map shows {what}."


def listed(words, most=MOST_NAMED):
    """Words in a row, of more than `most` the first ones and how many more."""
    rest = len(words) - most
    return ", ".join(words[:most]) + (f" and {rest:,} more" if rest > 0 else "")
