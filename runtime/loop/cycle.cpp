// The table of contents of the runtime: `Cycle::run`, then the stages in the order it calls them.
#include "runtime/loop/cycle.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace saggar::loop {

using domain::EventCode;
using domain::MvId;
using domain::Record;

namespace {

operate::IntentLimits intent_limits(const CycleSettings& settings, std::size_t controllers) {
  operate::IntentLimits limits;
  limits.controllers = controllers;
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    limits.rungs[d] = static_cast<std::uint8_t>(settings.ladders[d].rungs.size());
    for (const control::Rung& rung : settings.ladders[d].rungs) {
      if (rung.kind == control::RungKind::controller) limits.has_controller[d] = true;
    }
  }
  return limits;
}

}  // namespace

Cycle::Cycle(const domain::Plant& plant, CycleSettings settings, control::Roster roster,
             estimate::Estimators estimators)
    : plant_(plant),
      settings_(std::move(settings)),
      screening_(plant, settings_.screening),
      zone_mean_(plant, settings_.sensor_sigma_K),
      estimators_(std::move(estimators)),
      intents_(plant, intent_limits(settings_, roster.size() + estimators_.size())),
      modes_(plant, settings_.modes),
      applications_(plant, settings_.applications),
      roster_(std::move(roster)),
      trust_(plant.mvs.size(), settings_.trust),
      transfer_(plant, settings_.bleed_per_min),
      guard_(plant, settings_.guard),
      place_(plant.mvs.size()),
      working_(plant.mvs.size()),
      low_(plant.mvs.size()),
      high_(plant.mvs.size()),
      limited_(plant.mvs.size(), domain::Limited::no),
      free_(plant.mvs.size()),
      owner_(plant.mvs.size(), domain::kNoController) {
  if (settings_.filter) {
    filter_ = std::make_unique<filter::Filter>(plant, *settings_.filter);
    guard_.set_predictive(&filter::Filter::stage, filter_.get());
  }
  for (std::size_t i = 0; i < roster_.size(); ++i) {
    const auto id = static_cast<domain::ControllerId>(i);
    if (roster_.watched(id) == nullptr) continue;
    monitors_.emplace_back().controller = id;
  }
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    ladders_.emplace_back(settings_.ladders[d]);
    members_[d] = plant.of(static_cast<domain::Duty>(d));
    for (std::size_t k = 0; k < members_[d].size(); ++k) {
      place_[members_[d][k]] = static_cast<std::uint16_t>(k);
    }
  }
}

Record Cycle::prototype() const {
  return Record(plant_, zone_mean_.names().size() + estimators_.tags(), roster_.proposal_sizes(),
                estimators_.size(), trust_.reports().size(), monitors_.size());
}

void Cycle::serialize(domain::Archive& archive) {
  screening_.serialize(archive);
  estimators_.serialize(archive);
  intents_.serialize(archive);
  modes_.serialize(archive);
  applications_.serialize(archive);
  roster_.serialize(archive);
  for (control::Ladder& ladder : ladders_) ladder.serialize(archive);
  trust_.serialize(archive);
  transfer_.serialize(archive);
  guard_.serialize(archive);
  if (filter_) filter_->serialize(archive);
  serialize_monitors(archive);
  archive(owner_, bump_, limited_, last_sequence_, reused_, link_up_, started_, in_fault_);
}

void Cycle::snapshot(std::vector<std::uint8_t>& bytes) {
  bytes.clear();
  auto archive = domain::Archive::saving(bytes);
  serialize(archive);
}

void Cycle::run(Record& record, const Record* facts) noexcept {
  record.events.clear();
  if (!std::exchange(started_, true)) record.events.push({EventCode::runtime_started});
  note_frame(record);
  screening_.screen(record.time_ns, record.frame, record.screened, record.events);
  zone_mean_.estimate(record.screened, record.estimate);
  estimators_.estimate(record, fresh(record), facts);
  apply_intents(record);
  ask(record, facts);
  update_applications(record);
  update_modes(record);
  decide(record);
  compose(record);
  check(record);
  finish(record);
}

bool Cycle::fresh(const Record& record) const noexcept {
  return record.frame.sequence != 0 &&
         record.time_ns - record.frame.time_ns <= settings_.stale_frame_ns;
}

void Cycle::note_frame(Record& record) noexcept {
  const domain::Frame& frame = record.frame;
  if (frame.missed != 0) {
    record.events.push({EventCode::frame_gap, 0, 0, static_cast<double>(frame.missed), 0});
  }
  if (frame.clock_jump_ns != 0) {
    record.events.push(
        {EventCode::field_clock_jumped, 0, 0, static_cast<double>(frame.clock_jump_ns) * 1e-9, 0});
  }
  reused_ = std::exchange(last_sequence_, frame.sequence) == frame.sequence ? reused_ + 1 : 0;
  if (reused_ == 2) record.events.push({EventCode::frame_reused, 0, 0, 2, 0});
  if (std::exchange(link_up_, frame.link_up) != frame.link_up) {
    record.events.push({frame.link_up ? EventCode::link_up : EventCode::link_lost});
  }
}

void Cycle::apply_intents(Record& record) noexcept {
  record.intents.clear();
  record.answers.clear();
  intents_.apply(record.cycle, modes_, applications_, record.intents, record.answers,
                 record.events);
  const operate::Demands& demands = intents_.demands();
  if (demands.acknowledge) {
    for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
      const auto mv = static_cast<MvId>(i);
      if (demands.acknowledge_mv != domain::kNoMv && demands.acknowledge_mv != mv) continue;
      guard_.acknowledge(mv);
      modes_.set_fault(mv, false);
    }
  }
  serve_controllers(record);
}

/// Requests about one controller or estimator: what it says, or the trust in it, is the answer.
domain::Reason Cycle::serve(const domain::Intent& intent, Record& record) noexcept {
  if (operate::is_about_trust(intent.kind)) {
    return trust_.serve(intent, record.cycle, record.time_ns, record.events);
  }
  if (intent.controller >= roster_.size()) return estimators_.serve(intent);
  return roster_.serve(intent, modes_.blocks(), record.events);
}

void Cycle::serve_controllers(Record& record) noexcept {
  for (const operate::ControllerDemand& demand : intents_.demands().controllers) {
    const domain::Reason refused = serve(demand.intent, record);
    if (demand.intent.kind == domain::IntentKind::restart_controller) {
      for (control::Ladder& ladder : ladders_) ladder.pardon(demand.intent.controller);
      roster_.pardon(demand.intent.controller);
    }
    const operate::Verdict said = operate::verdict(refused);
    operate::note(demand.intent, said, record.events);
    if (demand.answer >= record.answers.size()) continue;
    record.answers[demand.answer].kind = said.kind;
    record.answers[demand.answer].reason = said.reason;
  }
}

double Cycle::working(MvId mv, const Record& record) const noexcept {
  const domain::Sample& sample = record.screened.samples[plant_.mvs[mv].working];
  return sample.usable() ? sample.value : guard_.last()[mv];
}

/// Every controller that is due steps; the others' proposals stand.
void Cycle::ask(Record& record, const Record* facts) noexcept {
  record.recipe = settings_.recipe;
  const std::vector<double>& reference = guard_.reference();
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    const domain::Mv& mv = plant_.mvs[i];
    const domain::MvLimits& limits = mv.limits;
    const double ceiling = mv.trip > 0 ? mv.trip - plant_.trip_margin_K : limits.high;
    const bool known = std::isfinite(reference[i]);
    const double centre = known ? reference[i] : record.recipe[i];
    working_[i] = working(static_cast<MvId>(i), record);
    low_[i] = std::max(limits.low, centre + limits.trim_low);
    high_[i] = std::min({limits.high, ceiling, centre + limits.trim_high});
    free_[i] = modes_.source(static_cast<MvId>(i)) == domain::Source::controller ? 1 : 0;
  }
  control::AskInputs in{
      record.cycle, record.time_ns, fresh(record), record.screened, working_, record.recipe,   low_,
      high_,        limited_,       free_,         owner_,          {},       &record.estimate};
  for (const control::Ladder& ladder : ladders_) {
    const control::Rung* rung = ladder.driving();
    if (rung != nullptr && rung->controller < domain::kMaxControllers) {
      in.driving[rung->controller] = true;
    }
  }
  for (const domain::ControllerId id : owner_) {
    if (id < domain::kMaxControllers) in.driving[id] = true;
  }
  roster_.ask(in, facts != nullptr ? &facts->proposals : nullptr, record.proposals);
  for (std::size_t i = 0; i < record.proposals.size(); ++i) {  // also of one that does not drive
    const domain::Proposal& proposal = record.proposals[i];
    const bool fault = proposal.status == domain::ProposalStatus::fault;
    if (fault && !in_fault_[i]) {
      record.events.push({EventCode::controller_fault, static_cast<std::uint16_t>(i),
                          static_cast<std::uint16_t>(proposal.reason)});
    }
    in_fault_[i] = fault;
  }
  note_monitors(record);
  trust_.update({record.cycle, record.time_ns, record.proposals, place_, working_, owner_, free_},
                record.events);
}

bool Cycle::has_recipe(std::size_t duty) const noexcept {
  return std::all_of(members_[duty].begin(), members_[duty].end(), [&](MvId mv) {
    return mv < settings_.recipe.size() && std::isfinite(settings_.recipe[mv]);
  });
}

void Cycle::update_applications(Record& record) noexcept {
  operate::ApplicationInputs in{
      record.cycle,    record.time_ns, settings_.supervisory_period_s, {}, {}, {},
      record.screened, modes_.blocks()};
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const control::Ladder& ladder = ladders_[d];
    for (const control::Rung& rung : ladder.settings().rungs) {
      if (rung.kind != control::RungKind::controller) continue;
      const domain::Proposal& proposal = record.proposals[rung.controller];
      if (proposal.status > domain::ProposalStatus::degraded) continue;
      if (!trust_.may_drive(rung.controller)) continue;
      if (doubt(rung.controller) != domain::Reason::none) continue;
      in.proposals[d] = &proposal;
      break;
    }
    const control::Rung* driving = ladder.driving();
    in.fallback_runs[d] = driving != nullptr && driving->kind != control::RungKind::controller;
    operate::Permissives& permissives = in.permissives[d];
    operate::read_field(plant_, static_cast<domain::Duty>(d), record.screened, modes_.blocks(),
                        permissives);
    double faults = 0;
    for (const MvId mv : members_[d]) faults += guard_.faulted(mv) ? 1 : 0;
    permissives[operate::Permissive::link] = record.frame.link_up ? 1 : 0;
    permissives[operate::Permissive::heartbeat] = fresh(record) ? 1 : 0;
    permissives[operate::Permissive::recipe] = has_recipe(d) ? 1 : 0;
    permissives[operate::Permissive::faults] = faults;
    permissives[operate::Permissive::controller] = in.proposals[d] != nullptr ? 1 : 0;
  }
  applications_.update(in, record.events);
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const auto duty = static_cast<domain::Duty>(d);
    record.decisions[d].missing = applications_.missing(duty);
    record.decisions[d].unconnected = in.permissives[d].unconnected();
    record.decisions[d].application_reason = applications_.reason(duty);
    record.decisions[d].bias_frozen = intents_.demands().bias_frozen[d];
  }
  record.applications = applications_.states();
}

void Cycle::update_modes(Record& record) noexcept {
  modes_.set_limited(limited_);
  modes_.update({record.cycle, record.time_ns, settings_.supervisory_period_s, record.screened,
                 record.frame.link_up, fresh(record), applications_.states()},
                record.events);
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const auto duty = static_cast<domain::Duty>(d);
    if (modes_.wants_application(duty)) applications_.resume(duty);
  }
  record.modes = modes_.blocks();
  roster_.watch_tuning(record.modes, record.events);
}

void Cycle::finish(Record& record) noexcept {
  record.timing.controllers_ns = roster_.last_ask_ns() + estimators_.last_ns();
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    const auto mv = static_cast<MvId>(i);
    if (guard_.faulted(mv)) modes_.set_fault(mv, true);
    record.modes[i].limited = limited_[i];
  }
  if (record.events.lost() != 0) {
    // The last place is overwritten so that the loss itself is never lost.
    record.events[record.events.size() - 1] = {EventCode::events_lost, 0, 0,
                                               static_cast<double>(record.events.lost() + 1), 0};
  }
}

}  // namespace saggar::loop
