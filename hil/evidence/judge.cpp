#include "hil/evidence/judge.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "hil/evidence/requirements.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::evidence {
namespace {

using suite::CaseResult;

void count(const CaseResult& result, Answer& answer) {
  ++answer.cases;
  answer.passed_cases += result.outcome == "passed" ? 1 : 0;
  answer.failed += result.outcome == "failed" ? 1 : 0;
  answer.refused += result.outcome == "refused" ? 1 : 0;
  answer.crashed += result.outcome == "crashed" ? 1 : 0;
  answer.checks += result.checks.size();
  for (const suite::Check& check : result.checks) answer.checks_held += check.held ? 1 : 0;
  answer.hours += result.hours;
  answer.seconds += result.seconds;
}

void compare_exactly(const verdict::Baseline& previous, const std::vector<const CaseResult*>& cases,
                     Answer& answer) {
  std::map<std::string, verdict::Digests> ours, theirs;
  for (const CaseResult* one : cases) {
    if (!one->compared) ours[one->id] = {one->inputs, one->hash};
  }
  for (const verdict::BaselineCase& one : previous.cases) {
    const auto found = ours.find(one.id);
    // A baseline may keep no hash: then there is nothing to compare to the bit.
    const bool kept = !one.hash.empty();
    theirs[one.id] = {one.inputs, kept || found == ours.end() ? one.hash : found->second.hash};
  }
  answer.exact = verdict::exact(ours, theirs);
}

void follow_traces(const Question& question, const std::vector<const CaseResult*>& cases,
                   Answer& answer) {
  std::map<std::string, const verdict::BaselineCase*> by_name;
  for (const verdict::BaselineCase& one : question.previous->cases) by_name[one.id] = &one;
  for (const CaseResult* one : cases) {
    const auto found = by_name.find(one->id);
    if (found == by_name.end()) continue;
    for (const verdict::BaselineTrace& reference : found->second->traces) {
      const verdict::Tube& tube = tube_of(question, reference.name);
      std::vector<double> values;
      for (const suite::Series& series : one->trace.series) {
        if (series.name != reference.name) continue;
        values = thinned(series.values, one->trace.step_s, reference.step_s);
      }
      ++answer.compared;
      const auto departure = verdict::departure(values, reference.values, reference.step_s, tube);
      if (departure.held()) continue;
      answer.strayed.push_back({one->id, reference.name, reference.unit, departure});
    }
  }
}

void cover(const Question& question, const std::vector<const CaseResult*>& cases, Answer& answer) {
  std::map<std::string, suite::Reached::Counts> reached;
  const auto add = [&](const char* kind, const suite::Reached::Counts& counts) {
    for (const auto& [name, times] : counts) reached[kind][name] += times;
  };
  for (const CaseResult* one : cases) {
    add("reasons", one->reached.reasons), add("events", one->reached.events);
    add("gates", one->reached.gates), add("modes", one->reached.modes);
    add("applications", one->reached.applications), add("faults", one->reached.faults);
  }
  // A case that did not pass shows nothing.
  for (const auto& [id, shown] : by_requirement(cases)) reached["requirements"][id] = shown.passed;
  for (const auto& [kind, names] : question.wanted) {
    for (const std::string& name : names) {
      const auto found = reached[kind].find(name);
      answer.coverage.push_back({kind, name, found == reached[kind].end() ? 0 : found->second});
    }
  }
}

}  // namespace

void MergedDigest::add(const CaseResult& result) {
  // One whose records depend on the machine has no hash (nor has one that was refused), and what a
  // crash says names places of the machine: of these only how they ended is repeatable.
  const bool repeatable =
      (!result.hash.empty() || result.hours == 0) && result.outcome != "crashed";
  const std::string text = repeatable ? suite::repeatable_json(result)
                                      : result.id + " " + result.inputs + " " + result.outcome;
  chain_.add({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string merged_digest(std::span<const CaseResult> results) {
  MergedDigest digest;
  for (const CaseResult* one : by_id(results)) digest.add(*one);
  return digest.hex();
}

std::vector<double> thinned(const std::vector<double>& values, double from_step_s, double step_s) {
  if (!(from_step_s > 0) || !(step_s > 0)) return {};
  const double every = std::round(step_s / from_step_s);
  if (every < 1 || std::abs(every * from_step_s - step_s) > 1e-9 * step_s) return {};
  std::vector<double> out;
  const auto stride = static_cast<std::size_t>(std::min(every, 1e9));
  for (std::size_t i = 0; i < values.size(); i += stride) out.push_back(values[i]);
  return out;
}

Answer judge(const Question& question, std::span<const CaseResult> results) {
  Answer answer;
  const std::vector<const CaseResult*> cases = by_id(results);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    count(*cases[i], answer);
    if (i > 0 && cases[i]->id == cases[i - 1]->id) answer.twice.push_back(cases[i]->id);
  }
  if (question.previous) {
    compare_exactly(*question.previous, cases, answer);
    follow_traces(question, cases, answer);
  }
  if (question.needs_previous) {
    answer.no_baseline = !question.previous;
    answer.unknown = answer.exact.only_ours;
    answer.gone = answer.exact.only_theirs;
  }
  answer.cards = score_cards(question, cases);
  answer.unmet = unmet_of(question, answer.cards);
  answer.exact_required = question.exact;
  cover(question, cases, answer);
  answer.digest = merged_digest(results);
  return answer;
}

std::size_t Answer::gaps() const noexcept {
  return static_cast<std::size_t>(std::count_if(coverage.begin(), coverage.end(),
                                                [](const Covered& c) { return c.times == 0; }));
}

std::size_t Answer::inexact() const noexcept {
  return exact_required ? exact.other_records.size() + exact.other_inputs.size() : 0;
}

bool Answer::passed() const {
  return cases > 0 && passed_cases == cases && twice.empty() && unmet.empty() && strayed.empty() &&
         inexact() == 0 && gaps() == 0 && !no_baseline && unknown.empty() && gone.empty();
}

}  // namespace saggar::evidence
