// PolicyController: trims of zone setpoints by a network that was trained elsewhere.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <saggar/plugin/controller.hpp>
#include <string>
#include <vector>

#include "controllers/policy/features.hpp"
#include "controllers/policy/network.hpp"
#include "controllers/policy/outputs.hpp"

namespace saggar::policy {

/// Around the network, which it does not know: features from declared inputs, outputs bounded about
/// the recipe. It steps often and runs the network once a period of the package; in between it goes
/// on towards what was said last. While another one drives it keeps up with the field, so that
/// taking over has no bump. Belongs on a worker (latency >= 1).
/// A step without a run touches no heap; with one, only what the network itself does.
class PolicyController : public plugin::Controller {
 public:
  static constexpr std::uint32_t kMostLoops = 128;  // 64 zones, 2 loops each

  static constexpr plugin::About kAbout{"com.saggar.policy-heat",
                                        "1.1.0",
                                        "Saggar",
                                        "Trims of the zone setpoints by a trained policy",
                                        SAGGAR_DUTY_HEAT,
                                        1};
  static constexpr saggar_port kPorts[] = {
#define SAGGAR_POLICY_PORT(name, pattern, unit, most, estimate, doc) \
  plugin::optional_input(#name, pattern, unit, most, doc),
#include "controllers/policy/heat_ports.def"
#undef SAGGAR_POLICY_PORT
      plugin::output("setpoint", "zone*.*.setpoint", "degC", 1, kMostLoops,
                     "Setpoint of each loop: recipe value plus trim.")};

  static constexpr saggar_param kParams[] = {plugin::param(
      "attribution", "count", 0, kMostLoops, 0, SAGGAR_PARAM_TUNABLE,
      "which setpoint to say the features of, from 1; costs 16 more runs with slopes; 0: none")};

  void take_package(const plugin::Package& package) override { package_ = package; }
  void configure(const plugin::Setup& setup) override;
  void activate() override;
  plugin::Status step(plugin::Step& io) override;
  void state(plugin::State& state) override;
  std::uint32_t explain(std::uint32_t output, std::uint32_t element,
                        plugin::Span<saggar_cause> causes) override;
  void set_parameter(std::uint32_t param, std::uint32_t element, double value) override;
  std::uint32_t trained_range(std::uint32_t input, plugin::Span<double> low,
                              plugin::Span<double> high) override;
  plugin::EnsembleShape ensemble_shape() override;
  std::uint64_t ensemble(plugin::Span<double> outputs, plugin::Span<double> predictions,
                         plugin::Span<double> inputs) override;

 protected:
  /// One member of the package. @throws std::runtime_error in one plain line
  virtual std::unique_ptr<Network> load(const plugin::PackageFile& file,
                                        const NetworkShape& shape) = 0;

 private:
  /// Where a feature comes from.
  struct Wire {
    std::uint32_t port = 0, element = 0;
    std::uint32_t reference = plugin::kNone;  ///< element of the output port
  };
  enum class Verdict : std::uint8_t { ready, filling, outside, missing, no_number };

  Wire wire(const plugin::Setup& setup, const plugin::PackageFeature& feature) const;
  void wire_features(const plugin::Setup& setup);
  void wire_outputs(const plugin::Setup& setup);
  void load_members();
  void restart() noexcept;
  void sense(plugin::Step& io) noexcept;
  void run(std::uint64_t periods);
  std::uint32_t features_of(double target, double way,
                            plugin::Span<saggar_cause> causes) const noexcept;
  void attribute_to(std::uint32_t element);
  plugin::Status tell(plugin::Step& io) const noexcept;

  std::optional<plugin::Package> package_;
  std::vector<Wire> wires_;
  std::vector<std::string> names_;  ///< of the features, for messages
  Features features_;
  Outputs outputs_;
  std::vector<double> resolution_;  ///< per element of the output port
  std::vector<std::unique_ptr<Network>> members_;
  std::vector<float> x_, y_;
  std::vector<double> said_, foretold_, saw_;  ///< of the last run; said: members x outputs
  double own_period_s_ = 1, since_s_ = 0;
  std::uint64_t begun_ = 0, runs_ = 0;
  // What explains, not what moves: no part of the state.
  std::uint32_t asked_ = 0, told_ = 0;  ///< element of the output port, from 1; 0: none
  double typical_ = 0;                  ///< trim at the typical point
  std::vector<double> shares_, one_;    ///< per feature; per input of one member
  Verdict verdict_ = Verdict::filling;
  std::uint64_t culprit_ = 0;
};

}  // namespace saggar::policy
