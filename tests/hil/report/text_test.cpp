// Texts reach a page as text: escaped, valid UTF-8, measured generously.
#include "hil/report/text.hpp"

#include <gtest/gtest.h>

namespace saggar::report {
namespace {

TEST(Escape, LeavesNoCharacterThatMarkupCouldMean) {
  EXPECT_EQ(escape("<a href=\"x\">'&amp;'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(escape("x < y && z"), "x &lt; y &amp;&amp; z");
}

TEST(Escape, KeepsEveryLanguageAndReplacesWhatXmlForbids) {
  EXPECT_EQ(escape("\uAC00\uB9C8 \u00B5m \U0001F525\n\t"), "\uAC00\uB9C8 \u00B5m \U0001F525\n\t");
  EXPECT_EQ(escape(std::string_view("a\0b\x1b\x7f", 5)), "a\uFFFDb\uFFFD\uFFFD");
  EXPECT_EQ(escape("\xEF\xBF\xBF"), "\uFFFD");  // U+FFFF
}

// Truncated, overlong, a surrogate, beyond the last code point, a lone continuation, Latin-1.
TEST(Escape, ReplacesEveryByteThatIsNoUtf8) {
  EXPECT_EQ(escape("a\xE2\x82"), "a\uFFFD\uFFFD");
  EXPECT_EQ(escape("\xC0\xBC"), "\uFFFD\uFFFD");
  EXPECT_EQ(escape("\xE0\x80\xBC"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(escape("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(escape("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(escape("\x80x"), "\uFFFDx");
  EXPECT_EQ(escape("750 \xB0"
                   "C"),
            "750 \uFFFDC");
}

TEST(CodePoint, IsTakenWholeAndWrittenBackTheSame) {
  for (const char* text : {"A", "\u00E9", "\u20AC", "\U0001F525"}) {
    std::string_view rest = text;
    std::string back;
    append_utf8(back, take_code_point(rest));
    EXPECT_EQ(back, text);
    EXPECT_TRUE(rest.empty());
  }
}

TEST(Width, GrowsWithTheTextAndTheFont) {
  EXPECT_EQ(width_px("", 12), 0);
  EXPECT_GT(width_px("mmm", 12), width_px("iii", 12));
  EXPECT_NEAR(width_px("750", 24), 2 * width_px("750", 12), 1e-9);
  EXPECT_NEAR(width_px("\uAC00\uB9C8", 12), 24, 1e-9);  // Hangul is as wide as high
}

TEST(Shortened, CutsAtWholeCharactersAndOnlyWhereNeeded) {
  EXPECT_EQ(shortened("zone 7", 12, 200), "zone 7");
  const std::string cut = shortened("\uAC00\uB9C8\uAC00\uB9C8\uAC00\uB9C8", 10, 45);
  EXPECT_EQ(cut, "\uAC00\uB9C8\uAC00\u2026");
  EXPECT_EQ(shortened("zone", 12, 1), "\u2026");
}

TEST(Slug, KeepsLettersAndDigitsOfAscii) {
  EXPECT_EQ(slug("Core at 6 h (zone 7)", '_'), "core_at_6_h_zone_7");
  EXPECT_EQ(slug("  --a//b  ", '-'), "a-b");
  EXPECT_EQ(slug("\uAC00\uB9C8", '-'), "");
}

}  // namespace
}  // namespace saggar::report
