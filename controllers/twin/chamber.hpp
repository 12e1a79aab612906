// Chamber: what the zone thermocouples mean for the rows, and the power that each zone should take:
// gas in counter-flow, brick face and deep brick, losses.
#pragma once

#include <cstddef>
#include <vector>

#include "controllers/twin/figures.hpp"
#include "controllers/twin/rows.hpp"

namespace saggar::twin {

/// Measurements of one cycle, made whole: every value is finite.
struct Field {
  Field(std::size_t zones, std::size_t inlets)
      : top_K(zones, 300.0),
        bottom_K(zones, 300.0),
        top_W(zones, 0.0),
        bottom_W(zones, 0.0),
        inlet_mol_per_s(inlets, 0.0) {}
  std::vector<double> top_K, bottom_K;  ///< thermocouples
  std::vector<double> top_W, bottom_W;  ///< power of the loops
  std::vector<double> inlet_mol_per_s;
  double pressure_Pa = 0;

  void state(plugin::State& s);
};

/// One copy. Nothing allocates after construction. Thread: one.
class Chamber {
 public:
  Chamber(const Figures& figures, const Places& places);

  void use(const Factors& factors) noexcept { by_ = factors; }
  /// All at rest at the temperatures of `field`.
  void settle(const Field& field) noexcept;
  /// What the rows see, from the field and what they gave and took last.
  /// @param offset_K  by how much each zone's thermocouples read too high
  void see(const Field& field, const std::vector<double>& offset_K, const Exchange& load) noexcept;
  /// Brick onward by `dt_s`, and the power that each zone should take now.
  void balance(double dt_s, const Exchange& load) noexcept;

  const Surroundings& surroundings() const noexcept { return now_; }
  const std::vector<double>& expected_W() const noexcept { return expected_W_; }
  /// The same of roof and floor by themselves, half-major, 2 * zones.
  const std::vector<double>& expected_half_W() const noexcept { return expected_half_W_; }
  const std::vector<double>& loss_W() const noexcept { return loss_W_; }
  /// Of one zone: exchange of the gas with all it meets, what its flow carries, and what is lost
  /// more per kelvin.
  double gas_W_per_K(std::size_t zone) const noexcept { return gas_W_per_K_[zone]; }
  double flow_W_per_K(std::size_t zone) const noexcept;
  double loss_W_per_K(std::size_t zone) const noexcept;
  /// Heat that the rows take in each zone, W.
  const std::vector<double>& load_W() const noexcept { return load_W_; }
  /// Flow from a zone toward the entry, mol/s.
  const std::vector<double>& flow() const noexcept { return flow_; }
  void state(plugin::State& s);  ///< all that the next steps depend on

 private:
  void flows(const Field& field, const Exchange& load) noexcept;
  void gas(const Field& field, const Exchange& load) noexcept;
  void solve(std::vector<double>& x) noexcept;

  Figures f_;
  Factors by_;
  std::size_t zones_;
  std::vector<std::size_t> inlet_zone_, port_zone_;
  std::vector<double> port_share_, leak_;
  double area_m2_, hall_K_;
  Surroundings now_;
  std::vector<double> face_K_, slow_K_, deep_K_;  ///< half-major
  std::vector<double> inlet_, out_, flow_, lower_, diagonal_, upper_, right_, cp_, ones_;
  std::vector<double> expected_W_, expected_half_W_, loss_W_, load_W_, gas_W_per_K_;
};

}  // namespace saggar::twin
