// The roster: when a proposal takes effect, what happens to one that is late, broken or not asked.
#include "runtime/control/roster.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/runtime/control/roster_rig.hpp"

namespace saggar::control {
namespace {

using domain::IntentKind;
using domain::JobFact;
using domain::Mode;
using domain::Proposal;
using domain::ProposalStatus;
using domain::Reason;

RosterSettings with(Lateness lateness, bool threads = true, double period_s = 1) {
  RosterSettings settings;
  settings.lateness = lateness;
  settings.threads = threads;
  settings.cycle_period_s = period_s;
  return settings;
}

/// A heap that grows at every look, as seen by a test that needs no real one.
std::uint64_t growing() noexcept {
  static std::uint64_t count = 0;
  return ++count;
}
std::uint64_t steady() noexcept { return 7; }

// Steps at cycles 5, 10, 15, ...; three cycles later, and in none before or after, it takes effect.
TEST(Roster, AProposalTakesEffectExactlyLatencyCyclesAfterItsInputs) {
  for (const bool threads : {false, true}) {
    RosterRig rig(seat_of("well_behaved", 5, 3, {param_of("trim_K", 2)}),
                  with(Lateness::awaited, threads));
    for (std::uint64_t c = 1; c <= 40; ++c) {
      const Proposal& p = rig.ask();
      if (c < 8) {
        ASSERT_EQ(p.status, ProposalStatus::pending) << c;
        continue;
      }
      const std::uint64_t inputs = 5 * ((c - 3) / 5);
      ASSERT_EQ(p.status, ProposalStatus::ok) << c;
      ASSERT_EQ(p.inputs_sequence, 100 + inputs) << c;
      ASSERT_EQ(p.inputs_time_ns, static_cast<std::int64_t>(inputs) * 1'000'000'000) << c;
      ASSERT_EQ(p.job, c == inputs + 3 ? JobFact::fresh : JobFact::none) << c;
      for (const double v : p.value) ASSERT_EQ(v, 700 + static_cast<double>(inputs) + 2) << c;
    }
  }
}

TEST(Roster, LatencyZeroTakesEffectInTheSameCycle) {
  RosterRig rig(seat_of("well_behaved", 4, 0), with(Lateness::awaited));
  for (std::uint64_t c = 1; c <= 12; ++c) {
    const Proposal& p = rig.ask();
    if (c < 4) continue;
    ASSERT_EQ(p.inputs_sequence, 100 + c / 4 * 4);
    ASSERT_EQ(p.job, c % 4 == 0 ? JobFact::fresh : JobFact::none);
  }
}

TEST(Roster, AStepThatIsDueWhileTheOneBeforeIsUnderWayIsSkipped) {
  RosterRig rig(seat_of("well_behaved", 1, 3), with(Lateness::awaited, false));
  std::vector<JobFact> jobs;
  for (int c = 1; c <= 7; ++c) jobs.push_back(rig.ask().job);
  const JobFact skip = JobFact::skipped;
  EXPECT_EQ(jobs, (std::vector<JobFact>{JobFact::none, skip, skip, JobFact::fresh, skip, skip,
                                        JobFact::fresh}));
}

// The worker sleeps 50 ms, the cycles follow each other at once. A machine that stalls this thread
// for longer makes a job come in time, so the first late one is looked for, not demanded.
TEST(Roster, InWallPacingALateResultIsSaidToBeLateAndNeverUsed) {  // SC-67
  RosterRig rig(seat_of("sleeps", 1, 1), with(Lateness::measured));
  std::uint64_t dropped = 0;
  for (int c = 0; c < 200 && dropped == 0; ++c) {
    const Proposal& p = rig.ask();
    if (p.job != JobFact::late) continue;
    EXPECT_EQ(p.status, ProposalStatus::late);
    EXPECT_EQ(p.reason, Reason::late);
    dropped = 100 + rig.cycle - 1;
  }
  ASSERT_NE(dropped, 0U) << "no job of 50 ms was late in 200 cycles without a pause";
  bool fresh_again = false;
  for (int c = 0; c < 2000 && !fresh_again; ++c) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const Proposal& p = rig.ask();
    ASSERT_NE(p.inputs_sequence, dropped);
    fresh_again = p.job == JobFact::fresh;
    if (!fresh_again) {
      ASSERT_GT(p.status, ProposalStatus::degraded);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
  }
  EXPECT_TRUE(fresh_again);
}

TEST(Roster, InlineOverItsBudgetIsLate) {  // VP-18: half of a cycle of 50 ms; the step takes 50 ms
  RosterRig slow(seat_of("too_slow", 1, 0), with(Lateness::measured, true, 0.05));
  const Proposal& p = slow.ask();
  EXPECT_EQ(p.status, ProposalStatus::late);
  EXPECT_EQ(p.reason, Reason::over_budget);
  EXPECT_EQ(p.job, JobFact::late);
  RosterRig quick(seat_of("well_behaved", 1, 0), with(Lateness::measured, true, 60));
  EXPECT_EQ(quick.ask().status, ProposalStatus::ok);
}

TEST(Roster, AwaitedIsNeverLate) {  // field pacing: virtual time stands still
  RosterRig deferred(seat_of("sleeps", 1, 1), with(Lateness::awaited));
  for (std::uint64_t c = 1; c <= 4; ++c) {
    const Proposal& p = deferred.ask();
    if (c > 1) {
      EXPECT_EQ(p.job, JobFact::fresh);
      EXPECT_EQ(p.inputs_sequence, 100 + c - 1);
    }
  }
  RosterRig inside(seat_of("too_slow", 1, 0), with(Lateness::awaited, true, 0.05));
  EXPECT_EQ(inside.ask().status, ProposalStatus::ok);
}

/// Job facts of one controller, cycle by cycle.
std::vector<JobFact> repeat(RosterRig& rig, const std::vector<JobFact>& recorded) {
  std::vector<JobFact> repeated;
  std::vector<Proposal> facts{Proposal(4)};
  for (const JobFact fact : recorded) {
    facts[0].job = fact;
    repeated.push_back(rig.ask(&facts).job);
  }
  return repeated;
}

TEST(Roster, ReplayIsLateExactlyWhereTheRecordSaysSo) {
  const std::vector<JobFact> recorded = {JobFact::none,    JobFact::fresh, JobFact::late,
                                         JobFact::skipped, JobFact::none,  JobFact::fresh};
  for (const bool threads : {false, true}) {
    RosterRig rig(seat_of("well_behaved", 1, 1), with(Lateness::repeated, threads));
    EXPECT_EQ(repeat(rig, recorded), recorded);
    EXPECT_EQ(rig.proposals[0].inputs_sequence, 105U);  // of the step after the skipped one
    EXPECT_EQ(rig.proposals[0].status, ProposalStatus::ok);
  }
  RosterRig inside(seat_of("well_behaved", 1, 0), with(Lateness::repeated));
  EXPECT_EQ(repeat(inside, {JobFact::fresh, JobFact::late}),
            (std::vector<JobFact>{JobFact::fresh, JobFact::late}));
  EXPECT_EQ(inside.proposals[0].reason, Reason::over_budget);
}

// References are 700 + cycle. In fault in cycle 3 and restarted before 5: counts 1, 2, 3, then 1.
TEST(Roster, ARestartedControllerBeginsAnew) {
  RosterRig rig(seat_of("counts", 1, 0, {param_of("from_cycle", 3), param_of("until_cycle", 4)}),
                with(Lateness::awaited));
  EXPECT_EQ(rig.ask().value[0], 701 + 1);
  EXPECT_EQ(rig.ask().value[0], 702 + 2);
  EXPECT_EQ(rig.ask().status, ProposalStatus::fault);
  rig.ask();
  EXPECT_EQ(rig.serve(IntentKind::restart_controller), Reason::none);
  EXPECT_EQ(rig.ask().value[0], 705 + 1);
  EXPECT_EQ(rig.ask().value[0], 706 + 2);
}

TEST(Roster, AFaultStaysUntilAPersonRestartsTheController) {  // SC-67
  for (const std::uint32_t latency : {0U, 1U}) {
    RosterRig rig(seat_of("reports_fault", 1, latency,
                          {param_of("from_cycle", 3), param_of("until_cycle", 4)}),
                  with(Lateness::awaited));
    rig.ask();
    EXPECT_EQ(rig.serve(IntentKind::restart_controller), Reason::nothing_to_do);
    for (int c = 2; c <= 8; ++c) rig.ask();
    EXPECT_EQ(rig.proposals[0].status, ProposalStatus::fault);
    EXPECT_EQ(rig.proposals[0].reason, Reason::plugin_fault);
    EXPECT_EQ(rig.proposals[0].inputs_sequence, 103U);  // it was not stepped again
    EXPECT_EQ(rig.serve(IntentKind::restart_controller), Reason::none);
    for (int c = 9; c <= 10; ++c) rig.ask();
    EXPECT_EQ(rig.proposals[0].status, ProposalStatus::ok);
    EXPECT_EQ(rig.proposals[0].inputs_sequence, 110U - latency);
  }
}

TEST(Roster, AControllerThatAllocatesInsideTheCycleIsInFault) {
  RosterSettings watched = with(Lateness::awaited);
  watched.allocations = growing;
  RosterRig rig(seat_of("well_behaved", 1, 0), watched);
  EXPECT_EQ(rig.ask().status, ProposalStatus::fault);
  EXPECT_EQ(rig.proposals[0].reason, Reason::allocated);
  watched.allocations = steady;
  RosterRig quiet(seat_of("well_behaved", 1, 0), watched);
  EXPECT_EQ(quiet.ask().status, ProposalStatus::ok);
}

TEST(Roster, NobodyStepsOnStaleInputs) {  // G2
  RosterRig rig(seat_of("well_behaved", 1, 0), with(Lateness::awaited));
  rig.ask();
  rig.fresh = false;
  for (int c = 0; c < 3; ++c) {
    EXPECT_EQ(rig.ask().job, JobFact::none);
    EXPECT_EQ(rig.proposals[0].inputs_sequence, 101U);
  }
  rig.fresh = true;
  EXPECT_EQ(rig.ask().inputs_sequence, 105U);
}

TEST(Roster, ControllersDoNotDisturbEachOther) {
  std::vector<Seat> seats;
  seats.push_back(seat_of("throws_in_step", 1, 0));
  seats.push_back(seat_of("well_behaved", 1, 0, {param_of("trim_K", -3)}));
  RosterRig rig(std::move(seats), with(Lateness::awaited));
  rig.ask();
  EXPECT_EQ(rig.proposals[0].reason, Reason::plugin_threw);
  EXPECT_EQ(rig.proposals[1].status, ProposalStatus::ok);
  EXPECT_EQ(rig.proposals[1].value[3], 701 - 3);
  EXPECT_EQ(rig.proposals[1].controller, 1);
  EXPECT_EQ(rig.roster.name(1), "well_behaved");
}

TEST(RosterServe, SaysWhyItRefuses) {
  std::vector<Seat> seats;
  seats.push_back(seat_of("complete", 1, 0));
  seats.push_back(seat_of("well_behaved", 1, 0));
  RosterRig rig(std::move(seats), with(Lateness::awaited));
  EXPECT_EQ(rig.serve(IntentKind::restart_controller, 2), Reason::unknown_tag);
  EXPECT_EQ(rig.serve(IntentKind::set_mode), Reason::not_supported);
  EXPECT_EQ(rig.serve(IntentKind::set_parameter, 1, domain::kNoMv, "trim_K", 1),
            Reason::not_supported);  // no tuning extension
  EXPECT_EQ(rig.serve(IntentKind::set_parameter, 0, domain::kNoMv, "gain", 11),
            Reason::out_of_limits);
  EXPECT_EQ(rig.serve(IntentKind::tune_abort), Reason::nothing_to_do);
  EXPECT_EQ(rig.serve(IntentKind::tune_start, 0, 4, "relay", 5), Reason::unknown_tag);
  for (const Mode mode : {Mode::oos, Mode::iman, Mode::lo, Mode::cas, Mode::rcas}) {
    rig.modes[1].actual = mode;
    EXPECT_EQ(rig.serve(IntentKind::tune_start, 0, 1, "relay", 5), Reason::not_in_this_mode);
  }
  EXPECT_EQ(rig.roster.tuning(1), domain::kNoController);
}

TEST(RosterServe, AParameterChangesTheNextProposal) {
  RosterRig rig(seat_of("complete", 1, 0, {param_of("gain", 0)}), with(Lateness::awaited));
  rig.driving.fill(false);
  rig.working.assign(4, 701), rig.ask();  // tracks: no trim at reference 701
  rig.driving.fill(true);
  EXPECT_EQ(rig.ask().value[0], 702);  // gain 0: the reference itself
  EXPECT_EQ(rig.serve(IntentKind::set_parameter, 0, domain::kNoMv, "gain", 0.1), Reason::none);
  EXPECT_NEAR(rig.ask().value[0], 703 + 0.1 * (703 - 740), 1e-9);
}

TEST(RosterServe, IsBusyWhileTheWorkerSteps) {
  RosterRig rig(seat_of("sleeps", 1, 2), with(Lateness::measured));
  bool seen = false;
  for (int attempt = 0; attempt < 200 && !seen; ++attempt) {
    rig.ask();  // some of these start a step of 50 ms
    seen = rig.serve(IntentKind::set_parameter, 0, 0, "trim_K", 1) == Reason::busy;
  }
  EXPECT_TRUE(seen);
}

TEST(RosterTuning, ARunOwnsItsMvUntilAPersonEndsIt) {
  RosterRig rig(seat_of("complete", 1, 0), with(Lateness::awaited));
  rig.modes[1].actual = rig.modes[2].actual = Mode::man;
  ASSERT_EQ(rig.serve(IntentKind::tune_start, 0, 1, "relay", 5), Reason::none);
  EXPECT_EQ(rig.roster.tuning(1), 0);
  EXPECT_EQ(rig.roster.tuning(2), domain::kNoController);
  EXPECT_EQ(rig.serve(IntentKind::tune_start, 0, 2, "relay", 5), Reason::busy);  // one at a time
  rig.roster.watch_tuning(rig.modes, rig.events);
  EXPECT_TRUE(rig.events.empty());
  EXPECT_EQ(rig.serve(IntentKind::tune_abort, 0, 1), Reason::none);
  EXPECT_EQ(rig.roster.tuning(1), domain::kNoController);
  ASSERT_EQ(rig.events.size(), 1U);
  EXPECT_EQ(rig.events[0].code, domain::EventCode::tune_aborted);
  EXPECT_EQ(rig.events[0].b, static_cast<std::uint16_t>(Reason::operator_request));
}

TEST(RosterTuning, LeavingManAndAutoEndsARun) {
  RosterRig rig(seat_of("complete", 1, 0), with(Lateness::awaited));
  rig.modes[1].actual = Mode::auto_;
  ASSERT_EQ(rig.serve(IntentKind::tune_start, 0, 1, "relay", 5), Reason::none);
  rig.modes[1].actual = Mode::rcas;
  rig.roster.watch_tuning(rig.modes, rig.events);
  EXPECT_EQ(rig.roster.tuning(1), domain::kNoController);
  ASSERT_EQ(rig.events.size(), 1U);
  EXPECT_EQ(rig.events[0].b, static_cast<std::uint16_t>(Reason::not_in_this_mode));
  EXPECT_EQ(rig.serve(IntentKind::tune_abort, 0, 1), Reason::nothing_to_do);
}

TEST(RosterTuning, AControllerInFaultEndsItsRun) {
  RosterSettings watched = with(Lateness::awaited);
  watched.allocations = growing;
  RosterRig rig(seat_of("complete", 1, 0), watched);
  rig.modes[1].actual = Mode::man;
  ASSERT_EQ(rig.serve(IntentKind::tune_start, 0, 1, "relay", 5), Reason::none);
  ASSERT_EQ(rig.ask().status, ProposalStatus::fault);
  rig.roster.watch_tuning(rig.modes, rig.events);
  EXPECT_EQ(rig.roster.tuning(1), domain::kNoController);
  ASSERT_EQ(rig.events.size(), 1U);
  EXPECT_EQ(rig.events[0].code, domain::EventCode::tune_aborted);
  EXPECT_EQ(rig.events[0].b, static_cast<std::uint16_t>(Reason::allocated));
}

TEST(RosterState, ARestoredRosterGoesOnBitForBit) {  // HI-11, also in the middle of a deferred step
  for (const std::uint32_t latency : {0U, 3U}) {
    RosterRig a(seat_of("complete", 5, latency), with(Lateness::awaited));
    for (int c = 0; c < 21; ++c) a.ask();
    const std::vector<std::uint8_t> state = a.saved();
    RosterRig b(seat_of("complete", 5, latency), with(Lateness::awaited));
    ASSERT_TRUE(b.restore(state));
    EXPECT_EQ(b.saved(), state);
    b.cycle = a.cycle;
    for (int c = 0; c < 20; ++c) {
      const Proposal& pa = a.ask();
      const Proposal& pb = b.ask();
      ASSERT_EQ(pa.value, pb.value);
      ASSERT_EQ(pa.job, pb.job);
      ASSERT_EQ(pa.status, pb.status);
      ASSERT_EQ(pa.inputs_sequence, pb.inputs_sequence);
    }
    EXPECT_NE(a.proposals[0].value[0], a.reference[0]);  // it did integrate
  }
}

TEST(RosterState, WithoutStateItIsInFaultUntilRestarted) {
  for (const std::uint32_t latency : {0U, 3U}) {
    RosterRig a(seat_of("well_behaved", 5, latency), with(Lateness::awaited));
    for (int c = 0; c < 21; ++c) a.ask();  // with latency 3 a step is under way
    RosterRig b(seat_of("well_behaved", 5, latency), with(Lateness::awaited));
    ASSERT_TRUE(b.restore(a.saved()));
    b.cycle = a.cycle;
    for (int c = 0; c < 10; ++c) {
      ASSERT_EQ(b.ask().status, ProposalStatus::fault);
      ASSERT_EQ(b.proposals[0].reason, Reason::state_not_restored);
    }
    EXPECT_EQ(b.serve(IntentKind::restart_controller), Reason::none);
    for (int c = 0; c < 10; ++c) b.ask();
    EXPECT_EQ(b.proposals[0].status, ProposalStatus::ok);
  }
}

TEST(RosterState, BytesOfAnotherShapeAreRefused) {
  RosterRig a(seat_of("complete", 1, 0), with(Lateness::awaited));
  std::vector<std::uint8_t> state = a.saved();
  state.resize(state.size() - 1);
  RosterRig b(seat_of("complete", 1, 0), with(Lateness::awaited));
  EXPECT_FALSE(b.restore(state));
}

TEST(Roster, WorkersAreDealtTheProcessorsInTurnAndAnAbsentOneIsNamed) {
  RosterSettings settings;
  settings.worker_cpus = {0, 1022};
  std::vector<Seat> seats;
  seats.push_back(seat_of("well_behaved", 1, 1));
  seats.push_back(seat_of("well_behaved", 1, 0));  // in the cycle: no worker
  seats.push_back(seat_of("well_behaved", 1, 1));
  const RosterRig rig(std::move(seats), settings);
  const std::vector<std::string>& lines = rig.roster.worker_lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "worker of controller well_behaved: cpu 0: pinned");
  EXPECT_EQ(lines[1], "worker of controller well_behaved: cpu 1022: not pinned (Invalid argument)");
}

}  // namespace
}  // namespace saggar::control
