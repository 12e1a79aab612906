// Bar 2: a day of P2 under PID in one process, each command held against the limits of the plant by
// a checker that shares no code with the guard. Not part of ctest: `./dev accept spine` runs it.
#include <cstdlib>

#include "tests/closed_loop/bench.hpp"
#include "tests/runtime/guard/checker.hpp"

namespace saggar {
namespace {

/// What LimitChecker does not look at: change of the trim over a minute, an hour and a shift, and
/// the differences between neighbours.
class SlowLimits {
 public:
  explicit SlowLimits(const domain::Plant& plant) : plant_(plant), value_(plant.mvs.size(), NAN) {
    for (std::size_t i = 0; i < plant.mvs.size(); ++i) {
      windows_.push_back(
          {testing::Extremes(60), testing::Extremes(3600), testing::Extremes(28800)});
    }
  }

  void check(const domain::Record& record) {
    const double now_s = static_cast<double>(record.time_ns) * 1e-9;
    for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
      if (record.command.action[i] == domain::Action::release) {
        value_[i] = NAN;
        for (testing::Extremes& window : windows_[i]) window.restart();
      }
      if (record.command.action[i] == domain::Action::write) value_[i] = record.command.value[i];
      if (std::isnan(value_[i])) continue;
      const domain::Mv& mv = plant_.mvs[i];
      const double trim = value_[i] - record.recipe[i];
      const double slack = mv.resolution + 1e-9;
      const double limits[] = {mv.limits.per_minute, mv.limits.per_hour, mv.limits.per_shift};
      for (std::size_t w = 0; w < windows_[i].size(); ++w) {
        windows_[i][w].push(now_s, trim);
        count(windows_[i][w].high() - trim <= limits[w] + slack &&
              trim - windows_[i][w].low() <= limits[w] + slack);
      }
    }
    neighbours();
  }

  std::uint64_t checks = 0, violations = 0;

 private:
  void count(bool holds) {
    ++checks;
    violations += holds ? 0 : 1;
  }
  void neighbours() {
    for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const domain::Mv &a = plant_.mvs[i], &b = plant_.mvs[j];
        if (a.duty != domain::Duty::heat || b.duty != domain::Duty::heat) continue;
        if (std::isnan(value_[i]) || std::isnan(value_[j])) continue;
        const double apart = std::abs(value_[i] - value_[j]);
        const int zones = std::abs(static_cast<int>(a.zone) - static_cast<int>(b.zone));
        if (zones == 1 && a.loop == b.loop) count(apart <= plant_.cross.adjacent_zone_K + 1e-9);
        if (zones == 0) count(apart <= plant_.cross.top_bottom_K + 1e-9);
      }
    }
  }

  const domain::Plant& plant_;
  std::vector<double> value_;  // in force while driven, else NaN
  std::vector<std::array<testing::Extremes, 3>> windows_;
};

TEST(Day, NoCommandLeavesItsLimits) {
  const char* text = std::getenv("SAGGAR_ACCEPT_HOURS");
  const int hours = text != nullptr ? std::atoi(text) : 24;
  ASSERT_GT(hours, 0);
  auto run = testing::start(testing::p2_files());
  testing::switch_on(*run);
  testing::LimitChecker limits(run->plant());
  SlowLimits slow(run->plant());
  std::uint64_t writes = 0, commands = 0;
  for (int i = 0; i < hours * 3600; ++i) {
    run->cycle();
    limits.check(run->record());
    slow.check(run->record());
    ++commands;
    for (const domain::Action action : run->record().command.action) {
      writes += action == domain::Action::write ? 1 : 0;
    }
  }
  EXPECT_EQ(run->record().applications[0], domain::AppState::on);
  EXPECT_EQ(limits.violations(), 0U) << limits.first();
  EXPECT_EQ(slow.violations, 0U);
  EXPECT_GT(writes, static_cast<std::uint64_t>(hours) * 60) << "a run without writes shows nothing";
  RecordProperty("hours", std::to_string(hours));
  RecordProperty("commands", std::to_string(commands));
  RecordProperty("writes", std::to_string(writes));
  RecordProperty("slow_checks", std::to_string(slow.checks));
  RecordProperty("violations", std::to_string(limits.violations() + slow.violations));
}

}  // namespace
}  // namespace saggar
