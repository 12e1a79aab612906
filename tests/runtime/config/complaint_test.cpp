#include "runtime/config/complaint.hpp"

#include <gmock/gmock.h>

namespace saggar::config {
namespace {

TEST(Complaint, NamesFileLineAndColumn) {
  EXPECT_EQ((Complaint{"a.toml", {3, 7}, "x", "is wrong"}.text()), "a.toml:3:7: is wrong");
  EXPECT_EQ((Complaint{"a.toml", {}, "", "is not a file"}.text()), "a.toml: is not a file");
}

TEST(Source, AFieldThatIsNotInTheFileHasThePlaceOfTheTableAroundIt) {
  Source source;
  source.positions = {{"", {1, 1}}, {"a", {5, 2}}, {"a.b[0]", {6, 9}}};
  EXPECT_EQ(source.of("a.b[0]").column, 9);
  EXPECT_EQ(source.of("a.b[0].c").column, 9);
  EXPECT_EQ(source.of("a.b[1]").column, 2);
  EXPECT_EQ(source.of("a.x").line, 5);
  EXPECT_EQ(source.of("other").line, 1);
}

TEST(Complaints, AreSortedByPlaceWithinAFileAndFilesKeepTheirOrder) {
  Complaints complaints;
  complaints.add({"b", {9, 1}, "", "late"});
  complaints.add({"a", {1, 1}, "", "other file"});
  complaints.add({"b", {2, 5}, "", "right"});
  complaints.add({"b", {2, 3}, "", "left"});
  const domain::Error error = complaints.error();
  EXPECT_EQ(error.text(), "b:2:3: left\nb:2:5: right\nb:9:1: late\na:1:1: other file");
}

TEST(Complaints, KeepsFiftyAndCountsTheRest) {
  Complaints complaints;
  for (int i = 0; i < 53; ++i) complaints.add({"f", {i + 1, 1}, "", "x"});
  EXPECT_EQ(complaints.size(), 50U);
  EXPECT_EQ(complaints.left_out(), 3U);
  EXPECT_THAT(complaints.error().what, testing::EndsWith("f:50:1: x\nand 3 more"));
}

TEST(Complaints, AFieldIsUnsoundWhenItItsContentOrItsTableIsComplainedAbout) {
  Complaints complaints;
  complaints.add({"f", {1, 1}, "heat.trip", "x"});
  EXPECT_FALSE(complaints.sound("f", "heat"));
  EXPECT_FALSE(complaints.sound("f", "heat.trip"));
  EXPECT_FALSE(complaints.sound("f", "heat.trip[3]"));
  EXPECT_FALSE(complaints.sound("f", ""));
  EXPECT_TRUE(complaints.sound("f", "heat.trips"));
  EXPECT_TRUE(complaints.sound("f", "cold"));
  EXPECT_TRUE(complaints.sound("g", "heat"));
}

}  // namespace
}  // namespace saggar::config
