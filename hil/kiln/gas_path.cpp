#include "hil/kiln/gas_path.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::kiln {
namespace {

using material::kReference_K;

constexpr double kAtmosphere_Pa = 101325.0;

/// sign(p) sqrt|p|, smooth at 0 so that Newton's method has a slope there.
double root(double p_Pa) noexcept { return p_Pa / std::sqrt(std::sqrt(p_Pa * p_Pa + 0.01)); }
double root_slope(double p_Pa) noexcept {
  const double q = p_Pa * p_Pa + 0.01;
  return (0.5 * p_Pa * p_Pa + 0.01) / (q * std::sqrt(std::sqrt(q)));
}

}  // namespace

GasPath::GasPath(const Layout& layout, const PlantParams& p)
    : layout_(layout),
      volume_m3_(p.chamber.gas_m3_per_m.value * layout.zone_length_m),
      supply_K_(p.gas.supply_degC.value + material::kZeroCelsius_K),
      inlet_preheat_(p.gas.inlet_preheat.value),
      resistance_(p.gas.chamber_Pa_s2_per_mol2.value),
      neighbour_(p.gas.neighbour_mol_per_s.value),
      hall_co2_(1e-6 * p.gas.hall_co2_ppm.value),
      door_leak_(p.faults.door_mol_per_s_rootPa.value),
      door_exchange_(p.faults.door_exchange_mol_per_s.value),
      lance_head_(p.gas.lance_head_share.value),
      pressure_zone_(std::clamp<std::size_t>(p.gas.pressure_zone, 1, layout.zones) - 1),
      is_lance_(layout.inlet_zone.size(), 0) {
  cp_ = {p.gas.o2_J_per_molK.value, p.gas.n2_J_per_molK.value, p.gas.h2o_J_per_molK.value,
         p.gas.co2_J_per_molK.value};
  set_outside({p.chamber.ambient_degC.value + material::kZeroCelsius_K,
               0.01 * p.gas.hall_h2o_percent.value, p.gas.draft_Pa.value});
  for (std::size_t d = 0; d < layout.damper_zone.size(); ++d) {
    damper_.push_back(config::at(p.gas.exhaust_mol_per_s_rootPa, d));
  }
  double shares = 0;
  for (std::size_t i = 0; i < p.gas.port_zones.size(); ++i) {
    port_zone_.push_back(std::min<std::size_t>(p.gas.port_zones[i], layout.zones) - 1);
    port_share_.push_back(config::at(p.gas.port_shares, i));
    shares += port_share_.back();
  }
  for (double& share : port_share_) share /= shares;
  for (const std::uint16_t inlet : p.gas.lance_inlets) {
    if (inlet > is_lance_.size()) continue;  // refused where the kiln is made
    is_lance_[inlet - 1U] = 1;
    has_lances_ = true;
  }
  const std::size_t z = layout.zones;
  const double all = p.gas.leak_mol_per_s_rootPa.value;
  const double entry = p.gas.leak_entry_share.value, exit = p.gas.leak_exit_share.value;
  leak_.assign(z, all * (1.0 - entry - exit) / static_cast<double>(z));
  leak_.front() += all * entry;
  leak_.back() += all * exit;
  for (std::size_t k = 0; k < z; ++k) x_.insert(x_.end(), air_.begin(), air_.end());
  temperature_K_.assign(z, outside_.hall_K);
  moles_.assign(
      z, kAtmosphere_Pa * volume_m3_ / (material::kGasConstant_J_per_molK * outside_.hall_K));
  flow_.assign(z + 1, 0.0);
  for (auto* v : {&supply_in_, &head_in_, &air_in_, &out_, &to_hall_, &above_Pa_, &next_moles_,
                  &lower_, &diagonal_, &upper_, &right_, &cp_now_, &cp_before_, &none_}) {
    v->assign(z, 0.0);
  }
  drawn_K_ = outside_.hall_K;
}

void GasPath::set_outside(const Outside& outside) noexcept {
  outside_ = outside;
  const double wet = outside.hall_h2o;
  air_ = {0.2095 * (1 - wet), 0.7905 * (1 - wet) - hall_co2_, wet, hall_co2_};
}

/// Pressure at the ports of one damper over that at the transmitter.
double GasPath::above_port_Pa(std::size_t d) const noexcept {
  if (port_zone_.empty()) return above_Pa_[layout_.damper_zone[d]];
  double mean = 0;
  for (std::size_t i = 0; i < port_zone_.size(); ++i) {
    mean += port_share_[i] * above_Pa_[port_zone_[i]];
  }
  return mean;
}

/// Conductance of a zone to the hall, with a door that stands open.
double GasPath::leak(std::size_t k, const GasInputs& in) const noexcept {
  double c = leak_[k];
  if (k == 0) c += door_leak_ * in.door_open[0];
  if (k + 1 == layout_.zones) c += door_leak_ * in.door_open[1];
  return c;
}

double GasPath::solve_pressure(double made, const GasInputs& in) const noexcept {
  double p = pressure_Pa_;
  for (int i = 0; i < 8; ++i) {
    double out = 0, slope = 0;
    for (std::size_t k = 0; k < layout_.zones; ++k) {
      const double c = leak(k, in);
      out += c * root(p + above_Pa_[k]);
      slope += c * root_slope(p + above_Pa_[k]);
    }
    for (std::size_t d = 0; d < damper_.size(); ++d) {
      const double suction = p + above_port_Pa(d) + outside_.draft_Pa;
      out += damper_[d] * in.damper_open[d] * root(suction);
      slope += damper_[d] * in.damper_open[d] * root_slope(suction);
    }
    const double step = std::clamp((made - out) / (slope + 1e-9), -50.0, 50.0);
    p = std::clamp(p + step, -outside_.draft_Pa - 100.0, 2000.0);
    if (std::abs(step) < 1e-6) break;
  }
  return p;
}

void GasPath::supply(const GasInputs& in) noexcept {
  supply_ = {in.supply_o2, 1.0 - in.supply_o2 - in.supply_co2, 0.0, in.supply_co2};
  std::fill(supply_in_.begin(), supply_in_.end(), 0.0);
  std::fill(head_in_.begin(), head_in_.end(), 0.0);
  lance_mol_per_s_ = 0;
  for (std::size_t i = 0; i < layout_.inlet_zone.size(); ++i) {
    supply_in_[layout_.inlet_zone[i]] += in.inlet_mol_per_s[i];
    if (is_lance_[i] == 0) continue;
    head_in_[layout_.inlet_zone[i]] += lance_head_ * in.inlet_mol_per_s[i];
    lance_mol_per_s_ += in.inlet_mol_per_s[i];
  }
}

/// What one damper draws, from its ports.
void GasPath::draw(std::size_t d, double flow) noexcept {
  if (port_zone_.empty()) out_[layout_.damper_zone[d]] += flow;
  for (std::size_t i = 0; i < port_zone_.size(); ++i) out_[port_zone_[i]] += flow * port_share_[i];
}

/// Leaks, doors and dampers at the present pressure. @return what leaves more than comes in, mol/s
double GasPath::lose(const GasInputs& in) noexcept {
  const std::size_t z = layout_.zones;
  double lost = 0;
  leak_out_ = 0;
  for (std::size_t k = 0; k < z; ++k) {
    const double flow = leak(k, in) * root(pressure_Pa_ + above_Pa_[k]);
    // Through an open door cold air falls in below while hot gas rises out above it.
    double both = 0;
    if (k == 0) both += door_exchange_ * in.door_open[0];
    if (k + 1 == z) both += door_exchange_ * in.door_open[1];
    to_hall_[k] = out_[k] = std::max(flow, 0.0) + both;
    air_in_[k] = std::max(-flow, 0.0) + both;
    leak_out_ += out_[k];
    lost += flow;
  }
  double drawn = 0, heat = 0;
  for (std::size_t d = 0; d < damper_.size(); ++d) {
    const double suction = pressure_Pa_ + above_port_Pa(d) + outside_.draft_Pa;
    const double flow = damper_[d] * in.damper_open[d] * std::max(0.0, root(suction));
    draw(d, flow);
    drawn += flow;
  }
  for (std::size_t k = 0; k < z; ++k) heat += (out_[k] - to_hall_[k]) * temperature_K_[k];
  drawn_K_ = drawn > 0 ? heat / drawn : outside_.hall_K;
  return lost + drawn;
}

/// Sources, sinks and the flow between the zones.
void GasPath::spread(double dt_s, const GasInputs& in, const Coupling& load) noexcept {
  const std::size_t z = layout_.zones;
  supply(in);
  double made = 0;
  for (std::size_t k = 0; k < z; ++k) {
    next_moles_[k] =
        kAtmosphere_Pa * volume_m3_ / (material::kGasConstant_J_per_molK * temperature_K_[k]);
    made += supply_in_[k] + load.made_mol_per_s(k) - (next_moles_[k] - moles_[k]) / dt_s;
  }
  pressure_Pa_ = solve_pressure(made, in);
  const double left = made - lose(in);
  // What the iteration left over leaves or enters at the entry, so that moles are kept exactly.
  (left > 0 ? out_[0] : air_in_[0]) += std::abs(left);
  flow_[z] = 0;
  for (std::size_t k = z; k-- > 0;) {
    flow_[k] = flow_[k + 1] + supply_in_[k] + load.made_mol_per_s(k) + air_in_[k] - out_[k] -
               (next_moles_[k] - moles_[k]) / dt_s;
  }
  flow_[0] = 0;  // up to rounding
  raise_pressure();
}

/// Pressure along the kiln from the flows of this step, for the next one; halfway, so that a flow
/// that answers to its own pressure cannot swing.
void GasPath::raise_pressure() noexcept {
  const auto drop = [this](std::size_t k) { return resistance_ * flow_[k] * std::abs(flow_[k]); };
  double above = 0;
  for (std::size_t k = pressure_zone_ + 1; k < layout_.zones; ++k) {
    above += drop(k);
    above_Pa_[k] += 0.5 * (above - above_Pa_[k]);
  }
  above = 0;
  for (std::size_t k = pressure_zone_; k-- > 0;) {
    above -= drop(k + 1);
    above_Pa_[k] += 0.5 * (above - above_Pa_[k]);
  }
}

/// Rows of the upwind balance: (store + out + extra) y_k = right + flows from the neighbours.
void GasPath::set_rows(double dt_s, const std::vector<double>& per_mol,
                       const std::vector<double>& extra) noexcept {
  const std::size_t z = layout_.zones;
  for (std::size_t k = 0; k < z; ++k) {
    const double to_entry = k > 0 ? std::max(flow_[k], 0.0) + neighbour_ : 0.0;
    const double to_exit = k + 1 < z ? std::max(-flow_[k + 1], 0.0) + neighbour_ : 0.0;
    diagonal_[k] = per_mol[k] * (next_moles_[k] / dt_s + to_entry + to_exit + out_[k]) + extra[k];
    upper_[k] = k + 1 < z ? per_mol[k + 1] * (std::max(flow_[k + 1], 0.0) + neighbour_) : 0.0;
    lower_[k] = k > 0 ? per_mol[k - 1] * (std::max(-flow_[k], 0.0) + neighbour_) : 0.0;
  }
  // Factorise once: diagonal becomes its inverse after elimination.
  for (std::size_t k = 0; k < z; ++k) {
    if (k > 0) diagonal_[k] -= lower_[k] * upper_[k - 1] * diagonal_[k - 1];
    diagonal_[k] = 1.0 / diagonal_[k];
  }
}

/// Solves for Width right sides at once; element [k * Width + i] is side i of zone k.
template <std::size_t Width>
void GasPath::solve_rows(double* right) noexcept {
  const std::size_t z = layout_.zones;
  std::array<double, Width> last{};
  for (std::size_t k = 0; k < z; ++k) {
    const double lower = lower_[k], inverse = diagonal_[k];
    double* at = right + k * Width;
    for (std::size_t i = 0; i < Width; ++i) at[i] = last[i] = (at[i] + lower * last[i]) * inverse;
  }
  for (std::size_t k = z - 1; k-- > 0;) {
    const double upper = upper_[k] * diagonal_[k];
    double* at = right + k * Width;
    for (std::size_t i = 0; i < Width; ++i) at[i] = last[i] = at[i] + upper * last[i];
  }
}

void GasPath::preheat(const std::vector<double>& face_K, GasInputs& in) const noexcept {
  const std::size_t z = layout_.zones;
  const double cp = cp_[kO2] * in.supply_o2 + cp_[kN2] * (1.0 - in.supply_o2);
  std::fill(in.preheat_W.begin(), in.preheat_W.end(), 0.0);
  for (std::size_t i = 0; i < layout_.inlet_zone.size(); ++i) {
    if (is_lance_[i] != 0) continue;
    const std::size_t k = layout_.inlet_zone[i];
    const double brick_K = 0.5 * (face_K[k] + face_K[z + k]);
    in.preheat_W[k] += in.inlet_mol_per_s[i] * cp * inlet_preheat_ * (brick_K - supply_K_);
  }
}

/// Heat capacity of the gas in each zone, J/(mol K).
void GasPath::heat_capacity(std::vector<double>& cp) const noexcept {
  for (std::size_t k = 0; k < layout_.zones; ++k) {
    const double* x = x_.data() + k * kSpecies;
    cp[k] = cp_[0] * x[0] + cp_[1] * x[1] + cp_[2] * x[2] + cp_[3] * x[3];
  }
}

void GasPath::mix(double dt_s, const Coupling& load, Ledger& ledger) noexcept {
  const std::size_t z = layout_.zones;
  heat_capacity(cp_before_);
  std::fill(cp_now_.begin(), cp_now_.end(), 1.0);
  set_rows(dt_s, cp_now_, none_);
  const double per_s = 1.0 / dt_s;
  for (std::size_t k = 0; k < z; ++k) {
    double* x = x_.data() + k * kSpecies;
    const double stay = moles_[k] * per_s, supply = supply_in_[k], air = air_in_[k];
    for (std::size_t s = 0; s < kSpecies; ++s) {
      x[s] = stay * x[s] + supply * supply_[s] + air * air_[s];
    }
    x[kH2O] += load.steam_mol_per_s[k];
    x[kO2] += load.oxygen_mol_per_s[k];
    x[kCO2] += load.carbon_dioxide_mol_per_s[k];
  }
  solve_rows<kSpecies>(x_.data());
  // Traces that fade away would end as denormal numbers, which are slow to compute with.
  // A trace below zero stays: powder may take the last of a gas a step after it has gone, and what
  // is cut off here would be missing in the balance.
  for (double& x : x_) x = std::abs(x) < 1e-20 ? 0.0 : x;
  for (std::size_t k = 0; k < z; ++k) {
    const double out = dt_s * out_[k], air = dt_s * air_in_[k], supply = dt_s * supply_in_[k];
    ledger.gas_out +=
        Matter{out * fraction(kH2O, k), out * fraction(kO2, k), out * fraction(kCO2, k), 0, 0};
    ledger.gas_in +=
        Matter{air * air_[kH2O] + supply * supply_[kH2O], air * air_[kO2] + supply * supply_[kO2],
               air * air_[kCO2] + supply * supply_[kCO2], 0, 0};
    ledger.supply_mol += dt_s * supply_in_[k];
  }
  ledger.lance_mol += dt_s * lance_mol_per_s_;
  oxygen_to_hall_ = 0;
  for (std::size_t k = 0; k < z; ++k) {
    oxygen_to_hall_ += to_hall_[k] * (fraction(kO2, k) - air_[kO2]);
  }
}

void GasPath::warm(double dt_s, const std::vector<double>& preheat_W, const Coupling& load,
                   const std::vector<double>& wall_W_per_K, const std::vector<double>& wall_W,
                   Ledger& ledger) noexcept {
  const std::size_t z = layout_.zones;
  heat_capacity(cp_now_);
  double cp_supply = 0, cp_air = 0;
  for (std::size_t s = 0; s < kSpecies; ++s) {
    cp_supply += cp_[s] * supply_[s];
    cp_air += cp_[s] * air_[s];
  }
  // Unknown: temperature above the reference.
  for (std::size_t k = 0; k < z; ++k) {
    const double given = supply_in_[k] * cp_supply * (supply_K_ - kReference_K) +
                         air_in_[k] * cp_air * (outside_.hall_K - kReference_K);
    ledger.gas_in_J += dt_s * given;
    const double exchange = wall_W_per_K[k] + load.gas.W_per_K[k];
    right_[k] = moles_[k] / dt_s * cp_before_[k] * (temperature_K_[k] - kReference_K) + given +
                load.released_W[k] + preheat_W[k] + wall_W[k] + load.gas.W[k] -
                exchange * kReference_K;
    lower_[k] = exchange;
  }
  std::copy(lower_.begin(), lower_.end(), none_.begin());
  set_rows(dt_s, cp_now_, none_);
  std::fill(none_.begin(), none_.end(), 0.0);
  solve_rows<1>(right_.data());
  for (std::size_t k = 0; k < z; ++k) {
    temperature_K_[k] = kReference_K + right_[k];
    moles_[k] = next_moles_[k];
    ledger.gas_out_J += dt_s * out_[k] * cp_now_[k] * right_[k];
  }
}

void GasPath::step(double dt_s, const GasInputs& inputs, const Coupling& load,
                   const std::vector<double>& wall_W_per_K, const std::vector<double>& wall_W,
                   Ledger& ledger) noexcept {
  spread(dt_s, inputs, load);
  mix(dt_s, load, ledger);
  warm(dt_s, inputs.preheat_W, load, wall_W_per_K, wall_W, ledger);
}

double GasPath::enthalpy_J() const noexcept {
  double sum = 0;
  for (std::size_t k = 0; k < layout_.zones; ++k) {
    double cp = 0;
    for (std::size_t s = 0; s < kSpecies; ++s) cp += cp_[s] * x_[k * kSpecies + s];
    sum += moles_[k] * cp * (temperature_K_[k] - kReference_K);
  }
  return sum;
}

Matter GasPath::content() const noexcept {
  Matter sum;
  for (std::size_t k = 0; k < layout_.zones; ++k) {
    sum += moles_[k] * Matter{fraction(kH2O, k), fraction(kO2, k), fraction(kCO2, k), 0, 0};
  }
  return sum;
}

void GasPath::preset(std::size_t zone, double temperature_K) noexcept {
  temperature_K_[zone] = temperature_K;
  moles_[zone] = kAtmosphere_Pa * volume_m3_ / (material::kGasConstant_J_per_molK * temperature_K);
}

void GasPath::serialize(domain::Archive& archive) {
  archive(x_, temperature_K_, moles_, pressure_Pa_, above_Pa_, outside_, flow_, leak_out_,
          oxygen_to_hall_, drawn_K_);
  set_outside(outside_);
}

}  // namespace saggar::kiln
