#include "hil/verdict/score_card.hpp"

#include <cmath>
#include <limits>

namespace saggar::verdict {
namespace {

const Sample& sample(const std::map<std::string, Arm>& arms, const std::string& arm,
                     const std::string& figure) {
  static const Sample kNothing;
  const auto found = arms.find(arm);
  if (found == arms.end()) return kNothing;
  const auto values = found->second.find(figure);
  return values == found->second.end() ? kNothing : values->second;
}

}  // namespace

bool no_worse(const Paired& paired, int better) noexcept {
  if (paired.finding == Finding::too_few || paired.we_lack > 0) return false;
  const double low = paired.difference.low, high = paired.difference.high;
  return (better < 0 || low >= -paired.margin) && (better > 0 || high <= paired.margin);
}

std::vector<const ScoreRow*> ScoreCard::worse_than(const std::string& arm) const {
  std::vector<const ScoreRow*> out;
  for (const ScoreRow& row : rows) {
    for (const ScoreCell& cell : row.cells) {
      if (cell.arm == arm && cell.against.finding == Finding::worse) out.push_back(&row);
    }
  }
  return out;
}

ScoreCard score_card(const std::string& ours, const std::vector<std::string>& order,
                     const std::map<std::string, Arm>& arms, const std::vector<FigureRule>& figures,
                     const PairedRules& rules) {
  ScoreCard card{ours, order, {}};
  for (const FigureRule& figure : figures) {
    const Sample& own = sample(arms, ours, figure.name);
    ScoreRow row{figure, 0, 0, {}};
    double sum = 0;
    for (const auto& [key, value] : own) {
      if (!std::isfinite(value)) continue;
      ++row.cases;
      sum += value;
    }
    row.ours = row.cases > 0 ? sum / static_cast<double>(row.cases)
                             : std::numeric_limits<double>::quiet_NaN();
    PairedRules its = rules;
    for (const std::string& arm : order) {
      const auto required = figure.required.find(arm);
      its.margin = required == figure.required.end() ? figure.margin : required->second;
      row.cells.push_back({arm, compare(own, sample(arms, arm, figure.name), figure.better, its)});
    }
    card.rows.push_back(std::move(row));
  }
  return card;
}

}  // namespace saggar::verdict
