// Beds: the powder of all saggar columns in the kiln, N nodes over the depth of each layer, with
// heat conduction, all reactions from wet mix to layered oxide, and the gas in the pores.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hil/kiln/ledger.hpp"
#include "hil/kiln/parameters.hpp"
#include "hil/material/bed_properties.hpp"
#include "hil/material/drying.hpp"
#include "hil/material/quality.hpp"
#include "hil/material/synthesis.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

namespace tile {
struct Tile;
}

/// What one saggar of a new column holds.
struct Charge {
  double mix_kg = 0;             ///< all of it, moisture included
  double moisture_fraction = 0;  ///< of mix_kg
  double li_per_m = 0;
  double temperature_K = 0;
  /// Share of the lithium that is Li2CO3 where LiOH.H2O should be. The same metal and lithium:
  /// that Li2CO3 is 12 % lighter for them is left out.
  double carbonate = 0;
};

/// How far the powder of a new column has come before it is put into its saggars.
struct Begun {
  double moisture_left = 1, hydrate_left = 1, hydroxide_left = 1;  ///< shares
  double conversion = 0;  ///< x of R3, at most 1 - hydroxide_left
};

/// The gas that enters a saggar from the chamber, mole fractions.
struct Breath {
  double steam = 0, oxygen = 0.21, carbon_dioxide = 0;
};

/// Figures of the beds, as plain numbers.
struct BedFigures {
  std::size_t layers = 1, nodes = 8;
  material::ConductivityFit conductivity;
  material::HeatCapacity powder, ceramic;
  material::Drying drying;
  material::Synthesis synthesis;
  bool carbonate_feed = false;  ///< lithium comes as Li2CO3
  bool keeps_mass = false;      ///< heat capacity of the mix as fed, whatever leaves
  double area_m2 = 0, bulk_kg_per_m3 = 0, side_m = 0;  ///< side: of the wall that powder touches
  double base_kg = 0, wall_kg = 0;
  double half_base_m2K_per_W = 0;  ///< resistance of half the base
  double layer_exchange_m2 = 0;    ///< effective radiating area between a base and the bed below
  double steam_J_per_molK = 0, oxygen_J_per_molK = 0, carbon_dioxide_J_per_molK = 0;
  double head_space_m3 = 0, head_exchange_per_s = 0;
  double pore_m2_per_s = 1e-4, pore_lag_s = 40;  ///< diffusivity at 1000 K; lag of the pore gas
  double soak_K = 0;                             ///< above it a node soaks, for `soaked_s`
  /// How long R3 to R8 may wait, and how much of x R3 may then make, or R8 undo, at once.
  double reactions_wait_s = 0, reactions_share = 0;

  static BedFigures from(const PlantParams& params, std::size_t layers);
};

/// Structure of arrays. Column 0 is the newest; a row is one node of all columns: layer by layer
/// from the top, in each the nodes from the surface down, then the base of the saggar. All amounts
/// are per saggar (mean of the rows side by side).
///
/// A step is implicit in conduction and linearised in the drying reactions, so that 5 s are stable
/// and accurate for 8 to 32 nodes; then the slow reactions (R3 to R8) advance at the new
/// temperature, each in its own closed or implicit form; where no node dries and lithiation would
/// make less than `reactions_share` of x they wait for up to `reactions_wait_s` and then advance by
/// all of it: ordering, growth and what the wall takes change by far less than a percent in 20 s,
/// and x is early or late by at most about half the share. Enthalpy is the state and temperature
/// follows from it, melting included, so that energy is kept to rounding; extents are the state and
/// masses follow from them, so that every element is.
///
/// Water, oxygen and carbon dioxide pass between powder and chamber at once: the pores hold none.
/// What they do is to set the mole fractions at each node: a quasi-steady profile of diffusion and
/// of the flow of all gas that is made below, followed with the lag of the pores.
class Beds {
 public:
  static constexpr std::size_t kLanes = 16;    ///< columns worked on together
  static constexpr std::size_t kScratch = 17;  ///< work arrays per row

  Beds(const BedFigures& figures, std::size_t capacity);

  std::size_t count() const noexcept { return count_; }
  std::size_t capacity() const noexcept { return capacity_; }
  std::size_t stride() const noexcept { return stride_; }
  std::size_t layers() const noexcept { return f_.layers; }
  std::size_t nodes() const noexcept { return f_.nodes; }
  std::size_t rows() const noexcept { return f_.layers * (f_.nodes + 1); }
  const BedFigures& figures() const noexcept { return f_; }

  /// Puts a column before all others. Does nothing when the kiln is full.
  void push(const Charge& charge) noexcept;
  /// Sets how far the newest column has come; its mix must have brought LiOH.H2O.
  void begin_with(const Begun& begun) noexcept;
  /// Takes the oldest column away.
  void pop() noexcept;
  /// Makes column `to` equal to column `from` of `other`, which must have the same figures.
  void copy_column(std::size_t to, const Beds& other, std::size_t from);
  void set_count(std::size_t count) noexcept { count_ = count; }

  /// Advances all columns. Before: fill the `heat_*` rows and the `zone_*` fractions. After: read
  /// the `released_*` rows and `absorbed_J`; the temperatures are new.
  void step(double dt_s) noexcept;

  double* row(std::vector<double>& rows, std::size_t r) noexcept {
    return rows.data() + r * stride_;
  }
  const double* row(const std::vector<double>& rows, std::size_t r) const noexcept {
    return rows.data() + r * stride_;
  }
  std::size_t top_row(std::size_t layer) const noexcept { return layer * (f_.nodes + 1); }
  std::size_t base_row(std::size_t layer) const noexcept { return top_row(layer) + f_.nodes; }

  /// Of one column, per saggar stack (all layers): sensible enthalpy with melting, and what it
  /// holds of each substance; oxygen counts what was taken up, carbon dioxide what is bound.
  double enthalpy_J(std::size_t column) const noexcept;
  double powder_J(std::size_t column) const noexcept;  ///< of that, in the powder
  Matter content(std::size_t column) const noexcept;
  /// Lithium that the walls have taken from this column.
  double lithium_in_walls_mol(std::size_t column) const noexcept;
  /// Powder of one column, per saggar stack, without the saggars.
  double solid_kg(std::size_t column) const noexcept;
  /// Share of the water of drying (moisture, hydrate, hydroxide) that is gone, 0..1.
  double dryness(std::size_t column) const noexcept;
  /// More than `share` of the hydrate and of the hydroxide of one node has lost its water.
  bool dry(std::size_t column, std::size_t layer, std::size_t node, double share) const noexcept;
  /// Share of the water of drying that one node still holds, 0..1.
  double wetness(std::size_t column, std::size_t layer, std::size_t node) const noexcept;
  /// Share of the hydrate and of the hydroxide of one node that has lost its water: a1, a2.
  double hydrate_gone(std::size_t column, std::size_t layer, std::size_t node) const noexcept;
  double hydroxide_gone(std::size_t column, std::size_t layer, std::size_t node) const noexcept;
  /// Coldest node of the lowest-lying place: the middle of the coldest layer, K.
  double core_K(std::size_t column) const noexcept;
  /// State of one node, for the laboratory and for pictures.
  material::Fired fired(std::size_t column, std::size_t layer, std::size_t node) const noexcept;
  void serialize(domain::Archive& archive);

  // Rows of bed nodes and bases.
  std::vector<double> temperature_K;  ///< rows() x stride
  // Per bed node, layers * nodes x stride.
  std::vector<double> conversion, mixing, size_nm3;  ///< x, z, cube of the primary size
  std::vector<double> carbonate, oxide, in_wall;     ///< lithium per M as Li2CO3, Li2O, in the wall
  std::vector<double> pore_steam, pore_oxygen, pore_carbon_dioxide;  ///< mole fractions
  std::vector<double> peak_K, soaked_s;
  // Per layer.
  std::vector<double> wall_K, surface_K;  ///< layers x stride
  std::vector<double> head_steam, head_oxygen, head_carbon_dioxide;
  std::vector<double> wall_uptake;       ///< R6 over its mean of a life; set by who pushes
  std::vector<double> top_conductivity;  ///< W/mK of the top node
  std::vector<double> depth_m;           ///< stride, of one node
  std::vector<double> li_per_m;          ///< stride, as fed
  std::vector<double> heat_top_J, heat_base_J, heat_wall_J;  ///< layers x stride, of the next step
  std::vector<double> zone_steam, zone_oxygen, zone_carbon_dioxide;  ///< stride, in the chamber
  std::vector<double> lance_mol_per_s, lance_oxygen_mol_per_s;  ///< stride, into one head-space
  // Of the last step, per stack: gas given to the chamber (oxygen is taken: negative), its
  // enthalpy, heat taken up by reactions.
  std::vector<double> released_mol, released_oxygen_mol, released_carbon_dioxide_mol;
  std::vector<double> released_J, absorbed_J;

 private:
  void put_amounts(const Charge& charge) noexcept;
  void rest_unused() noexcept;
  void find_wet() noexcept;
  void point(tile::Tile& tile, std::size_t first) noexcept;
  double start_nm3() const noexcept;
  double lithium_as_hydroxide(std::size_t column, std::size_t at) const noexcept;
  template <class Self, class Visit>
  static void each_state(Self& self, Visit visit);

  BedFigures f_;
  std::size_t capacity_, stride_;
  std::size_t count_ = 0;
  std::size_t moist_ = 0, hydrate_ = 0, hydroxide_ = 0;  ///< columns before which some is left
  std::vector<double> enthalpy_, wall_enthalpy_;
  // What follows from the extents and changes only with them.
  std::vector<double> powder_kg_, latent_J_;  ///< layers*nodes x stride: mass, heat to melt it all
  std::vector<double> core_, hydroxide_left_, moisture_left_;  ///< layers*nodes x stride
  std::vector<double> steam_per_s_;                            ///< how pore_steam last changed
  std::vector<double> hydrate_mol_, hydroxide_mol_, moisture_mol_, dry_kg_;  ///< per node
  std::vector<double> since_s_;  ///< stride: time over which R3 to R8 have not advanced yet
  std::vector<double> scratch_;
  std::vector<std::uint8_t> does_;  ///< layers*nodes, of the columns worked on
};

}  // namespace saggar::kiln
