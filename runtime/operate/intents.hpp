// Intents: applies what people asked for at the start of a cycle, in order and by priority, and
// answers each exactly once (SC-07, SC-08).
#pragma once

#include <array>
#include <optional>

#include "runtime/operate/applications.hpp"
#include "runtime/operate/mode_engine.hpp"

namespace saggar::operate {

/// What the three emergency intents force on a duty (SC-91).
enum class Force : std::uint8_t { none, ai_off, hold, release };

/// What one intent is answered.
struct Verdict {
  domain::AnswerKind kind = domain::AnswerKind::done;
  domain::Reason reason = domain::Reason::none;
};
/// none = done; busy = ask again later; any other reason = error.
Verdict verdict(domain::Reason why) noexcept;

/// A request for a controller, handed on to the control stage. `answer` is its index in the
/// answers of this cycle: who finds that it cannot be done changes that answer, and who carries it
/// out writes its event.
struct ControllerDemand {
  /// restart_controller, tune_start, tune_abort, set_parameter; set_level and answers to moves
  domain::Intent intent;
  std::size_t answer = 0;
};

/// What the rest of the cycle must do about the intents of this cycle.
struct Demands {
  std::array<Force, domain::kDutyCount>
      force{};  ///< stands until climb or switch_on lifts it; kept here only
  std::array<std::optional<std::uint8_t>, domain::kDutyCount> climb_to{};      ///< once
  std::array<std::optional<std::uint8_t>, domain::kDutyCount> step_down_to{};  ///< once
  std::array<bool, domain::kDutyCount> bias_frozen{};  ///< stands until unfreeze_bias
  /// At most one per cycle; a second one waits for the next.
  bool acknowledge = false;                     ///< once: events seen, all MVs or `acknowledge_mv`
  domain::MvId acknowledge_mv = domain::kNoMv;  ///< kNoMv with acknowledge = all MVs
  domain::Bounded<ControllerDemand> controllers{domain::Record::kMaxIntents};
};

struct IntentLimits {
  std::size_t queue = 64;                                ///< intents waiting for their cycle
  std::size_t controllers = 0;                           ///< number of configured controllers
  std::array<std::uint8_t, domain::kDutyCount> rungs{};  ///< of each ladder
  /// The ladder has a controller: without one there is nothing to switch on.
  std::array<bool, domain::kDutyCount> has_controller{};
};

/// Thread: control. Real-time: no allocation after construction.
class Intents {
 public:
  Intents(const domain::Plant& plant, IntentLimits limits);

  /// Queues an intent for its cycle. False when the queue is full: it is not taken and the caller
  /// answers `busy`. One place is kept for an emergency intent.
  bool offer(const domain::Intent& intent) noexcept;

  /// Applies every due intent, at most as many as `answers` has room for: first ai_off, hold and
  /// release, then by authority, then in the order they came. Each intent applied or refused goes
  /// to `applied` and its one answer to `answers` at the same index; the rest wait. Call before
  /// ModeEngine::update and Applications::update, so all act in this cycle (SC-91).
  void apply(std::uint64_t cycle, ModeEngine& modes, Applications& applications,
             domain::Bounded<domain::Intent>& applied,
             domain::Bounded<domain::IntentAnswer>& answers,
             domain::Bounded<domain::Event>& events) noexcept;

  /// Of the last `apply`; `force` stands over cycles, the rest is of that cycle only.
  const Demands& demands() const noexcept { return demands_; }
  std::size_t waiting() const noexcept { return count_; }

  void serialize(domain::Archive& archive);

 private:
  struct Targets {
    ModeEngine& modes;
    Applications& applications;
    std::size_t answer;
    domain::AnswerFacts& facts;
  };

  std::size_t take_due(std::uint64_t cycle, std::size_t room) noexcept;
  Verdict judge(std::size_t due, std::size_t due_count, Targets& to) noexcept;
  Verdict execute(const domain::Intent& intent, Targets& to) noexcept;
  void lift(std::size_t duty, Targets& to) noexcept;
  Verdict set_mode(const domain::Intent& intent, Targets& to) noexcept;
  Verdict set_modes(const domain::Intent& intent, Targets& to) noexcept;
  std::size_t meant_for_application(domain::Duty duty, const ModeEngine& modes) const noexcept;
  void note_before(const domain::Intent& intent, Targets& to) const noexcept;
  Verdict switch_on(const domain::Intent& intent, Targets& to) noexcept;
  Verdict force(const domain::Intent& intent, Targets& to) noexcept;
  Verdict acknowledge(const domain::Intent& intent, Targets& to) noexcept;
  Verdict freeze_bias(const domain::Intent& intent) noexcept;
  Verdict move_rung(const domain::Intent& intent, Targets& to) noexcept;
  Verdict to_controller(const domain::Intent& intent, Targets& to) noexcept;

  const domain::Plant& plant_;
  IntentLimits limits_;
  std::array<std::vector<domain::MvId>, domain::kDutyCount> members_;
  std::vector<domain::Intent> queue_;  // in order of arrival; the first count_ are waiting
  std::size_t count_ = 0;
  std::array<domain::Intent, domain::Record::kMaxIntents> due_;
  Demands demands_;
};

/// The event that says how an intent was answered.
void note(const domain::Intent& intent, Verdict verdict,
          domain::Bounded<domain::Event>& events) noexcept;

/// True for ai_off, hold and release: no permission, no reason needed (SC-91).
bool is_emergency(domain::IntentKind kind) noexcept;

}  // namespace saggar::operate
