// One step of each animal: status and reason at the level of the host.
#include <gmock/gmock.h>

#include <chrono>
#include <cmath>

#include "tests/plugins/host/zoo_host.hpp"
#include "tests/support/gate.hpp"

namespace saggar::host {
namespace {

using domain::ProposalStatus;
using domain::Reason;

struct Outcome {
  const char* animal;
  ProposalStatus status;
  Reason reason;
};
class StepOf : public ::testing::TestWithParam<Outcome> {};

// SC-67: each goes wrong in the very cycle, with its reason; before and after it is well.
TEST_P(StepOf, LosesItsSeatWithTheRightReasonAndRecovers) {
  Active active =
      active_animal(GetParam().animal, {{"from_cycle", 3.0, {}}, {"until_cycle", 5.0, {}}});
  StepIo io = active.make_io();
  fill_inputs(io);
  for (int cycle = 1; cycle <= 6; ++cycle) {
    const StepResult result = next_step(active, io);
    const bool wrong = cycle == 3 || cycle == 4;
    EXPECT_EQ(result.status, wrong ? GetParam().status : ProposalStatus::ok) << cycle;
    EXPECT_EQ(domain::name(result.reason), domain::name(wrong ? GetParam().reason : Reason::none))
        << cycle;
    if (!wrong) {
      for (const double v : io.outputs()[0].value) EXPECT_DOUBLE_EQ(v, 750);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Zoo, StepOf,
    ::testing::Values(Outcome{"throws_in_step", ProposalStatus::fault, Reason::plugin_threw},
                      Outcome{"throws_an_int", ProposalStatus::fault, Reason::plugin_threw},
                      Outcome{"reports_fault", ProposalStatus::fault, Reason::plugin_fault},
                      Outcome{"strange_status", ProposalStatus::fault, Reason::plugin_fault},
                      Outcome{"wrong_length", ProposalStatus::fault, Reason::wrong_shape},
                      Outcome{"moves_pointers", ProposalStatus::fault, Reason::wrong_shape},
                      Outcome{"writes_past_end", ProposalStatus::fault, Reason::wrong_shape},
                      Outcome{"not_a_number", ProposalStatus::none, Reason::non_finite},
                      Outcome{"infinite", ProposalStatus::none, Reason::non_finite},
                      Outcome{"no_proposal", ProposalStatus::none, Reason::no_proposal},
                      Outcome{"not_ready", ProposalStatus::none, Reason::not_tracking},
                      Outcome{"out_of_domain", ProposalStatus::none, Reason::out_of_domain},
                      Outcome{"low_confidence", ProposalStatus::none, Reason::low_confidence},
                      Outcome{"inputs_missing", ProposalStatus::degraded,
                              Reason::sensor_set_incomplete}),
    [](const auto& param) { return std::string(param.param.animal); });

TEST(Step, TheTextOfAFaultOrAnExceptionIsKept) {
  Active fault = active_animal("reports_fault"), threw = active_animal("throws_in_step");
  StepIo io_fault = fault.make_io(), io_threw = threw.make_io();
  next_step(fault, io_fault);
  next_step(threw, io_threw);
  EXPECT_EQ(io_fault.message(), "thermal model diverged");
  EXPECT_EQ(io_threw.message(), "matrix is singular");
}

TEST(Step, InputsOutsideTheDeclaredDomainAreFoundByTheHost) {
  Active active = active_animal("other_domain");  // made for 0 to 100 degC
  StepIo io = active.make_io();
  fill_inputs(io);
  EXPECT_EQ(next_step(active, io).reason, Reason::out_of_domain);
  for (double& v : io.inputs()[0].value) v = 80;
  EXPECT_EQ(next_step(active, io).status, ProposalStatus::ok);
  io.inputs()[0].value[2] = 100.5;
  EXPECT_EQ(next_step(active, io).reason, Reason::out_of_domain);
  io.inputs()[0].quality[2] = SAGGAR_BAD;
  EXPECT_EQ(next_step(active, io).status, ProposalStatus::ok) << "missing is not outside";
}

TEST(Step, AnIoOfAnotherInstanceIsRefused) {
  Active first = active_animal("well_behaved"), second = active_animal("well_behaved");
  StepIo io = second.make_io();
  EXPECT_EQ(first.step(io).reason, Reason::wrong_shape);
}

TEST(Step, PlainCComputesItsTrimAndRespectsWhatIsNotFree) {
  Active active = active_animal("plain_c", {{"gain", 0.5, {{"zone02.*", 0.1}}}});
  StepIo io = active.make_io();
  fill_inputs(io);
  io.outputs()[0].free[1] = 0;
  EXPECT_EQ(next_step(active, io).status, ProposalStatus::ok);
  // Error 750 - 740 = 10 K: 0.5 * 10 = 5 K in zone 1, 0.1 * 10 = 1 K in zone 2.
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[0], 755);
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[1], 745) << "not free: the working value";
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[2], 751);
  io.inputs()[0].quality[0] = SAGGAR_BAD;
  const StepResult result = next_step(active, io);
  EXPECT_EQ(result.status, ProposalStatus::degraded);
  EXPECT_EQ(result.reason, Reason::sensor_set_incomplete);
}

// No allocation, lock, wait or write on the way into a plugin and back.
TEST(Step, TheHostAllocatesNothing) {
  for (const char* animal :
       {"well_behaved", "plain_c", "complete", "not_a_number", "wrong_length"}) {
    Active active = active_animal(animal);
    StepIo io = active.make_io();
    fill_inputs(io);
    next_step(active, io);
    const gate::Scope scope;
    for (int i = 0; i < 100; ++i) next_step(active, io);
    EXPECT_TRUE(scope.counts().none()) << animal;
  }
}

TEST(Step, TheGateSeesAPluginThatAllocates) {
  Active active = active_animal("allocates");
  StepIo io = active.make_io();
  fill_inputs(io);
  const gate::Scope scope;
  EXPECT_EQ(next_step(active, io).status, ProposalStatus::ok) << "the host alone cannot see it";
  const gate::Counts counts = scope.counts();
  EXPECT_EQ(counts.allocations, counts.available ? 1U : 0U);
}

// The host does not time steps, its caller does: the animals are slow by 50 ms on purpose.
TEST(Step, SlowAnimalsAreSlow) {
  for (const char* animal : {"too_slow", "sleeps"}) {
    Active active = active_animal(animal);
    StepIo io = active.make_io();
    fill_inputs(io);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(next_step(active, io).status, ProposalStatus::ok);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(50)) << animal;
  }
}

TEST(Step, FiniteNonsensePassesTheHostAndIsLeftToTheGuard) {
  Active active = active_animal("limitless");
  StepIo io = active.make_io();
  fill_inputs(io);
  EXPECT_EQ(next_step(active, io).status, ProposalStatus::ok);
  EXPECT_EQ(std::abs(io.outputs()[0].value[0]), 1e9);
}

}  // namespace
}  // namespace saggar::host
