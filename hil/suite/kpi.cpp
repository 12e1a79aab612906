#include "hil/suite/kpi.hpp"

#include <cmath>
#include <cstdio>

namespace saggar::suite {
namespace {

using material::Defect;

constexpr std::array<std::string_view, material::kDefectCount> kKeys = {
    "wet_core", "unconverted", "mixed",    "intensity", "hydroxide", "carbonate",
    "capacity", "too_hot",     "too_cold", "too_small", "too_large"};

/// Bits that a peak temperature sets, whatever became of the powder.
constexpr material::Defects kPeaks = static_cast<material::Defects>(Defect::too_hot) |
                                     static_cast<material::Defects>(Defect::too_cold);

struct List {
  std::vector<Figure> out;
  void add(std::string name, std::string unit, int better, double value) {
    out.push_back({std::move(name), std::move(unit), better, value});
  }
  void of_runtime(std::string name, std::string unit, int better, double value) {
    out.push_back({std::move(name), std::move(unit), better, value, false, true});
  }
  /// Of the machine that ran it.
  void of_machine(std::string name, std::string unit, double value) {
    out.push_back({std::move(name), std::move(unit), -1, value, true, true});
  }
  void spread(const std::string& name, const std::string& unit, const Spread& s, int mean = 0) {
    add(name + "_mean_" + unit, unit, mean, s.mean());
    add(name + "_sd_" + unit, unit, -1, s.deviation());
  }
};

void economy(const Kpi& k, List& list) {
  const double judged_kg = k.product_kg;
  list.add("product_kg", "kg", 1, judged_kg);
  list.add("throughput_kg_per_h", "kg/h", 1, k.throughput_kg_per_h());
  list.add("off_spec_kg", "kg", -1, k.off_spec_kg);
  list.add("off_spec_share", "1", -1, k.off_spec_share());
  list.add("off_spec_but_for_peaks_kg", "kg", -1, k.wide_spec_kg);
  for (std::size_t d = 0; d < kKeys.size(); ++d) {
    list.add("off_spec_" + std::string(kKeys[d]) + "_kg", "kg", -1, k.defect_kg[d]);
  }
  for (std::size_t d = 0; d < kKeys.size(); ++d) {
    list.add("off_spec_only_" + std::string(kKeys[d]) + "_kg", "kg", -1, k.only_kg[d]);
  }
  list.add("kWh_per_kg", "kWh/kg", -1, k.kWh_per_kg());
  list.add("electric_kWh_per_h", "kW", -1, k.account.electric_J / 3.6e6 / k.hours);
  list.add("oxygen_Nm3_per_kg", "Nm3/kg", -1, k.oxygen_Nm3_per_kg());
  list.add("peak_kW", "kW", -1, k.peak_kW);
}

void tracking(const Kpi& k, List& list) {
  list.add("settled_within_3K", "1", 1, k.settled.share(k.settled.narrow));
  list.add("settled_within_5K", "1", 1, k.settled.share(k.settled.wide));
  list.add("settled_above_5K", "1", -1, k.settled.share(k.settled.above));
  list.add("settled_below_5K", "1", -1, k.settled.share(k.settled.below));
  list.add("settled_mean_K", "K", 0, k.settled.mean_K());
  list.add("settled_rms_K", "K", -1, k.settled.rms_K());
  list.add("soak_within_5K", "1", 1, k.soak.share(k.soak.wide));
  list.add("soak_sensor_within_1K", "1", 1, k.sensor_within_1K);
  list.add("soak_sensor_mean_abs_K", "K", -1, k.sensor_mean_abs_K);
  list.add("soak_sensor_low_K", "K", 0, k.sensor_K.low());
  list.add("soak_sensor_high_K", "K", 0, k.sensor_K.high());
  list.spread("dry_out", "m", k.dry_m);
  list.add("dry_out_most_m", "m", -1, k.dry_m.high());
  list.spread("size", "nm", k.size_nm);
  list.add("size_within_nm", "nm", -1, k.size_within_nm.mean());
  list.add("mixing_mean", "1", -1, k.mixing.mean());
  list.add("mixing_sd", "1", -1, k.mixing.deviation());
  list.add("mixing_within", "1", -1, k.mixing_within.mean());
  list.spread("hottest", "degC", k.hottest_degC);
  list.spread("coldest_peak", "degC", k.coldest_peak_degC);
}

TrackingSums all(const Kpi& k) {
  TrackingSums sums;
  for (const TrackingSums& zone : k.zones) sums += zone;
  return sums;
}

void following(const Kpi& k, List& list) {
  const TrackingSums sums = all(k);
  list.add("zones_mean_abs_K", "K", -1, sums.mean_abs_K());
  const bool seen = sums.seconds > 0;  // sums over no sound sample are no 0
  list.add("zones_ise_K2h", "K2 h", -1, seen ? sums.squared_K2s / 3600 : std::nan(""));
  list.add("zones_itae_Kh2", "K h2", -1, seen ? sums.late_Ks2 / 3600 / 3600 : std::nan(""));
  list.add("zones_most_K", "K", -1, sums.most_K);
  list.add("zones_within_5K", "1", 1, sums.in_section_s / sums.seconds);
  list.add("zones_within_5K_of_setpoint", "1", 1, k.on_setpoint_s / k.followed_s);
  list.add("setpoint_changes", "1", 0, static_cast<double>(sums.changes));
  list.add("setpoint_changes_unsettled", "1", -1, static_cast<double>(sums.unsettled));
  list.add("settling_mean_min", "min", -1, sums.settling_s.mean() / 60);
  list.add("settling_most_min", "min", -1, sums.settling_s.high() / 60);
  list.add("overshoot_most", "1", -1, sums.overshoot.high());
}

void attending(const Kpi& k, List& list) {
  list.add("sheds", "1", -1, static_cast<double>(k.sheds));
  list.of_runtime("alarms", "1", -1, static_cast<double>(k.alarms.count()));
  list.of_runtime("alarm_flood_min", "min", -1, k.alarms.flood_min());
  list.of_runtime("alarms_chattering", "1", -1, static_cast<double>(k.alarms.chattering()));
  list.of_runtime("alarms_repeated_share", "1", -1, k.alarms.repeats());
  list.of_runtime("operator_actions", "1", -1, static_cast<double>(k.operator_actions));
  list.of_runtime("proposals_expired", "1", -1, static_cast<double>(k.proposals_expired));
  list.of_runtime("deadlines_missed", "1", -1, static_cast<double>(k.deadlines_missed));
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const std::string duty(domain::name(static_cast<domain::Duty>(d)));
    list.add(duty + "_writes_per_day", "1/d", -1, k.effort[d].writes_per_day);
    list.add(duty + "_most_writes_per_day", "1/d", -1, k.effort[d].most_writes_per_day);
    list.of_runtime(duty + "_guard_share", "1", -1, k.guard[d].rate());
    list.of_runtime(duty + "_filter_changed_share", "1", -1, k.guard[d].filtered());
    list.of_runtime(duty + "_guard_mean_change", "unit", -1, k.guard[d].mean_change());
    list.of_runtime(duty + "_service_factor", "1", 1, k.service[d].factor());
  }
  list.of_machine("controllers_ratio", "1", k.controllers_ratio);
  list.of_machine("peak_MB", "MB", k.peak_MB);
}

void running(const Kpi& k, List& list) {
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const std::string duty(domain::name(static_cast<domain::Duty>(d)));
    list.add(duty + "_travel_per_h", "unit/h", -1, k.effort[d].travel_per_h);
    list.add(duty + "_moves_per_h", "1/h", -1, k.effort[d].moves_per_h);
    list.add(duty + "_reversals_per_h", "1/h", -1, k.effort[d].reversals_per_h);
  }
  list.of_runtime("guard_rejections", "1", -1, static_cast<double>(k.guard_rejections));
  list.of_runtime("guard_clips", "1", -1, static_cast<double>(k.guard_clips));
  list.of_runtime("ladder_moves", "1", -1, static_cast<double>(k.ladder_moves));
  list.add("hard_violations", "1", -1, static_cast<double>(k.hard_violations()));
  list.add("face_over_trip_Ks", "K s", -1, k.face_K.integral());
  list.add("pressure_outside_s", "s", -1, k.pressure_Pa.seconds());
  list.add("soak_oxygen_low_s", "s", -1, k.oxygen.seconds());
  list.add("near_trip_min", "min", -1, k.near_trip_min);
  list.add("hottest_element_degC", "degC", -1, k.hottest_element_degC);
  list.of_runtime("warnings", "1", -1, static_cast<double>(k.warnings));
  list.of_runtime("errors", "1", -1, static_cast<double>(k.errors));
  list.of_machine("controllers_us", "us", k.controllers_us);
  list.of_machine("controllers_high_us", "us", k.controllers_high_us);
  list.of_machine("controllers_most_us", "us", k.controllers_most_us);
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const std::string duty(domain::name(static_cast<domain::Duty>(d)));
    for (const RungTime& rung : k.rungs[d]) {
      list.of_runtime(duty + "_on_" + rung.name, "1", 0, rung.share);
    }
  }
}

std::string number(double value) {
  if (!std::isfinite(value)) return "null";
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

}  // namespace

std::string_view key(Defect defect) noexcept {
  for (std::size_t d = 0; d < kKeys.size(); ++d) {
    if (static_cast<material::Defects>(defect) == 1U << d) return kKeys[d];
  }
  return "none";
}

void tally(Kpi& kpi, const kiln::SaggarReport& report, double saggars) {
  const double kg = saggars * report.product_kg;
  kpi.product_kg += kg;
  kpi.off_spec_kg += report.defects != 0 ? kg : 0.0;
  kpi.wide_spec_kg += (report.defects & ~kPeaks) != 0 ? kg : 0.0;
  for (std::size_t d = 0; d < kKeys.size(); ++d) {
    const auto bit = static_cast<material::Defects>(1U << d);
    if ((report.defects & bit) != 0) kpi.defect_kg[d] += kg;
    if (report.defects == bit) kpi.only_kg[d] += kg;
  }
  kpi.size_nm.add(report.mean.size_nm);
  kpi.mixing.add(report.mean.mixing);
  kpi.size_within_nm.add(report.size_spread_nm);
  kpi.mixing_within.add(report.mixing_spread);
  kpi.hottest_degC.add(report.hottest_degC);
  kpi.coldest_peak_degC.add(report.coldest_peak_degC);
  tally(kpi.lots[report.lot], report, saggars);
}

std::vector<Figure> figures(const Kpi& kpi) {
  List list;
  list.add("hours", "h", 0, kpi.hours);
  economy(kpi, list);
  tracking(kpi, list);
  running(kpi, list);
  following(kpi, list);
  attending(kpi, list);
  for (Figure& figure : list.out) {
    const bool stands = kpi.hours > 0 || figure.machine || figure.name == "hours";
    if (!stands) figure.value = std::nan("");  // a count of nothing that was looked at is no 0
  }
  return std::move(list.out);
}

std::vector<Figure> detail_figures(const Kpi& kpi) {
  List list;
  for (std::size_t z = 0; z < kpi.zones.size(); ++z) {
    const TrackingSums& sums = kpi.zones[z];
    if (!(sums.seconds > 0)) continue;
    const std::string zone = (z < 9 ? "zone0" : "zone") + std::to_string(z + 1) + "_";
    list.add(zone + "mean_K", "K", 0, sums.mean_K());
    list.add(zone + "mean_abs_K", "K", -1, sums.mean_abs_K());
    list.add(zone + "ise_K2h", "K2 h", -1, sums.squared_K2s / 3600);
    list.add(zone + "itae_Kh2", "K h2", -1, sums.late_Ks2 / 3600 / 3600);
    list.add(zone + "most_K", "K", -1, sums.most_K);
    list.add(zone + "within_1K", "1", 1, sums.inside_s / sums.seconds);
    list.add(zone + "within_5K", "1", 1, sums.in_section_s / sums.seconds);
    list.add(zone + "settling_most_min", "min", -1, sums.settling_s.high() / 60);
    list.add(zone + "overshoot_most", "1", -1, sums.overshoot.high());
  }
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const std::string duty(domain::name(static_cast<domain::Duty>(d)));
    for (const auto& [reason, cycles] : kpi.service[d].away()) {
      list.add(duty + "_away_" + std::string(domain::name(reason)), "1", 0,
               kpi.service[d].share(cycles));
    }
  }
  for (Figure& figure : lot_figures(kpi.lots)) list.out.push_back(std::move(figure));
  return std::move(list.out);
}

std::string json(const Kpi& kpi) {
  std::string out = "{";
  for (const Figure& figure : figures(kpi)) {
    out += "\"" + figure.name + "\": " + number(figure.value) + ", ";
  }
  std::string shares, means;
  for (const Bands& zone : kpi.by_zone) {
    shares += (shares.empty() ? "" : ", ") + number(zone.share(zone.wide));
    means += (means.empty() ? "" : ", ") + number(zone.mean_K());
  }
  return out + "\"settled_within_5K_by_zone\": [" + shares + "], \"settled_mean_K_by_zone\": [" +
         means + "]}";
}

}  // namespace saggar::suite
