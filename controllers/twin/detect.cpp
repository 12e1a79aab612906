#include "controllers/twin/detect.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::twin {
namespace {

constexpr double kHour_s = 3600.0;
constexpr double kSuspected = 0.3;  ///< share of the level of a swap from which others wait
constexpr double kStandard_mol = 1.0 / (kHour_s * 0.022413969);  ///< mol/s per Nm3/h

}  // namespace

Detector::Detector(const Limits& limits, const Figures& figures, const Places& places)
    : l_(limits),
      f_(figures),
      zones_(places.zones),
      settled_from_s_(kHour_s * limits.settle_h),
      signals_(places.zones),
      findings_(kMostFindings),
      held_(places.zones, 0),
      power_(limits, places.zones),
      swap_(limits, places.zones),
      sensor_(limits, places.zones),
      exhaust_(limits),
      feed_(limits, figures) {}

void Detector::take(double dt_s, const Measured& m, const Driven& d, const Twin& twin) noexcept {
  Signals& s = signals_;
  s.now_s = twin.time_s();
  s.dt_s = dt_s;
  s.settled = s.now_s >= settled_from_s_;
  s.rated_kW = f_.rated_kW;
  s.present = m.present;
  s.moved_m = 1e-3 * m.speed_mm_per_s[0] * dt_s;
  const Model& model = twin.model(0);
  const std::vector<double>& expected = model.chamber.expected_half_W();
  const double volts = d.mains_V / l_.nominal_V;
  for (std::size_t i = 0; i < s.loops(); ++i) {
    const std::size_t k = i % zones_;
    const bool top = i < zones_;
    s.reading_degC[i] = top ? m.top_degC[k] : m.bottom_degC[k];
    s.power_kW[i] = top ? m.top_kW[k] : m.bottom_kW[k];
    const double output = top ? d.top_percent[k] : d.bottom_percent[k];
    s.asked_kW[i] = 0.01 * output * f_.rated_kW * volts * volts;
    s.residual_W[i] = 1e3 * s.power_kW[i] - expected[i];
    const double load = top ? model.exchange.roof_W_per_K[k] : model.exchange.floor_W_per_K[k];
    s.per_K[i] = l_.sensor_film_W_per_K + l_.sensor_load * load;
  }
}

Draught Detector::draught(const Measured& m, const Driven& d, const Twin& twin) const noexcept {
  Draught out;
  out.pressure_Pa = m.pressure_Pa;
  for (const double flow : m.inlet_Nm3_per_h) out.exhaust_mol_per_s += kStandard_mol * flow;
  for (const double steam : twin.model(0).exchange.steam_mol_per_s) out.exhaust_mol_per_s += steam;
  out.exhaust_mol_per_s -= f_.leak_mol_per_s_rootPa * std::sqrt(std::max(0.0, m.pressure_Pa));
  for (const double percent : d.damper_percent) out.open += 0.01 * percent;
  return out;
}

/// Zones whose balance is disturbed by something else that is found or suspected there or beside.
void Detector::hold() noexcept {
  std::fill(held_.begin(), held_.end(), std::uint8_t{0});
  for (std::size_t i = 0; i < signals_.loops(); ++i) {
    const double until_s = std::max(power_.disturbs_until_s(i), swap_.disturbs_until_s(i));
    if (signals_.now_s >= until_s && swap_.suspicion(i) < kSuspected) continue;
    const std::size_t k = i % zones_;
    for (std::size_t n = k > 0 ? k - 1 : 0; n < std::min(zones_, k + 2); ++n) held_[n] = 1;
  }
}

void Detector::step(double dt_s, const Measured& m, const Driven& d, const Twin& twin) noexcept {
  findings_.clear();
  if (twin.seen().count == 0) {
    sensor_.forget();
    exhaust_.forget();
    settled_from_s_ = twin.time_s() + kHour_s * l_.settle_h;
    return;
  }
  if (!(dt_s > 0)) return;
  take(dt_s, m, d, twin);
  power_.step(signals_, findings_);
  swap_.step(signals_, findings_);
  hold();
  sensor_.step(signals_, held_, findings_);
  exhaust_.step(signals_, draught(m, d, twin), findings_);
  feed_.step(signals_, twin.line(), findings_);
}

}  // namespace saggar::twin
