// Beds: the powder of all saggar columns in the kiln, N nodes over the depth of each layer, with
// heat conduction and the drying reactions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hil/kiln/parameters.hpp"
#include "hil/material/bed_properties.hpp"
#include "hil/material/drying.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

/// What one saggar of a new column holds.
struct Charge {
  double mix_kg = 0;             ///< all of it, moisture included
  double moisture_fraction = 0;  ///< of mix_kg
  double li_per_m = 0;
  double temperature_K = 0;
};

/// Figures of the beds, as plain numbers.
struct BedFigures {
  std::size_t layers = 1, nodes = 8;
  material::ConductivityFit conductivity;
  material::HeatCapacity powder, ceramic;
  material::Drying drying;
  double area_m2 = 0, bulk_kg_per_m3 = 0;
  double base_kg = 0, wall_kg = 0;
  double half_base_m2K_per_W = 0;  ///< resistance of half the base
  double layer_exchange_m2 = 0;    ///< effective radiating area between a base and the bed below
  double steam_J_per_molK = 0;
  double head_space_m3 = 0, head_exchange_per_s = 0;

  static BedFigures from(const PlantParams& params, std::size_t layers);
};

/// Structure of arrays. Column 0 is the newest; a row is one node of all columns: layer by layer
/// from the top, in each the nodes from the surface down, then the base of the saggar. All amounts
/// are per saggar (mean of the rows side by side).
///
/// A step is implicit in conduction and linearised in the reactions, so that 5 s are stable and
/// accurate for 8 to 32 nodes; enthalpy is the state and temperature follows from it, so that
/// energy is kept to rounding. Water leaves with the enthalpy of steam at the surface.
///
/// Further reactions (lithiation, ordering, growth) belong into `react` beside the drying ones:
/// their extents are further rows of this structure, and their heats go the same way.
class Beds {
 public:
  static constexpr std::size_t kLanes = 16;    ///< columns worked on together
  static constexpr std::size_t kScratch = 14;  ///< work arrays per row

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
  /// Takes the oldest column away.
  void pop() noexcept;
  /// Makes column `to` equal to column `from` of `other`, which must have the same figures.
  void copy_column(std::size_t to, const Beds& other, std::size_t from);
  void set_count(std::size_t count) noexcept { count_ = count; }

  /// Advances all columns. Before: fill the `heat_*` rows and `zone_steam`. After: read
  /// `released_mol`, `released_J`, `absorbed_J`; the temperatures are new.
  void step(double dt_s) noexcept;

  double* row(std::vector<double>& rows, std::size_t r) noexcept {
    return rows.data() + r * stride_;
  }
  const double* row(const std::vector<double>& rows, std::size_t r) const noexcept {
    return rows.data() + r * stride_;
  }
  std::size_t top_row(std::size_t layer) const noexcept { return layer * (f_.nodes + 1); }
  std::size_t base_row(std::size_t layer) const noexcept { return top_row(layer) + f_.nodes; }

  /// Sensible enthalpy and unreleased water of one column, per saggar stack (all layers).
  double enthalpy_J(std::size_t column) const noexcept;
  double water_mol(std::size_t column) const noexcept;
  /// Powder of one column, per saggar stack, without the saggars.
  double solid_kg(std::size_t column) const noexcept;
  /// Share of all water of the column that is gone, 0..1.
  double dryness(std::size_t column) const noexcept;
  /// Coldest node of the lowest-lying place: the middle of the coldest layer, K.
  double core_K(std::size_t column) const noexcept;
  void serialize(domain::Archive& archive);

  // Rows of bed nodes and bases.
  std::vector<double> temperature_K;  ///< rows() x stride
  // Per layer.
  std::vector<double> wall_K, surface_K, head_steam;  ///< layers x stride
  std::vector<double> top_conductivity;               ///< layers x stride, W/mK of the top node
  std::vector<double> depth_m;                        ///< stride, of one node
  std::vector<double> heat_top_J, heat_base_J, heat_wall_J;  ///< layers x stride, of the next step
  std::vector<double> zone_steam;  ///< stride, mole fraction in the chamber
  std::vector<double> released_mol, released_J, absorbed_J;  ///< stride, of the last step

 private:
  void find_wet() noexcept;
  template <class Self, class Visit>
  static void each_state(Self& self, Visit visit);

  BedFigures f_;
  std::size_t capacity_, stride_;
  std::size_t count_ = 0;
  std::size_t moist_ = 0, hydrate_ = 0, hydroxide_ = 0;  ///< columns before which some is left
  std::vector<double> enthalpy_, wall_enthalpy_;
  std::vector<double> core_, hydroxide_left_, moisture_left_;  ///< layers*nodes x stride
  std::vector<double> hydrate_mol_, hydroxide_mol_, moisture_mol_, dry_kg_;  ///< per node
  std::vector<double> scratch_;
};

}  // namespace saggar::kiln
