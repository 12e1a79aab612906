// JSON against text written by hand from RFC 8259.
#include "hil/report/json.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/hil/report/sample_page.hpp"

namespace saggar::report {
namespace {

TEST(JsonText, EscapesWhatTheStandardDemands) {
  EXPECT_EQ(json(std::string_view("a\"b\\c/\n\t\x01")), R"("a\"b\\c/\n\u0009\u0001")");
  EXPECT_EQ(json(std::string_view("\0", 1)), R"("\u0000")");
  EXPECT_EQ(json(std::string_view("\uAC00 \U0001F525 <b>")), "\"\uAC00 \U0001F525 <b>\"");
  EXPECT_EQ(json(std::string_view("\xFF")), "\"\uFFFD\"");
}

TEST(JsonTable, IsAnArrayOfObjectsWithNumbersInFull) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  Table table{"T", {{"Name"}, {"Peak", "degC", 1}, {"n"}}, {}};
  table.rows = {{{"co\"re", 231.4567890123, 12}, Verdict::pass},
                {{"roof", none, infinite}},
                {{"short"}, Verdict::misfit},
                {{"long", 1e-7, -0.5, "cut"}, Verdict::info}};
  EXPECT_EQ(json(table), R"([
{"name": "co\"re", "peak_degC": 231.4567890123, "n": 12, "verdict": "pass"},
{"name": "roof", "peak_degC": null, "n": null, "verdict": null},
{"name": "short", "peak_degC": null, "n": null, "verdict": "misfit"},
{"name": "long", "peak_degC": 1e-07, "n": -0.5, "verdict": "info"}
])");
}

TEST(JsonTable, WithoutVerdictsRowsOrColumnsIsStillJson) {
  EXPECT_EQ(json(Table{"", {{"a"}}, {{{1}}}}), "[\n{\"a\": 1}\n]");
  EXPECT_EQ(json(Table{"", {{"a"}}, {}}), "[]");
  EXPECT_EQ(json(Table{"", {}, {{{}, Verdict::pass}}}), "[\n{\"verdict\": \"pass\"}\n]");
}

TEST(JsonPage, HasTheTablesOfThePageInOrder) {
  Page page{"P", "s", "2025-11-03"};
  const Table one{"one", {{"a"}}, {{{1}}}}, two{"two", {{"b"}}, {}};
  page.sections = {{"First", {Paragraph{"not here"}, one}}, {"Second", {two}}};
  EXPECT_EQ(json(page), R"({"title": "P", "subtitle": "s", "date": "2025-11-03", "tables": [
{"section": "First", "title": "one", "rows": [
{"a": 1}
]},
{"section": "Second", "title": "two", "rows": []}
]}
)");
  EXPECT_EQ(json(Page{}),
            "{\"title\": \"\", \"subtitle\": \"\", \"date\": \"\", \"tables\": []}\n");
}

TEST(JsonPage, IsTheSameBytesForTheSameContent) {
  EXPECT_EQ(json(test::sample_page()), json(test::sample_page()));
}

}  // namespace
}  // namespace saggar::report
