// GasPath: O2, N2, H2O and CO2 in each zone, where they flow, and their temperature.
#pragma once

#include <array>
#include <vector>

#include "hil/kiln/layout.hpp"
#include "hil/kiln/ledger.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

enum Species : std::size_t { kO2, kN2, kH2O, kCO2, kSpecies };

/// What the gas is given from outside in one step.
struct GasInputs {
  std::vector<double> inlet_mol_per_s;  ///< per inlet
  double supply_o2 = 0;                 ///< mole fraction
  double supply_co2 = 0;                ///< mole fraction
  std::vector<double> damper_open;      ///< 0..1, per damper
  std::array<double, 2> door_open{};    ///< 0..1, entry and exit
  std::vector<double> preheat_W;  ///< per zone, taken from the brick by the supply; by `preheat`
};

/// The hall and the stack, as the gas has to do with them.
struct Outside {
  double hall_K = 298.15;
  double hall_h2o = 0;  ///< mole fraction
  double draft_Pa = 0;  ///< suction behind the dampers
};

/// Flow is quasi-steady: the pressure at the transmitter is the one at which supply, steam and
/// expansion leave through dampers and leaks (flow ~ sqrt of the pressure difference). The flow
/// between zones follows from the mole balance, toward the entry when positive, and what it costs
/// to drive it, as of the step before, makes the pressure differ from zone to zone.
/// Composition and temperature are implicit, so that zones may be as small and fast as they like.
/// Moles and energy are kept to rounding. Thread: one. Nothing allocates after construction.
class GasPath {
 public:
  GasPath(const Layout& layout, const PlantParams& params);

  /// Works out what the supply takes up in its tubes through the brick, half from each face.
  void preheat(const std::vector<double>& face_K, GasInputs& inputs) const noexcept;
  /// @param wall_W_per_K  per zone, gas to both brick faces together
  /// @param wall_W        per zone, sum of conductance times face temperature
  void step(double dt_s, const GasInputs& inputs, const Coupling& load,
            const std::vector<double>& wall_W_per_K, const std::vector<double>& wall_W,
            Ledger& ledger) noexcept;

  const std::vector<double>& temperature_K() const noexcept { return temperature_K_; }
  /// Mole fraction.
  double fraction(Species s, std::size_t zone) const noexcept { return x_[zone * kSpecies + s]; }
  /// At the transmitter.
  double pressure_Pa() const noexcept { return pressure_Pa_; }
  double pressure_Pa(std::size_t zone) const noexcept { return pressure_Pa_ + above_Pa_[zone]; }
  /// Temperature of the gas that the exhaust draws.
  double drawn_K() const noexcept { return drawn_K_; }
  /// Supply that lances bring straight into the head-space of the saggars of a zone.
  double head_mol_per_s(std::size_t zone) const noexcept { return head_in_[zone]; }
  double head_oxygen_mol_per_s(std::size_t zone) const noexcept {
    return head_in_[zone] * supply_[kO2];
  }
  bool has_lances() const noexcept { return has_lances_; }
  void set_outside(const Outside& outside) noexcept;
  const Outside& outside() const noexcept { return outside_; }
  /// Flow from zone k to zone k - 1, mol/s; index 0 is always 0.
  const std::vector<double>& toward_entry() const noexcept { return flow_; }
  double leak_out_mol_per_s() const noexcept { return leak_out_; }
  /// Leaks times their excess of oxygen over air, mol/s.
  double oxygen_to_hall() const noexcept { return oxygen_to_hall_; }

  double enthalpy_J() const noexcept;
  Matter content() const noexcept;
  /// Sets temperatures, for a start near operation.
  void preset(std::size_t zone, double temperature_K) noexcept;
  void serialize(domain::Archive& archive);

 private:
  double solve_pressure(double made_mol_per_s, const GasInputs& inputs) const noexcept;
  double above_port_Pa(std::size_t damper) const noexcept;
  double leak(std::size_t zone, const GasInputs& inputs) const noexcept;
  void supply(const GasInputs& inputs) noexcept;
  double lose(const GasInputs& inputs) noexcept;
  void draw(std::size_t damper, double flow_mol_per_s) noexcept;
  void raise_pressure() noexcept;
  void spread(double dt_s, const GasInputs& inputs, const Coupling& load) noexcept;
  void heat_capacity(std::vector<double>& cp) const noexcept;
  void mix(double dt_s, const Coupling& load, Ledger& ledger) noexcept;
  void warm(double dt_s, const std::vector<double>& preheat_W, const Coupling& load,
            const std::vector<double>& wall_W_per_K, const std::vector<double>& wall_W,
            Ledger& ledger) noexcept;
  template <std::size_t Width>
  void solve_rows(double* right) noexcept;
  void set_rows(double dt_s, const std::vector<double>& per_mol,
                const std::vector<double>& extra) noexcept;

  Layout layout_;
  double volume_m3_, supply_K_, inlet_preheat_, resistance_, neighbour_, hall_co2_;
  double door_leak_, door_exchange_, lance_head_;
  std::size_t pressure_zone_;
  std::vector<double> leak_;            ///< conductance per zone
  std::vector<std::uint8_t> is_lance_;  ///< per inlet
  bool has_lances_ = false;
  std::array<double, kSpecies> cp_{}, air_{}, supply_{};
  std::vector<double> damper_;
  std::vector<std::size_t> port_zone_;
  std::vector<double> port_share_;  ///< empty: each damper at its own zone
  // state
  std::vector<double> x_;  ///< mole fractions, zone-major
  std::vector<double> temperature_K_, moles_;
  double pressure_Pa_ = 5;
  std::vector<double> above_Pa_;  ///< pressure over that at the transmitter
  Outside outside_;
  // of the last step
  std::vector<double> flow_;  ///< zones + 1
  std::vector<double> supply_in_, head_in_, air_in_, out_, to_hall_, next_moles_;
  std::vector<double> lower_, diagonal_, upper_, right_, cp_now_, cp_before_, none_;
  double leak_out_ = 0, oxygen_to_hall_ = 0, drawn_K_ = 0, lance_mol_per_s_ = 0;
};

}  // namespace saggar::kiln
