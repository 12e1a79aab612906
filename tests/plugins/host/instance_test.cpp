#include "plugins/host/instance.hpp"

#include <gmock/gmock.h>

#include <type_traits>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string refusal(const std::string& animal, InstanceSpec spec = spec_of()) {
  const auto created = instantiate(open_animal(animal), small(), std::move(spec));
  return created.ok() ? "accepted" : created.error().text();
}

TEST(Instantiate, NamesTheControllerAndItsLibrary) {
  EXPECT_THAT(refusal("absent_duty"), HasSubstr("controller 'under_test' ("));
  EXPECT_THAT(refusal("absent_duty"), HasSubstr("absent_duty.so)"));
}

TEST(Instantiate, RefusesADutyThePluginDoesNotOffer) {
  EXPECT_THAT(refusal("absent_duty"), HasSubstr("cannot drive duty heat, it offers transport"));
}

TEST(Instantiate, RefusesPortsThatDoNotFitThisKiln) {
  EXPECT_THAT(refusal("unknown_port"), HasSubstr("pattern 'zone*.*.temprature' matches no tag"));
  EXPECT_THAT(refusal("wrong_unit"), HasSubstr("is in K, but tag zone01.top.temperature"));
}

TEST(Instantiate, RefusesPeriodsAndParametersOutOfRange) {
  InstanceSpec spec = spec_of();
  spec.period_s = 0;
  EXPECT_THAT(refusal("well_behaved", spec), HasSubstr("it must be 0.01 s to 600 s"));
  spec = spec_of({{"trim_k", 1.0, {}}});
  EXPECT_THAT(refusal("well_behaved", spec), HasSubstr("did you mean 'trim_K'?"));
  spec = spec_of();
  spec.latency_cycles = 601;
  EXPECT_THAT(refusal("well_behaved", spec), HasSubstr("latency is 601 cycles, at most 600"));
  spec = spec_of();
  spec.name.clear();
  EXPECT_THAT(refusal("well_behaved", spec), HasSubstr("needs a name"));
}

// Only Active steps, and Active only comes from activate.
template <class T>
concept Steps = requires(T t, StepIo& io) {
  t.step(io);
};
template <class T>
concept ActivatesByName = requires(T& t) {
  t.activate();
};

TEST(Handles, TheWrongOrderDoesNotCompile) {
  static_assert(Steps<Active> && !Steps<Created> && !Steps<Configured>);
  static_assert(!std::is_default_constructible_v<Active> && !std::is_copy_constructible_v<Active>);
  static_assert(!std::is_copy_constructible_v<Created> && !std::is_copy_constructible_v<StepIo>);
  static_assert(!std::is_constructible_v<Active, Configured>);
  static_assert(!ActivatesByName<Configured>, "activate consumes the handle: std::move it");
}

TEST(Handles, AnInstanceCanBeDeactivatedAndActivatedAgain) {
  Active active = active_animal("complete");
  StepIo io = active.make_io();
  fill_inputs(io);
  next_step(active, io);
  Configured configured = std::move(active).deactivate();
  auto again = std::move(configured).activate();
  ASSERT_TRUE(again.ok());
  StepIo fresh = again.value().make_io();
  fill_inputs(fresh);
  EXPECT_EQ(next_step(again.value(), fresh).status, domain::ProposalStatus::ok);
  // Trim from zero again: 0.5 * (750 - 740) * 1 s.
  EXPECT_DOUBLE_EQ(fresh.outputs()[0].value[0], 755);
}

TEST(Handles, TwoInstancesOfOneLibraryDoNotShareState) {
  Active first = active_animal("complete"), second = active_animal("complete");
  StepIo io_first = first.make_io(), io_second = second.make_io();
  fill_inputs(io_first);
  fill_inputs(io_second);
  next_step(first, io_first);
  next_step(first, io_first);
  next_step(second, io_second);
  EXPECT_DOUBLE_EQ(io_first.outputs()[0].value[0], 760);
  EXPECT_DOUBLE_EQ(io_second.outputs()[0].value[0], 755);
}

TEST(Handles, ListTheMvsTheyProposeFor) {
  const Active active = active_animal("well_behaved");
  EXPECT_THAT(std::vector<domain::MvId>(active.mvs().begin(), active.mvs().end()),
              ElementsAre(0, 1, 2, 3));
}

}  // namespace
}  // namespace saggar::host
