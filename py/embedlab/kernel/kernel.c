// The inner loops of word2vec: skip-gram and CBOW with negative sampling over a stream of word ids, one thread.
//
// A step does what embedlab.sgns.step and embedlab.cbow.step do: all K + 1 products are taken before a row moves, a
// negative equal to the target is skipped, a repeated one counts each time, the input moves once. The sigmoid is
// exact to float32. Everything lies in arrays that the caller owns and has checked; nothing is allocated here.
//
// Axes: D dim, K negatives, R = K + 1 rows of V in a step (the target's and the negatives'), T tokens.
// Four floats are worked on at once (SSE, NEON, WebAssembly's v128); the last D % 4 one by one.

#include "common.h"

#ifdef _WIN32
int _DllMainCRTStartup(void) { return 1; }    // called as the library is loaded; else a C runtime would have to be linked
#endif

#define GROUP 6               // rows whose products are taken side by side: as many as registers hold
#define TILE 3                // the same where negatives are shared, for one input or two
#define BATCH 64              // steps whose rows are drawn in one go: faster than drawing between steps
#define NEVER (-1e30f)        // a product whose sigmoid is 0 and whose loss is 0

struct Job {
    float *U, *V;             // (vocabulary, D): inputs, outputs
    const int32_t *stream;    // (length,): word ids; -1 ends a sentence
    const uint32_t *noise;    // (vocabulary, 2): an alias table, {threshold, alias}
    float **rows;             // (BATCH + 2 window, R + 1): each step's row of U and rows of V
    float *rates;             // (BATCH + 2 window,): each step's learning rate
    int32_t *windows;         // (BATCH, 3): of each centre whose negatives are shared, its position and its window's ends
    float *scratch;           // products, errors, rows: as many as kernel/__init__.py works out
    uint64_t random;          // the generator's state
    double rate, slope, floor;        // learning rate at position t: max(rate - slope t, floor)
    double linear, product;           // out: the summed loss is linear + log(product) + exponent log 2
    int64_t exponent, steps;          // out: (and) the steps taken
    int32_t length, vocabulary, dim, window, negatives;
};

// A word of the noise distribution: the upper bits choose a column of the alias table, the lower ones toss its coin.
INLINE uint32_t noise_word(struct Job *job) {
    uint64_t bits = draw(&job->random);
    uint32_t column = below(bits, (uint32_t)job->vocabulary);
    uint32_t threshold = job->noise[2 * (size_t)column], alias = job->noise[2 * (size_t)column + 1];
    uint32_t other = -(uint32_t)((uint32_t)bits >= threshold);  // no branch: it would be guessed wrong half the time
    return column ^ ((column ^ alias) & other);
}

// exp(-|x|): 2^n by its exponent bits times a polynomial in what is left, |r| <= ln 2 / 2.
INLINE f4 exp_minus_abs(f4 x) {
    const f4 magic = splat(12582912.0f);                        // 1.5 * 2^23: adding it rounds to a whole number
    f4 a = (f4)((i4)x | (int32_t)0x80000000) * 1.44269504f;     // -|x| log2 e
    f4 n = a + magic;
    f4 r = (a - (n - magic)) * 0.693147181f;
    f4 r2 = r * r;
    f4 high = (0.0416666667f + r * 0.00833333333f) + r2 * 0.00138888889f;
    f4 p = (1.0f + r) + r2 * ((0.5f + r * 0.166666667f) + r2 * high);
    f4 e = p * (f4)(((u4)n - (u4)magic + 127u) << 23);           // unsigned: far out it goes round, and is not used
    return (f4)((i4)e & ~(a < -126.0f));                        // NaN stays NaN
}

// Products x (n,) become errors (n,) = rate (sigmoid(x) - label), where the label is 1 for the first `positives`, else 0;
// adds the losses: log(1 + exp(y)) = max(y, 0) + log(1 + exp(-|y|)), where y is x, or -x for the positives. Reads and
// writes whole fours.
INLINE void errors(struct Job *job, const float *x, float rate, float *error, int n, int positives) {
    f4 linear = splat(0), product = splat(1);
    i4 left = {n - 1, n - 2, n - 3, n - 4}, positive = {positives - 1, positives - 2, positives - 3, positives - 4};
    for (int k = 0; k < n; k += 4) {
        i4 beyond = left < 0, sign = (positive >= 0) & (int32_t)0x80000000;
        f4 y = (f4)((((i4)at(x + k) ^ sign) & ~beyond) | ((i4)splat(NEVER) & beyond));
        f4 e = exp_minus_abs(y), one_plus = 1.0f + e;
        i4 negative = y < 0.0f;
        linear += (f4)((i4)y & ~negative);
        f4 sigmoid = (f4)(((i4)e & negative) | ((i4)splat(1) & ~negative)) / one_plus;
        put(error + k, (f4)((i4)(rate * sigmoid) ^ sign));
        product *= one_plus;
        if (k % 256 == 252 || k + 4 >= n) {                     // before it overflows: each factor is at most 2
            job->product *= (double)product[0] * (double)product[1] * ((double)product[2] * (double)product[3]);
            product = splat(1);
            if (job->product > 0x1p700) {
                job->product *= 0x1p-700;
                job->exponent += 700;
            }
        }
        left -= 4;
        positive -= 4;
    }
    job->linear += (double)sum(linear);
}

// The sums of four vectors.
INLINE f4 sums_of(f4 a, f4 b, f4 c, f4 d) {
    f4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5) + __builtin_shufflevector(a, b, 2, 6, 3, 7);
    f4 cd = __builtin_shufflevector(c, d, 0, 4, 1, 5) + __builtin_shufflevector(c, d, 2, 6, 3, 7);
    return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

// x[k] = u . rows[k] for n <= GROUP rows, side by side; writes whole fours.
INLINE void dot_group(const float *u, float *const *rows, int n, int D, float *x) {
    const float *v[GROUP];                                      // copies, which no store can change
    f4 sums[8];
    int d = 0;
    for (int k = 0; k < n; k++) v[k] = rows[k];
    for (int k = 0; k < 8; k++) sums[k] = splat(0);
    for (; d + 4 <= D; d += 4) {
        f4 ud = at(u + d);
        for (int k = 0; k < n; k++) sums[k] += ud * at(v[k] + d);
    }
    put(x, sums_of(sums[0], sums[1], sums[2], sums[3]));
    if (n > 4) put(x + 4, sums_of(sums[4], sums[5], sums[6], sums[7]));
    for (; d < D; d++)
        for (int k = 0; k < n; k++) x[k] += u[d] * v[k][d];
}

// rows[k] -= g[k] u, and out -= sum_k g[k] rows[k] as they were, for n <= GROUP rows; out may be u.
INLINE void update_group(const float *u, float *const *rows, const float *g, int n, int D, float *out) {
    float *v[GROUP];
    f4 gs[GROUP];
    int d = 0;
    for (int k = 0; k < n; k++) v[k] = rows[k], gs[k] = splat(g[k]);
    for (; d + 4 <= D; d += 4) {
        f4 ud = at(u + d), du = splat(0);
        for (int k = 0; k < n; k++) {
            f4 vd = at(v[k] + d);
            du += gs[k] * vd;
            put(v[k] + d, vd - gs[k] * ud);
        }
        put(out + d, at(out + d) - du);
    }
    for (; d < D; d++) {
        float ud = u[d], du = 0;
        for (int k = 0; k < n; k++) {
            float vd = v[k][d];
            du += gs[k][0] * vd;
            v[k][d] = vd - gs[k][0] * ud;
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

// Whether one of the rows is there twice.
INLINE int has_repeats(float *const *rows, int R) {
    int repeats = 0;
    for (int k = 1; k < R; k++)
        for (int j = 0; j < k; j++) repeats |= rows[j] == rows[k];
    return repeats;
}

// Products x (R, W) of rows of V [target, negatives ...] with W inputs become errors (R, W), as `errors` has it.
// An error of 0 leaves its row alone: so negatives that are the target are skipped, and repeats counted at the first.
INLINE void row_errors(struct Job *job, float *const *rows, int W, float *x, float rate, float *error) {
    int R = job->negatives + 1, repeats = has_repeats(rows, R);
    if (repeats)
        for (int k = 1; k < R; k++)
            if (rows[k] == rows[0])
                for (int i = 0; i < W; i++) x[k * W + i] = NEVER;
    errors(job, x, rate, error, R * W, W);
    if (repeats)
        for (int k = R - 1; k > 1; k--)
            for (int j = 1; j < k; j++)
                if (rows[j] == rows[k]) {
                    for (int i = 0; i < W; i++) error[j * W + i] += error[k * W + i], error[k * W + i] = 0;
                    break;
                }
}

// One step: input u (D,), rows of V [target, negatives ...]; out -= rate du, where out may be u.
INLINE void step(struct Job *job, float *u, float *const *rows, float rate, float *out) {
    int R = job->negatives + 1, D = job->dim;
    float *old = job->scratch + D, *x = old + D, *error = x + R + 3;
    dots(u, rows, R, D, x);
    row_errors(job, rows, 1, x, rate, error);
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

// The target's row of V and K rows of V drawn from the noise.
INLINE void draw_rows(struct Job *job, float **rows, int32_t target) {
    rows[0] = job->V + (size_t)target * job->dim;
    for (int k = 1; k <= job->negatives; k++) rows[k] = job->V + (size_t)noise_word(job) * job->dim;
}

// Skip-gram over positions start..stop (exclusive) of the stream: a step for each word in each centre's window.
EXPORT void sgns(struct Job *job, int32_t start, int32_t stop) {
    size_t size = (size_t)job->negatives + 2;                   // of a step's rows
    for (int32_t t = start; t < stop;) {
        int steps = 0;
        for (; t < stop && steps < BATCH; t++) {
            int32_t from, to;
            if (job->stream[t] < 0) continue;
            window_at(job, t, &from, &to);
            for (int32_t c = from; c <= to; c++) {
                if (c == t) continue;
                float **rows = job->rows + size * steps;
                job->rates[steps++] = rate_at(job, t);
                rows[0] = job->U + (size_t)job->stream[t] * job->dim;
                draw_rows(job, rows + 1, job->stream[c]);
            }
        }
        for (int i = 0; i < steps; i++) {
            float **rows = job->rows + size * i;
            step(job, rows[0], rows + 1, job->rates[i], rows[0]);
        }
    }
}

// -- skip-gram with negatives shared by a window -----------------------------------------------------------------

// Functions apart from what calls them: V8 allots registers better to short ones.
#define APART static __attribute__((noinline))
#define FOR_EACH_TILE(R, call)                                        \
    for (int k = 0; k < R; k += TILE) {                               \
        if (R - k >= 3) call(3);                                      \
        else if (R - k == 2) call(2);                                 \
        else call(1);                                                 \
    }

// x[k W + i] = inputs[i] . rows[k] for m inputs and n rows, side by side.
INLINE void dot_tile(float *const *inputs, int m, float *const *rows, int n, int D, float *x, int W) {
    const float *u[2], *v[TILE];                                // copies, which no store can change
    f4 sums[2][TILE];
    int d = 0;
    for (int i = 0; i < m; i++) u[i] = inputs[i];
    for (int k = 0; k < n; k++) v[k] = rows[k];
    for (int i = 0; i < m; i++)
        for (int k = 0; k < n; k++) sums[i][k] = splat(0);
    for (; d + 4 <= D; d += 4)
        for (int k = 0; k < n; k++) {
            f4 vd = at(v[k] + d);
            for (int i = 0; i < m; i++) sums[i][k] += at(u[i] + d) * vd;
        }
    for (int i = 0; i < m; i++)
        for (int k = 0; k < n; k++) x[k * W + i] = sum(sums[i][k]);
    for (; d < D; d++)
        for (int i = 0; i < m; i++)
            for (int k = 0; k < n; k++) x[k * W + i] += u[i][d] * v[k][d];
}

#define DOT_TILE(m, n)                                                                                               \
    APART void dot_tile_##m##n(float *const *inputs, float *const *rows, int D, float *x, int W) {                   \
        dot_tile(inputs, m, rows, n, D, x, W);                                                                       \
    }
DOT_TILE(1, 1) DOT_TILE(1, 2) DOT_TILE(1, 3) DOT_TILE(2, 1) DOT_TILE(2, 2) DOT_TILE(2, 3)

// x (R, W): the products of R rows and W inputs.
INLINE void window_dots(float *const *inputs, int W, float *const *rows, int R, int D, float *x) {
#define ONE(n) dot_tile_1##n(inputs + i, rows + k, D, x + k * W + i, W)
#define TWO(n) dot_tile_2##n(inputs + i, rows + k, D, x + k * W + i, W)
    for (int i = 0; i < W; i += 2)
        if (i + 1 < W) FOR_EACH_TILE(R, TWO)
        else FOR_EACH_TILE(R, ONE)
#undef ONE
#undef TWO
}

// Four columns from d on of n rows, moved by the inputs; adds to du (W,) what moves the inputs, by the rows as they were.
INLINE void move_tile(float *const *inputs, int W, float *const *rows, int n, const f4 *g, int R, f4 *du, int d) {
    f4 v[TILE], change[TILE];
    for (int k = 0; k < n; k++) v[k] = at(rows[k] + d), change[k] = splat(0);
    for (int i = 0; i < W; i++, g += R) {
        f4 u = at(inputs[i] + d), move = du[i];
        for (int k = 0; k < n; k++) {
            move += g[k] * v[k];
            change[k] += g[k] * u;
        }
        du[i] = move;
    }
    for (int k = 0; k < n; k++) put(rows[k] + d, at(rows[k] + d) - change[k]);      // as it is now: it may be there twice
}

// rows[k] -= sum_i g[i, k] inputs[i], and inputs[i] -= sum_k g[i, k] rows[k], both as they were; a row may be there twice.
// g (W, R), each splatted over four; du (W,) is scratch.
APART void window_update(float *const *inputs, int W, float *const *rows, int R, int D, const f4 *g, f4 *du) {
    int d = 0;
    for (; d + 4 <= D; d += 4) {
        for (int i = 0; i < W; i++) du[i] = splat(0);
#define CALL(n) move_tile(inputs, W, rows + k, n, g + k, R, du, d)
        FOR_EACH_TILE(R, CALL)
#undef CALL
        for (int i = 0; i < W; i++) put(inputs[i] + d, at(inputs[i] + d) - du[i]);
    }
    for (; d < D; d++) {
        for (int i = 0; i < W; i++) {
            float move = 0;
            for (int k = 0; k < R; k++) move += g[i * R + k][0] * rows[k][d];
            du[i] = splat(move);
        }
        for (int k = 0; k < R; k++) {
            float change = 0;
            for (int i = 0; i < W; i++) change += g[i * R + k][0] * inputs[i][d];
            rows[k][d] -= change;
        }
        for (int i = 0; i < W; i++) inputs[i][d] -= du[i][0];
    }
}

// A window's steps at once: W inputs, rows of U, each with the same rows of V [target, negatives ...]. All products are
// taken before a row moves.
INLINE void window_step(struct Job *job, float *const *inputs, int W, float *const *rows, float rate) {
    int R = job->negatives + 1, D = job->dim, most = 2 * job->window;
    f4 *g = (f4 *)job->scratch, *du = g + (size_t)most * R;     // (W, R), (W,)
    float *x = (float *)(du + most), *error = x + (size_t)most * R + 3;                    // (R, W), (R, W)
    window_dots(inputs, W, rows, R, D, x);
    row_errors(job, rows, W, x, rate, error);
    for (int i = 0; i < W; i++)
        for (int k = 0; k < R; k++) g[i * R + k] = splat(error[k * W + i]);
    window_update(inputs, W, rows, R, D, g, du);
    job->steps += W;
}

// Have a row (D,) in the cache when it is wanted.
INLINE void fetch(const float *row, int D) {
    for (int d = 0; d < D; d += 16) {
#ifdef __wasm__                                                 // which has no instruction for that: read a float
        float touched = *(const volatile float *)(row + d);
        (void)touched;
#else
        __builtin_prefetch(row + d);
#endif
    }
}

// Skip-gram as word2vec.c takes it, each word of a window an input and the centre its target, with one draw of negatives
// for all of them (Ji, Satish, Li and Dubey 2016): a third of the rows.
EXPORT void sgns_shared(struct Job *job, int32_t start, int32_t stop) {
    int R = job->negatives + 1, D = job->dim;
    float **inputs = job->rows + (size_t)R * BATCH;
    for (int32_t t = start; t < stop;) {
        int n = 0;
        for (; t < stop && n < BATCH; t++) {
            int32_t *window = job->windows + 3 * n;
            if (job->stream[t] < 0) continue;
            window_at(job, t, &window[1], &window[2]);
            if (window[1] == window[2]) continue;
            window[0] = t;
            draw_rows(job, job->rows + (size_t)R * n++, job->stream[t]);
        }
        for (int i = 0; i < n; i++) {
            const int32_t *window = job->windows + 3 * i;
            float **rows = job->rows + (size_t)R * i;
            int W = 0;
            for (int32_t c = window[1]; c <= window[2]; c++)
                if (c != window[0]) inputs[W++] = job->U + (size_t)job->stream[c] * D;
            if (i + 1 < n) {                                    // the next window's rows, and its last word's
                for (int k = 0; k < R; k++) fetch(rows[R + k], D);
                fetch(job->U + (size_t)job->stream[window[5]] * D, D);
            }
            window_step(job, inputs, W, rows, rate_at(job, window[0]));
        }
    }
}

INLINE void add(float *out, const float *row, int D) {
    int d = 0;
    for (; d + 4 <= D; d += 4) put(out + d, at(out + d) + at(row + d));
    for (; d < D; d++) out[d] += row[d];
}

// CBOW over positions start..stop (exclusive): a step for each centre, its input the mean of the window's rows of U,
// each of which gets the mean's whole error, not 1/n of it, as in word2vec.c.
EXPORT void cbow(struct Job *job, int32_t start, int32_t stop) {
    int D = job->dim;
    float *mean = job->scratch, *change = mean + D, **rows = job->rows;
    for (int32_t t = start; t < stop; t++) {
        int32_t from, to;
        if (job->stream[t] < 0) continue;
        window_at(job, t, &from, &to);
        if (from == to) continue;
        draw_rows(job, rows, job->stream[t]);
        for (int d = 0; d < D; d++) mean[d] = change[d] = 0;
        for (int32_t c = from; c <= to; c++)
            if (c != t) add(mean, job->U + (size_t)job->stream[c] * D, D);
        for (int d = 0; d < D; d++) mean[d] /= (float)(to - from);
        step(job, mean, rows, rate_at(job, t), change);
        for (int32_t c = from; c <= to; c++)
            if (c != t) add(job->U + (size_t)job->stream[c] * D, change, D);
    }
}

// -- products in whole numbers ---------------------------------------------------------------------------------------

typedef int16_t s8 __attribute__((vector_size(16)));
typedef int8_t b8 __attribute__((vector_size(8)));
typedef b8 b8_at_byte __attribute__((aligned(1), may_alias));
typedef s8 s8_at_short __attribute__((aligned(2), may_alias));

// Eight codes times eight of a query, summed to four.
INLINE i4 eight(const int8_t *codes, s8 query) {
    s8 wide = __builtin_convertvector(*(const b8_at_byte *)codes, s8);
#ifdef __wasm__
    return (i4)__builtin_wasm_dot_s_i32x4_i16x8(wide, query);
#else
    typedef int32_t i8 __attribute__((vector_size(32)));
    i8 all = __builtin_convertvector(wide, i8) * __builtin_convertvector(query, i8);
    return __builtin_shufflevector(all, all, 0, 1, 2, 3) + __builtin_shufflevector(all, all, 4, 5, 6, 7);
#endif
}

INLINE void products_of(const int8_t *codes, int rows, const int16_t *query, int32_t *out, int32_t D) {
    i4 sums[4];
    for (int r = 0; r < rows; r++) sums[r] = (i4){0, 0, 0, 0};
    for (int32_t d = 0; d < D; d += 8)
        for (int r = 0; r < rows; r++) sums[r] += eight(codes + (size_t)r * D + d, *(const s8_at_short *)(query + d));
    for (int r = 0; r < rows; r++) out[r] = (sums[r][0] + sums[r][1]) + (sums[r][2] + sums[r][3]);
}

// Products of codes (V, D) with a query (D,): out (V,); D is a multiple of 8, and no sum leaves an int32.
EXPORT void products(const int8_t *codes, const int16_t *query, int32_t *out, int32_t V, int32_t D) {
    int32_t row = 0;
    for (; row + 4 <= V; row += 4) products_of(codes + (size_t)row * D, 4, query, out + row, D);
    for (; row < V; row++) products_of(codes + (size_t)row * D, 1, query, out + row, D);
}

// What kernel/__init__.py must have the same, and checks: BATCH, the size of a Job, and where each field begins, by name.
EXPORT int32_t fields(int32_t i) {
#define AT(field) offsetof(struct Job, field)
    static const int32_t numbers[] = {
        BATCH, sizeof(struct Job), AT(U), AT(V), AT(dim), AT(exponent), AT(floor), AT(length), AT(linear),
        AT(negatives), AT(noise), AT(product), AT(random), AT(rate), AT(rates), AT(rows), AT(scratch), AT(slope),
        AT(steps), AT(stream), AT(vocabulary), AT(window), AT(windows),
    };
#undef AT
    return i < (int32_t)(sizeof numbers / sizeof *numbers) ? numbers[i] : -1;
}
