#include "plugins/host/ports.hpp"

#include <gmock/gmock.h>

#include "tests/support/plants.hpp"

namespace saggar::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Two zones, and beside them one roller group (transport) and a read-only gas point.
struct Ports : ::testing::Test {
  domain::Plant plant = testing::small_plant(2);
  saggar_port declared[3] = {
      {sizeof(saggar_port), SAGGAR_PORT_INPUT, "pv", "zone*.*.temperature", "degC", 1, 8, "d"},
      {sizeof(saggar_port), SAGGAR_PORT_OUTPUT, "sp", "zone*.*.setpoint", "degC", 1, 8, "d"},
      {sizeof(saggar_port), SAGGAR_PORT_INPUT | SAGGAR_PORT_OPTIONAL, "o2", "gas.*.o2", "%", 1, 4,
       "d"}};
  saggar_plugin table{};

  Ports() {
    table.ports = declared;
    table.port_count = 3;
    domain::Mv speed;
    speed.duty = domain::Duty::transport;
    speed.tag = plant.tags
                    .add({"transport.group1.speed_setpoint", domain::Unit::mm_per_s, 0, 5, 0,
                          domain::Access::write})
                    .value();
    plant.mvs.push_back(speed);
  }
  domain::Result<std::vector<ResolvedPort>> resolve(domain::Duty duty = domain::Duty::heat) {
    return resolve_ports(table, plant, duty, "controller 'x'");
  }
  std::string refusal(domain::Duty duty = domain::Duty::heat) {
    const auto ports = resolve(duty);
    return ports.ok() ? "accepted" : ports.error().text();
  }
};

TEST_F(Ports, GiveTheMatchesInTheKilnsOrder) {
  const auto ports = resolve();
  ASSERT_TRUE(ports.ok()) << ports.error().text();
  const ResolvedPort& sp = ports.value()[1];
  EXPECT_STREQ(sp.names[0], "zone01.top.setpoint");
  EXPECT_STREQ(sp.names[3], "zone02.bottom.setpoint");
  EXPECT_THAT(sp.mvs, ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(sp.zone, ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(ports.value()[0].zone, ElementsAre(0, 0, 1, 1));
  EXPECT_DOUBLE_EQ(sp.high[0], 1300);
  EXPECT_DOUBLE_EQ(sp.resolution[0], 0.1);
  const saggar_resolved_port view = sp.view();
  EXPECT_EQ(view.struct_size, sizeof(saggar_resolved_port));
  EXPECT_EQ(view.count, 4U);
}

TEST_F(Ports, AnOptionalPortMayBeEmptyARequiredOneMayNot) {
  EXPECT_TRUE(resolve().value()[2].tags.empty());
  declared[2].flags = SAGGAR_PORT_INPUT;
  EXPECT_THAT(refusal(), HasSubstr("port 'o2': pattern 'gas.*.o2' matches no tag of kiln 'small'"));
}

TEST_F(Ports, ATypingErrorNamesTheNearestTag) {
  declared[0].pattern = "zone01.top.temprature";
  EXPECT_THAT(refusal(), HasSubstr("did you mean 'zone01.top.temperature'?"));
}

TEST_F(Ports, TheUnitMustBeTheTagsOwn) {
  declared[0].unit = "K";
  EXPECT_THAT(refusal(), HasSubstr("port 'pv' is in K, but tag zone01.top.temperature is in degC"));
}

TEST_F(Ports, TooFewAndTooManyMatchesAreCounted) {
  declared[0].min_count = 5;
  EXPECT_THAT(refusal(), HasSubstr("matches 4 tags of kiln 'small', it takes 5 to 8"));
  declared[0].min_count = 1;
  declared[1].max_count = 3;
  EXPECT_THAT(refusal(), HasSubstr("matches 4 tags of kiln 'small', it takes 1 to 3"));
  declared[1].flags |= SAGGAR_PORT_OPTIONAL;
  EXPECT_THAT(refusal(), HasSubstr("it takes 1 to 3")) << "optional means none, not any number";
}

// VP-26: an undeclared or foreign write is a load error.
TEST_F(Ports, AnOutputMustBeAWriteTagOfTheDuty) {
  declared[1].pattern = "zone*.*.working_setpoint";
  EXPECT_THAT(refusal(), HasSubstr("zone01.top.working_setpoint is not one the runtime writes"));
  declared[1].pattern = "transport.*.speed_setpoint";
  declared[1].unit = "mm/s";
  EXPECT_THAT(refusal(), HasSubstr("belongs to duty transport, this instance has duty heat"));
  EXPECT_EQ(refusal(domain::Duty::transport), "accepted");
}

TEST_F(Ports, ATransportTagHasNoZone) {
  declared[1].pattern = "transport.*.speed_setpoint";
  declared[1].unit = "mm/s";
  EXPECT_THAT(resolve(domain::Duty::transport).value()[1].zone, ElementsAre(0xFFFFFFFFU));
}

TEST_F(Ports, TwoPortsMustNotWriteTheSameTag) {
  declared[2] = declared[1];
  declared[2].name = "again";
  declared[2].pattern = "zone01.top.setpoint";
  EXPECT_THAT(refusal(), HasSubstr("two output ports write tag zone01.top.setpoint"));
}

TEST_F(Ports, SomethingMustBeWritten) {
  declared[1].flags |= SAGGAR_PORT_OPTIONAL;
  declared[1].pattern = "nothing.*";
  EXPECT_THAT(refusal(), HasSubstr("none of its output ports finds a tag"));
}

}  // namespace
}  // namespace saggar::host
