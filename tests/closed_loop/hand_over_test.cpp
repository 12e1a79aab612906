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

  /// Power output per heating MV, in percent, meaned over a minute: sensor noise is not a bump.
  static std::vector<double> mean_output(suite::InProcess& run) {
    const std::vector<domain::MvId> heat = run.plant().of(domain::Duty::heat);
    std::vector<double> mean(heat.size(), 0.0);
    for (int s = 0; s < 60; ++s) {
      run.cycle();
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
  if (from == to) return;
  // Two equal runs; the hand-over happens in one of them, so that the difference is its effect.
  auto run = prepare(from);
  auto twin = prepare(from);
  const domain::Plant& plant = run->plant();
  std::vector<double> before(plant.mvs.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    before[i] = run->record().frame.samples[plant.mvs[i].working].value;
  }
  give(*run, to);
  run->cycle();
  twin->cycle();
  double first_write = 0;
  for (const domain::MvId mv : plant.of(domain::Duty::heat)) {
    if (run->record().command.action[mv] != domain::Action::write) continue;
    first_write = std::max(first_write, std::abs(run->record().command.value[mv] - before[mv]));
  }
  EXPECT_LE(first_write, 0.1 + 1e-9);
  ASSERT_EQ(run->record().answers.size(), 1U);
  EXPECT_EQ(run->record().answers[0].kind, domain::AnswerKind::done)
      << domain::name(run->record().answers[0].reason);

  const std::vector<double> output = mean_output(*run);  // of the first 60 s
  const std::vector<double> without = mean_output(*twin);
  double bump = 0;
  for (std::size_t i = 0; i < output.size(); ++i) {
    bump = std::max(bump, std::abs(output[i] - without[i]));
  }
  EXPECT_LE(bump, 0.5) << "percent of the power span";
  RecordProperty("first_write_K", std::to_string(first_write));
  RecordProperty("output_bump_percent", std::to_string(bump));
}

INSTANTIATE_TEST_SUITE_P(
    SC55, HandOver, ::testing::Combine(::testing::ValuesIn(kOwners), ::testing::ValuesIn(kOwners)),
    [](const auto& test) {
      return std::string(name(std::get<0>(test.param))) + "_to_" + name(std::get<1>(test.param));
    });

}  // namespace
}  // namespace saggar
