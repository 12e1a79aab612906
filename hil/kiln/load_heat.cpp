// How the load sees the chamber: coupling, heat taken, gas given.
#include <algorithm>
#include <cmath>
#include <utility>

#include "hil/kiln/load.hpp"

namespace saggar::kiln {

struct Load::Place {
  std::uint32_t a, b;
  double weight_b;  ///< of zone b; zone a has the rest
  double inside;    ///< share of the column in the heated part
  double cooled;    ///< share of the column in the cooling section
};

/// Conductances in W/K of one surface.
struct Load::Pair {
  double radiation, gas;
};

/// What one column sees; its place across the kiln is `colder_K` colder than the middle of the
/// zone.
struct Load::View {
  double roof_K, floor_K, gas_K, colder_K;
  double inside;  ///< share of the column in the heated part
};

/// Of one column: conductances, and conductance times temperature, towards roof, floor and gas.
struct Load::Sums {
  struct Sum {
    double conductance = 0, weighted = 0;
    void add(double c, double t) noexcept {
      conductance += c;
      weighted += c * t;
    }
  };
  Sum roof, floor, gas;
  void add(const Pair& c, double roof_share, double node_K) noexcept {
    roof.add(roof_share * c.radiation, node_K);
    floor.add((1.0 - roof_share) * c.radiation, node_K);
    gas.add(c.gas, node_K);
  }
};

// Rows at places p from -1 to 1: colder with p^2, by lateral_K from the middle to the wall, mean 0.
double Load::colder_K(std::size_t bed) const noexcept {
  if (tracks_ < 2) return 0.0;
  const double n = static_cast<double>(tracks_);
  const double p = (2.0 * static_cast<double>(bed % tracks_) + 1.0) / n - 1.0;
  const double mean = (n * n - 1.0) / (3.0 * n * n);  // of p^2 over the rows
  return lateral_K_ * (p * p - mean);
}

Load::Place Load::place(std::size_t j) const noexcept {
  const double s = position_m_[j], half = 0.5 * length_m_, heated = layout_.heated_m();
  const double most = static_cast<double>(layout_.zones) - 1.0;
  const double border = std::clamp(std::floor(s / layout_.zone_length_m + 0.5), 0.0, most + 1.0);
  Place p{};
  p.a = static_cast<std::uint32_t>(std::max(border - 1.0, 0.0));
  p.b = static_cast<std::uint32_t>(std::min(border, most));
  p.weight_b = std::clamp(0.5 + (s - border * layout_.zone_length_m) / view_m_, 0.0, 1.0);
  const double entered = std::clamp((s + half) / length_m_, 0.0, 1.0);
  p.cooled = std::clamp((s + half - heated) / length_m_, 0.0, 1.0);
  p.inside = std::min(entered, 1.0 - p.cooled);
  return p;
}

/// Conductances of one surface of `area_m2` behind `resistance` (m2K/W) that sees radiation at
/// `r_K`.
Load::Pair Load::surface(double area_m2, double emissivity, double surface_K, double r_K,
                         double resistance) const noexcept {
  const double hr = emissivity * material::kStefanBoltzmann_W_per_m2K4 *
                    (r_K * r_K + surface_K * surface_K) * (r_K + surface_K);
  const double u = area_m2 / (1.0 + (hr + film_) * resistance);
  return {u * hr, u * film_};
}

void Load::couple_layer(std::size_t j, std::size_t l, const View& view, Sums& sums) noexcept {
  const BedFigures& f = beds_.figures();
  const std::size_t stride = beds_.stride(), at = l * stride + j;
  const bool first = l == 0, last = l + 1 == f.layers;
  const double middle = 0.5 * (view.roof_K + view.floor_K);
  const double top_K = beds_.temperature_K[beds_.top_row(l) * stride + j];
  const double base_K = beds_.temperature_K[beds_.base_row(l) * stride + j];
  const double half = 0.5 * beds_.depth_m[j] / beds_.top_conductivity[at];
  const double r_top = first ? view.roof_K : middle, r_base = last ? view.floor_K : middle;
  const double between = view.inside * f.area_m2 * (1.0 - layer_view_);
  const double open = view.inside * f.area_m2;
  const Pair top =
      surface(first ? open : between, bed_emissivity_, beds_.surface_K[at], r_top, half);
  const Pair base =
      surface(last ? open : between, emissivity_, base_K, r_base, f.half_base_m2K_per_W);
  const Pair wall = surface(view.inside * side_m2_, emissivity_, beds_.wall_K[at], middle, 0.0);
  top_r_[at] = top.radiation;
  top_g_[at] = top.gas;
  base_r_[at] = base.radiation;
  base_g_[at] = base.gas;
  wall_r_[at] = wall.radiation;
  wall_g_[at] = wall.gas;
  // The zone pays for a place that is colder: its own temperature against the shifted surface.
  sums.add(top, first ? 1.0 : 0.5, top_K + view.colder_K);
  sums.add(base, last ? 0.0 : 0.5, base_K + view.colder_K);
  sums.add(wall, 0.5, beds_.wall_K[at] + view.colder_K);
  const double heat = top.radiation * (r_top - top_K) + top.gas * (view.gas_K - top_K);
  beds_.surface_K[at] = top_K + heat / f.area_m2 * half;
}

void Load::couple_column(std::size_t j, const Surroundings& around, Coupling& out) noexcept {
  const Place p = place(j);
  zone_a_[j] = p.a;
  zone_b_[j] = p.b;
  weight_b_[j] = p.weight_b;
  cooled_[j] = p.cooled;
  const double wa = 1.0 - p.weight_b, wb = p.weight_b;
  const double colder = colder_K(j);
  const View view{wa * around.roof_K[p.a] + wb * around.roof_K[p.b] - colder,
                  wa * around.floor_K[p.a] + wb * around.floor_K[p.b] - colder,
                  wa * around.gas_K[p.a] + wb * around.gas_K[p.b] - colder, colder, p.inside};
  Sums sums;
  for (std::size_t l = 0; l < beds_.layers(); ++l) couple_layer(j, l, view, sums);
  const double cover = p.inside * length_m_ / layout_.zone_length_m;
  for (const auto& [zone, share] : {std::pair{p.a, wa}, std::pair{p.b, wb}}) {
    const double w = share * per_bed_;
    out.cover[zone] += share * cover / static_cast<double>(tracks_);
    out.roof.add(zone, w * sums.roof.conductance, w * sums.roof.weighted);
    out.floor.add(zone, w * sums.floor.conductance, w * sums.floor.weighted);
    out.gas.add(zone, w * sums.gas.conductance, w * sums.gas.weighted);
  }
}

void Load::couple(const Surroundings& around, Coupling& coupling) noexcept {
  coupling.roof.clear();
  coupling.floor.clear();
  coupling.gas.clear();
  std::fill(coupling.cover.begin(), coupling.cover.end(), 0.0);
  for (std::size_t j = 0; j < beds_.count(); ++j) couple_column(j, around, coupling);
}

void Load::heat(double dt_s, const Surroundings& mean, Coupling& coupling,
                Ledger& ledger) noexcept {
  const std::size_t stride = beds_.stride(), last = beds_.layers() - 1;
  const double film = cooling_film_ * cooling_;
  double cooling = 0;
  for (std::size_t j = 0; j < beds_.count(); ++j) {
    const std::size_t a = zone_a_[j], b = zone_b_[j];
    const double wb = weight_b_[j], wa = 1.0 - wb;
    const double colder = colder_K(j);
    const double roof = wa * mean.roof_K[a] + wb * mean.roof_K[b] - colder;
    const double floor = wa * mean.floor_K[a] + wb * mean.floor_K[b] - colder;
    const double gas = wa * mean.gas_K[a] + wb * mean.gas_K[b] - colder,
                 middle = 0.5 * (roof + floor);
    beds_.zone_steam[j] = wa * mean.steam[a] + wb * mean.steam[b];
    beds_.zone_oxygen[j] = wa * mean.oxygen[a] + wb * mean.oxygen[b];
    beds_.zone_carbon_dioxide[j] = wa * mean.carbon_dioxide[a] + wb * mean.carbon_dioxide[b];
    double taken = 0;
    for (std::size_t l = 0; l <= last; ++l) {
      const std::size_t at = l * stride + j;
      const double top_K = beds_.temperature_K[beds_.top_row(l) * stride + j];
      const double base_K = beds_.temperature_K[beds_.base_row(l) * stride + j];
      const double wall_K = beds_.wall_K[at];
      double top = top_r_[at] * ((l == 0 ? roof : middle) - top_K) + top_g_[at] * (gas - top_K);
      double base =
          base_r_[at] * ((l == last ? floor : middle) - base_K) + base_g_[at] * (gas - base_K);
      double wall = wall_r_[at] * (middle - wall_K) + wall_g_[at] * (gas - wall_K);
      taken += top + base + wall;
      if (cooled_[j] > 0) {
        const double area = cooled_[j] * beds_.figures().area_m2;
        const double half = 0.5 * beds_.depth_m[j] / beds_.top_conductivity[at];
        const double t = area * film / (1.0 + film * half) * (top_K - cooling_K_);
        const double c = area * film * (base_K - cooling_K_);
        const double s = cooled_[j] * side_m2_ * film * (wall_K - cooling_K_);
        top -= t;
        base -= c;
        wall -= s;
        cooling += t + c + s;
      }
      beds_.heat_top_J[at] = dt_s * top;
      beds_.heat_base_J[at] = dt_s * base;
      beds_.heat_wall_J[at] = dt_s * wall;
    }
    chamber_W_[j] = taken;
  }
  ledger.cooling_J += cooling * per_bed_ * dt_s;
  if (has_lances_) blow(mean);
  beds_.step(dt_s);
  collect_gas(dt_s, coupling, ledger);
  note_lots(dt_s);
}

/// What of the lances of its zones goes into the head-space of each saggar: as if the zone were
/// full; over empty places the jet mixes into the chamber.
void Load::blow(const Surroundings& mean) noexcept {
  const double per_saggar = 1.0 / layout_.saggars_per_zone();
  for (std::size_t j = 0; j < beds_.count(); ++j) {
    const std::size_t a = zone_a_[j], b = zone_b_[j];
    const double here = per_saggar * (1.0 - cooled_[j]), wb = weight_b_[j], wa = 1.0 - wb;
    beds_.lance_mol_per_s[j] = here * (wa * mean.lance_mol_per_s[a] + wb * mean.lance_mol_per_s[b]);
    beds_.lance_oxygen_mol_per_s[j] =
        here * (wa * mean.lance_oxygen_mol_per_s[a] + wb * mean.lance_oxygen_mol_per_s[b]);
  }
}

/// Columns of one lot stand behind each other: one look-up for all of them.
void Load::note_lots(double dt_s) noexcept {
  for (std::size_t j = 0; j < beds_.count();) {
    LotOwn& own = lot_steps_.of(number_[j]);
    const std::uint64_t first = own.lot * lot_steps_.columns_per_lot();
    double chamber_W = 0, absorbed = 0, released = 0, oxygen = 0, inside = 0;
    for (; j < beds_.count() && number_[j] >= first; ++j) {
      chamber_W += chamber_W_[j];
      absorbed += beds_.absorbed_J[j];
      released += beds_.released_J[j];
      oxygen -= beds_.released_oxygen_mol[j];
      inside += std::min((position_m_[j] + 0.5 * length_m_) / length_m_, 1.0) - cooled_[j];
    }
    own.chamber_J += per_bed_ * dt_s * chamber_W;
    own.reaction_J += per_bed_ * absorbed;
    own.released_J += per_bed_ * released;
    own.oxygen_mol += per_bed_ * oxygen;
    own.room_m += layout_.pitch_m * inside / static_cast<double>(tracks_);
  }
}

void Load::collect_gas(double dt_s, Coupling& coupling, Ledger& ledger) noexcept {
  struct Row {
    std::vector<double>& zone;
    const std::vector<double>& column;
  };
  const Row rows[] = {
      {coupling.steam_mol_per_s, beds_.released_mol},
      {coupling.oxygen_mol_per_s, beds_.released_oxygen_mol},
      {coupling.carbon_dioxide_mol_per_s, beds_.released_carbon_dioxide_mol},
      {coupling.released_W, beds_.released_J},
  };
  const double rate = per_bed_ / dt_s;
  for (const Row& row : rows) {
    std::fill(row.zone.begin(), row.zone.end(), 0.0);
    for (std::size_t j = 0; j < beds_.count(); ++j) {
      const double given = rate * row.column[j], share_b = weight_b_[j] * given;
      row.zone[zone_a_[j]] += given - share_b;
      row.zone[zone_b_[j]] += share_b;
    }
  }
  double absorbed = 0, oxygen = 0;
  for (std::size_t j = 0; j < beds_.count(); ++j) {
    absorbed += beds_.absorbed_J[j];
    oxygen += beds_.released_oxygen_mol[j];
  }
  ledger.reaction_J += absorbed * per_bed_;
  ledger.oxygen_taken_mol -= oxygen * per_bed_;
}

}  // namespace saggar::kiln
