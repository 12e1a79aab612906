#include "tests/accept/tracer.hpp"

#include <algorithm>
#include <cmath>

#include "hil/material/bed_properties.hpp"

namespace saggar::accept {

using material::kZeroCelsius_K;

Tracer::Tracer(suite::InProcess& run, const Event& event)
    : run_(run),
      event_(event),
      onset_s_(1e-9 * static_cast<double>(run.kiln().time_ns())),
      next_s_(onset_s_),
      exits_(run.kiln().load().exits().count()) {
  const kiln::Load& load = run.kiln().load();
  const std::uint64_t next = load.fed();
  if (event.feed) {
    const bool gap = event.faults[0].fault == faults::Kind::feed_gap;
    rows_ = {{next - 1, "the last row before it"},
             {next, gap ? "the first row after it" : "its first row"}};
    if (!gap) rows_.push_back({next + 12, "its thirteenth row"});
    return;
  }
  for (const std::size_t zone : event.zones) {
    const double middle_m = (static_cast<double>(zone) + 0.5) * run.kiln().layout().zone_length_m;
    std::size_t best = 0;
    for (std::size_t j = 0; j < load.beds().count(); ++j) {
      const auto off = [&](std::size_t i) { return std::abs(load.position_m()[i] - middle_m); };
      if (off(j) < off(best)) best = j;
    }
    rows_.push_back({next - 1 - best / load.tracks(),
                     "the row that stood in zone " + std::to_string(zone + 1)});
  }
}

void Tracer::put(const std::string& title, const std::string& unit, double value) {
  if (at_ == trace_.quantities.size()) trace_.quantities.push_back({title, unit, {}});
  trace_.quantities[at_++].values.push_back(value);
}

void Tracer::look() {
  const double now_s = 1e-9 * static_cast<double>(run_.kiln().time_ns());
  if (now_s < next_s_) return;
  next_s_ += kEvery_s;
  at_ = 0;
  trace_.time_h.push_back((now_s - onset_s_) / 3600.0);
  for (const Row& row : rows_) follow(row);
  for (const std::size_t z : event_.zones) zone(z);
  whole();
}

void Tracer::follow(const Row& row) {
  const kiln::Load& load = run_.kiln().load();
  const kiln::Beds& beds = load.beds();
  double core = NAN, over = NAN, dryness = NAN;
  const std::uint64_t back = load.fed() - 1 - row.column;  // wraps where it is not fed yet
  if (row.column < load.fed() && back * load.tracks() < beds.count()) {
    const std::size_t j = back * load.tracks();
    const double at_m = load.position_m()[j];
    core = beds.core_K(j) - kZeroCelsius_K;
    dryness = 100 * beds.dryness(j);
    const auto z =
        static_cast<std::size_t>(std::max(0.0, at_m) / run_.kiln().layout().zone_length_m);
    for (std::size_t i = 0; i < run_.plant().mvs.size(); ++i) {
      const domain::Mv& mv = run_.plant().mvs[i];
      if (mv.duty != domain::Duty::heat || mv.zone != z || mv.loop != 0) continue;
      over = core - run_.record().recipe[i];
    }
  }
  put("Core of " + row.name, "degC", core);
  put("Core of " + row.name + " over the recipe of its zone", "K", over);
  put("Dryness of " + row.name, "%", dryness);
}

void Tracer::zone(std::size_t zone) {
  const domain::Record& record = run_.record();
  double shown = 0, trim = 0, power = 0, loops = 0;
  for (std::size_t i = 0; i < run_.plant().mvs.size(); ++i) {
    const domain::Mv& mv = run_.plant().mvs[i];
    if (mv.duty != domain::Duty::heat || mv.zone != zone) continue;
    shown += record.frame.samples[mv.pv].value - record.recipe[i];
    trim += record.frame.samples[mv.working].value - record.recipe[i];
    power += run_.kiln().loop_power_kW(zone * run_.kiln().layout().loops_per_zone + mv.loop);
    ++loops;
  }
  const std::string name = " of zone " + std::to_string(zone + 1);
  put("Thermocouples" + name + " over the recipe", "K", shown / loops);
  put("Set point" + name + " over the recipe", "K", trim / loops);
  put("Power" + name, "kW", power);
}

void Tracer::whole() {
  const kiln::Kiln& kiln = run_.kiln();
  const kiln::Load& load = kiln.load();
  double wet_m = NAN, oxygen = 1;
  for (std::size_t j = 0; j < load.beds().count(); ++j) {
    if (load.beds().dryness(j) < 0.99) wet_m = load.position_m()[j];
  }
  for (std::size_t k = 0; k < run_.plant().zones; ++k) {
    if (run_.plant().soak_zone[k]) {
      oxygen = std::min(oxygen, kiln.chamber().gas().fraction(kiln::kO2, k));
    }
  }
  for (; exits_ < load.exits().count(); ++exits_) {
    const kiln::SaggarReport& report = load.exits()[exits_];
    off_spec_kg_ += report.defects != 0 ? load.rows_per_bed() * report.product_kg : 0.0;
  }
  put("Where the last wet row stands", "m", wet_m);
  put("Least O2 of the soak zones", "%", 100 * oxygen);
  put("Pressure", "Pa", kiln.chamber().gas().pressure_Pa());
  put("Power of the kiln", "kW", kiln.power_kW());
  put("Off-spec since the onset", "kg", off_spec_kg_);
}

}  // namespace saggar::accept
