// What every benchmark shares: a table of rows, a way to time, and the files of kiln P2.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "hil/suite/in_process.hpp"
#include "runtime/record/cycle_histogram.hpp"

namespace saggar::bench {

/// One line of the report. `bar` is what the measured figure is held against.
struct Row {
  std::string line;
  std::string required;
  std::string measured;
  bool holds = true;
  bool judged = true;  ///< false: for information
};

class Report {
 public:
  void at_most(const std::string& line, double bar, double measured, const char* unit);
  void at_least(const std::string& line, double bar, double measured, const char* unit);
  void note(const std::string& line, double measured, const char* unit);
  /// Prints the table; true if every judged row holds.
  bool print() const;
  /// The rows as JSON.
  void write(const std::string& path) const;

 private:
  std::vector<Row> rows_;
};

inline std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// Times `body` n times, each on its own.
template <class Body>
record::CycleHistogram time_each(std::uint64_t n, Body&& body) {
  record::CycleHistogram times;
  for (std::uint64_t i = 0; i < n; ++i) {
    const std::int64_t began = now_ns();
    body();
    times.add(now_ns() - began);
  }
  return times;
}

/// Times `n` runs of `body` together: nanoseconds each.
template <class Body>
double time_mean(std::uint64_t n, Body&& body) {
  const std::int64_t began = now_ns();
  for (std::uint64_t i = 0; i < n; ++i) body();
  return static_cast<double>(now_ns() - began) / static_cast<double>(n);
}

/// Kiln P2 with the files of the repository; `control` names a file of configs/control.
suite::InProcessFiles p2_files(const std::string& control = "pid.toml");
/// A started pair of runtime and kiln with heat switched on. Ends the program with the error.
std::unique_ptr<suite::InProcess> p2(const std::string& control = "pid.toml",
                                     suite::InProcessOptions options = {});

void wire(Report& report);
void cycle(Report& report);
void plugin(Report& report);
void records(Report& report);
void filter(Report& report);
void kiln(Report& report);
void lockstep(Report& report);
void policy(Report& report);
/// Only in a build that found the family of problems, SAGGAR_MPC_FAMILY.
void mpc(Report& report);
/// Only in a build with SAGGAR_REFERENCE_SOLVERS.
void reference(Report& report);

}  // namespace saggar::bench
