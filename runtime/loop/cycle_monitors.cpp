// What the monitors outside of the controllers found, on its way to ladder, trust, record and
// events.
#include "runtime/loop/cycle.hpp"

namespace saggar::loop {

using domain::Event;
using domain::EventCode;
using domain::MonitorReport;
using domain::Reason;

namespace {

double largest_share(const MonitorReport& report) noexcept {
  double most = 0;
  for (const double share : {report.distance, report.spread, report.residual}) {
    if (share > most) most = share;
  }
  return most;
}

}  // namespace

/// Why a controller is not believed; none: it is, or nobody watches it.
Reason Cycle::doubt(domain::ControllerId controller) const noexcept {
  const MonitorReport* report = roster_.watched(controller);
  return report == nullptr ? Reason::none : report->reason;
}

void Cycle::tell(const MonitorReport& before, const MonitorReport& now,
                 domain::Bounded<Event>& events) noexcept {
  const std::uint16_t id = now.controller;
  if (now.reason != before.reason) {
    if (now.reason == Reason::not_believed) {
      events.push({EventCode::belief_lost, id, now.over, largest_share(now), 0});
    } else if (now.reason == Reason::inputs_differ) {
      events.push({EventCode::inputs_differ, id, now.differs, now.difference, 0});
    } else {
      events.push({EventCode::belief_regained, id});
    }
  }
  if (now.drift != before.drift) {
    events.push(
        {EventCode::drift_changed, id, static_cast<std::uint16_t>(now.drift), now.drift_level, 0});
  }
  if (now.coverage_off && !before.coverage_off) {
    events.push({EventCode::coverage_off, id, 0, 100 * now.coverage, 0});
  }
}

/// Drift that asks for action costs a level, once (SC-83).
void Cycle::note_monitors(domain::Record& record) noexcept {
  for (std::size_t i = 0; i < monitors_.size(); ++i) {
    const domain::ControllerId id = monitors_[i].controller;
    MonitorReport now = *roster_.watched(id);
    now.controller = id;
    tell(monitors_[i], now, record.events);
    if (now.drift == domain::Drift::act && monitors_[i].drift != domain::Drift::act) {
      trust_.demote_one(id, Reason::drift, record.cycle, record.events);
    }
    record.monitors[i] = monitors_[i] = now;
  }
}

void Cycle::serialize_monitors(domain::Archive& archive) {
  for (MonitorReport& r : monitors_) {
    archive(r.controller, r.periods, r.distance, r.spread, r.residual, r.band, r.coverage, r.bias,
            r.difference, r.differs, r.drift_level, r.coverage_off, r.over, r.drift, r.reason);
  }
}

}  // namespace saggar::loop
