// One case of a closed loop: a control file on one plant, with what befalls it; its key figures
// and, where something is watched, its trajectories.
#pragma once

#include <string>
#include <vector>

#include "hil/faults/schedule.hpp"
#include "hil/suite/in_process.hpp"
#include "hil/suite/scorer.hpp"

namespace saggar::accept {

struct CaseOptions {
  std::string control = "pid.toml", site = "test.toml", recipe = "ncm811-p2.toml";
  std::string event;           ///< one of `events()`, or empty: gaps by seed
  bool nominal = false;        ///< the plant as its file has it, not drawn
  double hours = 48;           ///< of field time, warm-up included
  double warm_h = 24;          ///< not judged; an event begins an hour after it
  double target_offset_K = 0;  ///< see suite::KpiRules
};

/// Something that befalls a plant, what is fed meanwhile, and which zones to watch.
struct Event {
  std::string name, title, text;
  std::vector<faults::Fault> faults;  ///< times from the onset
  std::vector<std::size_t> zones;     ///< from 0
  bool feed = true;  ///< its rows come through the entry, else they stand in `zones`
};
const std::vector<Event>& events();
/// Throws with the names there are.
const Event& event_named(const std::string& name);

/// Weekly gaps, crowded into days: 0.3 to 2 m each, one at a random time of every 23 h.
std::vector<faults::Fault> normal_gaps(std::uint64_t seed, double hours);

/// One quantity over the time of a trace; NaN is a gap.
struct Quantity {
  std::string title, unit;
  std::vector<double> values;
};
struct Trace {
  std::vector<double> time_h;  ///< since the onset
  std::vector<Quantity> quantities;
};

struct Case {
  std::uint64_t seed = 0;
  suite::Kpi kpi;
  Trace trace;  ///< empty without an event
  double seconds = 0;
  std::string problem;  ///< empty if it ran
};

/// A name is one of the shipped files, anything with a slash a file of its own.
std::filesystem::path file_of(const std::string& folder, const std::string& name);

/// Runs one case from a start near operation. Throws what stands in the way, in words.
Case run_case(const CaseOptions& options, std::uint64_t seed);
/// Every case, `jobs` at a time (0: as many as there are cores); the outcome does not depend on
/// that. A case that cannot run says why.
std::vector<Case> run_cases(const std::vector<std::pair<CaseOptions, std::uint64_t>>& cases,
                            int jobs, void (*done)(const CaseOptions&, const Case&));
/// One line.
void print(const CaseOptions& options, const Case& one);
/// An object: seed, seconds, key figures and trace.
std::string json(const Case& one);

}  // namespace saggar::accept
