#include "controllers/mpc/transport_controller.hpp"

#include <gtest/gtest.h>

#include <saggar/plugin/testing.hpp>

namespace saggar::mpc {
namespace {

using plugin::Status;

// Two groups of drives, two rows. Dry-out at 22 m and 20 m per mm/s, size 220 nm and -100 nm per
// mm/s, mixing 0.020 and 0.003: other gains than the controller's 16, -90 and 0.002.
class Line {
 public:
  explicit Line(std::map<std::string, double> params = {}, bool twin = true, int rows_shown = 0,
                double step_mm_per_s = 0)
      : rig(make(std::move(params), twin, rows_shown, step_mm_per_s)),
        has_twin(twin),
        rows(rows_shown),
        resolution(step_mm_per_s) {}

  plugin::testing::Outcome step() {
    const double off = speed - 0.8333;
    free_m += (22 + 20 * off - free_m) * 30 / 5400;
    if (rows > 0) {  // a row of the lot has become dry: dry-out is where the lot has it
      lot_end_m += 1e-3 * speed * 30;
      travel_m = std::fmod(travel_m + 1e-3 * speed * 30, 0.5);
      lot_m = lot_end_m >= free_m + lot_late_m ? lot_late_m : 0.0;
    }
    dry_m = free_m + lot_m;
    for (int i = 0; i < rows; ++i) {  // 0.5 m apart; those of the lot are dry 1.5 m later
      const double s = 0.5 * (i + 1) + travel_m, late = s <= lot_end_m ? lot_late_m : 0.0;
      rig.set(row_tag(i) + ".position", s);
      rig.set(row_tag(i) + ".to_dry", std::max(0.0, dry_m - lot_m + late - s));
    }
    if (has_twin) {
      rig.set("dryout.position", dry_m + shaking_m * std::sin(++shaken * 0.1), quality);
      for (const char* row : {"row001", "row002"}) {
        const std::string name = row;
        rig.set(name + ".exit.mixing", 0.020 + 0.003 * off, quality);
        rig.set(name + ".exit.primary_size", 220 - 100 * off, quality);
      }
    }
    for (const char* group : {"1", "2"}) rig.working(tag(group), speed);
    const auto out = rig.step();
    if (out.status > Status::degraded) return out;
    EXPECT_EQ(rig.proposal(tag("1")), rig.proposal(tag("2"))) << "groups run alike";
    most_per_step = std::max(most_per_step, std::abs(rig.proposal(tag("1")) - speed));
    const double before = speed;
    speed = rig.proposal(tag("1"));
    if (resolution > 0) speed = resolution * std::round(speed / resolution);
    moves += speed != before ? 1 : 0;
    return out;
  }
  plugin::testing::Outcome run(double hours) {
    plugin::testing::Outcome last;
    for (int i = 0; i < static_cast<int>(hours * 120); ++i) {
      last = step();
      EXPECT_EQ(last.wrong, "");
    }
    return last;
  }
  static std::string row_tag(int i) { return "row" + std::to_string(101 + i); }
  static std::string tag(const std::string& group) {
    return "transport.group" + group + ".speed_setpoint";
  }

  plugin::testing::Rig rig;
  bool has_twin = true;
  int rows = 0;
  double resolution = 0;  ///< of the drives
  int moves = 0;
  double lot_end_m = -1e9, lot_late_m = 0;  ///< rows up to here are of a lot, dry that much later
  double travel_m = 0, free_m = 22;
  double shaking_m = 0, shaken = 0;  ///< of the estimate
  double speed = 0.8333, dry_m = 22, lot_m = 0, most_per_step = 0;
  std::uint32_t quality = SAGGAR_GOOD;

 private:
  static plugin::testing::Rig make(std::map<std::string, double> params, bool twin, int rows,
                                   double resolution) {
    plugin::testing::Kiln kiln;
    for (int i = 0; i < rows; ++i) {
      kiln.add({row_tag(i) + ".position", "m", -10, 100, 0});
      kiln.add({row_tag(i) + ".to_dry", "m", 0, 100, 0});
    }
    if (twin) {
      kiln.add({"dryout.position", "m", 0, 60, 0});
      for (const char* row : {"row001", "row002"}) {
        const std::string name = row;
        kiln.add({name + ".exit.mixing", "fraction", -1, 1, 0});
        kiln.add({name + ".exit.primary_size", "nm", 0, 1e6, 0});
      }
    }
    for (const char* group : {"1", "2"}) kiln.add({tag(group), "mm/s", 0.2, 1.5, resolution});
    plugin::testing::Options options;
    options.period_s = 30;
    options.latency_cycles = 1;
    options.zone_count = 1;
    options.budget_ns = 1'000'000'000;
    options.params = std::move(params);
    auto rig = plugin::testing::rig_of<TransportController>(kiln, options);
    rig.reference("transport.*.speed_setpoint", 0.8333);
    rig.limits("transport.*.speed_setpoint", 0.75, 0.9167);
    rig.set_free("transport.*.speed_setpoint", true);
    rig.driving(true);
    return rig;
  }
};

TEST(TransportController, RunsAsFastAsItsTrimAllowsWhereQualityHasRoom) {
  Line line;
  EXPECT_EQ(line.run(12).status, Status::ok);
  EXPECT_NEAR(line.speed, 1.05 * 0.8333, 0.0005) << "fast_percent = 5";
  EXPECT_LE(line.most_per_step, 0.0125 / 120 + 1e-12) << "speed_per_h = 0.0125 mm/s, steps of 30 s";
}

// 22 + 20 x trim <= 22.5: trim 0.025 mm/s, though the controller's gain is 16.
TEST(TransportController, NoFasterThanDryOutAllowsWithoutOffset) {
  Line line({{"dry_most_m", 22.5}});
  line.run(24);
  EXPECT_NEAR(line.dry_m, 22.5, 0.02);
  EXPECT_NEAR(line.speed, 0.8333 + 0.025, 0.001);
}

// A band that holds: 0.020 + 0.003 x trim <= 0.0201 would be 0.033 mm/s; size >= 217 nm: 0.030.
TEST(TransportController, TheBandThatBindsFirstHoldsTheSpeed) {
  Line line({{"mixing_most", 0.0201}, {"size_least_nm", 217}});
  line.run(30);
  EXPECT_NEAR(line.speed, 0.8333 + 0.030, 0.001);
  saggar_cause causes[2] = {};
  const auto* explain = line.rig.extension<saggar_ext_explain>(SAGGAR_EXT_EXPLAIN);
  ASSERT_NE(explain, nullptr);
  ASSERT_EQ(explain->causes(line.rig.self(), 0, 0, causes, 2), 2U);
  EXPECT_STREQ(causes[0].label, "primary size");
}

// An estimate that sways by 3 cm in half an hour.
TEST(TransportController, ADriveIsNotMovedByItsSmallestStepToAndFro) {
  Line line({{"dry_most_m", 22.5}}, true, 0, 0.001);
  line.run(24);
  line.moves = 0;
  line.shaking_m = 0.03;
  line.run(24);
  EXPECT_LE(line.moves, 24) << "one an hour; 63 for one that follows every hair";
  EXPECT_NEAR(line.speed, 0.8333 + 0.025, 0.003);
}

TEST(TransportController, InShadowItsProposalIsNoFurtherFromWhatStandsThanItsRate) {
  Line line({}, true, 0, 0.001);
  line.rig.driving(false);
  line.rig.set_free("transport.*.speed_setpoint", false);
  for (int i = 0; i < 50; ++i) {
    line.speed = 0.833;
    line.step();
    EXPECT_LE(std::abs(line.rig.proposal(Line::tag("1")) - 0.833), 0.0125 / 120 + 1e-9);
  }
}

TEST(TransportController, AWetLotTakesTheSpeedBackButNeverBelowTheRecipe) {
  Line line({{"dry_most_m", 22.5}});
  line.run(24);
  line.lot_m = 2;
  line.run(24);
  EXPECT_NEAR(line.speed, 0.8333, 0.0005);
  EXPECT_GT(line.dry_m, 23.9) << "the recipe's own";
}

// The lot has come to 16 m and is dry 0.6 m later: 2.1 h from now at 0.87 mm/s.
TEST(TransportController, SlowsDownForAHeavyLotBeforeItIsDryingOut) {
  Line line({{"dry_most_m", 22.8}}, true, 60);
  line.run(24);
  EXPECT_NEAR(line.dry_m, 22.8, 0.05) << "nothing is coming yet";
  const double before = line.speed;
  line.lot_end_m = 16;
  line.lot_late_m = 0.6;
  double last = line.speed, rise = 0, most_m = 0;
  for (int i = 0; i < 6 * 120; ++i) {
    line.step();
    if (line.lot_m == 0) {
      rise = std::max(rise, line.speed - last);
      last = std::min(last, line.speed);
    }
    most_m = std::max(most_m, line.dry_m);
  }
  EXPECT_LT(last, before - 0.015)
      << "of the 0.03 mm/s that 0.6 m are worth, before the lot is there";
  EXPECT_LT(rise, 0.002) << "and no faster again just before it is";
  EXPECT_LT(most_m, 22.8 + 0.35) << "0.6 m without knowing";
  line.run(12);
  EXPECT_NEAR(line.dry_m, 22.8, 0.05);
}

TEST(TransportController, MayRunSlowerThanTheRecipeWhereItIsAllowedTo) {
  Line line({{"dry_most_m", 22.5}, {"slow_percent", 5}});
  line.lot_m = 1;
  line.run(24);
  EXPECT_NEAR(line.dry_m, 22.5, 0.02);
}

TEST(TransportController, WithoutPriceTheSpeedIsTheRecipes) {
  Line line({{"speed_price", 0}});
  line.run(12);
  EXPECT_NEAR(line.speed, 0.8333, 1e-4);
}

TEST(TransportController, WhileQualityIsNotSeenTheSpeedGoesBackToTheRecipe) {
  Line line;
  line.run(12);
  line.quality = SAGGAR_UNCERTAIN;
  const auto out = line.run(12);
  EXPECT_EQ(out.status, Status::degraded);
  EXPECT_NEAR(line.speed, 0.8333, 0.0005);
}

TEST(TransportController, NoFasterBeforeQualityHasEverBeenSeen) {
  Line line;
  line.quality = SAGGAR_UNCERTAIN;
  EXPECT_EQ(line.run(0.2).status, Status::degraded);
  EXPECT_NEAR(line.speed, 0.8333, 1e-5);
}

TEST(TransportController, WhereAPersonHasOneGroupTheOthersStayWithIt) {
  Line line;
  line.run(2);
  line.rig.set_free(Line::tag("2"), false);
  const double before = line.speed;
  line.run(2);
  EXPECT_NEAR(line.speed, before, 1e-9);
}

TEST(TransportController, ALimitThatNothingShowsIsRefusedWithAPrice) {
  try {
    Line line({}, false);
    FAIL() << "was taken";
  } catch (const std::exception& e) {
    EXPECT_NE(std::string(e.what()).find("\"dry\""), std::string::npos) << e.what();
  }
}

TEST(TransportController, ARestoredOneGoesOnBitForBit) {
  Line line({}, true, 60);
  line.run(1);
  line.lot_end_m = 16;
  line.lot_late_m = 0.6;
  line.run(1);
  EXPECT_EQ(
      line.rig.restore_difference(
          30, [](plugin::testing::Rig& rig, int i) { rig.set("dryout.position", 22 + 0.01 * i); }),
      "");
}

}  // namespace
}  // namespace saggar::mpc
