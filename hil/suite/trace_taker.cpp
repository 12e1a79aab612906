#include "hil/suite/trace_taker.hpp"

#include <cmath>
#include <cstdio>

#include "hil/material/bed_properties.hpp"
#include "hil/suite/alarms.hpp"

namespace saggar::suite {

using domain::Outcome;

namespace {

std::string zone_name(std::size_t zone, const char* what) {
  char text[48];
  std::snprintf(text, sizeof text, "zone%02zu.%s", zone + 1, what);
  return text;
}

constexpr std::size_t kPerZone = 3;

/// Steps of which each is a multiple of those before, so that traces of any length can be thinned
/// to a common one.
double step_of(double duration_s) {
  for (const double step_s : {10.0, 20.0, 60.0, 120.0, 600.0}) {
    if (duration_s <= step_s * TraceTaker::kSamples) return step_s;
  }
  return 1800.0 * std::ceil(duration_s / (1800.0 * TraceTaker::kSamples));
}

}  // namespace

TraceTaker::TraceTaker(const domain::Plant& plant, const kiln::Kiln& kiln, double duration_s)
    : plant_(plant), kiln_(kiln) {
  trace_.step_s = step_of(duration_s);
  for (std::size_t k = 0; k < plant.zones; ++k) {
    trace_.series.push_back({zone_name(k, "temperature"), "degC", {}});
    trace_.series.push_back({zone_name(k, "setpoint"), "degC", {}});
    trace_.series.push_back({zone_name(k, "powder"), "degC", {}});
  }
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    trace_.series.push_back(
        {"rung." + std::string(domain::name(static_cast<domain::Duty>(d))), "1", {}});
  }
  trace_.series.push_back({"guard.clips", "1", {}});
  trace_.series.push_back({"guard.rejects", "1", {}});
  trace_.series.push_back({"alarms", "1", {}});
  trace_.series.push_back({"power", "kW", {}});
  trace_.series.push_back({"pressure", "Pa", {}});
  trace_.series.push_back({"soak.o2", "mole fraction", {}});
}

void TraceTaker::add(const domain::Record& record, double time_s) {
  for (const auto& gate : record.gates) {
    clips_ += gate[static_cast<std::size_t>(Outcome::clip)];
    rejects_ += gate[static_cast<std::size_t>(Outcome::reject)];
  }
  for (const domain::Event& event : record.events) {
    alarms_ += is_alarm(event) ? 1 : 0;
  }
  if (time_s < next_s_) return;
  next_s_ += trace_.step_s;
  sample(record);
  clips_ = rejects_ = alarms_ = 0;
}

void TraceTaker::sample(const domain::Record& record) {
  std::vector<double> row(kPerZone * plant_.zones, 0.0);
  std::vector<double> sound(plant_.zones, 0.0), loops(plant_.zones, 0.0), beds(plant_.zones, 0.0);
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    const domain::Mv& mv = plant_.mvs[i];
    if (mv.duty != domain::Duty::heat) continue;
    const domain::Sample& pv = record.frame.samples[mv.pv];
    if (pv.quality != domain::Quality::bad && std::isfinite(pv.value)) {
      row[kPerZone * mv.zone] += pv.value;
      ++sound[mv.zone];
    }
    row[kPerZone * mv.zone + 1] += record.command.value[i];
    ++loops[mv.zone];
  }
  const kiln::Load& load = kiln_.load();
  for (std::size_t j = 0; j < load.beds().count(); ++j) {
    const double at_m = load.position_m()[j];
    const auto zone = static_cast<std::size_t>(at_m / kiln_.layout().zone_length_m);
    if (at_m < 0 || zone >= plant_.zones) continue;
    row[kPerZone * zone + 2] += load.beds().core_K(j) - material::kZeroCelsius_K;
    ++beds[zone];
  }
  for (std::size_t k = 0; k < plant_.zones; ++k) {
    row[kPerZone * k] /= sound[k];  // 0 / 0: a gap
    row[kPerZone * k + 1] /= loops[k];
    row[kPerZone * k + 2] /= beds[k];
  }
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const std::uint8_t rung = record.decisions[d].rung;
    row.push_back(rung == 0xFF ? std::nan("") : static_cast<double>(rung));
  }
  row.push_back(static_cast<double>(clips_));
  row.push_back(static_cast<double>(rejects_));
  row.push_back(static_cast<double>(alarms_));
  row.push_back(kiln_.power_kW());
  const kiln::GasPath& gas = kiln_.chamber().gas();
  row.push_back(gas.pressure_Pa());
  double worst = std::nan("");
  for (std::size_t k = 0; k < plant_.zones; ++k) {
    if (plant_.soak_zone[k]) worst = std::fmin(worst, gas.fraction(kiln::kO2, k));
  }
  row.push_back(worst);
  for (std::size_t i = 0; i < row.size(); ++i) trace_.series[i].values.push_back(row[i]);
}

}  // namespace saggar::suite
