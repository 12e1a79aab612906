// ZoneMean: the estimator of the spine. One virtual tag per zone: the mean of its usable
// thermocouples with its uncertainty. What the powder sees needs a model; it enters at this seat.
#pragma once

#include <string>
#include <vector>

#include "runtime/domain/record.hpp"

namespace saggar::estimate {

class ZoneMean {
 public:
  /// @param sensor_sigma_K one standard deviation of a single thermocouple, > 0
  ZoneMean(const domain::Plant& plant, double sensor_sigma_K);

  /// The virtual tags of a plant, one per zone: the first of its estimates.
  static std::vector<domain::Tag> tags(const domain::Plant& plant);

  /// Virtual tags, e.g. "zone07.temperature", in degC; `estimate` is sized by this.
  const std::vector<std::string>& names() const noexcept { return names_; }

  /// Mean over the usable loops of the zone; sigma = sensor sigma / sqrt(n), widened by half the
  /// spread between them. No usable loop: quality bad, sigma infinite.
  /// Thread: control. Real-time: no allocation, O(MVs).
  void estimate(const domain::Frame& screened, domain::Estimate& out) noexcept;

 private:
  const domain::Plant& plant_;
  double sigma_K_;
  std::vector<std::string> names_;
  std::vector<std::vector<domain::TagId>> sensors_;  // per zone
};

}  // namespace saggar::estimate
