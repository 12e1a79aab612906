#include "runtime/operate/mode_engine.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/gate.hpp"
#include "tests/support/plants.hpp"

namespace saggar::testing {
namespace {

using domain::AppState;
using domain::Mode;
using domain::MvId;
using domain::Reason;
using domain::Source;
using operate::Authority;
using operate::Owner;

constexpr MvId kMv = 1;

/// A kiln of two zones whose field goes remote when the runtime asks for it.
struct Desk {
  explicit Desk(domain::Plant kiln = small_plant(2), operate::ModeSettings settings = {})
      : plant(std::move(kiln)), engine(plant, settings), frame(plant.tags.size()) {
    for (const domain::Mv& mv : plant.mvs) {
      set(mv.working, 750);
      set(mv.remote, 0);
    }
    step();
  }
  void set(domain::TagId tag, double value, domain::Quality quality = domain::Quality::good) {
    frame.samples[tag] = {value, time_ns, quality, domain::SubStatus::none};
  }
  void step(double dt_s = 1) {
    time_ns += static_cast<std::int64_t>(dt_s * 1e9);
    events.clear();
    engine.update({1, time_ns, period_s, frame, link_up, heartbeat, applications}, events);
    if (!obedient) return;
    for (std::size_t i = 0; i < plant.mvs.size(); ++i) {  // as a furnace controller does
      const Source source = engine.source(static_cast<MvId>(i));
      set(plant.mvs[i].remote, link_up && source != Source::none ? 1 : 0);
    }
  }
  void settle(int cycles = 3) {
    for (int k = 0; k < cycles; ++k) step();
  }
  void all_on() {
    applications.fill(AppState::on);
    settle();
  }
  Mode actual(MvId mv = kMv) const { return engine.blocks()[mv].actual; }
  Mode target(MvId mv = kMv) const { return engine.blocks()[mv].target; }
  Reason ask(Mode mode, Authority by = Authority::operator_) {
    return engine.request(kMv, mode, by);
  }

  domain::Plant plant;
  operate::ModeEngine engine;
  domain::Frame frame;
  domain::Bounded<domain::Event> events{256};
  std::array<AppState, domain::kDutyCount> applications{};
  std::int64_t time_ns = 0;
  double period_s = 30;
  bool link_up = true, heartbeat = true, obedient = true;
};

TEST(Modes, ComesUpNotDriving) {  // SC-49
  Desk desk;
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
      Desk desk;  // and the engine that obeys it
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
  Desk desk;
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
  Desk desk(plant);
  EXPECT_EQ(desk.ask(Mode::auto_), Reason::mode_not_permitted);
  EXPECT_EQ(desk.ask(Mode::man), Reason::none);
}

TEST(Modes, RoutOpensOnlyWhenTheSiteArmsIt) {  // PF-25
  domain::Plant plant = small_plant(2);
  plant.mvs[kMv].permitted = 0xFF;
  Desk locked(plant);
  EXPECT_EQ(locked.ask(Mode::rout), Reason::mode_not_permitted);
  Desk armed(plant, {.rout_armed = true});
  EXPECT_EQ(armed.ask(Mode::rout), Reason::none);
}

TEST(Modes, WithoutTheWorkingSetpointTheCascadeStaysOpen) {  // SC-03
  Desk desk;
  ASSERT_EQ(desk.ask(Mode::cas), Reason::none);
  desk.set(desk.plant.mvs[kMv].working, 750, domain::Quality::bad);
  desk.settle();
  EXPECT_EQ(desk.target(), Mode::cas);
  EXPECT_EQ(desk.actual(), Mode::auto_);
  EXPECT_EQ(desk.engine.operator_value(kMv), 750);  // the last one that could be read
  desk.set(desk.plant.mvs[kMv].working, 750);
  desk.settle();
  EXPECT_EQ(desk.actual(), Mode::cas);
}

TEST(Modes, AFieldInLocalStaysImanAndTheTakeOverIsGivenUpAfterItsTime) {  // SC-03
  Desk desk;
  desk.obedient = false;
  desk.ask(Mode::auto_);
  desk.step();
  EXPECT_EQ(desk.actual(), Mode::iman);
  EXPECT_EQ(desk.engine.owner(kMv), Owner::hold);  // asks the field to follow its own value
  desk.settle(70);
  EXPECT_EQ(desk.engine.owner(kMv), Owner::field);
}

TEST(Modes, HoldAndInterlocksPutTheCascadeModesIntoLo) {
  Desk desk;
  desk.all_on();
  desk.engine.set_hold(domain::Duty::heat, true);
  desk.step();
  EXPECT_EQ(desk.actual(), Mode::lo);
  EXPECT_EQ(desk.engine.source(kMv), Source::hold);
  desk.ask(Mode::man), desk.settle();  // an operator may still set a value by hand
  EXPECT_EQ(desk.actual(), Mode::man);
  EXPECT_EQ(desk.actual(0), Mode::lo);
  desk.engine.set_hold(domain::Duty::heat, false);
  desk.engine.set_interlock(0, true);
  desk.step();
  EXPECT_EQ(desk.actual(0), Mode::lo);
  EXPECT_EQ(desk.actual(2), Mode::rcas);
}

TEST(Modes, AnMvInFaultIsNotDriven) {
  Desk desk;
  desk.all_on();
  desk.engine.set_fault(kMv, true);
  desk.step();
  EXPECT_EQ(desk.actual(), Mode::iman);
  desk.engine.set_fault(kMv, false);
  desk.step();
  EXPECT_EQ(desk.actual(), Mode::rcas);
}

TEST(Modes, TheHigherAuthorityWinsWithinACycle) {  // SC-07
  Desk desk;
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
  Desk desk;
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
  Desk desk;
  desk.ask(Mode::man);
  EXPECT_EQ(desk.engine.set_value(kMv, 752), Reason::none);
  desk.settle();
  EXPECT_EQ(desk.actual(), Mode::man);
  EXPECT_EQ(desk.engine.operator_value(kMv), 752);
}

TEST(Modes, OperatorValuesAreCheckedAgainstModeAndLimits) {
  Desk desk;
  EXPECT_EQ(desk.engine.set_value(kMv, 750), Reason::not_in_this_mode);
  desk.ask(Mode::man), desk.settle();
  EXPECT_EQ(desk.engine.set_value(kMv, 1000.1), Reason::out_of_limits);
  EXPECT_EQ(desk.engine.set_value(kMv, NAN), Reason::out_of_limits);
  EXPECT_EQ(desk.engine.set_value(99, 750), Reason::unknown_tag);
}

TEST(Modes, RequestsForUnknownMvsAreRefused) {
  Desk desk;
  EXPECT_EQ(desk.engine.request(99, Mode::man, Authority::operator_), Reason::unknown_tag);
}

struct ShedCase {
  domain::ShedTo to;
  Mode expected;
};

// SC-05: {AUTO, MAN, retained, normal} x {return, no return}.
TEST(Shed, EveryOptionWithAndWithoutReturn) {
  const ShedCase cases[] = {{domain::ShedTo::auto_, Mode::auto_},
                            {domain::ShedTo::man, Mode::man},
                            {domain::ShedTo::retained, Mode::cas},
                            {domain::ShedTo::normal, Mode::rcas}};
  for (const ShedCase& c : cases) {
    for (const bool back : {false, true}) {
      domain::Plant plant = small_plant(2);
      plant.mvs[kMv].shed_to = c.to;
      plant.mvs[kMv].shed_return = back;
      Desk desk(plant);
      desk.ask(Mode::cas), desk.settle();
      ASSERT_EQ(desk.actual(), Mode::cas);
      desk.link_up = false;
      desk.settle(5);
      EXPECT_FALSE(desk.engine.shed(kMv));
      EXPECT_EQ(desk.actual(), Mode::iman);
      desk.settle(2);
      EXPECT_TRUE(desk.engine.shed(kMv));  // after 5 s (SC-04, SC-46)
      EXPECT_EQ(desk.target(), c.expected);
      EXPECT_EQ(desk.engine.operator_value(kMv), 750);  // last verified SP
      desk.settle(100);                                 // longer than two periods: no blip
      desk.link_up = true;
      desk.settle(10);
      EXPECT_EQ(desk.engine.owner(kMv), Owner::field);
      EXPECT_NE(desk.engine.confirm_return(kMv), Reason::none);  // not healthy for 5 periods yet
      desk.settle(160);
      EXPECT_EQ(desk.engine.owner(kMv), Owner::field);  // and never without a person (SC-06)
      EXPECT_EQ(desk.engine.confirm_return(kMv), back ? Reason::none : Reason::not_in_this_mode);
      desk.settle();
      EXPECT_EQ(desk.actual(), back ? Mode::cas : Mode::iman);
      EXPECT_EQ(desk.engine.shed(kMv), !back);
      if (!back) {
        EXPECT_EQ(desk.ask(Mode::cas), Reason::none);  // a person may always ask anew
        desk.settle();
        EXPECT_EQ(desk.actual(), Mode::cas);
      }
    }
  }
}

TEST(Shed, ABlipReturnsByItselfWhereReturnIsAllowed) {  // SC-06: shorter than two periods
  domain::Plant plant = small_plant(2);
  plant.mvs[kMv].shed_return = true;
  Desk desk(plant);
  desk.all_on();
  desk.heartbeat = false;
  desk.settle(20);
  EXPECT_TRUE(desk.engine.shed(kMv));
  EXPECT_TRUE(desk.engine.shed(0));
  desk.heartbeat = true;
  desk.settle(4);
  EXPECT_EQ(desk.actual(kMv), Mode::rcas);
  EXPECT_EQ(desk.actual(0), Mode::iman);  // no return by default
  EXPECT_EQ(desk.target(0), Mode::auto_);
}

TEST(Shed, AFieldThatGoesLocalBySomeonesHandSheds) {
  Desk desk;
  desk.all_on();
  desk.obedient = false;
  desk.set(desk.plant.mvs[kMv].remote, 0);
  desk.settle(7);
  EXPECT_TRUE(desk.engine.shed(kMv));
  EXPECT_FALSE(desk.engine.shed(0));
}

TEST(Modes, ReleaseGivesEverythingBackInTheSameCycle) {  // SC-91
  Desk desk;
  desk.all_on();
  desk.ask(Mode::man), desk.settle();
  desk.engine.release(domain::Duty::heat);
  desk.step();
  for (MvId mv = 0; mv < 4; ++mv) EXPECT_EQ(desk.engine.source(mv), Source::none);
  desk.settle(30);
  EXPECT_EQ(desk.engine.source(kMv), Source::none);  // until somebody asks again
  EXPECT_EQ(desk.ask(Mode::man), Reason::none);
  desk.settle();
  EXPECT_EQ(desk.actual(), Mode::man);
}

TEST(Modes, ExactlyOneOwnerThatFitsTheModeWhateverHappens) {  // SC-18
  Desk desk;
  std::uint64_t dice = 88172645463325252ULL;
  const auto roll = [&](std::uint64_t n) {
    dice ^= dice << 13, dice ^= dice >> 7, dice ^= dice << 17;
    return dice % n;
  };
  for (int k = 0; k < 50'000; ++k) {
    const auto mv = static_cast<MvId>(roll(5));
    switch (roll(12)) {
      case 0:
        desk.engine.request(mv, static_cast<Mode>(roll(9)), static_cast<Authority>(roll(3)));
        break;
      case 1:
        desk.engine.set_value(mv, 700 + static_cast<double>(roll(100)));
        break;
      case 2:
        desk.link_up = roll(3) != 0;
        break;
      case 3:
        desk.heartbeat = roll(3) != 0;
        break;
      case 4:
        desk.engine.set_hold(domain::Duty::heat, roll(2) == 0);
        break;
      case 5:
        desk.applications.fill(static_cast<AppState>(roll(8)));
        break;
      case 6:
        desk.engine.set_fault(mv, roll(2) == 0);
        break;
      case 7:
        desk.engine.set_interlock(mv, roll(2) == 0);
        break;
      case 8:
        desk.engine.confirm_return(mv);
        break;
      case 9:
        if (roll(20) == 0) desk.engine.release(domain::Duty::heat);
        break;
      case 10:
        desk.set(desk.plant.mvs[roll(4)].working, 750, static_cast<domain::Quality>(roll(3)));
        break;
      default:
        desk.obedient = roll(4) != 0;
        break;
    }
    desk.step(static_cast<double>(roll(4)));
    for (MvId i = 0; i < 4; ++i) {
      const Mode actual = desk.actual(i);
      const domain::ModeBlock& block = desk.engine.blocks()[i];
      switch (desk.engine.owner(i)) {
        case Owner::field:
          ASSERT_EQ(actual, Mode::iman);
          break;
        case Owner::frozen:
          ASSERT_EQ(actual, Mode::oos);
          break;
        case Owner::person:
          ASSERT_TRUE(actual == Mode::man || actual == Mode::auto_);
          break;
        case Owner::recipe:
          ASSERT_EQ(actual, Mode::cas);
          break;
        case Owner::application:
          ASSERT_EQ(actual, Mode::rcas);
          break;
        case Owner::hold:
          ASSERT_TRUE(actual == Mode::lo || actual == Mode::iman);
          break;
      }
      ASSERT_TRUE(block.target != Mode::iman && block.target != Mode::lo &&
                  block.target != Mode::rout);
    }
  }
}

TEST(Modes, SavesAndRestores) {
  Desk a;
  a.all_on();
  a.ask(Mode::man), a.settle();
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  a.engine.serialize(out);
  Desk b;
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  b.engine.serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  EXPECT_EQ(b.actual(), Mode::man);
  EXPECT_EQ(b.engine.owner(0), Owner::application);
}

TEST(Modes, AsksNothingOfTheMachine) {
  Desk desk;
  const gate::Scope scope;
  for (int k = 0; k < 100; ++k) {
    desk.ask(k % 2 == 0 ? Mode::man : Mode::cas);
    desk.step();
  }
  EXPECT_TRUE(scope.counts().none());
}

}  // namespace
}  // namespace saggar::testing
