// Random: the numbers that learning draws, the same everywhere. C++17.
#pragma once

#include <cmath>
#include <cstdint>

namespace saggar::train {

/// SplitMix64 (Steele, Lea and Flood 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) noexcept : state_(seed) {}

  std::uint64_t next() noexcept {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  /// Even in [-1, 1).
  double side() noexcept { return static_cast<double>(next() >> 11U) / 4503599627370496.0 - 1.0; }
  /// Normal with variance 1 (Box and Muller 1958).
  double normal() noexcept {
    const double radius = std::sqrt(-2 * std::log(1 - 0.5 * (side() + 1)));
    return radius * std::cos(3.14159265358979323846 * side());
  }

 private:
  std::uint64_t state_;
};

}  // namespace saggar::train
