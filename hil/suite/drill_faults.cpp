#include "hil/suite/drill_faults.hpp"

#include "hil/faults/drill_intent.hpp"

namespace saggar::suite {
namespace {

constexpr std::string_view kStation = "drill";

}  // namespace

DrillFaults::DrillFaults(const scenario::Scenario& story) {
  const std::vector<faults::Fault> events = story.faults();
  for (std::size_t i = 0; i < events.size(); ++i) {
    const faults::Fault& event = events[i];
    if (faults::realised_by(event.fault) != faults::RealisedBy::drill) continue;
    const std::string field = "event[" + std::to_string(i) + "].target";
    Order order{event.time_s, event.target, field, faults::misbehave(event, 0)};
    order.intent.id = 2 * statements_.size() + 1;
    order.intent.who.assign("suite");
    order.intent.station.assign(kStation);
    order.intent.reason.assign(faults::name(event.fault));
    orders_.push_back(order);
    if (event.duration_s > 0) {
      order.time_s += event.duration_s;
      order.intent = faults::behave(0);
      order.intent.id = 2 * statements_.size() + 2;
      order.intent.who.assign("suite");
      order.intent.station.assign(kStation);
      order.intent.reason.assign("end of the fault");
      orders_.push_back(order);
    }
    statements_.push_back({event, faults::State::waiting, {}});
  }
}

bool DrillFaults::ordered(const domain::Intent& intent) noexcept {
  return intent.station.view() == kStation;
}

void DrillFaults::add(const domain::Record& record) {
  if (statements_.empty()) return;
  for (const domain::IntentAnswer& answer : record.answers) {
    if (answer.station.view() != kStation || answer.id == 0) continue;
    const std::size_t i = (answer.id - 1) / 2;
    if (i >= statements_.size()) continue;
    const bool done = answer.kind == domain::AnswerKind::done;
    faults::Statement& statement = statements_[i];
    if (answer.id % 2 == 0) {
      // What never began cannot end, and what was not told to end goes on.
      if (done && statement.state == faults::State::active) statement.state = faults::State::over;
      continue;
    }
    statement.state = done ? faults::State::active : faults::State::not_realised;
    if (!done) statement.why_not = domain::name(answer.reason);
  }
}

}  // namespace saggar::suite
