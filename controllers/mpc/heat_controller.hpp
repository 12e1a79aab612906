// HeatController: zone setpoints by what the powder sees, planned ahead.
#pragma once

#include <cstdint>
#include <memory>
#include <saggar/plugin/controller.hpp>
#include <vector>

#include "controllers/mpc/line_model.hpp"
#include "controllers/mpc/regulator.hpp"
#include "controllers/mpc/shift_limit.hpp"

namespace saggar::mpc {

inline constexpr std::uint32_t kMostLoops = 128;  // 64 zones, 2 loops each
inline constexpr std::uint32_t kMostZones = 64;
inline constexpr std::uint32_t kEach = SAGGAR_PARAM_PER_OUTPUT;

/// CVs: core of the powder per zone, place of dry-out, zone temperatures; MVs: one trim per zone,
/// the same for its loops. Ranks: 1 nothing hotter than the powder bears, 2 core in its band
/// through the soak, 3 dry-out in time, then weights. Without core estimates it holds zone
/// temperatures to the recipe, free of offset.
///
/// Steps often, plans seldom: each `period_s` it observes and solves, in between it goes along the
/// plan at the rate it may. Belongs on a worker (latency >= 1): milliseconds.
class HeatController final : public plugin::Controller {
 public:
  enum Input : std::uint32_t { kPv, kCore, kHottest, kDry, kSpeed };
  enum Param : std::uint32_t {
#define SAGGAR_MPC_HEAT(name, unit, low, high, value, flags, doc) p_##name,
#include "controllers/mpc/heat.def"
#undef SAGGAR_MPC_HEAT
    kParamCount
  };

  static constexpr plugin::About kAbout{
      "com.saggar.mpc-heat",
      "1.0.0",
      "Saggar",
      "Model-predictive trims of the zone setpoints by what the powder sees",
      SAGGAR_DUTY_HEAT,
      1};

  static constexpr saggar_port kPorts[] = {
      plugin::input("pv", "zone*.*.temperature", "degC", 1, kMostLoops,
                    "Control thermocouple of each loop."),
      plugin::optional_input("core", "zone*.core_temperature", "degC", kMostZones,
                             "Estimate: coldest place of the powder, mean of the rows in a zone."),
      plugin::optional_input("hottest", "zone*.hottest_temperature", "degC", kMostZones,
                             "Estimate: hottest place of any row in a zone."),
      plugin::optional_input("dry", "dryout.position", "m", 1,
                             "Estimate: where the powder becomes dry."),
      plugin::optional_input("speed", "transport.group1.speed", "mm/s", 1, "Speed of the line."),
      plugin::output("setpoint", "zone*.*.setpoint", "degC", 1, kMostLoops,
                     "Setpoint of each loop: recipe value plus trim.")};

  static constexpr saggar_param kParams[] = {
#define SAGGAR_MPC_HEAT(name, unit, low, high, value, flags, doc) \
  plugin::param(#name, unit, low, high, value, flags, doc),
#include "controllers/mpc/heat.def"
#undef SAGGAR_MPC_HEAT
  };

  void configure(const plugin::Setup& setup) override;
  void activate() override;
  plugin::Status step(plugin::Step& io) override;
  void state(plugin::State& state) override;
  std::uint32_t explain(std::uint32_t output, std::uint32_t element,
                        plugin::Span<saggar_cause> causes) override;
  std::uint32_t horizon_points() override;
  std::uint32_t horizon(std::uint32_t input, std::uint32_t element, plugin::Span<double> time_s,
                        plugin::Span<double> value, plugin::Span<double> sigma) override;

  const Regulator& regulator() const noexcept { return *regulator_; }
  const LineModel& model() const noexcept { return *model_; }

 private:
  struct Zone {
    std::vector<std::uint32_t> pv, loops;  ///< elements of input and output
    std::uint32_t core = plugin::kNone, hottest = plugin::kNone;
  };
  double value(Param p, std::size_t element = 0) const noexcept {
    const std::vector<double>& v = values_[p];
    return v[element < v.size() ? element : 0];
  }
  void wire(const plugin::Setup& setup);
  LineFigures figures() const;
  void begin() noexcept;
  void gather(plugin::Step& io) noexcept;
  void measure(plugin::Step& io) noexcept;
  void wish(plugin::Step& io) noexcept;
  void wish_soak(std::size_t zone, std::size_t into_soak) noexcept;
  void plan(plugin::Step& io) noexcept;
  void follow_plan(plugin::Step& io) noexcept;
  plugin::Status verdict(plugin::Step& io) noexcept;

  std::vector<std::vector<double>> values_;
  std::vector<Zone> zones_;
  std::unique_ptr<LineModel> model_;
  std::unique_ptr<Regulator> regulator_;
  std::unique_ptr<ShiftLimit> shift_;
  std::vector<std::uint32_t> zone_of_loop_, zone_of_pv_, zone_of_core_;
  double period_s_ = 120;
  // of the zones, now
  std::vector<double> reference_degC_, trim_K_, zone_degC_, core_degC_, hottest_K_;
  std::vector<double> sum_K_, samples_, trim_sum_K_;  ///< since the last plan
  std::vector<double> y_, u_mean_, moved_K_;          ///< moved: proposed now
  std::vector<double> core_age_s_;
  std::vector<std::uint8_t> free_;
  double speed_m_per_s_ = 0, since_plan_s_ = 0, watched_s_ = 0;
  std::uint64_t begun_ = 0, planned_ = 0;
  std::uint32_t unseen_ = 0;
};

}  // namespace saggar::mpc
