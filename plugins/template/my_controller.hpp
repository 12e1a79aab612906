// MyController: trims each zone setpoint around the recipe by the error of its thermocouple.
#pragma once

#include <algorithm>
#include <cstddef>
#include <saggar/plugin/controller.hpp>
#include <vector>

class MyController : public saggar::plugin::Controller {
 public:
  // Who you are, and what you can drive.
  static constexpr saggar::plugin::About kAbout{"com.example.my-controller", "1.0.0", "Example",
                                                "Integral trim around the recipe",
                                                SAGGAR_DUTY_HEAT};
  // What you read and write. `*` is one or more characters but no dot; elements come in the
  // kiln's own order, so that element k of both ports is the same loop.
  static constexpr saggar_port kPorts[] = {
      saggar::plugin::input("temperature", "zone*.*.temperature", "degC", 1, 128,
                            "control thermocouple of each loop"),
      saggar::plugin::output("setpoint", "zone*.*.setpoint", "degC", 1, 128,
                             "setpoint of each loop")};
  // What people may set. The table checks the configuration and writes the reference page.
  static constexpr saggar_param kParams[] = {
      saggar::plugin::param("gain_per_h", "1", 0, 10, 1, SAGGAR_PARAM_PER_OUTPUT,
                            "trim in K per K of error and hour"),
      saggar::plugin::param("limit_K", "K", 0, 15, 5, 0, "largest trim up or down")};

  // Once per start: learn the kiln, take the parameters, allocate. Throw to refuse.
  void configure(const saggar::plugin::Setup& setup) override {
    const auto gains = setup.values(saggar::plugin::find_param(kParams, "gain_per_h"));
    gain_per_h_.assign(gains.begin(), gains.end());
    limit_K_ = setup.value(saggar::plugin::find_param(kParams, "limit_K"));
    trim_K_.assign(gains.size(), 0.0);
  }

  void activate() override { std::fill(trim_K_.begin(), trim_K_.end(), 0.0); }

  // Each period: read, think, write every output. No heap, lock, file, socket or clock in here.
  saggar::plugin::Status step(saggar::plugin::Step& io) override {
    const saggar::plugin::InputView pv = io.input(0);
    const saggar::plugin::OutputView sp = io.output(0);
    for (std::size_t i = 0; i < trim_K_.size(); ++i) {
      if (!io.driving() || !sp.is_free(i)) {
        trim_K_[i] = sp.working(i) - sp.reference(i);  // track, so that taking over has no bump
      } else if (pv.usable(i)) {
        const double error_K = sp.reference(i) - pv.value(i);
        const bool stop = (error_K > 0 && sp.limited_high(i)) || (error_K < 0 && sp.limited_low(i));
        if (!stop) trim_K_[i] += gain_per_h_[i] * error_K * io.dt_s() / 3600;
      }
      trim_K_[i] = std::clamp(trim_K_[i], -limit_K_, limit_K_);
      sp.set(i, sp.is_free(i) ? sp.reference(i) + trim_K_[i] : sp.working(i));
    }
    if (pv.all_usable()) return saggar::plugin::Status::ok;
    return io.degraded(saggar::plugin::Why::inputs_missing,
                       "a thermocouple is bad: its trim waits");
  }

  // What you remember: makes warm start and replay possible.
  void state(saggar::plugin::State& s) override { s(trim_K_); }

 private:
  std::vector<double> gain_per_h_, trim_K_;
  double limit_K_ = 0;
};
