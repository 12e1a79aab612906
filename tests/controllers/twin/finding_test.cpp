#include "controllers/twin/finding.hpp"

#include <gtest/gtest.h>

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
