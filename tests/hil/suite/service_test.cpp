// Who drives and why not, and what the guard changed, counted by hand (HI-41, HI-38).
#include "hil/suite/service.hpp"

#include <gtest/gtest.h>

namespace saggar::suite {
namespace {

using domain::Reason;

domain::DutyDecision on(std::uint8_t rung, Reason climb_needs = Reason::none,
                        Reason application = Reason::none) {
  domain::DutyDecision d;
  d.rung = rung;
  d.climb_needs = climb_needs;
  d.application_reason = application;
  return d;
}

TEST(Service, FactorAndReasonsForTheRestAreAllCycles) {
  Service s;
  for (int i = 0; i < 6; ++i) s.add(on(0));
  for (int i = 0; i < 2; ++i) s.add(on(1, Reason::dwell_elapsed));
  s.add(on(0xFF));
  s.add(on(0xFF, Reason::none, Reason::link_lost));
  EXPECT_DOUBLE_EQ(s.factor(), 0.6);
  ASSERT_EQ(s.away().size(), 3U);
  EXPECT_DOUBLE_EQ(s.share(s.away().at(Reason::dwell_elapsed)), 0.2);
  EXPECT_DOUBLE_EQ(s.share(s.away().at(Reason::application_off)), 0.1);
  EXPECT_DOUBLE_EQ(s.share(s.away().at(Reason::link_lost)), 0.1);
}

TEST(Service, OfNoCycleIsNoNumber) { EXPECT_TRUE(std::isnan(Service().factor())); }

TEST(Interventions, AnMvThatTwoGatesClippedWasChangedOnce) {
  domain::Plant plant;
  plant.mvs.resize(3);
  plant.mvs[2].duty = domain::Duty::transport;
  domain::Record record(plant, 0, {});
  for (auto& ask : record.request.asks) ask.source = domain::Source::controller;
  using domain::Gate;
  using domain::Outcome;
  record.guard_actions.push({0, Gate::g4_absolute, Outcome::clip, Reason::trim_limit, 790, 788});
  record.guard_actions.push({0, Gate::g5_rate, Outcome::clip, Reason::rate_limit, 788, 787});
  record.guard_actions.push({1, Gate::g2_age, Outcome::reject, Reason::stale_request, 5, 0});
  std::array<Interventions, domain::kDutyCount> duties{};
  watch_guard(plant, record, duties);
  record.guard_actions.clear();
  watch_guard(plant, record, duties);
  EXPECT_DOUBLE_EQ(duties[0].rate(), 0.5) << "two of four values asked for";
  EXPECT_DOUBLE_EQ(duties[0].mean_change(), 3) << "790 asked for, 787 left; a refusal has no size";
  EXPECT_DOUBLE_EQ(duties[2].rate(), 0);
  EXPECT_TRUE(std::isnan(duties[2].mean_change()));
  EXPECT_TRUE(std::isnan(duties[1].rate())) << "nothing was asked of the atmosphere";
}

TEST(Interventions, WhatTheFilterChangedIsCountedByItself) {  // LC-14
  domain::Plant plant;
  plant.mvs.resize(4);
  domain::Record record(plant, 0, {});
  for (auto& ask : record.request.asks) ask.source = domain::Source::controller;
  using domain::Gate;
  using domain::Outcome;
  record.guard_actions.push({0, Gate::g5_rate, Outcome::clip, Reason::rate_limit, 790, 788});
  record.guard_actions.push({1, Gate::g8_predictive, Outcome::clip, Reason::cv_limit, 788, 787});
  std::array<Interventions, domain::kDutyCount> duties{};
  watch_guard(plant, record, duties);
  EXPECT_DOUBLE_EQ(duties[0].rate(), 0.5);
  EXPECT_DOUBLE_EQ(duties[0].filtered(), 0.25);
  EXPECT_TRUE(std::isnan(duties[1].filtered()));
}

TEST(Interventions, AClipBeforeARefusalHasNoSize) {
  domain::Plant plant;
  plant.mvs.resize(1);
  domain::Record record(plant, 0, {});
  record.request.asks[0].source = domain::Source::controller;
  using domain::Gate;
  using domain::Outcome;
  record.guard_actions.push({0, Gate::g4_absolute, Outcome::clip, Reason::trim_limit, 790, 788});
  record.guard_actions.push({0, Gate::g5_rate, Outcome::reject, Reason::rate_limit, 788, 0});
  std::array<Interventions, domain::kDutyCount> duties{};
  watch_guard(plant, record, duties);
  EXPECT_DOUBLE_EQ(duties[0].rate(), 1);
  EXPECT_TRUE(std::isnan(duties[0].mean_change()));
}

TEST(Interventions, ValuesThatNobodyAskedForCountNowhere) {
  domain::Plant plant;
  plant.mvs.resize(1);
  domain::Record record(plant, 0, {});
  std::array<Interventions, domain::kDutyCount> duties{};
  watch_guard(plant, record, duties);
  EXPECT_TRUE(std::isnan(duties[0].rate()));
}

}  // namespace
}  // namespace saggar::suite
