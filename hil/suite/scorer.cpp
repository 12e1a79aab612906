#include "hil/suite/scorer.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>

#include "hil/material/bed_properties.hpp"
#include "hil/suite/drill_faults.hpp"

namespace saggar::suite {

using domain::Action;
using domain::Outcome;
using material::kZeroCelsius_K;

namespace {
constexpr std::size_t kMost_us = 200000;  ///< slower steps count as this slow in the percentile
constexpr double kQuarter_s = 900;

/// Of this process since it began.
double peak_MB() noexcept {
  rusage usage{};
  return getrusage(RUSAGE_SELF, &usage) == 0 ? static_cast<double>(usage.ru_maxrss) / 1024 : 0;
}
}  // namespace

Scorer::Scorer(const domain::Plant& plant, const kiln::Kiln& kiln,
               const std::array<std::vector<std::string>, domain::kDutyCount>& rungs,
               const KpiRules& rules)
    : plant_(plant),
      kiln_(kiln),
      rules_(rules),
      target_degC_(plant.zones, 0.0),
      travel_(plant.mvs.size()),
      writes_(plant.mvs.size(), 0),
      tracking_(plant.mvs.size(), Tracking(rules.tracking)),
      trips_(kiln.load().beds().capacity() + kiln.load().tracks()),
      start_s_(1e-9 * static_cast<double>(kiln.time_ns())),
      next_s_(start_s_),
      last_s_(start_s_),
      step_us_(kMost_us + 1, 0) {
  kpi_.by_zone.resize(plant.zones);
  kpi_.zones.resize(plant.zones);
  kpi_.alarms = Alarms(rules.alarms);
  kpi_.pressure_Pa = Excursions(rules.pressure_hold_s);
  kpi_.oxygen = Excursions(rules.soak_oxygen_hold_s);
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    on_rung_[d].assign(rungs[d].size(), 0);
    for (const std::string& name : rungs[d]) kpi_.rungs[d].push_back({name, 0});
  }
  for (Trip& trip : trips_) trip.column = ~std::uint64_t{0};
  exits_ = kiln.load().exits().count();
}

std::size_t Scorer::zone_at(double position_m) const noexcept {
  const double length = kiln_.layout().zone_length_m;
  if (position_m < 0) return plant_.zones;
  return std::min<std::size_t>(plant_.zones, static_cast<std::size_t>(position_m / length));
}

void Scorer::begin() {
  judging_ = true;
  from_ = kiln_.ledger();
  quarter_J_ = from_.electric_J;
  quarter_s_ = last_s_;
}

void Scorer::add(const domain::Record& record) {
  const double now_s = 1e-9 * static_cast<double>(kiln_.time_ns());
  const double dt_s = now_s - last_s_;
  last_s_ = now_s;
  if (judging_) {
    kpi_.hours += dt_s / 3600.0;
    count(record);
    attend(record, dt_s);
    track(record, dt_s);
    watch_limits(dt_s);
    follow_power();
  }
  if (now_s >= next_s_) look(record);
  if (!judging_ && now_s - start_s_ >= rules_.warm_up_s) begin();
}

void Scorer::look(const domain::Record& record) {
  next_s_ += rules_.sample_s;
  std::vector<double> loops(plant_.zones, 0.0);
  std::fill(target_degC_.begin(), target_degC_.end(), 0.0);
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    if (plant_.mvs[i].duty != domain::Duty::heat) continue;
    target_degC_[plant_.mvs[i].zone] += record.recipe[i];
    ++loops[plant_.mvs[i].zone];
  }
  for (std::size_t k = 0; k < plant_.zones; ++k) target_degC_[k] /= std::max(1.0, loops[k]);
  if (judging_) sense(record);
  follow_columns(rules_.sample_s, judging_);
  take_exits(judging_);
}

void Scorer::count(const domain::Record& record) {
  ++cycles_;
  for (const auto& gate : record.gates) {
    kpi_.guard_rejections += gate[static_cast<std::size_t>(Outcome::reject)];
    kpi_.guard_clips += gate[static_cast<std::size_t>(Outcome::clip)];
  }
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    if (record.command.action[i] == Action::release) travel_[i].release();
    if (record.command.action[i] != Action::write) continue;
    travel_[i].write(record.command.value[i]);
    ++writes_[i];
  }
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const std::uint8_t rung = record.decisions[d].rung;
    kpi_.ladder_moves += record.decisions[d].moved ? 1 : 0;
    if (rung < on_rung_[d].size()) ++on_rung_[d][rung];
    kpi_.service[d].add(record.decisions[d]);
  }
  watch_guard(plant_, record, kpi_.guard);
  const double us = 1e-3 * static_cast<double>(record.timing.controllers_ns);
  spent_us_ += us;
  kpi_.controllers_most_us = std::max(kpi_.controllers_most_us, us);
  bool ran = false;
  for (const domain::Proposal& proposal : record.proposals) {
    ran = ran || proposal.job != domain::JobFact::none;
    const bool missed =
        proposal.job == domain::JobFact::late || proposal.job == domain::JobFact::skipped;
    kpi_.deadlines_missed += missed ? 1 : 0;
  }
  if (!ran) return;
  ++steps_;
  ++step_us_[std::min(kMost_us, static_cast<std::size_t>(us))];
}

void Scorer::attend(const domain::Record& record, double dt_s) {
  kpi_.alarms.pass(last_s_, dt_s);
  for (const domain::Event& event : record.events) {
    using domain::EventCode;
    kpi_.warnings += domain::severity(event.code) == domain::Severity::warn ? 1 : 0;
    kpi_.errors += domain::severity(event.code) == domain::Severity::error ? 1 : 0;
    const bool shed = event.code == EventCode::mode_shed || event.code == EventCode::rung_lost;
    kpi_.sheds += shed ? 1 : 0;
    kpi_.alarms.add(event);
  }
  for (const domain::Intent& intent : record.intents) {
    kpi_.operator_actions += DrillFaults::ordered(intent) ? 0 : 1;
  }
  for (const domain::GuardAction& action : record.guard_actions) {
    const bool stale = action.limit == domain::Reason::stale_request;
    kpi_.proposals_expired += stale && action.outcome == Outcome::reject ? 1 : 0;
  }
}

void Scorer::track(const domain::Record& record, double dt_s) {
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    const domain::Mv& mv = plant_.mvs[i];
    if (mv.duty != domain::Duty::heat || mv.pv >= record.screened.samples.size()) continue;
    const domain::Sample& sample = record.screened.samples[mv.pv];
    const bool good = sample.quality == domain::Quality::good;
    tracking_[i].add(good ? sample.value : std::nan(""), record.recipe[i], dt_s);
    const domain::Sample& working = record.screened.samples[mv.working];
    if (!good || !working.usable()) continue;
    kpi_.followed_s += dt_s;
    kpi_.on_setpoint_s += std::abs(sample.value - working.value) <= rules_.wide_K ? dt_s : 0.0;
  }
}

void Scorer::watch_limits(double dt_s) {
  const kiln::Chamber& chamber = kiln_.chamber();
  const std::vector<double>&face = chamber.face_K(), &element = chamber.element_K();
  double over = -1e9;
  for (std::size_t i = 0; i < face.size(); ++i) {
    const double trip_K = kiln_.layout().trip_K[i % plant_.zones];
    if (trip_K > kZeroCelsius_K) over = std::max(over, face[i] - trip_K);
    kpi_.hottest_element_degC = std::fmax(kpi_.hottest_element_degC, element[i] - kZeroCelsius_K);
  }
  kpi_.face_K.add(over, dt_s);
  kpi_.near_trip_min += over > -rules_.near_trip_K ? dt_s / 60.0 : 0.0;
  const double pressure = chamber.gas().pressure_Pa();
  kpi_.pressure_Pa.add(
      std::max(rules_.pressure_low_Pa - pressure, pressure - rules_.pressure_high_Pa), dt_s);
  double lack = -1;
  const double least = kiln_.layout().air ? rules_.soak_oxygen_low_in_air : rules_.soak_oxygen_low;
  for (std::size_t k = 0; k < plant_.zones; ++k) {
    if (!plant_.soak_zone[k]) continue;
    lack = std::max(lack, least - chamber.gas().fraction(kiln::kO2, k));
  }
  kpi_.oxygen.add(lack, dt_s);
}

void Scorer::follow_power() {
  if (last_s_ - quarter_s_ < kQuarter_s - 1e-6) return;
  const double energy = kiln_.ledger().electric_J;
  kpi_.peak_kW = std::fmax(kpi_.peak_kW, 1e-3 * (energy - quarter_J_) / (last_s_ - quarter_s_));
  quarter_J_ = energy;
  quarter_s_ = last_s_;
}

void Scorer::sense(const domain::Record& record) {
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    const domain::Mv& mv = plant_.mvs[i];
    if (mv.duty != domain::Duty::heat || !plant_.soak_zone[mv.zone]) continue;
    const domain::Sample& sample = record.screened.samples[mv.pv];
    if (sample.quality != domain::Quality::good) continue;
    const double error = sample.value - record.recipe[i];
    kpi_.sensor_K.add(error);
    sensor_abs_K_ += std::abs(error);
    ++sensors_;
    sensors_within_ += std::abs(error) <= 1.0 ? 1 : 0;
  }
}

void Scorer::follow_columns(double dt_s, bool judged) {
  const kiln::Load& load = kiln_.load();
  const kiln::Beds& beds = load.beds();
  for (std::size_t j = 0; j < beds.count(); ++j) {
    const std::uint64_t column = load.fed() - 1 - j / load.tracks();
    const std::uint64_t row = column * load.tracks() + j % load.tracks();
    Trip& trip = trips_[row % trips_.size()];
    if (trip.column != column) trip = Trip{column};
    const double at_m = load.position_m()[j];
    const std::size_t zone = zone_at(at_m);
    const bool soaks = zone < plant_.zones && plant_.soak_zone[zone];
    if (soaks) trip.soaked_s += dt_s;
    LotKpi* lot = judged ? &kpi_.lots[load.lot_steps().lot_of(column)] : nullptr;
    if (judged && soaks) judge_bed(j, zone, trip.soaked_s > rules_.settled_s, *lot);
    if (trip.dried) continue;
    bool dry = true;
    for (std::size_t n = 0; dry && n < beds.layers() * beds.nodes(); ++n) {
      dry = beds.dry(j, n / beds.nodes(), n % beds.nodes(), rules_.dry_share);
    }
    if (!dry) trip.was_wet = true;
    trip.dried = dry;
    // One that was never seen wet was dry when the run began: nobody knows where it became so.
    if (!dry || !trip.was_wet || !judged) continue;
    kpi_.dry_m.add(at_m);
    lot->dry_m.add(at_m);
  }
}

void Scorer::judge_bed(std::size_t bed, std::size_t zone, bool settled, LotKpi& lot) {
  const kiln::Beds& beds = kiln_.load().beds();
  for (std::size_t layer = 0; layer < beds.layers(); ++layer) {
    for (std::size_t i = 0; i < beds.nodes(); ++i) {
      const double now_K = beds.row(beds.temperature_K, beds.top_row(layer) + i)[bed];
      const double error = now_K - kZeroCelsius_K - target_degC_[zone] - rules_.target_offset_K;
      kpi_.soak.add(error, rules_.narrow_K, rules_.wide_K);
      if (!settled) continue;
      kpi_.settled.add(error, rules_.narrow_K, rules_.wide_K);
      kpi_.by_zone[zone].add(error, rules_.narrow_K, rules_.wide_K);
      lot.settled.add(error, rules_.narrow_K, rules_.wide_K);
    }
  }
}

void Scorer::take_exits(bool judged) {
  const kiln::Exits& exits = kiln_.load().exits();
  for (; exits_ < exits.count(); ++exits_) {
    const kiln::SaggarReport& report = exits[exits_];
    // What left in the last minute of the warm-up is judged with what the ledger counts.
    if (!judged || report.time_s <= start_s_ + rules_.warm_up_s) continue;
    tally(kpi_, report, kiln_.load().rows_per_bed());
  }
}

Kpi Scorer::kpi() const {
  Kpi out = kpi_;
  out.account =
      judging_ ? kiln::account_between(from_, kiln_.ledger(), out.hours) : kiln::Account{};
  const auto sensors = static_cast<double>(sensors_);  // 0 / 0: nothing to judge
  out.sensor_within_1K = static_cast<double>(sensors_within_) / sensors;
  out.sensor_mean_abs_K = sensor_abs_K_ / sensors;
  std::array<double, domain::kDutyCount> mvs{};
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    const auto d = static_cast<std::size_t>(plant_.mvs[i].duty);
    ++mvs[d];
    out.effort[d].travel_per_h += travel_[i].total();
    out.effort[d].moves_per_h += static_cast<double>(travel_[i].moves());
    out.effort[d].reversals_per_h += static_cast<double>(travel_[i].reversals());
    const double writes = static_cast<double>(writes_[i]) / std::max(1e-9, out.hours / 24);
    out.effort[d].writes_per_day += writes;
    out.effort[d].most_writes_per_day = std::max(out.effort[d].most_writes_per_day, writes);
    if (plant_.mvs[i].zone < out.zones.size()) out.zones[plant_.mvs[i].zone] += tracking_[i].sums();
  }
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const double over = std::max(1e-9, mvs[d] * out.hours);
    out.effort[d].travel_per_h /= over;
    out.effort[d].moves_per_h /= over;
    out.effort[d].reversals_per_h /= over;
    out.effort[d].writes_per_day /= std::max(1.0, mvs[d]);
    for (std::size_t r = 0; r < out.rungs[d].size(); ++r) {
      out.rungs[d][r].share = static_cast<double>(on_rung_[d][r]) /
                              static_cast<double>(std::max<std::uint64_t>(1, cycles_));
    }
  }
  out.controllers_us = spent_us_ / static_cast<double>(std::max<std::uint64_t>(1, cycles_));
  out.controllers_ratio = 1e-6 * spent_us_ / (3600 * out.hours);
  out.peak_MB = peak_MB();
  std::uint64_t slower = 0;
  for (std::size_t us = kMost_us + 1; us-- > 0;) {
    slower += step_us_[us];
    if (100 * slower <= steps_) continue;
    out.controllers_high_us = static_cast<double>(us + 1);
    break;
  }
  return out;
}

}  // namespace saggar::suite
