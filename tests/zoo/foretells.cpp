// A good animal with a policy package that says of itself what it saw, said and foretold, and that
// can be made to lie or to fail in each of these while it runs.
#include <saggar/plugin/controller.hpp>
#include <vector>

namespace {

using namespace saggar::plugin;  // NOLINT(google-build-using-namespace)

/// Features: every thermocouple over its setpoint. Two members that say the same and hold the
/// recipe. Foretells that each first thermocouple of the package stays where it is.
class Foretells : public Controller {
 public:
  static constexpr About kAbout{"org.saggar.zoo.foretells", "1.0.0", "Saggar tests",
                                "Holds the recipe and foretells", SAGGAR_DUTY_HEAT};
  static constexpr saggar_port kPorts[] = {
      input("temperature", "zone*.*.temperature", "degC", 1, 128, "temperature of each loop"),
      output("setpoint", "zone*.*.setpoint", "degC", 1, 128, "setpoint of each loop")};
  static constexpr std::uint32_t kTunable = SAGGAR_PARAM_TUNABLE;
  static constexpr saggar_param kParams[] = {
      param("apart", "1", 0, 10, 0, kTunable, "what the second member says more than the first"),
      param("wrong_K", "K", -100, 100, 0, kTunable, "added to what is foretold"),
      param("blind", "bool", 0, 1, 0, kTunable, "1: the first input stands as it was"),
      param("silent", "bool", 0, 1, 0, kTunable, "1: it proposes, but its count stands")};
  static constexpr const char* kNeeds[] = {SAGGAR_EXT_STATE, nullptr};

  void take_package(const Package& package) override {
    scale_ = package.features[0].scale;
    mean_ = package.features[0].mean;
    members_ = static_cast<std::uint32_t>(package.members.size());
    predictions_ = static_cast<std::uint32_t>(package.predictions.size());
  }
  void configure(const Setup& setup) override {
    saw_.assign(setup.port(0).size(), 0.0);
    set_.assign(4, 0.0);
    for (std::uint32_t p = 0; p < 4; ++p) set_[p] = setup.value(p);
  }
  Status step(Step& io) override {
    const InputView pv = io.input(0);
    const OutputView sp = io.output(0);
    for (std::size_t i = 0; i < saw_.size(); ++i) {
      if (!pv.usable(i)) return io.no_proposal(Why::inputs_missing, "a temperature is missing");
      sp.set(i, sp.reference(i));
      if (i == 0 && set_[2] != 0) continue;
      saw_[i] = (pv.value(i) - sp.reference(i) - mean_) / scale_;
    }
    now_ = pv.value(0);
    if (set_[3] == 0) ++runs_;
    return Status::ok;
  }
  void state(State& s) override { s(saw_, set_, now_, runs_); }
  void set_parameter(std::uint32_t param, std::uint32_t /*element*/, double value) override {
    set_.at(param) = value;
  }
  EnsembleShape ensemble_shape() override {
    return {members_, 1, predictions_, static_cast<std::uint32_t>(saw_.size())};
  }
  std::uint64_t ensemble(Span<double> outputs, Span<double> predictions,
                         Span<double> inputs) override {
    for (std::size_t m = 0; m < outputs.size(); ++m) outputs[m] = m == 0 ? 0 : set_[0];
    for (double& v : predictions) v = now_ + set_[1];
    for (std::size_t i = 0; i < saw_.size(); ++i) inputs[i] = saw_[i];
    return runs_;
  }

 private:
  std::vector<double> saw_, set_;
  double scale_ = 1, mean_ = 0, now_ = 0;
  std::uint64_t runs_ = 0;
  std::uint32_t members_ = 1, predictions_ = 0;
};

}  // namespace

SAGGAR_PLUGIN(Foretells);
