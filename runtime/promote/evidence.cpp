#include "runtime/promote/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace saggar::promote {

using domain::Event;
using domain::EventCode;
using domain::Intent;
using domain::IntentKind;
using domain::Level;
using domain::MvId;
using domain::Reason;
using domain::Record;

namespace {

bool has(const Scene::Row& row, MvId mv) noexcept {
  return std::find(row.mvs.begin(), row.mvs.end(), mv) != row.mvs.end();
}

bool refused(const Record& record, const Intent& intent) noexcept {
  return std::any_of(record.answers.begin(), record.answers.end(),
                     [&](const domain::IntentAnswer& a) {
                       return a.id == intent.id && a.station == intent.station &&
                              a.kind == domain::AnswerKind::error;
                     });
}

/// Takes outputs of the group out of the hands of whoever moves them.
bool takes_away(const Scene& scene, const Scene::Row& row, const Intent& intent) noexcept {
  if (row.mvs.empty()) return false;
  const domain::Duty duty = scene.plant.mvs[row.mvs.front()].duty;
  const bool meant = intent.mv == domain::kNoMv ? intent.duty == duty : has(row, intent.mv);
  switch (intent.kind) {
    case IntentKind::ai_off:
    case IntentKind::hold:
    case IntentKind::release:
      return true;
    case IntentKind::set_mode:
      return meant && intent.mode != domain::Mode::rcas;
    case IntentKind::set_setpoint:
      return meant;
    case IntentKind::switch_off:
    case IntentKind::step_down:
      return intent.duty == duty;
    default:
      return false;
  }
}

}  // namespace

Evidence::Evidence(std::string controller, std::string group, EvidenceRules rules)
    : controller_(std::move(controller)), group_(std::move(group)), rules_(std::move(rules)) {}

void Evidence::forget(Begun why) {
  anew_ = true;
  why_anew_ = why;
}

void Evidence::begin(const Record& record, Level level, Begun why) {
  tally_ = {};
  tally_.level = level;
  tally_.begun = why;
  tally_.from_ns = record.time_ns;
  made_ns_.clear();
  has_lot_ = false;
  anew_ = false;
}

bool Evidence::note(const Scene& scene, const Record& record, double dt_s) {
  row_index_ = scene.row(controller_, group_);
  if (row_index_ >= scene.rows.size() || row_index_ >= record.trust.size()) return false;
  row_ = &scene.rows[row_index_];
  id_ = row_->controller;
  const Level level = record.trust[row_index_].level;
  const bool changed = seen_ && !anew_ && level != tally_.level;
  if (changed && level < tally_.level) {
    falls_.push_back(
        {record.cycle, record.time_ns, tally_.level, level, record.trust[row_index_].reason});
  }
  const bool begins = !seen_ || anew_ || changed;
  if (begins) begin(record, level, changed ? Begun::level : why_anew_);
  seen_ = true;
  tally_.to_ns = record.time_ns;
  tally_.lost_events += record.events.lost();
  note_time(scene, record, begins ? 0 : dt_s);
  note_monitor(record);
  note_undo(scene, record);  // moves made before this record
  // What happened in the record that ended a level belongs before it.
  if (!changed) note_events(record);
  note_seat(scene, record, !changed);
  note_lots(scene, record);
  return begins;
}

void Evidence::note_time(const Scene& scene, const Record& record, double dt_s) {
  tally_.held_s += dt_s;
  if (id_ < record.proposals.size() && usable(record.proposals[id_])) tally_.proposed_s += dt_s;
  const auto ours = [&](MvId mv) { return mover(scene, record, mv) == controller_; };
  const auto count = std::count_if(row_->mvs.begin(), row_->mvs.end(), ours);
  if (count == 0) {
    trips_stood_ = false;
    return;
  }
  if (static_cast<std::size_t>(count) == row_->mvs.size()) tally_.moved_s += dt_s;
  tally_.touched_s += dt_s;
  note_harm(scene, record, dt_s);
}

void Evidence::note_harm(const Scene& scene, const Record& record, double dt_s) {
  const auto& samples = record.screened.samples;
  bool seen = false, beyond = false, tripped = false;
  for (const MvId id : row_->mvs) {
    const domain::Mv& mv = scene.plant.mvs[id];
    if (mv.pv >= samples.size() || !(mv.pv_low < mv.pv_high) || !samples[mv.pv].usable()) continue;
    seen = true;
    const double v = samples[mv.pv].value;
    beyond = beyond || v < mv.pv_low || v > mv.pv_high;
  }
  for (const domain::TagId tag : scene.plant.trips) {
    if (tag >= samples.size() || !samples[tag].usable()) continue;
    seen = true;
    tripped = tripped || samples[tag].value >= 0.5;
  }
  if (!seen) tally_.blind_s += dt_s;
  if (beyond || tripped) tally_.harm_s += dt_s;
  tally_.severe += tripped && !trips_stood_ ? 1 : 0;
  trips_stood_ = tripped;
}

void Evidence::note_monitor(const Record& record) {
  for (const domain::MonitorReport& m : record.monitors) {
    if (m.controller != id_) continue;
    tally_.monitored = true;
    tally_.week_coverage = m.coverage;
    const bool judged = m.periods != 0 && m.periods != last_periods_;
    last_periods_ = m.periods;
    if (!judged || std::isnan(m.residual)) continue;  // nothing was due
    ++tally_.periods;
    tally_.inside += m.residual <= 1 ? 1 : 0;
  }
}

void Evidence::note_events(const Record& record) {
  const auto row = static_cast<double>(row_index_);
  for (const Event& event : record.events) {
    if (event.a != id_) continue;
    if (event.code == EventCode::controller_fault) ++tally_.severe;
    if (event.code == EventCode::move_answered && event.x == row) note_answer(record, event);
  }
}

void Evidence::note_seat(const Scene& scene, const Record& record, bool counts) {
  if (row_->mvs.empty()) return;
  const domain::DutyDecision& decision =
      record.decisions[static_cast<std::size_t>(scene.plant.mvs[row_->mvs.front()].duty)];
  const bool seated = decision.rung != 0xFF && decision.controller == id_;
  const bool by_people = decision.reason == Reason::operator_request ||
                         decision.reason == Reason::application_off ||
                         decision.reason == Reason::no_level;
  tally_.sheds += counts && seated_ && !seated && !by_people ? 1 : 0;
  seated_ = seated;
}

void Evidence::note_answer(const Record& record, const Event& event) {
  switch (static_cast<domain::MoveAnswer>(event.b)) {
    case domain::MoveAnswer::accepted:
      ++tally_.accepted;
      if (tally_.level == Level::confirm) made_ns_.push_back(record.time_ns);
      break;
    case domain::MoveAnswer::modified:
      ++tally_.modified;
      break;
    case domain::MoveAnswer::expired:
      ++tally_.expired;
      break;
    case domain::MoveAnswer::withdrawn:
      break;
    case domain::MoveAnswer::rejected: {
      ++tally_.rejected;
      Rejection told{record.cycle, record.time_ns, static_cast<std::uint64_t>(event.y), {}, {}};
      for (const Intent& intent : record.intents) {
        const bool about = intent.kind == IntentKind::reject_move && intent.controller == id_ &&
                           (intent.key.empty() || intent.key.view() == group_);
        if (!about || refused(record, intent)) continue;
        told.who = intent.who.view();
        told.reason = intent.reason.view();
      }
      rejections_.push_back(std::move(told));
      break;
    }
  }
}

void Evidence::note_undo(const Scene& scene, const Record& record) {
  std::erase_if(made_ns_, [&](std::int64_t made_ns) {
    return static_cast<double>(record.time_ns - made_ns) * 1e-9 > rules_.undo_s;
  });
  const bool taken =
      std::any_of(record.intents.begin(), record.intents.end(), [&](const Intent& intent) {
        return takes_away(scene, *row_, intent) && !refused(record, intent);
      });
  if (!taken) return;
  tally_.undone += static_cast<std::uint32_t>(made_ns_.size());
  made_ns_.clear();
}

void Evidence::note_lots(const Scene& scene, const Record& record) {
  if (rules_.lot_tag.empty()) return;
  const auto tag = scene.plant.tags.find(rules_.lot_tag);
  if (!tag || *tag >= record.screened.samples.size()) return;
  const domain::Sample& sample = record.screened.samples[*tag];
  if (!sample.usable()) return;
  tally_.lots_known = true;
  tally_.lots += has_lot_ && sample.value != lot_ ? 1 : 0;
  lot_ = sample.value;
  has_lot_ = true;
}

}  // namespace saggar::promote
