// Intent: one thing an authorised person asked for, applied at the start of a cycle (SC-08).
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "runtime/domain/mode.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/domain/proposal.hpp"
#include "runtime/domain/reason.hpp"

namespace saggar::domain {

enum class IntentKind : std::uint8_t {
  set_mode,            // mv or whole duty: target mode
  set_setpoint,        // mv: operator value (MAN, AUTO)
  acknowledge,         // events up to `cycle`
  switch_on,           // application of a duty: prepare, then on
  switch_off,          // application of a duty: run the fallback, then release
  ai_off,              // all duties to the lowest automatic rung (PID or rule), now (SC-91)
  hold,                // all duties to hold, now (SC-91)
  release,             // all duties to the local recipe, now (SC-91)
  climb,               // duty: allow the ladder to go up to `rung`
  step_down,           // duty: go down to `rung`
  restart_controller,  // controller: leave fault
  tune_start,          // controller, mv: begin an autotune
  tune_abort,          // controller, mv
  set_parameter,       // controller: tunable parameter `key` = value
  freeze_bias,         // duty: the bias of take-overs is no longer bled off (SC-57)
  unfreeze_bias,       // duty: it is bled off again
  set_level,           // controller, `key` = group, empty = all: level `value`, 0 shadow .. 4 full
  accept_move,         // controller, `key` = group: the card that waits (SC-84)
  modify_move,         // the same, but this MV: `value` in its unit; accepts no card yet
  reject_move,         // the same: `reason` says why; it goes to the retraining data (SC-85)
};
inline constexpr int kIntentKindCount = 20;
std::string_view name(IntentKind kind) noexcept;
std::optional<IntentKind> parse_intent_kind(std::string_view text) noexcept;

/// UTF-8 text in place, cut at a character boundary; never allocates.
template <std::size_t N>
class FixedText {
 public:
  FixedText() noexcept { data_.fill('\0'); }
  FixedText(std::string_view text) noexcept {
    assign(text);
  }  // NOLINT(google-explicit-constructor)
  void assign(std::string_view text) noexcept {
    std::size_t n = text.size() < N ? text.size() : N - 1;
    if (n < text.size()) {
      while (n > 0 && (static_cast<unsigned char>(text[n]) & 0xC0U) == 0x80U) --n;
    }
    data_.fill('\0');
    if (n != 0) std::memcpy(data_.data(), text.data(), n);  // an empty view may hold nullptr
  }
  std::string_view view() const noexcept { return {data_.data(), ::strnlen(data_.data(), N)}; }
  bool empty() const noexcept { return data_[0] == '\0'; }
  bool operator==(const FixedText& other) const noexcept { return data_ == other.data_; }

 private:
  std::array<char, N> data_;
};

struct Intent {
  std::uint64_t id = 0;          ///< chosen by the sender, unique per station
  std::uint64_t not_before = 0;  ///< first cycle at which it may apply; 0 = at once
  IntentKind kind = IntentKind::acknowledge;
  MvId mv = kNoMv;  ///< kNoMv with a duty = all its MVs
  Duty duty = Duty::heat;
  Mode mode = Mode::cas;
  std::uint8_t rung = 0xFF;
  ControllerId controller = kNoController;
  double value = 0;
  FixedText<48> key;  ///< parameter or tuning method
  FixedText<32> who;
  FixedText<32> station;
  FixedText<128> reason;
};

/// Exactly one per intent (SC-08).
enum class AnswerKind : std::uint8_t { done, busy, aborted, error };
std::string_view name(AnswerKind kind) noexcept;

/// What the sentence of an answer needs of the moment it was given: what was so before the intent,
/// and what follows from it. For people only: no journal keeps it, it follows from the records.
struct AnswerFacts {
  MvId mv = kNoMv;                            ///< whose mode decides the answer
  ModeBlock block;                            ///< of that MV, before
  AppState application = AppState::off;       ///< of the duty, before
  bool ends_application = false;              ///< it has no MV left
  bool leaves_application = false;            ///< it goes on without what was asked for
  std::optional<IntentKind> lifts;            ///< the emergency that no longer stands
  std::optional<IntentKind> stronger_stands;  ///< the emergency that is not weakened by this one
};

struct IntentAnswer {
  std::uint64_t id = 0;
  FixedText<32> station;
  std::uint64_t cycle = 0;  ///< at which it was applied or refused
  AnswerKind kind = AnswerKind::done;
  Reason reason = Reason::none;
  AnswerFacts facts{};
};

}  // namespace saggar::domain
