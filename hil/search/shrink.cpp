#include "hil/search/shrink.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "hil/search/ddmin.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::search {
namespace {

using scenario::Scenario;
using Stories = std::vector<Scenario>;

/// Times that people write, from the coarsest.
constexpr double kRound_s[] = {3600, 600, 60, 10, 1};

class Shrinker {
 public:
  Shrinker(const Scenario& failing, const StillFails& still_fails, const ShrinkOptions& options)
      : still_fails_(still_fails), options_(options) {
    out_.story = failing;
    out_.story.vary.clear();
  }

  domain::Result<Shrunk> run() {
    std::string before;
    do {
      before = config::save_text(out_.story);
      fewer_faults();
      shorter_run();
      fewer_requests();
      fewer_duties();
      plainer_bench();
      for (std::size_t i = 0; i < out_.story.events.size(); ++i) milder(i);
    } while (!over() && before != config::save_text(out_.story));
    if (!error_.ok()) return error_.error();
    return std::move(out_);
  }

 private:
  bool over() const { return !error_.ok() || !out_.whole; }

  /// Index of the first story that fails in the same way; their number if none does.
  std::size_t first(const Stories& stories) {
    for (std::size_t from = 0; from < stories.size() && !over();) {
      const std::size_t to =
          std::min(stories.size(), from + std::max<std::size_t>(options_.at_a_time, 1));
      if (!ask(stories, from, to)) break;
      for (; from < to; ++from) {
        const std::string text = config::save_text(stories[from]);
        if (counted_.try_emplace(text, true).second) {
          if (out_.tried >= options_.budget) {
            out_.whole = false;
            return stories.size();
          }
          ++out_.tried;
        }
        if (known_[text]) return from;
      }
    }
    return stories.size();
  }
  /// Makes known what becomes of those from `from` on, below `to`.
  bool ask(const Stories& stories, std::size_t from, std::size_t to) {
    Stories unknown;
    for (std::size_t i = from; i < to; ++i) {
      const std::string text = config::save_text(stories[i]);
      if (known_.count(text) > 0) continue;
      // One that is wrong, such as a fault after the end, is none.
      const bool right = config::load_text<Scenario>("", text).ok();
      known_[text] = false;
      if (right) unknown.push_back(stories[i]);
    }
    if (unknown.empty()) return true;
    const auto fails = still_fails_(unknown);
    if (!fails) {
      error_ = fails.error();
      return false;
    }
    for (std::size_t i = 0; i < unknown.size(); ++i) {
      known_[config::save_text(unknown[i])] = fails.value()[i];
    }
    return true;
  }
  /// Takes the first of these that fails.
  bool take(const Stories& stories, const std::string& step) {
    const std::size_t found = first(stories);
    if (found == stories.size()) return false;
    out_.story = stories[found];
    out_.steps.push_back(step);
    return true;
  }

  /// The fewest elements of one list.
  template <class T>
  void fewer(std::vector<T>& (*list)(Scenario&), const char* what) {
    const Scenario from = out_.story;
    const auto with = [&](const std::vector<std::size_t>& parts) {
      Scenario story = from;
      const std::vector<T> all = list(story);
      list(story).clear();
      for (const std::size_t i : parts) list(story).push_back(all[i]);
      return story;
    };
    const std::size_t count = list(out_.story).size();
    const auto kept = ddmin(count, [&](const std::vector<std::vector<std::size_t>>& candidates) {
      Stories stories;
      for (const auto& parts : candidates) stories.push_back(with(parts));
      return first(stories);
    });
    if (kept.size() == count || !error_.ok()) return;
    out_.story = with(kept);
    out_.steps.push_back(std::to_string(count - kept.size()) + " " + what + " left out");
  }
  void fewer_faults() {
    fewer<scenario::Event>(
        [](Scenario & s) -> auto& { return s.events; }, "faults");
  }
  void fewer_requests() {
    fewer<scenario::Request>(
        [](Scenario & s) -> auto& { return s.requests; }, "requests");
  }
  void fewer_duties() {
    fewer<domain::Duty>(
        [](Scenario & s) -> auto& { return s.person.switch_on; }, "duties");
  }

  /// The smallest value that still fails, among those from `low` to what it is, by halving; rounded
  /// to the coarsest step that still fails.
  void smaller(double& (*field)(Scenario&, std::size_t), std::size_t i, double low,
               const char* what) {
    const double before = field(out_.story, i);
    double pass = before, fail_low = low;
    const auto with = [&](double value) {
      Scenario story = out_.story;
      field(story, i) = value;
      return Stories{story};
    };
    if (!(before > low)) return;
    if (first(with(low)) == 0) {
      pass = low;
    } else {
      const double enough = std::max(10.0, 0.02 * (before - low));
      while (pass - fail_low > enough && !over()) {
        const double middle = whole(0.5 * (pass + fail_low), pass, fail_low);
        if (middle >= pass || middle <= fail_low) break;
        (first(with(middle)) == 0 ? pass : fail_low) = middle;
      }
    }
    if (pass >= before || !error_.ok()) return;
    field(out_.story, i) = pass;
    out_.steps.push_back(std::string(what) + " " + config::plain(before) + " to " +
                         config::plain(pass));
  }
  /// A round number near the middle, strictly between the two where there is one.
  static double whole(double middle, double high, double low) {
    for (const double round_s : kRound_s) {
      const double value = round_s * std::round(middle / round_s);
      if (value < high && value > low && high - low > 2 * round_s) return value;
    }
    return std::round(middle);
  }

  void shorter_run() {
    double last_s = 1;
    const Scenario& now = out_.story;
    for (const auto& event : now.events) last_s = std::max(last_s, event.time_s + 1);
    for (const auto& request : now.requests) last_s = std::max(last_s, request.time_s + 1);
    for (const auto& sight : now.expectations) last_s = std::max(last_s, sight.after_s + 1);
    smaller([](Scenario& s, std::size_t) -> double& { return s.bench.warm_up_s; }, 0, 0,
            "warm-up, s:");
    last_s = std::max(last_s, out_.story.bench.warm_up_s + 1);
    smaller([](Scenario& s, std::size_t) -> double& { return s.bench.duration_s; }, 0, last_s,
            "run, s:");
  }
  void plainer_bench() {
    Scenario story = out_.story;
    story.bench.drawn = false;
    take_if_new(story, "a plant as its file says");
    story = out_.story;
    story.bench.target_offset_K = 0;
    take_if_new(story, "no offset of the target");
    story = out_.story;
    story.person.best_rung = false;
    take_if_new(story, "nobody who asks again");
  }
  void take_if_new(const Scenario& story, const char* step) {
    if (config::save_text(story) != config::save_text(out_.story)) take({story}, step);
  }

  /// One fault: a smaller severity, simply to the end or shorter, and a rounder onset.
  void milder(std::size_t i) {
    if (over()) return;
    const std::string which = std::string(faults::name(out_.story.events[i].fault));
    if (faults::meaning(out_.story.events[i].fault).has_degrees) less_severe(i, which);
    if (out_.story.events[i].duration_s > 0) {
      Scenario story = out_.story;
      story.events[i].duration_s = 0;
      if (!take({story}, which + " to the end")) {
        smaller([](Scenario& s, std::size_t e) -> double& { return s.events[e].duration_s; }, i, 1,
                (which + ", s:").c_str());
      }
    }
    rounder_onset(i, which);
  }
  /// Toward 0: the least of two digits that fails, by halving between what does and what does not.
  void less_severe(std::size_t i, const std::string& which) {
    const double before = out_.story.events[i].severity;
    const auto with = [&](double severity) {
      Scenario story = out_.story;
      story.events[i].severity = severity;
      return Stories{story};
    };
    double fails = before, holds = 0;
    if (before == 0) return;
    if (first(with(0)) == 0) {
      fails = 0;
    } else {
      while (std::abs(fails - holds) > 0.05 * std::abs(before) && !over()) {
        const double middle = two_digits(0.5 * (fails + holds));
        if (middle == fails || middle == holds) break;
        (first(with(middle)) == 0 ? fails : holds) = middle;
      }
    }
    if (fails == before || !error_.ok()) return;
    out_.story.events[i].severity = fails;
    out_.steps.push_back(which + ": severity " + config::plain(before) + " to " +
                         config::plain(fails));
  }
  static double two_digits(double value) {
    if (value == 0) return 0;
    const double size = std::pow(10.0, 1 - std::floor(std::log10(std::abs(value))));
    return std::round(value * size) / size;
  }
  /// At 0, else on the coarsest of the round times, later before earlier.
  void rounder_onset(std::size_t i, const std::string& which) {
    const double now_s = out_.story.events[i].time_s;
    Stories stories;
    const auto at = [&](double time_s) {
      Scenario story = out_.story;
      story.events[i].time_s = time_s;
      if (time_s >= 0 && time_s != now_s) stories.push_back(story);
    };
    if (now_s == 0) return;
    at(0);
    for (const double round_s : kRound_s) {
      if (now_s == round_s * std::round(now_s / round_s)) break;
      at(round_s * std::ceil(now_s / round_s));
      at(round_s * std::floor(now_s / round_s));
    }
    take(stories, which + ": a rounder onset");
  }

  const StillFails& still_fails_;
  const ShrinkOptions& options_;
  Shrunk out_;
  domain::Status error_ = domain::Done{};
  std::map<std::string, bool> known_, counted_;
};

}  // namespace

domain::Result<Shrunk> shrink(const Scenario& failing, const StillFails& still_fails,
                              const ShrinkOptions& options) {
  return Shrinker(failing, still_fails, options).run();
}

}  // namespace saggar::search
