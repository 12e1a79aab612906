// Faults: what can go wrong, when, for how long and how badly; and whether the target did it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hil/faults/kinds.hpp"
#include "runtime/config/visitor.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::faults {

/// One event of a scenario.
struct Fault {
  double time_s = 0;
  Kind fault = Kind::thermocouple_open;
  std::string target;     ///< such as zone07.top; empty where the kind needs none
  double severity = 1;    ///< in the unit of the kind
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
    v("target", target,
      {.doc = "Where: a loop (zone07.top), damper (exhaust.damper1), drive group "
              "(transport.group1), gas inlet (o2.inlet01), what a host writes "
              "(zone07.top.setpoint), analyser (gas.point2.o2), end (entry, exit), direction of "
              "the link (frames, commands) or controller, as the kind needs it"});
    v("severity", severity,
      {.doc = "How badly, in the unit of the kind: see docs/engineer/kiln.md",
       .low = -100000,
       .high = 100000});
    v("duration_s", duration_s,
      {.doc = "How long; 0 = to the end; not for limiter_reset", .low = 0, .high = 1e9});
  }
};

/// What is wrong with an event whatever the plant, and in which of its fields: for files and for
/// whoever puts one in by hand. Empty when it may be tried.
struct Objection {
  std::string_view field;
  std::string text;
};
std::vector<Objection> objections(const Fault& fault);

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
  /// Severity of the worst active fault of this kind on this target, the one farthest from 0;
  /// nothing if none is active. Overlapping faults do not add up.
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
