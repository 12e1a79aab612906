// A peer in the same process: Ipopt, the one solver of Debian that takes the family's problems as
// they are (dlib's box QP and MPC know no rates, Clp no quadratic cost).
#pragma once

#include "tests/controllers/mpc/ocp/tapes.hpp"

namespace saggar::bench {

struct PeerStep {
  double seconds = 0, cost = 0;
  bool solved = false;
};

/// One step of a tape, matrices() of it before, solved from nothing.
PeerStep ipopt(const ocp::Tape& tape, int t);

}  // namespace saggar::bench
