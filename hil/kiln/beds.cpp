#include "hil/kiln/beds.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace saggar::kiln {

using material::kReference_K;
using material::kWater_kg_per_mol;

namespace {
constexpr double kAirOxygen = 0.2095;  ///< in a saggar as it is filled
}

BedFigures BedFigures::from(const PlantParams& p, std::size_t layers) {
  BedFigures f;
  f.layers = layers;
  f.nodes = p.bed.nodes;
  f.conductivity = material::fit_conductivity(packed_bed(p));
  f.powder = powder_capacity(p.powder);
  f.ceramic = saggar_capacity(p);
  f.drying = kiln::drying(p.powder);
  f.synthesis = kiln::synthesis(p.powder);
  f.carbonate_feed = p.powder.lithium_source == LithiumSource::carbonate;
  f.area_m2 = p.saggar.inner_area_m2.value;
  f.side_m = 4.0 * std::sqrt(f.area_m2);
  f.bulk_kg_per_m3 = p.powder.powder.bulk_kg_per_m3.value;
  f.base_kg = p.saggar.mass_kg.value * p.saggar.base_share.value;
  f.wall_kg = p.saggar.mass_kg.value - f.base_kg;
  f.half_base_m2K_per_W =
      0.5 * p.saggar.base_thickness_m.value / p.saggar.conductivity_W_per_mK.value;
  f.layer_exchange_m2 = p.saggar.layer_view.value * p.saggar.emissivity.value *
                        p.powder.powder.emissivity.value * f.area_m2;
  f.steam_J_per_molK = p.gas.h2o_J_per_molK.value;
  f.oxygen_J_per_molK = p.gas.o2_J_per_molK.value;
  f.carbon_dioxide_J_per_molK = p.gas.co2_J_per_molK.value;
  f.head_space_m3 = p.bed.head_space_m3.value;
  f.reactions_wait_s = p.numerics.reactions_wait_s.value;
  f.reactions_share = p.numerics.reactions_share.value;
  f.head_exchange_per_s = p.bed.head_exchange_per_min.value / 60.0;
  f.pore_m2_per_s = p.powder.powder.pore_diffusivity_1000K_m2_per_s.value;
  f.pore_lag_s = p.powder.powder.pore_lag_s.value;
  f.soak_K = p.powder.quality.spec_soak_degC.value - p.powder.quality.spec_soak_spread_K.value +
             material::kZeroCelsius_K;
  return f;
}

Beds::Beds(const BedFigures& figures, std::size_t capacity)
    : f_(figures), capacity_(capacity), stride_((capacity + kLanes - 1) / kLanes * kLanes) {
  // Unused columns hold values that are harmless to compute with.
  const std::size_t layers = f_.layers * stride_, nodes = f_.layers * f_.nodes * stride_;
  temperature_K.assign(rows() * stride_, kReference_K);
  enthalpy_.assign(rows() * stride_, 0.0);
  for (auto* v : {&wall_K, &surface_K}) v->assign(layers, kReference_K);
  for (auto* v : {&wall_enthalpy_, &head_steam, &head_oxygen, &head_carbon_dioxide, &heat_top_J,
                  &heat_base_J, &heat_wall_J}) {
    v->assign(layers, 0.0);
  }
  wall_uptake.assign(layers, 1.0);
  top_conductivity.assign(layers, f_.conductivity(kReference_K));
  for (auto* v :
       {&core_, &hydroxide_left_, &moisture_left_, &conversion, &mixing, &carbonate, &oxide,
        &in_wall, &pore_steam, &pore_oxygen, &pore_carbon_dioxide, &soaked_s, &steam_per_s_}) {
    v->assign(nodes, 0.0);
  }
  size_nm3.assign(nodes, start_nm3());
  powder_kg_.assign(nodes, 1.0);
  latent_J_.assign(nodes, 0.0);
  peak_K.assign(nodes, kReference_K);
  for (auto* v : {&hydrate_mol_, &moisture_mol_, &since_s_, &zone_steam, &zone_oxygen,
                  &zone_carbon_dioxide, &lance_mol_per_s, &lance_oxygen_mol_per_s, &released_mol,
                  &released_oxygen_mol, &released_carbon_dioxide_mol, &released_J, &absorbed_J}) {
    v->assign(stride_, 0.0);
  }
  hydroxide_mol_.assign(stride_, 1.0);
  li_per_m.assign(stride_, 1.0);
  depth_m.assign(stride_, 0.01);
  dry_kg_.assign(stride_, 1.0);
  scratch_.assign(kScratch * rows() * kLanes, 0.0);
  does_.assign(f_.layers * f_.nodes, 0);
}

/// Visits every array of state with the number of its rows.
template <class Self, class Visit>
void Beds::each_state(Self& self, Visit visit) {
  const std::size_t nodes = self.f_.layers * self.f_.nodes;
  visit(self.temperature_K, self.rows());
  visit(self.enthalpy_, self.rows());
  for (auto* v : {&self.core_, &self.hydroxide_left_, &self.moisture_left_, &self.conversion,
                  &self.mixing, &self.size_nm3, &self.carbonate, &self.oxide, &self.in_wall,
                  &self.pore_steam, &self.pore_oxygen, &self.pore_carbon_dioxide, &self.peak_K,
                  &self.powder_kg_, &self.latent_J_, &self.soaked_s, &self.steam_per_s_}) {
    visit(*v, nodes);
  }
  for (auto* v :
       {&self.wall_K, &self.wall_enthalpy_, &self.surface_K, &self.head_steam, &self.head_oxygen,
        &self.head_carbon_dioxide, &self.top_conductivity, &self.wall_uptake}) {
    visit(*v, self.f_.layers);
  }
  for (auto* v : {&self.depth_m, &self.li_per_m, &self.since_s_, &self.hydrate_mol_,
                  &self.hydroxide_mol_, &self.moisture_mol_, &self.dry_kg_}) {
    visit(*v, std::size_t{1});
  }
}

/// What the newest column holds, by node.
void Beds::put_amounts(const Charge& charge) noexcept {
  const double per_node = 1.0 / static_cast<double>(f_.nodes);
  const double water_kg = charge.mix_kg * charge.moisture_fraction;
  const double dry_mix_kg = charge.mix_kg - water_kg;
  const double hydroxide = dry_mix_kg * f_.drying.mix.hydroxide_mol_per_kg(charge.li_per_m);
  const double lithium = hydroxide * charge.li_per_m;
  // The mass of a dry node counts M as oxide and lithium as LiOH, whatever brings it.
  const double brought = f_.carbonate_feed ? 0.0 : lithium * (1.0 - charge.carbonate);
  hydroxide_mol_[0] = hydroxide * per_node;
  hydrate_mol_[0] = brought * per_node;
  moisture_mol_[0] = water_kg / kWater_kg_per_mol * per_node;
  const double as_hydroxide_kg =
      dry_mix_kg - kWater_kg_per_mol * (hydroxide + (f_.carbonate_feed ? 0.0 : lithium)) +
      (f_.carbonate_feed
           ? lithium * (material::kHydroxide_kg_per_mol - material::kHalfCarbonate_kg_per_mol)
           : 0.0);
  dry_kg_[0] = as_hydroxide_kg * per_node;
  li_per_m[0] = charge.li_per_m;
  since_s_[0] = 0.0;
  depth_m[0] = charge.mix_kg / (f_.bulk_kg_per_m3 * f_.area_m2) * per_node;
}

void Beds::push(const Charge& charge) noexcept {
  if (count_ == capacity_) return;
  each_state(*this, [this](std::vector<double>& v, std::size_t rows_of_v) {
    for (std::size_t r = 0; r < rows_of_v; ++r) {
      double* at = v.data() + r * stride_;
      std::memmove(at + 1, at, count_ * sizeof(double));
    }
  });
  ++count_;
  put_amounts(charge);
  const double per_node = 1.0 / static_cast<double>(f_.nodes);
  const double t = charge.temperature_K;
  const double node_kg =
      f_.keeps_mass ? dry_kg_[0] + kWater_kg_per_mol * (hydrate_mol_[0] + hydroxide_mol_[0])
                    : charge.mix_kg * per_node;
  for (std::size_t l = 0; l < f_.layers; ++l) {
    for (std::size_t i = 0; i < f_.nodes; ++i) {
      const std::size_t r = top_row(l) + i, n = (l * f_.nodes + i) * stride_;
      temperature_K[r * stride_] = t;
      enthalpy_[r * stride_] = charge.mix_kg * per_node * f_.powder.enthalpy(t);
      core_[n] = f_.carbonate_feed ? 0.0 : 1.0;
      hydroxide_left_[n] = 1.0;
      moisture_left_[n] = moisture_mol_[0] > 0 ? 1.0 : 0.0;
      conversion[n] = oxide[n] = in_wall[n] = soaked_s[n] = 0.0;
      mixing[n] = f_.synthesis.ordering.at_formation;
      size_nm3[n] = start_nm3();
      carbonate[n] = charge.li_per_m * (f_.carbonate_feed ? 1.0 : charge.carbonate);
      pore_steam[n] = pore_carbon_dioxide[n] = 0.0;
      steam_per_s_[n] = 0.0;
      pore_oxygen[n] = kAirOxygen;
      peak_K[n] = t;
      powder_kg_[n] = node_kg;
      latent_J_[n] = f_.synthesis.melting.heat_J_per_mol * hydrate_mol_[0];
    }
    temperature_K[base_row(l) * stride_] = t;
    enthalpy_[base_row(l) * stride_] = f_.base_kg * f_.ceramic.enthalpy(t);
    const std::size_t at = l * stride_;
    wall_K[at] = surface_K[at] = t;
    wall_enthalpy_[at] = f_.wall_kg * f_.ceramic.enthalpy(t);
    head_steam[at] = head_carbon_dioxide[at] = 0.0;
    head_oxygen[at] = kAirOxygen;
    top_conductivity[at] = f_.conductivity(t);
  }
  moist_ = hydrate_ = hydroxide_ = std::max<std::size_t>({moist_, hydrate_, hydroxide_}) + 1;
}

void Beds::begin_with(const Begun& begun) noexcept {
  const std::size_t nodes = f_.layers * f_.nodes;
  for (std::size_t n = 0; n < nodes; ++n) {
    const std::size_t at = n * stride_;
    core_[at] = std::cbrt(begun.hydrate_left);
    hydroxide_left_[at] = begun.hydroxide_left;
    moisture_left_[at] *= begun.moisture_left;
    conversion[at] = begun.conversion;
  }
  const double kg = solid_kg(0) / static_cast<double>(nodes);
  for (std::size_t n = 0; n < nodes; ++n) {
    const std::size_t at = n * stride_, row = (n + n / f_.nodes) * stride_;  // a base in each layer
    powder_kg_[at] = kg;
    latent_J_[at] =
        f_.synthesis.melting.heat_J_per_mol * hydroxide_mol_[0] * lithium_as_hydroxide(0, at);
    enthalpy_[row] = kg * f_.powder.enthalpy(temperature_K[row]);
  }
}

void Beds::pop() noexcept {
  if (count_ == 0) return;
  --count_;
  moist_ = std::min(moist_, count_);
  hydrate_ = std::min(hydrate_, count_);
  hydroxide_ = std::min(hydroxide_, count_);
}

void Beds::copy_column(std::size_t to, const Beds& other, std::size_t from) {
  std::vector<double> column;
  each_state(other, [&](const std::vector<double>& v, std::size_t rows_of_v) {
    for (std::size_t r = 0; r < rows_of_v; ++r) column.push_back(v[r * other.stride_ + from]);
  });
  std::size_t next = 0;
  each_state(*this, [&](std::vector<double>& v, std::size_t rows_of_v) {
    for (std::size_t r = 0; r < rows_of_v; ++r) v[r * stride_ + to] = column[next++];
  });
  moist_ = hydrate_ = hydroxide_ = count_;
}

double Beds::enthalpy_J(std::size_t column) const noexcept {
  double sum = 0;
  for (std::size_t r = 0; r < rows(); ++r) sum += enthalpy_[r * stride_ + column];
  for (std::size_t l = 0; l < f_.layers; ++l) sum += wall_enthalpy_[l * stride_ + column];
  return sum;
}

double Beds::powder_J(std::size_t column) const noexcept {
  double sum = 0;
  for (std::size_t l = 0; l < f_.layers; ++l) {
    for (std::size_t i = 0; i < f_.nodes; ++i) {
      sum += enthalpy_[(top_row(l) + i) * stride_ + column];
    }
  }
  return sum;
}

double Beds::start_nm3() const noexcept {
  const double d = f_.synthesis.growth.start_nm;
  return d * d * d;
}

/// Lithium per M at `at` that is LiOH or its hydrate.
double Beds::lithium_as_hydroxide(std::size_t column, std::size_t at) const noexcept {
  return li_per_m[column] - conversion[at] - carbonate[at] - oxide[at] - in_wall[at];
}

Matter Beds::content(std::size_t column) const noexcept {
  Matter sum;
  const double metal = hydroxide_mol_[column];
  for (std::size_t n = 0; n < f_.layers * f_.nodes; ++n) {
    const std::size_t at = n * stride_ + column;
    const double y = core_[at];
    sum.water += hydrate_mol_[column] * y * y * y + metal * hydroxide_left_[at] +
                 moisture_mol_[column] * moisture_left_[at] +
                 0.5 * metal * lithium_as_hydroxide(column, at);
    sum.oxygen += 0.25 * metal * conversion[at];
    sum.carbon_dioxide += 0.5 * metal * carbonate[at];
    sum.lithium += metal * (li_per_m[column] - in_wall[at]);
    sum.metal += metal;
  }
  return sum;
}

double Beds::lithium_in_walls_mol(std::size_t column) const noexcept {
  double sum = 0;
  for (std::size_t n = 0; n < f_.layers * f_.nodes; ++n) sum += in_wall[n * stride_ + column];
  return sum * hydroxide_mol_[column];
}

double Beds::solid_kg(std::size_t column) const noexcept {
  using namespace material;
  const Matter held = content(column);
  double lithium = 0, oxide_water = 0;
  for (std::size_t n = 0; n < f_.layers * f_.nodes; ++n) {
    lithium += in_wall[n * stride_ + column] * hydroxide_mol_[column];
    oxide_water += 0.5 * li_per_m[column] * hydroxide_mol_[column];
  }
  // Dry mass holds half a mole of water in each LiOH; `content` says how much of it is left.
  constexpr double kHalfLithia_kg_per_mol = kHydroxide_kg_per_mol - 0.5 * kWater_kg_per_mol;
  return static_cast<double>(f_.layers * f_.nodes) * dry_kg_[column] +
         kWater_kg_per_mol * (held.water - oxide_water) + kOxygen_kg_per_mol * held.oxygen +
         kCarbonDioxide_kg_per_mol * held.carbon_dioxide - kHalfLithia_kg_per_mol * lithium;
}

double Beds::wetness(std::size_t column, std::size_t layer, std::size_t node) const noexcept {
  const std::size_t at = (layer * f_.nodes + node) * stride_ + column;
  const double all = hydrate_mol_[column] + hydroxide_mol_[column] + moisture_mol_[column];
  const double y = core_[at];
  return (hydrate_mol_[column] * y * y * y + hydroxide_mol_[column] * hydroxide_left_[at] +
          moisture_mol_[column] * moisture_left_[at]) /
         all;
}

double Beds::dryness(std::size_t column) const noexcept {
  double left = 0;
  for (std::size_t l = 0; l < f_.layers; ++l) {
    for (std::size_t i = 0; i < f_.nodes; ++i) left += wetness(column, l, i);
  }
  return 1.0 - left / static_cast<double>(f_.layers * f_.nodes);
}

double Beds::hydrate_gone(std::size_t column, std::size_t layer, std::size_t node) const noexcept {
  const double y = core_[(layer * f_.nodes + node) * stride_ + column];
  return 1.0 - y * y * y;
}

double Beds::hydroxide_gone(std::size_t column, std::size_t layer,
                            std::size_t node) const noexcept {
  return 1.0 - hydroxide_left_[(layer * f_.nodes + node) * stride_ + column];
}

bool Beds::dry(std::size_t column, std::size_t layer, std::size_t node,
               double share) const noexcept {
  return hydrate_gone(column, layer, node) > share && hydroxide_gone(column, layer, node) > share;
}

material::Fired Beds::fired(std::size_t column, std::size_t layer,
                            std::size_t node) const noexcept {
  const std::size_t n = (layer * f_.nodes + node) * stride_ + column;
  return {conversion[n],          mixing[n],
          std::cbrt(size_nm3[n]), li_per_m[column] - in_wall[n],
          carbonate[n],           pore_carbon_dioxide[n] * 101325.0};
}

double Beds::core_K(std::size_t column) const noexcept {
  double coldest = 1e9;
  for (std::size_t l = 0; l < f_.layers; ++l) {
    for (std::size_t i = 0; i < f_.nodes; ++i) {
      coldest = std::min(coldest, temperature_K[(top_row(l) + i) * stride_ + column]);
    }
  }
  return coldest;
}

void Beds::serialize(domain::Archive& archive) {
  archive(count_, moist_, hydrate_, hydroxide_);
  each_state(*this, [&](std::vector<double>& v, std::size_t) { archive(v); });
}

}  // namespace saggar::kiln
