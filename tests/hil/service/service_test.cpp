// The service without sockets: instances, their limit, their end.
#include "hil/service/service.hpp"

#include <gmock/gmock.h>

#include <random>

namespace saggar::service {
namespace {

using ::testing::HasSubstr;
using wire::ServiceCall;
using wire::ServiceReply;
using wire::ServiceRequest;

class ServiceTest : public ::testing::Test {
 protected:
  void start(std::size_t most = 2, double idle_s = 3600) {
    Settings settings;
    settings.configs = SAGGAR_SOURCE_DIR "/configs";
    settings.most_instances = most;
    settings.idle_s = idle_s;
    service = Service::make(settings).value();
  }
  /// The next answer, which must be of this client.
  ServiceReply wait(std::uint64_t of_client) {
    ServiceReply reply;
    std::uint64_t to = 0;
    for (int i = 0; i < 36000; ++i) {
      if (service->next(to, reply)) {
        EXPECT_EQ(to, of_client);
        return reply;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "no answer";
    return reply;
  }
  ServiceReply ask(const ServiceRequest& request) {
    service->take(++client, request);
    return wait(client);
  }
  std::uint64_t initialise() {
    ServiceRequest request;
    request.call = ServiceCall::initialise;
    request.test_case = "ncm622-p1";
    const ServiceReply reply = ask(request);
    EXPECT_EQ(reply.error, "");
    EXPECT_FALSE(reply.points.empty());
    return reply.instance;
  }
  static ServiceRequest of(std::uint64_t instance, ServiceCall call, double step_s = 0) {
    ServiceRequest request;
    request.instance = instance;
    request.call = call;
    request.step_s = step_s;
    return request;
  }

  std::unique_ptr<Service> service;
  std::uint64_t client = 0;
};

TEST_F(ServiceTest, ListsItsCasesAndNamesTheNearestToAWrongOne) {
  start();
  const ServiceReply cases = ask({});
  EXPECT_GE(cases.points.size(), 2U);
  EXPECT_EQ(cases.points[0].role, "case");
  ServiceRequest request;
  request.call = ServiceCall::initialise;
  request.test_case = "ncm622-p2";
  EXPECT_THAT(ask(request).error, HasSubstr("did you mean ncm622-p1?"));
}

TEST_F(ServiceTest, InstancesAreApartAndNoMoreThanItsLimit) {
  start(2);
  const std::uint64_t a = initialise(), b = initialise();
  EXPECT_NE(a, b);
  ServiceRequest third;
  third.call = ServiceCall::initialise;
  third.test_case = "ncm622-p1";
  EXPECT_THAT(ask(third).error, HasSubstr("2 instances are in use, which is the most"));
  EXPECT_EQ(ask(of(a, ServiceCall::advance)).time_s, 30);
  EXPECT_EQ(ask(of(b, ServiceCall::kpi)).time_s, 0);
  EXPECT_EQ(ask(of(a, ServiceCall::stop)).error, "");
  EXPECT_THAT(ask(of(a, ServiceCall::advance)).error, HasSubstr("it was stopped"));
  EXPECT_GT(initialise(), b);
}

TEST_F(ServiceTest, OneThatCannotBeginLeavesRoom) {
  start(1);
  ServiceRequest request;
  request.call = ServiceCall::initialise;
  request.test_case = "ncm622-p1";
  request.start = "hot";
  EXPECT_EQ(ask(request).error_field, "start");
  initialise();
}

TEST_F(ServiceTest, WhileItComputesItIsBusyAndStopEndsIt) {
  start();
  const std::uint64_t a = initialise();
  ask(of(a, ServiceCall::set_step, 86400));
  service->take(100, of(a, ServiceCall::advance));
  service->take(101, of(a, ServiceCall::kpi));
  const ServiceReply busy = wait(101);
  EXPECT_THAT(busy.error, HasSubstr("computes for another request"));
  service->take(102, of(a, ServiceCall::stop));
  EXPECT_THAT(wait(100).error, HasSubstr("was stopped while it computed"));
  EXPECT_EQ(wait(102).error, "");
  EXPECT_EQ(service->instances(), 0U);
}

TEST_F(ServiceTest, OneThatNobodyAsksEnds) {
  start(1, 0.05);
  const std::uint64_t a = initialise();
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  service->tidy();
  EXPECT_EQ(service->instances(), 0U);
  EXPECT_THAT(ask(of(a, ServiceCall::kpi)).error, HasSubstr("idle for too long"));
}

TEST_F(ServiceTest, EndsWhileAnInstanceComputes) {
  start();
  const std::uint64_t a = initialise();
  ask(of(a, ServiceCall::set_step, 86400));
  service->take(100, of(a, ServiceCall::advance));
  service.reset();
}

// Whatever the members hold: an answer, and never the end of the process.
TEST_F(ServiceTest, AnswersAnySoundMessage) {
  start();
  const std::uint64_t a = initialise();
  std::mt19937 random(7);
  const std::vector<double> numbers = {0, -1, 1e300, -1e300, std::nan(""), 1.0 / 0.0, 30, 0.5};
  const auto number = [&] { return numbers[random() % numbers.size()]; };
  const std::vector<std::string> words = {"",     "zone03.top.setpoint",   "x", "../../etc",
                                          "cold", std::string(127, '\xff')};
  const auto word = [&] { return words[random() % words.size()]; };
  for (int i = 0; i < 400; ++i) {
    ServiceRequest request;
    request.instance = random() % 4 == 0 ? random() : a;
    request.call = static_cast<ServiceCall>(random() % (wire::kServiceCallCount - 1));  // not stop
    request.test_case = word(), request.start = word(), request.scenario = word();
    request.warm_up_s = number(), request.step_s = number(), request.from_s = number();
    request.to_s = number(), request.horizon_s = number();
    request.inputs = {{word(), number(), random() % 2 == 0}, {word(), number(), true}};
    request.names = {word(), word()};
    ask(request);
  }
}

}  // namespace
}  // namespace saggar::service
