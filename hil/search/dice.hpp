// Dice: random draws of a search, from a seed and the name of what they decide. Two names give two
// streams that know nothing of each other, so a draw more for one thing changes no other.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <string_view>

#include "hil/instruments/noise.hpp"

namespace saggar::search {

/// Equal seeds and names give equal draws, on every machine. Thread: one.
class Dice {
 public:
  Dice(std::uint64_t seed, std::string_view name)
      : key_(instruments::element(instruments::stream(seed, name), 0)) {}

  /// Uniform in [0, 1).
  double uniform() noexcept { return instruments::uniform(key_, tick_++); }
  double between(double low, double high) noexcept { return low + (high - low) * uniform(); }
  /// One of 0 to count - 1; 0 for a count of 0.
  std::size_t below(std::size_t count) noexcept {
    const auto at = static_cast<std::size_t>(uniform() * static_cast<double>(count));
    return count > 0 && at >= count ? count - 1 : at;
  }
  /// Standard normal, by Box and Muller: with tails, unlike the noise of instruments.
  double normal() noexcept {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
  }

 private:
  std::uint64_t key_, tick_ = 0;
};

}  // namespace saggar::search
