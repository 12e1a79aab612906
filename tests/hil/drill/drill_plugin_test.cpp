#include <gmock/gmock.h>

#include <cstring>

#include "hil/drill/ways.hpp"
#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::drill {
namespace {

using domain::Reason;

host::Active drill(std::vector<host::ParamSpec> params = {}) {
  auto library = host::Library::open(SAGGAR_PLUGIN_DIR "/saggar-drill.so");
  if (!library.ok()) throw std::runtime_error(library.error().text());
  auto created = host::instantiate(library.value(), host::small(), host::spec_of(params));
  if (!created.ok()) throw std::runtime_error(created.error().text());
  auto configured = std::move(created).value().configure();
  if (!configured.ok()) throw std::runtime_error(configured.error().text());
  auto active = std::move(configured).value().activate();
  if (!active.ok()) throw std::runtime_error(active.error().text());
  return std::move(active).value();
}

class DrillPlugin : public ::testing::Test {
 protected:
  host::StepResult step() {
    host::fill_inputs(io_);
    return host::next_step(active_, io_);
  }
  double first() const { return io_.outputs()[0].value[0]; }
  void ask(Way way) {
    EXPECT_EQ(active_.set_parameter("misbehave", domain::kNoMv, static_cast<double>(way)),
              Reason::none);
  }
  host::Active active_ = drill();
  host::StepIo io_ = active_.make_io();
};

TEST_F(DrillPlugin, ProposesTheReferenceWhileItIsWell) {
  EXPECT_EQ(step().reason, Reason::none);
  for (const double v : io_.outputs()[0].value) EXPECT_EQ(v, 750);
}

TEST_F(DrillPlugin, OscillatesByItsAmplitudeToEitherSide) {
  active_.set_parameter("amplitude", domain::kNoMv, 3);
  ask(Way::oscillates);
  step();
  const double one = first();
  step();
  EXPECT_EQ(std::abs(one - 750), 3);
  EXPECT_EQ(first() - 750, 750 - one);
}

TEST_F(DrillPlugin, RepeatsItsLastSoundProposalWhileStale) {
  step();
  ask(Way::stale);
  host::fill_inputs(io_);
  io_.outputs()[0].reference[0] = 760;
  host::next_step(active_, io_);
  EXPECT_EQ(first(), 750);
  ask(Way::none);
  host::fill_inputs(io_);
  io_.outputs()[0].reference[0] = 760;
  host::next_step(active_, io_);
  EXPECT_EQ(first(), 760);
}

TEST_F(DrillPlugin, IgnoresLimitsByAThousand) {
  ask(Way::ignores_limits);
  step();
  EXPECT_EQ(first(), 2000);  // above 1000
}

TEST_F(DrillPlugin, RemembersItsWayInItsState) {
  ask(Way::no_proposal);
  const auto saved = active_.save_state();
  host::Active other = drill();
  ASSERT_TRUE(other.restore_state(saved).ok());
  host::StepIo io = other.make_io();
  host::fill_inputs(io);
  EXPECT_EQ(host::next_step(other, io).reason, Reason::no_proposal);
}

TEST_F(DrillPlugin, RefusesAStateOfNoWay) {
  const auto saved = active_.save_state();
  std::vector<std::uint8_t> bytes(saved.begin(), saved.end());
  const double nowhere = 99;
  std::memcpy(bytes.data(), &nowhere, sizeof nowhere);
  EXPECT_FALSE(active_.restore_state(bytes).ok());
}

using DrillDeath = DrillPlugin;

// Each in a process of its own: these end it.
TEST_F(DrillDeath, TheLastWaysEndTheProcess) {
  EXPECT_EXIT(
      {
        ask(Way::segfault);
        step();
      },
      ::testing::KilledBySignal(SIGSEGV), "");
  EXPECT_EXIT(
      {
        ask(Way::abort);
        step();
      },
      ::testing::KilledBySignal(SIGABRT), "");
  EXPECT_EXIT(
      {
        ask(Way::exits);
        step();
      },
      ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace saggar::drill
