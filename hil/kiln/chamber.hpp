// Chamber: heaters, brick and gas of all zones, and what they see of each other.
#pragma once

#include <vector>

#include "hil/kiln/gas_path.hpp"
#include "hil/kiln/layout.hpp"
#include "hil/kiln/ledger.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

/// Per half (0 top, 1 bottom) and zone: element, brick face, deep brick; per zone: gas. The halves
/// of a kiln without bottom heaters stay, without power. Explicit in the solids (their time
/// constants are above a minute), implicit in the gas. Energy is kept to rounding.
/// Thread: one. Nothing allocates after construction.
class Chamber {
 public:
  Chamber(const Layout& layout, const PlantParams& params, std::uint64_t seed);

  /// One step, at most about 5 s.
  /// @param power_W  of the elements, half-major: [half * zones + zone]
  void step(double dt_s, const std::vector<double>& power_W, GasInputs& gas, const Coupling& load,
            Ledger& ledger) noexcept;

  /// As the load sees it now; valid until the next call.
  const Surroundings& surroundings() noexcept;
  /// As the load saw it, mean since `restart_mean`.
  const Surroundings& mean() noexcept;
  void restart_mean() noexcept;
  /// What a thermocouple near roof or floor sees, degC: [half * zones + zone].
  void sensed_degC(double radiation_share, std::vector<double>& out) const noexcept;

  /// All of a zone at the temperatures of a steady state with this face temperature.
  void preset(std::size_t half, std::size_t zone, double face_K) noexcept;
  void preset_gas(std::size_t zone, double gas_K) noexcept { gas_.preset(zone, gas_K); }
  /// Power that holds the elements and faces where they are, W; for a first guess.
  double holding_W(std::size_t half, std::size_t zone, const Coupling& load) const noexcept;

  /// Hall and stack from now on.
  void set_outside(const Outside& outside) noexcept {
    gas_.set_outside(outside);
    f_.ambient_K = outside.hall_K;
  }
  /// Loss through the shell against that of sound brickwork.
  void set_shell(double factor) noexcept { f_.shell_factor = factor; }
  const GasPath& gas() const noexcept { return gas_; }
  const std::vector<double>& element_K() const noexcept { return element_K_; }
  const std::vector<double>& face_K() const noexcept { return face_K_; }
  double enthalpy_J() const noexcept;
  /// Heat given to the load since `restart_mean`, which the beds have not yet received.
  double given_J(const Coupling& load) const noexcept;
  void serialize(domain::Archive& archive);

 private:
  struct Figures {
    double element_view, film_W_per_K, face_J_per_K, deep_J_per_K, to_deep_W_per_K, ends_W_per_K;
    double top_bottom_m2, neighbour_m2, entry_m2, exit_m2, ambient_K;
    double shell_factor = 1;
  };
  void radiate(double dt_s, const Coupling& load, Ledger& ledger) noexcept;

  Layout layout_;
  Figures f_{};
  GasPath gas_;
  std::vector<double> element_J_per_K_, element_m2_, shell_W_per_K_;  ///< per half and zone
  std::vector<double> element_K_, face_K_, deep_K_;
  std::vector<double> flux_W_;  ///< into the face, work
  std::vector<double> wall_W_per_K_, wall_W_;
  Surroundings now_, sum_, mean_;
  double sum_s_ = 0;
};

}  // namespace saggar::kiln
