// The twin in its seat: what a run of P2 with it gives, and that it gives the same again.
#include <gtest/gtest.h>

#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

suite::InProcessFiles with_twin() { return testing::p2_files("pid-twin.toml"); }

const domain::Sample& estimate(const suite::InProcess& run, std::string_view name) {
  const auto id = run.plant().estimates.find(name);
  if (!id) throw std::runtime_error("no virtual tag " + std::string(name));
  return run.record().estimate.samples[*id];
}

// Steps at cycles 30, 60, ..; each takes effect 5 cycles later.
TEST(EstimatorSeat, TheTwinsValuesTakeEffectFiveCyclesAfterTheirInputs) {
  auto run = testing::start(with_twin());
  run->cycles(34);
  EXPECT_EQ(estimate(*run, "row001.position").quality, domain::Quality::bad);
  EXPECT_EQ(run->record().estimators[0].status, domain::ProposalStatus::pending);
  run->cycle();
  ASSERT_EQ(run->record().cycle, 35U);
  EXPECT_EQ(run->record().estimators[0].status, domain::ProposalStatus::ok);
  EXPECT_EQ(run->record().estimators[0].job, domain::JobFact::fresh);
  EXPECT_EQ(run->record().estimators[0].inputs_sequence, 30U);
  // Uncertain while the rounds of the start last, as the twin says.
  EXPECT_EQ(estimate(*run, "row001.position").quality, domain::Quality::uncertain);
  EXPECT_EQ(estimate(*run, "row216.position").quality, domain::Quality::bad);  // P2 holds 212
  EXPECT_EQ(estimate(*run, "zone07.temperature").quality, domain::Quality::good);
  run->cycles(29);
  EXPECT_EQ(run->record().estimators[0].inputs_sequence, 30U);
  run->cycle();
  EXPECT_EQ(run->record().estimators[0].inputs_sequence, 60U);
}

TEST(EstimatorSeat, TheCoreOfWetPowderIsFarBelowItsZone) {
  auto run = testing::start(with_twin());
  run->cycles(301);
  const double zone = estimate(*run, "zone05.temperature").value;
  const double core = estimate(*run, "zone05.core.temperature").value;
  EXPECT_GT(zone - core, 100);  // docs/engineer/twin.md: 230 to 450 K at its most
  EXPECT_LT(zone - core, 500);
  EXPECT_GT(estimate(*run, "zone05.load").value, 0);
}

}  // namespace
}  // namespace saggar
