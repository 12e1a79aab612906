#include "hil/suite/run_case.hpp"

#include <chrono>
#include <cmath>

#include "hil/scenario/depends_on.hpp"
#include "hil/suite/known_names.hpp"
#include "hil/suite/people.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/number_text.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::suite {
namespace {

KpiRules rules_of(const scenario::Bench& bench) {
  KpiRules rules;
  rules.warm_up_s = bench.warm_up_s;
  rules.target_offset_K = bench.target_offset_K;
  return rules;
}

std::string limits(const scenario::Bound& bound) {
  std::string out;
  if (std::isfinite(bound.least)) out += ">= " + config::plain(bound.least);
  if (std::isfinite(bound.most)) out += (out.empty() ? "<= " : ", <= ") + config::plain(bound.most);
  return out;
}

Check judge(const scenario::Bound& bound, const std::vector<Figure>& figures) {
  Check check{bound.kpi, limits(bound), "", false, "bound"};
  std::vector<std::string> names;
  for (const Figure& figure : figures) {
    names.push_back(figure.name);
    if (figure.name != bound.kpi) continue;
    check.held = figure.value >= bound.least && figure.value <= bound.most;
    check.got = std::isfinite(figure.value)
                    ? config::plain(figure.value) + (figure.unit == "1" ? "" : " " + figure.unit)
                    : "nothing to judge";
    return check;
  }
  check.got = "there is no such key figure" + config::did_you_mean(bound.kpi, names);
  return check;
}

bool happened(const faults::Statement& statement) {
  return statement.state == faults::State::active || statement.state == faults::State::over;
}

/// A fault that did not happen proves nothing: one check for each that was to.
Check judge(const faults::Statement& statement) {
  const bool held = happened(statement);
  return {"fault " + statement.text(), "realised", held ? "realised" : statement.why_not, held,
          "expect"};
}

void schedule(const scenario::Scenario& story, InProcess& run) {
  run.kiln().schedule(events_of(story, faults::RealisedBy::kiln));
  std::vector<faults::Fault> of_line = events_of(story, faults::RealisedBy::line);
  if (!of_line.empty()) run.schedule_line(std::move(of_line));
}

std::vector<faults::Statement> statements(InProcess& run) {
  std::vector<faults::Statement> all = run.kiln().fault_statements();
  if (run.line() == nullptr) return all;
  const auto& more = run.line()->fault_statements();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

InProcessFiles files_of(const scenario::BenchFiles& files) {
  return {files.site, files.kiln, files.plant, files.recipe, files.control};
}

InProcessOptions options_of(const scenario::Case& one, const CaseOptions& options) {
  InProcessOptions how;
  how.seed = one.seed;
  how.drawn = one.story.bench.drawn;
  how.plugin_dirs = options.plugin_dirs;
  how.journal = options.journal;
  how.allocations = options.allocations;
  how.measured_lateness = one.story.bench.measures_time;
  return how;
}

/// The cycles of a case, with what people ask for in between.
void drive(double duration_s, InProcess& run, People& people, Observers& observers) {
  const double period_s = run.assembly().bundle.site.period_s();
  const auto cycles = static_cast<std::uint64_t>(std::ceil(duration_s / period_s));
  std::vector<domain::Intent> intents;
  Seen seen;
  for (std::uint64_t cycle = 1; cycle <= cycles; ++cycle) {
    intents.clear();
    people.ask(cycle, static_cast<double>(cycle - 1) * period_s, seen, intents);
    for (const domain::Intent& intent : intents) {
      if (!run.offer(intent)) observers.lose(intent);
    }
    run.cycle();
    observers.add(run.record());
    seen = Seen::of(run.record());
  }
}

std::string text_of(const std::filesystem::path& path) {
  const auto text = config::read_file(path);
  return text ? text.value() : std::string();
}

/// Digest of the bench of a case: its files and its seed, not its story.
std::string bench_of(const scenario::Case& one) {
  std::vector<std::string> texts;
  for (const auto& [path, role] : scenario::depends_on(one.files)) texts.push_back(text_of(path));
  return bench_digest(texts, one.seed, one.story.bench.drawn);
}

/// Empty, or why the state cannot be this bench's.
std::string begin_at(const BenchState& from, const scenario::Case& one, InProcess& run) {
  if (from.bench != bench_of(one)) {
    return "the state is of another bench: kiln, plant, materials, recipe, control, models, site, "
           "seed and `drawn` must be those that it was made with";
  }
  if (!run.restore(from.state)) return "the state does not fit this bench";
  return {};
}

}  // namespace

Observers::Observers(const scenario::Case& one, const domain::Plant& plant, const kiln::Kiln& kiln,
                     const record::Names& names)
    : one_(one),
      scorer_(plant, kiln, names.rungs, rules_of(one.story.bench)),
      watch_(one.story, names),
      trace_(plant, kiln, one.story.bench.duration_s),
      drills_(one.story),
      names_known_(all_known(one.story, names)) {}

void Observers::add(const domain::Record& record) {
  if (start_ns_ < 0) start_ns_ = record.time_ns;
  const double time_s = 1e-9 * static_cast<double>(record.time_ns - start_ns_);
  scorer_.add(record);
  watch_.add(record, time_s);
  reach_.add(record);
  drills_.add(record);
  if (!one_.compared) trace_.add(record, time_s);
}

void Observers::lose(const domain::Intent& intent) {
  lost_.emplace_back(std::string(domain::name(intent.kind)) + " of " +
                     std::string(intent.station.view()));
}

void Observers::tell(const std::vector<faults::Statement>& of_bench, CaseResult& result) const {
  std::vector<faults::Statement> faults = of_bench;
  faults.insert(faults.end(), drills_.statements().begin(), drills_.statements().end());
  const Kpi kpi = scorer_.kpi();
  result.figures = figures(kpi);
  result.details = detail_figures(kpi);
  result.checks = watch_.checks();
  for (const faults::Statement& statement : faults) result.checks.push_back(judge(statement));
  if (!names_known_) {  // by a bench that did not refuse the story for it
    result.checks.push_back(
        {"names of the story", "there", names_known_.error().text(), false, "expect"});
  }
  for (const std::string& request : lost_) {
    result.checks.push_back({"request " + request, "taken",
                             "lost: too many requests in one cycle; spread them over more", false,
                             "expect"});
  }
  std::vector<Figure> all = result.figures;
  all.insert(all.end(), result.details.begin(), result.details.end());
  for (const scenario::Bound& bound : one_.story.bounds) {
    result.checks.push_back(judge(bound, all));
  }
  result.moves = watch_.moves();
  result.alarms = watch_.alarms();
  result.reached = reach_.reached();
  for (const faults::Statement& statement : faults) {
    if (!happened(statement)) continue;
    ++result.reached.faults[std::string(faults::name(statement.fault.fault))];
  }
  if (!one_.compared) result.trace = trace_.trace();
}

std::vector<faults::Fault> events_of(const scenario::Scenario& story, faults::RealisedBy by) {
  std::vector<faults::Fault> out;
  for (const faults::Fault& fault : story.faults()) {
    if (faults::realised_by(fault.fault) == by) out.push_back(fault);
  }
  return out;
}

CaseResult blank_result(const scenario::Case& one) {
  CaseResult result;
  result.id = one.id;
  result.scenario = one.scenario;
  result.group = one.group;
  result.variant = one.variant;
  result.arm = one.arm;
  result.compared = one.compared;
  result.recipe = one.files.recipe.stem().string();
  result.seed = one.seed;
  result.requirements = one.story.requirements;
  result.outcome = "crashed";
  return result;
}

void tell_refusal(const scenario::Case& one, const std::string& why, CaseResult& result) {
  result.problem = why;
  result.outcome = "refused";
  bool expected = false, all = true;
  for (const scenario::Expectation& e : one.story.expectations) {
    if (e.see != scenario::Sight::refused) continue;
    const bool said = why.find(e.is) != std::string::npos;
    expected = true;
    all = all && said;
    result.checks.push_back({text(e), "refused, saying \"" + e.is + "\"", why, said, "expect"});
  }
  if (expected) result.outcome = all ? "passed" : "failed";
}

void conclude(CaseResult& result) {
  result.outcome = "passed";
  for (const Check& check : result.checks) {
    if (!check.held) result.outcome = "failed";
  }
}

domain::Result<BenchState> bench_after(const scenario::Case& one, double time_s,
                                       const CaseOptions& options) {
  if (!(time_s > 0 && time_s <= one.story.bench.duration_s)) {
    return domain::Error{one.id, "lasts " + config::plain(one.story.bench.duration_s) +
                                     " s; a state is of a time within it"};
  }
  auto made = InProcess::make(files_of(one.files), options_of(one, options));
  if (!made) return made.error();
  InProcess& run = *made.value();
  auto people = People::make(one.story, run.plant(), run.assembly().layout.names);
  if (!people) return people.error();
  schedule(one.story, run);
  Observers observers(one, run.plant(), run.kiln(), run.assembly().layout.names);
  drive(time_s, run, people.value(), observers);
  BenchState out;
  out.bench = bench_of(one);
  out.time_s = time_s;
  out.state = run.snapshot();
  return out;
}

CaseResult run_case(const scenario::Case& one, const CaseOptions& options) {
  const auto began = std::chrono::steady_clock::now();
  CaseResult result = blank_result(one);
  auto made = InProcess::make(files_of(one.files), options_of(one, options));
  if (!made) {
    tell_refusal(one, made.error().text(), result);
    return result;
  }
  InProcess& run = *made.value();
  auto people = People::make(one.story, run.plant(), run.assembly().layout.names);
  if (!people) {
    tell_refusal(one, one.id + ": " + people.error().text(), result);
    return result;
  }
  const auto names_known = all_known(one.story, run.assembly().layout.names);
  if (!names_known) {
    tell_refusal(one, one.id + ": " + names_known.error().text(), result);
    return result;
  }
  if (options.from != nullptr) {
    const std::string why = begin_at(*options.from, one, run);
    if (!why.empty()) {
      tell_refusal(one, why, result);
      return result;
    }
  }
  schedule(one.story, run);
  Observers observers(one, run.plant(), run.kiln(), run.assembly().layout.names);
  drive(one.story.bench.duration_s, run, people.value(), observers);
  observers.tell(statements(run), result);
  if (!one.story.bench.measures_time) result.hash = run.digest();
  result.hours = one.story.bench.duration_s / 3600.0;
  conclude(result);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return result;
}

}  // namespace saggar::suite
