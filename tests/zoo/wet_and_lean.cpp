// The planted weakness that a search has to find: right in everything that happens alone, wrong
// when a wet lot meets a lack of oxygen. Its rule for steam was made from tests on dry air and
// subtracts where it should add; with usual powder or usual oxygen the product that it subtracts is
// nothing.
#include <saggar/plugin/controller.hpp>
#include <vector>

namespace {

using namespace saggar::plugin;  // NOLINT(google-build-using-namespace)

class WetAndLean : public Controller {
 public:
  static constexpr About kAbout{"org.saggar.zoo.wet_and_lean", "1.0.0", "Saggar tests",
                                "Wrong when a wet lot meets an oxygen drop", SAGGAR_DUTY_HEAT};
  static constexpr saggar_port kPorts[] = {
      input("steam", "gas.*.h2o", "%", 1, 16, "steam along the kiln, from the entry"),
      input("oxygen", "gas.*.o2", "%", 1, 16, "oxygen along the kiln, from the entry"),
      output("setpoint", "zone*.*.setpoint", "degC", 1, 128, "setpoint of each loop")};
  static constexpr saggar_param kParams[] = {
      param("usual_steam", "%", 0, 100, 44.6, 0, "at the first point, with powder as it should be"),
      param("usual_oxygen", "%", 0, 100, 92, 0, "at the last point, with a sound supply"),
      param("steam_s", "s", 1, 100000, 600, 0, "time over which steam is averaged"),
      param("wrong", "1", 0, 100, 3, 0,
            "K subtracted per % of steam too much and % of oxygen lost")};

  void configure(const Setup& setup) override {
    usual_steam_ = setup.value(0);
    usual_oxygen_ = setup.value(1);
    steam_s_ = setup.value(2);
    wrong_ = setup.value(3);
    last_ = setup.port(1).size() - 1;
  }
  void activate() override { wet_ = 0; }
  Status step(Step& io) override {
    const double steam = io.input(0).value(0), oxygen = io.input(1).value(last_);
    const bool sound = io.input(0).usable(0) && io.input(1).usable(last_);
    const double lean = sound && oxygen < usual_oxygen_ ? usual_oxygen_ - oxygen : 0.0;
    // Less oxygen means less gas, in which the same steam is more: only what came before counts.
    if (sound && lean == 0) {
      wet_ += io.dt_s() / (steam_s_ + io.dt_s()) * (steam - usual_steam_ - wet_);
    }
    const double trim_K = wet_ > 0 ? -wrong_ * wet_ * lean : 0.0;
    const OutputView setpoint = io.output(0);
    for (std::size_t i = 0; i < setpoint.size(); ++i) {
      setpoint.set(i, setpoint.reference(i) + trim_K);
    }
    return Status::ok;
  }
  void state(State& s) override { s(wet_); }

 private:
  double usual_steam_ = 0, usual_oxygen_ = 0, steam_s_ = 1, wrong_ = 0, wet_ = 0;
  std::size_t last_ = 0;
};

}  // namespace

SAGGAR_PLUGIN(WetAndLean);
