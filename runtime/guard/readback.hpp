// Readback: a value written must be what the field works with a moment later (G9, SC-33).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "runtime/domain/archive.hpp"

namespace saggar::guard {

/// State of one MV. Control thread; no allocation.
class Readback {
 public:
  enum class Found : std::uint8_t { idle, verified, waiting, missed };

  /// A value was sent at `now_s`; `frame` is the sequence number it answered.
  void sent(double value, double now_s, std::uint64_t frame) noexcept {
    if (!pending_) {
      pending_ = true;
      low_ = high_ = value;
      since_s_ = now_s;
      frame_ = frame;
      from_ = std::nan("");
    }
    low_ = std::min(low_, value);
    high_ = std::max(high_, value);
  }

  /// Compares the working value with what was sent. Values sent one after the other within one
  /// deadline all count, because the field answers with a delay; but a field that stands still
  /// while the values move on is found out in the deadline after. A device that ramps by itself is
  /// no miss as long as each deadline finds it a tolerance nearer; one that clamps stands still.
  /// @param in_force newest value sent   @param working NaN if it cannot be read
  /// @param tolerance one resolution step of the coarser of the two
  Found look(double in_force, double working, double tolerance, double now_s, std::uint64_t frame,
             double deadline_s) noexcept {
    if (!pending_) return Found::idle;
    if (std::abs(working - in_force) <= tolerance) {
      pending_ = false;
      misses_ = 0;
      return Found::verified;
    }
    if (std::isnan(from_)) from_ = working;
    const bool two_frames = frame < frame_ || frame - frame_ >= 2;
    if (now_s - since_s_ < deadline_s || !two_frames) return Found::waiting;
    const double nearer = std::abs(from_ - in_force) - std::abs(working - in_force);
    const bool on_the_way =
        nearer >= tolerance || (working >= low_ - tolerance && working <= high_ + tolerance);
    from_ = working;
    low_ = high_ = in_force;
    since_s_ = now_s;
    frame_ = frame;
    if (on_the_way) return Found::waiting;
    ++misses_;
    return Found::missed;
  }

  int misses() const noexcept { return misses_; }
  void forget() noexcept { *this = Readback{}; }

  void serialize(domain::Archive& archive) {
    archive(low_, high_, from_, since_s_, frame_, misses_, pending_);
  }

 private:
  double low_ = 0, high_ = 0;  // of the values sent since `since_s_`
  double from_ = 0;            // where the field stood at `since_s_`; NaN until it is seen
  double since_s_ = 0;
  std::uint64_t frame_ = 0;
  int misses_ = 0;
  bool pending_ = false;
};

}  // namespace saggar::guard
