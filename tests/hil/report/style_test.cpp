// What every page promises of its looks, read off the style sheet.
#include "hil/report/style.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "hil/report/colours.hpp"

namespace saggar::report {
namespace {

TEST(Style, HasNoLettersBelowElevenPixels) {
  const std::string text(style());
  int sizes = 0;
  for (std::size_t at = 0; (at = text.find("font-size: ", at)) != std::string::npos; ++at) {
    const std::string rest = text.substr(at + 11);
    char* unit = nullptr;
    double px = std::strtod(rest.c_str(), &unit);
    if (std::string(unit).starts_with("pt")) px *= 96.0 / 72.0;
    EXPECT_GE(px, 11) << rest.substr(0, 20);
    ++sizes;
  }
  EXPECT_GE(sizes, 6);
}

TEST(Style, HasDarkColoursForScreensAndAPaperSize) {
  EXPECT_NE(style().find("@media screen and (prefers-color-scheme: dark)"), style().npos);
  EXPECT_NE(style().find("@media print"), style().npos);
  EXPECT_NE(style().find("size: A4"), style().npos);
}

TEST(Style, FetchesNothingAndCannotEndItsElement) {
  for (const char* outside : {"url(", "@import", "http", "<", "&"}) {
    EXPECT_EQ(style().find(outside), style().npos) << outside;
  }
}

TEST(Style, KnowsEveryColourOfThingsInLightAndInDark) {
  const std::string text(style());
  for (std::size_t n = 0; n < kThingColours; ++n) {
    const std::string name = "--c" + std::to_string(n) + ": #";
    const std::size_t light = text.find(name);
    ASSERT_NE(light, text.npos) << name;
    EXPECT_NE(text.find(name, light + 1), text.npos) << name;
    EXPECT_NE(text.find("." + thing_class(n) + " {"), text.npos) << n;
  }
}

TEST(Style, HasBalancedBraces) {
  EXPECT_EQ(std::count(style().begin(), style().end(), '{'),
            std::count(style().begin(), style().end(), '}'));
}

}  // namespace
}  // namespace saggar::report
