// Expectation: what must be seen in a run, or must not.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/config/spellings.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::scenario {

/// What is looked for.
enum class Sight : std::uint8_t {
  rung,         // the ladder of a duty moves to this rung
  driving,      // this rung drives the duty at every cycle of the time given
  event,        // an event or alarm
  mode,         // an MV comes to this actual mode
  application,  // the application of a duty comes to this state
  answer,       // an intent is answered so
  gate,         // a gate of the guard corrects or refuses an MV
  refused,      // the runtime does not start, and says this
};

struct Expectation {
  Sight see = Sight::event;
  std::string is{};  ///< name of the rung, event, mode, state or answer; part of a refusal
  std::string of{};  ///< tag, MV, controller, cause or intent it is about; empty: any
  domain::Duty duty = domain::Duty::heat;
  std::string reason{};  ///< name of a reason; empty: any
  double after_s = 0, within_s = 0;
  std::uint32_t least = 1;
  bool never = false;

  template <class V>
  void visit(V& v) {
    v("see", see, {.doc = "What is looked for", .required = true});
    v("is", is,
      {.doc =
           "Its name: rung, event, mode, state, answer or gate (such as `G5 rate clip`), or part "
           "of what a refusal says",
       .required = true});
    v("of", of, {.doc = "Tag, MV, controller, cause or intent that it is about; empty: any"});
    v("duty", duty, {.doc = "For rung, driving and application"});
    v("reason", reason, {.doc = "Name of the reason given; empty: any"});
    v("after_s", after_s,
      {.doc = "Only from then on, in simulated time from the start", .low = 0, .high = 1e9});
    v("within_s", within_s,
      {.doc = "Only so long after that; 0 = to the end", .low = 0, .high = 1e9});
    v("least", least, {.doc = "So often at least", .high = 1e9});
    v("never", never, {.doc = "It must not be seen at all"});
  }
};

}  // namespace saggar::scenario

namespace saggar::config {
template <>
struct Spelling<scenario::Sight> {
  static constexpr std::array<std::string_view, 8> names = {
      "rung", "driving", "event", "mode", "application", "answer", "gate", "refused"};
};
}  // namespace saggar::config
