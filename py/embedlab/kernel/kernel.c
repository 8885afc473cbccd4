// The inner loops of word2vec: skip-gram and CBOW with negative sampling over a stream of word ids, one thread.
//
// A step does what embedlab.sgns.step and embedlab.cbow.step do: all K + 1 products are taken before a row moves, a
// negative equal to the target is skipped, a repeated one counts each time, the input moves once. The sigmoid is
// exact to float32. Everything lies in arrays that the caller owns and has checked; nothing is allocated here.
//
// Axes: D dim, K negatives, R = K + 1 rows of V in a step (the target's and the negatives'), T tokens.
// Four floats are worked on at once (SSE, NEON, WebAssembly's v128); the last D % 4 one by one.

#include <stddef.h>
#include <stdint.h>

typedef float f4 __attribute__((vector_size(16)));
typedef int32_t i4 __attribute__((vector_size(16)));
typedef float f4_at_float __attribute__((vector_size(16), aligned(4), may_alias));    // as found in a row

#define INLINE static inline __attribute__((always_inline))
#define EXPORT __attribute__((visibility("default")))
#define GROUP 6               // rows whose products are taken side by side: as many as registers hold
#define BATCH 64              // steps drawn ahead, so that their rows can be touched before they are needed
#define NEVER (-1e30f)        // a product whose sigmoid is 0 and whose loss is 0

struct Job {
    float *U, *V;             // (vocabulary, D): inputs, outputs
    const int32_t *stream;    // (length,): word ids; -1 ends a sentence
    const uint32_t *noise;    // (vocabulary, 2): an alias table, {threshold, alias}
    float **rows;             // (BATCH + 2 window, R + 1): each step's row of U and rows of V
    float *rates;             // (BATCH + 2 window,): each step's learning rate
    float *scratch;           // (2 D + 2 (R + 3)): two rows, products, errors
    uint64_t random;          // the generator's state
    double rate, slope, floor;        // learning rate at position t: max(rate - slope t, floor)
    double linear, product;           // out: the summed loss is linear + log(product) + exponent log 2
    int64_t exponent, steps;          // out: (and) the steps taken
    int32_t length, vocabulary, dim, window, negatives;
};

INLINE f4 at(const float *row) { return *(const f4_at_float *)row; }
INLINE void put(float *row, f4 value) { *(f4_at_float *)row = value; }
INLINE f4 splat(float x) { return (f4){x, x, x, x}; }
INLINE float sum(f4 a) { return (a[0] + a[1]) + (a[2] + a[3]); }

// SplitMix64 (Steele, Lea and Flood 2014): a counter, scrambled.
INLINE uint64_t draw(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

// A number below n from the upper 32 bits.
INLINE uint32_t below(uint64_t bits, uint32_t n) { return (uint32_t)((bits >> 32) * n >> 32); }

// A word of the noise distribution: the upper bits choose a column of the alias table, the lower ones toss its coin.
INLINE uint32_t noise_word(struct Job *job) {
    uint64_t bits = draw(&job->random);
    uint32_t column = below(bits, (uint32_t)job->vocabulary);
    const uint32_t *entry = job->noise + 2 * (size_t)column;
    return (uint32_t)bits < entry[0] ? column : entry[1];
}

// exp(-|x|): 2^n by its exponent bits times a polynomial in what is left, |r| <= ln 2 / 2.
INLINE f4 exp_minus_abs(f4 x) {
    const f4 magic = splat(12582912.0f);                        // 1.5 * 2^23: adding it rounds to a whole number
    f4 a = (f4)((i4)x | (int32_t)0x80000000) * 1.44269504f;     // -|x| log2 e
    f4 n = a + magic;
    f4 r = (a - (n - magic)) * 0.693147181f;
    f4 r2 = r * r;
    f4 p = (1.0f + r) + r2 * ((0.5f + r * 0.166666667f) + r2 * ((0.0416666667f + r * 0.00833333333f) + r2 * 0.00138888889f));
    f4 e = p * (f4)(((i4)n - (i4)magic + 127) << 23);
    return (f4)((i4)e & ~(a < -126.0f));                        // NaN stays NaN
}

// x (R,) becomes error (R,) = sigmoid(x); adds the losses log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)).
// Both have room for three more.
INLINE void sigmoids(struct Job *job, float *x, float *error, int R) {
    f4 linear = splat(0);
    for (int k = R; k % 4; k++) x[k] = NEVER;
    for (int k = 0; k < R; k += 4) {
        f4 xs = at(x + k), e = exp_minus_abs(xs), one_plus = 1.0f + e;
        i4 negative = xs < 0.0f;
        linear += (f4)((i4)xs & ~negative);
        put(error + k, (f4)(((i4)e & negative) | ((i4)splat(1) & ~negative)) / one_plus);
        job->product *= (double)((one_plus[0] * one_plus[1]) * (one_plus[2] * one_plus[3]));
        if (job->product > 0x1p900) {
            job->product *= 0x1p-900;
            job->exponent += 900;
        }
    }
    job->linear += (double)sum(linear);
}

// x[k] = u . rows[k] for n <= GROUP rows, side by side.
INLINE void dot_group(const float *u, float *const *rows, int n, int D, float *x) {
    f4 sums[GROUP];
    int d = 0;
    for (int k = 0; k < n; k++) sums[k] = splat(0);
    for (; d + 4 <= D; d += 4) {
        f4 ud = at(u + d);
        for (int k = 0; k < n; k++) sums[k] += ud * at(rows[k] + d);
    }
    for (int k = 0; k < n; k++) x[k] = sum(sums[k]);
    for (; d < D; d++)
        for (int k = 0; k < n; k++) x[k] += u[d] * rows[k][d];
}

// rows[k] -= g[k] u, and out -= sum_k g[k] rows[k] as they were, for n <= GROUP rows; out may be u.
INLINE void update_group(const float *u, float *const *rows, const float *g, int n, int D, float *out) {
    int d = 0;
    for (; d + 4 <= D; d += 4) {
        f4 ud = at(u + d), du = splat(0);
        for (int k = 0; k < n; k++) {
            f4 v = at(rows[k] + d);
            du += g[k] * v;
            put(rows[k] + d, v - g[k] * ud);
        }
        put(out + d, at(out + d) - du);
    }
    for (; d < D; d++) {
        float ud = u[d], du = 0;
        for (int k = 0; k < n; k++) {
            float v = rows[k][d];
            du += g[k] * v;
            rows[k][d] = v - g[k] * ud;
        }
        out[d] -= du;
    }
}

#define FOR_EACH_GROUP(R, call)                                       \
    for (int from = 0, n; from < R; from += n) {                      \
        n = R - from < GROUP ? R - from : GROUP;                      \
        switch (n) {                                                  \
        case 6: call(6); break;                                       \
        case 5: call(5); break;                                       \
        case 4: call(4); break;                                       \
        case 3: call(3); break;                                       \
        case 2: call(2); break;                                       \
        default: call(1);                                             \
        }                                                             \
    }

INLINE void dots(const float *u, float *const *rows, int R, int D, float *x) {
#define CALL(n) dot_group(u, rows + from, n, D, x + from)
    FOR_EACH_GROUP(R, CALL)
#undef CALL
}

INLINE void update(const float *u, float *const *rows, const float *g, int R, int D, float *out) {
#define CALL(n) update_group(u, rows + from, g + from, n, D, out)
    FOR_EACH_GROUP(R, CALL)
#undef CALL
}

// One step: input u (D,), rows of V [target, negatives ...]; out -= rate du, where out may be u.
// An error of 0 leaves its row alone: so negatives that are the target are skipped, and repeats counted at the first.
INLINE void step(struct Job *job, float *u, float *const *rows, float rate, float *out) {
    int R = job->negatives + 1, D = job->dim, repeats = 0;
    float *old = job->scratch + D, *x = old + D, *error = x + R + 3;
    for (int k = 1; k < R; k++)
        for (int j = 0; j < k; j++) repeats |= rows[j] == rows[k];
    dots(u, rows, R, D, x);
    x[0] = -x[0];                                               // now each loss is log(1 + exp(x))
    if (repeats)
        for (int k = 1; k < R; k++)
            if (rows[k] == rows[0]) x[k] = NEVER;
    sigmoids(job, x, error, R);
    error[0] = -error[0];
    if (repeats)
        for (int k = R - 1; k > 1; k--)
            for (int j = 1; j < k; j++)
                if (rows[j] == rows[k]) {
                    error[j] += error[k];
                    error[k] = 0;
                    break;
                }
    for (int k = 0; k < R; k++) error[k] *= rate;
    if (out == u && R > GROUP) {                                // several groups need u as it was
        for (int d = 0; d < D; d++) old[d] = u[d];
        u = old;
    }
    update(u, rows, error, R, D, out);
    job->steps++;
}

INLINE float rate_at(const struct Job *job, int32_t t) {
    double rate = job->rate - job->slope * t;
    return (float)(rate > job->floor ? rate : job->floor);
}

// The ends (inclusive) of the window at t: a width is drawn from 1..window, sentences end it.
INLINE void window_at(struct Job *job, int32_t t, int32_t *from, int32_t *to) {
    int32_t width = 1 + (int32_t)below(draw(&job->random), (uint32_t)job->window);
    for (*from = t; t - *from < width && *from > 0 && job->stream[*from - 1] >= 0;) --*from;
    for (*to = t; *to - t < width && *to < job->length - 1 && job->stream[*to + 1] >= 0;) ++*to;
}

// [row of U, target's row of V, K rows of V drawn from the noise]; the row of U is the caller's to fill in
INLINE void draw_rows(struct Job *job, float **rows, int32_t target) {
    rows[0] = job->V + (size_t)target * job->dim;
    for (int k = 1; k <= job->negatives; k++) rows[k] = job->V + (size_t)noise_word(job) * job->dim;
}

// Ask for rows early: a step takes longer than memory does.
INLINE void touch(float *const *rows, int n, int D) {
    for (int k = 0; k < n; k++)
        for (int d = 0; d < D; d += 16) (void)*(const volatile float *)(rows[k] + d);
}

// Skip-gram over positions start..stop (exclusive) of the stream: a step for each word in each centre's window.
EXPORT void sgns(struct Job *job, int32_t start, int32_t stop) {
    int R = job->negatives + 1;
    for (int32_t t = start; t < stop;) {
        int steps = 0;
        for (; t < stop && steps < BATCH; t++) {
            int32_t from, to;
            if (job->stream[t] < 0) continue;
            window_at(job, t, &from, &to);
            for (int32_t c = from; c <= to; c++) {
                if (c == t) continue;
                float **step_rows = job->rows + (size_t)steps * (R + 1);
                job->rates[steps++] = rate_at(job, t);
                step_rows[0] = job->U + (size_t)job->stream[t] * job->dim;
                draw_rows(job, step_rows + 1, job->stream[c]);
            }
        }
        for (int i = 0; i < steps; i++) {
            float **step_rows = job->rows + (size_t)i * (R + 1);
            if (i + 1 < steps) touch(step_rows + R + 2, R, job->dim);
            step(job, step_rows[0], step_rows + 1, job->rates[i], step_rows[0]);
        }
    }
}

// CBOW over positions start..stop (exclusive): a step for each centre, its input the mean of the window's rows of U,
// each of which gets the mean's whole error, not 1/n of it, as in word2vec.c.
EXPORT void cbow(struct Job *job, int32_t start, int32_t stop) {
    int D = job->dim;
    float *mean = job->scratch, **rows = job->rows;
    for (int32_t t = start; t < stop; t++) {
        int32_t from, to;
        if (job->stream[t] < 0) continue;
        window_at(job, t, &from, &to);
        if (from == to) continue;
        draw_rows(job, rows, job->stream[t]);
        touch(rows, job->negatives + 1, D);
        for (int d = 0; d < D; d++) mean[d] = 0;
        for (int32_t c = from; c <= to; c++) {
            const float *u = job->U + (size_t)job->stream[c] * D;
            if (c != t)
                for (int d = 0; d < D; d++) mean[d] += u[d];
        }
        for (int d = 0; d < D; d++) mean[d] /= (float)(to - from);
        float *change = mean + D;
        for (int d = 0; d < D; d++) change[d] = 0;
        step(job, mean, rows, rate_at(job, t), change);
        for (int32_t c = from; c <= to; c++) {
            float *u = job->U + (size_t)job->stream[c] * D;
            if (c != t)
                for (int d = 0; d < D; d++) u[d] += change[d];
        }
    }
}
