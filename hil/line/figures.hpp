// What the kinds of fault leave open.
#pragma once

namespace saggar::line {

struct Figures {
  double burst_messages = 5;       ///< mean length of a burst of losses, >= 4
  int rate_queue = 10;             ///< messages that wait for a slow link; further ones are lost
  int partition_queue = 1000;      ///< likewise for a cut one: the high-water mark of the sockets
  double undecodable_share = 0.5;  ///< of the spoiled messages: they are lost
  double slew = 500e-6;            ///< s/s: how fast a clock is slewed (adjtime(3) of Linux)
};

}  // namespace saggar::line
