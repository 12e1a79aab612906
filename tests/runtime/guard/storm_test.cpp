// One million random and worst-case asks through the guard: the checker finds no command outside
// any limit and every clip and rejection counted (bar 6 of the spine; LC-13).
#include <gtest/gtest.h>

#include <cfenv>
#include <cmath>
#include <limits>

#include "tests/runtime/guard/checker.hpp"
#include "tests/runtime/guard/rig.hpp"

namespace saggar::testing {
namespace {

using domain::Mode;
using domain::Source;

/// xorshift64*: the same storm on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
  std::uint64_t next() {
    state_ ^= state_ >> 12, state_ ^= state_ << 25, state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1DULL;
  }
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  bool one_in(std::uint64_t n) { return next() % n == 0; }
  double between(double low, double high) { return low + (high - low) * unit(); }

 private:
  std::uint64_t state_;
};

enum class Manner { gentle, wild, bang_bang, all_up, all_down, comb, recipe, poison };
constexpr std::uint64_t kManners = 8;

constexpr double kPoison[] = {std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::infinity(),
                              -std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::denorm_min(),
                              -std::numeric_limits<double>::denorm_min(),
                              std::numeric_limits<double>::max(),
                              std::numeric_limits<double>::lowest(),
                              -0.0,
                              1e300,
                              -1e-300};

class Storm {
 public:
  Storm(std::uint64_t seed, double dt_s)
      : dice_(seed),
        dt_s_(dt_s),
        rig_(plant(seed)),
        checker_(rig_.plant, rig_.settings),
        manner_(rig_.plant.mvs.size(), Manner::gentle),
        late_(rig_.plant.mvs.size()) {}

  /// @return what the checker found, or empty
  std::string run(int cycles) {
    for (int k = 0; k < cycles; ++k) {
      weather();
      ask();
      if (std::string bad = cycle(); !bad.empty()) return "cycle " + std::to_string(k) + ": " + bad;
    }
    return "";
  }
  const Checker& checker() const { return checker_; }

 private:
  static domain::Plant plant(std::uint64_t seed) {
    domain::Plant p = full_plant(10, 6);
    p.cross = {8, 6, 100, 130};  // 20 heaters of 8 kW: full at 62.5 %; 6 inlets near 20 Nm3/h
    p.cross.exhaust_balance_Nm3_per_h = 4;
    p.cross.load_gas_Nm3_per_h = -20;
    for (std::size_t i = 0; i < p.mvs.size(); ++i) {
      const bool damper = p.tags[p.mvs[i].tag].unit == domain::Unit::percent;
      if (damper)
        p.mvs[i].exhaust_Nm3_per_h = 200;  // half open: what 6 inlets of 20 bring, less 20
      if (p.mvs[i].duty == domain::Duty::heat) {
        p.mvs[i].pv_low = 700;
        p.mvs[i].pv_high = 800;
        p.mvs[i].trip = i % 3 == 0 ? 772 : 1100;  // ceiling 757: near the recipe of 750
        if (seed % 2 == 1) p.mvs[i].resolution = i % 2 == 0 ? 1.0 : 0.25;
      }
    }
    return p;
  }

  // What the kiln and the people around it do.
  void weather() {
    const std::size_t n = rig_.plant.mvs.size();
    if (dice_.one_in(200)) rig_.link_up = !rig_.link_up;
    if (!rig_.link_up && dice_.one_in(5)) rig_.link_up = true;
    for (std::size_t i = 0; i < n; ++i) {
      const domain::Mv& mv = rig_.plant.mvs[i];
      if (dice_.one_in(80)) manner_[i] = static_cast<Manner>(dice_.next() % kManners);
      if (dice_.one_in(150)) {
        rig_.modes[i].actual = static_cast<Mode>(dice_.next() % domain::kModeCount);
      } else if (dice_.one_in(40)) {
        rig_.modes[i].actual = Mode::rcas;
      }
      if (dice_.one_in(3000)) rig_.recipe[i] = dice_.between(mv.limits.low, mv.limits.high * 1.2);
      if (dice_.one_in(1000)) rig_.recipe[i] += dice_.between(-5, 5);
      if (dice_.one_in(5000)) rig_.recipe[i] = NAN;
      if (dice_.one_in(30) && mv.pv != domain::kNoTag) rig_.set(mv.pv, dice_.between(690, 810));
      if (dice_.one_in(60) && mv.output != domain::kNoTag) {
        rig_.set(mv.output, dice_.between(0, 100),
                 dice_.one_in(10) ? domain::Quality::bad : domain::Quality::good);
      }
      if (dice_.one_in(2000)) rig_.guard.acknowledge(static_cast<domain::MvId>(i));
    }
    if (dice_.one_in(400)) std::fill(manner_.begin(), manner_.end(), Manner::all_up);
    if (dice_.one_in(400)) std::fill(manner_.begin(), manner_.end(), Manner::comb);
  }

  Source fitting(Mode mode) {
    if (dice_.one_in(25)) return static_cast<Source>(dice_.next() % 6);  // 5 is no source at all
    switch (mode) {
      case Mode::man:
      case Mode::auto_:
        return Source::operator_;
      case Mode::cas:
        return Source::recipe;
      case Mode::rcas:
        return Source::controller;
      default:
        return Source::hold;
    }
  }

  double wish(std::size_t i) {
    const domain::MvLimits& l = rig_.plant.mvs[i].limits;
    const double span = l.high - l.low;
    switch (manner_[i]) {
      case Manner::gentle:
        return rig_.last(i) + dice_.between(-0.01, 0.01) * l.trim_high;
      case Manner::wild:
        return dice_.between(l.low - span, l.high + span);
      case Manner::bang_bang:
        return dice_.one_in(2) ? l.high + span : l.low - span;
      case Manner::all_up:
        return l.high + 1;
      case Manner::all_down:
        return l.low - 1;
      case Manner::comb:
        return rig_.plant.mvs[i].zone % 2 == 0 ? l.high : l.low;
      case Manner::recipe:
        return rig_.recipe[i];
      case Manner::poison:
        return kPoison[dice_.next() % std::size(kPoison)];
    }
    return 0;
  }

  void ask() {
    for (std::size_t i = 0; i < rig_.plant.mvs.size(); ++i) {
      rig_.ask(i, wish(i), fitting(rig_.modes[i].actual));
    }
  }

  std::string cycle() {
    const double dt = dt_s_ > 0 ? dt_s_ : dice_.between(0.01, 60);
    true_s_ += dt;
    rig_.time_ns = static_cast<std::int64_t>(true_s_ * 1e9);
    rig_.frame.time_ns = rig_.time_ns;
    ++sequence_;
    rig_.frame.sequence = sequence_;
    for (domain::Ask& a : rig_.request.asks) {
      a.inputs_sequence = sequence_;
      a.inputs_time_ns = rig_.time_ns;
      if (dice_.one_in(50)) a.inputs_sequence = dice_.next() % (2 * sequence_ + 2);
      if (dice_.one_in(50))
        a.inputs_time_ns -= static_cast<std::int64_t>(dice_.next() % 100'000'000'000);
    }
    if (dice_.one_in(300)) lie_about_time();
    rig_.check();
    const std::string bad =
        checker_.judge(rig_.inputs(), rig_.guard, rig_.command, rig_.actions, rig_.counts, true_s_);
    field();
    return bad;
  }

  void lie_about_time() {
    switch (dice_.next() % 5) {
      case 0:
        rig_.frame.sequence = 1;
        break;
      case 1:
        rig_.time_ns -= 5'000'000'000;
        break;
      case 2:
        rig_.time_ns = std::numeric_limits<std::int64_t>::max();
        break;
      case 3:
        rig_.time_ns = std::numeric_limits<std::int64_t>::min();
        break;
      default:
        rig_.frame.sequence = 0;
        break;
    }
  }

  // The field takes what it is told one cycle later; sometimes it does not, or moves by itself.
  void field() {
    for (std::size_t i = 0; i < rig_.plant.mvs.size(); ++i) {
      const domain::Mv& mv = rig_.plant.mvs[i];
      if (std::isfinite(late_[i])) rig_.set(mv.working, late_[i]);
      late_[i] = NAN;
      const bool stubborn = (i == 3 || i == 24) && dice_.unit() < 0.5;
      if (rig_.command.action[i] == domain::Action::write && !stubborn) {
        late_[i] = rig_.command.value[i];
      }
      if (rig_.command.action[i] == domain::Action::release && dice_.one_in(20)) {
        rig_.set(mv.working, dice_.between(mv.limits.low - 20, mv.limits.high + 20));
      }
      if (dice_.one_in(5000)) {
        rig_.frame.samples[mv.working].quality = domain::Quality::bad;
      }
      if (dice_.one_in(300) && std::isfinite(rig_.recipe[i])) rig_.set(mv.working, rig_.recipe[i]);
    }
  }

  Dice dice_;
  double dt_s_;
  Rig rig_;
  Checker checker_;
  std::vector<Manner> manner_;
  std::vector<double> late_;
  double true_s_ = 0;
  std::uint64_t sequence_ = 0;
};

struct Weather {
  std::uint64_t seed;
  double dt_s;  // 0 = a different one in every cycle
  int cycles;
};

TEST(Storm, OneMillionAsksAndNoCommandOutsideAnyLimit) {
  // 28 MVs; cycles of 10 s cover more than eight hours, so the shift limit binds as well.
  const Weather runs[] = {{1, 1, 10'000}, {2, 10, 10'000}, {3, 0, 10'000}, {4, 0.1, 8'000}};
  std::uint64_t asks = 0, writes = 0, clips = 0, rejects = 0, outside = 0;
  std::array<std::array<std::uint64_t, 3>, domain::kGateCount> totals{};
  for (const Weather& run : runs) {
    Storm storm(run.seed, run.dt_s);
    const std::string bad = storm.run(run.cycles);  // ends at the first finding
    if (!bad.empty()) ++outside;
    EXPECT_EQ(bad, "") << "seed " << run.seed;
    const Checker& c = storm.checker();
    asks += c.asks, writes += c.writes, clips += c.clips, rejects += c.rejects;
    for (std::size_t g = 0; g < totals.size(); ++g) {
      for (std::size_t o = 0; o < 3; ++o) totals[g][o] += c.totals[g][o];
    }
  }
  EXPECT_GE(asks, 1'000'000U);
  // The storm must have reached every corner, or it proves nothing.
  EXPECT_GT(writes, 50'000U);
  for (const int rejecting : {0, 1, 2, 8}) EXPECT_GT(totals[rejecting][2], 100U) << rejecting;
  for (const int clipping : {3, 4, 5, 6}) EXPECT_GT(totals[clipping][1], 1000U) << clipping;
  // What the acceptance run reports.
  const auto note = [](const std::string& what, std::uint64_t count) {
    RecordProperty(what, std::to_string(count));
  };
  note("asks", asks);
  note("writes", writes);
  note("clips", clips);
  note("rejections", rejects);
  note("outside_limits", outside);
  std::printf("asks %lu, writes %lu, clips %lu, rejections %lu\n", asks, writes, clips, rejects);
  for (std::size_t g = 0; g < totals.size(); ++g) {
    std::printf("%s: pass %lu clip %lu reject %lu\n",
                std::string(name(static_cast<domain::Gate>(g))).c_str(), totals[g][0], totals[g][1],
                totals[g][2]);
  }
}

}  // namespace
}  // namespace saggar::testing
