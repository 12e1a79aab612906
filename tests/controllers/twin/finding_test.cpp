#include "controllers/twin/finding.hpp"

#include <gtest/gtest.h>

#include <iterator>
#include <set>
#include <string>

namespace saggar::twin {
namespace {

TEST(Finding, HasATextForEachCause) {
  std::set<std::string> all;
  for (int i = 0; i <= static_cast<int>(Cause::underfill); ++i) {
    all.insert(text(static_cast<Cause>(i)));
  }
  EXPECT_EQ(all.size(), 10U);
  EXPECT_EQ(all.count("unknown"), 0U);
}

// The host takes up to 64 lower-case letters, digits and _.
TEST(Finding, HasAWordForEachCauseThatIsItsText) {
  ASSERT_EQ(std::size(kWords), static_cast<std::size_t>(Cause::underfill) + 1);
  for (std::size_t i = 0; i < std::size(kWords); ++i) {
    std::string expected;
    for (const char* c = text(static_cast<Cause>(i)); *c != '\0'; ++c) {
      if (*c != ',') expected += *c == ' ' ? '_' : *c;
    }
    EXPECT_EQ(kWords[i], expected);
    EXPECT_LE(expected.size(), 64U);
    EXPECT_EQ(expected.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string::npos);
  }
}

TEST(Finding, SaysItsEvidenceInOneSentenceAndCutsItToTheRoomThereIs) {
  Finding f;
  f.cause = Cause::element_open;
  f.zone = 13;
  f.element = 0;
  f.measured = 8.1;
  f.expected = 10.8;
  f.size = -0.25;
  char line[200];
  EXPECT_STREQ(sentence(f, line, sizeof line),
               "Zone 14 top takes 8.10 kW where its output asks for 10.80 kW: -25 %.");
  char little[8];
  EXPECT_STREQ(sentence(f, little, sizeof little), "Zone 14");
  for (int i = 0; i <= static_cast<int>(Cause::underfill); ++i) {
    f.cause = static_cast<Cause>(i);
    EXPECT_GT(std::string(sentence(f, line, sizeof line)).size(), 20U);
  }
}

}  // namespace
}  // namespace saggar::twin
