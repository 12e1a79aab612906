// fast_log: natural logarithm that a compiler can vectorise, for the innermost loops of the bed.
#pragma once

#include <bit>
#include <cstdint>

namespace saggar::material {

/// ln x for normal x > 0. Absolute error below 1e-13 (test FastLog). The same bits on every machine
/// and at every vector width: plain IEEE operations, no fused multiply-add.
inline double fast_log(double x) noexcept {
  constexpr double kLn2High = 6.93147180369123816490e-01;
  constexpr double kLn2Low = 1.90821492927058770002e-10;
  constexpr double kTwo52 = 4503599627370496.0;
  constexpr std::uint64_t kMantissa = 0x000FFFFFFFFFFFFFULL, kOne = 0x3FF0000000000000ULL;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  double m = std::bit_cast<double>((bits & kMantissa) | kOne);  // [1, 2)
  double e = std::bit_cast<double>((bits >> 52U) | 0x4330000000000000ULL) - kTwo52 - 1023.0;
  const bool big = m > 1.4142135623730951;
  m = big ? 0.5 * m : m;
  e = big ? e + 1.0 : e;
  const double f = (m - 1.0) / (m + 1.0), f2 = f * f;  // |f| < 0.1716
  double p = 1.0 / 17.0;
  p = p * f2 + 1.0 / 15.0;
  p = p * f2 + 1.0 / 13.0;
  p = p * f2 + 1.0 / 11.0;
  p = p * f2 + 1.0 / 9.0;
  p = p * f2 + 1.0 / 7.0;
  p = p * f2 + 1.0 / 5.0;
  p = p * f2 + 1.0 / 3.0;
  p = p * f2 + 1.0;
  return e * kLn2High + (2.0 * f * p + e * kLn2Low);
}

}  // namespace saggar::material
