"""What kernel.c does, in NumPy: the slow path of `word2vec.Trainer`, where there is no compiled kernel.

It takes the steps of several neighbouring centres at once. All of them see the rows as they were before the batch,
and what they do to a row is summed: one by one, each would see what those before it did. Its random numbers are
others, too. So a run is not the kernel's number for number, but settles at the same losses.

Axes: B centres of a batch, W words of the widest window, S steps, R = 1 + K rows of V in a step, D dimensions.
"""

import numpy as np

LARGEST_BATCH = 128  # centres; more make a row's sum of steps too long for the losses to fall as they do one by one
WORDS_PER_CENTRE = 8  # a vocabulary has at least as many words for each centre of a batch, for the same reason


class Minibatches:
    """The NumPy engine of `word2vec.Trainer`, used as `kernel.Kernel` is; calls end at multiples of `grain`."""

    name = "numpy"

    def __init__(self, model, U, V, noise, window, negatives, random):
        self.U, self.V, self.negatives = U, V, negatives
        self.step = {"sgns": self.sgns, "sgns_shared": self.sgns_shared, "cbow": self.cbow}[model]
        self.grain = min(LARGEST_BATCH, max(1, len(U) // WORDS_PER_CENTRE))
        self.threshold, self.alias = noise.T  # (V,), (V,)
        self.offsets = np.concatenate([np.arange(-window, 0), np.arange(1, window + 1)])  # (W,)
        self.rng = np.random.default_rng(random)

    @property
    def random(self):
        """The state of its random numbers, which may be set: NumPy's, of whole numbers in a dict."""
        return self.rng.bit_generator.state

    @random.setter
    def random(self, state):
        self.rng.bit_generator.state = state

    def read(self, stream):
        """Take up a stream of word ids, (T,) int32, of which -1 ends a sentence."""
        self.stream, ends = stream, stream < 0
        self.sentence = np.where(ends, -1, np.cumsum(ends, dtype=np.int32))  # (T,)

    def train(self, start, stop, rate, slope, floor):
        """Train on the centres at positions start..stop (exclusive); returns (steps, summed loss in nats)."""
        steps, loss = 0, 0.0
        with np.errstate(over="ignore", invalid="ignore"):  # the Trainer looks for these
            for at in range(start, stop, self.grain):
                batch = np.arange(at, min(at + self.grain, stop))
                losses = self.step(*self.windows(batch), max(rate - slope * at, floor))
                steps, loss = steps + len(losses), loss + float(losses.sum(dtype=np.float64))
        return steps, loss

    def windows(self, centres):
        """Positions of a batch's words, (B,), and of those around each, (B, W), and a mask of its window."""
        centres = centres[self.stream[centres] >= 0]  # (B,)
        around = centres[:, None] + self.offsets  # (B, W)
        inside = (around >= 0) & (around < len(self.stream))
        around[~inside] = 0
        width = self.rng.integers(1, self.offsets[-1] + 1, len(centres))  # (B,)
        inside &= abs(self.offsets) <= width[:, None]
        inside &= self.sentence[around] == self.sentence[centres][:, None]
        return centres, around, inside

    def sgns(self, centres, around, inside, rate):
        """A step for each word inside each window; returns their losses (S,)."""
        which, _ = np.nonzero(inside)  # (S,)
        centre, context = self.stream[centres][which], self.stream[around[inside]]  # (S,), (S,)
        losses, du = self.outputs(self.U[centre], context, self.noise(len(which)), rate)  # (S,), (S, D)
        scatter(self.U, centre, du)
        return losses

    def sgns_shared(self, centres, around, inside, rate):
        """The same with the centre as the target of the words around it, all with the same negatives."""
        which, _ = np.nonzero(inside)  # (S,)
        word, target = self.stream[around[inside]], self.stream[centres][which]  # (S,), (S,)
        losses, du = self.outputs(self.U[word], target, self.noise(len(centres))[which], rate)  # (S,), (S, D)
        scatter(self.U, word, du)
        return losses

    def cbow(self, centres, around, inside, rate):
        """A step for each window that holds a word, its input their mean; returns the losses (S,)."""
        some = inside.any(axis=1)
        centres, around, inside = centres[some], around[some], inside[some]
        which, _ = np.nonzero(inside)
        context, size = self.stream[around[inside]], inside.sum(axis=1)  # (words,), (S,)
        mean = np.zeros((len(centres), self.U.shape[1]), np.float32)  # (S, D)
        scatter(mean, which, self.U[context])
        mean /= size[:, None].astype(np.float32)
        losses, du = self.outputs(mean, self.stream[centres], self.noise(len(centres)), rate)  # (S,), (S, D)
        scatter(self.U, context, du[which])
        return losses

    def noise(self, n):
        """n draws of K negatives, (n, K) ids."""
        column = self.rng.integers(0, len(self.V), (n, self.negatives))  # (n, K)
        coin = self.rng.integers(0, 2**32, column.shape, np.uint32)
        return np.where(coin < self.threshold[column], column, self.alias[column])

    def outputs(self, u, target, drawn, rate):
        """Move V for inputs u (S, D), targets (S,) and negatives (S, K).

        Returns losses (S,) and what to add to the inputs, (S, D).
        """
        rows = np.concatenate([target[:, None], drawn], axis=1)  # (S, R)
        v = self.V[rows]  # (S, R, D)
        x = np.matmul(v, u[:, :, None])[:, :, 0]  # (S, R)
        x[:, 0] *= -1  # now each loss is log(1 + exp(x))
        x[:, 1:][drawn == target[:, None]] = -np.inf  # skipped: no loss, no error
        losses = np.logaddexp(np.float32(0), x)  # (S, R)
        errors = np.exp(x - losses)  # σ(x), 0 for those skipped
        errors[:, 0] *= -1
        errors *= np.float32(-rate)
        du = np.matmul(errors[:, None, :], v)[:, 0]  # (S, D)
        scatter(self.V, rows.ravel(), (errors[:, :, None] * u[:, None, :]).reshape(-1, u.shape[1]))
        return losses.sum(axis=1), du


def scatter(table, ids, rows):
    """table[ids[i]] += rows[i] for every i, repeated ids included: rows of one id are summed side by side first."""
    if len(ids) == 0:
        return
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    starts = np.flatnonzero(np.concatenate([[True], ids[1:] != ids[:-1]]))
    table[ids[starts]] += np.add.reduceat(rows[order], starts)
