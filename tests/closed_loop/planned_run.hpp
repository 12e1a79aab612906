// A planned test on a simulated kiln in process, and the truth beside it: the same plant, at the
// same moment, with and without a step.
#pragma once

#include <cmath>

#include "controllers/mpc/identify/identify.hpp"
#include "tests/closed_loop/bench.hpp"

namespace saggar::testing {

inline constexpr double kSample_s = 60;

/// Zones as inputs (mean of the working setpoints of top and bottom) and outputs (mean of the
/// thermocouples).
inline identify::Series zone_series(const domain::Plant& plant) {
  identify::Series s;
  s.period_s = kSample_s;
  for (int z = 0; z < plant.zones; ++z) {
    const std::string name = (z < 9 ? "zone0" : "zone") + std::to_string(z + 1);
    s.inputs.push_back({name + ".setpoint", "degC", 15, z, false, -1});
    s.outputs.push_back({name + ".temperature", "degC", 1, z, false, -1});
  }
  return s;
}

/// What one cycle adds to it. NaN where one of the loops of a zone is not good.
inline void take(const domain::Plant& plant, const domain::Frame& frame, Eigen::VectorXd& u,
                 Eigen::VectorXd& y) {
  u = Eigen::VectorXd::Zero(plant.zones);
  y = Eigen::VectorXd::Zero(plant.zones);
  for (const domain::Mv& mv : plant.mvs) {
    if (mv.duty != domain::Duty::heat) continue;
    const auto value = [&](domain::TagId tag) {
      const domain::Sample& sample = frame.samples[tag];
      return sample.quality == domain::Quality::good ? sample.value : std::nan("");
    };
    u(mv.zone) += 0.5 * value(mv.working);
    y(mv.zone) += 0.5 * value(mv.pv);
  }
}

}  // namespace saggar::testing
