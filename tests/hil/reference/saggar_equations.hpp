// The equations of one saggar fired alone, as ordinary differential equations, for a reference
// solver. Written from the balances and the pure functions of hil/material, not from the step of
// hil/kiln/bed_step.cpp: masses are sums of species, nothing is split or linearised, every rate
// acts at the same instant. Only the division into nodes is shared.
#pragma once

#include <cstddef>
#include <vector>

#include "hil/kiln/single_saggar.hpp"

namespace saggar::reference {

/// One layer. States: `kPerNode` of each node from the surface down, then the base of the saggar,
/// then the three fractions of the head-space.
class SaggarEquations {
 public:
  enum State : std::size_t {
    kEnthalpy,    ///< J of the node, from 298.15 K, melting included
    kCore,        ///< y of R1
    kHydroxide,   ///< share of M(OH)2 left
    kMoisture,    ///< share of the free moisture left
    kConversion,  ///< x
    kMixing,      ///< z
    kCube,        ///< d^3, nm3
    kCarbonate,   ///< lithium per M as Li2CO3
    kOxide,       ///< as Li2O
    kInWall,      ///< taken by the saggar
    kSteam,       ///< mole fractions in the pores
    kOxygen,
    kCarbonDioxide,
    kPerNode
  };

  SaggarEquations(const kiln::BedFigures& figures, const kiln::Charge& charge,
                  const kiln::Profile& profile, const kiln::MuffleFigures& muffle);

  std::size_t nodes() const noexcept { return f_.nodes; }
  std::size_t size() const noexcept { return f_.nodes * kPerNode + 4; }
  std::size_t at(std::size_t node, State state) const noexcept { return node * kPerNode + state; }
  std::size_t base() const noexcept { return f_.nodes * kPerNode; }
  std::size_t head() const noexcept { return base() + 1; }

  std::vector<double> start() const;
  /// Absolute error that does not matter, per state.
  std::vector<double> tolerance(double relative) const;
  /// Temperature of a node in a state. Not const: it keeps the answer as a first guess.
  double temperature_K(const double* y, std::size_t node) noexcept;
  double base_K(const double* y) const noexcept;
  /// dy/dt. Allocates nothing.
  void operator()(double time_s, const double* y, double* dydt) noexcept;

 private:
  /// Amounts of gas that one node makes, mol/s; oxygen is taken: negative.
  struct Gas {
    double water = 0, oxygen = 0, carbon_dioxide = 0;
  };
  struct Node {
    double heat_W = 0;           ///< taken up by reactions, and carried off by the gas of R3 to R8
    double dried_mol_per_s = 0;  ///< steam that rises through the bed
    Gas gas;
  };

  double lithia_mol(const double* s) const noexcept;
  double mass_kg(const double* s) const noexcept;
  void dry(double t, const double* s, double* d, Node& node) const noexcept;
  void synthesise(double t, const double* s, double* d, double contact_m2,
                  Node& node) const noexcept;
  void conduct(double time_s, const double* y, double* dydt) noexcept;
  void breathe(const double* y, double* dydt) noexcept;

  kiln::BedFigures f_;
  kiln::Profile profile_;
  kiln::MuffleFigures muffle_;
  double start_K_ = 0, li_per_m_ = 0, moisture_start_ = 0;
  double metal_mol_ = 0, hydrate_mol_ = 0, moisture_mol_ = 0, depth_m_ = 0;  ///< per node
  double surface_K_ = 0;  ///< of the powder, found with the heat flow; a first guess for the next
  std::vector<Node> made_;
  std::vector<double> conductivity_, kelvin_;
};

}  // namespace saggar::reference
