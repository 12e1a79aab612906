// When an estimate takes effect, how long it stands, and what becomes of one that is late or
// broken.
#include "runtime/estimate/estimators.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::estimate {
namespace {

using domain::EstimatorReport;
using domain::JobFact;
using domain::ProposalStatus;
using domain::Quality;
using domain::Reason;
using domain::SubStatus;
using exchange::Lateness;

constexpr std::size_t kFirst = 3;  ///< entries of others before those of the animal

EstimatorSeat seat_of(const std::string& animal, std::uint32_t period, std::uint32_t latency,
                      double from_cycle = 1e9, double until_cycle = 1e9) {
  host::InstanceSpec spec =
      host::spec_of({{"from_cycle", from_cycle, {}}, {"until_cycle", until_cycle, {}}});
  spec.role = host::Role::estimator;
  spec.latency_cycles = latency;
  auto created = host::instantiate(host::open_animal(animal), host::small(), spec);
  if (!created.ok()) throw std::runtime_error(created.error().text());
  auto configured = std::move(created).value().configure();
  if (!configured.ok()) throw std::runtime_error(configured.error().text());
  auto active = std::move(configured).value().activate();
  if (!active.ok()) throw std::runtime_error(active.error().text());
  return {animal, std::move(active).value(), period, latency, kFirst};
}

EstimatorSettings with(Lateness lateness, bool threads = true) {
  EstimatorSettings s;
  s.lateness = lateness;
  s.threads = threads;
  s.first_id = 4;
  return s;
}

/// The animal and what it is asked with: in cycle c every temperature is 700 + c.
class Rig {
 public:
  Rig(EstimatorSeat seat, const EstimatorSettings& settings)
      : estimators(one(std::move(seat)), settings), record(host::small(), kFirst + 2, {}, 1) {}

  const EstimatorReport& cycle(const domain::Record* facts = nullptr) {
    record.cycle = ++count;
    domain::Frame& screened = record.screened;
    screened.sequence = 100 + count;
    screened.time_ns = static_cast<std::int64_t>(count) * 1'000'000'000;
    for (domain::Sample& s : screened.samples) {
      s = {700 + static_cast<double>(count), screened.time_ns, Quality::good, SubStatus::none};
    }
    events.clear();
    estimators.estimate(record, fresh, facts);
    return reports[0];
  }
  Reason restart(domain::ControllerId id = 4) {
    domain::Intent intent;
    intent.kind = domain::IntentKind::restart_controller;
    intent.controller = id;
    return estimators.serve(intent);
  }
  const EstimatorReport& cycles(int n) {
    for (int i = 1; i < n; ++i) cycle();
    return cycle();
  }
  const domain::Sample& mean() const { return out.samples[kFirst]; }
  std::vector<std::uint8_t> saved() {
    std::vector<std::uint8_t> bytes;
    auto archive = domain::Archive::saving(bytes);
    estimators.serialize(archive);
    return bytes;
  }
  bool restore(const std::vector<std::uint8_t>& bytes) {
    auto archive = domain::Archive::loading(bytes.data(), bytes.size());
    estimators.serialize(archive);
    return archive.ok() && archive.at_end();
  }

  Estimators estimators;
  domain::Record record;
  domain::Estimate& out = record.estimate;
  std::vector<EstimatorReport>& reports = record.estimators;
  domain::Bounded<domain::Event>& events = record.events;
  std::uint64_t count = 0;
  bool fresh = true;

 private:
  static std::vector<EstimatorSeat> one(EstimatorSeat seat) {
    std::vector<EstimatorSeat> seats;
    seats.push_back(std::move(seat));
    return seats;
  }
};

// Steps at cycles 5, 10, ..; three cycles later, and in none before or after, it takes effect.
TEST(Estimators, AnEstimateTakesEffectExactlyLatencyCyclesAfterItsInputs) {
  for (const bool threads : {false, true}) {
    Rig rig(seat_of("estimates", 5, 3), with(Lateness::awaited, threads));
    EXPECT_EQ(rig.estimators.tags(), 2U);
    for (std::uint64_t c = 1; c <= 40; ++c) {
      const EstimatorReport& r = rig.cycle();
      if (c < 8) {
        ASSERT_EQ(r.status, ProposalStatus::pending) << c;
        ASSERT_EQ(rig.mean().quality, Quality::bad) << c;
        ASSERT_EQ(rig.mean().sub_status, SubStatus::never_received) << c;
        continue;
      }
      const std::uint64_t inputs = 5 * ((c - 3) / 5);
      ASSERT_EQ(r.status, ProposalStatus::ok) << c;
      ASSERT_EQ(r.inputs_sequence, 100 + inputs) << c;
      ASSERT_EQ(r.job, c == inputs + 3 ? JobFact::fresh : JobFact::none) << c;
      ASSERT_EQ(rig.mean().value, 700 + static_cast<double>(inputs)) << c;
      ASSERT_EQ(rig.mean().time_ns, static_cast<std::int64_t>(inputs) * 1'000'000'000) << c;
      ASSERT_EQ(rig.mean().quality, Quality::good) << c;
      ASSERT_EQ(rig.out.sigma[kFirst], 1.5) << c;
    }
  }
}

TEST(Estimators, LatencyZeroTakesEffectInTheSameCycle) {
  Rig rig(seat_of("estimates", 4, 0), with(Lateness::awaited));
  rig.cycles(4);
  EXPECT_EQ(rig.mean().value, 704);
  rig.cycles(3);
  EXPECT_EQ(rig.mean().value, 704);
  rig.cycle();
  EXPECT_EQ(rig.mean().value, 708);
}

TEST(Estimators, EntriesOfOthersAreLeftAlone) {
  Rig rig(seat_of("estimates", 1, 0), with(Lateness::awaited));
  rig.out.samples[kFirst - 1].value = 42;
  rig.cycles(3);
  EXPECT_EQ(rig.out.samples[kFirst - 1].value, 42);
}

// Taken at cycle 4; without fresh inputs nothing follows, and two periods later it is bad.
TEST(Estimators, AnEstimateThatIsNotFollowedStandsForOnePeriodMoreAndIsThenBad) {
  Rig rig(seat_of("estimates", 4, 0), with(Lateness::awaited));
  rig.cycles(4);
  rig.fresh = false;
  rig.cycles(7);  // cycle 11
  EXPECT_EQ(rig.mean().quality, Quality::good);
  EXPECT_EQ(rig.mean().value, 704);
  rig.cycle();
  EXPECT_EQ(rig.mean().quality, Quality::bad);
  EXPECT_EQ(rig.mean().sub_status, SubStatus::stale);
  EXPECT_EQ(rig.mean().value, 704);  // for the screen
  EXPECT_TRUE(std::isinf(rig.out.sigma[kFirst]));
  rig.fresh = true;
  rig.cycles(4);
  EXPECT_EQ(rig.mean().quality, Quality::good);
}

// Its step takes 50 ms; in wall pacing nobody waits, and cycles here take microseconds.
TEST(Estimators, OneThatIsLateIsDroppedAndTheLastStands) {
  Rig rig(seat_of("estimates_late", 2, 1, 4, 5), with(Lateness::measured));
  while (rig.cycle().status != ProposalStatus::ok && rig.count < 4) {
    while (!rig.estimators.at_rest()) {
    }
  }
  // Cycle 4 begins a slow one, due at 5.
  while (rig.count < 4) rig.cycle();
  EXPECT_EQ(rig.cycle().status, ProposalStatus::late);
  EXPECT_EQ(rig.reports[0].job, JobFact::late);
  EXPECT_EQ(rig.mean().value, 702);
  EXPECT_EQ(rig.mean().quality, Quality::good);
  while (!rig.estimators.at_rest()) {
  }
  rig.cycles(2);  // cycle 6 begins another; 7 has it if the thread was quick, else 9
  EXPECT_NE(rig.mean().value, 704);
}

TEST(Estimators, ReplayIsLateAndBusyWhereTheRecordSaysSo) {
  Rig rig(seat_of("estimates", 2, 1), with(Lateness::repeated));
  domain::Record facts(host::small(), kFirst + 2, {}, 1);
  const auto with_fact = [&](JobFact job) {
    facts.estimators[0].job = job;
    return rig.cycle(&facts);
  };
  with_fact(JobFact::none);
  with_fact(JobFact::none);
  EXPECT_EQ(with_fact(JobFact::fresh).status, ProposalStatus::ok);
  with_fact(JobFact::none);
  EXPECT_EQ(with_fact(JobFact::late).status, ProposalStatus::late);
  EXPECT_EQ(rig.mean().value, 702);
  EXPECT_EQ(with_fact(JobFact::skipped).job, JobFact::skipped);
  EXPECT_EQ(with_fact(JobFact::none).inputs_sequence, 102U);
}

TEST(Estimators, OneInFaultIsBadUntilAPersonRestartsIt) {
  for (const auto& [animal, why] : {std::pair("estimates_in_fault", Reason::plugin_fault),
                                    std::pair("estimates_and_throws", Reason::plugin_threw),
                                    std::pair("estimates_too_few", Reason::wrong_shape)}) {
    Rig rig(seat_of(animal, 1, 0, 3, 4), with(Lateness::awaited));
    EXPECT_EQ(rig.cycles(2).status, ProposalStatus::ok) << animal;
    EXPECT_EQ(rig.restart(), Reason::nothing_to_do) << animal;
    EXPECT_EQ(rig.cycle().status, ProposalStatus::fault) << animal;
    EXPECT_EQ(rig.reports[0].reason, why) << animal;
    ASSERT_EQ(rig.events.size(), 1U) << animal;
    EXPECT_EQ(rig.events[0].code, domain::EventCode::controller_fault) << animal;
    EXPECT_EQ(rig.events[0].a, 4) << animal;
    EXPECT_EQ(rig.events[0].b, static_cast<std::uint16_t>(why)) << animal;
    EXPECT_EQ(rig.cycles(5).status, ProposalStatus::fault) << animal;
    EXPECT_EQ(rig.events.size(), 0U) << animal;
    EXPECT_EQ(rig.mean().quality, Quality::bad) << animal;
    EXPECT_EQ(rig.restart(), Reason::none) << animal;
    EXPECT_EQ(rig.cycle().status, ProposalStatus::ok) << animal;
    EXPECT_EQ(rig.mean().value, 709) << animal;
    EXPECT_EQ(rig.out.samples[kFirst + 1].value, 1) << animal;  // it began anew
  }
  Rig rig(seat_of("estimates", 1, 0), with(Lateness::awaited));
  EXPECT_EQ(rig.restart(5), Reason::unknown_tag);
}

TEST(Estimators, WithNothingToSayItsTagsAreBadAndComeBack) {
  Rig rig(seat_of("estimates_nothing", 1, 0, 3, 4), with(Lateness::awaited));
  rig.cycles(3);
  EXPECT_EQ(rig.reports[0].status, ProposalStatus::none);
  EXPECT_EQ(rig.mean().quality, Quality::bad);
  EXPECT_EQ(rig.cycle().status, ProposalStatus::ok);
  EXPECT_EQ(rig.mean().quality, Quality::good);
}

// Cycle 3 alone has a finding, of zone 2, top loop: told once at each end.
TEST(Estimators, AFindingIsToldWhenItBeginsAndWhenItEnds) {
  Rig rig(seat_of("estimates", 1, 0, 3, 5), with(Lateness::awaited));
  EXPECT_EQ(rig.estimators.causes(),
            (std::vector<std::string>{"estimates: sensor drift", "estimates: blocked port"}));
  rig.cycles(2);
  EXPECT_EQ(rig.events.size(), 0U);
  rig.cycle();
  ASSERT_EQ(rig.events.size(), 1U);
  EXPECT_EQ(rig.events[0].code, domain::EventCode::estimator_finding);
  EXPECT_EQ(rig.events[0].a, 0);
  EXPECT_EQ(domain::FindingPlace::unpack(rig.events[0].b).zone, 1U);
  EXPECT_EQ(domain::FindingPlace::unpack(rig.events[0].b).element, 0U);
  EXPECT_EQ(rig.events[0].x, 5.5);
  EXPECT_EQ(rig.events[0].y, 3);
  rig.cycle();
  EXPECT_EQ(rig.events.size(), 0U);  // it stands
  rig.cycle();
  ASSERT_EQ(rig.events.size(), 1U);
  EXPECT_EQ(rig.events[0].code, domain::EventCode::estimator_finding_ended);
}

TEST(Estimators, AFindingOfOneThatFallsIntoFaultEndsWithIt) {
  Rig rig(seat_of("estimates_and_throws", 1, 0, 3, 4), with(Lateness::awaited));
  rig.cycles(3);
  ASSERT_EQ(rig.events.size(), 1U);  // the fault alone: it threw before it said what it found
  EXPECT_EQ(rig.events[0].code, domain::EventCode::controller_fault);
}

std::uint64_t growing() noexcept {
  static std::uint64_t count = 0;
  return ++count;
}

TEST(Estimators, OneThatAllocatesInsideTheCycleIsInFault) {
  EstimatorSettings watched = with(Lateness::awaited);
  watched.allocations = growing;
  Rig rig(seat_of("estimates", 1, 0), watched);
  EXPECT_EQ(rig.cycle().reason, Reason::allocated);
  EXPECT_EQ(rig.mean().quality, Quality::bad);
}

TEST(Estimators, ARestoredOneGoesOnAsTheStraightOneWhateverIsUnderWay) {
  for (const std::uint32_t latency : {0U, 3U}) {
    Rig a(seat_of("estimates", 5, latency), with(Lateness::awaited));
    a.cycles(11);  // with latency 3 the step of cycle 10 is under way
    const std::vector<std::uint8_t> state = a.saved();
    Rig b(seat_of("estimates", 5, latency), with(Lateness::awaited));
    ASSERT_TRUE(b.restore(state));
    b.count = a.count;
    for (int i = 0; i < 20; ++i) {
      a.cycle();
      b.cycle();
      ASSERT_EQ(a.reports[0].inputs_sequence, b.reports[0].inputs_sequence) << i;
      for (std::size_t k = kFirst; k < kFirst + 2; ++k) {
        ASSERT_EQ(a.out.samples[k].value, b.out.samples[k].value) << i;
        ASSERT_EQ(a.out.samples[k].time_ns, b.out.samples[k].time_ns) << i;
      }
    }
    EXPECT_EQ(a.saved(), b.saved());
  }
}

// The worker makes no difference to what is given, nor to the bytes of the state.
TEST(Estimators, TwoWorkersGiveWhatNoneGives) {
  Rig none(seat_of("estimates", 3, 2), with(Lateness::awaited, false));
  Rig first(seat_of("estimates", 3, 2), with(Lateness::awaited));
  Rig second(seat_of("estimates", 3, 2), with(Lateness::awaited));
  for (int i = 0; i < 200; ++i) {
    none.cycle();
    first.cycle();
    second.cycle();
    if (i < 4) continue;
    ASSERT_EQ(none.mean().value, first.mean().value) << i;
    ASSERT_EQ(none.mean().value, second.mean().value) << i;
  }
  EXPECT_EQ(none.saved(), first.saved());
  EXPECT_EQ(none.saved(), second.saved());
}

}  // namespace
}  // namespace saggar::estimate
