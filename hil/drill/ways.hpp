// The ways to misbehave, by number: the one table of them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace saggar::drill {

/// Values of the parameter `misbehave`. In the order of the kinds `plugin_...` of hil/faults;
/// append only, before nothing.
enum class Way : std::uint8_t {
  none,
  nan,             // proposes a value that is not a number
  inf,             // proposes an infinite value
  denormal,        // proposes 4.9e-324 everywhere
  huge,            // proposes 1e300 everywhere
  wrong_length,    // hands back one value fewer
  late,            // sleeps 600 ms: more than half of a cycle of 1 s
  throws,          // a C++ exception through the C boundary
  reports_fault,   // says it is broken
  no_proposal,     // has none: infeasible
  not_ready,       // has none: does not track yet
  out_of_domain,   // has none: inputs outside what it was made for
  low_confidence,  // trusts itself by 0.2; its limit is 0.5
  allocates,       // allocates and frees
  leak,            // keeps 64 KiB more each step
  thread_bomb,     // leaves 4 threads more each step
  fd_leak,         // leaves one file descriptor more open each step
  log_flood,       // writes 100 lines to the standard error each step
  oscillates,      // the reference plus and minus `amplitude`, in turn
  stale,           // repeats its last sound proposal, for ever
  ignores_limits,  // 1000 above the upper limits
  blocks_signals,  // blocks all signals of the thread that steps it
  segfault,        // writes to address 0
  abort,
  exits,  // exit(0)
  hangs   // never returns
};

inline constexpr std::array<std::string_view, 26> kWays = {
    "none",           "nan",       "inf",
    "denormal",       "huge",      "wrong_length",
    "late",           "throws",    "reports_fault",
    "no_proposal",    "not_ready", "out_of_domain",
    "low_confidence", "allocates", "leak",
    "thread_bomb",    "fd_leak",   "log_flood",
    "oscillates",     "stale",     "ignores_limits",
    "blocks_signals", "segfault",  "abort",
    "exits",          "hangs"};

/// Ends or stops the process that runs it.
constexpr bool ends_process(Way way) noexcept { return way >= Way::segfault; }

}  // namespace saggar::drill
