// How the ladder climbs, what a climb needs, and every move between two seats.
#include "tests/runtime/control/ladder_rig.hpp"

namespace saggar::control {
namespace {

TEST_F(LadderTest, ClimbsAtMostOncePerThirtyMinutesAndThreeTimesPerShift) {  // SC-69
  cycle();
  int climbs = 0;
  for (int i = 0; i < 8; ++i) {
    proposals_[0].status = ProposalStatus::none;
    cycle();
    proposals_[0].status = ProposalStatus::ok;
    for (int s = 0; s < 3000; ++s) {
      cycle();
      climbs += decision_.moved && decision_.rung == kMpc ? 1 : 0;
    }
  }
  EXPECT_EQ(climbs, 3);  // 8 * 50 min < 8 h: the fourth needs a person
  EXPECT_EQ(decision_.rung, kPid);
  EXPECT_TRUE(std::any_of(events_.begin(), events_.end(), [](const domain::Event& e) {
    return e.code == domain::EventCode::rung_climb_blocked &&
           e.b == static_cast<std::uint16_t>(Reason::climb_limit);
  }));
  in_.demand.climb_to = kMpc;
  EXPECT_EQ(cycle(), kMpc);
}

TEST_F(LadderTest, TheSecondClimbWaitsThirtyMinutesAfterTheFirst) {  // SC-69
  cycle();
  const auto fail_once = [&] {
    proposals_[0].status = ProposalStatus::none;
    cycle();
    proposals_[0].status = ProposalStatus::ok;
  };
  fail_once();
  cycle(61);
  ASSERT_EQ(decision_.rung, kMpc);
  const std::uint64_t first = in_.cycle;
  fail_once();
  while (decision_.rung != kMpc) cycle();
  EXPECT_EQ(in_.cycle - first, 1800U);
}

TEST_F(LadderTest, SaysWhatAClimbNeeds) {  // SC-70
  cycle();
  EXPECT_EQ(decision_.climb_needs, Reason::none);  // the best drives
  proposals_[0].status = ProposalStatus::none;
  proposals_[0].reason = Reason::out_of_domain;
  cycle();
  EXPECT_EQ(decision_.climb_needs, Reason::out_of_domain);
  EXPECT_EQ(decision_.blocked[kMpc], Reason::out_of_domain);
  EXPECT_EQ(decision_.blocked[kPid], Reason::none);
  proposals_[0].status = ProposalStatus::ok;
  proposals_[0].reason = Reason::none;
  cycle(2);
  EXPECT_EQ(decision_.climb_needs, Reason::dwell_elapsed);
  in_.demand.force = Force::hold;
  cycle();
  EXPECT_EQ(decision_.climb_needs, Reason::operator_request);
  in_.on = false;
  cycle();
  EXPECT_EQ(decision_.climb_needs, Reason::none);
}

// From each seat to each other one, OFF included: 20 moves.
TEST_F(LadderTest, EveryMoveBetweenTwoSeatsIsMadeInTheCycleThatAsks) {
  constexpr std::uint8_t kSeats[] = {Ladder::kOff, kMpc, kPid, kHold, kLocal};
  for (const std::uint8_t from : kSeats) {
    for (const std::uint8_t to : kSeats) {
      if (from == to) continue;
      ladder_ = Ladder(settings());
      in_.on = in_.link_up = true;
      for (Proposal& p : proposals_) p.status = ProposalStatus::ok;
      seat_ = Ladder::kOff;
      if (from != Ladder::kOff) {
        if (cycle() != from) in_.demand.step_down_to = from;
        ASSERT_EQ(cycle(), from);
      }
      if (to == Ladder::kOff) {
        in_.on = false;
      } else if (from == Ladder::kOff) {  // the best healthy one: all above it are not
        for (std::size_t i = 0; i < 2 && i < to; ++i) proposals_[i].status = ProposalStatus::none;
        in_.link_up = to != kLocal;
      } else {
        (to < from ? in_.demand.climb_to : in_.demand.step_down_to) = to;
      }
      EXPECT_EQ(cycle(), to) << seat(from) << " to " << seat(to);
      EXPECT_TRUE(decision_.moved);
    }
  }
  EXPECT_EQ(moves_.size(), 20U);
}

}  // namespace
}  // namespace saggar::control
