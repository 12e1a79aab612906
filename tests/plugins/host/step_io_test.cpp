#include "plugins/host/step_io.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

struct StepIoTest : ::testing::Test {
  Active active = active_animal("complete");
  StepIo io = active.make_io();
};

TEST_F(StepIoTest, PortsCarryTheIdsOfTheirElements) {
  ASSERT_EQ(io.inputs().size(), 2U);
  ASSERT_EQ(io.outputs().size(), 1U);
  const InputPort& pv = io.inputs()[0];
  EXPECT_EQ(pv.name, "temperature");
  EXPECT_EQ(pv.unit, domain::Unit::degC);
  ASSERT_EQ(pv.tags.size(), 4U);
  EXPECT_EQ(small().tags[pv.tags[2]].name, "zone02.top.temperature");
  EXPECT_EQ(pv.value.size(), 4U);
  EXPECT_EQ(pv.quality.size(), 4U);
  EXPECT_TRUE(io.inputs()[1].tags.empty()) << "the kiln has no oxygen: an optional port is empty";
  const OutputPort& sp = io.outputs()[0];
  ASSERT_EQ(sp.mvs.size(), 4U);
  EXPECT_EQ(small().tags[small().mvs[sp.mvs[3]].tag].name, "zone02.bottom.setpoint");
  EXPECT_EQ(sp.value.size() + sp.working.size() + sp.reference.size() + sp.low.size() +
                sp.high.size() + sp.limited.size() + sp.free.size(),
            7 * 4U);
}

TEST_F(StepIoTest, InputsAreBadUntilTheyAreFilled) {
  for (const std::uint32_t q : io.inputs()[0].quality) EXPECT_EQ(q, SAGGAR_BAD);
  EXPECT_EQ(next_step(active, io).status, domain::ProposalStatus::degraded);
}

TEST_F(StepIoTest, AnOutputThatIsNotWrittenIsNotANumber) {
  Active active_one = active_animal("leaves_out");
  StepIo its = active_one.make_io();
  fill_inputs(its);
  EXPECT_EQ(next_step(active_one, its).reason, domain::Reason::non_finite);
  EXPECT_EQ(its.outputs()[0].value[2], 750);
  EXPECT_TRUE(std::isnan(its.outputs()[0].value[3]));
}

TEST_F(StepIoTest, MovingKeepsWhatThePluginWillSee) {
  fill_inputs(io);
  StepIo moved = std::move(io);
  EXPECT_EQ(next_step(active, moved).status, domain::ProposalStatus::ok);
  EXPECT_DOUBLE_EQ(moved.outputs()[0].value[0], 755);  // 750 + 0.5 * 10 K * 1 s
}

TEST_F(StepIoTest, TheTimeBetweenStepsComesFromTheField) {
  fill_inputs(io);
  next_step(active, io);  // the first step counts as one period, 1 s: 5 K
  io.moment.time_ns += 500'000'000;
  io.moment.cycle += 1;
  active.step(io);  // 0.5 s: 2.5 K more
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[0], 757.5);
}

TEST_F(StepIoTest, WhatAPluginBrokeIsWholeAgainForTheNextStep) {
  Active breaker = active_animal("wrong_length", {{"until_cycle", 2.0, {}}});
  StepIo its = breaker.make_io();
  fill_inputs(its);
  EXPECT_EQ(next_step(breaker, its).reason, domain::Reason::wrong_shape);
  EXPECT_EQ(next_step(breaker, its).status, domain::ProposalStatus::ok);
  EXPECT_DOUBLE_EQ(its.outputs()[0].value[3], 750) << "all four again";
}

}  // namespace
}  // namespace saggar::host
