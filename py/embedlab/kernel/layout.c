// The two loops of a layout: the k nearest of all rows by cosine, and the samples of an epoch in the plane.
//
// The samples are those of embedlab.layout.sample, in the same order. Everything lies in arrays that the caller owns and
// has checked; nothing is allocated here.
//
// Axes: N rows, G groups of four rows, D dimensions, k neighbours, E edges, K negatives.

#include "common.h"

#define ROWS 4                // of a group: one vector holds a number of each
#define BLOCK 16              // groups that stay in the nearest cache while others are compared with them
#define NEAR 0.001f           // keeps the push of points on top of each other finite, as UMAP does
#define LONGEST 4.0f          // of a force in either direction

// -- the nearest rows ------------------------------------------------------------------------------------------------

struct Nearest {
    float *cosines;           // (N, k): the highest so far, falling
    int32_t *neighbours;      // (N, k): whose they are
    float *least;             // (4 G,): of each row the last of its cosines; beyond N what no cosine exceeds
    int32_t N, k;
};

// Rows come in their order, so that of equal cosines the first row's stays in front.
INLINE void insert(struct Nearest *nearest, int32_t row, int32_t other, float cosine) {
    int32_t k = nearest->k, place = k - 1;
    float *cosines = nearest->cosines + (size_t)row * k;
    int32_t *neighbours = nearest->neighbours + (size_t)row * k;
    if (!(cosine > cosines[place])) return;
    for (; place > 0 && cosines[place - 1] < cosine; place--)
        cosines[place] = cosines[place - 1], neighbours[place] = neighbours[place - 1];
    cosines[place] = cosine;
    neighbours[place] = other;
    nearest->least[row] = cosines[k - 1];
}

// The products (ROWS, 2 ROWS) of a group with two: each pair once.
static __attribute__((noinline)) void insert_all(struct Nearest *nearest, const float *products, int32_t g, int32_t h) {
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < 2 * ROWS; c++) {
            int32_t row = ROWS * g + r, column = ROWS * h + c;
            float cosine = products[2 * ROWS * r + c];
            if (column <= row || column >= nearest->N) continue;
            insert(nearest, row, column, cosine);
            insert(nearest, column, row, cosine);
        }
}

// Rows of the group g with those of the groups h and h + 1; packed: (G, D, ROWS).
INLINE void compare(struct Nearest *nearest, const float *packed, int32_t D, int32_t g, int32_t h) {
    const float *a = packed + (size_t)ROWS * D * g, *b = packed + (size_t)ROWS * D * h, *c = b + (size_t)ROWS * D;
    f4 sums[ROWS][2];
    for (int r = 0; r < ROWS; r++) sums[r][0] = sums[r][1] = splat(0);
    for (int32_t d = 0; d < ROWS * D; d += ROWS) {
        f4 first = at(b + d), second = at(c + d);
        for (int r = 0; r < ROWS; r++) {
            f4 own = splat(a[d + r]);
            sums[r][0] += own * first;
            sums[r][1] += own * second;
        }
    }
    i4 higher = {0, 0, 0, 0};
    f4 first = at(nearest->least + ROWS * h), second = at(nearest->least + ROWS * (h + 1));
    for (int r = 0; r < ROWS; r++) {
        f4 own = splat(nearest->least[ROWS * g + r]);
        higher |= (sums[r][0] > own) | (sums[r][0] > first) | (sums[r][1] > own) | (sums[r][1] > second);
    }
    if (higher[0] | higher[1] | higher[2] | higher[3]) {
        float products[2 * ROWS * ROWS];
        for (int r = 0; r < ROWS; r++) put(products + 2 * ROWS * r, sums[r][0]), put(products + 2 * ROWS * r + ROWS, sums[r][1]);
        insert_all(nearest, products, g, h);
    }
}

// Compare the groups from..to (exclusive) with themselves and all behind them; G is even. After all groups, called in
// their order, each row has its k nearest.
EXPORT void nearest_rows(const float *packed, float *cosines, int32_t *neighbours, float *least, int32_t N, int32_t G,
                         int32_t D, int32_t k, int32_t from, int32_t to) {
    struct Nearest nearest = {cosines, neighbours, least, N, k};
    for (int32_t block = from / 2 * 2; block < G; block += BLOCK)
        for (int32_t g = from; g < to; g++) {
            int32_t start = g / 2 * 2 > block ? g / 2 * 2 : block, stop = block + BLOCK < G ? block + BLOCK : G;
            for (int32_t h = start; h < stop; h += 2) compare(&nearest, packed, D, g, h);
        }
}

// -- the plane -------------------------------------------------------------------------------------------------------

INLINE float clipped(float x) { return x < -LONGEST ? -LONGEST : x > LONGEST ? LONGEST : x; }

// The samples of an epoch along the edges from..to (exclusive): those that are due. y (N, 2) is changed in place.
EXPORT void layout_samples(float *y, const int32_t *heads, const int32_t *tails, const float *every, float *due,
                           uint64_t *random, int32_t N, int32_t K, int32_t from, int32_t to, float epoch, float rate,
                           float repulsion) {
    uint64_t state = *random;
    for (int32_t e = from; e < to; e++) {
        if (due[e] > epoch) continue;
        due[e] += every[e];
        float *head = y + 2 * (size_t)heads[e], *tail = y + 2 * (size_t)tails[e];
        float dx = head[0] - tail[0], dy = head[1] - tail[1];
        float pull = -2.0f / (1.0f + (dx * dx + dy * dy));
        float mx = rate * clipped(pull * dx), my = rate * clipped(pull * dy);
        float x0 = head[0] + mx, y0 = head[1] + my, fx = 0, fy = 0;
        tail[0] -= mx, tail[1] -= my;
        for (int32_t n = 0; n < K; n++) {
            const float *other = y + 2 * (size_t)below(draw(&state), (uint32_t)N);
            if (other == head) continue;
            dx = x0 - other[0], dy = y0 - other[1];
            float d2 = dx * dx + dy * dy, push = 2.0f * repulsion / ((NEAR + d2) * (1.0f + d2));
            fx += clipped(push * dx), fy += clipped(push * dy);
        }
        head[0] = x0 + rate * fx, head[1] = y0 + rate * fy;
    }
    *random = state;
}
