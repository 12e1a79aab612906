// The spelling of every enumerator: one table each, used by configuration, wire, logs and screens.
#include <algorithm>
#include <array>

#include "runtime/domain/event.hpp"
#include "runtime/domain/intent.hpp"
#include "runtime/domain/mode.hpp"
#include "runtime/domain/monitor.hpp"
#include "runtime/domain/proposal.hpp"
#include "runtime/domain/reason.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/domain/sample.hpp"
#include "runtime/domain/trust.hpp"

namespace saggar::domain {
namespace {

template <std::size_t N, class E>
std::string_view pick(const std::array<std::string_view, N>& names, E value) noexcept {
  const auto i = static_cast<std::size_t>(value);
  return i < N ? names[i] : std::string_view("unknown");
}

template <class E, std::size_t N>
std::optional<E> parse(const std::array<std::string_view, N>& names,
                       std::string_view text) noexcept {
  const auto it = std::find(names.begin(), names.end(), text);
  if (it == names.end()) return std::nullopt;
  return static_cast<E>(it - names.begin());
}

using Names3 = std::array<std::string_view, 3>;
using Names8 = std::array<std::string_view, 8>;
constexpr Names3 kQuality = {"good", "uncertain", "bad"};
constexpr std::array<std::string_view, kSubStatusCount> kSubStatus = {
    "none",   "never_received", "stale",       "sensor_failure", "out_of_range",  "too_fast",
    "frozen", "not_finite",     "substituted", "out_of_service", "local_control", "simulated"};
constexpr Names8 kMode = {"OOS", "IMAN", "LO", "MAN", "AUTO", "CAS", "RCAS", "ROUT"};
constexpr std::array<std::string_view, 4> kLimited = {"no", "low", "high", "constant"};
constexpr Names8 kApp = {"OFF",        "PREPARE", "READY",      "SWITCH_ON",
                         "ON_PARTIAL", "ON",      "SWITCH_OFF", "FAULT"};
constexpr Names3 kDuty = {"heat", "atmosphere", "transport"};
constexpr std::array<std::string_view, 6> kProposal = {"ok",      "degraded", "none",
                                                       "pending", "late",     "fault"};
constexpr std::array<std::string_view, kIntentKindCount> kIntent = {"set_mode",
                                                                    "set_setpoint",
                                                                    "acknowledge",
                                                                    "switch_on",
                                                                    "switch_off",
                                                                    "ai_off",
                                                                    "hold",
                                                                    "release",
                                                                    "climb",
                                                                    "step_down",
                                                                    "restart_controller",
                                                                    "tune_start",
                                                                    "tune_abort",
                                                                    "set_parameter",
                                                                    "freeze_bias",
                                                                    "unfreeze_bias",
                                                                    "set_level",
                                                                    "accept_move",
                                                                    "modify_move",
                                                                    "reject_move"};
constexpr std::array<std::string_view, kMoveAnswerCount> kMoveAnswer = {
    "accepted", "modified", "rejected", "expired", "withdrawn"};
constexpr std::array<std::string_view, kLevelCount> kLevel = {"shadow", "advise", "confirm",
                                                              "narrow", "full"};
constexpr Names3 kSignal = {"distance", "spread", "residual"};
constexpr Names3 kSignalText = {"unusual inputs", "networks that disagree",
                                "predictions that fail"};
constexpr Names3 kSignalKorean = {"낯선 입력", "신경망 간 불일치", "예측 실패"};
constexpr Names3 kDrift = {"ok", "watch", "act"};
constexpr std::array<std::string_view, 4> kAnswer = {"done", "busy", "aborted", "error"};
constexpr std::array<std::string_view, 4> kSeverity = {"debug", "info", "warn", "error"};
constexpr std::array<std::string_view, kGateCount> kGate = {
    "G1 form",      "G2 age",   "G3 authority",  "G4 absolute", "G5 rate",
    "G6 direction", "G7 cross", "G8 predictive", "G9 read-back"};

struct ReasonRow {
  Reason code;
  std::string_view name, english, korean;
};
constexpr ReasonRow kReasons[] = {
#define SAGGAR_REASON(code, name, english, korean) {Reason::name, #name, english, korean},
#include "runtime/domain/reasons.def"
#undef SAGGAR_REASON
};

struct EventRow {
  EventCode code;
  std::string_view name;
  Severity severity;
  std::string_view english, korean, response;
};
constexpr EventRow kEvents[] = {
#define SAGGAR_EVENT(code, name, severity, english, korean, response) \
  {EventCode::name, #name, Severity::severity, english, korean, response},
#include "runtime/domain/events.def"
#undef SAGGAR_EVENT
};

const ReasonRow* row(Reason reason) noexcept {
  for (const ReasonRow& r : kReasons) {
    if (r.code == reason) return &r;
  }
  return nullptr;
}

const EventRow* row(EventCode code) noexcept {
  for (const EventRow& r : kEvents) {
    if (r.code == code) return &r;
  }
  return nullptr;
}

}  // namespace

std::string_view name(Quality quality) noexcept { return pick(kQuality, quality); }
std::string_view name(SubStatus status) noexcept { return pick(kSubStatus, status); }
std::string_view name(Mode mode) noexcept { return pick(kMode, mode); }
std::optional<Mode> parse_mode(std::string_view text) noexcept { return parse<Mode>(kMode, text); }
std::string_view name(Limited limited) noexcept { return pick(kLimited, limited); }
std::string_view name(Level level) noexcept { return pick(kLevel, level); }
std::string_view name(MoveAnswer answer) noexcept { return pick(kMoveAnswer, answer); }
std::optional<Level> parse_level(std::string_view text) noexcept {
  return parse<Level>(kLevel, text);
}
std::string_view name(Signal signal) noexcept { return pick(kSignal, signal); }
std::string_view text(Signal signal, bool korean) noexcept {
  return pick(korean ? kSignalKorean : kSignalText, signal);
}
std::string_view name(Drift drift) noexcept { return pick(kDrift, drift); }
std::string_view name(AppState state) noexcept { return pick(kApp, state); }
std::string_view name(Duty duty) noexcept { return pick(kDuty, duty); }
std::optional<Duty> parse_duty(std::string_view text) noexcept { return parse<Duty>(kDuty, text); }
std::string_view name(ProposalStatus status) noexcept { return pick(kProposal, status); }
std::string_view name(IntentKind kind) noexcept { return pick(kIntent, kind); }
std::optional<IntentKind> parse_intent_kind(std::string_view text) noexcept {
  return parse<IntentKind>(kIntent, text);
}
std::string_view name(AnswerKind kind) noexcept { return pick(kAnswer, kind); }
std::string_view name(Severity severity) noexcept { return pick(kSeverity, severity); }
std::string_view name(Gate gate) noexcept { return pick(kGate, gate); }

std::string_view name(Reason reason) noexcept {
  const ReasonRow* r = row(reason);
  return r != nullptr ? r->name : "unknown";
}
std::string_view text(Reason reason, bool korean) noexcept {
  const ReasonRow* r = row(reason);
  if (r == nullptr) return "unknown";
  return korean ? r->korean : r->english;
}
int reason_count() noexcept {
  int largest = 0;
  for (const ReasonRow& r : kReasons) largest = std::max(largest, static_cast<int>(r.code));
  return largest + 1;
}

std::string_view name(EventCode code) noexcept {
  const EventRow* r = row(code);
  return r != nullptr ? r->name : "unknown";
}
Severity severity(EventCode code) noexcept {
  const EventRow* r = row(code);
  return r != nullptr ? r->severity : Severity::info;
}
std::string_view text(EventCode code, bool korean) noexcept {
  const EventRow* r = row(code);
  if (r == nullptr) return "unknown event";
  return korean ? r->korean : r->english;
}
std::string_view response(EventCode code) noexcept {
  const EventRow* r = row(code);
  return r != nullptr ? r->response : "";
}

Ne107 ne107(Quality quality, SubStatus status) noexcept {
  switch (status) {
    case SubStatus::out_of_service:
    case SubStatus::simulated:
    case SubStatus::local_control:
      return Ne107::function_check;
    case SubStatus::out_of_range:
    case SubStatus::too_fast:
    case SubStatus::substituted:
    case SubStatus::stale:
      return Ne107::out_of_spec;
    case SubStatus::frozen:
      return Ne107::maintenance;
    default:
      return quality == Quality::good        ? Ne107::ok
             : quality == Quality::uncertain ? Ne107::out_of_spec
                                             : Ne107::failure;
  }
}

}  // namespace saggar::domain
