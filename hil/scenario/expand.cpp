#include "hil/scenario/expand.hpp"

#include <algorithm>
#include <string_view>

#include "hil/scenario/mapping.hpp"
#include "hil/scenario/set_field.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::scenario {
namespace {

using Cases = std::vector<Case>;

constexpr std::size_t kMostCases = 200000;

std::string short_key(const std::string& key) {
  const std::size_t dot = key.rfind('.');
  return key.rfind("bench.", 0) == 0 ? key.substr(dot + 1) : key;
}

std::vector<std::string> values_of(const Vary& vary) {
  std::vector<std::string> values = vary.words;
  for (const double number : vary.numbers) values.push_back(config::plain(number));
  return values;
}

/// The name of a control file as ids have it.
std::string arm_of(const std::string& control) {
  return std::filesystem::path(control).stem().string();
}

/// Files and names of one combination; errors by file. The same for all of its seeds.
domain::Status settle(const LoadedScenario& from, Case& one) {
  auto files = find_files(from.place, one.story.bench);
  if (!files) return domain::Error{from.path.string(), files.error().text()};
  one.files = std::move(files).value();
  if (!has_abstract_names(one.story)) return domain::Done{};
  if (one.files.mapping.empty()) {
    return domain::Error{from.path.string(),
                         "has names with @, but bench.mapping names no file and there is none for "
                         "kiln \"" +
                             one.story.bench.kiln + "\""};
  }
  const auto mapping = config::load<Mapping>(one.files.mapping);
  if (!mapping) return mapping.error();
  const auto resolved = resolve(mapping.value(), one.story);
  if (!resolved) return domain::Error{from.path.string(), resolved.error().text()};
  return domain::Done{};
}

/// What is wrong with a story now that fields of it have other values than its file.
std::string objections(const Scenario& story) {
  const config::Source no_file;
  config::Complaints complaints;
  config::Checks checks(no_file, complaints);
  story.check(checks);
  std::string out;
  for (const config::Complaint& complaint : complaints.sorted()) {
    out += (out.empty() ? "" : "; ") + complaint.path + ": " + complaint.what;
  }
  return out;
}

class Expansion {
 public:
  /// @param by  what changed the scenario besides its own file, with its place; may be empty
  Expansion(const LoadedScenario& from, std::string by, const std::vector<Vary>& more,
            const std::vector<Arm>& arms)
      : from_(from), by_(std::move(by)), vary_(from.scenario.vary), arms_(arms) {
    vary_.insert(vary_.end(), more.begin(), more.end());
  }

  domain::Status run(Cases& out) {
    Scenario story = from_.scenario;
    story.vary.clear();
    return combine(0, story, "", out);
  }

 private:
  domain::Status combine(std::size_t key, const Scenario& story, const std::string& variant,
                         Cases& out) {
    if (key == vary_.size()) return add_arms(story, variant, out);
    for (const std::string& value : values_of(vary_[key])) {
      Scenario changed = story;
      const auto set =
          set_field([&](config::Visitor& v) { changed.visit(v); }, vary_[key].key, value);
      if (!set) return domain::Error{from_.path.string(), "vary: " + set.error().text()};
      std::string name = short_key(vary_[key].key) + "=" + value;
      if (!variant.empty()) name.insert(0, variant + ",");
      const auto done = combine(key + 1, changed, name, out);
      if (!done) return done;
    }
    return domain::Done{};
  }

  domain::Status add_arms(const Scenario& story, const std::string& variant, Cases& out) {
    const std::string wrong = objections(story);
    if (!wrong.empty()) {
      const std::string which = variant.empty() ? "" : variant + ": ";
      return by_.empty() ? domain::Error{from_.path.string(), which + wrong}
                         : domain::Error{by_, "of " + from_.path.string() + ": " + which + wrong};
    }
    auto done = add_seeds(story, variant, arm_of(story.bench.control), false, out);
    for (const Arm& arm : arms_) {
      if (!done) return done;
      if (arm.control == story.bench.control) continue;  // it is that arm itself
      Scenario other = story;
      other.bench.control = arm.control;
      other.expectations.clear();
      other.bounds.clear();
      done = add_seeds(other, variant, arm.name, true, out);
    }
    return done;
  }

  domain::Status add_seeds(const Scenario& story, const std::string& variant,
                           const std::string& arm, bool compared, Cases& out) {
    Case one;
    one.scenario = story.name;
    one.variant = variant;
    one.arm = arm;
    one.story = story;
    one.compared = compared;
    const std::string middle = variant.empty() ? "" : "/" + variant;
    one.group = story.name + middle + "/" + arm;
    const auto settled = settle(from_, one);
    if (!settled) return settled;
    one.story.bench.seeds = 1;
    for (std::uint32_t i = 0; i < story.bench.seeds; ++i) {
      if (out.size() >= kMostCases) {
        return domain::Error{from_.path.string(),
                             "more than " + std::to_string(kMostCases) + " cases"};
      }
      one.seed = story.bench.seed + i;
      one.story.bench.seed = one.seed;
      one.id = one.group + "/seed" + std::to_string(one.seed);
      out.push_back(one);
    }
    return domain::Done{};
  }

  const LoadedScenario& from_;
  std::string by_;
  std::vector<Vary> vary_;
  const std::vector<Arm>& arms_;
};

void apply(const SuiteRun& run, Bench& bench) {
  if (run.seed > 0) bench.seed = run.seed;
  if (run.seeds > 0) bench.seeds = run.seeds;
  if (run.duration_s > 0) bench.duration_s = run.duration_s;
  if (run.warm_up_s >= 0) bench.warm_up_s = run.warm_up_s;
}

/// "suite.toml:12:1: run[3]".
std::string place_of(const LoadedSuite& suite, std::size_t run) {
  const std::string field = "run[" + std::to_string(run) + "]";
  config::Source source;
  source.file = suite.path.string();
  config::Complaints ignored;
  SuiteFile again;
  const auto text = config::read_file(suite.path);
  if (text) config::load_into(text.value(), again, source, ignored);
  const config::Position at = source.of(field);
  return source.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
         field;
}

domain::Status unique(const Cases& cases, const std::string& where) {
  std::vector<std::string_view> ids;
  for (const Case& one : cases) ids.push_back(one.id);
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice == ids.end()) return domain::Done{};
  return domain::Error{where, "two cases would be called " + std::string(*twice) +
                                  ": give one of them other seeds or another scenario name"};
}

}  // namespace

domain::Result<Cases> expand(const LoadedScenario& scenario) {
  Cases cases;
  const auto done = Expansion(scenario, "", {}, {}).run(cases);
  if (!done) return done.error();
  return cases;
}

domain::Result<Cases> expand(const LoadedSuite& suite) {
  Cases cases;
  for (std::size_t i = 0; i < suite.suite.runs.size(); ++i) {
    const SuiteRun& run = suite.suite.runs[i];
    auto loaded = load_scenario(suite.place, run.scenario);
    if (!loaded) return loaded.error();
    apply(run, loaded.value().scenario.bench);
    const std::vector<Arm> none;
    const auto done = Expansion(loaded.value(), place_of(suite, i), run.vary,
                                run.beside ? suite.suite.arms : none)
                          .run(cases);
    if (!done) return done.error();
  }
  const auto distinct = unique(cases, suite.path.string());
  if (!distinct) return distinct.error();
  return cases;
}

}  // namespace saggar::scenario
