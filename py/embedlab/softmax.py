"""What negative sampling saves: skip-gram with the full softmax, and with a hierarchical one.

Full: P(c | w) = exp(v_c·u_w) / Σ exp(v·u_w), V dot products a pair (equation 2 of Mikolov et al. 2013, "Distributed
Representations of Words and Phrases"). Hierarchical: the words are the leaves of a binary tree, and P(c | w) is the
product of the turns on the way to c, each σ(±n·u_w) with a vector n of the inner node; about log2 V dot products
(Morin and Bengio 2005; a Huffman tree: Mikolov et al. 2013, "Efficient Estimation of Word Representations").

Axes: V vocabulary, D dimensions, L turns on the way to a word. A tree of V words has V - 1 inner nodes.
"""

import heapq
from dataclasses import dataclass

import numpy as np

from embedlab.numbers import counted
from embedlab.sgns import sigmoid


def softmax(x, axis=-1):
    """exp(x) / Σ exp(x) along an axis, without overflow; the shape of x."""
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def full_loss(u, v, context):
    """-log P(context | u) in nats, a float: u (D,), v (V, D), context an id."""
    scores = v @ u  # (V,): one dot product for each word
    return float(np.logaddexp.reduce(scores) - scores[context])


def full_gradients(u, v, context):
    """Of this loss, by u (D,) and v (V, D): every row of v has one."""
    errors = softmax(v @ u)  # (V,)
    errors[context] -= 1  # P - one-hot
    return errors @ v, np.outer(errors, u)


@dataclass(frozen=True)
class HuffmanTree:
    """For each of V words, the way from the root to its leaf.

    nodes: list of (L,) int64, inner nodes 0..V-2 in the order met, the root being V - 2;
    turns: list of (L,) float64, +1 for the first branch of a node, -1 for the second.
    """

    nodes: list
    turns: list

    @classmethod
    def from_counts(cls, counts):
        """The tree in which frequent words have short ways (Huffman 1952), for the counts of 2 or more words.

        Again and again the two rarest subtrees are joined; of equally rare ones the older is taken first.
        """
        V = len(counts)
        if V < 2:
            raise ValueError(f"a tree of {counted(V, 'word')} has no turns: give the counts of 2 or more words.")
        heap = [(int(count), word) for word, count in enumerate(counts)]  # (count, place): leaves, then inner nodes
        heapq.heapify(heap)
        parent = {}  # place -> (inner node, turn)
        for node in range(V - 1):
            (count_a, a), (count_b, b) = heapq.heappop(heap), heapq.heappop(heap)
            parent[a], parent[b] = (node, 1.0), (node, -1.0)
            heapq.heappush(heap, (count_a + count_b, V + node))
        ways = [cls._way(word, parent, V) for word in range(V)]
        return cls(
            [np.array([node for node, _ in way], dtype=np.int64) for way in ways],
            [np.array([turn for _, turn in way]) for way in ways],
        )

    @staticmethod
    def _way(place, parent, V):
        """[(inner node, turn)] from the root down to a place."""
        way = []
        while place in parent:
            way.append(parent[place])
            place = V + parent[place][0]
        return way[::-1]

    def lengths(self):
        """L of each word: (V,) int64."""
        return np.array([len(nodes) for nodes in self.nodes], dtype=np.int64)


def tree_loss(u, n, tree, context):
    """-log P(context | u) in nats, a float: u (D,), n (V - 1, D) vectors of the inner nodes, context an id."""
    scores = tree.turns[context] * (n[tree.nodes[context]] @ u)  # (L,): one dot product for each turn
    return float(np.logaddexp(0, -scores).sum())


def tree_gradients(u, n, tree, context):
    """Of this loss, by u (D,) and by the rows of n on the way (L, D); the other rows have none."""
    turns, on_way = tree.turns[context], n[tree.nodes[context]]  # (L,), (L, D)
    errors = -turns * sigmoid(-turns * (on_way @ u))  # (L,)
    return errors @ on_way, np.outer(errors, u)


def tree_probabilities(u, n, tree):
    """P(c | u) of every word, which sum to 1 whatever the vectors: (V,) float64."""
    return np.exp([-tree_loss(u, n, tree, word) for word in range(len(tree.nodes))])


def dot_products(counts, negatives):
    """{"full", "hierarchical", "negative sampling": dot products for one pair}; negatives: K.

    The hierarchical figure is the mean way in the Huffman tree of the counts, weighted by them.
    """
    lengths = HuffmanTree.from_counts(counts).lengths()  # (V,)
    return {
        "full": len(counts),
        "hierarchical": float(np.average(lengths, weights=counts)),
        "negative sampling": negatives + 1,
    }
