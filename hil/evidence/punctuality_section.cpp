#include "hil/evidence/punctuality_section.hpp"

#include <algorithm>

#include "hil/suite/punctuality.hpp"

namespace saggar::evidence {

std::optional<report::Section> punctuality_section(
    const std::vector<const suite::CaseResult*>& cases, Language l) {
  const std::vector<suite::Figure> wanted = suite::Punctuality(1).figures();
  report::Table t{"", {{say(Say::case_, l)}}};
  for (const suite::Figure& figure : wanted) t.columns.push_back({figure.name});
  std::size_t more = 0;
  for (const suite::CaseResult* one : cases) {
    report::Row row{{one->id}};
    for (const suite::Figure& figure : wanted) {
      const auto at =
          std::find_if(one->figures.begin(), one->figures.end(),
                       [&](const suite::Figure& its) { return its.name == figure.name; });
      if (at != one->figures.end()) row.cells.emplace_back(at->value);
    }
    if (row.cells.size() == 1) continue;
    if (t.rows.size() == kMostPunctual) {
      ++more;
      continue;
    }
    t.rows.push_back(std::move(row));
  }
  if (t.rows.empty()) return std::nullopt;
  if (more > 0) t.footnote = say(Say::more_rows, l, {std::to_string(more)});
  return report::Section{say(Say::real_time, l),
                         {report::Paragraph{say(Say::real_time_how, l)}, std::move(t)},
                         "real-time"};
}

}  // namespace saggar::evidence
