#include "tests/support/gate.hpp"

#include "tests/support/gate_counting.hpp"

#ifndef SAGGAR_GATE_OFF
#include <execinfo.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#endif

namespace saggar::gate {
namespace {

#ifdef SAGGAR_GATE_OFF
constexpr bool kAvailable = false;
#else
constexpr bool kAvailable = true;
#endif

// Initial-exec: reading it never allocates, which a malloc must be able to rely on.
constinit thread_local ThreadCounts mine __attribute__((tls_model("initial-exec")));

Counts since(const Counts& before) noexcept {
  Counts seen;
  seen.allocations = mine.counts.allocations - before.allocations;
  seen.frees = mine.counts.frees - before.frees;
  seen.locks = mine.counts.locks - before.locks;
  seen.waits = mine.counts.waits - before.waits;
  seen.writes = mine.counts.writes - before.writes;
  seen.available = kAvailable;
  return seen;
}

#ifndef SAGGAR_GATE_OFF
enum class Trace { no, print, abort };
Trace trace = Trace::no;
std::atomic<bool> told{false};

// backtrace() allocates at its first call: make that call before anything is counted.
__attribute__((constructor)) void read_environment() {
  const char* wish = std::getenv("SAGGAR_GATE_TRACE");
  if (wish == nullptr) return;
  trace = std::strcmp(wish, "abort") == 0 ? Trace::abort : Trace::print;
  void* frames[2];
  ::backtrace(frames, 2);
}

void tell(const char* call) noexcept {
  const char* const words[] = {"gate: first offender is ", call, "\n"};
  for (const char* word : words) {
    if (::write(2, word, std::strlen(word)) < 0) break;
  }
  void* frames[32];
  ::backtrace_symbols_fd(frames, ::backtrace(frames, 32), 2);
  if (trace == Trace::abort) std::abort();
}
#endif

}  // namespace

Scope::Scope() noexcept : before_(mine.counts) { ++mine.open_scopes; }

Scope::~Scope() { --mine.open_scopes; }

Counts Scope::counts() const noexcept { return since(before_); }

}  // namespace saggar::gate

extern "C" {

void saggar_gate_enter(void) {
  saggar::gate::mine.at_enter = saggar::gate::mine.counts;
  ++saggar::gate::mine.open_scopes;
}

int saggar_gate_leave(std::uint64_t totals[5]) {
  const saggar::gate::Counts seen = saggar::gate::since(saggar::gate::mine.at_enter);
  --saggar::gate::mine.open_scopes;
  const std::uint64_t figures[5] = {seen.allocations, seen.frees, seen.locks, seen.waits,
                                    seen.writes};
  for (int i = 0; i < 5; ++i) totals[i] += figures[i];
  return seen.available ? 1 : 0;
}

#ifndef SAGGAR_GATE_OFF
void saggar_gate_count(int kind, const char* call) {
  using saggar::gate::Counts;
  static constexpr std::uint64_t Counts::*kCounter[5] = {
      &Counts::allocations, &Counts::frees, &Counts::locks, &Counts::waits, &Counts::writes};
  saggar::gate::ThreadCounts& mine = saggar::gate::mine;
  if (mine.open_scopes == 0 || mine.telling) return;
  mine.counts.*kCounter[kind] += 1;
  if (saggar::gate::trace == saggar::gate::Trace::no || saggar::gate::told.exchange(true)) return;
  mine.telling = true;
  saggar::gate::tell(call);
  mine.telling = false;
}
#endif
}
