// Harm: a simulated P1 with a controller in the seat that asks for whatever does harm, and what it
// came to: limits passed, approaches to the independent limiter (LC-10, LC-13).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hil/kiln/draw.hpp"
#include "runtime/config/load.hpp"
#include "tests/closed_loop/bench.hpp"

namespace saggar::testing {

struct HarmSetUp {
  std::string animal;  ///< of the zoo; empty: the backup rung alone, PID
  bool filtered = true;
  std::uint64_t seed = 1;
  bool drawn = true;  ///< the plant within its uncertainties, else nominal
  double hours = 4;
  /// A soak zone may not be hotter than its recipe by more; its limiter trips 25 K higher, and all
  /// trims may go to 25 K. Of the other zones some are hotter than their setpoint, without heating:
  /// they keep the limits of the shipped kiln. 0: all zones do; nobody can reach these.
  double above_K = 15;
  std::function<void(config::ControlConfig&)> adjust;  ///< last; may be empty
};

struct HarmResult {
  double most_K = -1e9;            ///< thermocouple less its limit, the largest of all
  double nearest_K = -1e9;         ///< what the limiter sees less its trip, the largest of all
  std::uint64_t passed = 0;        ///< times that a loop went past its limit
  std::uint64_t approaches = 0;    ///< times that a limiter saw more than trip less trip margin
  std::uint64_t trips = 0;         ///< limiters open at the end
  std::uint64_t commands_out = 0;  ///< commands that leave the limits of their MV
  std::uint64_t clips = 0;         ///< values that the filter changed
  std::uint64_t infeasible = 0;    ///< cycles
  std::uint64_t surprises = 0;     ///< readings that no declared plant could have given
  std::uint64_t in_seat = 0;       ///< cycles with the controller driving
  std::uint64_t cycles = 0;
};

/// P1 with the animal above the PID. Nobody loses the seat for being corrected, and the way back
/// into it is short: as much harm as the ladder lets through.
inline config::Bundle harm_bundle(const HarmSetUp& how) {
  constexpr double kTrim_K = 25, kLimiter_K = 25, kShift_K = 50;
  const suite::InProcessFiles files = p1_files();
  auto loaded = config::load_bundle(files.site, files.kiln, files.recipe, files.control);
  if (!loaded) throw std::runtime_error(loaded.error().text());
  config::Bundle bundle = std::move(loaded).value();
  config::ControlConfig& control = bundle.control;
  if (!how.animal.empty()) {
    config::ControllerConfig subject = control.controllers.front();
    subject.name = "subject";
    subject.plugin = std::string(SAGGAR_ZOO_DIR) + '/' + how.animal + ".so";
    subject.params.clear();
    const double dice = std::sqrt(static_cast<double>(how.seed % 2500));
    subject.params["trim_K"] = {dice, true, {}};
    control.controllers.push_back(subject);
    control.ladder.heat.rungs = {"subject", "pid", "hold", "recipe"};
  }
  control.ladder.heat.auto_climb = true;
  control.ladder.heat.climb_wait_s = 60;
  control.ladder.heat.climbs_per_8h = 8;
  control.guard.intervention_percent = control.filter.max_share_percent = 100;
  control.filter.on = how.filtered;
  if (how.adjust) how.adjust(control);
  if (how.above_K <= 0) return bundle;
  auto& trips = bundle.kiln.heat.trip_degC.value;
  trips.assign(bundle.plant.zones, trips.front());
  for (std::size_t i = 0; i < bundle.plant.mvs.size(); ++i) {
    domain::Mv& mv = bundle.plant.mvs[i];
    if (mv.duty != domain::Duty::heat) continue;
    mv.limits.trim_low = -kTrim_K;
    mv.limits.trim_high = kTrim_K;
    mv.limits.per_shift = kShift_K;
    if (!bundle.plant.soak_zone[mv.zone]) continue;
    mv.pv_high = bundle.recipe_values[i] + how.above_K;
    mv.trip = mv.pv_high + kLimiter_K;
    trips[mv.zone] = mv.trip;
  }
  return bundle;
}

/// One run. Thread: one.
class Harm {
 public:
  explicit Harm(const HarmSetUp& how) : how_(how) {
    config::Bundle bundle = harm_bundle(how);
    auto nominal = kiln::load_plant(p1_files().plant);
    if (!nominal) throw std::runtime_error(nominal.error().text());
    auto kiln = suite::make_kiln(bundle, p1_files().plant, how.seed, how.drawn);
    if (!kiln) throw std::runtime_error(kiln.error().text());
    kiln_ = std::move(kiln).value();
    assembly::AssemblyOptions options;
    options.plugin_dirs.push_back(SAGGAR_PLUGIN_DIR);
    options.roster.threads = false;
    auto made = assembly::assemble(std::move(bundle), options);
    if (!made) throw std::runtime_error(made.error().text());
    assembly_ = std::move(made).value();
    record_ = assembly_->cycle->prototype();
    ack_ = domain::Ack(plant().mvs.size());
    over_.assign(plant().mvs.size(), false);
    near_.assign(plant().mvs.size(), false);
    assembly_->cycle->offer(person_asks(domain::IntentKind::switch_on, 1));
  }

  void cycle() {
    see();
    decide();
    act();
  }
  void see() {
    kiln_->read(record_.frame);
    ++record_.cycle;
    record_.frame.sequence = record_.cycle;
    record_.frame.link_up = true;
    record_.time_ns = record_.frame.time_ns;
  }
  /// What runs on the control thread.
  void decide() noexcept { assembly_->cycle->run(record_); }
  void act() {
    kiln_->apply(record_.command, ack_);
    kiln_->advance(1.0);
  }

  HarmResult run() {
    LimitChecker commands(plant());
    for (const auto last = static_cast<std::uint64_t>(how_.hours * 3600); result_.cycles < last;) {
      cycle();
      ++result_.cycles;
      commands.check(record_);
      look_at_loops();
      const filter::Filter* filter = assembly_->cycle->filter();
      if (filter != nullptr && filter->outcome().verdict == filter::Verdict::infeasible) {
        ++result_.infeasible;
      }
      result_.in_seat += record_.decisions[0].rung == 0 ? 1 : 0;
      for (const domain::GuardAction& action : record_.guard_actions) {
        result_.clips += action.gate == domain::Gate::g8_predictive ? 1 : 0;
      }
    }
    if (const filter::Filter* filter = assembly_->cycle->filter()) {
      result_.surprises = filter->tube().surprises();
    }
    result_.commands_out = commands.violations();
    return result_;
  }

  const domain::Record& record() const noexcept { return record_; }
  const domain::Plant& plant() const noexcept { return assembly_->bundle.plant; }
  const kiln::Kiln& kiln() const noexcept { return *kiln_; }
  assembly::Assembly& assembly() noexcept { return *assembly_; }

 private:
  void look_at_loops() {
    constexpr double kFrozen_degC = 273.15;
    const std::size_t per_zone = kiln_->layout().loops_per_zone;
    result_.trips = 0;
    for (std::size_t i = 0; i < plant().mvs.size(); ++i) {
      const domain::Mv& mv = plant().mvs[i];
      if (mv.duty != domain::Duty::heat) continue;
      const domain::Sample& pv = record_.screened.samples[mv.pv];
      if (pv.usable()) {
        const double over = std::max(pv.value - mv.pv_high, mv.pv_low - pv.value);
        result_.most_K = std::max(result_.most_K, over);
        result_.passed += over > 0 && !over_[i] ? 1 : 0;
        over_[i] = over > 0;
      }
      const std::size_t loop = mv.zone * per_zone + mv.loop;
      const double seen_degC = kiln_->limiter_sees_K(loop) - kFrozen_degC;
      const bool near = seen_degC > mv.trip - plant().trip_margin_K;
      result_.nearest_K = std::max(result_.nearest_K, seen_degC - mv.trip);
      result_.approaches += near && !near_[i] ? 1 : 0;
      near_[i] = near;
      result_.trips += kiln_->limiter_open(loop) ? 1 : 0;
    }
  }

  HarmSetUp how_;
  std::unique_ptr<kiln::Kiln> kiln_;
  std::unique_ptr<assembly::Assembly> assembly_;
  domain::Record record_;
  domain::Ack ack_;
  std::vector<bool> over_, near_;
  HarmResult result_;
};

}  // namespace saggar::testing
