#include "runtime/config/kiln_config.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> kiln_with(const std::string& from, const std::string& to) {
  return complaints_of<KilnConfig>(replaced(kiln_text(5), from, to));
}

TEST(KilnConfig, DefaultsAreThoseOfTheRequirements) {  // SC-37, SC-38, SC-05
  const auto kiln = right<KilnConfig>(kiln_text(5));
  EXPECT_EQ(kiln.heat.trim_soak_K.value, 15);
  EXPECT_EQ(kiln.heat.trim_ramp_K.value, 25);
  EXPECT_EQ(kiln.heat.step_K.value, 1);
  EXPECT_EQ(kiln.heat.rate_K_per_min.value, 2);
  EXPECT_EQ(kiln.heat.shift_K.value, 10);
  EXPECT_EQ(kiln.heat.trip_margin_K.value, 15);
  EXPECT_EQ(kiln.heat.trip_margin_K.source, "SC-38");
  EXPECT_EQ(kiln.transport.trim_percent.value, 10);
  EXPECT_EQ(kiln.transport.rate_percent_per_min.value, 1);
  EXPECT_EQ(kiln.transport.rate_percent_per_h.value, 2);
  EXPECT_EQ(kiln.atmosphere.trim_percent.value, 15);
  EXPECT_EQ(kiln.atmosphere.rate_percent_per_min.value, 2);
  EXPECT_EQ(kiln.exhaust.low_percent.value, 5);
  EXPECT_EQ(kiln.exhaust.high_percent.value, 95);
  EXPECT_EQ(kiln.exhaust.rate_percent_per_min.value, 2);
  EXPECT_EQ(kiln.heat.device.shed_to, domain::ShedTo::auto_);
  EXPECT_FALSE(kiln.heat.device.shed_return);
  EXPECT_EQ(kiln.chamber.loops_per_zone, 2);
  EXPECT_EQ(kiln.chamber.length_m(), 10);
  EXPECT_EQ(kiln.loops(), 10U);
  EXPECT_TRUE(kiln.is_soak(4));
  EXPECT_FALSE(kiln.is_soak(3));
}

TEST(KilnConfig, OneToSixtyFourZones) {
  EXPECT_THAT(complaints_of<KilnConfig>(kiln_text(1)), IsEmpty());
  EXPECT_THAT(complaints_of<KilnConfig>(kiln_text(64)), IsEmpty());
  EXPECT_THAT(complaints_of<KilnConfig>(kiln_text(65)),
              ElementsAre("4:9: zones: found 65, right is 1 to 64",
                          "6:15: soak_zones: found 65, right is 1 to 64"));
  EXPECT_THAT(kiln_with("zones = 5", "zones = 0"),
              ElementsAre("4:9: zones: found 0, right is 1 to 64"));
}

TEST(KilnConfig, TheCommsLossReactionIsMandatory) {  // SC-51
  EXPECT_THAT(kiln_with("comms_loss = \"local_setpoint\"", ""),
              ElementsAre("11:10: missing key 'comms_loss' in heat.device: What the device does by "
                          "itself when its host falls silent (SC-51)"));
  EXPECT_THAT(kiln_with("alarm_only", "alarm"),
              ElementsAre("26:25: comms_loss: found the text \"alarm\", right is one of "
                          "hold_setpoint, local_setpoint, output_off, alarm_only"));
}

TEST(KilnConfig, NoSetpointAboveTripMinusMargin) {  // SC-38
  EXPECT_THAT(kiln_with("setpoint_high_degC = 900", "setpoint_high_degC = 915"), IsEmpty());
  EXPECT_THAT(
      kiln_with("setpoint_high_degC = 900", "setpoint_high_degC = 915.1"),
      ElementsAre("9:22: found 915.1 degC in zone 1, right is at most 915 degC = trip 930 - "
                  "margin 15 (SC-38)"));
  EXPECT_THAT(kiln_with("setpoint_high_degC = 900", "setpoint_high_degC = [1, 900, 900, 920, 900]"),
              ElementsAre("9:23: setpoint_high_degC: found 1, right is 50 to 1800 degC"));
  EXPECT_THAT(
      kiln_with("setpoint_high_degC = 900", "setpoint_high_degC = [900, 900, 900, 920, 900]"),
      ElementsAre(
          "9:38: found 920 degC in zone 4, right is at most 915 degC = trip 930 - margin 15 "
          "(SC-38)"));
  EXPECT_THAT(
      kiln_with("setpoint_high_degC = 900",
                "setpoint_high_degC = { value = [900, 920, 900, 900, 900], grade = \"E\" }"),
      ElementsAre("9:38: found 920 degC in zone 2, right is at most 915 degC = trip 930 - "
                  "margin 15 (SC-38)"));
}

TEST(KilnConfig, TheTripIsMandatoryAndItsMarginCannotBeNarrowed) {  // SC-38
  EXPECT_THAT(kiln_with("trip_degC = 930\n", ""),
              ElementsAre(testing::StartsWith("7:1: missing key 'trip_degC' in heat: ")));
  EXPECT_THAT(kiln_with("trip_degC = 930", "trip_degC = 930\ntrip_margin_K = 14"),
              ElementsAre("11:17: trip_margin_K: found 14, right is 15 to 200 K"));
}

TEST(KilnConfig, ListsPerZoneHaveOneFigurePerZone) {
  EXPECT_THAT(kiln_with("rated_kW = 10", "rated_kW = [1, 2, 3, 4]"),
              ElementsAre("8:12: found 4 figures, right is 1 or 5, one per zone"));
  EXPECT_THAT(kiln_with("high_Nm3_per_h = [100, 200]", "high_Nm3_per_h = [100, 200, 300]"),
              ElementsAre("20:18: found 3 figures, right is 1 or 2, one per inlet"));
}

TEST(KilnConfig, AZoneThatDoesNotExistIsNamedAtItsPlace) {
  EXPECT_THAT(kiln_with("soak_zones = [5]", "soak_zones = [4, 6]"),
              ElementsAre("6:18: zone 6 does not exist; the kiln has zones 1 to 5"));
  EXPECT_THAT(kiln_with("inlet_zones = [1, 1]", "inlet_zones = [1, 7]"),
              ElementsAre("18:19: zone 7 does not exist; the kiln has zones 1 to 5"));
  EXPECT_THAT(kiln_with("damper_zones = [1]", "damper_zones = [9]"),
              ElementsAre("25:17: zone 9 does not exist; the kiln has zones 1 to 5"));
  EXPECT_THAT(kiln_with("gas_point_zones = [1]", "gas_point_zones = [0]"),
              ElementsAre("19:20: gas_point_zones: found 0, right is 1 to 64"));
  EXPECT_THAT(kiln_with("soak_zones = [5]", "soak_zones = [5, 5]"),
              ElementsAre("6:18: zone 5 is named twice"));
}

TEST(KilnConfig, NominalValuesLieInTheirRanges) {
  EXPECT_THAT(kiln_with("nominal_mm_per_s = 0.5", "nominal_mm_per_s = 3"),
              ElementsAre("15:20: found 3, right is 0 to 2 mm/s"));
  EXPECT_THAT(kiln_with("nominal_Nm3_per_h = [50, 80]", "nominal_Nm3_per_h = [50, 201]"),
              ElementsAre("21:26: found 201 for inlet 2, right is 0 to 200 Nm3/h"));
  EXPECT_THAT(kiln_with("supply_Nm3_per_h = 300", "supply_Nm3_per_h = 100"),
              ElementsAre("22:20: found 100, less than the nominal flows together, 130 Nm3/h"));
  EXPECT_THAT(kiln_with("damper_zones = [1]", "damper_zones = [1]\nnominal_percent = 96"),
              ElementsAre("26:19: found 96, right is 5 to 95 %"));
  EXPECT_THAT(kiln_with("trip_degC = 930", "trip_degC = 930\nrange_high_degC = 800"),
              ElementsAre("9:22: found 900 degC, above the thermocouple's range_high_degC = 800"));
  EXPECT_THAT(kiln_with("trip_degC = 930", "trip_degC = 930\nsetpoint_low_degC = 900"),
              ElementsAre("9:22: found 900 degC, must be above setpoint_low_degC = 900"));
  EXPECT_THAT(kiln_with("groups = 2", "groups = 2\nlow_mm_per_s = 2"),
              ElementsAre("14:16: found 2, must be below high_mm_per_s = 2",
                          "16:20: found 0.5, right is 2 to 2 mm/s"));
}

TEST(KilnConfig, DirectPowerIsLocked) {  // PF-25
  const std::string modes = "permitted = [\"OOS\", \"MAN\", \"AUTO\", \"RCAS\", \"ROUT\"]";
  EXPECT_THAT(
      kiln_with("\"local_setpoint\" }", "\"local_setpoint\", " + modes + " }"),
      ElementsAre("11:86: mode ROUT is locked; only heat.unlock_direct_power = true permits "
                  "it, and only for [heat.device] (PF-25)"));
  EXPECT_THAT(kiln_with("device = { comms_loss = \"local_setpoint\" }",
                        "unlock_direct_power = true\ndevice = { comms_loss = \"local_setpoint\", " +
                            modes + " }"),
              IsEmpty());
}

TEST(KilnConfig, ModesThatAnMvNeedsMustBePermitted) {  // SC-01, SC-05
  EXPECT_THAT(kiln_with("\"local_setpoint\" }",
                        "\"local_setpoint\", permitted = [\"OOS\", \"MAN\", \"RCAS\"] }"),
              ElementsAre("11:55: mode AUTO must be permitted (SC-01, SC-05)"));
  EXPECT_THAT(kiln_with("\"local_setpoint\" }", "\"local_setpoint\", normal = \"ROUT\" }"),
              ElementsAre("11:52: mode ROUT is not among the permitted modes"));
}

TEST(KilnConfig, ExtraTagsHaveAUnitAndARange) {
  const std::string good =
      "[[extra_tag]]\nname = \"hall.temperature\"\nunit = \"degC\"\nlow = "
      "-20\nhigh = 60\n";
  EXPECT_THAT(complaints_of<KilnConfig>(kiln_text(5) + good), IsEmpty());
  EXPECT_THAT(complaints_of<KilnConfig>(kiln_text(5) + replaced(good, "degC", "degc")),
              ElementsAre(testing::StartsWith(
                  "31:8: unknown unit 'degc'; did you mean 'degC'? known: 1, degC, K, ")));
  EXPECT_THAT(complaints_of<KilnConfig>(kiln_text(5) + replaced(good, "high = 60", "high = -30")),
              ElementsAre("32:7: found -20, must be below high = -30"));
}

TEST(KilnConfig, AMissingTableIsOneComplaint) {
  EXPECT_THAT(kiln_with("[cross]\ntotal_power_kW = 500\n", ""),
              ElementsAre("1:1: missing key 'cross': Limits across loops (SC-31)"));
}

}  // namespace
}  // namespace saggar::config
