// Figures of each lot, of saggars made by hand.
#include "hil/suite/by_lot.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace saggar::suite {
namespace {

kiln::SaggarReport saggar(double kg, bool good, double size_nm, double mixing) {
  kiln::SaggarReport r;
  r.product_kg = kg;
  r.defects = good ? 0 : 1;
  r.mean.size_nm = size_nm;
  r.mean.mixing = mixing;
  r.size_spread_nm = 4;
  r.mixing_spread = 0.001;
  return r;
}

std::map<std::string, double> values_of(const ByLot& lots) {
  std::map<std::string, double> out;
  for (const Figure& figure : lot_figures(lots)) out[figure.name] = figure.value;
  return out;
}

TEST(ByLot, TwoLotsByHand) {
  ByLot lots;
  tally(lots[3], saggar(3, true, 240, 0.020), 4);   // 12 kg
  tally(lots[3], saggar(2, false, 250, 0.030), 4);  // 8 kg off-spec
  tally(lots[4], saggar(2.5, true, 230, 0.021), 4);
  for (const double error_K : {-4.0, 0.0, 1.0, 6.0}) lots[3].settled.add(error_K, 3, 5);
  lots[3].dry_m.add(21);
  lots[3].dry_m.add(23);
  const auto v = values_of(lots);
  EXPECT_EQ(v.size(), 28U) << "14 of each";
  EXPECT_DOUBLE_EQ(v.at("lot3_product_kg"), 20);
  EXPECT_DOUBLE_EQ(v.at("lot3_off_spec_kg"), 8);
  EXPECT_DOUBLE_EQ(v.at("lot3_off_spec_share"), 0.4);
  EXPECT_DOUBLE_EQ(v.at("lot3_settled_within_3K"), 0.5) << "0 and 1 of four";
  EXPECT_DOUBLE_EQ(v.at("lot3_settled_within_5K"), 0.75) << "and -4";
  EXPECT_DOUBLE_EQ(v.at("lot3_settled_mean_K"), 0.75) << "3 K over four";
  EXPECT_DOUBLE_EQ(v.at("lot3_dry_out_mean_m"), 22);
  EXPECT_DOUBLE_EQ(v.at("lot3_dry_out_sd_m"), std::sqrt(2.0)) << "1 m to each side, by n - 1";
  EXPECT_DOUBLE_EQ(v.at("lot3_size_mean_nm"), 245);
  EXPECT_DOUBLE_EQ(v.at("lot3_size_sd_nm"), std::sqrt(50.0));
  EXPECT_DOUBLE_EQ(v.at("lot3_size_within_nm"), 4);
  EXPECT_DOUBLE_EQ(v.at("lot3_mixing_mean"), 0.025);
  EXPECT_NEAR(v.at("lot3_mixing_sd"), 0.01 / std::sqrt(2.0), 1e-15);
  EXPECT_DOUBLE_EQ(v.at("lot4_off_spec_share"), 0);
  EXPECT_TRUE(std::isnan(v.at("lot4_settled_within_5K"))) << "none of it was seen in the soak";
}

TEST(ByLot, OneLotIsTheRunAndOneThatDidNotLeaveIsNone) {
  ByLot lots;
  tally(lots[3], saggar(3, true, 240, 0.02), 4);
  lots[4].settled.add(1, 3, 5);
  EXPECT_TRUE(lot_figures(lots).empty());
  tally(lots[5], saggar(3, true, 240, 0.02), 4);
  const auto v = values_of(lots);
  EXPECT_TRUE(v.contains("lot3_product_kg"));
  EXPECT_FALSE(v.contains("lot4_product_kg"));
  EXPECT_TRUE(v.contains("lot5_product_kg"));
}

TEST(ByLot, OfVeryManyLotsTheNewestHaveFigures) {
  ByLot lots;
  for (std::uint64_t i = 0; i < kMostLots + 2; ++i) {
    tally(lots[i], saggar(3, true, 240, 0.02), 4);
  }
  const auto v = values_of(lots);
  EXPECT_EQ(v.size(), 14 * kMostLots);
  EXPECT_FALSE(v.contains("lot1_product_kg"));
  EXPECT_TRUE(v.contains("lot2_product_kg"));
}

}  // namespace
}  // namespace saggar::suite
