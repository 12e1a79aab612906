// What a cycle makes of the modes: taking over, holding, shedding, returning, owners.
#include <gtest/gtest.h>

#include "tests/runtime/operate/mode_desk.hpp"

namespace saggar::testing {
namespace {

TEST(Modes, WithoutTheWorkingSetpointTheCascadeStaysOpen) {  // SC-03
  ModeDesk desk;
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
  ModeDesk desk;
  desk.obedient = false;
  desk.ask(Mode::auto_);
  desk.step();
  EXPECT_EQ(desk.actual(), Mode::iman);
  EXPECT_EQ(desk.engine.owner(kMv), Owner::hold);  // asks the field to follow its own value
  desk.settle(70);
  EXPECT_EQ(desk.engine.owner(kMv), Owner::field);
}

TEST(Modes, HoldPutsTheCascadeModesIntoLo) {
  ModeDesk desk;
  desk.all_on();
  desk.engine.set_hold(domain::Duty::heat, true);
  desk.step();
  EXPECT_EQ(desk.actual(), Mode::lo);
  EXPECT_EQ(desk.engine.source(kMv), Source::hold);
  desk.ask(Mode::man), desk.settle();  // an operator may still set a value by hand
  EXPECT_EQ(desk.actual(), Mode::man);
  EXPECT_EQ(desk.actual(0), Mode::lo);
  desk.engine.set_hold(domain::Duty::heat, false);
  desk.step();
  EXPECT_EQ(desk.actual(0), Mode::rcas);
}

TEST(Modes, AnMvInFaultIsNotDriven) {
  ModeDesk desk;
  desk.all_on();
  desk.engine.set_fault(kMv, true);
  desk.step();
  EXPECT_EQ(desk.actual(), Mode::iman);
  desk.engine.set_fault(kMv, false);
  desk.step();
  EXPECT_EQ(desk.actual(), Mode::rcas);
}

TEST(Modes, WhyTheActualModeIsNotTheTargetIsSaid) {  // SC-02
  ModeDesk desk;
  const auto why = [&] { return desk.engine.blocks()[kMv].why; };
  EXPECT_EQ(why(), Reason::application_off) << "meant for RCAS, nobody has switched on";
  desk.all_on();
  EXPECT_EQ(why(), Reason::none);
  desk.engine.set_hold(domain::Duty::heat, true), desk.step();
  EXPECT_EQ(why(), Reason::operator_request);
  desk.engine.set_hold(domain::Duty::heat, false);
  desk.set(desk.plant.mvs[kMv].working, 750, domain::Quality::bad), desk.step();
  EXPECT_EQ(why(), Reason::cascade_open);
  desk.set(desk.plant.mvs[kMv].working, 750);
  desk.heartbeat = false, desk.step();
  EXPECT_EQ(why(), Reason::stale_frame);
  desk.link_up = false, desk.step();
  EXPECT_EQ(why(), Reason::link_lost);
  desk.settle(10);  // shed to AUTO
  EXPECT_EQ(why(), Reason::link_lost);
  desk.link_up = desk.heartbeat = true, desk.settle();
  EXPECT_EQ(why(), Reason::shed) << "waits for a person";
}

TEST(Modes, AFaultIsTheCauseWhateverElseIsMissing) {
  ModeDesk desk;
  const auto why = [&] { return desk.engine.blocks()[kMv].why; };
  desk.engine.set_fault(kMv, true), desk.step();
  EXPECT_EQ(why(), Reason::mv_fault) << "also of what nobody drives";
  desk.all_on();
  desk.link_up = false, desk.step();
  EXPECT_EQ(why(), Reason::mv_fault);
  EXPECT_EQ(desk.engine.blocks()[0].why, Reason::link_lost);
  desk.ask(Mode::oos), desk.step();
  EXPECT_EQ(why(), Reason::none) << "out of service is where it is meant to be";
}

TEST(Modes, AFieldInLocalIsTheCauseWhileItIsAskedToFollow) {
  ModeDesk desk;
  desk.obedient = false;
  desk.ask(Mode::auto_), desk.step();
  EXPECT_EQ(desk.engine.blocks()[kMv].why, Reason::field_local);
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
      ModeDesk desk(plant);
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
  ModeDesk desk(plant);
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
  ModeDesk desk;
  desk.all_on();
  desk.obedient = false;
  desk.set(desk.plant.mvs[kMv].remote, 0);
  desk.settle(7);
  EXPECT_TRUE(desk.engine.shed(kMv));
  EXPECT_FALSE(desk.engine.shed(0));
}

TEST(Modes, ReleaseGivesEverythingBackInTheSameCycle) {  // SC-91
  ModeDesk desk;
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

/// The same dice in every run.
struct Dice {
  std::uint64_t state = 88172645463325252ULL;
  std::uint64_t operator()(std::uint64_t n) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state % n;
  }
};

/// One thing that may happen to a kiln.
void disturb(ModeDesk& desk, Dice& roll) {
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
      desk.engine.take_again(domain::Duty::heat);
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
}

bool fits(Owner owner, Mode actual) {
  switch (owner) {
    case Owner::field:
      return actual == Mode::iman;
    case Owner::frozen:
      return actual == Mode::oos;
    case Owner::person:
      return actual == Mode::man || actual == Mode::auto_;
    case Owner::recipe:
      return actual == Mode::cas;
    case Owner::application:
      return actual == Mode::rcas;
    case Owner::hold:
      return actual == Mode::lo || actual == Mode::iman;
  }
  return false;
}

TEST(Modes, ExactlyOneOwnerThatFitsTheModeWhateverHappens) {  // SC-18
  ModeDesk desk;
  Dice roll;
  for (int k = 0; k < 50'000; ++k) {
    disturb(desk, roll);
    desk.step(static_cast<double>(roll(4)));
    for (MvId i = 0; i < 4; ++i) {
      ASSERT_TRUE(fits(desk.engine.owner(i), desk.actual(i))) << k;
      const Mode target = desk.engine.blocks()[i].target;
      ASSERT_TRUE(target != Mode::iman && target != Mode::lo && target != Mode::rout) << k;
    }
  }
}

}  // namespace
}  // namespace saggar::testing
