#include "hil/report/ticks.hpp"

#include <algorithm>
#include <cmath>

#include "hil/report/number.hpp"

namespace saggar::report {
namespace {

constexpr int kMantissas[] = {1, 2, 5};
/// A span that is a multiple of the step but for rounding counts as one.
constexpr double kSlack = 1e-9;
/// Labels outside are written with an exponent.
constexpr int kLeastPlainExponent = -4;
constexpr double kMostPlain = 1e6;

double power_of_ten(int exponent) { return std::pow(10.0, exponent); }

std::string label_of(double value, const Step& step, double largest) {
  if (step.exponent >= kLeastPlainExponent && largest < kMostPlain) {
    return format(value, {std::max(0, -step.exponent), false});
  }
  if (value == 0) return "0";
  const int own = static_cast<int>(std::floor(std::log10(std::abs(value)) + kSlack));
  return scientific(value, std::max(0, own - step.exponent));
}

}  // namespace

double Step::times(double n) const noexcept {
  return exponent < 0 ? n * mantissa / power_of_ten(-exponent)
                      : n * mantissa * power_of_ten(exponent);
}

Step nice_step(double span, int parts) {
  const double least = span / std::max(1, parts);
  for (int exponent = static_cast<int>(std::floor(std::log10(least))) - 1;; ++exponent) {
    for (const int mantissa : kMantissas) {
      const Step step{mantissa, exponent};
      if (step.value() * (1 + kSlack) >= least) return step;
    }
  }
}

std::vector<Tick> linear_ticks(double lo, double hi, int parts) {
  const Step step = nice_step(hi - lo, parts);
  const double largest = std::max(std::abs(lo), std::abs(hi));
  const double first = std::ceil(lo / step.value() - kSlack);
  const double last = std::floor(hi / step.value() + kSlack);
  std::vector<Tick> out;
  for (double n = first; n <= last; n += 1) {
    const double value = step.times(n) + 0.0;  // no minus zero
    out.push_back({std::clamp(value, lo, hi), label_of(value, step, largest)});
  }
  return out;
}

std::vector<Tick> log_ticks(double lo, double hi, int parts) {
  const double decades = std::log10(hi) - std::log10(lo);
  if (decades < 1) return linear_ticks(lo, hi, parts);
  const bool between = 3 * decades <= parts;
  const int stride = std::max(1, static_cast<int>(std::ceil(decades / std::max(1, parts))));
  const int last = static_cast<int>(std::ceil(std::log10(hi)));
  std::vector<Tick> out;
  for (int exponent = static_cast<int>(std::floor(std::log10(lo))); exponent <= last; ++exponent) {
    if (exponent % stride != 0) continue;
    for (const int mantissa : kMantissas) {
      if (mantissa != 1 && !between) continue;
      const double value = Step{mantissa, exponent}.value();
      const bool inside = value >= lo * (1 - kSlack) && value <= hi * (1 + kSlack);
      if (inside) out.push_back({std::clamp(value, lo, hi), format(value)});
    }
  }
  return out;
}

}  // namespace saggar::report
