// Rows: reduced model of each row of saggars as it travels: a few nodes over the depth of each
// layer with conduction, drying, melting and reaction heat, and the base and walls of the saggar.
#pragma once

#include <cstddef>
#include <vector>

#include "controllers/twin/figures.hpp"
#include "hil/material/bed_properties.hpp"

namespace saggar::twin {

/// The chamber as the rows see it, per zone: K and mole fractions.
struct Surroundings {
  explicit Surroundings(std::size_t zones)
      : roof_K(zones, 300.0),
        floor_K(zones, 300.0),
        gas_K(zones, 300.0),
        steam(zones, 0.0),
        oxygen(zones, 0.21) {}
  void state(plugin::State& s);
  std::vector<double> roof_K, floor_K, gas_K, steam, oxygen;
};

/// What the rows exchange with each zone while their surfaces stay as they are, all rows across:
/// heat to them from roof, floor or gas at T is `W_per_K` T - `W`.
struct Exchange {
  explicit Exchange(std::size_t zones)
      : roof_W_per_K(zones, 0.0),
        roof_W(zones, 0.0),
        floor_W_per_K(zones, 0.0),
        floor_W(zones, 0.0),
        gas_W_per_K(zones, 0.0),
        gas_W(zones, 0.0),
        steam_mol_per_s(zones, 0.0),
        steam_W(zones, 0.0) {}
  void clear() noexcept;
  void state(plugin::State& s);
  double heat_W_per_K(std::size_t zone) const noexcept {
    return roof_W_per_K[zone] + floor_W_per_K[zone] + gas_W_per_K[zone];
  }
  std::vector<double> roof_W_per_K, roof_W, floor_W_per_K, floor_W, gas_W_per_K, gas_W;
  std::vector<double> steam_mol_per_s, steam_W;  ///< given; and its enthalpy
};

/// One copy of the model. Structure of arrays, row 0 of the kiln first; a state row is one node of
/// all rows, layer by layer from the top: bed nodes from the surface down, then the base.
/// `kLanes` rows are worked on together. Nothing allocates after construction. Thread: one.
class Rows {
 public:
  static constexpr std::size_t kLanes = 8;
  static constexpr std::size_t kMostNodes = 12;  ///< per layer
  static constexpr std::size_t kMostLayers = 4;

  /// @param nodes  per layer, 3..kMostNodes. Precondition: layers 1..kMostLayers
  Rows(const Figures& figures, const Places& places, std::size_t nodes);

  void use(const Factors& factors) noexcept { by_ = factors; }
  void tare(double saggar_kg) noexcept { saggar_kg_ = saggar_kg; }
  /// Takes over factors and tare.
  void adopt(const Rows& other) noexcept {
    by_ = other.by_;
    saggar_kg_ = other.saggar_kg_;
  }
  /// Puts a new row before the `count` there are.
  void push(std::size_t count, double mix_kg) noexcept;
  /// Row `to` becomes as row `from` of `other`, which has the same shape; without the product only
  /// what is hot, wet or converted of it.
  void copy(std::size_t to, const Rows& other, std::size_t from, bool with_product) noexcept;
  /// Advances `count` rows that stand at `position_m`, those that dry in `parts` steps.
  void step(double dt_s, std::size_t parts, const Surroundings& around, const double* position_m,
            std::size_t count, Exchange& out) noexcept;
  /// Advances conversion, ordering and growth of rows `from`..`count`; one copy does it for all.
  void fire(double dt_s, const Surroundings& around, const double* position_m, std::size_t from,
            std::size_t count) noexcept;
  /// Takes over the lithiation from the copy that fires.
  void fire_as(const Rows& other) noexcept;

  std::size_t stride() const noexcept { return stride_; }
  std::size_t nodes() const noexcept { return nodes_; }
  std::size_t layers() const noexcept { return layers_; }
  /// Coldest node of row `j`, K.
  double core_K(std::size_t j) const noexcept;
  /// Hottest node of row `j`, K.
  double hottest_K(std::size_t j) const noexcept;
  /// Surface of the powder of the top layer, K.
  double surface_K(std::size_t j) const noexcept { return surface_K_[j]; }
  /// Share of the water that is gone, 0..1.
  double dryness(std::size_t j) const noexcept;
  /// Hydrate and hydroxide of every node have lost more than `share` of their water.
  bool dry(std::size_t j, double share) const noexcept;
  double conversion(std::size_t j) const noexcept;
  double mixing(std::size_t j, std::size_t layer) const noexcept;
  double size_nm(std::size_t j, std::size_t layer) const noexcept;
  /// d ln d / d T of the powder for a steady error of the temperature over all of the firing, 1/K.
  double size_per_K(std::size_t j) const noexcept;
  double heat_capacity_J_per_K(double mix_kg) const noexcept;

  void state(plugin::State& s);  ///< all that the next steps depend on

  // State, in rows of `stride()`.
  std::vector<double> temperature_K;            ///< layers * (nodes + 1)
  std::vector<double> wall_K;                   ///< layers
  std::vector<double> hydrate, hydroxide;       ///< layers * nodes: core radius y, share left
  std::vector<double> pore_steam, pore_oxygen;  ///< layers * nodes: mole fractions
  std::vector<double> conversion_, mixing_, cube_nm3_, cube_per_K_;  ///< layers * nodes
  std::vector<double> oxide_;                                        ///< lithium per M as Li2O
  std::vector<double> water_, fired_W_;  ///< of lithiation: steam, mol/s, and heat taken
  std::vector<double> taken_;            ///< layers * nodes: lithium taken up, mol/s
  std::vector<double> mix_kg_;           ///< one row

 private:
  struct Block;
  struct Place {
    std::size_t a, b;
    double wa, wb, inside, cooled;
  };
  Place place(double position_m) const noexcept;
  void look(Block& b, const Surroundings& around, const double* position_m,
            std::size_t count) const noexcept;
  bool wet(std::size_t first) const noexcept;
  void surface(Block& b) noexcept;
  void conduct(Block& b) noexcept;
  void face(Block& b) noexcept;
  void react(Block& b, std::size_t layer) noexcept;
  void solve(Block& b) const noexcept;
  void settle(Block& b) noexcept;
  void breathe(Block& b) noexcept;
  void air(Block& b) noexcept;
  void inhale(double dt_s, const double* around, std::size_t layer, std::size_t first,
              const double (*slope)[kLanes]) noexcept;
  void lithiate(double dt_s, std::size_t n, std::size_t first, double* slope) noexcept;
  void ripen(double dt_s, std::size_t n, std::size_t first) noexcept;
  void collect(const Block& b, std::size_t count, Exchange& out) const noexcept;
  double* at(std::vector<double>& v, std::size_t row, std::size_t first) const noexcept {
    return v.data() + row * stride_ + first;
  }

  Figures f_;
  Factors by_;
  std::size_t zones_, layers_, nodes_, stride_;
  double heated_m_, saggar_kg_, mix_mol_per_kg_;
  material::ConductivityFit conductivity_;
  material::HeatCapacity powder_, ceramic_;
  std::vector<double> surface_K_;
  std::vector<double> dried_;  ///< layers * nodes: steam of drying in the last step, mol/s
  std::vector<double> share_;  ///< of the depth, per node: thin at both faces, where steps come in
};

}  // namespace saggar::twin
