#include "hil/search/falsify.hpp"

#include <algorithm>
#include <cmath>

#include "hil/search/restarts.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::search {
namespace {

double rounded(double value) {
  const double size = value == 0 ? 1 : std::pow(10.0, 5 - std::floor(std::log10(std::abs(value))));
  return std::isfinite(value) ? std::round(value * size) / size : value;
}

/// What breaks is worse than what does not, whatever it is worth: the objective may look elsewhere.
bool worse(const Trial& a, const Trial& b) noexcept {
  return a.broken == b.broken ? a.worth < b.worth : a.broken;
}

class Search {
 public:
  Search(const FalsifyFile& file, const scenario::Scenario& from, const RunStories& run,
         const std::function<void(const Trial&)>& told)
      : file_(file), from_(from), run_(run), told_(told) {}

  /// One generation, or what is left of the budget. Values for the searcher; empty: it is over.
  domain::Result<std::vector<double>> generation(const std::vector<Point>& points,
                                                 std::size_t restart) {
    ++generation_;
    const std::size_t left = file_.budget - found_.trials.size();
    const std::size_t count = std::min(points.size(), left);
    std::vector<scenario::Scenario> stories;
    for (std::size_t i = 0; i < count; ++i) {
      auto story = story_at(from_, file_.ranges, points[i]);
      if (!story) return story.error();
      stories.push_back(std::move(story).value());
    }
    const auto results = run_(stories);
    if (!results) return results.error();
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) {
      add(points[i], restart, stories[i], results.value()[i]);
      values.push_back(found_.trials.back().worth);
      if (file_.until_broken && found_.first_broken > 0) return std::vector<double>{};
    }
    if (count < points.size() || found_.trials.size() >= file_.budget) values.clear();
    return values;
  }
  Findings& found() noexcept { return found_; }

 private:
  void add(const Point& place, std::size_t restart, const scenario::Scenario& story,
           const suite::CaseResult& result) {
    Trial trial;
    trial.run = found_.trials.size() + 1;
    trial.restart = restart;
    trial.generation = generation_;
    trial.id = story_id(story);
    trial.place = place;
    trial.worth = worth(file_.objective, story, result);
    trial.broken = broken(result);
    trial.outcome = result.outcome;
    if (trial.broken && found_.first_broken == 0) found_.first_broken = trial.run;
    if (found_.trials.empty() || worse(trial, found_.trials[found_.worst])) {
      found_.worst = found_.trials.size();
      found_.story = story;
      found_.result = result;
    }
    found_.trials.push_back(trial);
    if (told_) told_(trial);
  }

  const FalsifyFile& file_;
  const scenario::Scenario& from_;
  const RunStories& run_;
  const std::function<void(const Trial&)>& told_;
  Findings found_;
  std::size_t generation_ = 0;
};

}  // namespace

std::unique_ptr<Searcher> searcher_of(const FalsifyFile& file, bool random) {
  if (random) {
    return std::make_unique<RandomSearch>(file.ranges.size(), std::max(file.scouts, 1U), file.seed);
  }
  RestartOptions how;
  how.descent.population = file.population;
  how.descent.step = file.step;
  how.descent.seed = file.seed;
  how.scouts = file.scouts;
  how.patience = file.patience;
  return std::make_unique<Restarts>(file.ranges.size(), how);
}

domain::Result<Findings> falsify(const FalsifyFile& file, const scenario::Scenario& from,
                                 Searcher& searcher, const RunStories& run,
                                 const std::function<void(const Trial&)>& told) {
  const auto fit = fits(file, from);
  if (!fit) return fit.error();
  Search search(file, from, run, told);
  for (;;) {
    const auto values = search.generation(searcher.ask(), searcher.restarts());
    if (!values) return values.error();
    if (values.value().empty()) return std::move(search.found());
    searcher.tell(values.value());
  }
}

std::string csv(const FalsifyFile& file, const Findings& findings) {
  std::string text = "run,restart,worth,broken,outcome";
  for (const Range& range : file.ranges) text += "," + range.key;
  text += "\n";
  for (const Trial& trial : findings.trials) {
    text += std::to_string(trial.run) + "," + std::to_string(trial.restart) + "," +
            config::plain(trial.worth) + "," + (trial.broken ? "1," : "0,") + trial.outcome;
    for (std::size_t i = 0; i < file.ranges.size(); ++i) {
      text += "," + file.ranges[i].at(trial.place[i]);
    }
    text += "\n";
  }
  return text;
}

std::vector<std::string> account(const FalsifyFile& file, const Findings& findings) {
  const Trial& worst = findings.trials[findings.worst];
  std::vector<std::string> lines;
  lines.push_back("Found by `saggar-hil falsify " + file.name + "`, seed " +
                  std::to_string(file.seed) + ": run " + std::to_string(worst.run) + " of " +
                  std::to_string(findings.trials.size()) + ", worth " +
                  config::plain(rounded(worst.worth)) +
                  (worst.broken ? ". It breaks:" : ". Nothing broke."));
  for (const suite::Check& check : findings.result.checks) {
    if (check.held) continue;
    lines.push_back("  " + check.text + ": required " + check.expected + ", got " + check.got);
  }
  if (!findings.result.problem.empty()) lines.push_back("  " + findings.result.problem);
  std::string figures;
  for (const scenario::Bound& bound : findings.story.bounds) {
    for (const suite::Figure& figure : findings.result.figures) {
      if (figure.name != bound.kpi) continue;
      figures += (figures.empty() ? "" : ", ") + figure.name + " " +
                 config::plain(rounded(figure.value)) + " " + figure.unit;
    }
  }
  if (!figures.empty()) lines.push_back("Figures: " + figures);
  return lines;
}

}  // namespace saggar::search
