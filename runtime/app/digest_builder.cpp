#include "runtime/app/digest_builder.hpp"

#include <algorithm>
#include <limits>

#include "runtime/record/event_text.hpp"

namespace saggar::app {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double value_of(const domain::Record& record, domain::TagId tag) {
  return tag == domain::kNoTag ? kNone : record.screened.samples[tag].value;
}

}  // namespace

DigestBuilder::DigestBuilder(const domain::Plant& plant, record::Names names, wire::Pacing pacing)
    : plant_(plant), names_(std::move(names)), pacing_(pacing), faults_(plant_, names_) {}

void DigestBuilder::add(const domain::Record& record) {
  cycle_time_.add(record.timing.duration_ns);
  for (std::size_t g = 0; g < domain::kGateCount; ++g) {
    for (std::size_t o = 0; o < domain::kOutcomeCount; ++o) gates_[g][o] += record.gates[g][o];
  }
  faults_.add(record);
  off_.add(record);
  for (wire::DigestEvent& event : grouped_events(record, names_, off_)) keep(std::move(event));
}

void DigestBuilder::keep(wire::DigestEvent event) {
  events_.push_back(std::move(event));
  if (events_.size() > kEvents) events_.pop_front();
}

void DigestBuilder::note(std::uint64_t cycle, const domain::Event& event,
                         const std::string& cause) {
  const std::string behind = cause.empty() ? "" : " (" + cause + ")";
  keep({cycle, event.code, domain::severity(event.code),
        record::event_text(event, names_, false) + behind,
        record::event_text(event, names_, true) + behind});
}

wire::DigestLoop DigestBuilder::loop_of(const domain::Record& record, domain::MvId id) const {
  const domain::Mv& mv = plant_.mvs[id];
  wire::DigestLoop loop;
  loop.tag = plant_.tags[mv.tag].name;
  loop.unit = plant_.tags[mv.tag].unit;
  loop.duty = mv.duty;
  loop.zone = mv.zone;
  loop.loop = mv.loop;
  loop.recipe_sp = record.recipe[id];
  loop.working_sp = value_of(record, mv.working);
  loop.requested_sp = record.command.value[id];
  loop.pv = value_of(record, mv.pv);
  if (mv.pv != domain::kNoTag) loop.quality = record.screened.samples[mv.pv].quality;
  loop.target = record.modes[id].target;
  loop.actual = record.modes[id].actual;
  loop.output_percent = value_of(record, mv.output);
  loop.limited = record.modes[id].limited;
  loop.why = record.modes[id].why;
  return loop;
}

wire::DigestDuty DigestBuilder::duty_of(const domain::Record& record, std::size_t d) const {
  const domain::DutyDecision& decision = record.decisions[d];
  wire::DigestDuty duty;
  duty.duty = static_cast<domain::Duty>(d);
  duty.state = record.applications[d];
  duty.rung = decision.rung;
  duty.rungs = names_.rungs[d];
  if (decision.controller < names_.controllers.size()) {
    duty.controller = names_.controllers[decision.controller];
  }
  duty.reason = decision.reason;
  if (const OffCause& cause = off_.of(d);
      decision.rung >= duty.rungs.size() && cause.reason != domain::Reason::none) {
    duty.reason = cause.reason;
    duty.ended_by = cause.lost;
  }
  duty.blocked.assign(decision.blocked.begin(), decision.blocked.begin() + duty.rungs.size());
  duty.since_cycle = decision.since_cycle;
  duty.missing_permissives = decision.missing;
  duty.climb_blocked = decision.climb_needs;
  return duty;
}

wire::DigestTrust DigestBuilder::trust_of(const domain::TrustReport& report,
                                          std::size_t row) const {
  wire::DigestTrust trust;
  if (report.controller < names_.controllers.size()) {
    trust.controller = names_.controllers[report.controller];
  }
  if (row < names_.groups.size()) trust.group = names_.groups[row];
  trust.duty = duty_with(trust.controller);
  trust.level = report.level;
  trust.reason = report.reason;
  trust.card = report.card;
  trust.shown = report.shown;
  trust.accepted = report.accepted;
  trust.modified = report.modified;
  trust.rejected = report.rejected;
  trust.expired = report.expired;
  return trust;
}

/// The duty in whose ladder it stands; heat where it stands in none.
domain::Duty DigestBuilder::duty_with(const std::string& controller) const {
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const std::vector<std::string>& rungs = names_.rungs[d];
    if (std::find(rungs.begin(), rungs.end(), controller) != rungs.end()) {
      return static_cast<domain::Duty>(d);
    }
  }
  return domain::Duty::heat;
}

wire::DigestMonitor DigestBuilder::monitor_of(const domain::MonitorReport& report) const {
  wire::DigestMonitor monitor;
  if (report.controller < names_.controllers.size()) {
    monitor.controller = names_.controllers[report.controller];
  }
  monitor.duty = duty_with(monitor.controller);
  monitor.distance = report.distance;
  monitor.spread = report.spread;
  monitor.residual = report.residual;
  monitor.band = report.band;
  monitor.coverage = report.coverage;
  monitor.bias = report.bias;
  monitor.over = report.over;
  monitor.drift = report.drift;
  monitor.reason = report.reason;
  monitor.periods = report.periods;
  return monitor;
}

wire::Digest DigestBuilder::build(const domain::Record& record, const LiveState& live) const {
  wire::Digest digest;
  digest.cycle = record.cycle;
  digest.time_ns = record.time_ns;
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) digest.duties.push_back(duty_of(record, d));
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    digest.loops.push_back(loop_of(record, static_cast<domain::MvId>(i)));
  }
  for (std::size_t i = 0; i < record.trust.size(); ++i) {
    digest.trust.push_back(trust_of(record.trust[i], i));
  }
  for (const domain::MonitorReport& report : record.monitors) {
    digest.monitors.push_back(monitor_of(report));
  }
  digest.heartbeat = record.command.heartbeat;
  digest.link_up = digest.link.up = record.frame.link_up;
  digest.frame_age_s = static_cast<double>(record.time_ns - record.frame.time_ns) * 1e-9;
  refresh(digest, live);
  return digest;
}

void DigestBuilder::refresh(wire::Digest& digest, const LiveState& live) const {
  digest.kiln = plant_.name;
  digest.pacing = pacing_;
  digest.gates = gates_;
  digest.cycle_p50_us = static_cast<double>(cycle_time_.p50_ns()) * 1e-3;
  digest.cycle_p99_us = static_cast<double>(cycle_time_.p99_ns()) * 1e-3;
  digest.cycle_p999_us = static_cast<double>(cycle_time_.p999_ns()) * 1e-3;
  digest.cycle_max_us = static_cast<double>(cycle_time_.max_ns()) * 1e-3;
  digest.overruns = live.overruns;
  digest.records_dropped = live.records_dropped;
  digest.records_lost = live.records_lost;
  digest.log_lines_lost = live.log_lines_lost;
  digest.journal = live.journal == nullptr ? wire::JournalState::none
                   : live.journal->failing ? wire::JournalState::failing
                                           : wire::JournalState::well;
  digest.journal_records = live.journal != nullptr ? live.journal->written : 0;
  if (live.heartbeat) digest.heartbeat = *live.heartbeat;
  if (live.link) {
    digest.link = *live.link;
    digest.link_up = live.link->up;
  }
  digest.troubles = faults_.troubles();
  digest.troubles.insert(digest.troubles.end(), live.troubles.begin(), live.troubles.end());
  digest.events.assign(events_.begin(), events_.end());
}

}  // namespace saggar::app
