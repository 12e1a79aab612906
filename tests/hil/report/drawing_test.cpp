// The one writer of coordinates never writes what is none.
#include "hil/report/drawing.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/hil/report/markup.hpp"

namespace saggar::report {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

TEST(Coordinate, HasOneDecimalAndIsAlwaysANumber) {
  EXPECT_EQ(coordinate(12.345), "12.3");
  EXPECT_EQ(coordinate(12), "12");
  EXPECT_EQ(coordinate(-0.01), "0");
  EXPECT_EQ(coordinate(kNoNumber), "0");
  EXPECT_EQ(coordinate(kInfinite), "20000");
  EXPECT_EQ(coordinate(-1e300), "-20000");
}

TEST(PathData, IsWrittenShort) {
  PathData path;
  EXPECT_TRUE(path.empty());
  path.move(1, 2);
  path.line(3.25, 4);
  path.step(5, 6);
  path.close();
  path.dot(7, 8);
  path.rect({1, 2, 3, 4});
  EXPECT_EQ(path.text(), "M1 2L3.3 4H5V6zM7 8h0M1 2h3v4h-3z");
}

TEST(Drawing, IsOneElementWithADescription) {
  Drawing drawing(200, "A \"chart\" <of> things");
  drawing.line(0, 0, kInfinite, kNoNumber, "axis");
  drawing.rect({1, 2, -3, 4}, "bars");
  drawing.clip({10, 20, 30, 40});
  drawing.fill("M1 2h3", "#aabbcc");
  drawing.unclip();
  drawing.text(5, 6, Anchor::end, "a < b & \"c\"", "small", -90);
  drawing.path({}, "line");
  drawing.text(5, 6, Anchor::start, "");
  const std::string text = drawing.finish();
  EXPECT_EQ(test::faults_of(text), "");
  const test::Markup markup(text);
  EXPECT_EQ(markup.elements[0].attribute("role"), "img");
  EXPECT_EQ(markup.elements[0].attribute("aria-label"), "A &quot;chart&quot; &lt;of&gt; things");
  EXPECT_EQ(markup.elements[0].attribute("viewBox"), "0 0 680 200");
  EXPECT_EQ(markup.elements[2].attribute("width"), "0");  // never negative
  EXPECT_EQ(markup.elements[3].attribute("viewBox"), "10 20 30 40");
  EXPECT_EQ(markup.count("path"), 1u);  // the empty one is not written
  EXPECT_EQ(markup.count("text"), 1u);
}

TEST(MarkupReader, FindsWhatIsWrong) {
  for (const char* wrong : {"<a><b></a></b>", "<a>", "</a>", "<a x=1/>", "<a x=\"1/>",
                            "<a>&nbsp;</a>", "<a", "<rect x=\"nan\"/>", "<rect width=\"inf\"/>",
                            "<path d=\"M1e+20 0\"/>", "text", "<a><b id=\"q\"/><b id=\"q\"/></a>",
                            "<a href=\"#q\"/>", "<a href=\"http://x\"/>", "<a onclick=\"x\"/>"}) {
    EXPECT_NE(test::faults_of(wrong), "") << wrong;
  }
  EXPECT_EQ(test::faults_of("<a id=\"q\"><b href=\"#q\"/>x &amp; y</a>"), "");
}

}  // namespace
}  // namespace saggar::report
