#include "runtime/app/answer_text.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "runtime/app/digest_text.hpp"

namespace saggar::app {
namespace {

using domain::AppState;
using domain::IntentKind;
using domain::Mode;
using domain::Reason;

std::string number(double v) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", v);
  return text;
}

/// Modes that a person may ask for, out of a mask.
std::string askable(domain::ModeMask mask) {
  std::string text;
  for (int m = 0; m < domain::kModeCount; ++m) {
    const auto mode = static_cast<Mode>(m);
    if ((mask & domain::bit(mode)) == 0 || mode == Mode::iman || mode == Mode::lo) continue;
    text += (text.empty() ? "" : ", ") + std::string(domain::name(mode));
  }
  return text;
}

/// The sentences of one answer in one language.
class Sentences {
 public:
  Sentences(const domain::Intent& intent, const domain::IntentAnswer& answer,
            const domain::Plant& plant, const Ladders& ladders, bool korean)
      : intent_(intent),
        facts_(answer.facts),
        plant_(plant),
        ladders_(ladders),
        korean_(korean),
        duty_(intent.mv < plant.mvs.size() ? plant.mvs[intent.mv].duty : intent.duty) {}

  std::string done();
  std::string refused(Reason reason);

 private:
  void say(const std::string& english, const std::string& korean) {
    const std::string& sentence = korean_ ? korean : english;
    if (!sentence.empty()) text_ += (text_.empty() ? "" : "; ") + sentence;
  }
  std::string duty() const { return std::string(domain::name(duty_)); }
  std::string mv(domain::MvId id) const { return plant_.tags[plant_.mvs[id].tag].name; }
  /// What the intent is about, as a command takes it.
  std::string target() const { return intent_.mv < plant_.mvs.size() ? mv(intent_.mv) : duty(); }
  static std::string quoted(IntentKind button);
  bool drives() const {
    return facts_.application == AppState::switch_on || facts_.application == AppState::on ||
           facts_.application == AppState::on_partial;
  }
  bool has_controller(domain::Duty duty) const {
    return ladders_[static_cast<std::size_t>(duty)].size() > 2;
  }
  bool has_mvs(domain::Duty duty) const {
    return std::any_of(plant_.mvs.begin(), plant_.mvs.end(),
                       [&](const domain::Mv& about) { return about.duty == duty; });
  }

  void mode_done();
  void mode_waits();
  void climb_done();
  void button_done();
  std::string each_duty(std::string_view command, bool with_controller,
                        std::string_view behind = {}) const;
  void setpoint_limits();
  void rungs();
  void no_transition();
  void needs_persons_mode();

  const domain::Intent& intent_;
  const domain::AnswerFacts& facts_;
  const domain::Plant& plant_;
  const Ladders& ladders_;
  const bool korean_;
  const domain::Duty duty_;
  std::string text_;
};

std::string Sentences::quoted(IntentKind button) {
  switch (button) {
    case IntentKind::ai_off:
      return "AI OFF";
    case IntentKind::hold:
      return "HOLD";
    default:
      return "RELEASE";
  }
}

std::string Sentences::done() {
  if (facts_.lifts) {
    const std::string button = quoted(*facts_.lifts);
    say("this lifts the " + button + " of " + duty(), duty() + "의 " + button + " 해제됨");
  }
  switch (intent_.kind) {
    case IntentKind::set_mode:
      mode_done();
      break;
    case IntentKind::climb:
      climb_done();
      break;
    case IntentKind::ai_off:
    case IntentKind::hold:
    case IntentKind::release:
      button_done();
      break;
    case IntentKind::switch_off:
      say("to return: saggar on " + duty(), "되돌리기: saggar on " + duty());
      break;
    default:
      break;
  }
  return text_;
}

void Sentences::mode_done() {
  const std::string again = "saggar mode " + target() + " RCAS";
  if (facts_.ends_application) {
    say("this ends the application of " + duty() + ", which has no MV left; to return: " + again +
            ", then saggar on " + duty(),
        duty() + " 애플리케이션에 남은 MV가 없어 꺼짐; 되돌리기: " + again + ", 그다음 saggar on " +
            duty());
  } else if (facts_.leaves_application) {
    say("the application of " + duty() + " goes on without it; to return: " + again,
        duty() + " 애플리케이션은 이것 없이 계속됨; 되돌리기: " + again);
  }
  mode_waits();
}

/// What stands between a mode that is asked for and the one that is.
void Sentences::mode_waits() {
  if (intent_.mode == Mode::oos) return;
  if (intent_.mode == Mode::rcas && !drives()) {
    const std::string state(domain::name(facts_.application));
    const bool coming =
        facts_.application == AppState::prepare || facts_.application == AppState::ready;
    if (coming) {
      say("waits for the application, which is in " + state, "애플리케이션 대기 중, 현재 " + state);
    } else {
      say("waits for the application, which is " + state + ": saggar on " + duty(),
          "애플리케이션 대기 중, 현재 " + state + ": saggar on " + duty());
    }
  }
  if (facts_.mv >= plant_.mvs.size()) return;
  if (facts_.block.why == Reason::mv_fault) {
    const std::string ack = "saggar ack " + as_argument(mv(facts_.mv));
    say(mv(facts_.mv) + " is in fault and stays in IMAN until: " + ack,
        mv(facts_.mv) + " 고장, 확인할 때까지 IMAN: " + ack);
  } else if (facts_.block.why == Reason::link_lost) {
    say("waits for the link to the kiln", "킬른 통신 대기 중");
  }
}

void Sentences::climb_done() {
  if (drives()) return;
  const std::string state(domain::name(facts_.application));
  say("nothing drives, the application is " + state + ": saggar on " + duty(),
      "제어 중이 아님, 애플리케이션 현재 " + state + ": saggar on " + duty());
}

/// A command for each duty that has a controller, or has none: ", saggar climb heat".
std::string Sentences::each_duty(std::string_view command, bool with_controller,
                                 std::string_view behind) const {
  std::string commands;
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const auto each = static_cast<domain::Duty>(d);
    if (!has_mvs(each) || has_controller(each) != with_controller) continue;
    commands +=
        ", " + std::string(command) + ' ' + std::string(domain::name(each)) + std::string(behind);
  }
  return commands;
}

void Sentences::button_done() {
  if (facts_.stronger_stands) {
    const std::string button = quoted(*facts_.stronger_stands);
    say(button + " stands already and is stronger", "더 강한 " + button + "이(가) 이미 유효함");
  }
  const IntentKind stands = facts_.stronger_stands.value_or(intent_.kind);
  std::string commands;
  if (stands == IntentKind::release) {  // the applications are off: those are switched on again
    commands = each_duty("saggar on", true) + each_duty("saggar mode", false, " CAS");
  } else {
    commands = each_duty("saggar climb", true);
    // AI OFF takes nothing away from a duty without a controller.
    if (stands == IntentKind::hold) commands += each_duty("saggar climb", false);
  }
  if (commands.empty()) return;
  say("to return: " + commands.substr(2), "되돌리기: " + commands.substr(2));
}

std::string Sentences::refused(Reason reason) {
  const bool of_rung = intent_.kind == IntentKind::climb || intent_.kind == IntentKind::step_down;
  switch (reason) {
    case Reason::out_of_limits:
      if (intent_.kind == IntentKind::set_setpoint) setpoint_limits();
      if (of_rung) rungs();
      break;
    case Reason::mode_not_permitted: {
      if (facts_.mv >= plant_.mvs.size()) break;
      const std::string modes = askable(facts_.block.permitted);
      say(mv(facts_.mv) + " permits " + modes, mv(facts_.mv) + "에 허용된 모드: " + modes);
      break;
    }
    case Reason::no_transition:
      no_transition();
      break;
    case Reason::not_in_this_mode:
      needs_persons_mode();
      break;
    case Reason::no_controller: {
      const std::string follow = "saggar mode " + duty() + " CAS";
      say("to follow the recipe: " + follow, "레시피를 따르려면: " + follow);
      break;
    }
    case Reason::nothing_to_do:
      if (intent_.kind == IntentKind::set_mode) mode_waits();
      break;
    case Reason::busy:
      if (intent_.kind != IntentKind::switch_on && intent_.kind != IntentKind::switch_off) break;
      say(duty() + " is in " + std::string(domain::name(facts_.application)),
          duty() + " 현재 " + std::string(domain::name(facts_.application)));
      break;
    default:
      break;
  }
  return text_;
}

void Sentences::setpoint_limits() {
  if (intent_.mv >= plant_.mvs.size()) return;
  const domain::Mv& about = plant_.mvs[intent_.mv];
  const std::string unit = ' ' + std::string(units::symbol(plant_.tags[about.tag].unit));
  const double below_trip = about.trip - plant_.trip_margin_K;
  const bool tripped = about.trip > 0 && below_trip < about.limits.high;
  const std::string range = number(about.limits.low) + (korean_ ? " ~ " : " to ") +
                            number(tripped ? below_trip : about.limits.high) + unit;
  const std::string trip = number(plant_.trip_margin_K) + " K", at = number(about.trip) + unit;
  say("asked for " + number(intent_.value) + unit + ", allowed is " + range +
          (tripped ? ", " + trip + " below the trip at " + at : ""),
      "요청 " + number(intent_.value) + unit + ", 허용 " + range +
          (tripped ? ", 차단값 " + at + "보다 " + trip + " 아래" : ""));
}

void Sentences::rungs() {
  const auto& ladder = ladders_[static_cast<std::size_t>(duty_)];
  std::string known;
  for (std::size_t i = 0; i < ladder.size(); ++i) {
    known += (i == 0 ? "" : ", ") + std::to_string(i) + ' ' + ladder[i];
  }
  say("the rungs of " + duty() + ": " + known, duty() + " 래더의 단: " + known);
}

void Sentences::no_transition() {
  if (intent_.kind == IntentKind::switch_on) {
    const std::string way = "saggar ack, saggar on " + duty();
    say(duty() + " is in FAULT; find the cause, then: " + way,
        duty() + " FAULT 상태; 원인을 찾은 뒤: " + way);
  } else if (intent_.kind == IntentKind::set_mode &&
             (intent_.mode == Mode::iman || intent_.mode == Mode::lo)) {
    const std::string mode(domain::name(intent_.mode));
    say(mode + " is never asked for, it is what the kiln or HOLD makes of a mode",
        mode + "은(는) 요청할 수 없고 킬른 또는 HOLD의 결과로만 생김");
  } else if (intent_.kind == IntentKind::set_mode) {
    const std::string first = "saggar mode " + target() + " MAN";
    const std::string then =
        "saggar mode " + target() + ' ' + std::string(domain::name(intent_.mode));
    say("out of OOS a person looks first: " + first + ", then " + then,
        "OOS에서는 사람이 먼저 확인: " + first + ", 그다음 " + then);
  }
}

void Sentences::needs_persons_mode() {
  if (facts_.mv >= plant_.mvs.size()) return;
  const std::string mode(domain::name(facts_.block.actual));
  const std::string tag = mv(facts_.mv), way = "saggar mode " + as_argument(tag) + " MAN";
  say(tag + " is in " + mode + ", needed is MAN or AUTO: " + way,
      tag + " 현재 " + mode + ", 필요한 모드 MAN 또는 AUTO: " + way);
}

}  // namespace

std::string answer_text(const domain::Intent& intent, const domain::IntentAnswer& answer,
                        const domain::Plant& plant, const Ladders& ladders, bool korean) {
  Sentences sentences(intent, answer, plant, ladders, korean);
  return answer.kind == domain::AnswerKind::done ? sentences.done()
                                                 : sentences.refused(answer.reason);
}

}  // namespace saggar::app
