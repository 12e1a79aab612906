#include "hil/evidence/page.hpp"

#include <algorithm>
#include <cmath>

#include "hil/evidence/misses.hpp"
#include "hil/evidence/punctuality_section.hpp"
#include "hil/evidence/requirements.hpp"
#include "hil/evidence/scenario_section.hpp"
#include "hil/evidence/splits.hpp"
#include "hil/report/number.hpp"

namespace saggar::evidence {
namespace {

using report::Paragraph;
using report::Row;
using report::Section;
using report::Table;
using suite::CaseResult;

std::string s(std::size_t n) { return std::to_string(n); }

Table counts(const Answer& a, Language l) {
  Table t{say(Say::counts, l), {{say(Say::what, l)}, {say(Say::number, l)}}};
  t.rows = {{{say(Say::cases, l), a.cases}},
            {{say(Say::passed, l), a.passed_cases}},
            {{say(Say::failed, l), a.failed}},
            {{say(Say::refused, l), a.refused}},
            {{say(Say::crashed, l), a.crashed}},
            {{say(Say::checks_held, l), a.checks_held}},
            {{say(Say::checks_missed, l), a.checks - a.checks_held}},
            {{say(Say::hours, l), a.hours}}};
  return t;
}

Section failures(const std::vector<const CaseResult*>& cases, const std::vector<Miss>& campaign,
                 Language l) {
  Section section{say(Say::failures, l), {}, "failures"};
  Table t{"",
          {{say(Say::case_, l)},
           {say(Say::check, l)},
           {say(Say::expected, l)},
           {say(Say::got, l)},
           {say(Say::replay, l)}}};
  std::size_t more = 0;
  const auto row = [&](std::vector<report::Cell> cells) {
    if (t.rows.size() == kMostFailures) {
      ++more;
    } else {
      t.rows.push_back({std::move(cells)});
    }
  };
  const auto add = [&](const CaseResult& one, const std::string& check, const std::string& expected,
                       const std::string& got) {
    row({one.id, check, expected, got, one.replay});
  };
  for (const CaseResult* one : cases) {
    if (one->outcome == "refused") add(*one, say(Say::refused, l), "", one->problem);
    if (one->outcome == "crashed") add(*one, say(Say::crashed, l), "", one->problem);
    std::size_t missed = 0;
    for (const suite::Check& check : one->checks) {
      if (check.held) continue;
      ++missed;
      add(*one, check.text, check.expected, check.got);
    }
    if (one->outcome == "failed" && missed == 0) add(*one, say(Say::failed, l), "", one->problem);
  }
  for (const Miss& miss : campaign) {
    row({miss.id, miss.check, miss.expected, miss.got, miss.replay});
  }
  if (more > 0) t.footnote = say(Say::more_rows, l, {s(more)});
  if (t.rows.empty()) {
    section.blocks.push_back(Paragraph{say(Say::nothing_failed, l)});
  } else {
    section.blocks.push_back(std::move(t));
  }
  return section;
}

Table figures_of(const verdict::ScoreCard& card, Language l) {
  Table t{"", {{say(Say::figure, l)}, {say(Say::unit, l)}, {card.ours}}};
  for (const std::string& arm : card.arms) {
    t.columns.push_back({say(Say::against, l, {arm_name(arm, l)})});
  }
  for (const verdict::ScoreRow& row : card.rows) {
    Row out{{row.figure.name, row.figure.unit, row.ours}};
    for (const verdict::ScoreCell& cell : row.cells) {
      out.cells.emplace_back(cell_text(cell.against, l));
    }
    t.rows.push_back(std::move(out));
  }
  return t;
}

Section figures(const Question& question, const Answer& a, Language l) {
  Section section{say(Say::figures, l), {}, "figures"};
  for (const verdict::ScoreCard& card : a.cards) {
    if (!card.arms.empty()) {
      section.blocks.push_back(
          Paragraph{say(Say::figures_how, l, {card.ours, s(question.rules.least_pairs)})});
    }
    section.blocks.push_back(figures_of(card, l));
  }
  return section;
}

/// The names of the arms under test.
std::string under_test(const Answer& a) {
  std::string out;
  for (const verdict::ScoreCard& card : a.cards) out += (out.empty() ? "" : ", ") + card.ours;
  return out;
}

Section guard(const Answer& a, const std::vector<const CaseResult*>& cases, Language l) {
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> gates;
  for (const CaseResult* one : cases) {
    if (one->compared) continue;
    for (const auto& [name, times] : one->reached.gates) {
      const std::size_t space = name.rfind(' ');
      auto& [clips, rejects] = gates[name.substr(0, space)];
      const std::string outcome = space == name.npos ? "" : name.substr(space + 1);
      clips += outcome == "clip" ? times : 0;
      rejects += outcome == "reject" ? times : 0;
    }
  }
  Table t{"", {{say(Say::gate, l)}, {say(Say::clipped, l)}, {say(Say::rejected, l)}}};
  for (const auto& [gate, counts] : gates) {
    t.rows.push_back({{gate, counts.first, counts.second}});
  }
  return {say(Say::guard, l), {Paragraph{say(Say::guard_how, l, {under_test(a)})}, t}, "guard"};
}

Section coverage(const Answer& a, Language l) {
  Table t{
      "",
      {{say(Say::kind, l)}, {say(Say::wanted, l)}, {say(Say::reached, l)}, {say(Say::missing, l)}}};
  t.verdict_header = say(Say::verdict, l);
  for (std::size_t i = 0; i < a.coverage.size();) {
    const std::string kind = a.coverage[i].kind;
    std::size_t wanted = 0, reached = 0;
    std::string missing;
    for (; i < a.coverage.size() && a.coverage[i].kind == kind; ++i) {
      ++wanted;
      reached += a.coverage[i].times > 0 ? 1 : 0;
      if (a.coverage[i].times == 0) missing += (missing.empty() ? "" : ", ") + a.coverage[i].name;
    }
    const bool whole = missing.empty();
    t.rows.push_back({{kind, wanted, reached, missing},
                      whole ? report::Verdict::pass : report::Verdict::miss,
                      say(whole ? Say::pass_word : Say::miss_word, l)});
  }
  return {say(Say::coverage, l), {std::move(t)}, "coverage"};
}

std::string joined(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 40;
  std::string out;
  for (std::size_t i = 0; i < std::min(kMost, names.size()); ++i) {
    out += (i == 0 ? "" : ", ") + names[i];
  }
  return names.size() > kMost ? out + ", \u2026" : out;
}

Section baseline(const verdict::Baseline& previous, const Answer& a, Language l) {
  Table t{"", {{say(Say::what, l)}, {say(Say::number, l)}, {say(Say::which, l)}}};
  const verdict::Exact& e = a.exact;
  t.rows = {{{say(Say::same_records, l), e.same.size()}},
            {{say(Say::other_records, l), e.other_records.size(), joined(e.other_records)}},
            {{say(Say::other_inputs, l), e.other_inputs.size(), joined(e.other_inputs)}},
            {{say(Say::only_here, l), e.only_ours.size(), joined(e.only_ours)}},
            {{say(Say::only_there, l), e.only_theirs.size(), joined(e.only_theirs)}}};
  return {say(Say::baseline, l),
          {Paragraph{say(Say::accepted, l, {previous.date, previous.author, previous.reason})}, t},
          "baseline"};
}

}  // namespace

std::string sentence(const Answer& a, Language l) {
  if (a.passed()) return say(Say::all_passed, l, {s(a.cases), s(a.checks)});
  std::string why;
  const auto add = [&](const std::string& text) { why += (why.empty() ? "" : "; ") + text; };
  if (a.cases == 0) add(say(Say::why_empty, l));
  if (a.failed > 0) add(say(Say::why_failed, l, {s(a.failed), s(a.cases)}));
  if (a.refused > 0) add(say(Say::why_refused, l, {s(a.refused)}));
  if (a.crashed > 0) add(say(Say::why_crashed, l, {s(a.crashed)}));
  std::string unmet;
  for (const Unmet& u : a.unmet) {
    unmet += (unmet.empty() ? "" : ", ") +
             say(Say::unmet, l, {u.figure, arm_name(u.arm, l), word_of(u.finding, l)});
  }
  if (!unmet.empty()) add(say(Say::why_worse, l, {unmet}));
  if (a.inexact() > 0) add(say(Say::why_inexact, l, {s(a.inexact())}));
  if (!a.strayed.empty()) add(say(Say::why_strayed, l, {s(a.strayed.size())}));
  if (a.no_baseline) add(say(Say::why_no_baseline, l));
  if (!a.unknown.empty()) add(say(Say::why_unknown, l, {s(a.unknown.size())}));
  if (!a.gone.empty()) add(say(Say::why_gone, l, {s(a.gone.size())}));
  if (a.gaps() > 0) add(say(Say::why_gaps, l, {s(a.gaps())}));
  if (!a.twice.empty()) add(say(Say::why_twice, l, {s(a.twice.size())}));
  return say(Say::not_passed, l, {why});
}

report::Page page(const Question& question, const Answer& answer,
                  std::span<const CaseResult> results, Language l) {
  const std::vector<const CaseResult*> cases = by_id(results);
  report::Page out;
  out.title = say(Say::title, l, {question.campaign});
  out.subtitle = say(Say::built_by, l, {question.build, under_test(answer)});
  out.date = question.date;
  out.language = tag(l);
  out.sections.push_back(
      {say(Say::verdict, l), {Paragraph{sentence(answer, l)}, counts(answer, l)}, "verdict"});
  out.sections.push_back(failures(cases, misses(question, answer, results, l), l));
  if (auto real_time = punctuality_section(cases, l)) {
    out.sections.push_back(std::move(*real_time));
  }
  out.sections.push_back(figures(question, answer, l));
  Table recipes = recipe_table(cases, l);
  if (!recipes.rows.empty()) {
    out.sections.push_back({say(Say::by_recipe, l),
                            {Paragraph{say(Say::by_recipe_how, l)}, std::move(recipes)},
                            "recipes"});
  }
  std::map<std::string, std::vector<const CaseResult*>> scenarios;
  for (const CaseResult* one : cases) scenarios[one->scenario].push_back(one);
  for (const auto& [name, its] : scenarios) {
    out.sections.push_back(scenario_section(question, answer, name, its, l));
  }
  out.sections.push_back(guard(answer, cases, l));
  Table matrix = requirement_table(cases, l);
  if (!matrix.rows.empty()) {
    out.sections.push_back({say(Say::requirements, l),
                            {Paragraph{say(Say::requirements_how, l)}, std::move(matrix)},
                            "requirements"});
  }
  if (!answer.coverage.empty()) out.sections.push_back(coverage(answer, l));
  if (question.previous) out.sections.push_back(baseline(*question.previous, answer, l));
  out.sections.push_back(
      {say(Say::origin, l), {Paragraph{say(Say::digest, l, {answer.digest})}}, "origin"});
  return out;
}

}  // namespace saggar::evidence
