// HI-13, one instance without sockets: what a client may do, and what it is told when it may not.
#include "hil/service/instance.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <set>

namespace saggar::service {
namespace {

using ::testing::HasSubstr;
using wire::ServiceCall;
using wire::ServiceReply;
using wire::ServiceRequest;

const std::filesystem::path kConfigs = SAGGAR_SOURCE_DIR "/configs";
const std::atomic<bool> kGoOn{false};

ServiceRequest request(ServiceCall call) {
  ServiceRequest r;
  r.call = call;
  return r;
}

std::unique_ptr<Instance> p1(std::uint64_t seed = 1, double warm_up_s = 0) {
  ServiceRequest r = request(ServiceCall::initialise);
  r.seed = seed;
  r.warm_up_s = warm_up_s;
  auto made =
      Instance::make(find_test_cases(kConfigs).value()[0], r, kConfigs / "scenarios", {}, kGoOn);
  if (!made) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

ServiceReply advance(Instance& kiln, std::vector<wire::ServiceInput> inputs = {}) {
  ServiceRequest r = request(ServiceCall::advance);
  r.inputs = std::move(inputs);
  return kiln.answer(r);
}

const wire::ServicePoint& point(const ServiceReply& reply, const std::string& name,
                                const std::string& role) {
  for (const auto& p : reply.points) {
    if (p.name == name && p.role == role) return p;
  }
  throw std::runtime_error("no " + role + " " + name);
}

std::vector<double> kpis(Instance& kiln) {
  std::vector<double> list;
  for (const auto& p : kiln.answer(request(ServiceCall::kpi)).points) {
    list.push_back(std::isfinite(p.value) ? p.value : -1);
  }
  return list;
}

TEST(Instance, SaysWhatThereIs) {
  const auto kiln = p1();
  const ServiceReply all = kiln->answer(request(ServiceCall::describe));
  std::set<std::string> roles;
  for (const auto& p : all.points) roles.insert(p.role);
  EXPECT_EQ(roles, (std::set<std::string>{"input", "measurement", "forecast"}));
  const auto& setpoint = point(all, "zone03.top.setpoint", "input");
  EXPECT_EQ(setpoint.unit, "degC");
  EXPECT_GT(setpoint.high, setpoint.low);
  EXPECT_GT(setpoint.value, 0);
}

TEST(Instance, MovesWhatIsTakenAndLeavesTheRestWithTheLocalRecipe) {
  const auto kiln = p1();
  const auto before = kiln->answer(request(ServiceCall::describe));
  const double recipe = point(before, "zone03.top.setpoint", "input").value;
  ServiceReply now = advance(*kiln, {{"zone03.top.setpoint", recipe + 3, true}});
  EXPECT_EQ(now.time_s, 30);
  EXPECT_EQ(point(now, "zone03.top.remote", "measurement").value, 1);
  EXPECT_EQ(point(now, "zone04.top.remote", "measurement").value, 0);
  for (int i = 0; i < 20; ++i) now = advance(*kiln);  // held, though nobody says it again
  EXPECT_EQ(point(now, "zone03.top.remote", "measurement").value, 1);
  EXPECT_NEAR(point(now, "zone03.top.working_setpoint", "measurement").value, recipe + 3, 0.11);
  now = advance(*kiln, {{"zone03.top.setpoint", 0, false}});
  EXPECT_EQ(point(now, "zone03.top.remote", "measurement").value, 0);
}

TEST(Instance, ShowsWhatTheDevicesRefuse) {
  const auto kiln = p1();
  const ServiceReply now = advance(*kiln, {{"zone03.top.setpoint", 5000, true}});
  EXPECT_TRUE(now.error.empty()) << "time goes on";
  EXPECT_EQ(point(now, "zone03.top.setpoint", "refused").text, "absolute limit");
}

TEST(Instance, NamesTheFieldAndWhatIsRight) {
  const auto kiln = p1();
  const auto error = [](const ServiceReply& reply) {
    return reply.error_field + ": " + reply.error;
  };
  EXPECT_EQ(
      error(advance(*kiln, {{"zone03.top.setpont", 1, true}})),
      "inputs[0].name: there is no \"zone03.top.setpont\"; did you mean zone03.top.setpoint?");
  EXPECT_THAT(error(advance(*kiln, {{"zone03.top.setpoint", NAN, true}})),
              HasSubstr("inputs[0].value: is not finite"));
  EXPECT_THAT(error(advance(
                  *kiln, {{"zone03.top.setpoint", 500, true}, {"zone03.top.setpoint", 500, true}})),
              HasSubstr("inputs[1].name: \"zone03.top.setpoint\" is listed twice"));
  EXPECT_EQ(kiln->time_s(), 0) << "what is refused does nothing";
  ServiceRequest r = request(ServiceCall::set_step);
  r.step_s = 0.3;
  EXPECT_THAT(error(kiln->answer(r)), HasSubstr("step_s: is 0.3; right is 1 to 86400 s in steps"));
  r = request(ServiceCall::set_scenario);
  r.scenario = "../kiln/p1";
  EXPECT_THAT(error(kiln->answer(r)), HasSubstr("scenario: there is no"));
  r = request(ServiceCall::results);
  r.names = {"zone03.top.temperatur"};
  EXPECT_THAT(error(kiln->answer(r)), HasSubstr("did you mean zone03.top.temperature?"));
  r.from_s = 10;
  EXPECT_THAT(error(kiln->answer(r)), HasSubstr("to_s: is 0; right is from_s or later"));
  r = request(ServiceCall::forecast);
  r.horizon_s = 1e9;
  EXPECT_THAT(error(kiln->answer(r)), HasSubstr("horizon_s: is 1e+09; right is 0 to 604800 s"));
  r.horizon_s = 0;
  r.names = {"weather"};
  EXPECT_THAT(error(kiln->answer(r)), HasSubstr("names: there is no \"weather\""));
}

TEST(Instance, RefusesToBeginWithWhatIsNotRight) {
  const auto error = [](ServiceRequest r) {
    const auto made =
        Instance::make(find_test_cases(kConfigs).value()[0], r, kConfigs / "scenarios", {}, kGoOn);
    return made.ok() ? "none" : made.error().text();
  };
  ServiceRequest r = request(ServiceCall::initialise);
  r.start = "warm";
  EXPECT_EQ(error(r), "start: is \"warm\"; right is near_operation or cold");
  r.start = "cold";
  EXPECT_EQ(error(r), "none");
  r.warm_up_s = -1;
  EXPECT_THAT(error(r), HasSubstr("warm_up_s: is -1"));
  r.warm_up_s = NAN;
  EXPECT_THAT(error(r), HasSubstr("warm_up_s: is nan"));
  r.warm_up_s = 0;
  r.step_s = 1e12;
  EXPECT_THAT(error(r), HasSubstr("step_s: is 1e+12"));
}

TEST(Instance, GivesTheSameFiguresForTheSameSeedAndOthersForAnother) {
  const auto a = p1(7, 300), b = p1(7, 300), c = p1(8, 300);
  for (Instance* kiln : {a.get(), b.get(), c.get()}) {
    ServiceRequest r = request(ServiceCall::set_step);
    r.step_s = 1800;
    kiln->answer(r);
    advance(*kiln, {{"zone03.top.setpoint", 700, true}});
  }
  EXPECT_EQ(kpis(*a), kpis(*b));
  EXPECT_NE(kpis(*a), kpis(*c));
  EXPECT_EQ(kpis(*a)[0], kpis(*b)[0]);
  EXPECT_NEAR(kpis(*a)[0], 0.5, 1e-9) << "hours since the end of the warm-up";
}

TEST(Instance, RemembersOnceAMinute) {
  const auto kiln = p1();
  for (int i = 0; i < 10; ++i) advance(*kiln);  // 300 s
  ServiceRequest r = request(ServiceCall::results);
  r.names = {"zone03.top.temperature", "zone03.top.setpoint"};
  r.to_s = 1e9;
  const ServiceReply got = kiln->answer(r);
  ASSERT_EQ(got.series.size(), 2U);
  EXPECT_EQ(got.series[0].time_s, (std::vector<double>{0, 60, 120, 180, 240, 300}));
  EXPECT_TRUE(got.series[0].sigma.empty());
}

// Known today, as uncertain as a front after a week: sigma rises from 0 to front_K.
TEST(Instance, ForecastsWithAnUncertaintyThatGrows) {
  const auto kiln = p1();
  advance(*kiln);
  ServiceRequest r = request(ServiceCall::forecast);
  r.names = {"weather.outside", "zone03.top.setpoint.recipe"};
  r.horizon_s = 86400;
  const ServiceReply got = kiln->answer(r);
  ASSERT_EQ(got.series.size(), 2U);
  const wire::ServiceSeries& weather = got.series[0];
  ASSERT_EQ(weather.time_s.size(), 145U);
  EXPECT_EQ(weather.time_s[0], 30);
  EXPECT_EQ(weather.sigma[0], 0);
  for (std::size_t i = 1; i < 145; ++i) EXPECT_GT(weather.sigma[i], weather.sigma[i - 1]);
  const auto all = kiln->answer(request(ServiceCall::describe));
  EXPECT_NEAR(weather.value[0], point(all, "weather.outside", "forecast").value, 0.01);
  EXPECT_EQ(got.series[1].sigma[144], 0);
}

TEST(Instance, PutsInTheFaultsOfAScenario) {
  const auto kiln = p1();
  ServiceRequest r = request(ServiceCall::set_scenario);
  r.scenario = "heater_open_and_link_loss";
  EXPECT_EQ(kiln->answer(r).error, "");
  r.scenario.clear();
  EXPECT_EQ(kiln->answer(r).error, "");
}

}  // namespace
}  // namespace saggar::service
