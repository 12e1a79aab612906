#include "controllers/mpc/planned.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <saggar/plugin/whole_steps.hpp>
#include <stdexcept>
#include <string>

namespace saggar::mpc {
namespace {

constexpr double kLateSteps = 4;      ///< steps by which a read-back may be behind
constexpr double kLostPeriods = 2.5;  ///< a gap of time after which the past says nothing
constexpr double kLateResidual = 1e-3;
constexpr double kDrift = 0.25;     ///< variance that a prediction gains per period
constexpr double kOffCentre = 0.1;  ///< of their width: limits that are not about the reference

}  // namespace

void Planned::arrange(const plugin::Setup& setup, std::vector<std::vector<Wire>> wires,
                      std::uint32_t output_ports, std::unique_ptr<Regulator> regulator, Pace pace) {
  const double own = setup.period_s(), ratio = pace.period_s / own;
  if (!(ratio > 0.999) || std::abs(ratio - std::round(ratio)) > 1e-6) {
    throw std::invalid_argument("period_s is " + std::to_string(pace.period_s) +
                                " s; it must be a multiple of the controller's own period of " +
                                std::to_string(own) + " s");
  }
  wires_ = std::move(wires);
  regulator_ = std::move(regulator);
  pace_ = std::move(pace);
  const std::size_t n = wires_.size();
  shift_ = std::make_unique<plugin::ShiftLimit>(n, pace_.shift, pace_.shift_s);
  for (auto* v : {&reference_, &now_, &moved_, &said_, &sum_, &mean_}) v->assign(n, 0.0);
  y_.assign(regulator_->shape().cvs, 0.0);
  free_.assign(n, 1);
  resolution_.assign(n, 0.0);
  std::vector<std::uint32_t> outputs;  // ports of the setup that are outputs, in order
  for (std::uint32_t p = setup.port_count() - output_ports; p < setup.port_count(); ++p) {
    outputs.push_back(p);
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (const Wire& wire : wires_[i]) {
      resolution_[i] =
          std::max(resolution_[i], setup.port(outputs[wire.port]).resolution(wire.element));
    }
  }
}

/// The first solve is the slowest: it is done here, on a plant at rest.
void Planned::activate() {
  begun_ = planned_ = 0;
  since_plan_s_ = since_period_s_ = watched_ = 0;
  Regulator& r = *regulator_;
  const Shape& shape = r.shape();
  std::fill(moved_.begin(), moved_.end(), 0.0);
  std::fill(r.a().begin(), r.a().end(), 0.0);
  std::fill(r.b().begin(), r.b().end(), 0.0);
  for (std::size_t i = 0; i < shape.cvs; ++i) {
    r.a()[i + i * shape.cvs] = 0.9;
    r.b()[i + (i % shape.mvs) * shape.cvs] = 0.1;
  }
  for (Mv& mv : r.mvs()) mv = {-1, 1, 1, 0, 0, 1e-3, 1, true};
  std::fill(y_.begin(), y_.end(), 0.0);
  r.restart(moved_.data());
  r.observe(moved_.data(), y_.data());
  (void)r.solve(moved_.data());
  r.restart(moved_.data());
}

/// This element goes along with its MV.
bool Planned::moves(plugin::Step& io, std::size_t mv, const Wire& wire) const noexcept {
  return !io.driving() || (free_[mv] != 0 && io.output(wire.port).is_free(wire.element));
}

void Planned::gather(plugin::Step& io) noexcept {
  for (std::size_t i = 0; i < wires_.size(); ++i) {
    std::size_t count = 0;
    for (const Wire& wire : wires_[i]) {
      count += io.output(wire.port).is_free(wire.element) ? 1U : 0U;
    }
    const std::size_t all = wires_[i].size();
    // In shadow nothing is free, and all is planned.
    free_[i] = !io.driving() || count == all || (count > 0 && !pace_.alike) ? 1 : 0;
    double reference = 0, off = 0, moving = 0;
    for (const Wire& wire : wires_[i]) {
      const plugin::OutputView out = io.output(wire.port);
      reference += out.reference(wire.element);
      if (free_[i] != 0 && !moves(io, i, wire)) continue;  // a person's says nothing of the others
      off += out.working(wire.element) - out.reference(wire.element);
      moving += 1;
    }
    reference_[i] = reference / static_cast<double>(all);
    now_[i] = off / moving;
    sum_[i] += now_[i];
  }
  watched_ += 1;
}

void Planned::restart() noexcept {
  begun_ = 1;
  planned_ = 0;
  since_plan_s_ = since_period_s_ = 0;
  watched_ = 1;
  sum_ = now_;
  moved_ = said_ = now_;
  regulator_->restart(now_.data());
  shift_->restart(now_.data());
}

/// What the field does not follow is not gone on with: not driving, not free, held by the guard.
/// A read-back is a few steps late.
void Planned::keep_up(plugin::Step& io) noexcept {
  for (std::size_t i = 0; i < wires_.size(); ++i) {
    const double late = kLateSteps * pace_.rate_per_s[i] * io.dt_s() + 2 * resolution_[i];
    if (io.driving() && free_[i] != 0 && std::abs(moved_[i] - now_[i]) <= late) continue;
    moved_[i] = said_[i] = now_[i];
  }
}

/// Bounds in force, those of the last hours, and who may be moved. While the limits in force are
/// not about the reference, a ramp is under way, and what moves is not a trim.
void Planned::limit(plugin::Step& io) noexcept {
  for (std::size_t i = 0; i < wires_.size(); ++i) {
    Mv& mv = regulator_->mvs()[i];
    mv.free = free_[i] != 0;
    mv.per_step = pace_.rate_per_s[i] * pace_.period_s;
    double low = -kUnbounded, high = kUnbounded;
    for (const Wire& wire : wires_[i]) {
      if (free_[i] != 0 && !moves(io, i, wire)) continue;
      const plugin::OutputView out = io.output(wire.port);
      low = std::max(low, out.low(wire.element) - out.reference(wire.element));
      high = std::min(high, out.high(wire.element) - out.reference(wire.element));
    }
    if (std::abs(low + high) > kOffCentre * (high - low)) shift_->restart(i, now_[i]);
    low = std::max(low, shift_->lowest(i));
    high = std::min(high, shift_->highest(i));
    const double wanted_low = mv.low, wanted_high = mv.high;
    mv.low = low;  // crossed: stays where it is
    mv.high = high;
    if (low > high) continue;
    mv.low = std::clamp(wanted_low, low, high);
    mv.high = std::clamp(wanted_high, low, high);
  }
}

/// A period is over: what was measured in it, against the model.
void Planned::observe(plugin::Step& io) noexcept {
  for (std::size_t i = 0; i < wires_.size(); ++i) {
    mean_[i] = watched_ > 0 ? sum_[i] / watched_ : now_[i];
    sum_[i] = 0;
  }
  watched_ = 0;
  if (since_period_s_ > kLostPeriods * pace_.period_s) regulator_->begin_anew();
  since_period_s_ = 0;
  std::fill(y_.begin(), y_.end(), std::numeric_limits<double>::quiet_NaN());
  close_period(io);
  regulator_->observe(mean_.data(), y_.data());
}

void Planned::plan(plugin::Step& io, std::size_t passed) noexcept {
  since_plan_s_ = 0;
  wish(io);
  limit(io);
  const ocp::Answer& answer = regulator_->solve(moved_.data(), passed);
  planned_ = ocp::usable(answer) && regulator_->target().found() ? 1 : 0;
  if (answer.status == ocp::Status::refused) regulator_->begin_anew();  // a state that is no number
}

void Planned::follow(plugin::Step& io) noexcept {
  const auto stage = std::min(static_cast<std::size_t>(since_plan_s_ / pace_.period_s),
                              regulator_->shape().horizon - 1);
  const double dt_s = std::min(io.dt_s(), pace_.period_s);
  for (std::size_t i = 0; i < wires_.size(); ++i) {
    const double goal = planned_ != 0 && free_[i] != 0 ? regulator_->input(stage, i) : moved_[i];
    const double most = pace_.rate_per_s[i] * dt_s;
    moved_[i] += std::clamp(goal - moved_[i], -most, most);
    // Before it drives it is judged by how near its proposal is: there nothing is rounded.
    const double step = io.driving() ? resolution_[i] : 0.0;
    for (const Wire& wire : wires_[i]) {
      const plugin::OutputView out = io.output(wire.port);
      const double told =
          plugin::whole_steps(moved_[i], said_[i], out.reference(wire.element), step);
      out.set(wire.element, moves(io, i, wire) ? told : out.working(wire.element));
    }
  }
}

plugin::Status Planned::step(plugin::Step& io) {
  gather(io);
  if (io.first() || begun_ == 0) {
    restart();
    begin();
  }
  sense(io);
  keep_up(io);
  const bool fresh = since_period_s_ == 0 && since_plan_s_ == 0 && planned_ == 0;
  since_plan_s_ += io.dt_s();
  since_period_s_ += io.dt_s();
  shift_->watch(io.dt_s(), now_.data());
  if (fresh || since_period_s_ >= pace_.period_s - 1e-6) {
    observe(io);
    plan(io, 1);
  } else if (planned_ == 0) {
    plan(io, 0);  // again, from what is known
  }
  follow(io);
  if (planned_ == 0) {
    const char* const why = regulator_->answer().why;
    return io.no_proposal(plugin::Why::infeasible, *why != 0 ? why : "no steady state was found");
  }
  io.set_confidence(regulator_->answer().source == ocp::Source::solver ? 1.0 : 0.7);
  return verdict(io);
}

plugin::Status Planned::about_plan(plugin::Step& io) const noexcept {
  const ocp::Answer& answer = regulator_->answer();
  if (answer.source == ocp::Source::shifted) {
    return io.degraded(plugin::Why::infeasible, "no new plan: goes along the last one");
  }
  if (answer.source == ocp::Source::regulator) {
    return io.degraded(plugin::Why::infeasible, "no new plan: linear regulator within the limits");
  }
  const ocp::Residual& r = answer.residual;
  if (answer.status == ocp::Status::late &&
      std::max({r.stationarity, r.violation, r.complementarity}) > kLateResidual) {
    return io.degraded(plugin::Why::infeasible,
                       "the plan was late: within the limits, not the best");
  }
  if (!regulator_->rest().solved) {
    return io.degraded(plugin::Why::infeasible, "no new steady state: goes on to the last one");
  }
  return plugin::Status::ok;
}

std::uint32_t Planned::causes_of(std::size_t mv, saggar_cause rest,
                                 plugin::Span<saggar_cause> causes) const noexcept {
  if (!planned() || causes.size() < 2) return 0;
  const saggar_cause way = plugin::cause("on the way there", moved(mv) - rest.share);
  const bool first = std::abs(rest.share) >= std::abs(way.share);
  causes[0] = first ? rest : way;
  causes[1] = first ? way : rest;
  return 2;
}

std::uint32_t Planned::horizon_points() {
  return static_cast<std::uint32_t>(regulator_->shape().horizon);
}

std::uint32_t Planned::path_of(std::size_t cv, double zero, double sigma_now,
                               plugin::Span<double> time_s, plugin::Span<double> value,
                               plugin::Span<double> sigma) const noexcept {
  if (!planned()) return 0;
  const std::size_t n = std::min(time_s.size(), regulator_->shape().horizon);
  for (std::size_t i = 0; i < n; ++i) {
    const double ahead = static_cast<double>(i + 1);
    time_s[i] = ahead * period_s() - since_plan_s();
    value[i] = zero + regulator_->state(i, cv);
    sigma[i] = sigma_now * std::sqrt(1 + kDrift * ahead);
  }
  return static_cast<std::uint32_t>(n);
}

std::size_t Planned::mv_of(std::uint32_t port, std::uint32_t element) const noexcept {
  for (std::size_t i = 0; i < wires_.size(); ++i) {
    for (const Wire& wire : wires_[i]) {
      if (wire.port == port && wire.element == element) return i;
    }
  }
  return wires_.size();
}

void Planned::serialize(plugin::State& s) {
  regulator_->serialize(s);
  shift_->serialize(s);
  s(reference_, now_, moved_, said_, sum_, free_, since_plan_s_, since_period_s_, watched_, begun_,
    planned_);
}

}  // namespace saggar::mpc
