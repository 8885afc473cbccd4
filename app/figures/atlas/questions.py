"""What is asked of the words of the atlas: the nearest of one, the cosines of all with one, the odd one out."""

import json

import numpy as np

from app.tasks.errors import reported

NEAREST = 10  # neighbours that a word is asked for
NO_NEAR = dict(of=[], word=[], cosine=[])
NO_COSINES = dict(of=[], cosine=[])


class Questions:
    """Answers out of an Atlas's vectors; bridge: brings the questions."""

    def __init__(self, atlas, bridge):
        self.atlas = atlas
        bridge.on("atlas-near", self.near)
        bridge.on("atlas-cosines", self.cosines)
        bridge.on("atlas-odd", self.odd)

    def forget(self):
        """The vectors are others."""
        self.atlas.view.near.data, self.atlas.view.cosines.data = NO_NEAR, NO_COSINES
        self._tell("")

    def _tell(self, text):
        self.atlas.state.question_message = text

    async def _vectors(self):
        """The WordVectors that are asked; None if others are on show once they have come."""
        asked = self.atlas.model, self.atlas.opened
        vectors = await self.atlas.questioned()
        return vectors if asked == (self.atlas.model, self.atlas.opened) else None

    async def near(self, word):
        """Send the NEAREST words to one, in all dimensions."""
        with reported(self._tell):
            vectors = await self._vectors()
            if vectors is None:
                return
            found = vectors.neighbours(word, min(NEAREST, len(vectors) - 1))
            self._tell("")
            self.atlas.view.near.data = dict(of=[word], word=[[w for w, _ in found]], cosine=[[c for _, c in found]])

    async def cosines(self, word):
        """Send the cosines of all words with one."""
        with reported(self._tell):
            vectors = await self._vectors()
            if vectors is None:
                return
            cosines, opened = vectors.cosines(word), self.atlas.opened
            if opened:  # words that the model does not have stand at 0
                of = dict(zip(vectors.words, cosines))
                cosines = np.array([of.get(other, 0) for other in opened.words], np.float32)
            self.atlas.view.cosines.data = dict(of=[word], cosine=[cosines])

    async def odd(self, text):
        """Say which of some words is the odd one out; text: JSON, a list of words."""
        with reported(self._tell):
            vectors = await self._vectors()
            if vectors is None:
                return
            words = json.loads(text)
            odd, scores = vectors.odd_one_out(words)
            self._tell(
                f"The odd one out of these {len(words)} is {odd}: its dot product with their mean is {scores[odd]:.2f}."
            )
