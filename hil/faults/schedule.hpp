// Faults: what can go wrong, when, for how long and how badly; and whether the target did it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::faults {

/// Numbers in comments are those of the fault catalogue of the plant facts. Append only.
enum class Kind : std::uint8_t {
  thermocouple_open,   // F1: target loop; reads upscale, flagged as a broken sensor
  thermocouple_stuck,  // F2: target loop; keeps its last reading, not flagged
  heater_open,         // F4: target loop; severity = share of its elements that is lost, 0..1
  scr_short,           // F7: target loop; full power whatever the controller says
  link_loss,           // F22: commands and frames do not pass
  o2_supply_drop,      // F14: severity = share of the flow that is lost, 0..1; purity falls too
  feed_gap,            // F17: nothing is fed
  limiter_reset,       // a person at the panel closes the contactor of a tripped limiter; target:
                       // its loop, or none for all of them
};
inline constexpr int kKindCount = 8;
std::string_view name(Kind kind) noexcept;
/// Done in the moment of its onset; has no duration.
constexpr bool momentary(Kind kind) noexcept { return kind == Kind::limiter_reset; }

/// One event of a scenario.
struct Fault {
  double time_s = 0;
  Kind fault = Kind::thermocouple_open;
  std::string target;  ///< a loop such as zone07.top; empty where the kind needs none
  double severity = 1;
  double duration_s = 0;  ///< 0 = to the end

  friend bool operator==(const Fault&, const Fault&) = default;
  template <class V>
  void visit(V& v) {
    v("time_s", time_s,
      {.doc = "Onset, in simulated time from the start of the scenario",
       .low = 0,
       .high = 1e9,
       .required = true});
    v("fault", fault, {.doc = "What goes wrong, or what a person does about it", .required = true});
    v("target", target, {.doc = "Where: a loop such as zone07.top; not for link, supply and feed"});
    v("severity", severity,
      {.doc = "How badly, 0 to 1, where the kind has degrees", .low = 0, .high = 1});
    v("duration_s", duration_s,
      {.doc = "How long; 0 = to the end; not for limiter_reset", .low = 0, .high = 1e9});
  }
};

/// A file of events.
struct Scenario {
  static constexpr std::string_view kKind = "scenario";

  std::string name;
  std::string description;
  std::vector<Fault> events;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("description", description, {.doc = "What it shows"});
    v("event", events, {.doc = "What happens"});
  }
  void check(config::Checks& checks) const;
};

/// What a plant must offer so that faults can be put into it.
class Target {
 public:
  virtual ~Target() = default;
  /// Makes the fault real; its statement is already active. @return empty, or why this plant
  /// cannot have it
  virtual std::string begin(const Fault& fault) = 0;
  /// Its statement is already over; others on the same target may still be active.
  virtual void end(const Fault& fault) = 0;
};

enum class State : std::uint8_t { waiting, active, over, not_realised };
std::string_view name(State state) noexcept;

/// Whether the target realised one event.
struct Statement {
  Fault fault;
  State state = State::waiting;
  std::string why_not;  ///< for not_realised

  /// "thermocouple_open zone07.top at 3600 s: active"
  std::string text() const;
};

/// Begins and ends the events of a scenario in their time. Thread: one.
class Schedule {
 public:
  Schedule() = default;
  /// @param origin_s  time of the plant at which the scenario starts: times of events count from it
  explicit Schedule(std::vector<Fault> faults, double origin_s = 0);

  /// Adds one, to begin at once if its time is over.
  void add(const Fault& fault);
  /// Begins what is due and ends what is over at this time of the plant; cheap when there is
  /// nothing to do.
  void run(double plant_s, Target& target);
  /// Severity of the worst active fault of this kind on this target; nothing if none is active.
  /// Overlapping faults do not add up.
  std::optional<double> worst(Kind kind, std::string_view target) const noexcept;
  const std::vector<Statement>& statements() const noexcept { return statements_; }
  bool has(const std::vector<Fault>& events) const noexcept;
  /// Events and how far each has gone; restores into any schedule.
  void serialize(domain::Archive& archive);

 private:
  void plan() noexcept;

  std::vector<Statement> statements_;
  double origin_s_ = 0;
  double next_s_ = 1e300;  ///< since the origin
};

}  // namespace saggar::faults

namespace saggar::config {
template <>
struct Spelling<faults::Kind> {
  static constexpr std::array<std::string_view, 8> names = {
      "thermocouple_open", "thermocouple_stuck", "heater_open", "scr_short",
      "link_loss",         "o2_supply_drop",     "feed_gap",    "limiter_reset"};
};
}  // namespace saggar::config
