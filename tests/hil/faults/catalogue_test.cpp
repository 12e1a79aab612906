// That every kind of fault has a row that a suite can be built on.
#include "hil/faults/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <regex>
#include <set>
#include <string>

#include "hil/faults/schedule.hpp"

namespace saggar::faults {
namespace {

TEST(Catalogue, HasOneRowForEachKindInTheirOrder) {
  for (std::size_t i = 0; i < kKindCount; ++i) {
    EXPECT_EQ(catalogue()[i].kind, static_cast<Kind>(i));
    EXPECT_EQ(&row(static_cast<Kind>(i)), &catalogue()[i]);
  }
}

TEST(Catalogue, LevelsGetWorseAndStayWithinWhatTheKindCanMean) {
  for (const Row& r : catalogue()) {
    SCOPED_TRACE(std::string(name(r.kind)));
    if (momentary(r.kind)) continue;
    const Meaning& m = meaning(r.kind);
    const bool lasts = graded_by_duration(r.kind);
    EXPECT_TRUE(!lasts || r.unit == "s");
    double less = 0;
    for (int level = 1; level <= kLevels; ++level) {
      const double value = r.levels[static_cast<std::size_t>(level - 1)];
      EXPECT_GT(std::abs(value), std::abs(less));
      less = value;
      const double severity = severity_at(r.kind, level);
      EXPECT_EQ(lasts ? duration_at(r.kind, level) : severity, value);
      EXPECT_TRUE(lasts || duration_at(r.kind, level) == 0.0);
      EXPECT_GE(severity, m.low);
      EXPECT_LE(severity, m.high);
    }
  }
}

TEST(Catalogue, EveryLevelIsAnEventThatAFileMayHold) {
  for (const Row& r : catalogue()) {
    for (int level = 1; level <= kLevels; ++level) {
      Fault fault{0, r.kind, {}, severity_at(r.kind, level), duration_at(r.kind, level)};
      for (const Objection& o : objections(fault)) {
        EXPECT_EQ(o.field, "target") << name(r.kind) << ": " << o.text;
      }
    }
  }
}

TEST(Catalogue, TakesALevelBeyondTheScaleAsTheNearest) {
  EXPECT_EQ(severity_at(Kind::mains_dip, 0), severity_at(Kind::mains_dip, 1));
  EXPECT_EQ(severity_at(Kind::mains_dip, 9), severity_at(Kind::mains_dip, 5));
}

// 0 in order, 1 newest first: a choice, so that a partition is as bad as it is long.
TEST(Catalogue, GradesByDurationWhereTheSeverityIsAChoice) {
  EXPECT_EQ(severity_at(Kind::link_partition, 1), 1.0);
  EXPECT_EQ(severity_at(Kind::link_partition, 5), 1.0);
  EXPECT_LT(duration_at(Kind::link_partition, 1), duration_at(Kind::link_partition, 5));
}

TEST(Catalogue, EveryRowNamesItsRequirementsAndSaysInASentenceWhatIsExpectedAndHowItIsOver) {
  const std::regex ids("([A-Z]{1,2}-?[0-9]+)( [A-Z]{1,2}-?[0-9]+)*");
  for (const Row& r : catalogue()) {
    SCOPED_TRACE(std::string(name(r.kind)));
    EXPECT_TRUE(std::regex_match(std::string(r.requirements), ids)) << r.requirements;
    for (const std::string_view text : {r.expected, r.recovery}) {
      ASSERT_GT(text.size(), 10U);
      EXPECT_EQ(text.back(), '.');
    }
  }
}

// HI-20: stuck, bias, drift, spike, noise, dropout, quantisation, lag, break, reversed, swapped,
// cold junction, decalibration. HI-21: stuck, saturation, dead band, slow, loss, wrong sign,
// element, half wave, slip, roller, damper, valve, pressure. HI-22: draught, door, jam, gap, double
// load, moisture, mains down and up, outage, refractory, elements.
TEST(Catalogue, CoversWhatTheRequirementsListForSensorsActuatorsAndProcess) {
  const auto count = [](std::string_view id) {
    std::set<Kind> kinds;
    for (const Row& r : catalogue()) {
      if ((" " + std::string(r.requirements) + " ").find(" " + std::string(id) + " ") !=
          std::string::npos) {
        kinds.insert(r.kind);
      }
    }
    return kinds.size();
  };
  EXPECT_GE(count("HI-20"), 13U);
  EXPECT_GE(count("HI-21"), 13U);
  EXPECT_GE(count("HI-22"), 10U);
  EXPECT_GE(count("HI-15"), 3U);
  EXPECT_EQ(row(Kind::fahrenheit).family, Family::data);
  EXPECT_EQ(name(Family::communication), "communication");
}

}  // namespace
}  // namespace saggar::faults
