// FieldClient and FieldServer together: hello, frames, commands, heartbeats, restarts.
#include "runtime/wire/field_client.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/wire/link_fixture.hpp"

namespace saggar::wire {
namespace {

using domain::Action;
using domain::Quality;
using domain::Reason;
using domain::SubStatus;
using ::testing::HasSubstr;

class FieldLink : public LinkTest {};

TEST_F(FieldLink, ComesUpAndReportsItOnceOnEachSide) {
  start_both();
  for (int i = 0; i < 20; ++i) pass();
  EXPECT_EQ(count(runtime_got, FieldClientGot::link_up), 1U);
  EXPECT_EQ(count(field_got, FieldGot::hello), 1U);
  EXPECT_FALSE(runtime->mismatch().has_value());
}

TEST_F(FieldLink, ComesUpWhenTheFieldStartsLast) {
  start_field();
  const FieldEndpoints at = field->endpoints();
  field.reset();
  start_runtime(at);
  for (int i = 0; i < 20; ++i) pass();
  EXPECT_FALSE(runtime->link_up());
  start_field(at);
  EXPECT_TRUE(pump([&] { return runtime->link_up() && field->peer_present(); }));
}

TEST_F(FieldLink, FrameArrivesInPlantOrderWithQualityAndTime) {
  start_both();
  domain::Frame sent = field_frame(table.size(), 7'000);
  sent.samples[2].quality = Quality::uncertain;
  sent.samples[2].sub_status = SubStatus::substituted;
  sent.samples[4].time_ns = 6'500;
  EXPECT_EQ(field->publish(sent), 1U);
  ASSERT_TRUE(pump([&] { return frames.size() == 1; }));
  const domain::Frame& got = frames[0];
  EXPECT_EQ(got.sequence, 1U);
  EXPECT_EQ(got.time_ns, 7'000);
  EXPECT_EQ(got.missed, 0U);
  EXPECT_TRUE(got.link_up);
  EXPECT_GT(got.received_ns, 0);
  // Field order: uptime, tag 2, tag 0, tag 4, tag 1, tag 3.
  EXPECT_EQ(got.samples[2].value, 101.0);
  EXPECT_EQ(got.samples[0].value, 102.0);
  EXPECT_EQ(got.samples[4].value, 103.0);
  EXPECT_EQ(got.samples[1].value, 104.0);
  EXPECT_EQ(got.samples[3].value, 105.0);
  EXPECT_EQ(got.samples[0].quality, Quality::uncertain);
  EXPECT_EQ(got.samples[0].sub_status, SubStatus::substituted);
  EXPECT_EQ(got.samples[1].time_ns, 6'500);
  EXPECT_EQ(got.samples[0].time_ns, 7'000);
}

TEST_F(FieldLink, NoFrameIsLostAfterHello) {
  start_field();
  start_runtime(field->endpoints());
  // The field publishes as soon as it is told that a runtime listens, before the runtime knows.
  std::uint64_t sent = 0;
  ASSERT_TRUE(pump([&] {
    if (field->peer_present() && sent < 5) {
      sent = field->publish(field_frame(table.size(), static_cast<std::int64_t>(sent)));
    }
    return frames.size() == 5;
  }));
  EXPECT_EQ(frames.front().sequence, 1U);
  EXPECT_EQ(frames.back().sequence, 5U);
  EXPECT_EQ(runtime->counts().missed, 0U);
}

TEST_F(FieldLink, CommandReachesTheRightTagAndIsAcknowledgedWithWhatWasTaken) {
  start_both();
  domain::Command sent(2);
  sent.cycle = 12;
  sent.frame_sequence = 3;
  sent.time_ns = 55;
  sent.valid_until_ns = INT64_MAX;
  sent.heartbeat = 9;
  sent.value = {42.0, 850.0};  // flow, zone setpoint
  sent.action = {Action::write, Action::release};
  ASSERT_TRUE(runtime->send(sent));
  ASSERT_TRUE(pump([&] { return acks.size() == 1; }));
  ASSERT_EQ(commands.size(), 1U);
  const domain::Command& got = commands[0];
  EXPECT_EQ(got.cycle, 12U);
  EXPECT_EQ(got.frame_sequence, 3U);
  EXPECT_EQ(got.time_ns, 55);
  EXPECT_EQ(got.heartbeat, 9U);
  EXPECT_EQ(got.value[0], 850.0);  // field MV 0 is the zone setpoint
  EXPECT_EQ(got.action[0], Action::release);
  EXPECT_EQ(got.value[1], 42.0);
  EXPECT_EQ(got.action[1], Action::write);
  EXPECT_EQ(table[field->tag_of(0)].name, "zone01.top.setpoint");
  EXPECT_EQ(acks[0].cycle, 12U);
  EXPECT_EQ(acks[0].taken[0], 42.0);
  EXPECT_EQ(acks[0].taken[1], 850.0);
}

TEST_F(FieldLink, AckCarriesTheReasonOfARefusedValue) {
  start_both();
  ASSERT_TRUE(runtime->send(write_all(1, 10)));
  ASSERT_TRUE(pump([&] { return acks.size() == 1; }));
  domain::Ack answer(2);
  answer.cycle = 2;
  answer.time_ns = 77;
  answer.taken = {800.0, 5.0};
  answer.refused = {Reason::field_local, Reason::none};
  field->acknowledge(answer);
  ASSERT_TRUE(pump([&] { return acks.size() == 2; }));
  EXPECT_EQ(acks[1].refused[1], Reason::field_local);  // zone setpoint is Plant MV 1
  EXPECT_EQ(acks[1].refused[0], Reason::none);
  EXPECT_EQ(acks[1].taken[1], 800.0);
  EXPECT_EQ(acks[1].time_ns, 77);
}

TEST_F(FieldLink, AckIsDeliveredBeforeTheFrameThatFollowedIt) {
  start_both();
  for (std::uint64_t cycle = 1; cycle <= 200; ++cycle) {
    ASSERT_TRUE(runtime->send(write_all(cycle, 1)));
    ASSERT_TRUE(until([&] { return field->receive(command) == FieldGot::command; }, [] {}));
    domain::Ack answer(2);
    answer.cycle = cycle;
    field->acknowledge(answer);
    field->publish(field_frame(table.size(), static_cast<std::int64_t>(cycle)));
    const std::size_t before = runtime_got.size();
    ASSERT_TRUE(until([&] { return runtime_got.size() >= before + 2; }, [&] { run_runtime(); }));
    ASSERT_EQ(runtime_got[before], FieldClientGot::ack) << "cycle " << cycle;
    ASSERT_EQ(runtime_got[before + 1], FieldClientGot::frame) << "cycle " << cycle;
    ASSERT_EQ(ack.cycle, cycle);
  }
}

TEST_F(FieldLink, WriteTagsThatTheFieldLeavesOpenCarryTheLastAcknowledgedValue) {
  start_both();
  ASSERT_TRUE(runtime->send(write_all(1, 10)));  // flow 10, setpoint 11
  ASSERT_TRUE(pump([&] { return acks.size() == 1; }));
  domain::Frame sent = field_frame(table.size(), 5);
  sent.samples[1] = domain::Sample{};
  sent.samples[3] = domain::Sample{};
  field->publish(sent);
  ASSERT_TRUE(pump([&] { return frames.size() == 1; }));
  EXPECT_EQ(frames[0].samples[2].value, 11.0);
  EXPECT_EQ(frames[0].samples[4].value, 10.0);
  EXPECT_EQ(frames[0].samples[4].quality, Quality::good);
}

TEST_F(FieldLink, TagTableMismatchIsRefusedWithAllDifferences) {
  table = domain::TagTable();
  using U = units::Unit;
  (void)table.add(read_tag("zone01.top.temperature", U::K, 0, 1200));
  (void)table.add(read_tag("zone01.top.working_setpoint", U::degC, 0, 1300));
  (void)table.add(read_tag("zone01.top.setpoint", U::degC, 0, 1100));
  (void)table.add(read_tag("o2.inlet01.working_flow", U::Nm3_per_h, 0, 300));
  start_field();
  start_runtime(field->endpoints());
  ASSERT_TRUE(pump(
      [&] { return runtime->mismatch().has_value() && count(field_got, FieldGot::refused) > 0; }));
  for (const char* line :
       {"zone01.top.temperature: the field says unit K, the configuration says unit degC",
        "zone01.top.working_setpoint: the field says range 0 to 1300 degC, the configuration says "
        "range 0 to 1200 degC",
        "zone01.top.setpoint: the field says read only, the configuration says write",
        "o2.inlet01.flow_setpoint: the field says nothing"}) {
    EXPECT_THAT(runtime->mismatch()->what, HasSubstr(line));
    EXPECT_THAT(std::string(field->refusal()), HasSubstr(line));
  }
  for (int i = 0; i < 20; ++i) pass();
  EXPECT_FALSE(runtime->link_up());
  EXPECT_FALSE(field->peer_present());
  EXPECT_FALSE(runtime->send(write_all(1, 1)));
  EXPECT_EQ(count(runtime_got, FieldClientGot::refused), 1U) << "reported once, not each time";
}

TEST_F(FieldLink, AnotherKilnIsRefused) {
  auto made = FieldServer::bind(context, kAnyPort, "P-other", table);
  ASSERT_TRUE(made.ok());
  field = std::move(made).value();
  start_runtime(field->endpoints());
  ASSERT_TRUE(pump([&] { return runtime->mismatch().has_value(); }));
  EXPECT_THAT(runtime->mismatch()->what,
              HasSubstr("kiln: the field says 'P-other', the configuration says 'P-test'"));
}

TEST_F(FieldLink, CorrectedFieldIsAcceptedAfterAMismatch) {
  const domain::TagTable right = table;
  table = domain::TagTable();
  (void)table.add(read_tag("zone01.top.temperature", units::Unit::K, 0, 1200));
  start_field();
  const FieldEndpoints at = field->endpoints();
  start_runtime(at);
  ASSERT_TRUE(pump([&] { return runtime->mismatch().has_value(); }));
  field.reset();
  table = right;
  start_field(at);
  ASSERT_TRUE(pump([&] { return runtime->link_up(); }));
  EXPECT_FALSE(runtime->mismatch().has_value());
}

TEST_F(FieldLink, HeartbeatsGoBothWaysAndAreEchoed) {  // SC-45
  settings.step_s = 0.01;
  heartbeat = 41;
  start_both();
  ASSERT_TRUE(pump([&] { return field->peer_heartbeat() == 41; }));
  heartbeat = 42;
  ASSERT_TRUE(pump([&] { return field->peer_heartbeat() == 42; }));
  EXPECT_GE(count(field_got, FieldGot::heartbeat), 2U);
  EXPECT_EQ(runtime->field_liveness(), Liveness::alive);
}

TEST_F(FieldLink, AFieldThatHangsIsLostAfterFiveSecondsAndComesBackByItself) {  // SC-46
  std::int64_t time_ns = 1'000'000'000;
  clock = [&] { return time_ns; };
  start_both();
  pass();
  ASSERT_EQ(runtime->field_liveness(), Liveness::alive);
  const std::int64_t hung_at = time_ns;
  const auto hang_until = [&](double seconds) {
    while (static_cast<double>(time_ns - hung_at) < seconds * 1e9) {
      time_ns += 100'000'000;
      runtime->beat(heartbeat, time_ns);
      run_runtime();
    }
  };
  hang_until(2.9);
  EXPECT_EQ(runtime->field_liveness(), Liveness::alive);
  hang_until(4.8);
  EXPECT_EQ(runtime->field_liveness(), Liveness::warn);
  EXPECT_TRUE(runtime->link_up());
  hang_until(6.0);  // one step of tolerance
  EXPECT_EQ(runtime->field_liveness(), Liveness::lost);
  EXPECT_EQ(runtime->field_fault(), HeartbeatFault::silent);
  EXPECT_FALSE(runtime->link_up());
  EXPECT_EQ(count(runtime_got, FieldClientGot::link_lost), 1U);
  EXPECT_FALSE(runtime->send(write_all(1, 1)));
  ASSERT_TRUE(pump([&] {
    time_ns += 10'000'000;
    return runtime->link_up();
  }));
  EXPECT_EQ(count(runtime_got, FieldClientGot::link_up), 2U);
}

TEST_F(FieldLink, RestartedFieldIsNoticedAtOnceAndIsNoGap) {
  start_both();
  for (int i = 0; i < 3; ++i) field->publish(field_frame(table.size(), i));
  ASSERT_TRUE(pump([&] { return frames.size() == 3; }));
  const FieldEndpoints at = field->endpoints();
  field.reset();
  start_field(at);
  ASSERT_TRUE(pump([&] { return count(runtime_got, FieldClientGot::link_up) == 2; }));
  EXPECT_EQ(count(runtime_got, FieldClientGot::link_lost), 1U);
  ASSERT_TRUE(pump([&] { return field->peer_present(); }));
  field->publish(field_frame(table.size(), 9));
  ASSERT_TRUE(pump([&] { return frames.size() == 4; }));
  EXPECT_EQ(frames[3].sequence, 1U);
  EXPECT_EQ(frames[3].missed, 0U);
  EXPECT_EQ(runtime->counts().missed, 0U);
}

TEST_F(FieldLink, RestartedRuntimeTakesOverFromTheDeadOne) {
  start_both();
  ASSERT_TRUE(runtime->send(write_all(500, 1)));
  ASSERT_TRUE(pump([&] { return commands.size() == 1; }));
  field->publish(field_frame(table.size(), 1));
  runtime.reset();
  start_runtime(field->endpoints());
  ASSERT_TRUE(pump([&] { return runtime->link_up() && field->peer_present(); }));
  EXPECT_EQ(count(field_got, FieldGot::hello), 2U);
  // Its cycles start again at 1: a new session, not a step backwards.
  ASSERT_TRUE(runtime->send(write_all(1, 1)));
  ASSERT_TRUE(pump([&] { return commands.size() == 2; }));
}

TEST_F(FieldLink, SecondRuntimeIsRefusedWhileTheFirstIsConnected) {
  start_both();
  auto second = FieldClient::connect(context, field->endpoints(), plant);
  ASSERT_TRUE(second.ok());
  FieldClient& other = *second.value();
  domain::Frame f(plant.tags.size());
  domain::Ack a(plant.mvs.size());
  bool refused = false;
  ASSERT_TRUE(pump([&] {
    other.beat(1, now_ns());
    refused = refused || other.receive(f, a) == FieldClientGot::refused;
    return refused;
  }));
  EXPECT_THAT(std::string(other.refusal()), HasSubstr("another runtime drives this kiln"));
  EXPECT_FALSE(other.link_up());
  EXPECT_TRUE(runtime->link_up());
  // The field may let go of the first one.
  runtime.reset();
  EXPECT_TRUE(pump([&] {
    other.beat(1, now_ns());
    other.receive(f, a);
    return other.link_up();
  }));
}

TEST_F(FieldLink, ASecondRuntimeThatKeepsAskingCostsTheFirstNothing) {  // SC-46, SC-48
  std::int64_t now = now_ns();
  clock = [&] { return now; };
  start_both();
  auto second = FieldClient::connect(context, field->endpoints(), plant, settings);
  ASSERT_TRUE(second.ok());
  FieldClient& other = *second.value();
  domain::Frame f(plant.tags.size());
  domain::Ack a(plant.mvs.size());
  std::size_t refusals = 0;
  const auto ask = [&] {
    other.beat(1, now);
    while (true) {
      const FieldClientGot got = other.receive(f, a);
      if (got == FieldClientGot::nothing) break;
      refusals += got == FieldClientGot::refused ? 1 : 0;
    }
  };
  // A minute of virtual time in steps of a hello; the first one's beats fall in every fourth.
  for (std::size_t hello = 1; hello <= 240; ++hello) {
    now += 250'000'000;
    ++heartbeat;
    ASSERT_TRUE(pump([&] {
      ask();
      return refusals >= hello;
    }));
    ASSERT_TRUE(runtime->link_up()) << "after " << hello << " refused hellos";
    ASSERT_NE(runtime->field_fault(), HeartbeatFault::too_fast);
  }
  EXPECT_EQ(count(runtime_got, FieldClientGot::link_lost), 0U);
  EXPECT_EQ(runtime->field_liveness(), Liveness::alive);
}

TEST_F(FieldLink, ReleasedRuntimeSaysHelloAgain) {
  settings.step_s = 0.01;
  start_both();
  field->release_peer();
  EXPECT_FALSE(field->peer_present());
  ASSERT_TRUE(pump([&] { return count(runtime_got, FieldClientGot::link_lost) == 1; }));
  EXPECT_TRUE(pump([&] { return runtime->link_up() && field->peer_present(); }));
  for (int i = 0; i < 20; ++i) pass();
  EXPECT_EQ(count(runtime_got, FieldClientGot::link_lost), 1U);
}

TEST_F(FieldLink, MalformedAddressIsAnErrorThatNamesIt) {
  const auto made = FieldClient::connect(context, {"nonsense", "tcp://127.0.0.1:1"}, plant);
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.error().text(), HasSubstr("nonsense: cannot connect"));
}

}  // namespace
}  // namespace saggar::wire
