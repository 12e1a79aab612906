// Baseline: what a suite came to when people last agreed to it, as a reviewed file (HI-47).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::verdict {

/// One quantity over a case, thinned; infinite is a gap.
struct BaselineTrace {
  std::string name, unit;
  double step_s = 600;
  std::vector<double> values;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Such as zone03.top.pv", .required = true});
    v("unit", unit, {.doc = "As people write it"});
    v("step_s", step_s, {.doc = "Between samples", .low = 0.001, .high = 1e6, .required = true});
    v("values", values,
      {.doc = "From the start of the case; inf = there is none", .may_be_infinite = true});
  }
};

struct BaselineCase {
  std::string id;
  std::string inputs;          ///< SHA-256 of all that defines it
  std::string hash;            ///< SHA-256 of its records; empty: not to be compared to the bit
  config::Parameters figures;  ///< by name; one that had no value is not there
  std::vector<BaselineTrace> traces;

  void set(const std::string& name, double value);

  template <class V>
  void visit(V& v) {
    v("id", id, {.doc = "Of the case, unique", .required = true});
    v("inputs", inputs,
      {.doc = "SHA-256 of all that defines the case, 64 digits", .required = true});
    v("hash", hash, {.doc = "SHA-256 of its records; empty: only figures are compared"});
    v("figures", figures, {.doc = "Key figures by name"});
    v("trace", traces, {.doc = "Thinned trajectories to hold others against", .max_count = 400});
  }
};

struct Baseline {
  static constexpr std::string_view kKind = "baseline";

  std::string suite, author, reason;
  std::string date;    ///< as given by whoever accepts it, YYYY-MM-DD
  std::string build;   ///< which build made it
  std::string sha256;  ///< of this file as it is written with this field empty
  std::vector<BaselineCase> cases;

  template <class V>
  void visit(V& v) {
    v("suite", suite, {.doc = "Whose baseline this is", .required = true});
    v("author", author, {.doc = "Who accepted it", .required = true});
    v("reason", reason, {.doc = "Why it became what it is", .required = true});
    v("date", date, {.doc = "When it was accepted, YYYY-MM-DD", .required = true});
    v("build", build, {.doc = "Which build made it"});
    v("sha256", sha256,
      {.doc = "Of this file as it was written, with this field empty", .required = true});
    v("case", cases, {.doc = "What each case came to", .required = true});
  }
  /// Distinct ids, digests of 64 digits, and its own hash.
  void check(config::Checks& checks) const;
};

/// SHA-256 of the file as it is written with its field `sha256` empty, as 64 digits.
std::string hash_of(Baseline baseline);

/// The text of its file, with its hash. Equal values give equal text. Error: would be longer than a
/// configuration file may be; then it needs fewer figures or traces.
domain::Result<std::string> baseline_text(Baseline baseline);

/// Errors name file, line and field: bad spelling, and content that is not what its hash says.
domain::Result<Baseline> read_baseline(const std::string& name, std::string_view text);
domain::Result<Baseline> load_baseline(const std::filesystem::path& path);

}  // namespace saggar::verdict
