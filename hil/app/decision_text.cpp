#include "hil/app/decision_text.hpp"

#include <cstdio>
#include <ostream>

#include "hil/evidence/misses.hpp"
#include "hil/evidence/page.hpp"

namespace saggar::app {
namespace {

constexpr std::size_t kMostLines = 20;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

}  // namespace

void print_failures(const std::vector<suite::CaseResult>& results, std::ostream& out) {
  for (const suite::CaseResult& result : results) {
    if (result.outcome == "passed") continue;
    out << "\n" << result.outcome << ": " << result.id << "\n";
    if (!result.problem.empty()) out << "  " << result.problem << "\n";
    for (const suite::Check& check : result.checks) {
      if (check.held) continue;
      out << "  " << check.text << ": required " << check.expected << ", got " << check.got << "\n";
    }
    out << "  again: " << result.replay << "\n";
  }
}

std::string first_reason(const suite::CaseResult& result) {
  if (!result.problem.empty()) return result.problem.substr(0, result.problem.find('\n'));
  for (const suite::Check& check : result.checks) {
    if (!check.held) return check.text + ": required " + check.expected + ", got " + check.got;
  }
  return "it does not say why";
}

void print_not_passed(const std::vector<suite::CaseResult>& results, const std::string& where,
                      std::ostream& out) {
  for (const suite::CaseResult& result : results) {
    if (result.outcome == "passed") continue;
    out << result.outcome << " in " << where << ": " << result.id << ": " << first_reason(result)
        << "\n";
  }
}

void print_decision(const campaign::Decision& decision,
                    const std::vector<suite::CaseResult>& results, std::ostream& out) {
  const evidence::Answer& a = decision.answer;
  out << "\n"
      << decision.question.campaign << ": " << evidence::sentence(a, evidence::Language::en)
      << "\n";
  const auto lines = evidence::misses(decision.question, a, results, evidence::Language::en);
  for (std::size_t i = 0; i < lines.size() && i < kMostLines; ++i) {
    const evidence::Miss& miss = lines[i];
    out << "  " << (miss.id.empty() ? "" : miss.id + ": ") << miss.check << ": required "
        << miss.expected << ", got " << miss.got << "\n";
  }
  if (lines.size() > kMostLines) out << "  and " << lines.size() - kMostLines << " more\n";
  for (const std::string& name : decision.stale) {
    out << "  no longer true: the coverage file says that nothing can reach " << name << "\n";
  }
}

void print_cards(const evidence::Answer& answer, std::ostream& out) {
  for (const verdict::ScoreCard& card : answer.cards) {
    if (answer.cards.size() > 1) out << card.ours << "\n";
    for (const verdict::ScoreRow& row : card.rows) {
      if (row.cases == 0) continue;
      out << row.figure.name << " [" << row.figure.unit << "]: " << number(row.ours);
      for (const verdict::ScoreCell& cell : row.cells) {
        out << "; " << cell.arm << " " << number(cell.against.theirs) << ", "
            << evidence::cell_text(cell.against, evidence::Language::en);
      }
      out << "\n";
    }
  }
}

}  // namespace saggar::app
