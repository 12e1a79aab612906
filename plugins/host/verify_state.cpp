// Proves that a plugin's saved state holds all that its next steps depend on.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "plugins/host/instance_body.hpp"

namespace saggar::host {
namespace {

using domain::Error;
using domain::Status;

// Plausible inputs that move: the middle of each range, plus a slow wave per element.
void fill(StepIo& io, const std::vector<ResolvedPort>& ports, int k) {
  std::size_t in = 0, out = 0;
  for (const ResolvedPort& port : ports) {
    for (std::size_t i = 0; i < port.tags.size(); ++i) {
      const double span = port.high[i] - port.low[i];
      const double middle = port.low[i] + span / 2;
      const double wave = 0.02 * span * std::sin(0.7 * k + static_cast<double>(i));
      if (!port.is_output) {
        io.inputs()[in].value[i] = middle + wave;
        io.inputs()[in].quality[i] = SAGGAR_GOOD;
        continue;
      }
      const OutputPort& o = io.outputs()[out];
      o.working[i] = o.reference[i] = middle;
      o.low[i] = port.low[i];
      o.high[i] = port.high[i];
      o.limited[i] = 0;
      o.free[i] = 1;
    }
    (port.is_output ? out : in) += 1;
  }
  io.moment = {static_cast<std::uint64_t>(k) + 1, 0, 1'000'000'000, true};
}

Status start(Instance& it) {
  Status done = it.create();
  if (done.ok() && it.spec.model != nullptr) done = it.give_model();
  if (done.ok() && it.spec.package != nullptr) done = it.give_package();
  if (done.ok()) done = it.configure();
  if (done.ok()) done = it.activate();
  return done;
}

StepResult step_at(Instance& it, StepIo& io, int k) {
  fill(io, it.ports, k);
  io.moment.time_ns = (k + 1) * std::llround(it.spec.period_s * 1e9);
  return it.step(io);
}

Status same_step(const Instance& it, const StepResult& a, const StepResult& b, const StepIo& io_a,
                 const StepIo& io_b, int k) {
  const std::string when = " differs at step " + std::to_string(k) + " after a restore";
  if (a.status != b.status || a.reason != b.reason) return Error{it.where(), "the outcome" + when};
  if (a.confidence != b.confidence) return Error{it.where(), "the confidence" + when};
  std::size_t out = 0;
  for (const ResolvedPort& port : it.ports) {
    if (!port.is_output) continue;
    const std::span<const double> x = io_a.outputs()[out].value, y = io_b.outputs()[out].value;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (std::memcmp(&x[i], &y[i], sizeof(double)) != 0) {
        return Error{it.where(), std::string("the proposal for ") + port.names[i] + when};
      }
    }
    ++out;
  }
  return domain::Done{};
}

Status same_estimates(Instance& a, Instance& b, int k) {
  const std::size_t n = a.virtual_tags.size();
  std::vector<domain::Sample> x(n), y(n);
  std::vector<double> x_sigma(n), y_sigma(n);
  const std::string when = " differs at step " + std::to_string(k) + " after a restore";
  if (a.estimate(0, x, x_sigma) != b.estimate(0, y, y_sigma)) {
    return Error{a.where(), "the outcome of its estimate" + when};
  }
  for (std::size_t i = 0; i < n; ++i) {
    const bool same = x[i].quality == y[i].quality &&
                      std::memcmp(&x[i].value, &y[i].value, sizeof(double)) == 0 &&
                      std::memcmp(&x_sigma[i], &y_sigma[i], sizeof(double)) == 0;
    if (!same) return Error{a.where(), "the estimate of " + a.virtual_tags[i].name + when};
  }
  return domain::Done{};
}

}  // namespace

Status Active::verify_state(int steps) const {
  const Instance& it = *instance_;
  if (it.state == nullptr) return Error{it.where(), "does not offer " SAGGAR_EXT_STATE};
  const std::unique_ptr<Instance> a = it.twin(), b = it.twin();
  Status started = start(*a);
  if (started.ok()) started = start(*b);
  if (!started.ok()) return started;
  StepIo io_a = a->make_io(), io_b = b->make_io();
  for (int k = 0; k < 3; ++k) step_at(*a, io_a, k);

  const std::span<const std::uint8_t> saved = a->save();
  if (saved.size() != it.state_bytes.size()) return Error{it.where(), "could not save its state"};
  const std::vector<std::uint8_t> bytes(saved.begin(), saved.end());
  if (!bytes.empty() && b->restore(std::span(bytes).first(bytes.size() - 1)).ok()) {
    return Error{it.where(), "takes a state that is one byte short: it must refuse that"};
  }
  const Status restored = b->restore(bytes);
  if (!restored.ok()) return restored;
  const auto equal_states = [&](const char* when) -> Status {
    const std::span<const std::uint8_t> x = a->save(), y = b->save();
    if (x.size() == y.size() && std::equal(x.begin(), x.end(), y.begin())) return domain::Done{};
    return Error{it.where(), std::string("the state differs ") + when};
  };
  Status equal = equal_states("right after it was restored");
  for (int k = 0; k < steps && equal.ok(); ++k) {
    const StepResult x = step_at(*a, io_a, 3 + k);
    const StepResult y = step_at(*b, io_b, 3 + k);
    equal = same_step(it, x, y, io_a, io_b, k + 1);
    if (equal.ok() && it.estimator != nullptr) equal = same_estimates(*a, *b, k + 1);
  }
  return equal.ok() ? equal_states("after the same steps") : equal;
}

}  // namespace saggar::host
