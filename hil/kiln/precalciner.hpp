// Precalciner: what a rotary tube before the kiln makes of the mix. Reduced to what the figures
// carry: residence by Sullivan's formula, plug flow along the tube, a bed that its turning keeps at
// one temperature in each section, heat from the wall of its zone, gas over it as stated. Lots come
// out of it dried and begun; what the tube itself does in time is not simulated.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hil/kiln/beds.hpp"

namespace saggar::kiln {

/// Per kg of mix that went in, moisture included. Energies in J, relative to 25 degC.
struct PrecalcinerHeat {
  double wall_J = 0;      ///< from the wall
  double reaction_J = 0;  ///< taken up by reactions
  double gas_J = 0;       ///< that left with steam, less what oxygen brought
  double powder_J = 0;    ///< of the powder at the outlet
  double outlet_K = 0;    ///< of the powder
};

/// Thread: any; a pure function of its figures and of the mix.
class Precalciner {
 public:
  explicit Precalciner(const PlantParams& params);

  /// Minutes: t = 1.77 L sqrt(theta) / (p D N), Sullivan; theta and p in degrees.
  double residence_min() const noexcept { return residence_s_ / 60.0; }
  /// Share of the section of the tube that powder fills at the throughput it is for.
  double fill() const noexcept { return fill_; }
  /// Empty, or why these figures cannot be: a tube that overflows, or lithium as carbonate.
  std::string objection() const;
  /// What becomes of a mix, stepped by `kStep_s` through all zones. About 1 ms.
  Begun fire(double moisture_fraction, double li_per_m, PrecalcinerHeat& heat) const noexcept;

 private:
  static constexpr double kStep_s = 1.0;
  struct Bed;
  double react(Bed& bed, double dt_s) const noexcept;

  material::Drying drying_;
  material::Synthesis synthesis_;
  material::HeatCapacity powder_;
  std::vector<double> wall_K_;
  double ambient_K_, steam_Pa_, oxygen_, steam_J_per_molK_, oxygen_J_per_molK_;
  double residence_s_, fill_;
  double wall_W_per_kgK_;  ///< per kg of mix that went in
  bool carbonate_;
};

}  // namespace saggar::kiln
