// Where an axis has its marks: at multiples of 1, 2 or 5 times a power of ten.
#pragma once

#include <string>
#include <vector>

namespace saggar::report {

/// mantissa * 10^exponent, kept apart so that multiples are the doubles nearest to what their
/// labels say: 3 * 0.1 is 0.3.
struct Step {
  int mantissa = 1;  ///< 1, 2 or 5
  int exponent = 0;

  double times(double n) const noexcept;
  double value() const noexcept { return times(1); }
};

/// The smallest such step that divides `span` into at most this many parts.
/// @param span in [1e-300, 1e301]; @param parts at least 1
Step nice_step(double span, int parts);

struct Tick {
  double value = 0;
  std::string label;
};

/// All multiples of the nice step within [lo, hi]. Labels have as many digits as the step.
/// @param lo less than hi, by more than 1e-12 of the larger
std::vector<Tick> linear_ticks(double lo, double hi, int parts);

/// Powers of ten; also their 2- and 5-fold if there is room; every n-th power if there is none.
/// Over less than a decade as linear_ticks. @param lo in [1e-300, hi)
std::vector<Tick> log_ticks(double lo, double hi, int parts);

}  // namespace saggar::report
