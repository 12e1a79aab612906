#include "hil/kiln/load.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "hil/instruments/noise.hpp"

namespace saggar::kiln {

namespace noise = instruments;
using material::kZeroCelsius_K;

namespace {
constexpr double kRounding_m = 1e-9;
}  // namespace

Lots::Lots(const LotFigures& figures, double temperature_K, std::uint64_t seed)
    : f_(figures),
      temperature_K_(temperature_K),
      mass_key_(noise::element(noise::stream(seed, "lots"), 0)),
      moisture_key_(noise::element(noise::stream(seed, "lots"), 1)),
      lithium_key_(noise::element(noise::stream(seed, "lots"), 2)) {}

Charge Lots::charge(std::uint64_t number) const noexcept {
  const std::uint64_t lot = number / f_.columns_per_lot;
  const double spread = 0.01 * f_.mass_percent.value * noise::normal(mass_key_, number);
  const double moisture =
      f_.moisture_percent.value +
      f_.moisture_lot_percent.value * (2.0 * noise::uniform(moisture_key_, lot) - 1.0);
  Charge c;
  c.mix_kg = f_.mass_kg.value * (1.0 + spread);
  c.moisture_fraction = 0.01 * std::max(0.0, moisture);
  c.li_per_m =
      f_.li_per_m.value + f_.li_per_m_lot.value * (2.0 * noise::uniform(lithium_key_, lot) - 1.0);
  c.temperature_K = temperature_K_;
  return c;
}

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

/// What one column sees.
struct Load::View {
  double roof_K, floor_K, gas_K;
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

Load::Load(const Layout& layout, const PlantParams& p, std::uint64_t seed)
    : layout_(layout),
      beds_(BedFigures::from(p, layout.layers), layout.columns(p)),
      lots_(p.lots, p.chamber.ambient_degC.value + kZeroCelsius_K, seed),
      rows_(static_cast<double>(layout.rows)),
      length_m_(p.saggar.length_m.value),
      end_m_(layout.total_m(p)),
      side_m2_(p.saggar.side_area_m2.value),
      emissivity_(p.saggar.emissivity.value),
      bed_emissivity_(p.powder.powder.emissivity.value),
      layer_view_(p.saggar.layer_view.value),
      film_(p.chamber.film_W_per_m2K.value),
      view_m_(p.chamber.view_m.value),
      cooling_K_(p.chamber.cooling_degC.value + kZeroCelsius_K),
      cooling_film_(p.chamber.cooling_W_per_m2K.value),
      quality_(quality_map(p.powder)),
      specification_(specification(p.powder)),
      position_m_(beds_.stride(), 0.0),
      number_(beds_.stride(), 0),
      zone_a_(beds_.stride(), 0),
      zone_b_(beds_.stride(), 0),
      weight_b_(beds_.stride(), 0.0),
      cooled_(beds_.stride(), 0.0) {
  for (auto* v : {&top_r_, &top_g_, &base_r_, &base_g_, &wall_r_, &wall_g_}) {
    v->assign(layout.layers * beds_.stride(), 0.0);
  }
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
  sums.add(top, first ? 1.0 : 0.5, top_K);
  sums.add(base, last ? 0.0 : 0.5, base_K);
  sums.add(wall, 0.5, beds_.wall_K[at]);
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
  const View view{wa * around.roof_K[p.a] + wb * around.roof_K[p.b],
                  wa * around.floor_K[p.a] + wb * around.floor_K[p.b],
                  wa * around.gas_K[p.a] + wb * around.gas_K[p.b], p.inside};
  Sums sums;
  for (std::size_t l = 0; l < beds_.layers(); ++l) couple_layer(j, l, view, sums);
  const double cover = p.inside * length_m_ / layout_.zone_length_m;
  for (const auto& [zone, share] : {std::pair{p.a, wa}, std::pair{p.b, wb}}) {
    const double w = share * rows_;
    out.cover[zone] += share * cover;
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
  double cooling = 0;
  for (std::size_t j = 0; j < beds_.count(); ++j) {
    const std::size_t a = zone_a_[j], b = zone_b_[j];
    const double wb = weight_b_[j], wa = 1.0 - wb;
    const double roof = wa * mean.roof_K[a] + wb * mean.roof_K[b];
    const double floor = wa * mean.floor_K[a] + wb * mean.floor_K[b];
    const double gas = wa * mean.gas_K[a] + wb * mean.gas_K[b], middle = 0.5 * (roof + floor);
    beds_.zone_steam[j] = wa * mean.steam[a] + wb * mean.steam[b];
    beds_.zone_oxygen[j] = wa * mean.oxygen[a] + wb * mean.oxygen[b];
    beds_.zone_carbon_dioxide[j] = wa * mean.carbon_dioxide[a] + wb * mean.carbon_dioxide[b];
    for (std::size_t l = 0; l <= last; ++l) {
      const std::size_t at = l * stride + j;
      const double top_K = beds_.temperature_K[beds_.top_row(l) * stride + j];
      const double base_K = beds_.temperature_K[beds_.base_row(l) * stride + j];
      const double wall_K = beds_.wall_K[at];
      double top = top_r_[at] * ((l == 0 ? roof : middle) - top_K) + top_g_[at] * (gas - top_K);
      double base =
          base_r_[at] * ((l == last ? floor : middle) - base_K) + base_g_[at] * (gas - base_K);
      double wall = wall_r_[at] * (middle - wall_K) + wall_g_[at] * (gas - wall_K);
      if (cooled_[j] > 0) {
        const double area = cooled_[j] * beds_.figures().area_m2;
        const double half = 0.5 * beds_.depth_m[j] / beds_.top_conductivity[at];
        const double t = area * cooling_film_ / (1.0 + cooling_film_ * half) * (top_K - cooling_K_);
        const double c = area * cooling_film_ * (base_K - cooling_K_);
        const double s = cooled_[j] * side_m2_ * cooling_film_ * (wall_K - cooling_K_);
        top -= t;
        base -= c;
        wall -= s;
        cooling += t + c + s;
      }
      beds_.heat_top_J[at] = dt_s * top;
      beds_.heat_base_J[at] = dt_s * base;
      beds_.heat_wall_J[at] = dt_s * wall;
    }
  }
  ledger.cooling_J += cooling * rows_ * dt_s;
  beds_.step(dt_s);
  collect_gas(dt_s, coupling, ledger);
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
  const double rate = rows_ / dt_s;
  for (const Row& row : rows) {
    std::fill(row.zone.begin(), row.zone.end(), 0.0);
    for (std::size_t j = 0; j < beds_.count(); ++j) {
      const double given = rate * row.column[j], share_b = weight_b_[j] * given;
      row.zone[zone_a_[j]] += given - share_b;
      row.zone[zone_b_[j]] += share_b;
    }
  }
  double absorbed = 0;
  for (std::size_t j = 0; j < beds_.count(); ++j) absorbed += beds_.absorbed_J[j];
  ledger.reaction_J += absorbed * rows_;
}

void Load::feed_column(double at_m, Ledger& ledger) noexcept {
  const std::size_t before = beds_.count();
  last_ = charge_error_.on(lots_.charge(fed_));
  beds_.push(last_);
  ++fed_;
  std::memmove(position_m_.data() + 1, position_m_.data(), before * sizeof(double));
  std::memmove(number_.data() + 1, number_.data(), before * sizeof(std::uint64_t));
  position_m_[0] = at_m;
  number_[0] = fed_ - 1;
  ledger.feed_J += rows_ * beds_.enthalpy_J(0);
  ledger.fed += rows_ * beds_.content(0);
}

/// Feeds what has become due in a step that moved the newest column by `moved_m`: each column one
/// pitch behind the one before it, also where that came free in the middle of the step. A column
/// after a gap starts a new row at the entry.
void Load::feed(double moved_m, Ledger& ledger) noexcept {
  const double entry_m = -0.5 * length_m_;
  while (beds_.count() < beds_.capacity()) {
    const double due_m = beds_.count() == 0 ? 1e9 : position_m_[0] - layout_.pitch_m;
    if (due_m < entry_m) return;
    const bool in_this_step = due_m <= entry_m + moved_m + kRounding_m;
    feed_column(in_this_step ? due_m : entry_m, ledger);
  }
}

void Load::move(double dt_s, const std::vector<double>& speed_m_per_s, bool feeding,
                Ledger& ledger) noexcept {
  const double groups = static_cast<double>(speed_m_per_s.size());
  const double newest_m = beds_.count() > 0 ? position_m_[0] : 0.0;
  double ahead = 1e9;
  for (std::size_t j = beds_.count(); j-- > 0;) {
    const double s = position_m_[j];
    const double g = std::clamp(std::floor(s / end_m_ * groups), 0.0, groups - 1.0);
    const double next = s + dt_s * speed_m_per_s[static_cast<std::size_t>(g)];
    position_m_[j] = std::min(next, std::max(s, ahead - length_m_));  // they push, never overlap
    ahead = position_m_[j];
  }
  const double moved_m = beds_.count() > 0 ? position_m_[0] - newest_m : 0.0;
  while (beds_.count() > 0 && position_m_[beds_.count() - 1] > end_m_ + 0.5 * length_m_) {
    const std::size_t j = beds_.count() - 1;
    ledger.solids_out_J += rows_ * beds_.enthalpy_J(j);
    ledger.product += rows_ * beds_.content(j);
    ledger.saggars_out += Matter{0, 0, 0, rows_ * beds_.lithium_in_walls_mol(j), 0};
    ledger.product_kg += rows_ * beds_.solid_kg(j);
    for (std::size_t l = 0; l < beds_.layers(); ++l) {
      SaggarReport report = report_of(beds_, j, l, quality_, specification_);
      report.column = number_[j];
      report.time_s = time_s_;
      exits_.add(report);
    }
    beds_.pop();
  }
  if (feeding) feed(moved_m, ledger);
}

std::vector<double> Load::fill_positions() const {
  std::vector<double> list;
  for (double s = -0.5 * length_m_ + 0.5 * layout_.pitch_m; s < end_m_; s += layout_.pitch_m) {
    list.push_back(s);
  }
  return list;
}

void Load::fill(const Beds& profile, const std::vector<std::size_t>& column_at) {
  const std::vector<double> positions = fill_positions();
  const std::size_t n = std::min({positions.size(), column_at.size(), beds_.capacity()});
  for (std::size_t j = 0; j < n; ++j) {
    beds_.set_count(n);
    beds_.copy_column(j, profile, column_at[j]);
    position_m_[j] = positions[j];
    number_[j] = n - 1 - j;
  }
  fed_ = n;
  last_ = lots_.charge(0);
}

bool Load::present() const noexcept {
  return beds_.count() > 0 && position_m_[0] <= layout_.pitch_m;
}

double Load::enthalpy_J() const noexcept {
  double sum = 0;
  for (std::size_t j = 0; j < beds_.count(); ++j) sum += beds_.enthalpy_J(j);
  return sum * rows_;
}

Matter Load::content() const noexcept {
  Matter sum;
  for (std::size_t j = 0; j < beds_.count(); ++j) {
    sum += beds_.content(j);
    sum.lithium += beds_.lithium_in_walls_mol(j);
  }
  return rows_ * sum;
}

void Load::serialize(domain::Archive& archive) {
  beds_.serialize(archive);
  lots_.serialize(archive);
  exits_.serialize(archive);
  archive(number_, time_s_);
  archive(position_m_, zone_a_, zone_b_, weight_b_, cooled_);
  archive(top_r_, top_g_, base_r_, base_g_, wall_r_, wall_g_, fed_, last_);
}

}  // namespace saggar::kiln
