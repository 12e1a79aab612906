// The optional capabilities, on the animal that offers all and on one that offers none.
#include <gmock/gmock.h>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

using domain::Reason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Extensions : ::testing::Test {
  Active active = active_animal("complete");
  StepIo io = active.make_io();
  Extensions() { fill_inputs(io); }
};

TEST_F(Extensions, ASavedStateContinuesInAnotherInstance) {
  next_step(active, io);
  next_step(active, io);
  const auto saved = active.save_state();
  ASSERT_EQ(saved.size(), active.state_size());
  const std::vector<std::uint8_t> bytes(saved.begin(), saved.end());
  Active other = active_animal("complete");
  ASSERT_TRUE(other.restore_state(bytes).ok());
  StepIo its = other.make_io();
  fill_inputs(its);
  next_step(other, its);
  EXPECT_DOUBLE_EQ(its.outputs()[0].value[0], 760) << "5 K twice, and the limit of 10 K holds";
  const auto again = active.save_state();
  EXPECT_EQ(std::vector<std::uint8_t>(again.begin(), again.end()), bytes);
}

// The saved one last stepped at 2 s; the restored one steps at 5 s: 3 s at 5 K/s, not one period.
TEST_F(Extensions, ARestoredInstanceKnowsWhenItLastStepped) {
  Active saved = active_animal("complete", {{"limit_K", 50.0, {}}});
  Active other = active_animal("complete", {{"limit_K", 50.0, {}}});
  StepIo its = saved.make_io();
  fill_inputs(its);
  next_step(saved, its);
  next_step(saved, its);
  EXPECT_DOUBLE_EQ(its.outputs()[0].value[0], 750 + 10);
  const auto state = saved.save_state();
  ASSERT_TRUE(other.restore_state(std::vector<std::uint8_t>(state.begin(), state.end())).ok());
  StepIo next = other.make_io();
  fill_inputs(next);
  next.moment = its.moment;
  next.moment.time_ns += 2'000'000'000;
  next_step(other, next);
  EXPECT_DOUBLE_EQ(next.outputs()[0].value[0], 750 + 10 + 15);
}

TEST_F(Extensions, AStateOfAnotherConfigurationIsRefusedWithItsReason) {
  const auto saved = active.save_state();
  const std::vector<std::uint8_t> bytes(saved.begin(), saved.end());
  Active other = active_animal("complete", {{"limit_K", 5.0, {}}});
  const domain::Status restored = other.restore_state(bytes);
  ASSERT_FALSE(restored.ok());
  EXPECT_THAT(restored.error().what, HasSubstr("with another configuration"));
}

TEST_F(Extensions, ADamagedStateIsRefusedAndTheOwnKept) {
  next_step(active, io);
  const auto saved = active.save_state();
  std::vector<std::uint8_t> bytes(saved.begin(), saved.end());
  const std::vector<std::uint8_t> before = bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] ^= 0x10;
    EXPECT_FALSE(active.restore_state(bytes).ok()) << "byte " << i;
    bytes[i] ^= 0x10;
  }
  const auto after = active.save_state();
  EXPECT_EQ(std::vector<std::uint8_t>(after.begin(), after.end()), before);
}

TEST_F(Extensions, AMoveIsExplained) {
  next_step(active, io);
  const auto causes = active.explain(0, 2);
  ASSERT_EQ(causes.size(), 1U);
  EXPECT_STREQ(causes[0].label, "integral");
  EXPECT_DOUBLE_EQ(causes[0].share, 5);
  EXPECT_EQ(causes[0].element, 2U);
  EXPECT_TRUE(active.explain(1, 0).empty());
  EXPECT_TRUE(active.explain(0, 99).empty());
}

TEST_F(Extensions, APathIsPredicted) {
  EXPECT_EQ(active.horizon_points(), 3U);
  next_step(active, io);
  const HorizonPath path = active.horizon(0, 0);
  EXPECT_THAT(std::vector<double>(path.time_s.begin(), path.time_s.end()), ElementsAre(10, 20, 30));
  EXPECT_THAT(std::vector<double>(path.value.begin(), path.value.end()),
              ElementsAre(705, 705, 705));
  EXPECT_THAT(std::vector<double>(path.sigma.begin(), path.sigma.end()), ElementsAre(2, 2, 2));
  EXPECT_TRUE(active.horizon(1, 0).value.empty());
}

TEST_F(Extensions, LimitsOfTrustAreKnown) {
  EXPECT_DOUBLE_EQ(active.confidence_limit(), 0.25);
  const TrainedRange range = active.trained_range(0);
  EXPECT_THAT(std::vector<double>(range.low.begin(), range.low.end()), ElementsAre(20, 20, 20, 20));
  EXPECT_DOUBLE_EQ(range.high[3], 1150);
  EXPECT_TRUE(active.trained_range(1).low.empty());
  EXPECT_TRUE(active.trained_range(7).low.empty());
}

TEST_F(Extensions, ATunableParameterChangesForOneOrAll) {
  EXPECT_EQ(active.set_parameter("gain", 2, 1.0), Reason::none);
  next_step(active, io);
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[0], 755);
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[2], 760);
  EXPECT_EQ(active.set_parameter("gain", domain::kNoMv, 0.0), Reason::none);
  next_step(active, io);
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[0], 755);
}

TEST_F(Extensions, WhatMayNotBeTunedIsRefusedWithItsReason) {
  EXPECT_EQ(active.set_parameter("limit_K", domain::kNoMv, 5), Reason::not_supported);
  EXPECT_EQ(active.set_parameter("nothing", domain::kNoMv, 5), Reason::not_supported);
  EXPECT_EQ(active.set_parameter("gain", domain::kNoMv, 11), Reason::out_of_limits);
  EXPECT_EQ(active.set_parameter("gain", domain::kNoMv, std::nan("")), Reason::out_of_limits);
  EXPECT_EQ(active.set_parameter("gain", 200, 1), Reason::unknown_tag);
  EXPECT_EQ(active.set_parameter(std::string(80, 'g'), 0, 1), Reason::not_supported);
}

TEST_F(Extensions, TuningBeginsRunsAndIsAborted) {
  EXPECT_EQ(active.tune_result().state, SAGGAR_TUNE_IDLE);
  EXPECT_EQ(active.tune_start(1, "relay", 5), Reason::none);
  EXPECT_EQ(active.tune_result().state, SAGGAR_TUNE_RUNNING);
  active.tune_abort();
  EXPECT_EQ(active.tune_result().state, SAGGAR_TUNE_IDLE);
  EXPECT_EQ(active.tune_start(1, "relay", 50), Reason::not_in_this_mode);
  EXPECT_EQ(active.last_error(), "tuning cannot begin");
  EXPECT_EQ(active.tune_start(1, "magic", 5), Reason::not_in_this_mode);
  EXPECT_EQ(active.last_error(), "only the method relay is known");
  EXPECT_EQ(active.tune_start(1, "relay", -1), Reason::out_of_limits);
  EXPECT_EQ(active.tune_start(99, "relay", 1), Reason::unknown_tag);
}

TEST(WithoutExtensions, EverythingAnswersThatItIsNotOffered) {
  Active active = active_animal("well_behaved");
  EXPECT_EQ(active.state_size(), 0U);
  EXPECT_TRUE(active.save_state().empty());
  EXPECT_FALSE(active.restore_state({}).ok());
  EXPECT_FALSE(active.explains());
  EXPECT_TRUE(active.explain(0, 0).empty());
  EXPECT_EQ(active.horizon_points(), 0U);
  EXPECT_TRUE(active.horizon(0, 0).value.empty());
  EXPECT_EQ(active.confidence_limit(), 0);
  EXPECT_FALSE(active.tunes());
  EXPECT_EQ(active.set_parameter("trim_K", domain::kNoMv, 1), Reason::not_supported);
  EXPECT_EQ(active.tune_start(0, "relay", 1), Reason::not_supported);
  EXPECT_EQ(active.tune_result().state, SAGGAR_TUNE_IDLE);
  EXPECT_EQ(active.last_error(), "");
}

}  // namespace
}  // namespace saggar::host
