// What all compiled loops share: vectors of four floats (SSE, NEON, WebAssembly's v128) and random numbers.

#pragma once
#include <stddef.h>
#include <stdint.h>

typedef float f4 __attribute__((vector_size(16)));
typedef int32_t i4 __attribute__((vector_size(16)));
typedef uint32_t u4 __attribute__((vector_size(16)));
typedef float f4_at_float __attribute__((vector_size(16), aligned(4), may_alias));    // as found in a row

#define INLINE static inline __attribute__((always_inline))
#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

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
