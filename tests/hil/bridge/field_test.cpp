#include "hil/bridge/field.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <sstream>
#include <thread>

#include "runtime/wire/field_client.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::bridge {
namespace {

using namespace std::chrono_literals;
using domain::Action;

std::int64_t now_ns() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

/// A runtime in a thread of its own: answers every frame with one setpoint until told to stop.
class Runtime {
 public:
  Runtime(const wire::FieldEndpoints& endpoints, const domain::Plant& plant, double setpoint_degC,
          const wire::HeartbeatSettings& settings = {})
      : thread_([this, endpoints, &plant, setpoint_degC, settings] {
          run(endpoints, plant, setpoint_degC, settings);
        }) {}
  ~Runtime() { end(); }
  void end() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  std::atomic<int> frames{0}, acks{0};
  std::atomic<bool> link_up{false};
  std::atomic<wire::Liveness> field{wire::Liveness::waiting};

 private:
  void run(const wire::FieldEndpoints& endpoints, const domain::Plant& plant, double setpoint,
           const wire::HeartbeatSettings& settings) {
    wire::Context context;
    auto client = wire::FieldClient::connect(context, endpoints, plant, settings);
    domain::Frame frame(plant.tags.size());
    domain::Ack ack(plant.mvs.size());
    domain::Command command(plant.mvs.size());
    while (!stop_) {
      client.value()->beat(command.heartbeat, now_ns());
      const auto pollables = client.value()->pollables();
      wire::wait(pollables, 5ms);
      for (auto got = client.value()->receive(frame, ack); got != wire::FieldClientGot::nothing;
           got = client.value()->receive(frame, ack)) {
        if (got == wire::FieldClientGot::ack) ++acks;
        if (got != wire::FieldClientGot::frame) continue;
        ++frames;
        ++command.cycle;
        ++command.heartbeat;
        command.frame_sequence = frame.sequence;
        command.time_ns = frame.time_ns;
        command.valid_until_ns = frame.time_ns + 5'000'000'000;
        command.action[0] = Action::write;
        command.value[0] = setpoint;
        client.value()->send(command);
      }
      link_up = client.value()->link_up();
      field = client.value()->field_liveness();
    }
  }

  std::atomic<bool> stop_{false};
  std::thread thread_;
};

/// The runtime's view; it refuses a trip below the setpoints, which the small kiln has for its own
/// tests.
domain::Plant small_plant() {
  auto config = kiln::small_config();
  config.heat.trip_degC.value = {928};
  auto plant = config::make_plant(config);
  if (!plant.ok()) throw std::runtime_error(plant.error().text());
  return std::move(plant).value();
}

class FieldTest : public ::testing::Test {
 protected:
  FieldTest() : kiln(kiln::small_kiln()), plant(small_plant()) {
    auto bound = wire::FieldServer::bind(context, {"tcp://127.0.0.1:*", "tcp://127.0.0.1:*"},
                                         plant.name, kiln->tags());
    if (!bound.ok()) throw std::runtime_error(bound.error().text());
    server = std::move(bound).value();
    field = std::make_unique<Field>(*kiln, *server, nullptr, 1.0, 5.0, log);
  }
  wire::Context context;
  std::unique_ptr<kiln::Kiln> kiln;
  domain::Plant plant;
  std::unique_ptr<wire::FieldServer> server;
  std::ostringstream log;
  std::unique_ptr<Field> field;
  /// Serves, without moving the kiln's time, until `done`; false if that takes for ever.
  bool serve_until(const std::function<bool()>& done) {
    for (int i = 0; i < 2000 && !done(); ++i) {
      field->serve_until(std::chrono::steady_clock::now() + 10ms, &go_on);
    }
    return done();
  }
  const volatile int go_on = 0;
};

TEST_F(FieldTest, LockstepIsAFrameItsCommandAndOnePeriodOnward) {
  Runtime runtime(server->endpoints(), plant, 210.0);
  ASSERT_TRUE(field->exchange(20s, &go_on));
  field->advance();
  for (int i = 0; i < 20; ++i) {
    const std::int64_t before = kiln->time_ns();
    ASSERT_TRUE(field->exchange(20s, &go_on));
    EXPECT_EQ(kiln->time_ns(), before);  // the kiln waits for its command
    field->advance();
    EXPECT_EQ(kiln->time_ns(), before + 1'000'000'000);
  }
  EXPECT_NEAR(kiln::sample(*kiln, "zone01.top.setpoint").value, 210.0, 1e-9);
  EXPECT_EQ(kiln::sample(*kiln, "zone01.top.remote").value, 1.0);
  EXPECT_THAT(log.str(), ::testing::HasSubstr("a living runtime is there"));
  while (runtime.acks < 20) std::this_thread::sleep_for(1ms);
}

TEST_F(FieldTest, WithoutARuntimeAnExchangeEndsAtItsLimit) {
  const auto began = std::chrono::steady_clock::now();
  EXPECT_FALSE(field->exchange(120ms, &go_on));
  EXPECT_GE(std::chrono::steady_clock::now() - began, 120ms);
  EXPECT_EQ(kiln->time_ns(), 0);
}

TEST_F(FieldTest, AStopEndsEvenAnExchangeWithoutLimit) {
  const volatile int stop = 1;
  EXPECT_FALSE(field->exchange(std::chrono::milliseconds(-1), &stop));
}

TEST_F(FieldTest, ALostRuntimeShedsTheDevicesAndAnotherOneMayTakeOver) {
  {
    Runtime first(server->endpoints(), plant, 210.0);
    ASSERT_TRUE(field->exchange(20s, &go_on));
    field->advance();
    ASSERT_TRUE(field->exchange(20s, &go_on));
  }
  field->lose("no command came in time: link lost");
  EXPECT_FALSE(kiln->host_alive());
  EXPECT_NEAR(kiln::sample(*kiln, "zone01.top.setpoint").value, 200.0, 1e-9);  // local recipe
  EXPECT_THAT(log.str(), ::testing::HasSubstr("local recipe"));
  field->advance();
  Runtime second(server->endpoints(), plant, 220.0);
  bool answered = false;
  for (int i = 0; i < 100 && !answered; ++i) answered = field->exchange(200ms, &go_on);
  ASSERT_TRUE(answered);
  EXPECT_NEAR(kiln::sample(*kiln, "zone01.top.setpoint").value, 220.0, 1e-9);
}

TEST_F(FieldTest, NothingPassesWhileTheLinkFaultIsOn) {
  kiln->inject({0, faults::Kind::link_loss, "", 1.0, 30});
  field->advance();
  ASSERT_TRUE(kiln->link_down());
  Runtime runtime(server->endpoints(), plant, 210.0);
  EXPECT_FALSE(field->exchange(300ms, &go_on));
  EXPECT_EQ(runtime.frames, 0);
  for (int i = 0; i < 40; ++i) field->advance();
  EXPECT_FALSE(kiln->link_down());
  EXPECT_TRUE(field->exchange(20s, &go_on));
  EXPECT_THAT(log.str(), ::testing::HasSubstr("fault link_loss at 0 s: over"));
}

// F22: a cut link carries no heartbeat and no hello either, so the runtime must notice by itself.
TEST_F(FieldTest, WhileTheLinkFaultIsOnTheRuntimeLosesTheFieldAndFindsItAgainAfterwards) {
  wire::HeartbeatSettings fast;
  fast.step_s = 0.05;
  fast.warn_s = 0.2;
  fast.lost_s = 0.4;
  Runtime runtime(server->endpoints(), plant, 210.0, fast);
  ASSERT_TRUE(serve_until([&] { return runtime.link_up.load(); }));
  ASSERT_TRUE(serve_until([&] { return runtime.field == wire::Liveness::alive; }));
  kiln->inject({0, faults::Kind::link_loss, "", 1.0, 30});
  field->advance();
  ASSERT_TRUE(kiln->link_down());
  ASSERT_TRUE(serve_until([&] { return runtime.field == wire::Liveness::lost; }));
  const auto soon = std::chrono::steady_clock::now() + 700ms;  // two more of its hellos at least
  serve_until([&] { return std::chrono::steady_clock::now() > soon; });
  EXPECT_FALSE(runtime.link_up) << "a hello was answered";
  EXPECT_EQ(server->refused_count(), 0U);
  field->publish();
  EXPECT_EQ(runtime.frames, 0);
  for (int i = 0; i < 40; ++i) field->advance();
  ASSERT_FALSE(kiln->link_down());
  EXPECT_FALSE(kiln->host_alive());
  EXPECT_TRUE(serve_until([&] { return runtime.link_up.load(); }));
  EXPECT_TRUE(serve_until([&] { return runtime.field == wire::Liveness::alive; }));
  EXPECT_TRUE(field->exchange(20s, &go_on));
  EXPECT_GT(runtime.frames, 0);
}

TEST_F(FieldTest, TruthGoesOutForTheView) {
  auto truths = wire::TruthPublisher::bind(context, "tcp://127.0.0.1:*");
  ASSERT_TRUE(truths.ok());
  Field shown(*kiln, *server, truths.value().get(), 1.0, 5.0, log);
  auto view = wire::TruthSubscriber::connect(context, truths.value()->endpoint());
  ASSERT_TRUE(view.ok());
  wire::Truth truth;
  bool received = false;
  for (int i = 0; i < 100 && !received; ++i) {
    shown.advance();
    std::this_thread::sleep_for(60ms);
    received = view.value()->receive(truth);
  }
  ASSERT_TRUE(received);
  EXPECT_EQ(truth.zone_gas_degC.size(), 5U);
  EXPECT_EQ(truth.column_core_degC.size(), truth.column_position_m.size());
  EXPECT_GT(truth.column_core_degC.size(), 20U);
}

}  // namespace
}  // namespace saggar::bridge
