// Every ordered pair of owners hands over within the bump limits of SC-55, in the closed loop.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

using domain::IntentKind;
using domain::Mode;

enum class Owner { pid, hold, operator_man, operator_auto, recipe };
constexpr Owner kOwners[] = {Owner::pid, Owner::hold, Owner::operator_man, Owner::operator_auto,
                             Owner::recipe};
const char* name(Owner owner) {
  switch (owner) {
    case Owner::pid:
      return "pid";
    case Owner::hold:
      return "hold";
    case Owner::operator_man:
      return "man";
    case Owner::operator_auto:
      return "auto";
    default:
      return "cas";
  }
}

constexpr double kBump_K = 0.1 + 1e-9;
constexpr int kFollowed_s = 900;

/// Follows each heating MV of a run to its first write after the hand-over. A write of less than
/// one resolution step is not sent (SC-39), so that may be many cycles later.
class FirstWrites {
 public:
  explicit FirstWrites(const domain::Plant& plant)
      : plant_(plant), heat_(plant.of(domain::Duty::heat)) {
    waiting_ = heat_;
  }
  /// The working setpoints that the next cycle is compared with.
  void before(const domain::Record& record) {
    working_.resize(plant_.mvs.size());
    for (const domain::MvId mv : heat_) {
      working_[mv] = record.frame.samples[plant_.mvs[mv].working].value;
    }
  }
  void after(const domain::Record& record, bool at_once) {
    std::erase_if(waiting_, [&](domain::MvId mv) {
      if (record.command.action[mv] != domain::Action::write) return false;
      const double step = std::abs(record.command.value[mv] - working_[mv]);
      double& largest = at_once ? at_once_K : later_K;
      largest = std::max(largest, step);
      at_once ? ++at_once_count : ++later_count;
      return true;
    });
  }
  std::size_t never_count() const { return waiting_.size(); }

  double at_once_K = 0, later_K = 0;
  std::size_t at_once_count = 0, later_count = 0;

 private:
  const domain::Plant& plant_;
  std::vector<domain::MvId> heat_, waiting_;
  std::vector<double> working_;
};

class HandOver : public ::testing::TestWithParam<std::tuple<Owner, Owner>> {
 protected:
  void give(suite::InProcess& run, Owner to) {
    domain::Intent intent;
    intent.id = ++ids_;
    intent.duty = domain::Duty::heat;
    intent.who.assign("operator");
    intent.station.assign("panel");
    intent.reason.assign("hand-over test");
    intent.kind = IntentKind::set_mode;
    switch (to) {
      case Owner::hold:
        intent.kind = IntentKind::hold;
        break;
      case Owner::pid:
        intent.mode = Mode::rcas;
        if (held_) {
          intent.kind = IntentKind::climb;
          intent.rung = 0;
        }
        break;
      case Owner::operator_man:
        intent.mode = Mode::man;
        break;
      case Owner::operator_auto:
        intent.mode = Mode::auto_;
        break;
      case Owner::recipe:
        intent.mode = Mode::cas;
        break;
    }
    held_ = to == Owner::hold;
    run.offer(intent);
  }
  /// A run in which `from` owns the heat.
  std::unique_ptr<suite::InProcess> prepare(Owner from) {
    held_ = false;
    auto run = testing::start(testing::p2_files());
    testing::switch_on(*run);
    run->cycles(600);
    if (from != Owner::pid) {
      give(*run, from);
      run->cycles(300);
    }
    return run;
  }

  static void one_cycle(suite::InProcess& run, FirstWrites* writes) {
    if (writes != nullptr) writes->before(run.record());
    run.cycle();
    if (writes != nullptr) writes->after(run.record(), false);
  }

  /// Power output per heating MV, in percent, meaned over a minute: sensor noise is not a bump.
  static std::vector<double> mean_output(suite::InProcess& run, FirstWrites* writes) {
    const std::vector<domain::MvId> heat = run.plant().of(domain::Duty::heat);
    std::vector<double> mean(heat.size(), 0.0);
    for (int s = 0; s < 60; ++s) {
      one_cycle(run, writes);
      for (std::size_t k = 0; k < heat.size(); ++k) {
        mean[k] += run.record().frame.samples[run.plant().mvs[heat[k]].output].value / 60.0;
      }
    }
    return mean;
  }

  std::uint64_t ids_ = 100;
  bool held_ = false;
};

TEST_P(HandOver, TheFirstWriteAndThePowerStayWithinTheBumpLimits) {  // SC-55
  const auto [from, to] = GetParam();
  // Two equal runs; the hand-over happens in one of them, so that the difference is its effect.
  auto run = prepare(from);
  auto twin = prepare(from);
  FirstWrites writes(run->plant());
  give(*run, to);
  writes.before(run->record());
  run->cycle();
  twin->cycle();
  writes.after(run->record(), true);
  ASSERT_EQ(run->record().answers.size(), 1U);
  EXPECT_EQ(run->record().answers[0].kind, domain::AnswerKind::done)
      << domain::name(run->record().answers[0].reason);

  const std::vector<double> output = mean_output(*run, &writes);  // of the first 60 s
  const std::vector<double> without = mean_output(*twin, nullptr);
  double bump = 0;
  for (std::size_t i = 0; i < output.size(); ++i) {
    bump = std::max(bump, std::abs(output[i] - without[i]));
  }
  EXPECT_LE(bump, 0.5) << "percent of the power span";
  for (int s = 60; s < kFollowed_s && writes.never_count() > 0; ++s) one_cycle(*run, &writes);

  EXPECT_LE(writes.at_once_K, kBump_K);
  EXPECT_LE(writes.later_K, kBump_K);
  RecordProperty("at_once_K", std::to_string(writes.at_once_K));
  RecordProperty("later_K", std::to_string(writes.later_K));
  RecordProperty("at_once", std::to_string(writes.at_once_count));
  RecordProperty("later", std::to_string(writes.later_count));
  RecordProperty("never", std::to_string(writes.never_count()));
  RecordProperty("output_bump_percent", std::to_string(bump));
}

/// The 20 ordered pairs of different owners.
std::vector<std::tuple<Owner, Owner>> pairs() {
  std::vector<std::tuple<Owner, Owner>> all;
  for (const Owner from : kOwners) {
    for (const Owner to : kOwners) {
      if (from != to) all.emplace_back(from, to);
    }
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(SC55, HandOver, ::testing::ValuesIn(pairs()), [](const auto& test) {
  return std::string(name(std::get<0>(test.param))) + "_to_" + name(std::get<1>(test.param));
});

}  // namespace
}  // namespace saggar
