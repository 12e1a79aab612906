#include "runtime/app/standing_faults.hpp"

#include "runtime/app/digest_text.hpp"
#include "runtime/record/event_text.hpp"

namespace saggar::app {

using domain::EventCode;
using domain::Reason;

StandingFaults::StandingFaults(const domain::Plant& plant, const record::Names& names)
    : plant_(plant), names_(names), began_(plant.mvs.size()) {}

void StandingFaults::note(const domain::Event& event) {
  if (event.code == EventCode::mv_fault && event.a < began_.size()) began_[event.a] = event;
  const bool begins = event.code == EventCode::estimator_finding;
  if (!begins && event.code != EventCode::estimator_finding_ended) return;
  std::erase_if(findings_,
                [&](const domain::Event& e) { return e.a == event.a && e.b == event.b; });
  if (begins && findings_.size() < kMostFindings) findings_.push_back(event);
}

void StandingFaults::add(const domain::Record& record) {
  for (const domain::Event& event : record.events) {
    note(event);
  }
  mvs_.clear();
  for (std::size_t i = 0; i < record.modes.size() && i < began_.size(); ++i) {
    if (record.modes[i].why == Reason::mv_fault) mvs_.push_back(static_cast<domain::MvId>(i));
  }
  controllers_.clear();
  for (std::size_t i = 0; i < record.proposals.size(); ++i) {
    const domain::Proposal& proposal = record.proposals[i];
    if (proposal.status == domain::ProposalStatus::fault) {
      controllers_.push_back({i, proposal.reason});
    }
  }
  for (std::size_t i = 0; i < record.estimators.size(); ++i) {
    const domain::EstimatorReport& report = record.estimators[i];
    if (report.status != domain::ProposalStatus::fault) continue;
    controllers_.push_back({record.proposals.size() + i, report.reason});
  }
}

std::vector<wire::DigestTrouble> StandingFaults::troubles() const {
  std::vector<wire::DigestTrouble> all;
  if (mvs_.size() > kOneByOne) {
    all.push_back(of_many());
  } else {
    for (const domain::MvId mv : mvs_) all.push_back(of_mv(mv));
  }
  for (const Broken& broken : controllers_) all.push_back(of_controller(broken));
  for (const domain::Event& began : findings_) all.push_back(of_finding(began));
  return all;
}

/// With its figures where they are known: after a restart from a saved state they are not.
std::string StandingFaults::cause(domain::MvId mv, bool korean) const {
  const domain::Event& began = began_[mv];
  if (began.code == EventCode::mv_fault) return record::event_text(began, names_, korean);
  return names_.mvs[mv] + ": " + std::string(domain::text(Reason::mv_fault, korean));
}

/// The figures are those of when it began.
wire::DigestTrouble StandingFaults::of_finding(const domain::Event& began) const {
  return {began.code,
          domain::severity(began.code),
          record::event_text(began, names_, false),
          record::event_text(began, names_, true),
          std::string(domain::response(began.code)),
          "제품에 나타나기 전에 해당 위치를 점검하세요."};
}

wire::DigestTrouble StandingFaults::of_mv(domain::MvId mv) const {
  const bool heat = plant_.mvs[mv].duty == domain::Duty::heat;
  const std::string ack = "saggar ack " + as_argument(names_.mvs[mv]);
  return {EventCode::mv_fault,
          domain::severity(EventCode::mv_fault),
          cause(mv, false),
          cause(mv, true),
          std::string("Check ") +
              (heat ? "the furnace controller of this zone" : "the device of this output") +
              ", then: " + ack,
          std::string(heat ? "이 존의 온도 조절계" : "이 조작량의 기기") + "를 점검한 뒤: " + ack};
}

wire::DigestTrouble StandingFaults::of_many() const {
  std::vector<std::string> names;
  for (const domain::MvId mv : mvs_) names.push_back(names_.mvs[mv]);
  return {
      EventCode::mv_fault,
      domain::severity(EventCode::mv_fault),
      record::some_of(names, "MVs", false) +
          " are in fault; the first: " + cause(mvs_.front(), false),
      record::some_of(names, "MV", true) + " 고장; 첫 번째: " + cause(mvs_.front(), true),
      "Check what they have in common and their furnace controllers, then: saggar ack (all), or "
      "one by one: saggar ack " +
          as_argument(names.front()),
      "공통 원인과 온도 조절계를 점검한 뒤: saggar ack (전부), 또는 하나씩: saggar ack " +
          as_argument(names.front())};
}

wire::DigestTrouble StandingFaults::of_controller(const Broken& broken) const {
  const std::string name = broken.controller < names_.controllers.size()
                               ? names_.controllers[broken.controller]
                               : std::to_string(broken.controller);
  const std::string restart = "saggar restart " + as_argument(name);
  const auto sentence = [&](bool korean) {
    return name + (korean ? ": 고장, " : ": in fault, ") +
           std::string(domain::text(broken.reason, korean));
  };
  return {EventCode::controller_fault,
          domain::severity(EventCode::controller_fault),
          sentence(false),
          sentence(true),
          "Tell the vendor; when the cause is known: " + restart,
          "공급사에 알리고 원인을 찾은 뒤: " + restart};
}

}  // namespace saggar::app
