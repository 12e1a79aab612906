#include "tests/runtime/guard/checker.hpp"

#include <algorithm>

namespace saggar::testing {

using domain::Action;
using domain::Mode;
using domain::Source;

namespace {

constexpr double kEps = 1e-8;

std::string say(std::size_t mv, const char* what, double found, double limit) {
  return "mv " + std::to_string(mv) + ": " + what + ": " + std::to_string(found) + " against " +
         std::to_string(limit);
}

bool may(Mode mode, Source source) {
  if (mode == Mode::oos) return false;
  if (mode == Mode::iman || mode == Mode::lo) return source == Source::hold;
  if (mode == Mode::man || mode == Mode::auto_) return source == Source::operator_;
  if (mode == Mode::cas) return source == Source::recipe || source == Source::hold;
  if (mode == Mode::rcas) return source != Source::operator_ && source != Source::none;
  return false;
}

}  // namespace

Checker::Checker(const domain::Plant& plant, guard::Settings settings)
    : plant_(plant),
      settings_(settings),
      views_(plant.mvs.size(), MvView{false, false, NAN, NAN, NAN, Extremes(settings.period_s),
                                      Extremes(60), Extremes(3600), Extremes(8 * 3600)}),
      now_(plant.mvs.size(), NAN) {}

// What is in force at the start of the cycle: our last value, or the field's own.
void Checker::before(const guard::GuardInputs& in, const guard::Guard& guard, double true_s) {
  for (std::size_t i = 0; i < views_.size(); ++i) {
    MvView& v = views_[i];
    const domain::Mv& mv = plant_.mvs[i];
    const Mode mode = in.modes[i].actual;
    if (!in.link_up || mode == Mode::oos || mode == Mode::iman ||
        guard.faulted(static_cast<domain::MvId>(i))) {
      v.driven = false;
    }
    v.period.trim(true_s), v.minute.trim(true_s), v.hour.trim(true_s), v.shift.trim(true_s);
    if (!v.driven) v.in_force = guard.last()[i];  // judged below against the working value
    now_[i] = v.in_force;
    const domain::Sample& working = in.screened.samples[mv.working];
    if (working.usable() && std::isfinite(working.value)) v.working = working.value, v.known = true;
  }
}

std::string Checker::judge(const guard::GuardInputs& in, const guard::Guard& guard,
                           const domain::Command& command,
                           const domain::Bounded<domain::GuardAction>& actions,
                           const domain::GateCounts& counts, double true_s) {
  before(in, guard, true_s);
  for (std::size_t i = 0; i < views_.size(); ++i) {
    if (std::string bad = judge_mv(i, in, guard, command, true_s); !bad.empty()) return bad;
  }
  if (std::string bad = judge_pairs(command); !bad.empty()) return bad;
  // A guard that did not believe a cycle makes up for its time in one of the next.
  const bool honest = std::abs(static_cast<double>(in.time_ns) * 1e-9 - true_s) < 1e-3 &&
                      in.screened.sequence > last_sequence_;
  honest_ = honest ? honest_ + 1 : 0;
  owed_s_ = honest_ > 4 ? 0 : owed_s_ + true_s - last_s_;
  last_sequence_ = std::max(last_sequence_, in.screened.sequence);
  last_s_ = true_s;
  return judge_counts(in, actions, counts);
}

std::string Checker::judge_mv(std::size_t i, const guard::GuardInputs& in,
                              const guard::Guard& guard, const domain::Command& command,
                              double true_s) {
  MvView& v = views_[i];
  const domain::Ask& ask = in.request.asks[i];
  const double value = command.value[i];
  if (!std::isfinite(value)) return say(i, "value in force is not finite", value, 0);
  if (ask.source == Source::none) {
    if (command.action[i] != Action::release) return say(i, "not released", 0, 0);
    ++releases;
  } else if (command.action[i] == Action::release) {
    return say(i, "released unasked", 0, 0);
  }
  const double reference = guard.reference()[i];
  if (v.driven) {
    if (std::string bad = judge_reference(i, in, reference, true_s); !bad.empty()) return bad;
  }
  const double trim = value - reference;
  if (command.action[i] == Action::write) {
    if (std::string bad = judge_write(i, in, guard, value, trim); !bad.empty()) return bad;
    v.driven = in.modes[i].actual != Mode::iman;
  } else if (v.driven && ask.source != Source::none && value != v.in_force) {
    return say(i, "changed without a write", value, v.in_force);
  }
  if (v.known) {  // also where the field moved it: the trim may never have travelled too far
    if (std::string bad = judge_rates(i, trim); !bad.empty()) return "unwritten " + bad;
    v.push(true_s, trim);
  }
  v.in_force = value;
  v.reference = reference;
  if (command.action[i] == Action::release) v.driven = false;
  return "";
}

// One written value against every limit of its MV.
std::string Checker::judge_write(std::size_t i, const guard::GuardInputs& in,
                                 const guard::Guard& guard, double value, double trim) {
  const MvView& v = views_[i];
  const domain::Mv& mv = plant_.mvs[i];
  const domain::Ask& ask = in.request.asks[i];
  const double reference = guard.reference()[i];
  const bool first = !v.driven;
  ++writes;
  first_writes += first ? 1 : 0;
  if (!in.link_up || guard.faulted(static_cast<domain::MvId>(i)))
    return say(i, "written without a field", value, 0);
  const double age_s =
      (static_cast<double>(in.time_ns) - static_cast<double>(ask.inputs_time_ns)) * 1e-9;
  if (ask.source == Source::controller && !(age_s >= 0 && age_s <= 1.5 * settings_.period_s)) {
    return say(i, "based on old data", age_s, 1.5 * settings_.period_s);
  }
  if (ask.inputs_sequence > in.screened.sequence) return say(i, "from the future", 0, 0);
  if (!may(in.modes[i].actual, ask.source)) return say(i, "no authority", 0, 0);
  const double ceiling = mv.trip > 0 ? mv.trip - plant_.trip_margin_K : INFINITY;
  if (value < mv.limits.low) return say(i, "below absolute", value, mv.limits.low);
  if (value > mv.limits.high) return say(i, "above absolute", value, mv.limits.high);
  if (value > ceiling) return say(i, "above the trip ceiling", value, ceiling);
  if (trim < mv.limits.trim_low - kEps) return say(i, "trim low", trim, mv.limits.trim_low);
  if (trim > mv.limits.trim_high + kEps) return say(i, "trim high", trim, mv.limits.trim_high);
  const bool retried = value == v.in_force;
  if (std::string bad = judge_grid(i, value, first, retried); !bad.empty()) return bad;
  if (!first && std::abs(value - v.in_force) >
                    mv.limits.per_period + kEps + std::abs(reference - v.reference)) {
    return say(i, "one step too large", value, v.in_force);
  }
  const domain::Sample* pv = mv.pv == domain::kNoTag ? nullptr : &in.screened.samples[mv.pv];
  if (pv != nullptr && mv.pv_low < mv.pv_high && pv->usable() && !first) {
    if (pv->value >= mv.pv_high && value > v.in_force) return say(i, "outward high", value, 0);
    if (pv->value <= mv.pv_low && value < v.in_force) return say(i, "outward low", value, 0);
  }
  if (mv.duty == domain::Duty::heat && !first && value > v.in_force &&
      measured_power(in) >= plant_.cross.total_power_kW) {
    return say(i, "raised at full power", value, v.in_force);
  }
  if (first && v.working >= mv.limits.low && v.working <= std::min(mv.limits.high, ceiling) &&
      std::abs(value - v.working) > mv.limits.per_period + kEps) {
    return say(i, "took over with a jump", value, v.working);
  }
  return judge_rates(i, trim);
}

std::string Checker::judge_rates(std::size_t i, double trim) {
  const domain::MvLimits& l = plant_.mvs[i].limits;
  const MvView& v = views_[i];
  const struct {
    const char* name;
    const Extremes& seen;
    double limit;
  } rows[] = {{"per period", v.period, l.per_period},
              {"per minute", v.minute, l.per_minute},
              {"per hour", v.hour, l.per_hour},
              {"per 8 h", v.shift, l.per_shift}};
  for (const auto& row : rows) {
    if (row.seen.empty()) continue;
    const double reach = std::max(row.seen.high() - trim, trim - row.seen.low());
    if (reach > row.limit + kEps) return say(i, row.name, reach, row.limit);
  }
  return "";
}

// The reference moves only towards the recipe, and no faster than RB-06.
std::string Checker::judge_reference(std::size_t i, const guard::GuardInputs& in, double reference,
                                     double true_s) {
  const MvView& v = views_[i];
  const domain::Mv& mv = plant_.mvs[i];
  const double dt = true_s - last_s_ + owed_s_;
  const bool kelvin = plant_.tags[mv.tag].unit == domain::Unit::degC;
  const double up = kelvin ? settings_.recipe_up_K_per_h / 3600 : mv.limits.per_minute / 60;
  const double down = kelvin ? settings_.recipe_down_K_per_h / 3600 : mv.limits.per_minute / 60;
  const double moved = reference - v.reference;
  if (moved > up * dt + kEps || -moved > down * dt + kEps) {
    return say(i, "reference too fast", moved, up * dt);
  }
  if (moved != 0 && !std::isfinite(in.recipe[i])) return say(i, "reference without recipe", 0, 0);
  const double top = mv.trip > 0 ? mv.trip - plant_.trip_margin_K : INFINITY;
  const double target = std::clamp(in.recipe[i], mv.limits.low, std::min(mv.limits.high, top));
  if (moved > 0 && reference > target) return say(i, "reference beyond", reference, target);
  if (moved < 0 && reference < target) return say(i, "reference below", reference, target);
  return "";
}

std::string Checker::judge_grid(std::size_t i, double value, bool first, bool retried) const {
  const double q = plant_.mvs[i].resolution;
  if (q <= 0 || retried) return "";
  const double off = std::abs(value / q - std::round(value / q));
  if (!first && off > 1e-6) return say(i, "not on the grid", value, q);
  if (!first && std::abs(value - views_[i].in_force) < q * (1 - 1e-5)) {
    return say(i, "a write below the resolution", value, views_[i].in_force);
  }
  return "";
}

std::string Checker::judge_pairs(const domain::Command& command) const {
  double flow = 0, flow_before = 0;
  bool flow_written = false;
  for (std::size_t i = 0; i < views_.size(); ++i) {
    const domain::Mv& a = plant_.mvs[i];
    if (a.duty == domain::Duty::atmosphere && plant_.tags[a.tag].unit == domain::Unit::Nm3_per_h) {
      flow += command.value[i];
      flow_before += std::isfinite(now_[i]) ? now_[i] : a.limits.high;
      flow_written = flow_written || command.action[i] == Action::write;
    }
    for (std::size_t j = i + 1; j < views_.size(); ++j) {
      const domain::Mv& b = plant_.mvs[j];
      if (a.duty != domain::Duty::heat || b.duty != domain::Duty::heat) continue;
      const bool beside = a.loop == b.loop && std::abs(a.zone - b.zone) == 1;
      const bool above = a.loop != b.loop && a.zone == b.zone;
      if (!beside && !above) continue;
      if (std::isnan(now_[i]) || std::isnan(now_[j])) continue;
      const double limit = beside ? plant_.cross.adjacent_zone_K : plant_.cross.top_bottom_K;
      const double was = std::abs(now_[i] - now_[j]);
      const double is = std::abs(command.value[i] - command.value[j]);
      if (is > std::max(limit, was) + kEps) return say(i, "too far from a neighbour", is, limit);
    }
  }
  if (std::string bad = judge_gas(command); !bad.empty()) return bad;
  if (flow_written && flow > std::max(plant_.cross.o2_supply_Nm3_per_h, flow_before) + 1e-6) {
    return say(0, "more oxygen than the supply", flow, plant_.cross.o2_supply_Nm3_per_h);
  }
  return "";
}

// What comes into the kiln less what its dampers draw: inside the limit, or no worse than it was.
std::string Checker::judge_gas(const domain::Command& command) const {
  double is = plant_.cross.load_gas_Nm3_per_h, was = is;
  bool written = false;
  for (std::size_t i = 0; i < views_.size(); ++i) {
    const domain::Mv& mv = plant_.mvs[i];
    if (mv.duty != domain::Duty::atmosphere) continue;
    const bool damper = mv.exhaust_Nm3_per_h > 0;
    if (!damper && plant_.tags[mv.tag].unit != domain::Unit::Nm3_per_h) continue;
    const double per_unit = damper ? -mv.exhaust_Nm3_per_h / 100 : 1;
    if (std::isnan(now_[i])) return "";  // nobody can say
    is += per_unit * command.value[i];
    was += per_unit * now_[i];
    written = written || command.action[i] == Action::write;
  }
  const double limit = plant_.cross.exhaust_balance_Nm3_per_h;
  if (written && is > std::max(limit, was) + 1e-6) return say(0, "blows out", is, limit);
  if (written && is < std::min(-limit, was) - 1e-6) return say(0, "draws in", is, -limit);
  return "";
}

// Sum of outcomes per gate = number of MVs that reached it.
std::string Checker::judge_counts(const guard::GuardInputs& in,
                                  const domain::Bounded<domain::GuardAction>& actions,
                                  const domain::GateCounts& counts) {
  std::uint64_t reached = 0;
  for (const domain::Ask& ask : in.request.asks) reached += ask.source != Source::none ? 1 : 0;
  asks += in.request.asks.size();
  std::size_t changed = 0;
  for (std::size_t g = 0; g < domain::kGateCount; ++g) {
    if (counts[g][0] + counts[g][1] + counts[g][2] != reached) {
      return "gate " + std::to_string(g + 1) + " counted " +
             std::to_string(counts[g][0] + counts[g][1] + counts[g][2]) + " of " +
             std::to_string(reached);
    }
    reached = counts[g][0] + counts[g][1];
    changed += counts[g][1] + counts[g][2];
    clips += counts[g][1];
    rejects += counts[g][2];
    for (std::size_t o = 0; o < 3; ++o) totals[g][o] += counts[g][o];
  }
  if (actions.size() != changed || actions.lost() != 0) return "an action is missing";
  for (const domain::GuardAction& action : actions) {
    if (action.limit == domain::Reason::none) return "an action without a limit id";
    if (action.gate == domain::Gate::g9_readback && action.after != now_[action.mv]) {
      return "a value that was missed did not come first";
    }
    if (action.outcome == domain::Outcome::clip && action.before == action.after) {
      return "a clip that changed nothing";
    }
  }
  return "";
}

double Checker::measured_power(const guard::GuardInputs& in) const {
  double sum = 0;
  for (const domain::Mv& mv : plant_.mvs) {
    if (mv.duty != domain::Duty::heat || mv.output == domain::kNoTag) continue;
    const domain::Sample& s = in.screened.samples[mv.output];
    sum += mv.rated_kW * (s.usable() ? s.value : 100) / 100;
  }
  return sum;
}

}  // namespace saggar::testing
