"""What weight tying saves: the share of well-known language models that is embedding.

Axes: V vocabulary, D dimensions.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelSize:
    """A published configuration: V, D, whether the output projection is the embedding, and all its parameters."""

    vocabulary_size: int
    dim: int
    tied: bool
    total: int

    @property
    def table(self):
        """Parameters of one V x D table."""
        return self.vocabulary_size * self.dim

    @property
    def embedding(self):
        """Parameters of embedding and output projection together: one table if tied, two if not."""
        return self.table * (1 if self.tied else 2)

    @property
    def share(self):
        """Of all parameters, how much is embedding and projection: 0..1."""
        return self.embedding / self.total

    def retied(self):
        """The same model with the other choice: one table more, or one less."""
        total = self.total + (self.table if self.tied else -self.table)
        return ModelSize(self.vocabulary_size, self.dim, not self.tied, total)


# By the published configurations: `tie_word_embeddings`. Llama 3.2 3B ties too.
MODELS = {
    "GPT-2": ModelSize(50_257, 768, True, 124_439_808),
    "Gemma 2B": ModelSize(256_000, 2048, True, 2_506_172_416),
    "Gemma 2 9B": ModelSize(256_000, 3584, True, 9_241_705_984),
    "Llama 3.2 1B": ModelSize(128_256, 2048, True, 1_235_814_400),
    "Llama 2 7B": ModelSize(32_000, 4096, False, 6_738_415_616),
    "Llama 3 8B": ModelSize(128_256, 4096, False, 8_030_261_248),
    "Mistral 7B": ModelSize(32_000, 4096, False, 7_241_732_096),
}
