#include "hil/evidence/cards.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace saggar::evidence {
namespace {

using suite::CaseResult;
using Arms = std::map<std::string, verdict::Arm>;

bool tested(const CaseResult& one, const std::string& arm) {
  return !one.compared && one.arm == arm;
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
                          const std::vector<const CaseResult*>& cases, const std::string& ours) {
  std::map<std::string, const verdict::BaselineCase*> by_name;
  for (const verdict::BaselineCase& one : previous.cases) by_name[one.id] = &one;
  verdict::Arm arm;
  for (const CaseResult* one : cases) {
    const auto found = by_name.find(one->id);
    if (!tested(*one, ours) || found == by_name.end()) continue;
    for (const auto& [name, figure] : found->second->figures) {
      arm[name][pair_key(*one)] = figure.value;
    }
  }
  return arm;
}

/// The rows of the score card, each with what is required of it. A figure that no case has gets a
/// row, too: a requirement on it is never met.
std::vector<verdict::FigureRule> rows_of(const Question& question,
                                         const std::vector<const CaseResult*>& cases,
                                         const std::string& ours) {
  const auto every = every_figure(cases);
  auto rows = question.figures.empty() ? every : question.figures;
  for (const Required& required : question.margins) {
    if (!required.ours.empty() && required.ours != ours) continue;
    const auto has_name = [&required](const verdict::FigureRule& r) {
      return r.name == required.figure;
    };
    auto row = std::find_if(rows.begin(), rows.end(), has_name);
    if (row == rows.end()) {
      const auto known = std::find_if(every.begin(), every.end(), has_name);
      rows.push_back(known == every.end() ? verdict::FigureRule{required.figure, "", 0, {}}
                                          : *known);
      row = rows.end() - 1;
    }
    row->required[required.against] = required.margin;
  }
  return rows;
}

/// Ours, and what stands beside it: cases that are only compared, and those under test of another
/// controller.
Arms arms_beside(const std::string& ours, const std::vector<const CaseResult*>& cases) {
  Arms arms;
  for (const CaseResult* one : cases) {
    if (one->compared && one->arm == ours) continue;
    for (const suite::Figure& figure : one->figures) {
      if (!figure.machine) arms[one->arm][figure.name][pair_key(*one)] = figure.value;
    }
  }
  return arms;
}

/// Whether any case of one has its pair in the other.
bool pairs(const verdict::Arm& ours, const verdict::Arm& theirs) {
  for (const auto& [figure, sample] : ours) {
    const auto other = theirs.find(figure);
    if (other == theirs.end()) continue;
    for (const auto& [key, value] : sample) {
      if (other->second.contains(key)) return true;
    }
  }
  return false;
}

verdict::ScoreCard card_of(const Question& question, const std::string& ours,
                           const std::vector<const CaseResult*>& cases) {
  Arms arms = arms_beside(ours, cases);
  std::vector<std::string> order = question.arms;
  std::erase(order, ours);
  const auto stands = [&](const std::string& arm) {
    return arm == ours || std::find(order.begin(), order.end(), arm) != order.end();
  };
  for (const auto& [arm, figures] : arms) {
    if (!stands(arm) && pairs(arms[ours], figures)) order.push_back(arm);
  }
  if (question.previous) {
    const std::string name(kPreviousRelease);
    if (!stands(name)) order.push_back(name);
    arms[name] = previous_arm(*question.previous, cases, ours);
  }
  return verdict::score_card(ours, order, arms, rows_of(question, cases, ours), question.rules);
}

void add_unmet(const verdict::ScoreCard& card, std::vector<Unmet>& out) {
  for (const verdict::ScoreRow& row : card.rows) {
    std::map<std::string, verdict::Margin> left = row.figure.required;
    for (const verdict::ScoreCell& cell : row.cells) {
      const bool required = left.erase(cell.arm) > 0;
      const bool released = cell.arm == kPreviousRelease;
      const verdict::Finding finding = cell.against.finding;
      const bool missed = required && !verdict::no_worse(cell.against, row.figure.better);
      if (missed || (released && finding == verdict::Finding::worse)) {
        out.push_back({card.ours, row.figure.name, cell.arm, finding, cell.against});
      }
    }
    // What is required against an arm that is not there is not shown.
    for (const auto& [arm, margin] : left) {
      out.push_back({card.ours, row.figure.name, arm, verdict::Finding::too_few, {}});
    }
  }
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

std::vector<verdict::ScoreCard> score_cards(const Question& question,
                                            const std::vector<const CaseResult*>& cases) {
  std::set<std::string> ours;
  for (const CaseResult* one : cases) {
    if (!one->compared) ours.insert(one->arm);
  }
  std::vector<verdict::ScoreCard> out;
  for (const std::string& arm : ours) out.push_back(card_of(question, arm, cases));
  return out;
}

std::vector<Unmet> unmet_of(const Question& question,
                            const std::vector<verdict::ScoreCard>& cards) {
  std::vector<Unmet> out;
  for (const verdict::ScoreCard& card : cards) add_unmet(card, out);
  for (const Required& required : question.margins) {
    const bool there = std::any_of(cards.begin(), cards.end(), [&](const auto& card) {
      return required.ours.empty() || card.ours == required.ours;
    });
    if (there) continue;
    out.push_back(
        {required.ours, required.figure, required.against, verdict::Finding::too_few, {}});
  }
  return out;
}

}  // namespace saggar::evidence
