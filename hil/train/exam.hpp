// Exam: a package on plants it never saw, beside other controllers, plant by plant.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "hil/campaign/plan.hpp"
#include "hil/verdict/paired.hpp"

namespace saggar::train {

/// One control file under the same stories.
struct Candidate {
  std::string name;
  std::filesystem::path control;
};

struct ExamOptions {
  std::filesystem::path configs = "configs", out;
  std::string story = "three_days";
  std::uint32_t seeds = 20;
  std::uint64_t first_seed = 9001;  ///< none that was learnt from
  double hours = 0;  ///< in place of the story's, its warm-up as much shorter; 0 = the story's
  int jobs = 1;
  const volatile int* stop = nullptr;
  std::ostream* progress = nullptr;
};

/// One key figure: what each candidate came to, and the first less each other one (HI-45).
struct ExamRow {
  std::string name, unit;
  int better = 0;
  std::vector<double> mean;              ///< per candidate
  std::vector<verdict::Paired> against;  ///< per candidate but the first
  verdict::Interval own;                 ///< of the first candidate's figures themselves
};

struct ExamResult {
  std::vector<std::string> names;
  std::vector<ExamRow> rows;
  std::size_t plants = 0, failed = 0;  ///< failed: cases that were refused or crashed
  bool complete = false;
};

/// Runs every candidate on every plant; results stay in `out` and are not made again.
/// Costs what the simulations cost. This process must have one thread.
/// Errors: files, the disk.
domain::Result<ExamResult> examine(const std::vector<Candidate>& candidates,
                                   const campaign::Build& build, const ExamOptions& options);

}  // namespace saggar::train
