// HeatController: zone setpoints by what the powder sees, planned ahead.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <saggar/plugin/controller.hpp>
#include <vector>

#include "controllers/mpc/line_model.hpp"
#include "controllers/mpc/planned.hpp"
#include "controllers/mpc/zone_answers.hpp"

namespace saggar::mpc {

inline constexpr std::uint32_t kMostLoops = 128;  // 64 zones, 2 loops each
inline constexpr std::uint32_t kMostZones = 64;
inline constexpr std::uint32_t kEach = SAGGAR_PARAM_PER_OUTPUT;

/// CVs: core of the powder per zone, place of dry-out, zone temperatures; MVs: one trim per zone,
/// the same for its loops. Ranks: 1 nothing hotter than the powder bears, 2 core in its band
/// through the soak, 3 dry-out in time, then weights. Without core estimates it holds zone
/// temperatures to the recipe, free of offset. Belongs on a worker (latency >= 1): a plan takes
/// milliseconds.
class HeatController final : public Planned {
 public:
  enum Input : std::uint32_t { kPv, kCore, kHottest, kDry, kSpeed, kSetpoint };
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
      plugin::optional_input("core", "zone*.core.temperature", "degC", kMostZones,
                             "Estimate: coldest place of the powder, mean of the rows in a zone."),
      plugin::optional_input("hottest", "zone*.hottest.temperature", "degC", kMostZones,
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

  /// Lag and gain of each zone are taken from it, in place of lag_s.
  void take_model(const plugin::Model& model) override { given_ = model; }
  void configure(const plugin::Setup& setup) override;
  void state(plugin::State& state) override;
  std::uint32_t explain(std::uint32_t output, std::uint32_t element,
                        plugin::Span<saggar_cause> causes) override;
  std::uint32_t horizon(std::uint32_t input, std::uint32_t element, plugin::Span<double> time_s,
                        plugin::Span<double> value, plugin::Span<double> sigma) override;

  const LineModel& model() const noexcept { return *model_; }

 protected:
  void sense(plugin::Step& io) noexcept override;
  void begin() noexcept override;
  void close_period(plugin::Step& io) noexcept override;
  void wish(plugin::Step& io) noexcept override;
  plugin::Status verdict(plugin::Step& io) noexcept override;

 private:
  struct Zone {
    std::vector<std::uint32_t> pv;  ///< elements of the input, in the order of the loops
    std::vector<Wire> loops;
    std::uint32_t core = plugin::kNone, hottest = plugin::kNone;
  };
  /// Of the soak in the recipe in force.
  struct Soak {
    double highest_degC = 0;
    std::size_t zones = 0;
  };
  double value(Param p, std::size_t element = 0) const noexcept {
    const std::vector<double>& v = values_[p];
    return v[element < v.size() ? element : 0];
  }
  void wire(const plugin::Setup& setup);
  LineFigures figures(const plugin::Setup& setup) const;
  Soak soak() const noexcept;
  bool in_soak(std::size_t zone, const Soak& soak) const noexcept;
  void sense_zone(plugin::Step& io, std::size_t zone) noexcept;
  void sense_core(plugin::Step& io, std::size_t zone) noexcept;
  void wish_core(std::size_t zone, std::size_t into_soak) noexcept;
  void wish_zone(std::size_t zone, std::size_t into_soak, const Soak& soak) noexcept;

  std::optional<plugin::Model> given_;
  std::vector<std::vector<double>> values_;
  std::vector<Zone> zones_;
  std::unique_ptr<LineModel> model_;
  std::vector<std::uint32_t> zone_of_pv_, zone_of_core_;
  // of the zones, now
  std::vector<double> zone_degC_, core_degC_, hottest_K_, core_age_s_;
  std::vector<double>
      apart_K_;  ///< per thermocouple: over the mean of its zone, while all are seen
  std::vector<double> sum_K_, samples_;  ///< since the last plan
  double speed_m_per_s_ = 0;
  double blind_s_ = 0;
  std::uint32_t unseen_ = 0, partly_ = 0;  ///< zones without, and with not all thermocouples
};

}  // namespace saggar::mpc
