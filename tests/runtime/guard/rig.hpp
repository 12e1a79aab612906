// A guard with everything around it: a plant of all duties, a field that obeys, and one call per
// cycle.
#pragma once

#include <string>
#include <vector>

#include "runtime/guard/guard.hpp"
#include "tests/support/plants.hpp"

namespace saggar::testing {

/// small_plant plus `inlets` oxygen flows, one damper and one drive.
inline domain::Plant full_plant(int zones, int inlets) {
  using domain::Access;
  using domain::Unit;
  domain::Plant plant = small_plant(zones);
  const auto add = [&](const std::string& name, Unit unit, double high, domain::Duty duty,
                       domain::MvLimits limits, double resolution) {
    domain::Mv mv;
    mv.working =
        plant.tags.add({name + ".working", unit, 0, high, resolution, Access::read}).value();
    mv.remote = plant.tags.add({name + ".remote", Unit::boolean, 0, 1, 0, Access::read}).value();
    mv.tag = plant.tags.add({name + ".set", unit, 0, high, resolution, Access::write}).value();
    mv.duty = duty;
    mv.limits = limits;
    mv.resolution = resolution;
    mv.permitted = 0x7F;
    plant.mvs.push_back(mv);
  };
  for (int i = 0; i < inlets; ++i) {
    add("o2.inlet0" + std::to_string(i + 1), Unit::Nm3_per_h, 60, domain::Duty::atmosphere,
        {0, 50, -6, 6, 0.4, 0.8, 6}, 0.05);
  }
  add("exhaust.damper1", Unit::percent, 100, domain::Duty::atmosphere, {5, 95, -40, 40, 1, 2, 20},
      1);
  add("transport.group1", Unit::mm_per_s, 2, domain::Duty::transport,
      {0.1, 1, -0.04, 0.04, 0.002, 0.004, 0.04, 0.02}, 0);
  return plant;
}

class Rig {
 public:
  explicit Rig(domain::Plant kiln, guard::Settings wanted = {})
      : plant(std::move(kiln)),
        settings(wanted),
        guard(plant, wanted),
        frame(plant.tags.size()),
        modes(plant.mvs.size()),
        recipe(plant.mvs.size()),
        request(plant.mvs.size()),
        command(plant.mvs.size()),
        actions(plant.mvs.size() * domain::kGateCount),
        limited(plant.mvs.size()) {
    for (std::size_t i = 0; i < plant.mvs.size(); ++i) {
      const domain::Mv& mv = plant.mvs[i];
      recipe[i] = mv.duty == domain::Duty::heat ? 750 : (mv.limits.low + mv.limits.high) / 2;
      if (mv.duty == domain::Duty::atmosphere && mv.resolution < 1) recipe[i] = 20;
      set(mv.working, recipe[i]);
      if (mv.pv != domain::kNoTag) set(mv.pv, 748);
      if (mv.output != domain::kNoTag) set(mv.output, 40);
      if (mv.remote != domain::kNoTag) set(mv.remote, 1);
      modes[i].actual = domain::Mode::rcas;
      ask(i, recipe[i], domain::Source::recipe);
    }
  }

  void set(domain::TagId tag, double value, domain::Quality quality = domain::Quality::good) {
    frame.samples[tag] = {value, time_ns, quality, domain::SubStatus::none};
  }
  void ask(std::size_t mv, double value, domain::Source source) {
    request.asks[mv] = {value, source, frame.sequence, frame.time_ns};
  }
  double last(std::size_t mv) const { return guard.last()[mv]; }

  /// One cycle of `dt_s`; controller asks count as based on this frame. The field obeys at once.
  void step(double dt_s = 1) {
    time_ns += static_cast<std::int64_t>(dt_s * 1e9);
    frame.time_ns = time_ns;
    ++frame.sequence;
    for (domain::Ask& a : request.asks) {
      a.inputs_sequence = frame.sequence;
      a.inputs_time_ns = time_ns;
    }
    check();
    obey();
  }
  void check() {
    events.clear();
    guard.check(inputs(), command, actions, counts, limited, events);
  }
  void obey() {
    for (std::size_t i = 0; i < plant.mvs.size(); ++i) {
      if (command.action[i] == domain::Action::write) set(plant.mvs[i].working, command.value[i]);
    }
  }
  guard::GuardInputs inputs() const {
    return {1,      time_ns, settings.period_s, frame,         modes,
            recipe, request, link_up,           5'000'000'000, 7};
  }
  std::uint32_t count(domain::Gate gate, domain::Outcome outcome) const {
    return counts[static_cast<std::size_t>(gate)][static_cast<std::size_t>(outcome)];
  }
  /// The limit id of this MV at this gate, or none.
  domain::Reason limit(std::size_t mv, domain::Gate gate) const {
    for (const domain::GuardAction& a : actions) {
      if (a.mv == mv && a.gate == gate) return a.limit;
    }
    return domain::Reason::none;
  }

  domain::Plant plant;
  guard::Settings settings;
  guard::Guard guard;
  domain::Frame frame;
  std::vector<domain::ModeBlock> modes;
  std::vector<double> recipe;
  domain::Request request;
  domain::Command command;
  domain::Bounded<domain::GuardAction> actions;
  domain::GateCounts counts{};
  std::vector<domain::Limited> limited;
  domain::Bounded<domain::Event> events{256};
  std::int64_t time_ns = 0;
  bool link_up = true;
};

/// Driven and settled: every MV has had its first write at its recipe value.
struct Settled : Rig {
  explicit Settled(domain::Plant kiln = full_plant(3, 3)) : Rig(std::move(kiln)) {
    for (int k = 0; k < 5; ++k) step();
  }
};

}  // namespace saggar::testing
