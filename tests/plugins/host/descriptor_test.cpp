#include "plugins/host/descriptor.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace saggar::host {
namespace {

using ::testing::HasSubstr;

// A table that is right, to be spoiled in one point.
struct Descriptor : ::testing::Test {
  saggar_port ports[2] = {
      {sizeof(saggar_port), SAGGAR_PORT_INPUT, "pv", "zone*.*.temperature", "degC", 1, 128, "doc"},
      {sizeof(saggar_port), SAGGAR_PORT_OUTPUT, "sp", "zone*.*.setpoint", "degC", 1, 128, "doc"}};
  saggar_param params[2] = {
      {sizeof(saggar_param), SAGGAR_PARAM_TUNABLE, "gain", "1", "doc", 0, 10, 1},
      {sizeof(saggar_param), 0, "limit_K", "K", "doc", 0, 50, 10}};
  const char* needs[2] = {"saggar.state/1", nullptr};
  saggar_plugin table{};

  Descriptor() {
    table.struct_size = sizeof table;
    table.abi_major = SAGGAR_ABI_MAJOR;
    table.abi_minor = SAGGAR_ABI_MINOR;
    table.duties = SAGGAR_DUTY_HEAT | SAGGAR_DUTY_TRANSPORT;
    table.id = "com.vendor.trim";
    table.version = "1.0.0";
    table.vendor = "Vendor";
    table.title = "Trim";
    table.ports = ports;
    table.port_count = 2;
    table.params = params;
    table.param_count = 2;
    table.needs = needs;
    table.create = [](const saggar_host*, void**) -> saggar_status { return SAGGAR_OK; };
    table.destroy = [](void*) {};
    table.configure = [](void*, const saggar_setup*, char*, std::uint32_t) -> saggar_status {
      return SAGGAR_OK;
    };
    table.activate = [](void*) -> saggar_status { return SAGGAR_OK; };
    table.step = [](void*, saggar_io*) -> saggar_status { return SAGGAR_OK; };
    table.deactivate = [](void*) {};
  }
  std::string refusal() const {
    const domain::Status checked = check_descriptor(&table, "p.so");
    return checked.ok() ? "accepted" : checked.error().text();
  }
};

TEST_F(Descriptor, AcceptsARightOneWithoutExtensionsAndParameters) {
  EXPECT_EQ(refusal(), "accepted");
  table.param_count = 0;
  table.params = nullptr;
  table.needs = nullptr;
  EXPECT_EQ(refusal(), "accepted");
}

TEST_F(Descriptor, ChecksTheVersionBeforeAllElse) {
  table.id = nullptr;
  table.abi_minor = SAGGAR_ABI_MINOR + 1;
  EXPECT_THAT(refusal(), HasSubstr("newer than"));
  table.abi_major = SAGGAR_ABI_MAJOR + 1;
  EXPECT_THAT(refusal(), HasSubstr("the major numbers must be equal"));
  table.struct_size = 16;  // of another major: the version is what matters
  EXPECT_THAT(refusal(), HasSubstr("the major numbers must be equal"));
  table.struct_size = 8;  // too short to hold a version
  EXPECT_THAT(refusal(), HasSubstr("its table has 8 bytes"));
  table.struct_size = 136;
  table.abi_major = SAGGAR_ABI_MAJOR;
  table.abi_minor = SAGGAR_ABI_MINOR;
  EXPECT_THAT(refusal(), HasSubstr("its table has 136 bytes"));
}

TEST_F(Descriptor, RefusesMissingOrMalformedTexts) {
  table.id = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("reverse domain name"));
  for (const char* id : {"", "nodots", "com.has space"}) {
    table.id = id;
    EXPECT_THAT(refusal(), HasSubstr("reverse domain name")) << id;
  }
  table.id = "com.vendor.trim";
  table.version = "";
  EXPECT_THAT(refusal(), HasSubstr("version is missing"));
  table.version = "1";
  table.vendor = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("vendor is missing"));
  table.vendor = "V";
  const std::string endless(5000, 'x');
  table.title = endless.c_str();
  EXPECT_THAT(refusal(), HasSubstr("title is missing"));
}

TEST_F(Descriptor, RefusesDutiesThatDoNotExist) {
  table.duties = 0;
  EXPECT_THAT(refusal(), HasSubstr("offers no duty"));
  table.duties = 8;
  EXPECT_THAT(refusal(), HasSubstr("duties has bits"));
  table.duties = 1;
  table.min_latency_cycles = 601;
  EXPECT_THAT(refusal(), HasSubstr("min_latency_cycles 601, at most 600"));
}

TEST_F(Descriptor, RefusesEachNullFunctionButNotMissingExtensions) {
  const saggar_plugin whole = table;
  table.create = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("function create is null"));
  table = whole, table.destroy = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("function destroy is null"));
  table = whole, table.configure = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("function configure is null"));
  table = whole, table.activate = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("function activate is null"));
  table = whole, table.step = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("function step is null"));
  table = whole, table.deactivate = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("function deactivate is null"));
}

TEST_F(Descriptor, RefusesPortsThatMakeNoSense) {
  const auto with = [&](const std::function<void()>& spoil) {
    const saggar_port a = ports[0], b = ports[1];
    spoil();
    const std::string text = refusal();
    ports[0] = a;
    ports[1] = b;
    return text;
  };
  EXPECT_THAT(with([&] { ports[0].unit = "furlong"; }), HasSubstr("unit 'furlong' is not one of"));
  EXPECT_THAT(with([&] { ports[0].unit = nullptr; }), HasSubstr("unit '' is not one of"));
  EXPECT_THAT(with([&] { ports[0].flags = 3; }), HasSubstr("INPUT or OUTPUT, and not both"));
  EXPECT_THAT(with([&] { ports[0].flags = SAGGAR_PORT_OPTIONAL; }), HasSubstr("INPUT or OUTPUT"));
  EXPECT_THAT(with([&] { ports[0].flags = 9; }), HasSubstr("flags has bits"));
  EXPECT_THAT(with([&] { ports[0].max_count = 0; }), HasSubstr("max_count 0 must be 1 to 2000"));
  EXPECT_THAT(with([&] { ports[0].max_count = 0xFFFFFFFF; }), HasSubstr("must be 1 to 2000"));
  EXPECT_THAT(with([&] { ports[0].min_count = 129; }), HasSubstr("min_count is larger"));
  EXPECT_THAT(with([&] { ports[1].name = "pv"; }), HasSubstr("port 'pv' is declared twice"));
  EXPECT_THAT(with([&] { ports[1].flags = SAGGAR_PORT_INPUT; }), HasSubstr("no output port"));
  EXPECT_THAT(with([&] { ports[0].struct_size = 8; }), HasSubstr("struct_size of its ports is 8"));
  EXPECT_THAT(with([&] { ports[1].struct_size = 56; }), HasSubstr("differs from that of port 0"));
  EXPECT_THAT(with([&] { ports[0].pattern = ""; }), HasSubstr("pattern is missing"));
  table.port_count = 0;
  EXPECT_THAT(refusal(), HasSubstr("0 ports, it must be 1 to 64"));
  table.port_count = 4'000'000'000U;
  EXPECT_THAT(refusal(), HasSubstr("4000000000 ports"));
  table.port_count = 2;
  table.ports = nullptr;
  EXPECT_THAT(refusal(), HasSubstr("ports is null"));
}

TEST_F(Descriptor, RefusesParametersThatMakeNoSense) {
  const auto with = [&](const std::function<void()>& spoil) {
    const saggar_param a = params[0], b = params[1];
    spoil();
    const std::string text = refusal();
    params[0] = a;
    params[1] = b;
    return text;
  };
  EXPECT_THAT(with([&] { params[0].min = 2; }), HasSubstr("needs min <= default <= max"));
  EXPECT_THAT(with([&] { params[0].max = 0.5; }), HasSubstr("needs min <= default <= max"));
  EXPECT_THAT(with([&] { params[0].default_value = std::numeric_limits<double>::quiet_NaN(); }),
              HasSubstr("must be finite"));
  EXPECT_THAT(with([&] { params[0].max = std::numeric_limits<double>::infinity(); }),
              HasSubstr("must be finite"));
  EXPECT_THAT(with([&] { params[1].key = "gain"; }),
              HasSubstr("parameter 'gain' is declared twice"));
  EXPECT_THAT(with([&] { params[1].key = "two words"; }), HasSubstr("key must be letters"));
  EXPECT_THAT(with([&] { params[1].unit = "kelvin"; }), HasSubstr("unit 'kelvin'"));
  EXPECT_THAT(with([&] { params[1].doc = nullptr; }), HasSubstr("doc is missing"));
  EXPECT_THAT(with([&] { params[1].flags = 4; }), HasSubstr("flags has bits"));
  table.param_count = 257;
  EXPECT_THAT(refusal(), HasSubstr("257 parameters, at most 256"));
}

TEST_F(Descriptor, RefusesNeedsThatAreUnmetOrEndless) {
  needs[0] = "saggar.state/2";
  EXPECT_THAT(refusal(), HasSubstr("needs extension 'saggar.state/2'"));
  std::vector<const char*> endless(64, "saggar.state/1");
  table.needs = endless.data();
  EXPECT_THAT(refusal(), HasSubstr("needs does not end with NULL"));
}

// A plugin of an older or longer minor has elements of another size; the step between them is its
// own.
TEST_F(Descriptor, WalksArraysByTheSizeThePluginSays) {
  struct Longer {
    saggar_param param;
    double appended;
  } longer[2] = {{params[0], 1}, {params[1], 2}};
  longer[0].param.struct_size = longer[1].param.struct_size = sizeof(Longer);
  table.params = &longer[0].param;
  EXPECT_EQ(refusal(), "accepted");
  EXPECT_STREQ(param_at(table, 1).key, "limit_K");
}

TEST(DutyNames, ReadAsAList) {
  EXPECT_EQ(duty_names(SAGGAR_DUTY_HEAT | SAGGAR_DUTY_TRANSPORT), "heat, transport");
}

}  // namespace
}  // namespace saggar::host
