"""What skip-gram with negative sampling minimises, in full: `sgns.loss` and its gradients without the dice.

Mikolov et al. 2013, equation 4, summed over all pairs of the text, with the expectation over the noise taken as
Levy and Goldberg 2014 do (their equations 5 to 9), except that a negative equal to the context is skipped, as it is in
training. With counts N of pairs and the noise P, per pair of the text:

    L = 1/ΣN Σ_wc N_wc [ -log σ(u_w·v_c) - K Σ_{n≠c} P(n) log σ(-u_w·v_n) ]

The inner sum meets each word n in all pairs of w but those with n itself, so that it is, with M = K P(n) (ΣN_w - N_wn),

    L = 1/ΣN Σ_wn [ -N_wn log σ(u_w·v_n) - M_wn log σ(-u_w·v_n) ]:  N pulls a pair together, M pushes it apart.

Axes: V vocabulary, D dimensions, K negatives; in (V, V) rows are centres, columns contexts. Counts of pairs are those
of `pmi.cooccurrence`, the noise is that of `sgns.noise_distribution`. Losses are in nats.
"""

from dataclasses import dataclass

import numpy as np

from embedlab.pmi import pushes, sgns_gradients, sgns_loss


@dataclass(frozen=True)
class Gradients:
    """Of the expected loss, by U and by V, (V, D) float64 each: what comes from real pairs and what from the noise.

    The gradient for U is pull_u + push_u, that for V pull_v + push_v. A force on a word is the gradient with its sign
    turned: -pull_u draws it to its contexts, -push_u drives it away from the noise.
    """

    pull_u: np.ndarray
    push_u: np.ndarray
    pull_v: np.ndarray
    push_v: np.ndarray


def expected_loss(U, V, counts, noise, K):
    """The mean loss of a step with these U and V, (V, D) each: a float, in nats per pair of the text.

    counts: (V, V) of [centre, context] pairs, some above 0; noise: (V,), summing to 1; K: negatives, 1 or more.
    """
    return sgns_loss(U, V, counts, pushes(counts, noise, K)) / float(counts.sum())


def expected_loss_per_term(U, V, counts, noise, K):
    """The same, divided by the K + 1 terms of a step, skipped ones included: so runs of different K can be compared."""
    return expected_loss(U, V, counts, noise, K) / (K + 1)


def expected_gradients(U, V, counts, noise, K):
    """Gradients of `expected_loss`: the mean gradient of a step, what pulls and what pushes apart."""
    pull, push = counts / counts.sum(), pushes(counts, noise, K) / counts.sum()  # (V, V) each
    pull_u, pull_v = sgns_gradients(U, V, pull, 0)  # -Σ_c N_wc σ(-u_w·v_c) v_c / ΣN, and for v_c with u_w
    push_u, push_v = sgns_gradients(U, V, 0, push)  # Σ_n M_wn σ(u_w·v_n) v_n / ΣN
    return Gradients(pull_u, push_u, pull_v, push_v)
