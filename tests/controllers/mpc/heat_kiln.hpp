// A small kiln under a heat controller: first-order zones, powder that settles over them by an
// offset that no thermocouple shows. Not the controller's model: other lags, no travel.
#pragma once

#include <cmath>
#include <map>
#include <memory>
#include <saggar/plugin/testing.hpp>
#include <string>

#include "controllers/mpc/heat_controller.hpp"

namespace saggar::mpc {

class HeatKiln {
 public:
  static constexpr int kZones = 6;

  explicit HeatKiln(bool with_core, std::map<std::string, double> params = {},
                    std::shared_ptr<const plugin::Model> model = nullptr)
      : rig(make(with_core, std::move(params), std::move(model))), with_core_(with_core) {
    for (int k = 0; k < kZones; ++k) {
      zone[k] = recipe(k);
      core[k] = recipe(k) + offset_K;
      working[k] = recipe(k);
    }
  }

  static double recipe(int k) { return k < 2 ? 600 + 80 * k : 770; }
  static std::string name(int k) { return "zone0" + std::to_string(k + 1); }

  plugin::testing::Outcome step() {
    for (int k = 0; k < kZones; ++k) {
      const std::string z = name(k);
      rig.set(z + ".top.temperature", zone[k] + top_over_K,
              k == lost_top ? SAGGAR_BAD : SAGGAR_GOOD);
      rig.set(z + ".bottom.temperature", zone[k] - top_over_K);
      if (with_core_) {
        rig.set(z + ".core.temperature", core[k], core_quality);
        rig.set(z + ".hottest.temperature", core[k] + 0.5, core_quality);
      }
      rig.working(z + ".*.setpoint", working[k]);
      if (k == persons) rig.working(z + ".bottom.setpoint", persons_degC);
    }
    const plugin::testing::Outcome out = rig.step();
    for (int k = 0; k < kZones; ++k) {
      if (driving && k != held) working[k] = rig.proposal(name(k) + ".top.setpoint");
      const double both = k == persons ? 0.5 * (working[k] + persons_degC) : working[k];
      const double rest = recipe(k) + gain * (both - recipe(k)) + 0.4 * sag_K;
      zone[k] += (rest - zone[k]) * 10 / lag_s;
      core[k] += (zone[k] + offset_K - core[k]) * 10 / 1100;
    }
    rig.driving(driving);
    return out;
  }
  plugin::testing::Outcome run(double hours) {
    plugin::testing::Outcome last;
    for (int i = 0; i < static_cast<int>(hours * 360); ++i) {
      last = step();
      if (!last.wrong.empty()) return last;
    }
    return last;
  }

  plugin::testing::Rig rig;
  double zone[kZones], core[kZones], working[kZones];
  double offset_K = 5, sag_K = 0, top_over_K = 0;
  int lost_top = -1, held = -1;  ///< zone whose top is bad; whose setpoint the guard holds
  int persons = -1;              ///< zone whose bottom setpoint a person has, at `persons_degC`
  double persons_degC = 770;
  double lag_s = 700, gain = 1;  ///< of the zones
  bool driving = true;
  std::uint32_t core_quality = SAGGAR_GOOD;

 private:
  static plugin::testing::Rig make(bool with_core, std::map<std::string, double> params,
                                   std::shared_ptr<const plugin::Model> model) {
    plugin::testing::Kiln kiln;
    kiln.zones(kZones);
    for (int k = 0; k < kZones && with_core; ++k) {
      kiln.add({name(k) + ".core.temperature", "degC", 0, 1200, 0, true});
    }
    for (int k = 0; k < kZones && with_core; ++k) {
      kiln.add({name(k) + ".hottest.temperature", "degC", 0, 1200, 0, true});
    }
    kiln.add({"transport.group1.speed", "mm/s", 0, 5, 0});
    plugin::testing::Options options;
    options.period_s = 10;
    options.latency_cycles = 1;
    options.zone_count = kZones;
    options.budget_ns = 1'000'000'000;
    params.try_emplace("settle_zones", 1);
    params.try_emplace("core_over_K", 0);
    params.try_emplace("first_core_zone", 2);
    params.try_emplace("horizon", 20);
    options.params = std::move(params);
    options.model = std::move(model);
    auto rig = plugin::testing::rig_of<HeatController>(kiln, options);
    for (int k = 0; k < kZones; ++k) {
      rig.reference(name(k) + ".*.setpoint", recipe(k));
      rig.limits(name(k) + ".*.setpoint", recipe(k) - 25, recipe(k) + 25);
    }
    rig.set_free("zone*.*.setpoint", true);
    rig.set("transport.group1.speed", 0.83);
    rig.driving(true);
    return rig;
  }
  bool with_core_;
};

}  // namespace saggar::mpc
