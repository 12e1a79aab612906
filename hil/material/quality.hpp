// What a laboratory finds in fired powder, from its state: I003/I104, residual LiOH and Li2CO3,
// capacity; and whether it is within a purchase specification. Maps: facts, section 3.4; they give
// the shape and must be calibrated on the plant's own samples before anybody trusts their level.
#pragma once

#include <algorithm>
#include <cstdint>

#include "hil/material/bed_properties.hpp"

namespace saggar::material {

/// State of fired powder, mean or of one place.
struct Fired {
  double conversion = 0;         ///< x, 0..1
  double mixing = 0;             ///< z, share of Ni on Li sites
  double size_nm = 0;            ///< primary particles
  double li_per_m = 1;           ///< still in the powder
  double carbonate_per_m = 0;    ///< Li present as Li2CO3, of those
  double carbon_dioxide_Pa = 0;  ///< over the powder while it cooled
};

struct Laboratory {
  double intensity_ratio = 0;  ///< I003/I104
  double hydroxide_ppm = 0;    ///< residual LiOH, mass
  double carbonate_ppm = 0;    ///< residual Li2CO3, mass
  double capacity_mAh_per_g = 0;
};

/// facts 3.4: ratio = 1.465 - 1.77 z; residual Li = max(0, r - r_lattice) + (1 - x) r + surface,
/// r_lattice = (1 - z)/(1 + z); capacity = Q0 (1 - (1-x) - 2 max(0, z - 0.02) - 0.02 ((d -
/// d0)/d0)^2).
struct QualityMap {
  double ratio = 1.465;
  double slope = 1.77;
  double surface_lithium = 0.005;
  double capacity_mAh_per_g = 203;
  double best_size_nm = 250;
  double product_kg_per_mol = 0.09728;

  Laboratory operator()(const Fired& f) const noexcept {
    Laboratory lab;
    lab.intensity_ratio = ratio - slope * f.mixing;
    const double lattice = (1.0 - f.mixing) / (1.0 + f.mixing);
    const double residual =
        std::max(0.0, f.li_per_m - lattice) + (1.0 - f.conversion) * f.li_per_m + surface_lithium;
    const double carbonate = std::min(f.carbonate_per_m, residual);
    lab.hydroxide_ppm = 1e6 * kHydroxide_kg_per_mol / product_kg_per_mol * (residual - carbonate);
    lab.carbonate_ppm = 1e6 * kHalfCarbonate_kg_per_mol / product_kg_per_mol * carbonate;
    const double size = (f.size_nm - best_size_nm) / best_size_nm;
    lab.capacity_mAh_per_g =
        capacity_mAh_per_g *
        std::max(0.0, 1.0 - (1.0 - f.conversion) - 2.0 * std::max(0.0, f.mixing - 0.02) -
                          0.02 * size * size);
    return lab;
  }
};

/// Why a saggar is out of specification; several may hold.
enum class Defect : std::uint16_t {
  none = 0,
  wet_core = 1,     ///< water of the feed is left
  unconverted = 2,  ///< conversion too low
  mixed = 4,        ///< Li/Ni mixing too high
  intensity = 8,    ///< I003/I104 too low
  hydroxide = 16,   ///< residual LiOH too high
  carbonate = 32,   ///< residual Li2CO3 too high
  capacity = 64,    ///< capacity too low
  too_hot = 128,    ///< a place of the bed was hotter than the soak allows
  too_cold = 256,   ///< or never reached it
  too_small = 512,  ///< primary particles
  too_large = 1024,
};
inline constexpr int kDefectCount = 11;
using Defects = std::uint16_t;
constexpr Defects operator|(Defects a, Defect b) noexcept {
  return static_cast<Defects>(a | static_cast<Defects>(b));
}
constexpr bool has(Defects all, Defect one) noexcept {
  return (all & static_cast<Defects>(one)) != 0;
}

/// facts 3.3 and the soak window of the last line there.
struct Specification {
  double capacity_mAh_per_g = 195;
  double mixing = 0.03;
  double intensity_ratio = 1.2;
  double hydroxide_ppm = 15000;  ///< before washing
  double carbonate_ppm = 15000;
  double conversion = 0.99;
  double soak_degC = 770;
  double soak_spread_K = 5;
  double size_low_nm = 100;
  double size_high_nm = 500;

  Defects judge(const Fired& f, const Laboratory& lab, double water_left, double hottest_degC,
                double coldest_peak_degC) const noexcept {
    Defects out = 0;
    const auto add = [&out](bool holds, Defect why) { out = holds ? out | why : out; };
    add(water_left > 1e-3, Defect::wet_core);
    add(f.conversion < conversion, Defect::unconverted);
    add(f.mixing > mixing, Defect::mixed);
    add(lab.intensity_ratio < intensity_ratio, Defect::intensity);
    add(lab.hydroxide_ppm > hydroxide_ppm, Defect::hydroxide);
    add(lab.carbonate_ppm > carbonate_ppm, Defect::carbonate);
    add(lab.capacity_mAh_per_g < capacity_mAh_per_g, Defect::capacity);
    add(hottest_degC > soak_degC + soak_spread_K, Defect::too_hot);
    add(coldest_peak_degC < soak_degC - soak_spread_K, Defect::too_cold);
    add(f.size_nm < size_low_nm, Defect::too_small);
    add(f.size_nm > size_high_nm, Defect::too_large);
    return out;
  }
};

}  // namespace saggar::material
