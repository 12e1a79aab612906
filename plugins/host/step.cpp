// One step, and what the host thinks of it. Control path: no heap, no lock, no text.
#include <algorithm>
#include <cmath>

#include "plugins/host/instance_body.hpp"

namespace saggar::host {
namespace {

using domain::ProposalStatus;
using domain::Reason;

// The plugin's own word for why there is no proposal, or a lesser one.
Reason reason_of(std::uint32_t why, Reason otherwise) noexcept {
  switch (why) {
    case SAGGAR_WHY_INPUTS_MISSING:
      return Reason::sensor_set_incomplete;
    case SAGGAR_WHY_OUT_OF_DOMAIN:
      return Reason::out_of_domain;
    case SAGGAR_WHY_INFEASIBLE:
      return Reason::no_proposal;
    case SAGGAR_WHY_NOT_READY:
      return Reason::not_tracking;
    default:
      return otherwise;
  }
}

// x - x is 0 for every finite x and NaN else. Four sums, so that one addition need not wait for
// the one before.
bool all_finite(std::span<const OutputPort> outputs) noexcept {
  for (const OutputPort& out : outputs) {
    const std::span<const double> v = out.value;
    double sum[4] = {0, 0, 0, 0};
    std::size_t i = 0;
    for (; i + 4 <= v.size(); i += 4) {
      for (std::size_t k = 0; k < 4; ++k) sum[k] += v[i + k] - v[i + k];
    }
    for (; i < v.size(); ++i) sum[0] += v[i] - v[i];
    if (!(sum[0] + sum[1] + sum[2] + sum[3] == 0)) return false;
  }
  return true;
}

}  // namespace

bool Instance::inside_domain(const StepIo& io) const noexcept {
  const std::span<const InputPort> inputs = io.inputs();
  for (std::size_t p = 0; p < inputs.size(); ++p) {
    const std::vector<double>&low = trained_low[p], &high = trained_high[p];
    for (std::size_t i = 0; i < low.size(); ++i) {
      if (inputs[p].quality[i] >= SAGGAR_BAD) continue;  // missing, not outside
      const double v = inputs[p].value[i];
      if (!(v >= low[i] && v <= high[i])) return false;
    }
  }
  return true;
}

StepResult Instance::judge(saggar_status status, const StepIo& io) const noexcept {
  const double said = io.raw_.confidence;
  const double trust = said >= 0 && said <= 1 ? said : 0;
  if (status < SAGGAR_OK || status >= SAGGAR_FAULT) {
    return {ProposalStatus::fault, Reason::plugin_fault, trust};
  }
  if (status == SAGGAR_NO_PROPOSAL) {
    return {ProposalStatus::none, reason_of(io.raw_.reason, Reason::no_proposal), trust};
  }
  if (!all_finite(io.outputs()) || !std::isfinite(said)) {
    return {ProposalStatus::none, Reason::non_finite, trust};
  }
  if (confidence != nullptr && !inside_domain(io)) {
    return {ProposalStatus::none, Reason::out_of_domain, trust};
  }
  if (trust < limit) return {ProposalStatus::none, Reason::low_confidence, trust};
  if (status == SAGGAR_OK_DEGRADED) {
    return {ProposalStatus::degraded, reason_of(io.raw_.reason, Reason::none), trust};
  }
  return {ProposalStatus::ok, Reason::none, trust};
}

StepResult Instance::step(StepIo& io) noexcept {
  if (io.owner_ != this) return {ProposalStatus::fault, Reason::wrong_shape, 0};
  const std::int64_t passed_ns = io.moment.time_ns - last_time_ns;
  const bool has_dt = !first && passed_ns > 0;
  io.begin(has_dt ? static_cast<double>(passed_ns) / 1e9 : spec.period_s, first);
  last_time_ns = io.moment.time_ns;
  first = false;
  saggar_status status = SAGGAR_FAULT;
  bool threw = false;
  try {
    status = table().step(self, &io.raw_);
  } catch (const std::exception& e) {
    threw = true;
    io.say(e.what());
  } catch (...) {
    threw = true;
  }
  if (!io.is_intact()) return {ProposalStatus::fault, Reason::wrong_shape, 0};
  if (threw) return {ProposalStatus::fault, Reason::plugin_threw, 0};
  return judge(status, io);
}

}  // namespace saggar::host
