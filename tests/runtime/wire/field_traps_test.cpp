// The traps of ZeroMQ that were measured, each shown absent through our own classes.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <zmq.hpp>

#include "runtime/wire/field_codec.hpp"
#include "tests/runtime/wire/link_fixture.hpp"

namespace saggar::wire {
namespace {

class FieldTraps : public LinkTest {};

// Trap: a DEALER that lost its peer accepts sends and delivers them after the reconnect.
TEST_F(FieldTraps, NoCommandForADeadFieldIsDeliveredToItsSuccessor) {
  start_both();
  std::uint64_t cycle = 0;
  for (int restart = 0; restart < 5; ++restart) {
    const FieldEndpoints at = field->endpoints();
    const std::uint64_t first_lost = cycle + 1;
    field.reset();
    // Send until ZeroMQ has noticed, and then some more.
    int refused = 0;
    ASSERT_TRUE(until([&] { return refused == 50; },
                      [&] {
                        if (!runtime->send(write_all(++cycle, 1))) ++refused;
                      }));
    EXPECT_GE(cycle, first_lost + 49);
    commands.clear();
    start_field(at);
    ASSERT_TRUE(pump([&] { return runtime->link_up() && field->peer_present(); }));
    ASSERT_TRUE(runtime->send(write_all(++cycle, 1)));
    ASSERT_TRUE(pump([&] { return !commands.empty(); }));
    for (int i = 0; i < 10; ++i) pass();
    ASSERT_EQ(commands.size(), 1U);
    EXPECT_EQ(commands[0].cycle, cycle) << "a command meant for the former field was delivered";
  }
}

// The same before the first connection.
TEST_F(FieldTraps, NothingIsQueuedForAFieldThatWasNeverThere) {
  start_field();
  const FieldEndpoints at = field->endpoints();
  field.reset();
  start_runtime(at);
  for (std::uint64_t i = 1; i <= 1000; ++i) EXPECT_FALSE(runtime->send(write_all(i, 1)));
  EXPECT_EQ(runtime->counts().unsent, 1000U);
  start_field(at);
  ASSERT_TRUE(pump([&] { return runtime->link_up() && field->peer_present(); }));
  for (int i = 0; i < 10; ++i) pass();
  EXPECT_TRUE(commands.empty());
}

// Traps: PUB drops silently; a conflated SUB can lose the newest.
TEST_F(FieldTraps, EveryLostFrameIsCountedAndTheNewestIsTheLast) {
  start_both();
  constexpr std::uint64_t kBurst = 20'000;
  domain::Frame sent = field_frame(table.size(), 0);
  for (std::uint64_t i = 0; i < kBurst; ++i) field->publish(sent);
  // Whatever was dropped in the burst, the next frames get through again and tell how many.
  std::uint64_t newest = kBurst;
  ASSERT_TRUE(pump([&] {
    if (!frames.empty() && frames.back().sequence > kBurst) return true;
    newest = field->publish(sent);
    return false;
  }));
  ASSERT_TRUE(pump([&] { return frames.back().sequence == newest; }));
  std::uint64_t missed = 0;
  std::uint64_t last = 0;
  for (const domain::Frame& f : frames) {
    EXPECT_EQ(f.missed, last == 0 ? 0 : f.sequence - last - 1);
    EXPECT_GT(f.sequence, last);
    missed += f.missed;
    last = f.sequence;
  }
  EXPECT_EQ(frames.size() + missed + (frames.front().sequence - 1), newest);
  EXPECT_EQ(runtime->counts().missed, missed);
  EXPECT_LT(frames.size(), kBurst) << "the burst was meant to overrun the high-water marks";
}

TEST_F(FieldTraps, AShortBurstArrivesWholeAndEndsWithTheNewest) {
  start_both();
  for (int i = 0; i < 300; ++i) field->publish(field_frame(table.size(), i));
  ASSERT_TRUE(pump([&] { return !frames.empty() && frames.back().sequence == 300; }));
  EXPECT_EQ(frames.size(), 300U);
  EXPECT_EQ(runtime->counts().missed, 0U);
}

// Trap: no limit on the size of a message.
TEST_F(FieldTraps, SenderOfAnOversizedMessageIsDisconnectedAndTheLinkGoesOn) {
  start_both();
  zmq::context_t raw(1);
  zmq::socket_t stranger(raw, zmq::socket_type::dealer);
  stranger.set(zmq::sockopt::linger, 0);
  stranger.connect(field->endpoints().commands);
  const std::vector<char> huge(SocketOptions::kMaxMessage_bytes + 1, 'x');
  stranger.send(zmq::buffer(huge));
  ASSERT_TRUE(pump([&] { return field->disconnects() > 0; }));
  EXPECT_EQ(field->refused_count(), 0U) << "it never reached us";
  ASSERT_TRUE(runtime->send(write_all(1, 1)));
  ASSERT_TRUE(pump([&] { return acks.size() == 1; }));
  EXPECT_TRUE(runtime->link_up());
}

TEST_F(FieldTraps, FieldThatSendsAnOversizedMessageIsDisconnectedAndReported) {
  zmq::context_t raw(1);
  zmq::socket_t publisher(raw, zmq::socket_type::xpub);
  publisher.set(zmq::sockopt::linger, 0);
  publisher.bind("tcp://127.0.0.1:*");
  start_field();
  start_runtime({publisher.get(zmq::sockopt::last_endpoint), field->endpoints().commands});
  zmq::message_t joined;
  ASSERT_TRUE(publisher.recv(joined, zmq::recv_flags::none));
  std::vector<char> huge(SocketOptions::kMaxMessage_bytes + 1, 'x');
  std::memcpy(huge.data(), "SAGR", 4);
  publisher.send(zmq::buffer(huge));
  ASSERT_TRUE(pump([&] { return runtime->counts().disconnects > 0; }));
  EXPECT_EQ(runtime->counts().frames, 0U);
}

// Trap: queues without end towards a peer that does not read.
TEST_F(FieldTraps, QueueToAFieldThatDoesNotReadIsBounded) {
  start_both();
  std::uint64_t sent = 0;
  ASSERT_TRUE(until([&] { return !runtime->send(write_all(sent + 1, 1)); }, [&] { ++sent; }));
  EXPECT_GT(sent, 0U);
  EXPECT_TRUE(runtime->link_up());
  ASSERT_TRUE(pump([&] { return commands.size() == sent; })) << "what was accepted arrives";
  // ZeroMQ gives room back from a thread of its own, a moment after the last was read.
  EXPECT_TRUE(pump([&] { return runtime->send(write_all(sent + 1, 1)); }));
}

// Trap: with LINGER -1 a context waits at its end for messages that nobody takes. Two options keep
// it away, IMMEDIATE (nothing is queued for nobody) and LINGER 0; socket_test.cpp checks each
// alone.
TEST_F(FieldTraps, EndingDoesNotHangWhenNobodyEverCame) {
  auto own = std::make_unique<Context>();
  auto made = FieldClient::connect(*own, {"tcp://127.0.0.1:1", "tcp://127.0.0.1:1"}, plant);
  ASSERT_TRUE(made.ok());
  runtime = std::move(made).value();
  for (int i = 0; i < 100; ++i) {
    runtime->beat(1, std::int64_t{i} * 1'000'000'000);  // a hello each time, if it could be queued
  }
  own.reset();      // before its link: their order does not matter
  runtime.reset();  // and with it the context: at once, or the test's time limit tells
}

/// A field in wall-clock time: a frame each 10 ms; one tag reports how many commands it took.
[[noreturn]] void child_field(int pipe_fd) {
  Context context;
  const domain::TagTable tags = field_table();
  auto made = FieldServer::bind(context, kAnyPort, "P-test", tags);
  if (!made.ok()) _exit(1);
  FieldServer& field = *made.value();
  char text[256] = {};
  std::snprintf(text, sizeof text, "%s %s", field.endpoints().frames.c_str(),
                field.endpoints().commands.c_str());
  if (write(pipe_fd, text, sizeof text) != static_cast<ssize_t>(sizeof text)) _exit(1);
  domain::Command command(field.mv_count());
  double accepted = 0;
  for (;;) {
    const Pollable item = field.pollable();
    wait({&item, 1}, std::chrono::milliseconds(10));
    // Publish first: what is older than the newest frame allows is then refused.
    domain::Frame frame = field_frame(tags.size(), now_ns());
    frame.samples[2].value = accepted;  // zone01.top.temperature
    field.publish(frame);
    for (;;) {
      field.note_time(now_ns());  // it may have been stopped since the frame
      const FieldGot got = field.receive(command);
      if (got == FieldGot::nothing) break;
      if (got == FieldGot::command) ++accepted;
    }
  }
}

class Child {
 public:
  Child() {
    int fds[2];
    if (pipe(fds) != 0) return;
    pid_ = fork();
    if (pid_ == 0) child_field(fds[1]);
    char text[256] = {}, frames[128] = {}, commands[128] = {};
    if (read(fds[0], text, sizeof text) > 0 &&
        std::sscanf(text, "%127s %127s", frames, commands) == 2) {
      endpoints_ = {frames, commands};
    }
    close(fds[0]);
    close(fds[1]);
  }
  ~Child() {
    if (pid_ <= 0) return;
    send(SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  void send(int signal) const { kill(pid_, signal); }
  /// Returns when the process really stands still.
  void stop() const {
    send(SIGSTOP);
    waitpid(pid_, nullptr, WUNTRACED);
  }
  const FieldEndpoints& endpoints() const { return endpoints_; }

 private:
  pid_t pid_ = -1;
  FieldEndpoints endpoints_;
};

/// No Context in this process before the fork.
class StoppedField : public ::testing::Test {
 protected:
  void run(FieldClient& runtime) {
    const auto items = runtime.pollables();
    wait(items, std::chrono::milliseconds(2));
    runtime.beat(1, now_ns());
    FieldClientGot got = FieldClientGot::nothing;
    while ((got = runtime.receive(frame, ack)) != FieldClientGot::nothing) {
      lost += got == FieldClientGot::link_lost ? 1 : 0;
    }
  }
  domain::Command short_lived(std::uint64_t cycle) const {
    domain::Command command(plant.mvs.size());
    command.cycle = cycle;
    command.valid_until_ns = now_ns() + 100'000'000;
    return command;
  }

  const domain::Plant plant = small_plant();
  domain::Frame frame{plant.tags.size()};
  domain::Ack ack{plant.mvs.size()};
  int lost = 0;
};

// Trap: a stopped peer is never noticed, and commands sent meanwhile are done when it wakes.
TEST_F(StoppedField, IsLostWithinTheHeartbeatTimeoutAndResumesByItself) {
  const Child child;
  ASSERT_FALSE(child.endpoints().frames.empty());
  Context context;
  HeartbeatSettings settings;
  settings.step_s = 0.1;
  settings.warn_s = 0.5;
  settings.lost_s = 1;
  auto made = FieldClient::connect(context, child.endpoints(), plant, settings);
  ASSERT_TRUE(made.ok());
  FieldClient& runtime = *made.value();
  ASSERT_TRUE(until([&] { return runtime.link_up() && runtime.counts().frames > 3; },
                    [&] { run(runtime); }));
  lost = 0;
  child.stop();
  std::uint64_t cycle = 0;
  // Sent into the void: the connection still looks alive.
  for (int i = 0; i < 20; ++i) runtime.send(short_lived(++cycle));
  ASSERT_TRUE(until([&] { return lost == 1; }, [&] { run(runtime); }));
  EXPECT_FALSE(runtime.link_up());
  EXPECT_FALSE(runtime.send(short_lived(++cycle)));
  child.send(SIGCONT);
  ASSERT_TRUE(until([&] { return runtime.link_up(); }, [&] { run(runtime); }));
  const std::uint64_t before = runtime.counts().frames;
  ASSERT_TRUE(until([&] { return runtime.counts().frames > before + 3; }, [&] { run(runtime); }));
  EXPECT_EQ(frame.samples[0].value, 0.0) << "commands that had expired were taken";
  ASSERT_TRUE(until([&] { return frame.samples[0].value > 0; },
                    [&] {
                      runtime.send(short_lived(++cycle));
                      run(runtime);
                    }));
}

// Without our own heartbeat (here set to an hour) the ZMTP one ends the connection.
TEST_F(StoppedField, IsDisconnectedByTheTransportHeartbeatAlone) {
  const Child child;
  ASSERT_FALSE(child.endpoints().frames.empty());
  Context context;
  HeartbeatSettings settings;
  settings.warn_s = 3000;
  settings.lost_s = 3600;
  auto made = FieldClient::connect(context, child.endpoints(), plant, settings);
  ASSERT_TRUE(made.ok());
  FieldClient& runtime = *made.value();
  ASSERT_TRUE(until([&] { return runtime.link_up(); }, [&] { run(runtime); }));
  child.stop();
  ASSERT_TRUE(until([&] { return !runtime.send(short_lived(1)); }, [&] { run(runtime); }));
  EXPECT_TRUE(until([&] { return runtime.counts().disconnects > 0; }, [&] { run(runtime); }));
  child.send(SIGCONT);
  const std::uint64_t before = runtime.counts().frames;
  EXPECT_TRUE(until([&] { return runtime.counts().frames > before + 3 && runtime.link_up(); },
                    [&] { run(runtime); }));
}

// kill -9 of the field: its successor on the same address is found without a restart of ours.
TEST_F(StoppedField, KilledFieldIsLostAndThereIsNoHang) {
  auto child = std::make_unique<Child>();
  Context context;
  HeartbeatSettings settings;
  settings.step_s = 0.05;
  settings.warn_s = 0.3;
  settings.lost_s = 0.5;
  auto made = FieldClient::connect(context, child->endpoints(), plant, settings);
  ASSERT_TRUE(made.ok());
  FieldClient& runtime = *made.value();
  ASSERT_TRUE(until([&] { return runtime.link_up(); }, [&] { run(runtime); }));
  lost = 0;
  child.reset();
  ASSERT_TRUE(until([&] { return lost == 1; }, [&] { run(runtime); }));
  EXPECT_FALSE(runtime.send(short_lived(1)));
}

}  // namespace
}  // namespace saggar::wire
