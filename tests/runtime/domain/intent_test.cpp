#include "runtime/domain/intent.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/gate.hpp"

namespace saggar::domain {
namespace {

TEST(FixedText, KeepsWhatFits) {
  const FixedText<8> text("drying");
  EXPECT_EQ(text.view(), "drying");
  EXPECT_FALSE(text.empty());
  EXPECT_TRUE(FixedText<8>().empty());
  EXPECT_EQ(FixedText<8>().view(), "");
}

TEST(FixedText, KeepsOneByteForTheEnd) {
  EXPECT_EQ(FixedText<4>("abc").view(), "abc");
  EXPECT_EQ(FixedText<4>("abcd").view(), "abc");
  EXPECT_EQ(FixedText<4>("abcdefgh").view(), "abc");
}

// "가" is three bytes (EA B0 80). Seven bytes are room for two of them, and never for a part.
TEST(FixedText, CutsBeforeACharacterThatDoesNotFit) {
  const std::string three = "가가가";
  ASSERT_EQ(three.size(), 9U);
  EXPECT_EQ(FixedText<7>(three).view(), "가가");
  EXPECT_EQ(FixedText<8>(three).view(), "가가");
  EXPECT_EQ(FixedText<9>(three).view(), "가가");
  EXPECT_EQ(FixedText<10>(three).view(), "가가가");
  EXPECT_EQ(FixedText<3>("가").view(), "");
}

TEST(FixedText, CutsBeforeAFourByteCharacter) {
  EXPECT_EQ(FixedText<6>("ab\xF0\x9F\x94\xA5").view(), "ab");
  EXPECT_EQ(FixedText<7>("ab\xF0\x9F\x94\xA5").view(), "ab\xF0\x9F\x94\xA5");
}

TEST(FixedText, TextOfOnlyContinuationBytesIsCutToNothing) {
  EXPECT_EQ(FixedText<4>("\x80\x80\x80\x80\x80").view(), "");
}

TEST(FixedText, AShorterTextLeavesNothingOfTheLongerOne) {
  FixedText<16> text("zone07.top");
  text.assign("hold");
  EXPECT_EQ(text.view(), "hold");
  EXPECT_TRUE(text == FixedText<16>("hold"));
  EXPECT_FALSE(text == FixedText<16>("holds"));
}

TEST(FixedText, AnEmptyViewIsFine) {
  FixedText<4> text("abc");
  text.assign(std::string_view());
  EXPECT_TRUE(text.empty());
}

TEST(FixedText, CopyingAnIntentDoesNotAllocate) {
  Intent intent;
  intent.who.assign("a name that is long enough to need the heap if this were a std::string");
  intent.reason.assign("drying takes longer today");
  Intent copy;
  const gate::Scope scope;
  copy = intent;
  EXPECT_TRUE(scope.counts().none());
  EXPECT_EQ(copy.who.view().size(), 31U);
  EXPECT_EQ(copy.reason.view(), "drying takes longer today");
}

// An intent made without more says nothing that could be carried out by mistake.
TEST(Intent, NamesNothingByDefault) {
  const Intent intent;
  EXPECT_EQ(intent.kind, IntentKind::acknowledge);
  EXPECT_EQ(intent.mv, kNoMv);
  EXPECT_EQ(intent.controller, kNoController);
  EXPECT_EQ(intent.rung, 0xFF);
  EXPECT_TRUE(intent.who.empty());
}

}  // namespace
}  // namespace saggar::domain
