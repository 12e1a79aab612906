#include "runtime/filter/rescue.hpp"

#include <algorithm>

namespace saggar::filter {
namespace {

constexpr double kLater = 1e-3;   ///< weight of later changes beside the first
constexpr double kSmooth = 1e-3;  ///< weight of their moves
constexpr double kPrice = 1e4;    ///< of a K outside: above every multiplier of 25 K of change
constexpr double kFar_K = 1e5;    ///< no limit
constexpr double kFree_K = 1e3;   ///< no rate
constexpr int kFactorisations = 40;

ocp::Limits limits() {
  ocp::Limits l;
  l.factorisations = kFactorisations;
  l.residual = 1e-6;
  return l;
}

ocp::Problem& prepared(ocp::Problem& problem) {
  const std::array<double, Rescue::kBatch * Rescue::kBatch> none{};
  problem.dynamics(0, none.data(), none.data());
  for (std::size_t k = 0; k < problem.stages(); ++k) {
    for (std::size_t i = 0; i < Rescue::kBatch; ++i) {
      problem.q(k)[i] = 0;
      problem.r_weight(k)[i] = k == 0 ? 1 : kLater;
      problem.s_weight(k)[i] = kSmooth;
      problem.rho1(k)[i] = kPrice;
      problem.rho2(k)[i] = 1;
    }
  }
  problem.weights_changed();
  return problem;
}

}  // namespace

Rescue::Rescue(std::size_t steps)
    : steps_(steps),
      problem_({kBatch, kBatch, kBatch, steps, false}),
      solver_(prepared(problem_), limits()) {}

// x: what the change does to the upper and the lower edge of the tube, K. u: the change, K.
void Rescue::set_loop(const Tube& tube, const Plan& base, const Reach& reach, std::size_t loop,
                      std::size_t place) noexcept {
  const std::size_t n = tube.loops(), late = tube.latest(loop);
  a_[place * kBatch + place] = tube.slow_decay(loop);
  b_[place * kBatch + place] = (1 - tube.slow_decay(loop)) * tube.weak_gain(loop);
  double before = tube.in_force(loop);
  for (std::size_t k = 0; k < steps_; ++k) {
    const double now = base[k * n + loop];
    const bool last = k + 1 == steps_;  // the end state is that of the backup
    double low = reach.low - now, high = reach.high - now;
    if (k == 0) {
      low = std::max(low, before - reach.first_K - now);
      high = std::min(high, before + reach.first_K - now);
    }
    problem_.low(k)[place] = last ? 0 : std::min(low, 0.0);
    problem_.high(k)[place] = last ? 0 : std::max(high, 0.0);
    problem_.fall(k)[place] = k == 0 ? kFree_K : std::max(reach.step_K + (now - before), 0.0);
    problem_.rise(k)[place] = k == 0 ? kFree_K : std::max(reach.step_K - (now - before), 0.0);
    const std::size_t row = std::min(k + late, steps_);
    const double above = tube.upper(loop) - tube.high(row, loop);
    const double below = tube.lower(loop) - tube.low(row, loop);
    problem_.band_high(k)[place] = std::clamp(above, -kFar_K, kFar_K);
    problem_.band_low(k)[place] = std::clamp(std::min(below, above), -kFar_K, kFar_K);
    before = now;
  }
}

void Rescue::set_idle(std::size_t place) noexcept {
  for (std::size_t k = 0; k < steps_; ++k) {
    problem_.low(k)[place] = problem_.high(k)[place] = 0;
    problem_.fall(k)[place] = problem_.rise(k)[place] = kFree_K;
    problem_.band_low(k)[place] = -kFar_K;
    problem_.band_high(k)[place] = kFar_K;
  }
}

bool Rescue::solve(const Tube& tube, const Plan& base, const std::vector<Reach>& reach,
                   const std::uint16_t* loops, std::size_t count, Plan& plan) noexcept {
  a_.fill(0);
  b_.fill(0);
  for (std::size_t i = 0; i < kBatch; ++i) {
    if (i < count) {
      set_loop(tube, base, reach[loops[i]], loops[i], i);
    } else {
      set_idle(i);
    }
  }
  for (std::size_t k = 0; k < steps_; ++k) problem_.dynamics(k, a_.data(), b_.data());
  solver_.forget();
  const ocp::Answer answer = solver_.solve();
  iterations_ = answer.factorisations;
  if (!ocp::usable(answer) || answer.source != ocp::Source::solver) return false;
  const std::size_t n = tube.loops();
  for (std::size_t k = 0; k < steps_; ++k) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = k * n + loops[i];
      plan[at] = base[at] + solver_.input(k)[i];
    }
  }
  return true;
}

}  // namespace saggar::filter
