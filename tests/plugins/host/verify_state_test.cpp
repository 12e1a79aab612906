// verify_state tells a plugin that keeps the promise of "saggar.state/1" from those that do not.
#include <gmock/gmock.h>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

using ::testing::HasSubstr;

std::string verdict(const std::string& animal) {
  const domain::Status verified = active_animal(animal).verify_state();
  return verified.ok() ? "keeps its promise" : verified.error().what;
}

TEST(VerifyState, PassesAPluginThatSavesAll) {
  EXPECT_EQ(verdict("complete"), "keeps its promise");
}

TEST(VerifyState, FindsAStateThatChangesByBeingRestored) {
  EXPECT_EQ(verdict("unstable_state"), "the state differs right after it was restored");
}

TEST(VerifyState, FindsAStateThatIsNotSavedWhole) {
  EXPECT_THAT(verdict("forgets_state"),
              HasSubstr("the proposal for zone01.top.setpoint differs at step 1 after a restore"));
}

TEST(VerifyState, FindsAPluginThatRefusesItsOwnState) {
  EXPECT_THAT(verdict("refuses_state"), HasSubstr("refuses the saved state"));
}

TEST(VerifyState, FindsAPluginThatTakesAStateOfTheWrongLength) {
  EXPECT_THAT(verdict("takes_any_state"), HasSubstr("takes a state that is one byte short"));
}

TEST(VerifyState, SaysWhenThereIsNone) {
  EXPECT_THAT(verdict("well_behaved"), HasSubstr("does not offer saggar.state/1"));
}

TEST(VerifyState, DoesNotTouchTheInstance) {
  Active active = active_animal("complete");
  StepIo io = active.make_io();
  fill_inputs(io);
  next_step(active, io);
  ASSERT_TRUE(active.verify_state().ok());
  next_step(active, io);
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[0], 760);
}

}  // namespace
}  // namespace saggar::host
