// ControlThread: starts cycles, by the clock or by the frame, and hands their parts out.
#pragma once

#include <string>
#include <thread>
#include <vector>

#include "runtime/acquire/field_clock.hpp"
#include "runtime/loop/channels.hpp"
#include "runtime/loop/cycle.hpp"
#include "runtime/loop/pace.hpp"
#include "runtime/loop/realtime.hpp"

namespace saggar::loop {

enum class Pacing : std::uint8_t { wall, field };

struct ThreadSettings {
  Pacing pacing = Pacing::wall;
  std::int64_t period_ns = 1'000'000'000;
  OverrunPolicy overrun = OverrunPolicy::skip;
  RealtimeWishes wishes;
  std::int64_t look_ns = 300'000;     ///< field pacing: looks this long for a frame before sleeping
  std::uint64_t cycles = 0;           ///< ends by itself after exactly so many; 0 = does not
  std::uint64_t snapshot_cycles = 0;  ///< a state for the journal each so many; 0 = none
  std::uint64_t last_cycle = 0;       ///< of the journal that goes on; cycles count from the next
};

/// The one thread that runs the cycle. After its first cycle it allocates, locks, logs and writes
/// nothing. Two clocks, one loop:
///   wall   a monotonic timer starts the cycle, which takes the newest frame, or the old one again
///   field  each frame starts a cycle; a full record ring is waited for, virtual time stands still
class ControlThread {
 public:
  /// Both must outlive this object.
  ControlThread(Cycle& cycle, Channels& channels, const ThreadSettings& settings);
  ~ControlThread();
  ControlThread(const ControlThread&) = delete;
  ControlThread& operator=(const ControlThread&) = delete;

  /// Starts the thread and waits until it has tried its real-time wishes.
  /// @return one line per wish: granted or refused and why
  std::vector<std::string> start();
  /// Waits for the end: `channels.stop` in wall pacing, a stop frame in field pacing.
  void join();

  /// One cycle with this frame at this time; public for programs that run everything in one thread.
  /// @param time_ns cycle time in the field's time
  /// @param started_ns monotonic time at which the cycle began; @param late_ns after its plan
  void one(const domain::Frame& frame, std::int64_t time_ns, std::int64_t started_ns,
           std::int64_t late_ns) noexcept;

 private:
  void run_wall() noexcept;
  void run_field() noexcept;
  void take_intents() noexcept;
  bool is_done() noexcept;
  void hand_out(domain::Record& record) noexcept;
  void keep_state() noexcept;

  Cycle& cycle_;
  Channels& channels_;
  ThreadSettings settings_;
  domain::Record spare_;  // where the cycle writes while the record ring is full
  domain::Frame frame_;
  std::uint64_t count_ = 0;
  acquire::FieldClock clock_;
  std::uint64_t next_state_ = 0;  // cycle from which the next state is due
  std::thread thread_;
};

}  // namespace saggar::loop
