// Adjustable: one figure of a plant as a fit sees it: a number near 0, in units of its uncertainty.
#pragma once

#include <string>

#include "hil/fit/fit.hpp"

namespace saggar::fit {

/// Factors of rates move on a scale of logarithms; an energy moves with the rate at the anchor held
/// where it is, so that both can be found apart.
class Adjustable {
 public:
  /// Bounds that are not given are cut at what the file may hold; bounds that are given must keep
  /// to it. Errors: no such figure, empty bounds, bounds that leave its value out.
  static domain::Result<Adjustable> of(const kiln::PlantParams& plant, const Parameter& parameter);

  const std::string& key() const noexcept { return key_; }
  double low() const noexcept { return low_; }
  double high() const noexcept { return high_; }
  double before() const noexcept { return before_; }
  /// Value of the figure at scaled `u`; 0 gives what it was.
  double value(double u) const noexcept;
  void apply(kiln::PlantParams& plant, double u) const;

 private:
  std::string key_;
  double before_ = 0, unit_ = 1;
  double low_ = 0, high_ = 0;  ///< of the scaled number
  bool logarithmic_ = false;
};

/// Key of the factor that moves with the energy `key`; empty for any other key.
std::string factor_beside(const std::string& key);
/// Key of the energy that the factor `key` goes with; empty for any other key.
std::string energy_beside(const std::string& key);

}  // namespace saggar::fit
