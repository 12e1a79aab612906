// Between the scopes (gate.cpp) and the calls they count (gate_calls.c).
#pragma once

#include "tests/support/gate.hpp"

namespace saggar::gate {

/// What this thread counted, and how many scopes it has open.
struct ThreadCounts {
  Counts counts;
  Counts at_enter;  ///< counts when saggar_gate_enter was called
  int open_scopes = 0;
  bool telling = false;
};

}  // namespace saggar::gate

/// Adds one if a scope is open on this thread; the first time in the process, tells who called.
/// @param kind 0 allocation, 1 free, 2 lock, 3 wait, 4 write, as in saggar_gate_leave
extern "C" void saggar_gate_count(int kind, const char* call);
