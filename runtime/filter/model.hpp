// model: how zone temperatures answer to setpoints, each figure with its declared error, and the
// settings of the filter. docs/engineer/filter.md has the equations.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/domain/plant.hpp"

namespace saggar::filter {

/// A figure that is known to lie between two numbers, low <= high.
struct Interval {
  double low = 0, high = 0;
};

/// What a neighbouring loop adds, K per K of its setpoint.
struct Effect {
  std::uint16_t loop = 0;  ///< index into Settings::loops
  Interval gain;
};

/// How one zone temperature answers: a first order lag with dead time over its own setpoint, and
/// another over those of its neighbours. Where a neighbour's answer dies away again, its gain goes
/// from 0 to its peak.
struct LoopModel {
  domain::MvId mv = domain::kNoMv;  ///< an MV with a PV
  Interval gain{1, 1};              ///< K per K, low > 0
  Interval lag_s{900, 900};         ///< low > 0
  Interval dead_time_s;             ///< low >= 0
  std::vector<Effect> neighbours;
  Interval neighbour_lag_s{900, 900};
  Interval neighbour_dead_time_s;
};

struct Settings {
  double step_s = 60;         ///< of the prediction, >= the period of the cycle
  double horizon_s = 1800;    ///< LC-11: at least 30 min
  double margin_K = 2;        ///< between prediction and limit
  double noise_K = 3;         ///< largest error of a reading that is no offset
  double drift_K_per_h = 12;  ///< how fast the offset of a zone may move
  double offset_K = 15;       ///< largest offset before anything was measured
  double period_s = 10;       ///< supervisory period: measure of MvLimits::per_period
  std::vector<LoopModel> loops;
};

/// Figures of a loop of which nothing was identified.
struct Nominal {
  Interval gain{0.94, 1.06};
  Interval lag_s{600, 1200};
  Interval dead_time_s{0, 60};
  /// Largest passing answer to the setpoint of one other loop of the same zone or the next, K per
  /// K, as fast as the answer to its own; 0: none.
  double neighbour_gain = 0;
};

/// One loop per MV that has a PV with limits or a trip, all alike.
std::vector<LoopModel> nominal_loops(const domain::Plant& plant, const Nominal& figures);

}  // namespace saggar::filter
