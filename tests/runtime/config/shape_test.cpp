// The parser recurses: what would exhaust its stack must be refused before it sees it.
#include <gtest/gtest.h>

#include "runtime/config/node.hpp"

namespace saggar::config {
namespace {

std::string repeated(const std::string& word, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += word;
  return text;
}

bool refused(const std::string& text) { return !shape_fault(text).what.empty(); }

TEST(Shape, OrdinaryTextsPass) {
  EXPECT_FALSE(refused("a.b.c = [[1.5, 2.5], [3.5]] # [[[[[[[[[[[[[[[[[[[[\n[x.y]\n[[z]]\n"));
  EXPECT_FALSE(refused("a = [" + repeated("1.0, ", 1000) + "]"));
  EXPECT_FALSE(refused("a = \"" + repeated("[.", 100) + "\""));
  EXPECT_FALSE(refused("a = '" + repeated("{.", 100) + "'"));
  EXPECT_FALSE(refused("a = \"\"\"\n" + repeated("[.\n", 100) + "\"\"\""));
}

TEST(Shape, NestingIsRefusedAtTheFirstBracketTooMany) {
  const ShapeFault fault = shape_fault("x = 1\na = " + repeated("[", 17) + repeated("]", 17));
  EXPECT_EQ(fault.at.line, 2);
  EXPECT_EQ(fault.at.column, 21);
  EXPECT_EQ(fault.what,
            "arrays and tables nested deeper than 16; nothing in a configuration needs that");
  EXPECT_FALSE(refused("a = " + repeated("[", 16) + repeated("]", 16)));
}

TEST(Shape, InlineTablesNestToo) { EXPECT_TRUE(refused("a = " + repeated("{a=", 17))); }

TEST(Shape, ADottedKeyHasAtMostEightWords) {
  EXPECT_FALSE(refused("a.b.c.d.e.f.g.h = 1"));
  const ShapeFault fault = shape_fault("a.b.c.d.e.f.g.h.i = 1");
  EXPECT_EQ(fault.at.line, 1);
  EXPECT_EQ(fault.at.column, 16);
  EXPECT_TRUE(refused("[a . \"b\" . 'c' .d.e.f.g.h.i]"));
}

TEST(Shape, QuotesInAKeyDoNotHideItsDots) {
  EXPECT_TRUE(refused(repeated("\"x,\".", 9) + "a = 1"));
  EXPECT_TRUE(refused(repeated("'='.", 9) + "a = 1"));
}

TEST(Shape, QuotesBeforeTheClosingThreeDoNotHideTheRestOfTheLine) {
  EXPECT_TRUE(refused("a = [\"\"\"x\"\"\"\"\", {" + repeated("b.", 9) + "b = 1}]"));
  EXPECT_TRUE(refused("a = ['''x'''', {" + repeated("b.", 9) + "b = 1}]"));
}

TEST(Shape, EscapedQuotesDoNotEndAString) {
  EXPECT_TRUE(refused("a = \"x\\\"\"\n" + repeated("b.", 9) + "b = 1"));
  EXPECT_FALSE(refused("a = \"x\\\" " + repeated("b.", 9) + "\"\n"));
}

// toml++ 3.3 takes `0"x` as one bare word and is undefined for U+FB26..U+FEFE in it.
TEST(Shape, AQuoteInTheMiddleOfAWordIsRefused) {
  const ShapeFault fault = shape_fault("kind = 0\"recipe\xEF\xB9\xBF\"\n");
  EXPECT_EQ(fault.at.line, 1);
  EXPECT_EQ(fault.at.column, 9);
  EXPECT_EQ(fault.what, "a quote in the middle of a word; a text begins and ends with one");
  EXPECT_TRUE(refused("a = \"x\"\"y\"\n"));
  EXPECT_FALSE(refused("a=\"x\"\n[b.\"c\"]\n[[\"d\"]]\ne = [\"f\",'g']\nh = {\"i\" = 1}\n"));
  EXPECT_FALSE(refused("a = \"\" # empty\nb = ''\n\"c\" = \"\"\"d\"\"\"\n"));
}

TEST(Shape, CharactersOutsideAsciiStandInQuotesAndCommentsOnly) {
  EXPECT_FALSE(refused("a = \"가마 é\" # 가마 é\nb = 'é'\n\"é\" = 1\n"));
  EXPECT_FALSE(
      refused("\xEF\xBB\xBF"
              "a = 1\n"));  // byte order mark
  for (const std::string bad : {"é = 1", "a = 1 é", "[é]", "\xEF\xBB\xB7 a = 1", "a\u00A0= 1"}) {
    const ShapeFault fault = shape_fault("x = 1\n" + bad);
    EXPECT_EQ(fault.at.line, 2) << bad;
    EXPECT_EQ(fault.what,
              "a character outside ASCII that stands neither in quotes nor in a comment");
  }
}

TEST(Shape, ABackslashInATextOfManyLinesBeginsAnEscape) {
  EXPECT_FALSE(refused("a = \"\"\"\n\\u00e9 \\\\ \\\" \\n\n\"\"\""));
  const ShapeFault fault = shape_fault("a = \"\"\"\nx \\\n  y\"\"\"");
  EXPECT_EQ(fault.at.line, 2);
  EXPECT_EQ(fault.at.column, 3);
  EXPECT_TRUE(refused("a = \"\"\"\\é\"\"\""));
}

TEST(Shape, HalfAMillionWordsAreRefusedBeforeTheParserSeesThem) {
  Node root;
  ShapeFault fault;
  EXPECT_FALSE(parse(repeated("a.", 500000) + "a = 1", root, fault));
  EXPECT_FALSE(parse("a = " + repeated("[", 1000000), root, fault));
}

}  // namespace
}  // namespace saggar::config
