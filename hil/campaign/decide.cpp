#include "hil/campaign/decide.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <utility>

#include "hil/campaign/store.hpp"
#include "hil/evidence/accept.hpp"
#include "hil/evidence/junit.hpp"
#include "hil/evidence/page.hpp"
#include "hil/evidence/question.hpp"
#include "hil/evidence/summary.hpp"
#include "hil/evidence/traces.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::campaign {
namespace {

namespace fs = std::filesystem;
using Results = std::vector<suite::CaseResult>;

bool matches(const std::string& pattern, const std::string& name) {
  if (pattern.empty() || pattern.back() != '*') return pattern == name;
  return name.compare(0, pattern.size() - 1, pattern, 0, pattern.size() - 1) == 0;
}

/// Names of all series of all traces.
std::set<std::string> series_of(const Results& results) {
  std::set<std::string> out;
  for (const suite::CaseResult& result : results) {
    for (const suite::Series& series : result.trace.series) out.insert(series.name);
  }
  return out;
}

/// A funnel around nothing would hold whatever happens.
domain::Status funnels_fit(const Plan& plan, const Results& results) {
  const std::set<std::string> names = series_of(results);
  if (names.empty()) return domain::Done{};  // nothing ran: other checks say so
  const std::vector<scenario::Funnel>& funnels = plan.judged_by.funnels;
  for (std::size_t i = 0; i < funnels.size(); ++i) {
    const std::string& series = funnels[i].series;
    if (std::any_of(names.begin(), names.end(), [&](auto& n) { return matches(series, n); })) {
      continue;
    }
    const std::vector<std::string> list(names.begin(), names.end());
    return domain::Error{"suite " + plan.suite, "funnel[" + std::to_string(i) + "].series: \"" +
                                                    series + "\" fits no series of any case" +
                                                    config::did_you_mean(series, list) +
                                                    "; there are: " + config::listed(list)};
  }
  return domain::Done{};
}

std::set<std::string> kept_series(const Plan& plan, const Results& results) {
  std::set<std::string> out;
  for (const std::string& name : series_of(results)) {
    for (const scenario::Funnel& funnel : plan.judged_by.funnels) {
      if (matches(funnel.series, name)) out.insert(name);
    }
  }
  return out;
}

domain::Status ask_coverage(const Plan& plan, const Results& results, const JudgedBy& by,
                            Decision& decision) {
  if (plan.judged_by.coverage.empty()) return domain::Done{};
  const scenario::Place place{by.configs, by.configs / "suites"};
  const auto coverage =
      config::load<Coverage>(scenario::find_file(place, "coverage", plan.judged_by.coverage));
  if (!coverage) return coverage.error();
  decision.question.wanted = wanted(coverage.value());
  decision.stale = stale(coverage.value(), results);
  return domain::Done{};
}

/// The finest step that keeps a baseline file reviewable: all samples of all series together.
double baseline_step_s(const Results& results, const std::set<std::string>& series) {
  constexpr double kMostSamples = 50000;
  for (const double step_s : {600.0, 1800.0, 3600.0, 7200.0}) {
    double samples = 0;
    for (const suite::CaseResult& result : results) {
      if (result.trace.series.empty()) continue;
      samples += static_cast<double>(series.size()) * (1 + 3600 * result.hours / step_s);
    }
    if (samples <= kMostSamples) return step_s;
  }
  return 14400;
}

domain::Status write(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) return domain::Error{path.string(), "cannot be written; is the disk full?"};
  return domain::Done{};
}

}  // namespace

fs::path baseline_file(const fs::path& configs, const std::string& suite) {
  return configs / "baselines" / (suite + ".toml");
}

domain::Status judgeable(const Plan& plan, const JudgedBy& by) {
  const fs::path baseline = baseline_file(by.configs, plan.suite);
  if (!plan.whole || !fs::is_regular_file(baseline)) return domain::Done{};
  const auto previous = verdict::load_baseline(baseline);
  if (!previous) return previous.error();
  return domain::Done{};
}

domain::Result<Decision> decide(const Plan& plan, const Results& results, const JudgedBy& by) {
  Decision decision;
  evidence::Question& q = decision.question;
  q = evidence::question_of(plan.judged_by);
  q.campaign = plan.suite;
  q.date = by.date;
  q.build = plan.build.substr(0, 12);
  const scenario::SuiteFile& file = plan.judged_by;
  q.needs_previous = plan.whole && (file.exact || !file.funnels.empty());
  const fs::path baseline = baseline_file(by.configs, plan.suite);
  if (plan.whole && fs::is_regular_file(baseline)) {
    auto previous = verdict::load_baseline(baseline);
    if (!previous) return previous.error();
    q.previous = std::move(previous).value();
  }
  const auto fit = funnels_fit(plan, results);
  if (!fit) return fit.error();
  const auto asked = ask_coverage(plan, results, by, decision);
  if (!asked) return asked.error();
  decision.answer = evidence::judge(q, results);
  return decision;
}

domain::Result<std::string> baseline_text(const Plan& plan, const Results& results,
                                          const std::string& author, const std::string& reason,
                                          const std::string& date) {
  evidence::Acceptance acceptance;
  acceptance.suite = plan.suite;
  acceptance.author = author;
  acceptance.reason = reason;
  acceptance.date = date;
  acceptance.build = plan.build.substr(0, 12);
  acceptance.series = kept_series(plan, results);
  acceptance.step_s = baseline_step_s(results, acceptance.series);
  return verdict::baseline_text(evidence::accept(acceptance, results));
}

domain::Status write_files(const Decision& decision, const Results& results, const fs::path& folder,
                           bool every_trace) {
  const evidence::Question& q = decision.question;
  const evidence::Answer& a = decision.answer;
  const auto html = [&](evidence::Language language) {
    return report::html(evidence::page(q, a, results, language));
  };
  const std::pair<const char*, std::string> files[] = {
      {"report.html", html(evidence::Language::en)},
      {"report.ko.html", html(evidence::Language::ko)},
      {"junit.xml", evidence::junit(q.campaign, results,
                                    evidence::misses(q, a, results, evidence::Language::en))},
      {"summary.json", evidence::summary_json(q, a)}};
  for (const auto& [name, text] : files) {
    const auto written = write(folder / name, text);
    if (!written) return written;
  }
  std::error_code problem;
  fs::remove_all(folder / "traces", problem);  // those of an earlier verdict
  fs::create_directories(folder / "traces", problem);
  for (const suite::CaseResult& result : results) {
    if (result.trace.series.empty() || (!every_trace && result.outcome == "passed")) continue;
    const auto written =
        write(folder / "traces" / (file_stem(result.id) + ".csv"), evidence::csv(result.trace));
    if (!written) return written;
  }
  return domain::Done{};
}

}  // namespace saggar::campaign
