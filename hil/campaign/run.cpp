#include "hil/campaign/run.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ostream>

#include "hil/campaign/inputs.hpp"
#include "hil/campaign/pool.hpp"
#include "hil/suite/by_the_clock.hpp"
#include "hil/suite/over_wire.hpp"
#include "hil/suite/run_case.hpp"

namespace saggar::campaign {
namespace {

using Clock = std::chrono::steady_clock;

std::string replay_of(const RunOptions& options, const std::string& id) {
  std::string text = options.replay;
  const std::size_t at = text.find("{id}");
  return at == std::string::npos ? text : text.replace(at, 4, id);
}

/// What a case says goes to its log, not between the lines of the progress.
void redirect(const std::filesystem::path& log) {
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return;
  ::dup2(file, STDOUT_FILENO);
  ::dup2(file, STDERR_FILENO);
  ::close(file);
}

std::string duration(double s) {
  char text[32];
  if (s < 90) {
    std::snprintf(text, sizeof text, "%.0f s", s);
  } else if (s < 5400) {
    std::snprintf(text, sizeof text, "%.0f min", s / 60);
  } else {
    std::snprintf(text, sizeof text, "%.1f h", s / 3600);
  }
  return text;
}

class Running {
 public:
  Running(const Plan& plan, const Store& store, const RunOptions& options)
      : plan_(plan), store_(store), options_(options), found_(plan.cases.size()) {}

  Outcome run() {
    const auto began = Clock::now();
    for (std::size_t i = 0; i < plan_.cases.size(); ++i) {
      auto result = store_.find(plan_.cases[i]);
      if (result) {
        found_[i] = std::move(result);
        ++outcome_.reused;
      } else {
        todo_.push_back(i);
      }
    }
    PoolOptions pool;
    pool.jobs = options_.jobs;
    pool.limit_s = plan_.judged_by.case_limit_s;
    pool.stop = options_.stop;
    const bool to_the_end = run_pool(
        todo_.size(), pool, [this](std::size_t i) { return work(plan_.cases[todo_[i]]); },
        [this, began](const Ended& ended) { done(ended, began); });
    outcome_.complete = to_the_end && killed_ == 0;
    for (auto& result : found_) {
      if (result) outcome_.results.push_back(std::move(*result));
    }
    outcome_.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    return std::move(outcome_);
  }

 private:
  /// In a process of its own.
  int work(const Planned& planned) {
    redirect(store_.log_file(planned.one.id));
    suite::CaseResult result =
        options_.bench == Bench::in_process ? in_process(planned) : two_processes(planned);
    result.inputs = planned.inputs;
    result.replay = replay_of(options_, planned.one.id);
    const auto saved = store_.save(result);
    if (saved) return 0;
    std::fprintf(stderr, "%s\n", saved.error().text().c_str());
    return 1;
  }

  suite::CaseResult in_process(const Planned& planned) const {
    suite::CaseOptions how;
    how.allocations = options_.allocations;
    how.from = options_.from;
    how.plugin_dirs = options_.plugin_dirs;
    if (options_.journals) {
      how.journal = (store_.folder() / (file_stem(planned.one.id) + ".journal")).string();
    }
    return suite::run_case(planned.one, how);
  }
  suite::CaseResult two_processes(const Planned& planned) const {
    suite::WireOptions how;
    how.program = options_.program;
    how.folder = store_.folder() / "wire" / file_stem(planned.one.id);
    how.plugin_dirs = options_.plugin_dirs;
    how.keep_journal = options_.journals;
    return options_.bench == Bench::wall ? suite::run_case_by_the_clock(planned.one, how)
                                         : suite::run_case_over_wire(planned.one, how);
  }

  void done(const Ended& ended, Clock::time_point began) {
    const std::size_t i = todo_[ended.index];
    const Planned& planned = plan_.cases[i];
    auto result = store_.find(planned);
    const bool killed = options_.again_if_killed && ended.signal == SIGKILL && !ended.too_long;
    outcome_.cpu_s += ended.cpu_s;
    ++finished_;
    if (killed && !result) {
      ++killed_;
      return;
    }
    if (!result || (!ended.sound() && !killed)) {
      suite::CaseResult crashed = suite::blank_result(planned.one);
      crashed.inputs = planned.inputs;
      crashed.problem = ended.problem() + "; see " + store_.log_file(planned.one.id).string();
      crashed.seconds = ended.seconds;
      crashed.replay = replay_of(options_, planned.one.id);
      (void)store_.save(crashed);
      result = std::move(crashed);
    }
    outcome_.simulating_s += result->seconds;
    if (options_.progress != nullptr) tell(*result, began);
    found_[i] = std::move(result);
  }

  void tell(const suite::CaseResult& result, Clock::time_point began) {
    const double so_far = std::chrono::duration<double>(Clock::now() - began).count();
    const double each = so_far / static_cast<double>(finished_);
    const double left = each * static_cast<double>(todo_.size() - finished_);
    *options_.progress << "[" << finished_ << "/" << todo_.size() << "] " << result.outcome << "  "
                       << result.id << "  " << duration(result.seconds);
    if (finished_ < todo_.size()) *options_.progress << "  (" << duration(left) << " left)";
    *options_.progress << std::endl;
  }

  const Plan& plan_;
  const Store& store_;
  const RunOptions& options_;
  Outcome outcome_;
  std::vector<std::optional<suite::CaseResult>> found_;
  std::vector<std::size_t> todo_;
  std::size_t finished_ = 0, killed_ = 0;
};

}  // namespace

domain::Result<std::string> made_by(const Build& build, const RunOptions& options) {
  if (options.bench == Bench::in_process) return build.digest;
  const auto program = digest_of_file(options.program);
  if (!program) return program.error();
  return build.digest + (options.bench == Bench::wall ? " wall " : " wire ") + program.value();
}

Outcome run(const Plan& plan, const Store& store, const RunOptions& options) {
  return Running(plan, store, options).run();
}

double least_real_time_s(const Plan& plan, const Store& store, int jobs) {
  double longest_s = 0, sum_s = 0;
  for (const Planned& planned : plan.cases) {
    if (store.find(planned)) continue;
    sum_s += planned.one.story.bench.duration_s;
    longest_s = std::max(longest_s, planned.one.story.bench.duration_s);
  }
  return std::max(longest_s, sum_s / std::max(1, jobs));
}

Outcome gather(const Plan& plan, const Store& store) {
  Outcome outcome;
  for (const Planned& planned : plan.cases) {
    auto result = store.find(planned);
    if (result) outcome.results.push_back(std::move(*result));
  }
  outcome.reused = outcome.results.size();
  outcome.complete = outcome.results.size() == plan.cases.size();
  return outcome;
}

}  // namespace saggar::campaign
