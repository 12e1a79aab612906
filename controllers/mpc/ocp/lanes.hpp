// Lanes: eight doubles that every machine computes alike.
//
// The same plan must come out bit for bit on every machine (architecture, decision 3), so all sums
// of the engine run in an order fixed by this type, and every fma is one fused operation: in
// hardware where the file is compiled for it, by std::fma where it is not (slow, and the same
// bits). Included only by files compiled once per instruction set, each in a namespace of its own.
#pragma once

#include <cmath>
#include <cstddef>

#if defined(__FMA__)
#include <immintrin.h>
#endif

#ifndef SAGGAR_OCP_ISA
#error "name the instruction set this file is compiled for: baseline, avx2 or avx512"
#endif

namespace saggar::ocp::SAGGAR_OCP_ISA {

inline constexpr std::size_t kLanes = 8;

#if defined(__AVX512F__)

struct Lanes {
  __m512d v;
};
struct Mask {
  __mmask8 m;
};
inline Lanes load(const double* p) noexcept { return {_mm512_load_pd(p)}; }
inline void store(double* p, Lanes a) noexcept { _mm512_store_pd(p, a.v); }
inline Lanes every(double x) noexcept { return {_mm512_set1_pd(x)}; }
inline Lanes fma(Lanes a, Lanes b, Lanes c) noexcept { return {_mm512_fmadd_pd(a.v, b.v, c.v)}; }
inline Lanes fnma(Lanes a, Lanes b, Lanes c) noexcept { return {_mm512_fnmadd_pd(a.v, b.v, c.v)}; }
inline Lanes operator+(Lanes a, Lanes b) noexcept { return {_mm512_add_pd(a.v, b.v)}; }
inline Lanes operator-(Lanes a, Lanes b) noexcept { return {_mm512_sub_pd(a.v, b.v)}; }
inline Lanes operator*(Lanes a, Lanes b) noexcept { return {_mm512_mul_pd(a.v, b.v)}; }
inline Lanes operator/(Lanes a, Lanes b) noexcept { return {_mm512_div_pd(a.v, b.v)}; }
inline Lanes larger(Lanes a, Lanes b) noexcept { return {_mm512_max_pd(a.v, b.v)}; }
inline Lanes smaller(Lanes a, Lanes b) noexcept { return {_mm512_min_pd(a.v, b.v)}; }
inline Mask operator>(Lanes a, Lanes b) noexcept {
  return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_GT_OQ)};
}
inline Mask differ(Lanes a, Lanes b) noexcept {
  return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_NEQ_UQ)};
}
inline Mask operator|(Mask a, Mask b) noexcept { return {static_cast<__mmask8>(a.m | b.m)}; }
inline Mask none() noexcept { return {0}; }
inline bool any(Mask a) noexcept { return a.m != 0; }
inline Lanes select(Mask m, Lanes yes, Lanes no) noexcept {
  return {_mm512_mask_blend_pd(m.m, no.v, yes.v)};
}

#elif defined(__AVX2__) && defined(__FMA__)

struct Lanes {
  __m256d lo, hi;
};
struct Mask {
  __m256d lo, hi;
};
inline Lanes load(const double* p) noexcept { return {_mm256_load_pd(p), _mm256_load_pd(p + 4)}; }
inline void store(double* p, Lanes a) noexcept {
  _mm256_store_pd(p, a.lo);
  _mm256_store_pd(p + 4, a.hi);
}
inline Lanes every(double x) noexcept { return {_mm256_set1_pd(x), _mm256_set1_pd(x)}; }
inline Lanes fma(Lanes a, Lanes b, Lanes c) noexcept {
  return {_mm256_fmadd_pd(a.lo, b.lo, c.lo), _mm256_fmadd_pd(a.hi, b.hi, c.hi)};
}
inline Lanes fnma(Lanes a, Lanes b, Lanes c) noexcept {
  return {_mm256_fnmadd_pd(a.lo, b.lo, c.lo), _mm256_fnmadd_pd(a.hi, b.hi, c.hi)};
}
inline Lanes operator+(Lanes a, Lanes b) noexcept {
  return {_mm256_add_pd(a.lo, b.lo), _mm256_add_pd(a.hi, b.hi)};
}
inline Lanes operator-(Lanes a, Lanes b) noexcept {
  return {_mm256_sub_pd(a.lo, b.lo), _mm256_sub_pd(a.hi, b.hi)};
}
inline Lanes operator*(Lanes a, Lanes b) noexcept {
  return {_mm256_mul_pd(a.lo, b.lo), _mm256_mul_pd(a.hi, b.hi)};
}
inline Lanes operator/(Lanes a, Lanes b) noexcept {
  return {_mm256_div_pd(a.lo, b.lo), _mm256_div_pd(a.hi, b.hi)};
}
inline Lanes larger(Lanes a, Lanes b) noexcept {
  return {_mm256_max_pd(a.lo, b.lo), _mm256_max_pd(a.hi, b.hi)};
}
inline Lanes smaller(Lanes a, Lanes b) noexcept {
  return {_mm256_min_pd(a.lo, b.lo), _mm256_min_pd(a.hi, b.hi)};
}
inline Mask operator>(Lanes a, Lanes b) noexcept {
  return {_mm256_cmp_pd(a.lo, b.lo, _CMP_GT_OQ), _mm256_cmp_pd(a.hi, b.hi, _CMP_GT_OQ)};
}
inline Mask differ(Lanes a, Lanes b) noexcept {
  return {_mm256_cmp_pd(a.lo, b.lo, _CMP_NEQ_UQ), _mm256_cmp_pd(a.hi, b.hi, _CMP_NEQ_UQ)};
}
inline Mask operator|(Mask a, Mask b) noexcept {
  return {_mm256_or_pd(a.lo, b.lo), _mm256_or_pd(a.hi, b.hi)};
}
inline Mask none() noexcept { return {_mm256_setzero_pd(), _mm256_setzero_pd()}; }
inline bool any(Mask a) noexcept { return _mm256_movemask_pd(_mm256_or_pd(a.lo, a.hi)) != 0; }
inline Lanes select(Mask m, Lanes yes, Lanes no) noexcept {
  return {_mm256_blendv_pd(no.lo, yes.lo, m.lo), _mm256_blendv_pd(no.hi, yes.hi, m.hi)};
}

#else

struct Lanes {
  double v[kLanes];
};
struct Mask {
  bool m[kLanes];
};
template <class F>
inline Lanes each(F f) noexcept {
  Lanes r;
  for (std::size_t i = 0; i < kLanes; ++i) r.v[i] = f(i);
  return r;
}
template <class F>
inline Mask test(F f) noexcept {
  Mask r;
  for (std::size_t i = 0; i < kLanes; ++i) r.m[i] = f(i);
  return r;
}
inline Lanes load(const double* p) noexcept {
  return each([&](std::size_t i) { return p[i]; });
}
inline void store(double* p, Lanes a) noexcept {
  for (std::size_t i = 0; i < kLanes; ++i) p[i] = a.v[i];
}
inline Lanes every(double x) noexcept {
  return each([&](std::size_t) { return x; });
}
inline Lanes fma(Lanes a, Lanes b, Lanes c) noexcept {
  return each([&](std::size_t i) { return std::fma(a.v[i], b.v[i], c.v[i]); });
}
inline Lanes fnma(Lanes a, Lanes b, Lanes c) noexcept {
  return each([&](std::size_t i) { return std::fma(-a.v[i], b.v[i], c.v[i]); });
}
inline Lanes operator+(Lanes a, Lanes b) noexcept {
  return each([&](std::size_t i) { return a.v[i] + b.v[i]; });
}
inline Lanes operator-(Lanes a, Lanes b) noexcept {
  return each([&](std::size_t i) { return a.v[i] - b.v[i]; });
}
inline Lanes operator*(Lanes a, Lanes b) noexcept {
  return each([&](std::size_t i) { return a.v[i] * b.v[i]; });
}
inline Lanes operator/(Lanes a, Lanes b) noexcept {
  return each([&](std::size_t i) { return a.v[i] / b.v[i]; });
}
inline Lanes larger(Lanes a, Lanes b) noexcept {
  return each([&](std::size_t i) { return a.v[i] > b.v[i] ? a.v[i] : b.v[i]; });
}
inline Lanes smaller(Lanes a, Lanes b) noexcept {
  return each([&](std::size_t i) { return a.v[i] < b.v[i] ? a.v[i] : b.v[i]; });
}
inline Mask operator>(Lanes a, Lanes b) noexcept {
  return test([&](std::size_t i) { return a.v[i] > b.v[i]; });
}
inline Mask differ(Lanes a, Lanes b) noexcept {
  return test([&](std::size_t i) { return a.v[i] != b.v[i]; });
}
inline Mask operator|(Mask a, Mask b) noexcept {
  return test([&](std::size_t i) { return a.m[i] || b.m[i]; });
}
inline Mask none() noexcept {
  return test([](std::size_t) { return false; });
}
inline bool any(Mask a) noexcept {
  bool r = false;
  for (bool m : a.m) r |= m;
  return r;
}
inline Lanes select(Mask m, Lanes yes, Lanes no) noexcept {
  return each([&](std::size_t i) { return m.m[i] ? yes.v[i] : no.v[i]; });
}

#endif

/// ((0+4)+(2+6)) + ((1+5)+(3+7)), on every machine.
inline double sum(Lanes a) noexcept {
  alignas(64) double v[kLanes];
  store(v, a);
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

/// The sums of eight, in one.
inline Lanes sums(const Lanes (&a)[8]) noexcept {
#if defined(__AVX512F__)
  __m256d h[8];
  for (int j = 0; j < 8; ++j) {
    h[j] = _mm256_add_pd(_mm512_castpd512_pd256(a[j].v), _mm512_extractf64x4_pd(a[j].v, 1));
  }
  __m256d q[4];
  for (int j = 0; j < 4; ++j) {  // a in the lower half, the one four on in the upper
    q[j] = _mm256_add_pd(_mm256_permute2f128_pd(h[j], h[j + 4], 0x20),
                         _mm256_permute2f128_pd(h[j], h[j + 4], 0x31));
  }
  const __m256d even = _mm256_hadd_pd(q[0], q[1]), odd = _mm256_hadd_pd(q[2], q[3]);
  const __m256d low = _mm256_permute2f128_pd(even, odd, 0x20);
  const __m256d high = _mm256_permute2f128_pd(even, odd, 0x31);
  return {_mm512_insertf64x4(_mm512_castpd256_pd512(low), high, 1)};
#else
  alignas(64) double out[8];
  for (std::size_t j = 0; j < 8; ++j) out[j] = sum(a[j]);
  return load(out);
#endif
}

inline double largest(Lanes a) noexcept {
  alignas(64) double v[kLanes];
  store(v, a);
  double most = v[0];
  for (double x : v) most = x > most ? x : most;
  return most;
}

inline double fma(double a, double b, double c) noexcept {
#if defined(__FMA__)
  return __builtin_fma(a, b, c);
#else
  return std::fma(a, b, c);
#endif
}

}  // namespace saggar::ocp::SAGGAR_OCP_ISA
