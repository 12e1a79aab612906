#include "hil/evidence/summary.hpp"

#include <cmath>

#include "hil/evidence/page.hpp"
#include "hil/report/json.hpp"
#include "hil/report/number.hpp"

namespace saggar::evidence {
namespace {

std::string text(std::string_view value) { return report::json(value); }
std::string number(double value) { return std::isfinite(value) ? report::exact(value) : "null"; }
std::string number(std::size_t value) { return std::to_string(value); }

template <class List, class Each>
std::string list(const List& values, Each&& each) {
  std::string out = "[";
  for (const auto& value : values) out += (out.size() > 1 ? ", " : "") + each(value);
  return out + "]";
}
std::string texts(const std::vector<std::string>& values) {
  return list(values, [](const std::string& v) { return text(v); });
}

std::string cell(const verdict::ScoreCell& c) {
  const verdict::Paired& p = c.against;
  return "{\"arm\": " + text(c.arm) + ", \"pairs\": " + number(p.pairs) +
         ", \"left_out\": " + number(p.left_out) + ", \"alone\": " + number(p.alone) +
         ", \"theirs\": " + number(p.theirs) + ", \"difference\": " + number(p.difference.mean) +
         ", \"low\": " + number(p.difference.low) + ", \"high\": " + number(p.difference.high) +
         ", \"margin\": " + number(p.margin) + ", \"finding\": " + text(verdict::text(p.finding)) +
         "}";
}

std::string row(const verdict::ScoreRow& r) {
  return "\n    {\"name\": " + text(r.figure.name) + ", \"unit\": " + text(r.figure.unit) +
         ", \"better\": " + std::to_string(r.figure.better) + ", \"cases\": " + number(r.cases) +
         ", \"ours\": " + number(r.ours) + ", \"against\": " + list(r.cells, cell) + "}";
}

std::string card(const verdict::ScoreCard& c) {
  return "\n   {\"ours\": " + text(c.ours) + ", \"figures\": " + list(c.rows, row) + "}";
}

std::string strayed(const Strayed& s) {
  const verdict::Departure& d = s.departure;
  return "\n    {\"case\": " + text(s.id) + ", \"series\": " + text(s.series) +
         ", \"unit\": " + text(s.unit) + ", \"first_s\": " + number(d.first_s) +
         ", \"share\": " + number(d.share()) + ", \"worst\": " + number(d.worst) +
         ", \"worst_s\": " + number(d.worst_s) + ", \"longer\": " + number(d.longer) + "}";
}

std::string covered(const Covered& c) {
  return "\n    {\"kind\": " + text(c.kind) + ", \"name\": " + text(c.name) +
         ", \"times\": " + std::to_string(c.times) + "}";
}

std::string baseline(const Question& question, const Answer& a) {
  if (!question.previous) return "null";
  const verdict::Baseline& b = *question.previous;
  return "{\"author\": " + text(b.author) + ", \"reason\": " + text(b.reason) +
         ", \"date\": " + text(b.date) + ", \"sha256\": " + text(b.sha256) +
         ", \"same\": " + number(a.exact.same.size()) +
         ", \"other_records\": " + texts(a.exact.other_records) +
         ", \"other_inputs\": " + texts(a.exact.other_inputs) +
         ", \"only_here\": " + texts(a.exact.only_ours) +
         ", \"only_there\": " + texts(a.exact.only_theirs) + "}";
}

}  // namespace

std::string summary_json(const Question& question, const Answer& a) {
  std::string out = "{\n  \"campaign\": " + text(question.campaign);
  out += ",\n  \"date\": " + text(question.date) + ",\n  \"build\": " + text(question.build);
  out += std::string(",\n  \"passed\": ") + (a.passed() ? "true" : "false");
  out += ",\n  \"sentence\": " + text(sentence(a, Language::en));
  out += ",\n  \"cases\": {\"all\": " + number(a.cases) +
         ", \"passed\": " + number(a.passed_cases) + ", \"failed\": " + number(a.failed) +
         ", \"refused\": " + number(a.refused) + ", \"crashed\": " + number(a.crashed) + "}";
  out += ",\n  \"checks\": {\"all\": " + number(a.checks) + ", \"held\": " + number(a.checks_held) +
         "}";
  out += ",\n  \"hours\": " + number(a.hours) + ",\n  \"digest\": " + text(a.digest);
  out += ",\n  \"twice\": " + texts(a.twice);
  out += ",\n  \"cards\": " + list(a.cards, card);
  out += ",\n  \"unmet\": " + list(a.unmet, [](const Unmet& u) {
           return "\n    {\"ours\": " + text(u.ours) + ", \"figure\": " + text(u.figure) +
                  ", \"against\": " + text(u.arm) +
                  ", \"finding\": " + text(verdict::text(u.finding)) + "}";
         });
  out += std::string(",\n  \"no_baseline\": ") + (a.no_baseline ? "true" : "false");
  out += ",\n  \"unknown\": " + texts(a.unknown) + ",\n  \"gone\": " + texts(a.gone);
  out += ",\n  \"inexact\": " + number(a.inexact());
  out += ",\n  \"traces_compared\": " + number(a.compared);
  out += ",\n  \"strayed\": " + list(a.strayed, strayed);
  out += ",\n  \"gaps\": " + number(a.gaps()) + ",\n  \"coverage\": " + list(a.coverage, covered);
  return out + ",\n  \"baseline\": " + baseline(question, a) + "\n}\n";
}

}  // namespace saggar::evidence
