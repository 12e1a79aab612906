#include "runtime/config/suggest.hpp"

#include <gtest/gtest.h>

namespace saggar::config {
namespace {

TEST(Suggest, TheUnitIsTheLongestKnownSuffix) {
  EXPECT_EQ(unit_of_key("period_ms"), "ms");
  EXPECT_EQ(unit_of_key("flow_Nm3_per_h"), "Nm3/h");
  EXPECT_EQ(unit_of_key("rate_K_per_min"), "K/min");
  EXPECT_EQ(unit_of_key("rate_percent_per_h"), "%/h");
  EXPECT_EQ(unit_of_key("speed_mm_per_s"), "mm/s");
  EXPECT_EQ(unit_of_key("zones"), "");
  EXPECT_EQ(unit_of_key("_s"), "");
  EXPECT_EQ(stem_of_key("flow_Nm3_per_h"), "flow");
  EXPECT_EQ(stem_of_key("zones"), "zones");
}

TEST(Suggest, EveryPairOfUnitsOfOneQuantityIsToldApart) {
  EXPECT_EQ(unknown_key_text("speed_m_per_h", {"speed_mm_per_s"}),
            "unknown key 'speed_m_per_h': wrong unit m/h; write 'speed_mm_per_s', the figure in "
            "mm/s");
  EXPECT_EQ(unknown_key_text("trip_K", {"trip_degC"}),
            "unknown key 'trip_K': wrong unit K; write 'trip_degC', the figure in degC");
}

TEST(Suggest, LongListsAreCut) {
  std::vector<std::string> words(15, "w");
  EXPECT_EQ(listed(words), "w, w, w, w, w, w, w, w, w, w, w, w, and 3 more");
  EXPECT_EQ(listed({}), "");
}

TEST(Suggest, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(did_you_mean("abcdef", {"uvwxyz"}), "");
  EXPECT_EQ(did_you_mean("A", {"R", "D"}), "");
  EXPECT_EQ(did_you_mean("abcdef", {"abcdeg"}), "; did you mean 'abcdeg'?");
}

}  // namespace
}  // namespace saggar::config
