#include "plugins/host/seats.hpp"

#include <gmock/gmock.h>

namespace saggar::host {
namespace {

using domain::Duty;
using ::testing::HasSubstr;

InstanceSpec named(const std::string& name, Duty duty = Duty::heat) {
  InstanceSpec spec;
  spec.name = name;
  spec.duty = duty;
  return spec;
}

TEST(Seats, SeatOnePerRungOfEachDuty) {
  Seats seats;
  EXPECT_TRUE(seats.claim(Duty::heat, 0, named("mpc")).ok());
  EXPECT_TRUE(seats.claim(Duty::heat, 1, named("pid")).ok());
  EXPECT_TRUE(seats.claim(Duty::transport, 0, named("speed", Duty::transport)).ok());
}

TEST(Seats, ATakenRungNamesWhoHasIt) {
  Seats seats;
  ASSERT_TRUE(seats.claim(Duty::heat, 0, named("mpc")).ok());
  const domain::Status second = seats.claim(Duty::heat, 0, named("policy"));
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().text(),
              HasSubstr("controller 'policy': rung 0 of duty heat is already taken by 'mpc'"));
}

TEST(Seats, AControllerSitsOnce) {
  Seats seats;
  ASSERT_TRUE(seats.claim(Duty::heat, 0, named("pid")).ok());
  EXPECT_THAT(seats.claim(Duty::heat, 1, named("pid")).error().what,
              HasSubstr("sits on rung 0 of duty heat already"));
}

TEST(Seats, AControllerSitsInItsOwnDuty) {
  Seats seats;
  EXPECT_THAT(seats.claim(Duty::atmosphere, 0, named("pid")).error().what,
              HasSubstr("has duty heat, it cannot take rung 0 of duty atmosphere"));
  EXPECT_TRUE(seats.claim(Duty::heat, 0, named("pid")).ok()) << "a refusal takes no seat";
}

}  // namespace
}  // namespace saggar::host
