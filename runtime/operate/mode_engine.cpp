#include "runtime/operate/mode_engine.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::operate {

using domain::Mode;
using domain::MvId;
using domain::Reason;
using domain::Source;

namespace {

constexpr bool is_persons(Mode mode) noexcept { return mode == Mode::man || mode == Mode::auto_; }
// Rows: present target; columns: wanted target. OOS IMAN LO MAN AUTO CAS RCAS ROUT.
constexpr Step Y = Step::yes, S = Step::same, N = Step::never, L = Step::leave_first;
constexpr Step kSteps[domain::kModeCount][domain::kModeCount] = {
    {S, N, N, Y, Y, L, L, L},  // OOS
    {Y, N, N, Y, Y, Y, Y, Y},  // IMAN, never a target
    {Y, N, N, Y, Y, Y, Y, Y},  // LO, never a target
    {Y, N, N, S, Y, Y, Y, Y},  // MAN
    {Y, N, N, Y, S, Y, Y, Y},  // AUTO
    {Y, N, N, Y, Y, S, Y, Y},  // CAS
    {Y, N, N, Y, Y, Y, S, Y},  // RCAS
    {Y, N, N, Y, Y, Y, Y, S},  // ROUT
};

}  // namespace

Step target_step(Mode from, Mode to) noexcept {
  const auto row = static_cast<std::size_t>(from);
  const auto column = static_cast<std::size_t>(to);
  if (row >= domain::kModeCount || column >= domain::kModeCount) return Step::never;
  return kSteps[row][column];
}

ModeEngine::ModeEngine(const domain::Plant& plant, ModeSettings settings)
    : plant_(plant), settings_(settings), blocks_(plant.mvs.size()), mvs_(plant.mvs.size()) {
  for (std::size_t i = 0; i < mvs_.size(); ++i) {
    domain::ModeBlock& block = blocks_[i];
    block.permitted = plant.mvs[i].permitted;
    if (!settings_.rout_armed) {
      block.permitted = static_cast<domain::ModeMask>(block.permitted & ~domain::bit(Mode::rout));
    }
    block.normal = plant.mvs[i].normal;
    block.target = block.normal;  // wanted; nothing is driven before somebody asks (SC-49)
    block.actual = Mode::iman;
    mvs_[i].retained = block.target;
  }
}

Reason ModeEngine::would_accept(MvId mv, Mode target, Authority by) const noexcept {
  if (mv >= mvs_.size()) return Reason::unknown_tag;
  const MvState& s = mvs_[mv];
  const domain::ModeBlock& block = blocks_[mv];
  const Step step = target_step(block.target, target);
  if (step == Step::never) return Reason::no_transition;
  if (by < s.asked_by) return Reason::superseded;
  const bool peoples = block.target == Mode::oos || is_persons(block.target);
  if (by == Authority::automatic && peoples && !s.shed) return Reason::superseded;
  if ((block.permitted & domain::bit(target)) == 0) return Reason::mode_not_permitted;
  if (step == Step::leave_first) return Reason::no_transition;
  const bool taken = s.engaged || target == Mode::oos || target == Mode::rcas;
  return step == Step::same && taken && !s.shed ? Reason::nothing_to_do : Reason::none;
}

Reason ModeEngine::request(MvId mv, Mode target, Authority by) noexcept {
  const Reason why = would_accept(mv, target, by);
  if (why != Reason::none) return why;
  MvState& s = mvs_[mv];
  blocks_[mv].target = target;
  s.asked_by = by;
  s.asked_ns = now_ns_;
  s.fresh = true;
  s.shed = s.confirmed = s.blip = s.cut = s.let_go = false;
  s.value_set = false;
  if (s.working_known) s.value = s.working;
  if (target == Mode::oos) {
    s.engaged = false;
  } else if (target != Mode::rcas && target != Mode::rout) {
    s.engaged = true;  // a person takes it; RCAS waits for its application
  }
  return Reason::none;
}

Reason ModeEngine::set_value(MvId mv, double value) noexcept {
  if (mv >= mvs_.size()) return Reason::unknown_tag;
  if (!is_persons(blocks_[mv].target)) return Reason::not_in_this_mode;
  const domain::Mv& fixed = plant_.mvs[mv];
  const double ceiling = fixed.trip > 0
                             ? std::min(fixed.limits.high, fixed.trip - plant_.trip_margin_K)
                             : fixed.limits.high;
  if (!(value >= fixed.limits.low && value <= ceiling)) return Reason::out_of_limits;
  mvs_[mv].value = value;
  mvs_[mv].value_set = true;
  return Reason::none;
}

Reason ModeEngine::confirm_return(MvId mv) noexcept {
  if (mv >= mvs_.size()) return Reason::unknown_tag;
  MvState& s = mvs_[mv];
  if (!s.shed) return Reason::nothing_to_do;
  if (!plant_.mvs[mv].shed_return) return Reason::not_in_this_mode;
  if (!healthy_long(s)) return Reason::link_lost;
  s.confirmed = true;
  return Reason::none;
}

void ModeEngine::set_hold(domain::Duty duty, bool held) noexcept {
  held_[static_cast<std::size_t>(duty)] = held;
}

void ModeEngine::release(domain::Duty duty) noexcept {
  for (std::size_t i = 0; i < mvs_.size(); ++i) {
    if (plant_.mvs[i].duty != duty) continue;
    mvs_[i].engaged = false;
    mvs_[i].fresh = false;
    mvs_[i].cut = mvs_[i].let_go = false;
  }
}

void ModeEngine::take_again(domain::Duty duty) noexcept {
  for (std::size_t i = 0; i < mvs_.size(); ++i) {
    MvState& s = mvs_[i];
    const bool applications = s.retained == Mode::rcas || s.retained == Mode::rout;
    if (plant_.mvs[i].duty != duty || !s.shed || !applications) continue;
    blocks_[i].target = s.retained;
    s.shed = s.confirmed = s.blip = false;
  }
}

void ModeEngine::set_fault(MvId mv, bool faulted) noexcept {
  if (mv < mvs_.size()) mvs_[mv].fault = faulted;
}

void ModeEngine::set_limited(const std::vector<domain::Limited>& limited) noexcept {
  const std::size_t n = std::min(limited.size(), blocks_.size());
  for (std::size_t i = 0; i < n; ++i) blocks_[i].limited = limited[i];
}

Source ModeEngine::source(MvId mv) const noexcept {
  switch (mvs_[mv].owner) {
    case Owner::field:
      return Source::none;
    case Owner::person:
      return Source::operator_;
    case Owner::recipe:
      return Source::recipe;
    case Owner::application:
      return Source::controller;
    case Owner::frozen:
    case Owner::hold:
      break;
  }
  return Source::hold;
}

void ModeEngine::serialize(domain::Archive& archive) {
  for (std::size_t i = 0; i < mvs_.size(); ++i) {
    MvState& s = mvs_[i];
    domain::ModeBlock& b = blocks_[i];
    archive(b.target, b.actual, b.normal, b.permitted, b.limited);
    archive(s.value, s.working, s.asked_ns, s.lost_ns, s.healthy_ns, s.retained, s.owner,
            s.asked_by);
    archive(s.working_known, s.readable, s.remote, s.comms, s.engaged, s.established, s.shed,
            s.confirmed, s.fault, s.blip, s.fresh, s.value_set, s.cut, s.let_go);
  }
  archive(held_, drove_, now_ns_, period_s_);
}

}  // namespace saggar::operate
