#include "hil/kiln/beds.hpp"

#include <algorithm>
#include <cstring>

namespace saggar::kiln {

using material::kReference_K;
using material::kWater_kg_per_mol;

BedFigures BedFigures::from(const PlantParams& p, std::size_t layers) {
  BedFigures f;
  f.layers = layers;
  f.nodes = p.bed.nodes;
  f.conductivity = material::fit_conductivity(packed_bed(p));
  f.powder = bed_capacity(p);
  f.ceramic = saggar_capacity(p);
  f.drying = kiln::drying(p);
  f.area_m2 = p.saggar.inner_area_m2.value;
  f.bulk_kg_per_m3 = p.bed.bulk_kg_per_m3.value;
  f.base_kg = p.saggar.mass_kg.value * p.saggar.base_share.value;
  f.wall_kg = p.saggar.mass_kg.value - f.base_kg;
  f.half_base_m2K_per_W =
      0.5 * p.saggar.base_thickness_m.value / p.saggar.conductivity_W_per_mK.value;
  f.layer_exchange_m2 =
      p.saggar.layer_view.value * p.saggar.emissivity.value * p.bed.emissivity.value * f.area_m2;
  f.steam_J_per_molK = p.gas.h2o_J_per_molK.value;
  f.head_space_m3 = p.drying.head_space_m3.value;
  f.head_exchange_per_s = p.drying.head_exchange_per_min.value / 60.0;
  return f;
}

Beds::Beds(const BedFigures& figures, std::size_t capacity)
    : f_(figures), capacity_(capacity), stride_((capacity + kLanes - 1) / kLanes * kLanes) {
  // Unused columns hold values that are harmless to compute with.
  const std::size_t layers = f_.layers * stride_, nodes = f_.layers * f_.nodes * stride_;
  temperature_K.assign(rows() * stride_, kReference_K);
  enthalpy_.assign(rows() * stride_, 0.0);
  for (auto* v : {&wall_K, &surface_K}) v->assign(layers, kReference_K);
  for (auto* v : {&wall_enthalpy_, &head_steam, &heat_top_J, &heat_base_J, &heat_wall_J}) {
    v->assign(layers, 0.0);
  }
  top_conductivity.assign(layers, f_.conductivity(kReference_K));
  for (auto* v : {&core_, &hydroxide_left_, &moisture_left_}) v->assign(nodes, 0.0);
  for (auto* v : {&hydrate_mol_, &hydroxide_mol_, &moisture_mol_}) v->assign(stride_, 0.0);
  for (auto* v : {&zone_steam, &released_mol, &released_J, &absorbed_J}) v->assign(stride_, 0.0);
  depth_m.assign(stride_, 0.01);
  dry_kg_.assign(stride_, 1.0);
  scratch_.assign(kScratch * rows() * kLanes, 0.0);
}

/// Visits every array of state with the number of its rows.
template <class Self, class Visit>
void Beds::each_state(Self& self, Visit visit) {
  const std::size_t nodes = self.f_.layers * self.f_.nodes;
  visit(self.temperature_K, self.rows());
  visit(self.enthalpy_, self.rows());
  for (auto* v : {&self.core_, &self.hydroxide_left_, &self.moisture_left_}) visit(*v, nodes);
  for (auto* v : {&self.wall_K, &self.wall_enthalpy_, &self.surface_K, &self.head_steam,
                  &self.top_conductivity}) {
    visit(*v, self.f_.layers);
  }
  for (auto* v : {&self.depth_m, &self.hydrate_mol_, &self.hydroxide_mol_, &self.moisture_mol_,
                  &self.dry_kg_}) {
    visit(*v, std::size_t{1});
  }
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
  const double per_node = 1.0 / static_cast<double>(f_.nodes);
  const double water_kg = charge.mix_kg * charge.moisture_fraction;
  const double dry_mix_kg = charge.mix_kg - water_kg;
  const double hydroxide = dry_mix_kg * f_.drying.mix.hydroxide_mol_per_kg(charge.li_per_m);
  const double hydrate = hydroxide * charge.li_per_m;
  hydroxide_mol_[0] = hydroxide * per_node;
  hydrate_mol_[0] = hydrate * per_node;
  moisture_mol_[0] = water_kg / kWater_kg_per_mol * per_node;
  dry_kg_[0] = dry_mix_kg * per_node - kWater_kg_per_mol * (hydroxide_mol_[0] + hydrate_mol_[0]);
  depth_m[0] = charge.mix_kg / (f_.bulk_kg_per_m3 * f_.area_m2) * per_node;
  const double t = charge.temperature_K;
  for (std::size_t l = 0; l < f_.layers; ++l) {
    for (std::size_t i = 0; i < f_.nodes; ++i) {
      const std::size_t r = top_row(l) + i, n = (l * f_.nodes + i) * stride_;
      temperature_K[r * stride_] = t;
      enthalpy_[r * stride_] = charge.mix_kg * per_node * f_.powder.enthalpy(t);
      core_[n] = hydroxide_left_[n] = 1.0;
      moisture_left_[n] = water_kg > 0 ? 1.0 : 0.0;
    }
    temperature_K[base_row(l) * stride_] = t;
    enthalpy_[base_row(l) * stride_] = f_.base_kg * f_.ceramic.enthalpy(t);
    const std::size_t at = l * stride_;
    wall_K[at] = surface_K[at] = t;
    wall_enthalpy_[at] = f_.wall_kg * f_.ceramic.enthalpy(t);
    head_steam[at] = 0.0;
    top_conductivity[at] = f_.conductivity(t);
  }
  moist_ = hydrate_ = hydroxide_ = std::max<std::size_t>({moist_, hydrate_, hydroxide_}) + 1;
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

double Beds::water_mol(std::size_t column) const noexcept {
  double sum = 0;
  for (std::size_t n = 0; n < f_.layers * f_.nodes; ++n) {
    const std::size_t at = n * stride_ + column;
    const double y = core_[at];
    sum += hydrate_mol_[column] * y * y * y + hydroxide_mol_[column] * hydroxide_left_[at] +
           moisture_mol_[column] * moisture_left_[at];
  }
  return sum;
}

double Beds::solid_kg(std::size_t column) const noexcept {
  return static_cast<double>(f_.layers * f_.nodes) * dry_kg_[column] +
         kWater_kg_per_mol * water_mol(column);
}

double Beds::dryness(std::size_t column) const noexcept {
  const double all = static_cast<double>(f_.layers * f_.nodes) *
                     (hydrate_mol_[column] + hydroxide_mol_[column] + moisture_mol_[column]);
  return all > 0 ? 1.0 - water_mol(column) / all : 1.0;
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
