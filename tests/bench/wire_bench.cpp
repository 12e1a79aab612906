// Frame in to command out over tcp, against a raw ZeroMQ echo of the same sizes in the same run.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <thread>
#include <zmq.hpp>

#include "runtime/wire/field_codec.hpp"
#include "runtime/wire/field_server.hpp"
#include "tests/bench/bench.hpp"

namespace saggar::bench {
namespace {

constexpr int kRounds = 5000;
constexpr int kWarmUp = 500;

[[noreturn]] void fail(const std::string& why) {
  std::cerr << "saggar-bench: " << why << '\n';
  std::exit(1);
}

/// A child that answers each message with one of `reply` bytes.
pid_t start_echo(const char* endpoint, std::size_t reply) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  zmq::context_t context;
  zmq::socket_t socket(context, zmq::socket_type::dealer);
  socket.set(zmq::sockopt::linger, 0);
  socket.connect(endpoint);
  const std::string answer(reply, 'a');
  zmq::message_t message;
  for (;;) {
    if (!socket.recv(message)) continue;
    if (message.size() == 1) ::_exit(0);
    socket.send(zmq::buffer(answer));
  }
}

record::CycleHistogram time_echo(std::size_t request, std::size_t reply) {
  const char* endpoint = "tcp://127.0.0.1:7791";
  const pid_t child = start_echo(endpoint, reply);
  zmq::context_t context;
  zmq::socket_t socket(context, zmq::socket_type::dealer);
  socket.set(zmq::sockopt::linger, 0);
  socket.bind(endpoint);
  const std::string question(request, 'q');
  zmq::message_t message;
  record::CycleHistogram times;
  for (int i = 0; i < kRounds + kWarmUp; ++i) {
    const std::int64_t began = now_ns();
    socket.send(zmq::buffer(question));
    if (!socket.recv(message)) fail("the echo did not answer");
    if (i >= kWarmUp) times.add(now_ns() - began);
  }
  socket.send(zmq::buffer(std::string(1, 'e')));
  ::waitpid(child, nullptr, 0);
  return times;
}

pid_t start_runtime(const suite::InProcessFiles& files) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  const std::string program = std::string(SAGGAR_BINARY_DIR) + "/bin/saggar";
  std::freopen("/dev/null", "w", stdout);
  ::execl(program.c_str(), "saggar", "run", "--site", files.site.c_str(), "--kiln",
          files.kiln.c_str(), "--recipe", files.recipe.c_str(), "--control", files.control.c_str(),
          "--journal", "none", "--quiet", "--switch-on", "heat", nullptr);
  ::_exit(127);
}

struct Sizes {
  std::size_t frame = 0, command = 0;
};

Sizes sizes_of(const domain::Record& record) {
  wire::Encoder encoder;
  Sizes sizes;
  sizes.frame = wire::encode_frame(encoder, {}, record.frame).size();
  domain::Command command = record.command;
  std::vector<domain::TagId> tags;
  for (std::size_t i = 0; i < command.value.size(); ++i) {
    tags.push_back(static_cast<domain::TagId>(i));
    command.action[i] = domain::Action::write;
  }
  sizes.command = wire::encode_command(encoder, {}, command, tags).size();
  return sizes;
}

/// The real program answers frames of the simulated kiln; time from publish to command in hand.
record::CycleHistogram time_runtime(suite::InProcess& source) {
  wire::Context context;
  const config::SiteConfig& site = source.assembly().bundle.site;
  auto bound = wire::FieldServer::bind(context, {site.endpoints.frames, site.endpoints.commands},
                                       source.plant().name, source.kiln().tags());
  if (!bound) fail(bound.error().text());
  wire::FieldServer& server = *bound.value();
  const pid_t runtime = start_runtime(p2_files());
  domain::Command command(source.plant().mvs.size());
  domain::Ack ack(source.plant().mvs.size());
  domain::Frame frame(source.plant().tags.size());
  const wire::Pollable pollables[] = {server.pollable()};
  const auto receive = [&] {
    for (;;) {
      const wire::FieldGot got = server.receive(command);
      if (got == wire::FieldGot::command) return;
      if (got == wire::FieldGot::nothing) wire::wait(pollables, std::chrono::milliseconds(1000));
    }
  };
  const std::int64_t began_waiting = now_ns();
  while (!server.peer_present()) {
    server.receive(command);
    if (now_ns() - began_waiting > 20'000'000'000) fail("the runtime did not say hello");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  record::CycleHistogram times;
  for (int i = 0; i < kRounds + kWarmUp; ++i) {
    source.kiln().read(frame);
    const std::int64_t began = now_ns();
    server.publish(frame);
    receive();
    if (i >= kWarmUp) times.add(now_ns() - began);
    source.kiln().apply(command, ack);
    ack.cycle = command.cycle;
    server.acknowledge(ack);
    source.kiln().advance(1.0);
  }
  ::kill(runtime, SIGTERM);
  ::waitpid(runtime, nullptr, 0);
  return times;
}

}  // namespace

void wire(Report& report) {
  auto source = p2();
  source->cycles(10);
  const Sizes sizes = sizes_of(source->record());
  std::printf("wire: frame %zu bytes, command %zu bytes\n", sizes.frame, sizes.command);
  const auto before = time_echo(sizes.frame, sizes.command);
  const auto ours = time_runtime(*source);
  const auto after = time_echo(sizes.frame, sizes.command);
  const double echo_p50 = 0.5 * static_cast<double>(before.p50_ns() + after.p50_ns());
  const double echo_p99 = 0.5 * static_cast<double>(before.p99_ns() + after.p99_ns());
  report.note("raw ZeroMQ echo of the same sizes, p50", echo_p50 * 1e-3, "us");
  report.note("  p99", echo_p99 * 1e-3, "us");
  report.note("frame in to command out, p50", static_cast<double>(ours.p50_ns()) * 1e-3, "us");
  report.note("  p99", static_cast<double>(ours.p99_ns()) * 1e-3, "us");
  report.at_most("ratio of p50", 1.5, static_cast<double>(ours.p50_ns()) / echo_p50, "");
  report.at_most("ratio of p99", 2.0, static_cast<double>(ours.p99_ns()) / echo_p99, "");
}

/// Two processes, lockstep over tcp, journal on.
void lockstep(Report& report) {
  const suite::InProcessFiles files = p2_files();
  const std::string program = std::string(SAGGAR_BINARY_DIR) + "/bin/saggar";
  const std::string journal = std::string(SAGGAR_BINARY_DIR) + "/lockstep.journal";
  for (const char* tail : {"", "-wal", "-shm"}) std::remove((journal + tail).c_str());
  const pid_t kiln = ::fork();
  if (kiln == 0) {
    std::freopen("/dev/null", "w", stdout);
    ::execl(program.c_str(), "saggar", "kiln", files.kiln.c_str(), "--plant", files.plant.c_str(),
            "--recipe", files.recipe.c_str(), "--site", files.site.c_str(), "--lockstep", nullptr);
    ::_exit(127);
  }
  constexpr double kSeconds = 20'000;
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  const std::int64_t began = now_ns();
  const std::string command = program + " run --site " + files.site.string() + " --kiln " +
                              files.kiln.string() + " --recipe " + files.recipe.string() +
                              " --control " + files.control.string() + " --journal " + journal +
                              " --quiet --switch-on heat --for " + std::to_string(kSeconds) +
                              " > /dev/null";
  const int status = std::system(command.c_str());
  const double took_s = static_cast<double>(now_ns() - began) * 1e-9;
  ::kill(kiln, SIGTERM);
  ::waitpid(kiln, nullptr, 0);
  if (status != 0) fail("the runtime of the lockstep run failed");
  report.at_least("P2 in lockstep over tcp, journal on, start included", 2'000, kSeconds / took_s,
                  "x");
}

}  // namespace saggar::bench
