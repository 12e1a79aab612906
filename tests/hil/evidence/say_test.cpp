// Every text stands in both languages, with the same places.
#include "hil/evidence/say.hpp"

#include <gtest/gtest.h>

#include <set>

namespace saggar::evidence {
namespace {

std::multiset<char> places(std::string_view text) {
  std::multiset<char> out;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 2] == '}') out.insert(text[i + 1]);
  }
  return out;
}

bool has_hangul(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0xEA && byte <= 0xED) return true;  // U+A000 to U+DFFF
  }
  return false;
}

TEST(Say, EveryTextStandsInBothLanguagesWithTheSamePlaces) {
  ASSERT_GT(say_count(), 60U);
  for (std::size_t i = 0; i < say_count(); ++i) {
    const auto what = static_cast<Say>(i);
    const auto english = text(what, Language::en), korean = text(what, Language::ko);
    EXPECT_FALSE(english.empty()) << i;
    EXPECT_TRUE(has_hangul(korean)) << english;
    EXPECT_FALSE(has_hangul(english)) << english;
    const auto e = places(english), k = places(korean);
    EXPECT_EQ(std::set<char>(e.begin(), e.end()), std::set<char>(k.begin(), k.end())) << english;
  }
}

TEST(Say, FillsPlacesInTheOrderOfTheLanguage) {
  EXPECT_EQ(say(Say::why_failed, Language::en, {"2", "36"}), "2 of 36 cases failed");
  EXPECT_EQ(say(Say::why_failed, Language::ko, {"2", "36"}), "전체 36개 중 2개 케이스 불합격");
}

TEST(Say, WhatIsFilledInIsNotLookedAtAgain) {
  EXPECT_EQ(say(Say::title, Language::en, {"{0}{1}"}), "Campaign {0}{1}");
  EXPECT_EQ(say(Say::title, Language::en), "Campaign ") << "a value too few";
}

TEST(Say, LanguagesHaveTheirTags) {
  EXPECT_EQ(tag(Language::en), "en");
  EXPECT_EQ(tag(Language::ko), "ko");
}

}  // namespace
}  // namespace saggar::evidence
