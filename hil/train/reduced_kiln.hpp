// ReducedKiln: how lessons would have gone on under other trims, many at a time, with slopes. Only
// for files of the trainer with LibTorch. C++17.
#pragma once

#include <torch/script.h>

#include <deque>
#include <vector>

#include "hil/train/random.hpp"
#include "hil/train/rehearsal.hpp"

namespace saggar::train {

/// Costs of one period, per episode and output: [episodes x outputs].
struct PeriodCost {
  at::Tensor own;       ///< share out of band, travel and trims by their prices; sums to the whole
  at::Tensor outside;   ///< share out of band alone, expected over what estimates do not know
  at::Tensor too_hot;   ///< the constraint, in a purse of its own
  at::Tensor travel_K;  ///< of the setpoint
  at::Tensor trim_K;
};

/// A lesson plus the difference that other trims make: w the difference of a setpoint,
///   tz dz/dt = g w - z,   tp dp/dt = z + h - p - (tp / tr) (p - p of the zone before),
/// z of the zone, p of the powder (core and hottest place alike), tr its time in a zone, h heat
/// that the lesson had not. With the lesson's own trims, h = 0 and no steps it is the lesson.
/// Setpoints are bounded by trim, rate and shift (by all of the last 8 h, until the end) and told
/// in whole steps as in the plugin; through a step the slope is 1. What it leaves out: walls, gas,
/// lithiation; a policy is judged on the full kiln.
class ReducedKiln {
 public:
  /// @param rehearsal outlives it
  explicit ReducedKiln(const Rehearsal& rehearsal);

  /// Episodes begin; `random` draws their kilns. Spread 0 and heat 0: as the figures say.
  void begin(const std::vector<Window>& windows, Random& random);
  at::Tensor see() const;  ///< [episodes x inputs], normalised
  /// One period. @param share [episodes x at least outputs], of the trims, as a network says it
  void act(const at::Tensor& share);
  PeriodCost cost() const;

 private:
  void look_back(const Window& window, std::size_t episode);
  at::Tensor row(std::size_t lag) const;
  at::Tensor pick(const at::Tensor& rows, const std::vector<std::int64_t>& features) const;
  at::Tensor outside(const at::Tensor& error) const;

  const Rehearsal& r_;
  at::Tensor rows_, mean_, scale_;
  std::vector<std::pair<std::size_t, at::Tensor>> lags_;  ///< lag, [features x inputs] of 0 and 1
  at::Tensor of_setpoint_, of_zone_, of_core_, of_hottest_;  ///< [outputs x features] of 0 and 1
  std::vector<std::int64_t> setpoint_, core_, hottest_;
  at::Tensor trim_, rate_, shift_;  ///< [outputs]
  at::Tensor share_, hot_share_;    ///< of the worth judged, of the zones bounded; sum to 1
  // Of the episodes under way.
  at::Tensor first_, gain_, zone_keep_, powder_keep_, carried_, heat_;
  at::Tensor low_, high_;                    ///< extremes of the trim
  at::Tensor moved_, said_, told_, travel_;  ///< [episodes x outputs]; see whole_steps.hpp
  at::Tensor zone_, core_d_, hottest_d_;
  std::deque<at::Tensor> past_;  ///< differences of the features, newest first
  std::int64_t t_ = 0;
  std::size_t longest_ = 0;
};

}  // namespace saggar::train
