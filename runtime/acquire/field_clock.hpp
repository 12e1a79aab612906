// FieldClock: one timeline for control, whatever the field's own clock does.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/frame.hpp"

namespace saggar::acquire {

/// Control lives in the field's time. A field that restarts, or whose clock is set, would turn
/// every timer and age of the runtime wrong for as long as the jump was; so the times of later
/// frames are moved by `shift_ns`, and control's time goes on without a step. A jump is said in the
/// frame (SC-106). Commands must be moved back by the shift before they go out. Thread: control.
/// Real-time: arithmetic only, plus one pass over the samples after a jump.
class FieldClock {
 public:
  static constexpr std::int64_t kJump_ns = 500'000'000;  ///< SC-106: what counts as a jump
  static constexpr int kConfirm = 5;  ///< frames that must agree on it; one alone may be wrong

  /// Wall pacing: a frame just taken. One that restarts the sequence is of a new run of the field,
  /// which is believed at once; else a jump is believed after `kConfirm` frames and until then the
  /// frame stands as old, or as early, as it says.
  void place(domain::Frame& frame) noexcept {
    const std::int64_t offset_ns = frame.time_ns - frame.received_ns;  // field minus our clock
    const std::int64_t error_ns = offset_ns + shift_ns_ - offset_ns_;
    const bool restarted = frame.sequence < sequence_;
    const bool agrees = std::llabs(offset_ns - candidate_ns_) <= kJump_ns;
    frame.clock_jump_ns = 0;
    if (sequence_ == 0) {
      offset_ns_ = offset_ns;
    } else if (std::llabs(error_ns) <= kJump_ns) {
      offset_ns_ += error_ns;
      agreed_ = 0;
    } else if (restarted || (agreed_ = agrees ? agreed_ + 1 : 1) == kConfirm) {
      frame.clock_jump_ns = error_ns;
      shift_ns_ -= error_ns;
      agreed_ = 0;
    }
    candidate_ns_ = offset_ns;
    sequence_ = frame.sequence;
    move(frame);
  }

  /// Field pacing: a frame in turn. Only a step backwards is a jump; virtual time may leap.
  void follow(domain::Frame& frame, std::int64_t period_ns) noexcept {
    const std::int64_t placed_ns = frame.time_ns + shift_ns_;
    frame.clock_jump_ns = 0;
    if (now_ns_ != 0 && placed_ns < now_ns_) {
      frame.clock_jump_ns = placed_ns - (now_ns_ + period_ns);
      shift_ns_ -= frame.clock_jump_ns;
    }
    move(frame);
    now_ns_ = frame.time_ns;
  }

  /// Wall pacing: control's time at an instant of our monotonic clock. Never falls.
  std::int64_t now_ns(std::int64_t monotonic_ns) noexcept {
    if (sequence_ != 0) now_ns_ = std::max(now_ns_, monotonic_ns + offset_ns_);
    return now_ns_;
  }

  void serialize(domain::Archive& archive) {
    archive(sequence_, offset_ns_, shift_ns_, candidate_ns_, agreed_, now_ns_);
  }
  /// Control's time minus the field's.
  std::int64_t shift_ns() const noexcept { return shift_ns_; }

 private:
  void move(domain::Frame& frame) const noexcept {
    if (shift_ns_ == 0) return;
    frame.time_ns += shift_ns_;
    for (domain::Sample& sample : frame.samples) sample.time_ns += shift_ns_;
  }

  std::uint64_t sequence_ = 0;     // of the newest frame; 0 = none yet
  std::int64_t offset_ns_ = 0;     // control's time minus our clock
  std::int64_t shift_ns_ = 0;      // control's time minus the field's
  std::int64_t candidate_ns_ = 0;  // offset of the newest frame, before it is believed
  int agreed_ = 0;                 // frames in a row that agree on it
  std::int64_t now_ns_ = 0;
};

}  // namespace saggar::acquire
