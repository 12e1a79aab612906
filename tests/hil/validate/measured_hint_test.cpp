#include "hil/validate/measured_hint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::validate {
namespace {

using ::testing::HasSubstr;

const char* const kKeys = "kind, material, profile";

TEST(MeasuredHint, AKeyWithoutItsMarkIsShownWithIt) {
  EXPECT_EQ(hint_for("kind: tga", kKeys).what,
            "the key 'kind' lacks its mark; # kind: tga would be right");
  EXPECT_THAT(hint_for("  profile : 0 25, 2 500\r", kKeys).what,
              HasSubstr("# profile: 0 25, 2 500 would be right"));
  EXPECT_EQ(hint_for("ind: tga", kKeys).what, "") << "no key, so no hint";
}

TEST(MeasuredHint, OtherSeparatorsAreNamedAtTheFirstOfThem) {
  const std::string_view line = "time_h;mass_percent";
  const Hint hint = hint_for(line, kKeys);
  EXPECT_EQ(hint.at.data() - line.data(), 6);
  EXPECT_THAT(hint.what, HasSubstr("separated by semicolons; commas between cells and points"));
  EXPECT_THAT(hint_for("0\t99.9", kKeys).what, HasSubstr("separated by tabs"));
}

TEST(MeasuredHint, OfARightLineNothingIsSaid) {
  EXPECT_EQ(hint_for("time_h,mass_percent", kKeys).what, "");
  EXPECT_EQ(hint_for("", kKeys).what, "");
}

TEST(MeasuredHint, TextIsShownTrimmedShortAndSafe) {
  EXPECT_EQ(trimmed(" \ta b\r"), "a b");
  EXPECT_EQ(trimmed(" \t"), "");
  EXPECT_EQ(shown("a\x01"
                  "b"),
            "'a?b'");
  EXPECT_EQ(shown(std::string(50, 'x')), "'" + std::string(40, 'x') + "...'");
}

}  // namespace
}  // namespace saggar::validate
