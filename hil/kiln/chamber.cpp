#include "hil/kiln/chamber.hpp"

#include <algorithm>
#include <cmath>

#include "hil/instruments/noise.hpp"

namespace saggar::kiln {
namespace {

constexpr double kSigma = material::kStefanBoltzmann_W_per_m2K4;
double fourth(double x) noexcept { return x * x * x * x; }

}  // namespace

Chamber::Chamber(const Layout& layout, const PlantParams& p, std::uint64_t seed)
    : layout_(layout),
      gas_(layout, p),
      now_(layout.zones),
      sum_(layout.zones),
      mean_(layout.zones) {
  const ChamberFigures& c = p.chamber;
  const double area = c.brick_m2_per_m.value * layout.zone_length_m;
  f_ = {c.element_view.value,
        c.film_W_per_m2K.value * area,
        c.face_J_per_m2K.value * area,
        c.deep_J_per_m2K.value * area,
        c.face_to_deep_W_per_m2K.value * area,
        c.roller_ends_W_per_m2K.value * area,
        c.top_bottom_m2_per_m.value * layout.zone_length_m,
        c.neighbour_m2.value,
        c.entry_opening_m2.value,
        c.exit_opening_m2.value,
        c.ambient_degC.value + material::kZeroCelsius_K};
  const std::size_t z = layout.zones, n = 2 * z;
  const std::uint64_t key = instruments::stream(seed, "plant spread");
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t half = i / z, k = i % z;
    const std::size_t loop = k * layout.loops_per_zone + std::min(half, layout.loops_per_zone - 1);
    const double rated_kW = layout.rated_W[loop] / 1000.0;
    element_J_per_K_.push_back(std::max(1.0, c.element_J_per_kW.value * rated_kW));
    element_m2_.push_back(c.element_m2_per_kW.value * rated_kW);
    const double spread = 2.0 * instruments::uniform(instruments::element(key, i), 0) - 1.0;
    shell_W_per_K_.push_back(c.shell_W_per_m2K.value * area *
                             (1.0 + 0.01 * c.loss_spread_percent.value * spread));
  }
  for (auto* v : {&element_K_, &face_K_, &deep_K_}) v->assign(n, f_.ambient_K);
  flux_W_.assign(n, 0.0);
  wall_W_per_K_.assign(z, 2.0 * f_.film_W_per_K);
  wall_W_.assign(z, 0.0);
}

/// Radiation among faces: to the neighbours, between the halves, out of the openings.
void Chamber::radiate(double dt_s, const Coupling& load, Ledger& ledger) noexcept {
  const std::size_t z = layout_.zones;
  const double hall = fourth(f_.ambient_K);
  double lost = 0;
  for (std::size_t half = 0; half < 2; ++half) {
    const double* face = face_K_.data() + half * z;
    double* flux = flux_W_.data() + half * z;
    for (std::size_t k = 0; k < z; ++k) flux[k] = 0;
    for (std::size_t k = 0; k + 1 < z; ++k) {
      const double q = kSigma * f_.neighbour_m2 * (fourth(face[k]) - fourth(face[k + 1]));
      flux[k] -= q;
      flux[k + 1] += q;
    }
    const double entry = kSigma * f_.entry_m2 * (fourth(face[0]) - hall);
    const double exit = kSigma * f_.exit_m2 * (fourth(face[z - 1]) - hall);
    flux[0] -= entry;
    flux[z - 1] -= exit;
    lost += entry + exit;
  }
  for (std::size_t k = 0; k < z; ++k) {
    const double open = f_.top_bottom_m2 * std::max(0.05, 1.0 - load.cover[k]);
    const double q = kSigma * open * (fourth(face_K_[k]) - fourth(face_K_[z + k]));
    flux_W_[k] -= q;
    flux_W_[z + k] += q;
  }
  ledger.openings_J += dt_s * lost;
}

void Chamber::step(double dt_s, const std::vector<double>& power_W, GasInputs& gas,
                   const Coupling& load, Ledger& ledger) noexcept {
  const std::size_t z = layout_.zones;
  surroundings();
  for (std::size_t k = 0; k < z; ++k) {
    wall_W_[k] = f_.film_W_per_K * (face_K_[k] + face_K_[z + k]);
  }
  gas_.preheat(face_K_, gas);
  gas_.step(dt_s, gas, load, wall_W_per_K_, wall_W_, ledger);
  radiate(dt_s, load, ledger);
  for (std::size_t i = 0; i < 2 * z; ++i) flux_W_[i] -= 0.5 * gas.preheat_W[i % z];
  const double view = f_.element_view;
  double electric = 0, shell = 0, ends = 0;
  for (std::size_t half = 0; half < 2; ++half) {
    const Exchange& seen = half == 0 ? load.roof : load.floor;
    for (std::size_t k = 0; k < z; ++k) {
      const std::size_t i = half * z + k;
      const double element = element_K_[i], face = face_K_[i], deep = deep_K_[i];
      const double to_face = kSigma * element_m2_[i] * (fourth(element) - fourth(face));
      const double element_to_load = view * (seen.W_per_K[k] * element - seen.W[k]);
      const double face_to_load = (1.0 - view) * (seen.W_per_K[k] * face - seen.W[k]);
      const double to_gas = f_.film_W_per_K * (face - gas_.temperature_K()[k]);
      const double to_deep = f_.to_deep_W_per_K * (face - deep);
      const double out = shell_W_per_K_[i] * f_.shell_factor * (deep - f_.ambient_K);
      const double end = f_.ends_W_per_K * (face - f_.ambient_K);
      element_K_[i] =
          element + dt_s / element_J_per_K_[i] * (power_W[i] - to_face - element_to_load);
      face_K_[i] = face + dt_s / f_.face_J_per_K *
                              (to_face - face_to_load - to_gas - to_deep - end + flux_W_[i]);
      deep_K_[i] = deep + dt_s / f_.deep_J_per_K * (to_deep - out);
      electric += power_W[i];
      shell += out;
      ends += end;
    }
  }
  ledger.electric_J += dt_s * electric;
  ledger.shell_J += dt_s * shell;
  ledger.openings_J += dt_s * ends;
  for (std::size_t k = 0; k < z; ++k) {
    sum_.roof_K[k] += dt_s * now_.roof_K[k];
    sum_.floor_K[k] += dt_s * now_.floor_K[k];
    sum_.gas_K[k] += dt_s * gas_.temperature_K()[k];
    sum_.steam[k] += dt_s * gas_.fraction(kH2O, k);
    sum_.oxygen[k] += dt_s * gas_.fraction(kO2, k);
    sum_.carbon_dioxide[k] += dt_s * gas_.fraction(kCO2, k);
  }
  if (gas_.has_lances()) {
    for (std::size_t k = 0; k < z; ++k) {
      sum_.lance_mol_per_s[k] += dt_s * gas_.head_mol_per_s(k);
      sum_.lance_oxygen_mol_per_s[k] += dt_s * gas_.head_oxygen_mol_per_s(k);
    }
  }
  sum_s_ += dt_s;
}

const Surroundings& Chamber::surroundings() noexcept {
  const std::size_t z = layout_.zones;
  const double view = f_.element_view;
  for (std::size_t k = 0; k < z; ++k) {
    now_.roof_K[k] = view * element_K_[k] + (1.0 - view) * face_K_[k];
    now_.floor_K[k] = view * element_K_[z + k] + (1.0 - view) * face_K_[z + k];
    now_.gas_K[k] = gas_.temperature_K()[k];
    now_.steam[k] = gas_.fraction(kH2O, k);
    now_.oxygen[k] = gas_.fraction(kO2, k);
    now_.carbon_dioxide[k] = gas_.fraction(kCO2, k);
  }
  return now_;
}

const Surroundings& Chamber::mean() noexcept {
  if (sum_s_ <= 0) return surroundings();
  const double per_s = 1.0 / sum_s_;
  for (std::size_t k = 0; k < layout_.zones; ++k) {
    mean_.roof_K[k] = sum_.roof_K[k] * per_s;
    mean_.floor_K[k] = sum_.floor_K[k] * per_s;
    mean_.gas_K[k] = sum_.gas_K[k] * per_s;
    mean_.steam[k] = sum_.steam[k] * per_s;
    mean_.oxygen[k] = sum_.oxygen[k] * per_s;
    mean_.carbon_dioxide[k] = sum_.carbon_dioxide[k] * per_s;
  }
  if (!gas_.has_lances()) return mean_;
  for (std::size_t k = 0; k < layout_.zones; ++k) {
    mean_.lance_mol_per_s[k] = sum_.lance_mol_per_s[k] * per_s;
    mean_.lance_oxygen_mol_per_s[k] = sum_.lance_oxygen_mol_per_s[k] * per_s;
  }
  return mean_;
}

void Chamber::restart_mean() noexcept {
  sum_.clear();
  sum_s_ = 0;
}

void Chamber::sensed_degC(double share, std::vector<double>& out) const noexcept {
  const std::size_t z = layout_.zones;
  for (std::size_t half = 0; half < 2; ++half) {
    for (std::size_t k = 0; k < z; ++k) {
      const std::size_t i = half * z + k;
      const double radiation =
          f_.element_view * element_K_[i] + (1.0 - f_.element_view) * face_K_[i];
      out[i] =
          share * radiation + (1.0 - share) * gas_.temperature_K()[k] - material::kZeroCelsius_K;
    }
  }
}

void Chamber::preset(std::size_t half, std::size_t zone, double face_K) noexcept {
  const std::size_t i = half * layout_.zones + zone;
  element_K_[i] = face_K_[i] = face_K;
  deep_K_[i] = (f_.to_deep_W_per_K * face_K + shell_W_per_K_[i] * f_.ambient_K) /
               (f_.to_deep_W_per_K + shell_W_per_K_[i]);
}

double Chamber::holding_W(std::size_t half, std::size_t zone, const Coupling& load) const noexcept {
  const std::size_t i = half * layout_.zones + zone;
  const Exchange& seen = half == 0 ? load.roof : load.floor;
  const double face = face_K_[i];
  return seen.W_per_K[zone] * face - seen.W[zone] +
         f_.film_W_per_K * (face - gas_.temperature_K()[zone]) +
         f_.to_deep_W_per_K * (face - deep_K_[i]) + f_.ends_W_per_K * (face - f_.ambient_K);
}

double Chamber::enthalpy_J() const noexcept {
  double sum = gas_.enthalpy_J();
  for (std::size_t i = 0; i < element_K_.size(); ++i) {
    sum += element_J_per_K_[i] * (element_K_[i] - material::kReference_K) +
           f_.face_J_per_K * (face_K_[i] - material::kReference_K) +
           f_.deep_J_per_K * (deep_K_[i] - material::kReference_K);
  }
  return sum;
}

double Chamber::given_J(const Coupling& load) const noexcept {
  double sum = 0;
  for (std::size_t k = 0; k < layout_.zones; ++k) {
    sum += load.roof.W_per_K[k] * sum_.roof_K[k] - load.roof.W[k] * sum_s_ +
           load.floor.W_per_K[k] * sum_.floor_K[k] - load.floor.W[k] * sum_s_ +
           load.gas.W_per_K[k] * sum_.gas_K[k] - load.gas.W[k] * sum_s_;
  }
  return sum;
}

void Chamber::serialize(domain::Archive& archive) {
  gas_.serialize(archive);
  f_.ambient_K = gas_.outside().hall_K;
  archive(shell_W_per_K_, element_K_, face_K_, deep_K_, sum_.roof_K, sum_.floor_K, sum_.gas_K,
          sum_.steam, sum_.oxygen, sum_.carbon_dioxide, sum_.lance_mol_per_s,
          sum_.lance_oxygen_mol_per_s, sum_s_);
}

}  // namespace saggar::kiln
