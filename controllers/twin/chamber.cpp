#include "controllers/twin/chamber.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::twin {
namespace {

using material::kReference_K;
using material::kStefanBoltzmann_W_per_m2K4;
using material::kZeroCelsius_K;

constexpr double kFaceFilter_s = 900.0;  ///< rate of the brick face is taken over this time

double fourth(double x) noexcept { return x * x * x * x; }

}  // namespace

Chamber::Chamber(const Figures& f, const Places& places)
    : f_(f),
      zones_(places.zones),
      inlet_zone_(places.inlet_zone),
      port_zone_(places.port_zone),
      port_share_(places.port_share),
      area_m2_(f.brick_m2_per_m * f.zone_length_m),
      hall_K_(f.hall_degC + kZeroCelsius_K),
      now_(places.zones) {
  const double z = static_cast<double>(zones_), all = f.leak_mol_per_s_rootPa;
  leak_.assign(zones_, all * (1.0 - f.leak_entry_share - f.leak_exit_share) / z);
  leak_.front() += all * f.leak_entry_share;
  leak_.back() += all * f.leak_exit_share;
  for (auto* v : {&face_K_, &slow_K_, &deep_K_}) v->assign(2 * zones_, hall_K_);
  expected_half_W_.assign(2 * zones_, 0.0);
  flow_.assign(zones_ + 1, 0.0);
  ones_.assign(zones_, 1.0);
  cp_.assign(zones_, f.gas_J_per_molK);
  for (auto* v : {&inlet_, &out_, &lower_, &diagonal_, &upper_, &right_, &expected_W_, &loss_W_,
                  &load_W_, &gas_W_per_K_}) {
    v->assign(zones_, 0.0);
  }
}

void Chamber::settle(const Field& field) noexcept {
  const double shell = f_.shell_W_per_m2K, inner = f_.face_to_deep_W_per_m2K;
  for (std::size_t k = 0; k < zones_; ++k) {
    for (std::size_t half = 0; half < 2; ++half) {
      const std::size_t i = half * zones_ + k;
      const double seen = half == 0 ? field.top_K[k] : field.bottom_K[k];
      face_K_[i] = slow_K_[i] = seen;
      deep_K_[i] = (inner * seen + shell * hall_K_) / (inner + shell);
    }
    now_.gas_K[k] = now_.roof_K[k] = field.top_K[k];
    now_.floor_K[k] = field.bottom_K[k];
    now_.steam[k] = 0.1;
    now_.oxygen[k] = 0.9 * f_.supply_oxygen;
  }
}

/// Flow between the zones from the balance of moles: what leaves by leaks follows the measured
/// pressure, the exhaust draws the rest.
void Chamber::flows(const Field& field, const Exchange& load) noexcept {
  std::fill(inlet_.begin(), inlet_.end(), 0.0);
  double made = 0, leaks = 0;
  for (std::size_t i = 0; i < inlet_zone_.size(); ++i) {
    inlet_[inlet_zone_[i]] += field.inlet_mol_per_s[i];
    made += field.inlet_mol_per_s[i];
  }
  const auto zone = std::min(zones_ - 1, static_cast<std::size_t>(f_.pressure_zone) - 1);
  double above_Pa = 0;  // of the flows of the step before
  for (std::size_t k = 0; k < zones_; ++k) out_[k] = 0;
  for (std::size_t k = zone; k < zones_; ++k) {
    if (k > zone) above_Pa += f_.chamber_Pa_s2_per_mol2 * flow_[k] * std::abs(flow_[k]);
    out_[k] = above_Pa;
  }
  above_Pa = 0;
  for (std::size_t k = zone; k-- > 0;) {
    above_Pa -= f_.chamber_Pa_s2_per_mol2 * flow_[k + 1] * std::abs(flow_[k + 1]);
    out_[k] = above_Pa;
  }
  for (std::size_t k = 0; k < zones_; ++k) {
    made += load.steam_mol_per_s[k];
    out_[k] = leak_[k] * std::sqrt(std::max(0.0, field.pressure_Pa + out_[k]));
    leaks += out_[k];
  }
  const double exhaust = std::max(0.0, made - leaks);
  for (std::size_t i = 0; i < port_zone_.size(); ++i) {
    out_[port_zone_[i]] += exhaust * port_share_[i];
  }
  flow_[zones_] = 0;
  for (std::size_t k = zones_; k-- > 0;) {
    flow_[k] = flow_[k + 1] + inlet_[k] + load.steam_mol_per_s[k] - out_[k];
  }
  flow_[0] = 0;
}

/// Solves diagonal x_k = right_k + upper x_(k+1) + lower x_(k-1); `right_` holds the right side.
void Chamber::solve(std::vector<double>& x) noexcept {
  for (std::size_t k = 0; k < zones_; ++k) {
    if (k > 0) {
      const double m = lower_[k] / diagonal_[k - 1];
      diagonal_[k] -= m * upper_[k - 1];
      right_[k] += m * right_[k - 1];
    }
  }
  for (std::size_t k = zones_; k-- > 0;) {
    const double next = k + 1 < zones_ ? upper_[k] * x[k + 1] : 0.0;
    x[k] = (right_[k] + next) / diagonal_[k];
  }
}

/// Temperature and steam of the gas, at rest with what it meets.
void Chamber::gas(const Field& field, const Exchange& load) noexcept {
  flows(field, load);
  const double film = 2.0 * by_.film * f_.film_W_per_m2K * area_m2_;
  const double swap = f_.neighbour_mol_per_s, supply_K = f_.supply_degC + kZeroCelsius_K;
  for (std::size_t k = 0; k < zones_; ++k) {
    cp_[k] = f_.gas_J_per_molK + now_.steam[k] * (f_.steam_J_per_molK - f_.gas_J_per_molK);
  }
  const auto rows = [&](const std::vector<double>& cp) {
    for (std::size_t k = 0; k < zones_; ++k) {
      const double to_entry = k > 0 ? std::max(flow_[k], 0.0) + swap : 0.0;
      const double to_exit = k + 1 < zones_ ? std::max(-flow_[k + 1], 0.0) + swap : 0.0;
      diagonal_[k] = cp[k] * (to_entry + to_exit + out_[k]) + 1e-9;
      upper_[k] = k + 1 < zones_ ? cp[k + 1] * (std::max(flow_[k + 1], 0.0) + swap) : 0.0;
      lower_[k] = k > 0 ? cp[k - 1] * (std::max(-flow_[k], 0.0) + swap) : 0.0;
    }
  };
  rows(cp_);
  for (std::size_t k = 0; k < zones_; ++k) {
    const double brick_K = 0.5 * (face_K_[k] + face_K_[zones_ + k]);
    const double inlet_K = supply_K + f_.inlet_preheat * (brick_K - supply_K);
    right_[k] = inlet_[k] * f_.gas_J_per_molK * (inlet_K - kReference_K) + load.steam_W[k] +
                film * (brick_K - kReference_K) + load.gas_W[k] -
                load.gas_W_per_K[k] * kReference_K;
    gas_W_per_K_[k] = film + load.gas_W_per_K[k];
    diagonal_[k] += gas_W_per_K_[k];
  }
  solve(now_.gas_K);
  for (double& t : now_.gas_K) t = std::clamp(t + kReference_K, 250.0, 1800.0);
  rows(ones_);
  for (std::size_t k = 0; k < zones_; ++k) right_[k] = load.steam_mol_per_s[k];
  solve(now_.steam);
  for (std::size_t k = 0; k < zones_; ++k) {
    now_.steam[k] = std::clamp(now_.steam[k], 0.0, 1.0);
    now_.oxygen[k] = f_.supply_oxygen * (1.0 - now_.steam[k]);
  }
}

double Chamber::flow_W_per_K(std::size_t k) const noexcept {
  return f_.gas_J_per_molK * std::abs(flow_[k]);
}

double Chamber::loss_W_per_K(std::size_t k) const noexcept {
  const double above_K = 0.5 * (face_K_[k] + face_K_[zones_ + k]) - hall_K_;
  return above_K > 1.0 ? loss_W_[k] / above_K : 0.0;
}

void Chamber::see(const Field& field, const std::vector<double>& offset_K,
                  const Exchange& load) noexcept {
  gas(field, load);
  const double share = f_.sensor_radiation_share, view = f_.element_view;
  const double element_m2 = f_.element_m2_per_kW * f_.rated_kW;
  for (std::size_t k = 0; k < zones_; ++k) {
    for (std::size_t half = 0; half < 2; ++half) {
      const double seen = (half == 0 ? field.top_K[k] : field.bottom_K[k]) - offset_K[k];
      const double power = half == 0 ? field.top_W[k] : field.bottom_W[k];
      const double radiation = (seen - (1.0 - share) * now_.gas_K[k]) / share;
      (half == 0 ? now_.roof_K : now_.floor_K)[k] = radiation;
      const double per_K =
          4.0 * kStefanBoltzmann_W_per_m2K4 * element_m2 * radiation * radiation * radiation * 1.2 +
          0.5 * view * load.heat_W_per_K(k);
      face_K_[half * zones_ + k] = radiation - view * power / per_K;
    }
  }
}

void Chamber::balance(double dt_s, const Exchange& load) noexcept {
  const double film = by_.film * f_.film_W_per_m2K * area_m2_;
  const double inner = f_.face_to_deep_W_per_m2K * area_m2_, shell = f_.shell_W_per_m2K * area_m2_;
  const double ends = f_.roller_ends_W_per_m2K * area_m2_;
  const double supply_K = f_.supply_degC + kZeroCelsius_K;
  const double hall = fourth(hall_K_), sigma = kStefanBoltzmann_W_per_m2K4;
  for (std::size_t k = 0; k < zones_; ++k) {
    double loss = 0;
    const double brick_K = 0.5 * (face_K_[k] + face_K_[zones_ + k]);
    const double preheat = inlet_[k] * f_.gas_J_per_molK * f_.inlet_preheat * (brick_K - supply_K);
    const double roof_W = load.roof_W_per_K[k] * now_.roof_K[k] - load.roof_W[k];
    const double floor_W = load.floor_W_per_K[k] * now_.floor_K[k] - load.floor_W[k];
    for (std::size_t half = 0; half < 2; ++half) {
      const double* face = face_K_.data() + half * zones_;
      const std::size_t i = half * zones_ + k;
      const double rate = (face[k] - slow_K_[i]) / kFaceFilter_s;
      slow_K_[i] += dt_s * rate;
      const double to_deep = inner * (face[k] - deep_K_[i]);
      deep_K_[i] +=
          dt_s / (f_.deep_J_per_m2K * area_m2_) * (to_deep - shell * (deep_K_[i] - hall_K_));
      const double end = ends * (face[k] - hall_K_);
      double aside = 0;
      if (k > 0) aside += f_.neighbour_m2 * (fourth(face[k]) - fourth(face[k - 1]));
      if (k + 1 < zones_) aside += f_.neighbour_m2 * (fourth(face[k]) - fourth(face[k + 1]));
      if (k == 0) aside += f_.entry_opening_m2 * (fourth(face[k]) - hall);
      if (k + 1 == zones_) aside += f_.exit_opening_m2 * (fourth(face[k]) - hall);
      loss += shell * (deep_K_[i] - hall_K_) + end;
      expected_half_W_[i] = to_deep + end + sigma * aside + film * (face[k] - now_.gas_K[k]) +
                            f_.face_J_per_m2K * area_m2_ * rate + 0.5 * preheat +
                            (half == 0 ? roof_W : floor_W);
    }
    load_W_[k] = roof_W + floor_W + load.gas_W_per_K[k] * now_.gas_K[k] - load.gas_W[k];
    expected_W_[k] = expected_half_W_[k] + expected_half_W_[zones_ + k];
    loss_W_[k] = loss;
  }
}

}  // namespace saggar::twin
