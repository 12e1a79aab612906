#include "runtime/config/gate_config.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::config {
namespace {

using domain::Level;

bool asks_nothing(const GateConfig& gate) {
  return gate.days <= 0 && gate.lots == 0 && gate.coverage <= 0 && gate.acceptance <= 0 &&
         gate.proposals == 0 && gate.override_share >= 1 && gate.moves == 0 &&
         std::isinf(gate.severe) && std::isinf(gate.harm_s) && std::isinf(gate.margin);
}

/// A key that this step has nothing to measure by.
struct Misplaced {
  const char* key;
  bool asked;
  bool fits;
  const char* why;
};

void check_one(const GateConfig& gate, const std::string& at, Checks& checks) {
  const bool decided = gate.to == Level::narrow, shown = gate.to == Level::confirm;
  const bool drives = gate.to >= Level::narrow;
  const char* cards = "right is only in the gate to confirm: moves are shown to people at advise";
  const char* moves = "right is only in the gate to narrow: people decide on moves at confirm";
  const char* moved = "right is only in the gates to narrow and full: it moves nothing before";
  for (const Misplaced& m : {Misplaced{"acceptance", gate.acceptance > 0, shown, cards},
                             Misplaced{"proposals", gate.proposals > 0, shown, cards},
                             Misplaced{"override_share", gate.override_share < 1, decided, moves},
                             Misplaced{"moves", gate.moves > 0, decided, moves},
                             Misplaced{"harm_s", !std::isinf(gate.harm_s), drives, moved},
                             Misplaced{"margin", !std::isinf(gate.margin), drives, moved}}) {
    if (m.asked && !m.fits) checks.complain(at + "." + m.key, std::string("found here, ") + m.why);
  }
  if (gate.lots > 0 && gate.lot_tag.empty()) {
    checks.complain(at + ".lots",
                    "needs `lot_tag`, the tag that holds the number of the lot; the "
                    "runtime knows of no other");
  }
  if (asks_nothing(gate)) {
    checks.complain(at,
                    "asks for nothing, right is at least one condition; without the table the "
                    "figures of SC-82 count");
  }
}

}  // namespace

GateConfig sc82_gate(Level to) {
  GateConfig gate;
  gate.to = to;
  switch (to) {
    case Level::shadow:
      break;
    case Level::advise:
      gate.days = 14;
      gate.lots = 10;
      gate.coverage = 0.9;
      break;
    case Level::confirm:
      gate.acceptance = 0.7;
      gate.proposals = 200;
      break;
    case Level::narrow:
      gate.override_share = 0.1;
      gate.moves = 500;
      gate.severe = 0;
      break;
    case Level::full:
      gate.days = 30;
      gate.harm_s = 0;
      gate.margin = 0.05;
      break;
  }
  return gate;
}

void check_gates(const std::vector<GateConfig>& gates, const std::string& path, Checks& checks) {
  std::vector<Level> seen;
  for (std::size_t i = 0; i < gates.size(); ++i) {
    const std::string at = path + ".gate[" + std::to_string(i) + "]";
    const GateConfig& gate = gates[i];
    if (!checks.sound(at)) continue;
    if (gate.to == Level::shadow) {
      checks.complain(at + ".to",
                      "found \"shadow\", right is advise, confirm, narrow or full: a "
                      "gate leads up");
      continue;
    }
    if (std::find(seen.begin(), seen.end(), gate.to) != seen.end()) {
      checks.complain(at + ".to", "a gate to " + std::string(domain::name(gate.to)) +
                                      " is there already; one table each");
    }
    seen.push_back(gate.to);
    check_one(gate, at, checks);
  }
}

}  // namespace saggar::config
