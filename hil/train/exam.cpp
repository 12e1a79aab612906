#include "hil/train/exam.hpp"

#include <algorithm>
#include <cmath>

#include "hil/campaign/run.hpp"
#include "hil/scenario/expand.hpp"

namespace saggar::train {
namespace {

using verdict::Sample;

domain::Result<std::vector<scenario::Case>> cases_of(const std::vector<Candidate>& candidates,
                                                     const ExamOptions& options) {
  auto story =
      scenario::load_scenario({options.configs, std::filesystem::current_path()}, options.story);
  if (!story) return story.error();
  scenario::LoadedScenario one = std::move(story).value();
  one.scenario.bench.seed = options.first_seed;
  one.scenario.bench.seeds = options.seeds;
  scenario::Bench& bench = one.scenario.bench;
  if (options.hours > 0) {
    bench.warm_up_s *= options.hours * 3600 / bench.duration_s;
    bench.duration_s = options.hours * 3600;
  }
  std::vector<scenario::Case> all;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    auto some = scenario::expand(one);
    if (!some) return some.error();
    for (scenario::Case& c : some.value()) {
      c.arm = candidates[i].name;
      c.group = c.scenario + "/" + c.arm;
      c.id = c.group + "/seed" + std::to_string(c.seed);
      c.files.control = candidates[i].control;
      c.compared = true;  // its figures are wanted, not its trace
      all.push_back(std::move(c));
    }
  }
  return all;
}

std::vector<double> values(const Sample& sample) {
  std::vector<double> out;
  for (const auto& [key, value] : sample) {
    if (std::isfinite(value)) out.push_back(value);
  }
  return out;
}

ExamRow row_of(const suite::Figure& figure, const std::vector<Sample>& samples) {
  ExamRow row{figure.name, figure.unit, figure.better, {}, {}, {}};
  for (const Sample& sample : samples) {
    const std::vector<double> v = values(sample);
    double sum = 0;
    for (const double one : v) sum += one;
    row.mean.push_back(v.empty() ? std::nan("") : sum / static_cast<double>(v.size()));
  }
  const std::vector<double> own = values(samples.front());
  row.own = verdict::mean_interval(own);
  for (std::size_t i = 1; i < samples.size(); ++i) {
    verdict::PairedRules rules;
    rules.least_pairs = 2;  // the number of plants stands beside the table
    row.against.push_back(verdict::compare(samples.front(), samples[i], figure.better, rules));
  }
  return row;
}

bool sound(const suite::CaseResult& r) { return r.outcome == "passed" || r.outcome == "failed"; }

}  // namespace

domain::Result<ExamResult> examine(const std::vector<Candidate>& candidates,
                                   const campaign::Build& build, const ExamOptions& options) {
  auto cases = cases_of(candidates, options);
  if (!cases) return cases.error();
  scenario::SuiteFile judged_by;
  judged_by.name = "exam";
  judged_by.case_limit_s = 7200;
  const auto plan = campaign::make_plan("exam", judged_by, std::move(cases).value(), build);
  if (!plan) return plan.error();
  const campaign::Store store(options.out);
  campaign::RunOptions how;
  how.jobs = options.jobs;
  how.plugin_dirs = build.plugin_dirs;
  how.stop = options.stop;
  how.progress = options.progress;
  const auto made_by = campaign::made_by(build, how);
  if (!made_by) return made_by.error();
  if (const auto opened = store.open(false, made_by.value()); !opened) return opened.error();
  const campaign::Outcome outcome = campaign::run(plan.value(), store, how);

  ExamResult out;
  out.plants = options.seeds;
  out.complete = outcome.complete;
  for (const Candidate& one : candidates) out.names.push_back(one.name);
  const suite::CaseResult* first = nullptr;
  for (const suite::CaseResult& r : outcome.results) {
    if (!sound(r)) {
      ++out.failed;
    } else if (first == nullptr) {
      first = &r;
    }
  }
  if (first == nullptr) return out;
  for (const suite::Figure& figure : first->figures) {
    if (figure.machine) continue;
    std::vector<Sample> samples(candidates.size());
    for (const suite::CaseResult& r : outcome.results) {
      if (!sound(r)) continue;
      const auto at = static_cast<std::size_t>(
          std::find(out.names.begin(), out.names.end(), r.arm) - out.names.begin());
      for (const suite::Figure& f : r.figures) {
        if (f.name == figure.name && at < samples.size())
          samples[at]["seed" + std::to_string(r.seed)] = f.value;
      }
    }
    out.rows.push_back(row_of(figure, samples));
  }
  return out;
}

}  // namespace saggar::train
