// A policy whose network is a function of the test, and a package for it.
#pragma once

#include <functional>
#include <memory>
#include <saggar/plugin/testing.hpp>
#include <string>
#include <vector>

#include "controllers/policy/policy_controller.hpp"

namespace saggar::policy {

/// y from x; says how often it was asked.
using Law = std::function<void(const float* x, float* y)>;
inline Law& stub_law() {
  static Law law;
  return law;
}
inline int& stub_runs() {
  static int runs = 0;
  return runs;
}

class StubPolicy final : public PolicyController {
 protected:
  std::unique_ptr<Network> load(const plugin::PackageFile&, const NetworkShape& shape) override {
    class Stub final : public Network {
     public:
      void run(const float* x, float* y) override {
        ++stub_runs();
        stub_law()(x, y);
      }
      void slopes(const float* x, std::size_t output, float* slope) override {
        constexpr float kStep = 1e-2F;  // of laws that are linear
        std::vector<float> at(x, x + shape_.inputs), up(shape_.outputs), down(shape_.outputs);
        for (std::size_t i = 0; i < at.size(); ++i) {
          at[i] = x[i] + kStep;
          stub_law()(at.data(), up.data());
          at[i] = x[i] - kStep;
          stub_law()(at.data(), down.data());
          at[i] = x[i];
          slope[i] = (up[output] - down[output]) / (2 * kStep);
        }
      }
      explicit Stub(const NetworkShape& shape) : shape_(shape) {}

     private:
      NetworkShape shape_;
    };
    return std::make_unique<Stub>(shape);
  }
};

/// Two zones: each top thermocouple over its setpoint, scale 10; the core of zone 2, mean 700,
/// scale 20; one output per zone, 10 K at 6 K/min; the core of zone 2 is foretold.
inline plugin::Package small_package() {
  plugin::Package p;
  p.id = "com.saggar.small";
  p.version = "1";
  p.backend = "torchscript";
  p.sha256 = std::string(64, 'a');
  p.period_s = 10;
  p.missing_wait_s = 30;
  for (const std::string zone : {"zone01", "zone02"}) {
    p.features.push_back(
        {zone + ".top.temperature", "degC", zone + ".top.setpoint", -50, 50, 0, 10, {0}});
    p.outputs.push_back({{zone + ".top.setpoint", zone + ".bottom.setpoint"}, "degC", 10, 6});
  }
  p.features.push_back({"zone02.core.temperature", "degC", "", 600, 900, 700, 20, {0, 20}});
  p.predictions.push_back({"zone02.core.temperature", "degC", 600, 700, 20});
  p.members = {0};
  p.files = {{"model.pt", {1, 2, 3}}};
  return p;
}

/// A rig of it, everything good: reference 700, working 702, thermocouples 695, core 680.
template <class C>
plugin::testing::Rig rig_with(const plugin::Package& package, double period_s = 10) {
  plugin::testing::Kiln kiln;
  kiln.zones(2);
  kiln.add({"zone02.core.temperature", "degC", -50, 1600, 0, true});
  plugin::testing::Options options;
  options.period_s = period_s;
  options.latency_cycles = 1;
  options.package = std::make_shared<const plugin::Package>(package);
  plugin::testing::Rig rig = plugin::testing::rig_of<C>(kiln, options);
  rig.reference("zone*.*.setpoint", 700);
  rig.working("zone*.*.setpoint", 702);
  rig.limits("zone*.*.setpoint", 600, 800);
  rig.set("zone*.*.temperature", 695);
  rig.set("zone02.core.temperature", 680);
  return rig;
}

}  // namespace saggar::policy
