#include "runtime/operate/applications.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "runtime/operate/mode_engine.hpp"
#include "tests/support/plants.hpp"

namespace saggar::testing {
namespace {

using domain::AppState;
using domain::Duty;
using domain::Mode;
using domain::Reason;
using operate::Condition;
using operate::Conditions;
using operate::Permissive;

constexpr std::size_t kHeat = 0;

/// Sets of conditions that can hold together in one cycle.
bool possible(Conditions c) {
  const auto has = [&](Condition x) { return (c & static_cast<Conditions>(x)) != 0; };
  const bool taken = has(Condition::some_taken) != has(Condition::none_taken) &&
                     has(Condition::all_taken) != has(Condition::not_all_taken) &&
                     !(has(Condition::all_taken) && !has(Condition::some_taken)) &&
                     !(has(Condition::all_taken) && !has(Condition::settled));
  return taken && has(Condition::permitted) != has(Condition::not_permitted) &&
         !(has(Condition::tracking) && has(Condition::not_tracking)) &&
         !(has(Condition::on_wanted) && has(Condition::off_wanted));
}

using Edge = std::pair<AppState, AppState>;

const std::set<Edge>& allowed() {
  static const std::set<Edge> kAllowed = {{AppState::off, AppState::prepare},
                                          {AppState::prepare, AppState::off},
                                          {AppState::prepare, AppState::ready},
                                          {AppState::prepare, AppState::fault},
                                          {AppState::ready, AppState::off},
                                          {AppState::ready, AppState::prepare},
                                          {AppState::ready, AppState::switch_on},
                                          {AppState::switch_on, AppState::switch_off},
                                          {AppState::switch_on, AppState::on},
                                          {AppState::switch_on, AppState::on_partial},
                                          {AppState::on_partial, AppState::switch_off},
                                          {AppState::on_partial, AppState::on},
                                          {AppState::on, AppState::switch_off},
                                          {AppState::on, AppState::on_partial},
                                          {AppState::switch_off, AppState::off},
                                          {AppState::switch_off, AppState::fault},
                                          {AppState::fault, AppState::off}};
  return kAllowed;
}
bool runs(AppState s) {
  return s == AppState::switch_on || s == AppState::on_partial || s == AppState::on;
}
bool holds(Conditions c, Condition x) { return (c & static_cast<Conditions>(x)) != 0; }

/// What is wrong with taking `t` under conditions `c`; empty if nothing.
std::string wrong(const operate::Transition& t, Conditions c) {
  const std::string edge = std::string(name(t.from)) + " to " + std::string(name(t.to));
  if (allowed().count({t.from, t.to}) == 0) return edge + " is not allowed";
  // SC-16, SC-75: nothing drives that was not READY and permitted.
  if (t.to == AppState::switch_on &&
      (t.from != AppState::ready || !holds(c, Condition::permitted))) {
    return edge + " without READY and permission";
  }
  // SC-18: a driving state is left only through SWITCH_OFF, and that only with its fallback.
  if (runs(t.from) && (t.to == AppState::off || t.to == AppState::fault)) return edge + " at once";
  if (t.from == AppState::switch_off && t.to == AppState::off &&
      !holds(c, Condition::fallback_runs)) {
    return edge + " without fallback";
  }
  return "";
}

// SC-15: the whole graph, by breadth over states and every possible set of conditions.
TEST(ApplicationGraph, ModelCheckOfAllPaths) {
  std::set<AppState> seen{AppState::off};
  std::vector<AppState> frontier{AppState::off};
  std::set<Edge> taken;
  std::set<const operate::Transition*> rows;
  while (!frontier.empty()) {
    const AppState from = frontier.back();
    frontier.pop_back();
    for (unsigned c = 0; c < (1U << 14); ++c) {
      const auto conditions = static_cast<Conditions>(c);
      if (!possible(conditions)) continue;
      const operate::Transition* t = operate::next(from, conditions);
      // SC-77 and SC-91: whatever else is true, off and a lost permissive end what runs.
      if (runs(from) && (holds(conditions, Condition::off_wanted) ||
                         holds(conditions, Condition::not_permitted))) {
        ASSERT_NE(t, nullptr);
        ASSERT_EQ(t->to, AppState::switch_off);
      }
      if (t == nullptr) continue;
      ASSERT_EQ(t->from, from);
      ASSERT_EQ(wrong(*t, conditions), "");
      taken.insert({t->from, t->to});
      rows.insert(t);
      if (seen.insert(t->to).second) frontier.push_back(t->to);
    }
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(domain::kAppStateCount));  // all reachable
  EXPECT_EQ(taken, allowed());                            // all allowed ones taken
  EXPECT_EQ(rows.size(), operate::transitions().size());  // no dead row
}

/// Modes and applications together, with a field that goes remote when asked.
struct Line {
  Line()
      : plant(small_plant(2)),
        modes(plant),
        applications(plant),
        frame(plant.tags.size()),
        proposal(4) {
    proposal.status = domain::ProposalStatus::ok;
    for (std::size_t i = 0; i < 4; ++i) {
      set(plant.mvs[i].working, 750);
      set(plant.mvs[i].remote, 0);
      set(plant.mvs[i].pv, 749);
      proposal.value[i] = 750.1;
    }
    for (std::size_t p = 0; p < operate::kPermissiveCount; ++p) {
      outside[static_cast<Permissive>(p)] = operate::permissive_table()[p].needed;
    }
  }
  void set(domain::TagId tag, double value, domain::Quality quality = domain::Quality::good) {
    frame.samples[tag] = {value, time_ns, quality, domain::SubStatus::none};
  }
  void step(double dt_s = 1) {
    time_ns += static_cast<std::int64_t>(dt_s * 1e9);
    ++cycle;
    operate::ApplicationInputs in{cycle, time_ns, 10, {}, {}, {}, frame, modes.blocks()};
    if (proposes) in.proposals[kHeat] = &proposal;
    in.permissives[kHeat] = outside;
    in.fallback_runs[kHeat] = fallback;
    applications.update(in, events);
    events.clear();
    modes.update({cycle, time_ns, 10, frame, link_up, true, applications.states()}, events);
    for (std::size_t i = 0; i < 4; ++i) {
      const bool follows = modes.source(static_cast<domain::MvId>(i)) != domain::Source::none;
      if (!stubborn.count(i)) set(plant.mvs[i].remote, follows ? 1 : 0);
    }
    path.push_back(state());
  }
  void steps(int n) {
    for (int k = 0; k < n; ++k) step();
  }
  AppState state() const { return applications.state(Duty::heat); }
  /// Cycles until the state is reached, at most `limit`; -1 if never.
  int until(AppState wanted, int limit) {
    for (int k = 0; k < limit; ++k) {
      if (state() == wanted) return k;
      step();
    }
    return state() == wanted ? limit : -1;
  }

  domain::Plant plant;
  operate::ModeEngine modes;
  operate::Applications applications;
  domain::Frame frame;
  domain::Proposal proposal;
  operate::Permissives outside;
  domain::Bounded<domain::Event> events{64};
  std::set<std::size_t> stubborn;
  std::vector<AppState> path;
  std::int64_t time_ns = 0;
  std::uint64_t cycle = 0;
  bool proposes = true, fallback = false, link_up = true;
};

TEST(Applications, SwitchOnPassesPrepareAndReadyAndTakesThreePeriodsOfTracking) {  // SC-16
  Line line;
  EXPECT_EQ(line.applications.switch_on(Duty::heat), Reason::none);
  line.step();
  EXPECT_EQ(line.state(), AppState::prepare);
  for (domain::MvId mv = 0; mv < 4; ++mv) EXPECT_EQ(line.modes.source(mv), domain::Source::none);
  const int waited = line.until(AppState::ready, 100);
  EXPECT_GE(waited, 28);  // 3 periods of 10 s
  EXPECT_LE(waited, 31);
  EXPECT_GE(line.until(AppState::on, 10), 0);
  for (domain::MvId mv = 0; mv < 4; ++mv) EXPECT_EQ(line.modes.blocks()[mv].actual, Mode::rcas);
}

TEST(Applications, StaysOnWhileNothingChanges) {
  Line line;
  line.applications.switch_on(Duty::heat);
  ASSERT_GE(line.until(AppState::on, 100), 0);
  for (int k = 0; k < 1000; ++k) {
    line.step();
    ASSERT_EQ(line.state(), AppState::on);
  }
}

TEST(Applications, StaysInPrepareWhileProposalsAreFarFromTheWorkingSetpoints) {  // SC-16: 0.2 K
  Line line;
  line.proposal.value[2] = 750.21;
  line.applications.switch_on(Duty::heat);
  line.steps(300);
  EXPECT_EQ(line.state(), AppState::prepare);
  line.proposal.value[2] = 750.19;
  EXPECT_GE(line.until(AppState::ready, 40), 28);
}

TEST(Applications, ReadyThatNoLongerTracksGoesBackToPrepareAndSaysWhy) {  // SC-16
  Line line;
  line.outside[operate::permissive_table()[0].id] = NAN;  // waits in READY
  line.applications.switch_on(Duty::heat);
  ASSERT_GE(line.until(AppState::ready, 100), 0);
  line.proposal.value[1] = 750.21;  // 0.2 K is the most
  line.step();
  EXPECT_EQ(line.state(), AppState::prepare);
  EXPECT_EQ(line.applications.reason(Duty::heat), Reason::not_tracking);
  line.proposal.value[1] = 750.19;
  EXPECT_GE(line.until(AppState::ready, 40), 28) << "three periods again";
}

TEST(Applications, PrepareThatNeverTracksEndsInFaultAndIsAcknowledged) {
  Line line;
  line.proposes = false;
  line.applications.switch_on(Duty::heat);
  EXPECT_GE(line.until(AppState::fault, 700), 600);
  EXPECT_EQ(line.applications.reason(Duty::heat), Reason::time_limit);
  EXPECT_EQ(line.applications.switch_on(Duty::heat), Reason::no_transition);
  EXPECT_EQ(line.applications.acknowledge(Duty::heat), Reason::none);
  line.step();
  EXPECT_EQ(line.state(), AppState::off);
}

TEST(Applications, EachPermissiveAloneBlocksAndIsNamed) {  // SC-75, SC-76
  for (std::size_t p = 0; p < operate::kPermissiveCount; ++p) {
    const operate::PermissiveRow& row = operate::permissive_table()[p];
    EXPECT_EQ(static_cast<std::size_t>(row.id), p);
    EXPECT_FALSE(row.english.empty() || row.korean.empty() || row.who_clears.empty());
    Line line;
    line.outside[row.id] = row.at_most ? row.needed + 1 : row.needed - 0.5;
    line.applications.switch_on(Duty::heat);
    line.steps(200);
    EXPECT_EQ(line.state(), AppState::ready) << row.english;
    EXPECT_EQ(line.applications.missing(Duty::heat), 1U << p) << row.english;
    line.outside[row.id] = row.needed;
    EXPECT_GE(line.until(AppState::on, 10), 0) << row.english;
    // SC-77: its loss while on switches off, where the table says that it must be kept.
    line.outside[row.id] = NAN;
    line.step();
    EXPECT_EQ(line.state(), row.keeps ? AppState::switch_off : AppState::on) << row.english;
    if (row.keeps) {
      EXPECT_EQ(line.applications.reason(Duty::heat), Reason::permissive_missing);
    }
  }
}

TEST(Applications, SwitchOffKeepsItsMvsUntilTheFallbackRuns) {  // SC-18
  Line line;
  line.applications.switch_on(Duty::heat);
  ASSERT_GE(line.until(AppState::on, 100), 0);
  EXPECT_EQ(line.applications.switch_off(Duty::heat), Reason::none);
  line.steps(5);
  EXPECT_EQ(line.state(), AppState::switch_off);
  EXPECT_TRUE(line.applications.leaving(Duty::heat));
  for (domain::MvId mv = 0; mv < 4; ++mv)
    EXPECT_EQ(line.modes.source(mv), domain::Source::controller);
  line.fallback = true;
  line.step();
  EXPECT_EQ(line.state(), AppState::off);
  EXPECT_EQ(line.applications.reason(Duty::heat), Reason::application_off);
  for (domain::MvId mv = 0; mv < 4; ++mv) EXPECT_EQ(line.modes.source(mv), domain::Source::none);
}

TEST(Applications, AFallbackThatNeverRunsEndsInFaultAndReleases) {
  Line line;
  line.applications.switch_on(Duty::heat);
  ASSERT_GE(line.until(AppState::on, 100), 0);
  line.applications.switch_off(Duty::heat);
  EXPECT_GE(line.until(AppState::fault, 100), 60);
  EXPECT_EQ(line.modes.source(0), domain::Source::none);
}

TEST(Applications, SomeMvsExcludedIsOnPartial) {  // SC-17: half of them
  Line line;
  for (domain::MvId mv = 0; mv < 2; ++mv) {
    line.modes.request(mv, Mode::man, operate::Authority::operator_);
  }
  line.applications.switch_on(Duty::heat);
  ASSERT_GE(line.until(AppState::on_partial, 100), 0);
  EXPECT_EQ(line.modes.owner(0), operate::Owner::person);
  EXPECT_EQ(line.modes.owner(2), operate::Owner::application);
  line.modes.request(0, Mode::rcas, operate::Authority::operator_);
  line.modes.request(1, Mode::rcas, operate::Authority::operator_);
  EXPECT_GE(line.until(AppState::on, 10), 0);
  line.modes.request(3, Mode::cas, operate::Authority::operator_);
  EXPECT_GE(line.until(AppState::on_partial, 5), 0);
  for (domain::MvId mv = 0; mv < 3; ++mv) {
    line.modes.request(mv, Mode::cas, operate::Authority::operator_);
  }
  EXPECT_GE(line.until(AppState::switch_off, 5), 0);  // nothing left to drive
  EXPECT_EQ(line.applications.reason(Duty::heat), Reason::cascade_open);
}

TEST(Applications, AnMvThatDoesNotFollowMakesItPartialAfterTheTimeLimit) {
  Line line;
  line.stubborn = {1};
  line.applications.switch_on(Duty::heat);
  ASSERT_GE(line.until(AppState::switch_on, 100), 0);
  EXPECT_GE(line.until(AppState::on_partial, 100), 60);
}

TEST(Applications, AnswersOfSwitchOnAndOff) {
  Line line;
  EXPECT_EQ(line.applications.switch_off(Duty::heat), Reason::nothing_to_do);
  EXPECT_EQ(line.applications.switch_on(Duty::heat), Reason::none);
  EXPECT_EQ(line.applications.switch_on(Duty::heat), Reason::busy);
  line.step();
  EXPECT_EQ(line.applications.switch_on(Duty::heat), Reason::busy);
  ASSERT_GE(line.until(AppState::on, 100), 0);
  EXPECT_EQ(line.applications.switch_on(Duty::heat), Reason::nothing_to_do);
  EXPECT_EQ(line.applications.switch_on(Duty::transport), Reason::not_supported);  // no such MVs
}

TEST(Applications, ResumesOnlyWhatNoPersonEndedAndSaysWhy) {  // SC-06
  Line line;
  line.applications.resume(Duty::heat);
  line.steps(3);
  EXPECT_EQ(line.state(), AppState::off) << "was never on";
  line.applications.switch_on(Duty::heat);
  ASSERT_GE(line.until(AppState::on, 100), 0);
  line.outside[Permissive::link] = 0;
  line.fallback = true;
  ASSERT_GE(line.until(AppState::off, 10), 0);
  line.outside[Permissive::link] = 1;
  line.fallback = false;
  line.applications.resume(Duty::heat);
  line.step();
  EXPECT_EQ(line.state(), AppState::prepare);
  EXPECT_EQ(line.applications.reason(Duty::heat), Reason::returned);
  line.applications.switch_off(Duty::heat);
  line.steps(2);
  line.applications.resume(Duty::heat);
  line.steps(3);
  EXPECT_EQ(line.state(), AppState::off) << "a person wanted it off";
}

TEST(Applications, SavesAndRestores) {
  Line a;
  a.applications.switch_on(Duty::heat);
  ASSERT_GE(a.until(AppState::ready, 100), 0);
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  a.applications.serialize(out);
  operate::Applications b(a.plant);
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  b.serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  EXPECT_EQ(b.state(Duty::heat), AppState::ready);
}

}  // namespace
}  // namespace saggar::testing
