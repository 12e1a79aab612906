// TransportController: as fast as the quality of the powder allows.
#pragma once

#include <array>
#include <cstdint>
#include <saggar/plugin/controller.hpp>
#include <vector>

#include "controllers/mpc/planned.hpp"

namespace saggar::mpc {

/// CVs: place of dry-out, forecasts for the exit of Li/Ni mixing, primary size and residual lithium
/// (means of the rows that the twin vouches for), heating power; MV: the speed, one trim for all
/// groups of drives, which must run alike. Ranks: 1 dry-out and power, 2 mixing and size, 3
/// lithium; then the worth of throughput: the line runs as fast as its trim and the bands let it,
/// and as the recipe says while anything that is asked for is not seen.
///
/// What is known to come: each row that is still wet says where it will be dry, hours before it is
/// there: lots that are heavier or lighter by the weigher are seen from the entry on.
///
///   lag dy/dt = per_speed x trim - (y - d): a shorter stay moves dry-out onward, leaves mixing
/// undone, powder smaller; what else moves them (lots, oxygen, temperatures) is the disturbance.
class TransportController final : public Planned {
 public:
  enum Input : std::uint32_t { kDry, kMixing, kSize, kLithium, kPower, kPlace, kToDry, kSpeed };
  enum Param : std::uint32_t {
#define SAGGAR_MPC_TRANSPORT(name, unit, low, high, value, flags, doc) p_##name,
#include "controllers/mpc/transport.def"
#undef SAGGAR_MPC_TRANSPORT
    kParamCount
  };
  /// CVs, in this order.
  enum Is : std::size_t { is_dry, is_mixing, is_size, is_lithium, is_power, kCvs };
  static constexpr std::uint32_t kMostRows = 2000, kMostGroups = 16;

  static constexpr plugin::About kAbout{
      "com.saggar.mpc-transport",
      "1.0.0",
      "Saggar",
      "Model-predictive speed of the line: as fast as the quality of the powder allows",
      SAGGAR_DUTY_TRANSPORT,
      1};

  static constexpr saggar_port kPorts[] = {
      plugin::optional_input("dry", "dryout.position", "m", 1,
                             "Estimate: where the powder becomes dry."),
      plugin::optional_input("mixing", "row*.exit.mixing", "fraction", kMostRows,
                             "Estimate: Li/Ni mixing of each row forecast for the exit."),
      plugin::optional_input("size", "row*.exit.primary_size", "nm", kMostRows,
                             "Estimate: primary size of each row forecast for the exit."),
      plugin::optional_input("lithium", "row*.exit.residual_lithium", "1", kMostRows,
                             "Estimate: residual lithium of each row forecast for the exit."),
      plugin::optional_input("power", "kiln.power", "kW", 1, "Heating power of the kiln."),
      plugin::optional_input("place", "row*.position", "m", kMostRows,
                             "Estimate: place of each row."),
      plugin::optional_input("to_dry", "row*.to_dry", "m", kMostRows,
                             "Estimate: way of each row to where it will be dry."),
      plugin::output("speed", "transport.*.speed_setpoint", "mm/s", 1, kMostGroups,
                     "Speed of each group of drives.")};

  static constexpr saggar_param kParams[] = {
#define SAGGAR_MPC_TRANSPORT(name, unit, low, high, value, flags, doc) \
  plugin::param(#name, unit, low, high, value, flags, doc),
#include "controllers/mpc/transport.def"
#undef SAGGAR_MPC_TRANSPORT
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
  double value(Param p) const noexcept { return values_[p]; }
  bool asked(std::size_t cv) const noexcept;
  /// All that is asked for is seen, or has not been missing for long.
  bool seen() const noexcept;
  void sense_rows(const plugin::InputView& place, const plugin::InputView& to_dry) noexcept;
  double dry_after(double way_m) const noexcept;
  void look_ahead() noexcept;

  std::vector<double> values_;
  std::array<double, kCvs> sum_{}, samples_{}, age_s_{};
  std::vector<double> wet_place_m_, wet_to_dry_m_;  ///< rows that are not dry: where they will be
  std::size_t wet_ = 0;
  double next_place_m_ = 0, next_way_m_ = 0;  ///< of the row that is dry next
  double dried_m_ = 0;                        ///< where the last row became dry; NaN: not seen yet
};

}  // namespace saggar::mpc
