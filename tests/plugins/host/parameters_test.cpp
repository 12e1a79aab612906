#include "plugins/host/parameters.hpp"

#include <gmock/gmock.h>

#include "tests/support/plants.hpp"

namespace saggar::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Parameters : ::testing::Test {
  domain::Plant plant = testing::small_plant(2);
  saggar_port port = {
      sizeof(saggar_port), SAGGAR_PORT_OUTPUT, "sp", "zone*.*.setpoint", "degC", 1, 8, "d"};
  saggar_param declared[2] = {
      {sizeof(saggar_param), SAGGAR_PARAM_PER_OUTPUT, "gain", "1", "d", 0, 10, 1},
      {sizeof(saggar_param), 0, "limit_K", "K", "d", 0, 50, 10}};
  saggar_plugin table{};
  std::vector<ResolvedPort> ports;

  Parameters() {
    table.ports = &port;
    table.port_count = 1;
    table.params = declared;
    table.param_count = 2;
    ports = resolve_ports(table, plant, domain::Duty::heat, "x").value();
  }
  auto resolve(const std::vector<ParamSpec>& given) {
    return resolve_parameters(table, ports, given, "controller 'x'");
  }
  std::string refusal(const std::vector<ParamSpec>& given) {
    const auto values = resolve(given);
    return values.ok() ? "accepted" : values.error().text();
  }
};

TEST_F(Parameters, DefaultsHoldWhereNothingIsGiven) {
  const auto values = resolve({});
  ASSERT_TRUE(values.ok());
  EXPECT_THAT(values.value()[0], ElementsAre(1, 1, 1, 1)) << "one per element of the first output";
  EXPECT_THAT(values.value()[1], ElementsAre(10));
}

TEST_F(Parameters, ANumberHoldsForAll) {
  EXPECT_THAT(resolve({{"gain", 3.0, {}}}).value()[0], ElementsAre(3, 3, 3, 3));
}

TEST_F(Parameters, OverridesHoldForMatchingTagsAndTheirLeadingParts) {
  EXPECT_THAT(resolve({{"gain", 3.0, {{"zone02.*", 5}}}}).value()[0], ElementsAre(3, 3, 5, 5));
  EXPECT_THAT(resolve({{"gain", {}, {{"zone*.top.setpoint", 5}}}}).value()[0],
              ElementsAre(5, 1, 5, 1));
  EXPECT_THAT(resolve({{"gain", {}, {{"zone01", 4}}}}).value()[0], ElementsAre(4, 4, 1, 1));
}

TEST_F(Parameters, AnExactTagWinsOverAPatternInEitherOrder) {
  const ParamOverride exact{"zone02.top.setpoint", 7}, pattern{"zone02.*", 5};
  EXPECT_THAT(resolve({{"gain", {}, {exact, pattern}}}).value()[0], ElementsAre(1, 1, 7, 5));
  EXPECT_THAT(resolve({{"gain", {}, {pattern, exact}}}).value()[0], ElementsAre(1, 1, 7, 5));
}

TEST_F(Parameters, TwoPatternsForOneTagAreRefused) {
  EXPECT_THAT(refusal({{"gain", {}, {{"zone02.*", 5}, {"zone*.top", 6}}}}),
              HasSubstr("two overrides hold for zone02.top.setpoint"));
}

TEST_F(Parameters, AnUnknownKeyNamesTheNearest) {
  EXPECT_THAT(refusal({{"gian", 1.0, {}}}),
              HasSubstr("there is no parameter 'gian'; did you mean 'gain'?"));
}

TEST_F(Parameters, OutOfRangeNamesTheRangeAndUnit) {
  EXPECT_THAT(refusal({{"limit_K", 51.0, {}}}),
              HasSubstr("parameter 'limit_K' is 51, it must be 0 to 50 K"));
  EXPECT_THAT(refusal({{"gain", {}, {{"zone01.*", -1}}}}), HasSubstr("is -1, it must be 0 to 10"));
  EXPECT_THAT(refusal({{"gain", std::numeric_limits<double>::quiet_NaN(), {}}}),
              HasSubstr("it must be 0 to 10"));
}

TEST_F(Parameters, WhatCannotHoldIsRefused) {
  EXPECT_THAT(refusal({{"limit_K", {}, {{"zone01.*", 5}}}}), HasSubstr("has one value for all"));
  EXPECT_THAT(refusal({{"gain", {}, {{"zone09.*", 5}}}}),
              HasSubstr("matches none of the outputs, such as zone01.top.setpoint"));
  EXPECT_THAT(refusal({{"gain", 1.0, {}}, {"gain", 2.0, {}}}), HasSubstr("is given twice"));
}

}  // namespace
}  // namespace saggar::host
