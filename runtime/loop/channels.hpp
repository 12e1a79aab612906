// Channels: everything that crosses between the control thread and the others. Nothing else does.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "runtime/acquire/inbox.hpp"
#include "runtime/actuate/outbox.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/exchange/ring.hpp"
#include "runtime/loop/watchdog.hpp"

namespace saggar::loop {

/// A frame with this sequence number ends the control thread; the io thread sends it.
inline constexpr std::uint64_t kStopSequence = UINT64_MAX;
/// A record of this cycle ends the drain thread; the control thread sends it last.
inline constexpr std::uint64_t kStopCycle = UINT64_MAX;

/// All that influences the cycles after `cycle`, for a journal.
struct StateAfter {
  std::uint64_t cycle = 0;
  std::vector<std::uint8_t> state;
};

/// What a counting library in front of the C library saw on the control thread, if one is there:
/// allocations, frees, locks, waits, inputs and outputs, from the second cycle on.
struct GateTotals {
  std::uint64_t cycles = 0;  ///< 0: nobody counted
  std::uint64_t calls[5] = {};
};

struct Channels {
  /// Room for the answers to all requests that can be under way at once.
  static constexpr std::size_t kAnswers = 256;

  /// @param prototype a record of the right shape, for the slots of the record ring
  /// @param state_bytes room for one state, see Cycle::snapshot; 0: no states are kept
  Channels(const domain::Plant& plant, const domain::Record& prototype, std::size_t record_slots,
           std::int64_t watchdog_patience_ns, std::size_t state_bytes = 0)
      : inbox(plant, 8),
        outbox(plant),
        intents(64, domain::Intent{}),
        answers(kAnswers, domain::IntentAnswer{}),
        records(record_slots, prototype),
        states(2, StateAfter{0, std::vector<std::uint8_t>(state_bytes)}),
        watchdog(watchdog_patience_ns) {}

  acquire::Inbox inbox;                          // io -> control
  actuate::Outbox outbox;                        // control -> io
  exchange::ring<domain::Intent> intents;        // io -> control
  exchange::ring<domain::IntentAnswer> answers;  // control -> io
  exchange::ring<domain::Record> records;        // control -> drain
  exchange::ring<StateAfter> states;             // control -> drain, before its record
  Watchdog watchdog;                             // control -> io
  std::atomic<bool> stop{false};                 // main -> control, wall pacing
  std::atomic<bool> ended{false};                // control -> main: the asked cycles are done
  GateTotals gate;                               // control; read after its end
  std::atomic<std::uint64_t> overruns{0};        // control -> anybody who shows it
};

}  // namespace saggar::loop
