// A good animal that offers every extension, written with controller.hpp: an integral trim per
// loop with a tunable gain per output, divided by the gain of a model, times the scale of the first
// feature of a policy package, where it is given one.
#include <saggar/plugin/controller.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace saggar::plugin;  // NOLINT(google-build-using-namespace)

class Complete : public Controller {
 public:
  static constexpr About kAbout{"org.saggar.zoo.complete", "1.0.0", "Saggar tests",
                                "Integral trim with every extension", SAGGAR_DUTY_HEAT};
  static constexpr saggar_port kPorts[] = {
      input("temperature", "zone*.*.temperature", "degC", 1, 128, "temperature of each loop"),
      optional_input("oxygen", "gas.*.o2", "%", 8, "oxygen in the kiln"),
      output("setpoint", "zone*.*.setpoint", "degC", 1, 128, "setpoint of each loop")};
  static constexpr saggar_param kParams[] = {
      param("gain", "1", 0, 10, 0.5, SAGGAR_PARAM_TUNABLE | SAGGAR_PARAM_PER_OUTPUT,
            "trim in K per K s of error"),
      param("limit_K", "K", 0, 50, 10, 0, "largest trim"),
      param("refuse", "bool", 0, 1, 0, 0, "1 refuses to configure, for a test"),
      param("refuse_activate", "bool", 0, 1, 0, 0, "1 refuses to activate, for a test")};
  static constexpr const char* kNeeds[] = {SAGGAR_EXT_STATE, nullptr};

  void take_model(const Model& model) override {
    if (model.channels.empty()) throw std::runtime_error("it has no channel, it needs one");
    process_gain_ = model.channels[0].gain;
  }
  void take_package(const Package& package) override {
    if (package.version == "0") throw std::runtime_error("version 0 is too old, it needs 1");
    package_gain_ = package.features[0].scale;
    members_ = static_cast<std::uint32_t>(package.members.size());
  }
  EnsembleShape ensemble_shape() override { return {members_, 1, 1, 2}; }
  std::uint64_t ensemble(Span<double> outputs, Span<double> predictions,
                         Span<double> inputs) override {
    for (double& v : outputs) v = trim_[0];
    predictions[0] = 700;
    inputs[0] = inputs[1] = 1;
    return steps_;
  }
  void configure(const Setup& setup) override {
    if (setup.value(2) != 0) throw std::runtime_error("refuse is 1, it would have to be 0");
    const Span<const double> gains = setup.values(0);
    gain_.assign(gains.begin(), gains.end());
    trim_.assign(setup.port(2).size(), 0.0);
    limit_K_ = setup.value(1);
    refuse_activate_ = setup.value(3) != 0;
  }
  void activate() override {
    if (refuse_activate_) throw std::runtime_error("refuse_activate is 1");
    for (double& t : trim_) t = 0;
  }
  Status step(Step& io) override {
    ++steps_;
    const InputView pv = io.input(0);
    const OutputView sp = io.output(0);
    for (std::size_t i = 0; i < trim_.size(); ++i) {
      if (io.driving() && pv.usable(i)) {
        trim_[i] +=
            gain_[i] / process_gain_ * package_gain_ * (sp.reference(i) - pv.value(i)) * io.dt_s();
        trim_[i] = trim_[i] > limit_K_ ? limit_K_ : trim_[i] < -limit_K_ ? -limit_K_ : trim_[i];
      } else {
        trim_[i] = sp.working(i) - sp.reference(i);
      }
      sp.set(i, sp.reference(i) + trim_[i]);
    }
    if (!pv.all_usable()) return io.degraded(Why::inputs_missing, "a temperature is bad");
    return Status::ok;
  }
  void state(State& s) override { s(trim_, gain_, steps_); }
  std::uint32_t explain(std::uint32_t output, std::uint32_t element,
                        Span<saggar_cause> causes) override {
    if (output != 0 || element >= trim_.size() || causes.empty()) return 0;
    causes[0] = cause("integral", trim_[element], 0, element);
    return 1;
  }
  std::uint32_t horizon_points() override { return 3; }
  std::uint32_t horizon(std::uint32_t input, std::uint32_t element, Span<double> time_s,
                        Span<double> value, Span<double> sigma) override {
    if (input != 0 || element >= trim_.size()) return 0;
    for (std::size_t i = 0; i < time_s.size(); ++i) {
      time_s[i] = 10.0 * static_cast<double>(i + 1);
      value[i] = 700 + trim_[element];
      sigma[i] = 2;
    }
    return static_cast<std::uint32_t>(time_s.size());
  }
  std::uint32_t trained_range(std::uint32_t input, Span<double> low, Span<double> high) override {
    if (input != 0) return 0;
    for (double& v : low) v = 20;
    for (double& v : high) v = 1150;
    return static_cast<std::uint32_t>(low.size());
  }
  double confidence_limit() override { return 0.25; }
  void set_parameter(std::uint32_t /*param*/, std::uint32_t element, double value) override {
    if (element == kAllElements) {
      for (double& g : gain_) g = value;
    } else {
      gain_.at(element) = value;
    }
  }
  bool tune_start(std::uint32_t, std::uint32_t element, std::string_view method,
                  double amplitude) override {
    if (method != "relay") throw std::runtime_error("only the method relay is known");
    tuning_ = element < trim_.size() && amplitude <= limit_K_;
    quick_ = tuning_ && amplitude == 1;  // a run of 1 K has its result at once
    return tuning_;
  }
  void tune_abort() override { tuning_ = false; }
  void tune_result(saggar_tune_result& result) override {
    result.state = quick_ ? SAGGAR_TUNE_FINISHED : tuning_ ? SAGGAR_TUNE_RUNNING : SAGGAR_TUNE_IDLE;
    result.kp = quick_ ? 2 : 0;
    result.ti_s = quick_ ? 120 : 0;
  }

 private:
  std::vector<double> gain_, trim_;
  double limit_K_ = 0, process_gain_ = 1, package_gain_ = 1;
  std::uint64_t steps_ = 0;
  std::uint32_t members_ = 1;
  bool refuse_activate_ = false, tuning_ = false, quick_ = false;
};

}  // namespace

SAGGAR_PLUGIN(Complete);
