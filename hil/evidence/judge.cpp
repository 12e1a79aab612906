#include "hil/evidence/judge.hpp"

#include <algorithm>
#include <cmath>

#include "hil/evidence/requirements.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::evidence {
namespace {

using suite::CaseResult;

using Arms = std::map<std::string, verdict::Arm>;

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

std::vector<verdict::FigureRule> every_figure(const std::vector<const CaseResult*>& cases) {
  std::vector<verdict::FigureRule> out;
  std::set<std::string> known;
  for (const CaseResult* one : cases) {
    if (one->compared) continue;
    for (const suite::Figure& figure : one->figures) {
      if (figure.machine || !known.insert(figure.name).second) continue;
      out.push_back({figure.name, figure.unit, figure.better, {}});
    }
  }
  return out;
}

/// The figures of the previous release, by what pairs them with the cases of ours.
verdict::Arm previous_arm(const verdict::Baseline& previous,
                          const std::vector<const CaseResult*>& cases) {
  std::map<std::string, const verdict::BaselineCase*> by_name;
  for (const verdict::BaselineCase& one : previous.cases) by_name[one.id] = &one;
  verdict::Arm arm;
  for (const CaseResult* one : cases) {
    const auto found = by_name.find(one->id);
    if (one->compared || found == by_name.end()) continue;
    for (const auto& [name, figure] : found->second->figures) {
      arm[name][pair_key(*one)] = figure.value;
    }
  }
  return arm;
}

void compare_exactly(const verdict::Baseline& previous, const std::vector<const CaseResult*>& cases,
                     Answer& answer) {
  std::map<std::string, verdict::Digests> ours, theirs;
  for (const CaseResult* one : cases) ours[one->id] = {one->inputs, one->hash};
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

std::string arm_under_test(const std::vector<const CaseResult*>& cases) {
  std::string name;
  for (const CaseResult* one : cases) {
    if (one->compared || one->arm == name) continue;
    if (!name.empty()) return "under test";
    name = one->arm;
  }
  return name;
}

/// The rows of the score card, each with what is required of it. A figure that no case has gets a
/// row, too: a requirement on it is never met.
std::vector<verdict::FigureRule> rows_of(const Question& question,
                                         const std::vector<const CaseResult*>& cases) {
  const auto every = every_figure(cases);
  auto rows = question.figures.empty() ? every : question.figures;
  for (const auto& [wanted, by_arm] : question.margins) {
    const auto has_name = [&name = wanted](const verdict::FigureRule& r) { return r.name == name; };
    auto row = std::find_if(rows.begin(), rows.end(), has_name);
    if (row == rows.end()) {
      const auto known = std::find_if(every.begin(), every.end(), has_name);
      rows.push_back(known == every.end() ? verdict::FigureRule{wanted, "", 0, {}} : *known);
      row = rows.end() - 1;
    }
    row->required = by_arm;
  }
  return rows;
}

std::vector<Unmet> unmet_of(const verdict::ScoreCard& card) {
  std::vector<Unmet> out;
  for (const verdict::ScoreRow& row : card.rows) {
    std::map<std::string, verdict::Margin> left = row.figure.required;
    for (const verdict::ScoreCell& cell : row.cells) {
      const bool required = left.erase(cell.arm) > 0;
      const bool released = cell.arm == kPreviousRelease;
      const verdict::Finding finding = cell.against.finding;
      const bool missed = required && !verdict::no_worse(cell.against, row.figure.better);
      if (missed || (released && finding == verdict::Finding::worse)) {
        out.push_back({row.figure.name, cell.arm, finding});
      }
    }
    // What is required against an arm that is not there is not shown.
    for (const auto& [arm, margin] : left) {
      out.push_back({row.figure.name, arm, verdict::Finding::too_few});
    }
  }
  return out;
}

}  // namespace

std::vector<const CaseResult*> by_id(std::span<const CaseResult> results) {
  std::vector<const CaseResult*> out;
  for (const CaseResult& one : results) out.push_back(&one);
  std::stable_sort(out.begin(), out.end(), [](const CaseResult* a, const CaseResult* b) {
    return a->id != b->id ? a->id < b->id : a->hash < b->hash;
  });
  return out;
}

std::string pair_key(const CaseResult& result) {
  // The control file is what makes arms differ: it is no part of the pair, nor is another key whose
  // value is the arm.
  std::string key = result.scenario, word;
  const auto take = [&] {
    const std::size_t equals = word.find('=');
    const bool is_arm = equals != word.npos && (word.substr(0, equals) == "control" ||
                                                word.substr(equals + 1) == result.arm);
    if (!word.empty() && !is_arm) key += "/" + word;
    word.clear();
  };
  for (const char c : result.variant) {
    if (c == ',' || c == ';' || c == ' ') {
      take();
    } else {
      word += c;
    }
  }
  take();
  return key + "/" + std::to_string(result.seed);
}

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

const verdict::Tube& tube_of(const Question& question, const std::string& series) {
  const auto own = question.tubes.find(series);
  if (own != question.tubes.end()) return own->second;
  const verdict::Tube* found = &question.tube;
  std::size_t longest = 0;
  for (const auto& [name, tube] : question.tubes) {
    const bool fits = !name.empty() && name.back() == '*' &&
                      series.compare(0, name.size() - 1, name, 0, name.size() - 1) == 0;
    if (!fits || name.size() <= longest) continue;
    longest = name.size();
    found = &tube;
  }
  return *found;
}

Answer judge(const Question& question, std::span<const CaseResult> results) {
  Answer answer;
  const std::vector<const CaseResult*> cases = by_id(results);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    count(*cases[i], answer);
    if (i > 0 && cases[i]->id == cases[i - 1]->id) answer.twice.push_back(cases[i]->id);
  }
  const std::string ours = question.ours.empty() ? arm_under_test(cases) : question.ours;
  Arms arms;
  for (const CaseResult* one : cases) {
    for (const suite::Figure& figure : one->figures) {
      if (figure.machine) continue;
      arms[one->compared ? one->arm : ours][figure.name][pair_key(*one)] = figure.value;
    }
  }
  std::vector<std::string> order = question.arms;
  std::erase(order, ours);
  if (question.previous) {
    const std::string name(kPreviousRelease);
    if (std::find(order.begin(), order.end(), name) == order.end()) order.push_back(name);
    arms[name] = previous_arm(*question.previous, cases);
    compare_exactly(*question.previous, cases, answer);
    follow_traces(question, cases, answer);
  }
  answer.card = verdict::score_card(ours, order, arms, rows_of(question, cases), question.rules);
  answer.unmet = unmet_of(answer.card);
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
         inexact() == 0 && gaps() == 0;
}

}  // namespace saggar::evidence
