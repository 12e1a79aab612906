#include "hil/verdict/interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace saggar::verdict {
namespace {

/// Of a standard normal: 2.5 % lie above.
constexpr double kZ = 1.959963984540054;
constexpr double kTail = 0.025;

/// SplitMix64 (Steele, Lea, Flood 2014): integers only, so every machine draws the same.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed) {}
  /// In [0, n), n < 2^32; off from even by less than n / 2^32.
  std::size_t below(std::size_t n) noexcept {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    z ^= z >> 31U;
    return static_cast<std::size_t>(((z >> 32U) * n) >> 32U);
  }

 private:
  std::uint64_t state_;
};

}  // namespace

double stretch(std::size_t n) noexcept {
  const double nu = static_cast<double>(n) - 1, z = kZ, z3 = z * z * z, z5 = z3 * z * z;
  // Quantile of Student's t from that of the normal (Abramowitz & Stegun 26.7.5).
  const double t = z + (z3 + z) / (4 * nu) + (5 * z5 + 16 * z3 + 3 * z) / (96 * nu * nu);
  return t / z * std::sqrt((nu + 1) / nu);
}

Interval mean_interval(std::span<const double> differences, const Bootstrap& how) {
  const std::size_t n = differences.size();
  if (n == 0) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    return {none, none, none};
  }
  // Resampling the deviations from one of them keeps equal differences equal to the last bit.
  const double first = differences[0];
  double sum = 0;
  for (const double d : differences) sum += d - first;
  const double mean = sum / static_cast<double>(n);
  const bool equal =
      std::all_of(differences.begin(), differences.end(), [&](double d) { return d == first; });
  if (equal || how.resamples < 2) return {first + mean, first + mean, first + mean};
  std::vector<double> means(how.resamples);
  Draw draw(how.seed);
  for (double& of_resample : means) {
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) total += differences[draw.below(n)] - first;
    of_resample = total / static_cast<double>(n);
  }
  std::sort(means.begin(), means.end());
  const auto last = static_cast<double>(how.resamples - 1);
  const double low = means[static_cast<std::size_t>(std::floor(kTail * last + 0.5))];
  const double high = means[static_cast<std::size_t>(std::floor((1 - kTail) * last + 0.5))];
  const double by = stretch(n);
  return {first + mean, first + mean + by * (low - mean), first + mean + by * (high - mean)};
}

}  // namespace saggar::verdict
