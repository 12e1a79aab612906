#include "runtime/operate/mode_engine.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/operate/mode_desk.hpp"
#include "tests/support/gate.hpp"

namespace saggar::testing {
namespace {

TEST(Modes, ComesUpNotDriving) {  // SC-49
  ModeDesk desk;
  desk.settle(10);
  EXPECT_EQ(desk.actual(), Mode::iman);
  EXPECT_EQ(desk.engine.owner(kMv), Owner::field);
  EXPECT_EQ(desk.engine.source(kMv), Source::none);
}

// SC-01: every pair of modes, from each target that can be reached.
TEST(Modes, AllSixtyFourTransitions) {
  const bool kTargets[] = {true, false, false, true, true, true, true, false};
  int asked = 0;
  for (int from = 0; from < domain::kModeCount; ++from) {
    for (int to = 0; to < domain::kModeCount; ++to, ++asked) {
      const auto a = static_cast<Mode>(from), b = static_cast<Mode>(to);
      // The rule itself: nobody asks for IMAN or LO; out of OOS a person looks first.
      const operate::Step step = operate::target_step(a, b);
      if (b == Mode::iman || b == Mode::lo) {
        EXPECT_EQ(step, operate::Step::never);
      } else if (a == b) {
        EXPECT_EQ(step, operate::Step::same);
      } else if (a == Mode::oos && b != Mode::man && b != Mode::auto_) {
        EXPECT_EQ(step, operate::Step::leave_first);
      } else {
        EXPECT_EQ(step, operate::Step::yes);
      }
      if (!kTargets[from]) continue;
      ModeDesk desk;  // and the engine that obeys it
      desk.all_on();
      if (a != Mode::rcas) {
        ASSERT_EQ(desk.ask(a), Reason::none);
      }
      desk.settle();
      ASSERT_EQ(desk.target(), a);
      const Reason why = desk.ask(b);
      desk.settle();
      if (b == Mode::iman || b == Mode::lo) {
        EXPECT_EQ(why, Reason::no_transition);
      } else if (b == Mode::rout) {
        EXPECT_EQ(why, Reason::mode_not_permitted);  // PF-25
      } else if (a == b) {
        EXPECT_EQ(why, Reason::nothing_to_do);
      } else if (step == operate::Step::leave_first) {
        EXPECT_EQ(why, Reason::no_transition);
      } else {
        EXPECT_EQ(why, Reason::none);
        EXPECT_EQ(desk.actual(), b) << name(a) << " to " << name(b);
      }
      if (why != Reason::none) {
        EXPECT_EQ(desk.actual(), a) << name(a) << " to " << name(b);
      }
    }
  }
  EXPECT_EQ(asked, 64);
}

TEST(Modes, EachModeHasItsOneSource) {  // SC-02
  ModeDesk desk;
  desk.all_on();
  EXPECT_EQ(desk.engine.source(kMv), Source::controller);
  desk.ask(Mode::cas), desk.settle();
  EXPECT_EQ(desk.engine.source(kMv), Source::recipe);
  desk.ask(Mode::auto_), desk.settle();
  EXPECT_EQ(desk.engine.source(kMv), Source::operator_);
  desk.ask(Mode::oos), desk.settle();
  EXPECT_EQ(desk.engine.source(kMv), Source::hold);
  EXPECT_EQ(desk.engine.owner(kMv), Owner::frozen);
}

TEST(Modes, PermittedMaskIsKept) {
  domain::Plant plant = small_plant(2);
  plant.mvs[kMv].permitted = domain::bit(Mode::man) | domain::bit(Mode::cas);
  ModeDesk desk(plant);
  EXPECT_EQ(desk.ask(Mode::auto_), Reason::mode_not_permitted);
  EXPECT_EQ(desk.ask(Mode::man), Reason::none);
}

TEST(Modes, RoutOpensOnlyWhenTheSiteArmsIt) {  // PF-25
  domain::Plant plant = small_plant(2);
  plant.mvs[kMv].permitted = 0xFF;
  ModeDesk locked(plant);
  EXPECT_EQ(locked.ask(Mode::rout), Reason::mode_not_permitted);
  ModeDesk armed(plant, {.rout_armed = true});
  EXPECT_EQ(armed.ask(Mode::rout), Reason::none);
}

TEST(Modes, TheHigherAuthorityWinsWithinACycle) {  // SC-07
  ModeDesk desk;
  desk.all_on();
  EXPECT_EQ(desk.ask(Mode::man, Authority::operator_), Reason::none);
  EXPECT_EQ(desk.ask(Mode::oos, Authority::offline), Reason::none);
  EXPECT_EQ(desk.ask(Mode::auto_, Authority::operator_), Reason::superseded);
  EXPECT_EQ(desk.ask(Mode::cas, Authority::automatic), Reason::superseded);
  desk.step();
  EXPECT_EQ(desk.actual(), Mode::oos);
  EXPECT_EQ(desk.ask(Mode::man, Authority::automatic), Reason::superseded);
  EXPECT_EQ(desk.ask(Mode::man, Authority::operator_), Reason::none);
}

TEST(Modes, EveryChangeToAPersonsModeStartsFromTheWorkingSetpoint) {  // SC-55
  ModeDesk desk;
  desk.all_on();
  desk.set(desk.plant.mvs[kMv].working, 754.3);
  desk.step();
  desk.ask(Mode::man), desk.step();
  EXPECT_EQ(desk.engine.operator_value(kMv), 754.3);
  EXPECT_EQ(desk.engine.set_value(kMv, 760), Reason::none);
  desk.settle();
  EXPECT_EQ(desk.engine.operator_value(kMv), 760);
  desk.set(desk.plant.mvs[kMv].working, 758);
  desk.step();
  desk.ask(Mode::auto_), desk.step();
  EXPECT_EQ(desk.engine.operator_value(kMv), 758);
}

TEST(Modes, AModeAndAValueInOneCycleBothCount) {
  ModeDesk desk;
  desk.ask(Mode::man);
  EXPECT_EQ(desk.engine.set_value(kMv, 752), Reason::none);
  desk.settle();
  EXPECT_EQ(desk.actual(), Mode::man);
  EXPECT_EQ(desk.engine.operator_value(kMv), 752);
}

TEST(Modes, OperatorValuesAreCheckedAgainstModeAndLimits) {
  ModeDesk desk;
  EXPECT_EQ(desk.engine.set_value(kMv, 750), Reason::not_in_this_mode);
  desk.ask(Mode::man), desk.settle();
  EXPECT_EQ(desk.engine.set_value(kMv, 1000.1), Reason::out_of_limits);
  EXPECT_EQ(desk.engine.set_value(kMv, NAN), Reason::out_of_limits);
  EXPECT_EQ(desk.engine.set_value(99, 750), Reason::unknown_tag);
}

TEST(Modes, RequestsForUnknownMvsAreRefused) {
  ModeDesk desk;
  EXPECT_EQ(desk.engine.request(99, Mode::man, Authority::operator_), Reason::unknown_tag);
}

TEST(Modes, SavesAndRestores) {
  ModeDesk a;
  a.all_on();
  a.ask(Mode::man), a.settle();
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  a.engine.serialize(out);
  ModeDesk b;
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  b.engine.serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  EXPECT_EQ(b.actual(), Mode::man);
  EXPECT_EQ(b.engine.owner(0), Owner::application);
}

TEST(Modes, AsksNothingOfTheMachine) {
  ModeDesk desk;
  const gate::Scope scope;
  for (int k = 0; k < 100; ++k) {
    desk.ask(k % 2 == 0 ? Mode::man : Mode::cas);
    desk.step();
  }
  EXPECT_TRUE(scope.counts().none());
}

}  // namespace
}  // namespace saggar::testing
