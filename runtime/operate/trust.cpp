#include "runtime/operate/trust.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace saggar::operate {

using domain::ControllerId;
using domain::EventCode;
using domain::Intent;
using domain::IntentKind;
using domain::Level;
using domain::MoveAnswer;
using domain::MvId;
using domain::Reason;

namespace {

const double kNone = std::nan("");

std::int64_t ns(double seconds) noexcept { return static_cast<std::int64_t>(seconds * 1e9); }

/// Seats lost for these reasons say nothing against the controller: people, the link, the field.
bool not_its_doing(Reason why) noexcept {
  switch (why) {
    case Reason::none:
    case Reason::operator_request:
    case Reason::application_off:
    case Reason::dwell_elapsed:
    case Reason::started:
    case Reason::returned:
    case Reason::no_level:
    case Reason::link_lost:
    case Reason::stale_frame:
    case Reason::readback_failed:
    case Reason::shed:
    case Reason::filter_infeasible:  // whatever is asked
      return true;
    default:
      return false;
  }
}

bool is_severe(Reason why) noexcept {
  switch (why) {
    case Reason::cv_limit:
    case Reason::non_finite:
    case Reason::plugin_fault:
    case Reason::plugin_threw:
    case Reason::wrong_shape:
    case Reason::allocated:
    case Reason::intervention:
      return true;
    default:
      return false;
  }
}

void check(const TrustSettings& s, std::size_t mvs) {
  if (s.groups.empty() || s.groups.size() > domain::kMaxGroups) {
    throw std::invalid_argument("groups: 1 to 8 of them");
  }
  if (s.band.size() != mvs || s.least_move.size() != mvs) {
    throw std::invalid_argument("band and least_move: one per MV of the kiln");
  }
  if (!(s.card_s > 0) || !(s.second_person_s > 0) || !(s.sheds_s > 0) || s.sheds < 1 ||
      s.sheds > 8) {
    throw std::invalid_argument("card_s, second_person_s and sheds_s: above 0; sheds: 1 to 8");
  }
}

}  // namespace

bool is_about_trust(IntentKind kind) noexcept {
  return kind == IntentKind::set_level || kind == IntentKind::accept_move ||
         kind == IntentKind::modify_move || kind == IntentKind::reject_move;
}

Trust::Trust(std::size_t mvs, std::vector<TrustSettings> settings) {
  for (TrustSettings& s : settings) {
    check(s, mvs);
    Charge c;
    c.first = reports_.size();
    c.group_of.assign(mvs, kNoGroup);
    c.confirmed.assign(mvs, kNone);
    c.offered.assign(mvs, kNone);
    for (std::size_t g = 0; g < s.groups.size(); ++g) {
      for (const MvId mv : s.groups[g].mvs) {
        if (mv >= mvs || c.group_of[mv] != kNoGroup) {
          throw std::invalid_argument("group " + s.groups[g].name +
                                      ": each MV of the kiln in one group at most");
        }
        c.group_of[mv] = static_cast<std::uint8_t>(g);
      }
      domain::TrustReport report;
      report.controller = s.controller;
      report.group = static_cast<std::uint8_t>(g);
      report.level = s.start;
      report.reason = Reason::started;
      reports_.push_back(report);
    }
    c.settings = std::move(s);
    charges_.push_back(std::move(c));
  }
}

const Trust::Charge* Trust::find(ControllerId controller) const noexcept {
  for (const Charge& c : charges_) {
    if (c.settings.controller == controller) return &c;
  }
  return nullptr;
}
Trust::Charge* Trust::find(ControllerId controller) noexcept {
  return const_cast<Charge*>(static_cast<const Trust*>(this)->find(controller));
}

bool Trust::may_drive(ControllerId controller) const noexcept {
  const Charge* c = find(controller);
  if (c == nullptr) return true;
  for (std::size_t g = 0; g < c->settings.groups.size(); ++g) {
    if (reports_[c->first + g].level >= Level::confirm) return true;
  }
  return false;
}

Level Trust::level(ControllerId controller, MvId mv) const noexcept {
  const Charge* c = find(controller);
  if (c == nullptr) return Level::full;
  const std::uint8_t g = mv < c->group_of.size() ? c->group_of[mv] : kNoGroup;
  return g == kNoGroup ? Level::shadow : reports_[c->first + g].level;
}

bool Trust::may_move(ControllerId controller, MvId mv) const noexcept {
  return level(controller, mv) >= Level::confirm;
}

double Trust::granted(ControllerId controller, MvId mv, double proposal,
                      double reference) const noexcept {
  const Charge* c = find(controller);
  if (c == nullptr) return proposal;
  switch (level(controller, mv)) {
    case Level::full:
      return proposal;
    case Level::narrow: {
      if (!std::isfinite(reference) || !std::isfinite(proposal)) return proposal;
      const double band = c->settings.band[mv];
      return std::clamp(proposal, reference - band, reference + band);
    }
    default:
      return c->confirmed[mv];
  }
}

double Trust::offered(ControllerId controller, MvId mv) const noexcept {
  const Charge* c = find(controller);
  return c == nullptr || mv >= c->offered.size() ? kNone : c->offered[mv];
}

std::size_t Trust::group(ControllerId controller, std::string_view name) const noexcept {
  const Charge* c = find(controller);
  if (c == nullptr) return domain::kMaxGroups;
  for (std::size_t g = 0; g < c->settings.groups.size(); ++g) {
    if (name.empty() || c->settings.groups[g].name == name) return g;
  }
  return domain::kMaxGroups;
}

Reason Trust::serve(const Intent& intent, std::uint64_t cycle, std::int64_t time_ns,
                    domain::Bounded<domain::Event>& events) noexcept {
  Charge* c = find(intent.controller);
  if (c == nullptr) return Reason::not_supported;
  const std::size_t first = group(intent.controller, intent.key.view());
  if (first >= domain::kMaxGroups) return Reason::unknown_group;
  if (intent.kind != IntentKind::set_level) {
    // Without a name: the group whose card waits, the first of them.
    std::size_t g = first;
    while (intent.key.empty() && g + 1 < c->settings.groups.size() &&
           reports_[c->first + g].card == 0) {
      ++g;
    }
    return answer(*c, g, intent, time_ns, events);
  }
  const bool whole = intent.key.empty();
  const std::size_t end = whole ? c->settings.groups.size() : first + 1;
  Reason said = Reason::nothing_to_do;
  for (std::size_t g = first; g < end; ++g) {  // all or none
    const double level = intent.value;
    if (!(level >= 0 && level < domain::kLevelCount) || level != std::floor(level)) {
      return Reason::out_of_limits;
    }
    const Level to = static_cast<Level>(static_cast<int>(level));
    const Level now = reports_[c->first + g].level;
    if (to > now && static_cast<int>(to) > static_cast<int>(now) + 1) return Reason::level_skipped;
  }
  for (std::size_t g = first; g < end; ++g) {
    const Reason one = set_level(*c, g, intent, cycle, time_ns, events);
    if (said == Reason::nothing_to_do || one == Reason::second_person) said = one;
  }
  return said;
}

/// Down: at once. Up: when a second person asks for what a first has asked for.
Reason Trust::set_level(Charge& c, std::size_t group, const Intent& intent, std::uint64_t cycle,
                        std::int64_t time_ns, domain::Bounded<domain::Event>& events) noexcept {
  const auto to = static_cast<Level>(static_cast<int>(intent.value));
  const Reason why = would_set(c, group, to, intent, time_ns);
  if (why == Reason::none) change(c, group, to, Reason::operator_request, cycle, events);
  return why;
}

Reason Trust::would_set(Charge& c, std::size_t group, Level to, const Intent& intent,
                        std::int64_t time_ns) noexcept {
  const Level now = reports_[c.first + group].level;
  Wish& wish = c.wishes[group];
  if (to <= now) {
    wish.stands = 0;
    return to == now ? Reason::nothing_to_do : Reason::none;
  }
  const bool fresh = wish.stands != 0 && wish.level == to &&
                     time_ns - wish.time_ns <= ns(c.settings.second_person_s);
  if (fresh && !(wish.who == intent.who)) return Reason::none;
  if (!fresh) wish = {intent.who, to, time_ns, 1};
  return Reason::second_person;
}

void Trust::change(Charge& c, std::size_t group, Level to, Reason why, std::uint64_t cycle,
                   domain::Bounded<domain::Event>& events) noexcept {
  if (reports_[c.first + group].card != 0) close(c, group, MoveAnswer::withdrawn, events);
  domain::TrustReport& r = reports_[c.first + group];
  r.level = to;
  r.reason = why;
  r.since_cycle = cycle;
  r.shown = r.accepted = r.modified = r.rejected = r.expired = 0;
  c.wishes[group].stands = 0;
  c.quiet_until_ns[group] = 0;
  events.push({EventCode::level_changed, c.settings.controller, static_cast<std::uint16_t>(to),
               static_cast<double>(c.first + group), static_cast<double>(why)});
}

Reason Trust::answer(Charge& c, std::size_t group, const Intent& intent, std::int64_t time_ns,
                     domain::Bounded<domain::Event>& events) noexcept {
  const domain::TrustReport& r = reports_[c.first + group];
  if (r.card == 0) return Reason::no_card;
  if (intent.kind == IntentKind::modify_move) {
    if (intent.mv >= c.group_of.size()) return Reason::unknown_tag;
    if (c.group_of[intent.mv] != group) return Reason::unknown_group;
    if (!std::isfinite(intent.value)) return Reason::non_finite;
    c.offered[intent.mv] = intent.value;
    c.modified[group] = 1;
    return Reason::none;
  }
  if (intent.kind == IntentKind::reject_move) {
    c.quiet_until_ns[group] = time_ns + ns(c.settings.card_s);
    close(c, group, MoveAnswer::rejected, events);
    return Reason::none;
  }
  for (const MvId mv : c.settings.groups[group].mvs) {
    if (r.level == Level::confirm && std::isfinite(c.offered[mv])) c.confirmed[mv] = c.offered[mv];
  }
  close(c, group, c.modified[group] != 0 ? MoveAnswer::modified : MoveAnswer::accepted, events);
  return Reason::none;
}

void Trust::close(Charge& c, std::size_t group, MoveAnswer how,
                  domain::Bounded<domain::Event>& events) noexcept {
  domain::TrustReport& r = reports_[c.first + group];
  if (how == MoveAnswer::accepted) ++r.accepted;
  if (how == MoveAnswer::modified) ++r.modified;
  if (how == MoveAnswer::rejected) ++r.rejected;
  if (how == MoveAnswer::expired) ++r.expired;
  if (how == MoveAnswer::withdrawn) --r.shown;  // nobody could answer it in time: it does not count
  events.push({EventCode::move_answered, c.settings.controller, static_cast<std::uint16_t>(how),
               static_cast<double>(c.first + group), static_cast<double>(r.card)});
  r.card = r.card_cycle = 0;
  c.modified[group] = 0;
  for (const MvId mv : c.settings.groups[group].mvs) c.offered[mv] = kNone;
}

void Trust::update(const TrustInputs& in, domain::Bounded<domain::Event>& events) noexcept {
  for (Charge& c : charges_) {
    follow(c, in);
    for (std::size_t g = 0; g < c.settings.groups.size(); ++g) deal(c, g, in, events);
  }
}

/// What is not the controller's now was confirmed by nobody: it takes over from where the field is.
void Trust::follow(Charge& c, const TrustInputs& in) noexcept {
  for (std::size_t i = 0; i < c.group_of.size(); ++i) {
    if (c.group_of[i] == kNoGroup) continue;
    const bool own = in.owner[i] == c.settings.controller && in.free[i] != 0;
    if (!own || !std::isfinite(c.confirmed[i])) c.confirmed[i] = in.working[i];
  }
}

void Trust::deal(Charge& c, std::size_t group, const TrustInputs& in,
                 domain::Bounded<domain::Event>& events) noexcept {
  domain::TrustReport& r = reports_[c.first + group];
  const domain::Proposal& p = in.proposals[c.settings.controller];
  const bool usable = p.status <= domain::ProposalStatus::degraded;
  if (r.card != 0) {
    if (in.time_ns >= c.expires_ns[group]) {
      close(c, group, MoveAnswer::expired, events);
    } else if (!usable) {  // what stood behind it is gone
      close(c, group, MoveAnswer::withdrawn, events);
    }
    return;
  }
  const bool asks = r.level == Level::advise || r.level == Level::confirm;
  if (!asks || !usable || in.time_ns < c.quiet_until_ns[group] || !worth(c, group, in, p)) return;
  for (const MvId mv : c.settings.groups[group].mvs) c.offered[mv] = p.value[in.place[mv]];
  r.card = ++c.cards;
  r.card_cycle = in.cycle;
  ++r.shown;
  c.expires_ns[group] = in.time_ns + ns(c.settings.card_s);
  events.push({EventCode::move_waits, c.settings.controller, 0,
               static_cast<double>(c.first + group), static_cast<double>(r.card)});
}

/// One of its MVs is to move by as much as a person should be asked about.
bool Trust::worth(const Charge& c, std::size_t group, const TrustInputs& in,
                  const domain::Proposal& proposal) const noexcept {
  for (const MvId mv : c.settings.groups[group].mvs) {
    if (in.place[mv] >= proposal.value.size() || in.free[mv] == 0) continue;
    const double move = std::abs(proposal.value[in.place[mv]] - c.confirmed[mv]);
    if (move > 0 && move >= c.settings.least_move[mv]) return true;
  }
  return false;
}

void Trust::lost_seat(ControllerId controller, Reason why, std::uint64_t cycle,
                      std::int64_t time_ns, domain::Bounded<domain::Event>& events) noexcept {
  Charge* c = find(controller);
  if (c == nullptr || not_its_doing(why)) return;
  if (is_severe(why)) {
    demote(controller, Level::advise, Reason::severe, cycle, events);
    return;
  }
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < c->shed_count; ++i) {
    if (time_ns - c->sheds_ns[i] < ns(c->settings.sheds_s)) c->sheds_ns[kept++] = c->sheds_ns[i];
  }
  if (kept < kMostSheds) c->sheds_ns[kept++] = time_ns;
  c->shed_count = kept;
  if (kept < static_cast<std::uint32_t>(c->settings.sheds)) return;
  c->shed_count = 0;
  demote_one(controller, Reason::shed_twice, cycle, events);
}

void Trust::demote_one(ControllerId controller, Reason why, std::uint64_t cycle,
                       domain::Bounded<domain::Event>& events) noexcept {
  const Charge* c = find(controller);
  if (c == nullptr) return;
  Level highest = Level::shadow;
  for (std::size_t g = 0; g < c->settings.groups.size(); ++g) {
    highest = std::max(highest, reports_[c->first + g].level);
  }
  if (highest == Level::shadow) return;
  demote(controller, static_cast<Level>(static_cast<int>(highest) - 1), why, cycle, events);
}

void Trust::demote(ControllerId controller, Level ceiling, Reason why, std::uint64_t cycle,
                   domain::Bounded<domain::Event>& events) noexcept {
  Charge* c = find(controller);
  if (c == nullptr) return;
  bool any = false;
  for (std::size_t g = 0; g < c->settings.groups.size(); ++g) {
    if (reports_[c->first + g].level <= ceiling) continue;
    change(*c, g, ceiling, why, cycle, events);
    any = true;
  }
  if (any) {
    events.push({EventCode::level_lost, controller, static_cast<std::uint16_t>(why), 0, 0});
  }
}

void Trust::serialize(domain::Archive& archive) {
  for (domain::TrustReport& r : reports_) {
    archive(r.controller, r.group, r.level, r.reason, r.since_cycle, r.card, r.card_cycle, r.shown,
            r.accepted, r.modified, r.rejected, r.expired);
  }
  for (Charge& c : charges_) {
    archive(c.confirmed, c.offered, c.quiet_until_ns, c.expires_ns, c.modified);
    for (Wish& w : c.wishes) archive(w.who, w.level, w.time_ns, w.stands);
    archive(c.sheds_ns, c.shed_count, c.cards);
  }
}

}  // namespace saggar::operate
