// A ladder of four rungs and its inputs, for the tests of the ladder.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "runtime/control/ladder.hpp"

namespace saggar::control {

using domain::JobFact;
using domain::Proposal;
using domain::ProposalStatus;
using domain::Reason;
using Force = Demand::Force;

inline constexpr std::uint8_t kMpc = 0, kPid = 1, kHold = 2, kLocal = 3;

/// mpc (controller 0), pid (controller 1), hold, local; one cycle per second.
class LadderTest : public ::testing::Test {
 protected:
  static LadderSettings settings() {
    LadderSettings s;
    s.rungs = {{"mpc", RungKind::controller, 0, 0.5, 10},
               {"pid", RungKind::controller, 1, 0, 10, false},
               {"hold", RungKind::hold, domain::kNoController, 0, 1},
               {"recipe", RungKind::local, domain::kNoController, 0, 1}};
    s.dwell_cycles = 60;
    return s;
  }

  LadderTest() : proposals_(2), events_(64) {
    for (std::size_t i = 0; i < 2; ++i) {
      proposals_[i].controller = static_cast<domain::ControllerId>(i);
      proposals_[i].status = ProposalStatus::ok;
    }
    in_.on = true;
  }

  /// One cycle; both controllers keep proposing from the newest frame.
  std::uint8_t cycle(int n = 1) {
    for (int i = 0; i < n; ++i) {
      ++in_.cycle;
      in_.time_ns = static_cast<std::int64_t>(in_.cycle) * 1'000'000'000;
      for (Proposal& p : proposals_) {
        p.inputs_sequence = in_.cycle;
        p.inputs_time_ns = in_.time_ns - old_ns_;
      }
      ladder_.decide(in_, proposals_, decision_, events_);
      if (decision_.moved) moves_.insert(seat(seat_) + ">" + seat(decision_.rung));
      seat_ = decision_.rung;
      const Force force = in_.demand.force;  // stands until it is lifted; the rest is asked once
      in_.demand = {};
      in_.demand.force = force;
    }
    return decision_.rung;
  }
  /// What the intents do for a climb: it lifts what an emergency forced.
  void lift_and_climb(std::uint8_t to) {
    in_.demand.force = Force::none;
    in_.demand.climb_to = to;
  }
  static std::string seat(std::uint8_t rung) {
    return rung == Ladder::kOff ? "off" : settings().rungs[rung].name;
  }
  /// The moves that this test made, for the acceptance run.
  void TearDown() override {
    std::string all;
    for (const std::string& move : moves_) all += (all.empty() ? "" : " ") + move;
    RecordProperty("moves", all);
  }
  void expect_lost(Reason reason, std::uint8_t to) {
    EXPECT_EQ(decision_.rung, to);
    EXPECT_EQ(decision_.reason, reason);
    EXPECT_TRUE(decision_.moved);
  }

  Ladder ladder_{settings()};
  LadderInputs in_;
  std::vector<Proposal> proposals_;
  domain::DutyDecision decision_;
  domain::Bounded<domain::Event> events_;
  std::int64_t old_ns_ = 0;
  std::uint8_t seat_ = Ladder::kOff;
  std::set<std::string> moves_;
};

}  // namespace saggar::control
