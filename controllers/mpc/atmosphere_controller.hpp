// AtmosphereController: oxygen and dampers, no more gas than the powder needs.
#pragma once

#include <cstdint>
#include <saggar/plugin/controller.hpp>
#include <vector>

#include "controllers/mpc/planned.hpp"

namespace saggar::mpc {

/// CVs: balance of what the setpoints let in and draw, pressure, oxygen and steam at the gas points
/// of the soak, residual lithium forecast for the exit; MVs: each inlet, each damper. Ranks: 1
/// balance, which the guard holds anyway (G7), 2 pressure, 3 oxygen and steam, 4 lithium; then the
/// price of oxygen: flows go as low as the bands let them, dampers keep the pressure meanwhile.
///
///   lag dP/dt = sum of pressure_per_flow q + pressure_per_damper y - P, and so on for the others;
/// what else moves them (steam of the load, weather, wear) is the disturbance of each.
class AtmosphereController final : public Planned {
 public:
  enum Input : std::uint32_t { kPressure, kOxygen, kSteam, kLithium, kInlet, kDamper };
  enum Param : std::uint32_t {
#define SAGGAR_MPC_ATMOSPHERE(name, unit, low, high, value, flags, doc) p_##name,
#include "controllers/mpc/atmosphere.def"
#undef SAGGAR_MPC_ATMOSPHERE
    kParamCount
  };
  static constexpr std::uint32_t kMostInlets = 64, kMostDampers = 8, kMostPoints = 8;

  static constexpr plugin::About kAbout{
      "com.saggar.mpc-atmosphere",
      "1.0.0",
      "Saggar",
      "Model-predictive oxygen flows and dampers: as little gas as the bands allow",
      SAGGAR_DUTY_ATMOSPHERE,
      1};

  static constexpr saggar_port kPorts[] = {
      plugin::input("pressure", "kiln.pressure", "Pa", 1, 1, "Pressure in the chamber."),
      plugin::optional_input("oxygen", "gas.point*.o2", "%", kMostPoints, "Oxygen at gas points."),
      plugin::optional_input("steam", "gas.point*.h2o", "%", kMostPoints, "Steam at gas points."),
      plugin::optional_input("lithium", "row*.exit.residual_lithium", "1", 2000,
                             "Estimate: residual lithium of each row forecast for the exit."),
      plugin::output("inlet", "o2.inlet*.flow_setpoint", "Nm3/h", 1, kMostInlets,
                     "Flow of each inlet."),
      plugin::optional_output("damper", "exhaust.damper*.position_setpoint", "%", kMostDampers,
                              "Position of each damper.")};

  static constexpr saggar_param kParams[] = {
#define SAGGAR_MPC_ATMOSPHERE(name, unit, low, high, value, flags, doc) \
  plugin::param(#name, unit, low, high, value, flags, doc),
#include "controllers/mpc/atmosphere.def"
#undef SAGGAR_MPC_ATMOSPHERE
  };

  void configure(const plugin::Setup& setup) override;
  void state(plugin::State& state) override;
  std::uint32_t explain(std::uint32_t output, std::uint32_t element,
                        plugin::Span<saggar_cause> causes) override;
  std::uint32_t horizon(std::uint32_t input, std::uint32_t element, plugin::Span<double> time_s,
                        plugin::Span<double> value, plugin::Span<double> sigma) override;

 protected:
  void sense(plugin::Step& io) noexcept override;
  void begin() noexcept override;
  void close_period(plugin::Step& io) noexcept override;
  void wish(plugin::Step& io) noexcept override;
  plugin::Status verdict(plugin::Step& io) noexcept override;

 private:
  /// A mean over the period of what was usable.
  struct Mean {
    double sum = 0, count = 0;
    void add(double value) noexcept {
      sum += value;
      count += 1;
    }
    double take() noexcept;
    void state(plugin::State& s) { s(sum, count); }
  };
  double value(Param p) const noexcept { return values_[p]; }
  std::size_t oxygen_cv(std::size_t point) const noexcept { return 1 + point; }
  std::size_t steam_cv(std::size_t point) const noexcept { return 1 + oxygen_.size() + point; }
  std::size_t lithium_cv() const noexcept { return 1 + oxygen_.size() + steam_.size(); }
  std::size_t balance_cv() const noexcept { return lithium_cv() + 1; }
  /// Nm3/h into the chamber per unit of an MV.
  double gas(std::size_t mv) const noexcept { return mv < inlets_ ? 1.0 : -value(p_damper_draws); }
  bool oxygen_seen() const noexcept;
  void model() noexcept;
  void wish_balance() noexcept;

  std::vector<double> values_;
  std::size_t first_ = 0;  ///< of the soak, among the gas points
  std::size_t inlets_ = 0, dampers_ = 0;
  bool has_lithium_ = false;
  Mean pressure_, lithium_;
  std::vector<Mean> oxygen_, steam_;  ///< points of the soak
  std::vector<double> oxygen_age_s_;
  double unseen_s_ = 0;  ///< pressure
};

}  // namespace saggar::mpc
