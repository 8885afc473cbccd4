// The arithmetic of skip-gram with negative sampling, as embedlab.sgns has it: one step, and the objective as a whole.
// Both tables are flat: [x, y, x, y ...], U the centre vectors, V the context vectors.

export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** -log σ(x), also where σ(x) is too small for a double. */
export const negativeLogSigmoid = (x) => x > 0 ? Math.log1p(Math.exp(-x)) : -x + Math.log1p(Math.exp(x));

export const row = (matrix, i) => [matrix[2 * i], matrix[2 * i + 1]];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1];

function add(matrix, i, [x, y], times) {
  matrix[2 * i] += times * x;
  matrix[2 * i + 1] += times * y;
}

/**
 * Take one step in place and tell what it did. draw: {centre, context, negatives, rate}. In the record `rows` are those
 * of V, the context first; one that is `skipped`, a negative that is the context, takes no part. error: σ - 1 for the
 * context, σ for a negative; gradient: of the loss by that row of V, error times u.
 */
export function takeStep(U, V, { centre, context, negatives, rate }) {
  const u = row(U, centre), du = [0, 0];
  const rows = [context, ...negatives].map((id, i) => {
    const v = row(V, id), score = dot(u, v), sigma = sigmoid(score), skipped = i > 0 && id === context;
    const error = skipped ? 0 : sigma - (i === 0);
    du[0] += error * v[0];
    du[1] += error * v[1];
    const loss = skipped ? 0 : negativeLogSigmoid(i === 0 ? score : -score);
    return { id, role: i === 0 ? "context" : skipped ? "skipped" : "negative", before: v, dot: score, sigma, error,
             gradient: [error * u[0], error * u[1]], loss };
  });
  add(U, centre, du, -rate);
  for (const { id, gradient } of rows) add(V, id, gradient, -rate);
  return { centre, rate, before: u, gradient: du, after: row(U, centre),
           rows: rows.map((one) => ({ ...one, after: row(V, one.id) })),
           loss: rows.reduce((sum, one) => sum + one.loss, 0) };
}

/**
 * The objective of a corpus: what all its pairs and their negatives pull and push, in expectation. counts: (W * W) flat,
 * how often each centre stands beside each context; noise: (W,) the probability of each negative; K: negatives a pair.
 */
export class Objective {
  constructor(counts, noise, K) {
    const W = noise.length, total = counts.reduce((sum, n) => sum + n, 0);
    const ofCentre = noise.map((_, w) => counts.slice(w * W, (w + 1) * W).reduce((sum, n) => sum + n, 0));
    this.words = W;
    this.K = K;
    this.real = Float64Array.from(counts, (n) => n / total);            // the share of each pair among the real ones
    this.drawn = Float64Array.from(counts, (n, i) =>                    // and of each among the negatives, K a pair
      K * noise[i % W] * (ofCentre[Math.floor(i / W)] - n) / total);
  }

  /** The share of the real pairs that a word takes part in, as centre ("u") or as context ("v"). */
  share(matrix, word) {
    const W = this.words;
    return this.real.reduce((sum, part, i) => (matrix === "u" ? Math.floor(i / W) : i % W) === word ? sum + part : sum, 0);
  }

  /** Of the pair (w, c): its u·v and σ, its part of the loss, and by how much its rows are pulled and pushed together. */
  pair(U, V, w, c) {
    const i = w * this.words + c, score = dot(row(U, w), row(V, c)), sigma = sigmoid(score);
    return { score, sigma, pull: this.real[i] * (1 - sigma), push: this.drawn[i] * sigma,
             loss: this.real[i] * negativeLogSigmoid(score) + this.drawn[i] * negativeLogSigmoid(-score) };
  }

  /** The forces on all rows, minus the gradient: {loss (a pair), pullU, pushU, pullV, pushV}, each flat. */
  forces(U, V) {
    const [pullU, pushU, pullV, pushV] = Array.from({ length: 4 }, () => new Float64Array(2 * this.words));
    let loss = 0;
    for (let w = 0; w < this.words; w += 1) {
      for (let c = 0; c < this.words; c += 1) {
        const pair = this.pair(U, V, w, c), u = row(U, w), v = row(V, c);
        loss += pair.loss;
        add(pullU, w, v, pair.pull);
        add(pushU, w, v, -pair.push);
        add(pullV, c, u, pair.pull);
        add(pushV, c, u, -pair.push);
      }
    }
    return { loss, pullU, pushU, pullV, pushV };
  }

  /** One step of gradient descent on all rows at once, in place; the length of the longest move. */
  descend(U, V, rate) {
    const { pullU, pushU, pullV, pushV } = this.forces(U, V);
    let longest = 0;
    for (const [matrix, pull, push] of [[U, pullU, pushU], [V, pullV, pushV]]) {
      for (let i = 0; i < this.words; i += 1) {
        const move = [pull[2 * i] + push[2 * i], pull[2 * i + 1] + push[2 * i + 1]];
        add(matrix, i, move, rate);
        longest = Math.max(longest, rate * Math.hypot(...move));
      }
    }
    return longest;
  }
}
