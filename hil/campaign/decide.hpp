// decide: from the results of a plan to its verdict and its files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hil/campaign/coverage.hpp"
#include "hil/campaign/plan.hpp"
#include "hil/campaign/run.hpp"
#include "hil/evidence/judge.hpp"

namespace saggar::campaign {

struct Decision {
  evidence::Question question;
  evidence::Answer answer;
  std::vector<std::string> stale;  ///< exceptions of the coverage that are no longer true
  bool passed() const { return answer.passed() && stale.empty(); }
};

/// Files that a suite is judged by; both may be absent.
struct JudgedBy {
  std::filesystem::path configs = "configs";
  std::string date;  ///< YYYY-MM-DD, for the page
};

/// Before anything runs: a baseline that cannot be read would only be seen at the end.
domain::Status judgeable(const Plan& plan, const JudgedBy& by);

/// By the margins, funnels, coverage and baseline of the plan's suite. Errors: a baseline or
/// coverage file that is damaged; one that is not there means none.
domain::Result<Decision> decide(const Plan& plan, const std::vector<suite::CaseResult>& results,
                                const JudgedBy& by);

/// `<configs>/baselines/<suite>.toml`.
std::filesystem::path baseline_file(const std::filesystem::path& configs, const std::string& suite);

/// A baseline of these results: every figure of a suite of its own size, and the series of its
/// funnels.
domain::Result<std::string> baseline_text(const Plan& plan,
                                          const std::vector<suite::CaseResult>& results,
                                          const std::string& author, const std::string& reason,
                                          const std::string& date);

/// report.html and report.ko.html, junit.xml, summary.json and traces/ID.csv of cases that have a
/// trace and failed, or of all. Errors: the disk.
domain::Status write_files(const Decision& decision, const std::vector<suite::CaseResult>& results,
                           const std::filesystem::path& folder, bool every_trace);

}  // namespace saggar::campaign
