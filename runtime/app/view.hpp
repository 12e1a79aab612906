// The live terminal view of `saggar watch`: the kiln on one screen.
#pragma once

#include <string>

#include "runtime/wire/digest.hpp"

namespace saggar::app {

struct WatchOptions {
  std::string records = "tcp://127.0.0.1:7704";
  std::string truth = "tcp://127.0.0.1:7705";  ///< simulators only; empty = none
  double for_s = 0;                            ///< of wall time; 0 = until a signal
  bool korean = false;
};

/// The screen as lines of text, at most `rows` of them; `truth` may be null.
/// Pure: what is shown depends on nothing else.
std::string screen_text(const wire::Digest& digest, const wire::Truth* truth, int rows,
                        bool korean);

/// Draws until stopped. Without a terminal it waits for the end and prints the last screen once.
int watch(const WatchOptions& options);

}  // namespace saggar::app
