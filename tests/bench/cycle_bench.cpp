// The cycle, the plugin call, the PID bank: all in one thread.
#include <fcntl.h>

#include <cstdio>
#include <iostream>

#include "plugins/host/instance.hpp"
#include "tests/bench/bench.hpp"

namespace saggar::bench {
namespace {

constexpr double kMicro = 1e-3;

/// All zone setpoints in CAS: every MV is asked for, checked and written, no plugin is called.
std::unique_ptr<suite::InProcess> without_plugins() {
  auto run = p2("recipe.toml");
  domain::Intent intent;
  intent.id = 1000;
  intent.kind = domain::IntentKind::set_mode;
  intent.duty = domain::Duty::heat;
  intent.mode = domain::Mode::cas;
  intent.who.assign("bench");
  intent.station.assign("bench");
  intent.reason.assign("bench");
  run->offer(intent);
  run->cycles(100);
  return run;
}

record::CycleHistogram time_cycles(suite::InProcess& run, int n) {
  record::CycleHistogram times;
  domain::Record record = run.record();
  domain::Ack ack(run.plant().mvs.size());
  for (int i = 0; i < n; ++i) {
    run.kiln().read(record.frame);
    ++record.cycle;
    record.frame.sequence = record.cycle;
    record.frame.link_up = true;
    record.time_ns = record.frame.time_ns;
    const std::int64_t began = now_ns();
    run.assembly().cycle->run(record);
    times.add(now_ns() - began);
    run.kiln().apply(record.command, ack);
    run.kiln().advance(1.0);
  }
  return times;
}

host::Active activate(const std::filesystem::path& path, const domain::Plant& plant) {
  host::InstanceSpec spec;
  spec.name = path.stem().string();
  const auto fail = [&](const domain::Error& error) {
    std::cerr << "saggar-bench: " << error.text() << '\n';
    std::exit(1);
  };
  auto library = host::Library::open(path);
  if (!library) fail(library.error());
  auto created = host::instantiate(library.value(), plant, spec);
  if (!created) fail(created.error());
  auto configured = std::move(created).value().configure();
  if (!configured) fail(configured.error());
  auto active = std::move(configured).value().activate();
  if (!active) fail(active.error());
  return std::move(active).value();
}

void fill(host::StepIo& io) {
  for (const host::InputPort& port : io.inputs()) {
    for (double& v : port.value) v = 500;
  }
  for (const host::OutputPort& port : io.outputs()) {
    for (std::size_t k = 0; k < port.mvs.size(); ++k) {
      port.working[k] = port.reference[k] = 500;
      port.low[k] = 480;
      port.high[k] = 520;
      port.limited[k] = 0;
      port.free[k] = 1;
    }
  }
  io.moment.driving = true;
}

double step_ns(host::Active& active, host::StepIo& io, std::uint64_t n) {
  fill(io);
  const auto once = [&] {
    io.moment.time_ns += 1'000'000'000;
    ++io.moment.cycle;
    active.step(io);
  };
  time_mean(n / 10, once);
  return time_mean(n, once);
}

}  // namespace

void cycle(Report& report) {
  auto bare = without_plugins();
  std::printf("cycle: %zu tags, %zu MVs\n", bare->plant().tags.size(), bare->plant().mvs.size());
  const auto times = time_cycles(*bare, 20000);
  report.at_most("whole cycle of P2 without plugins, p50", 20,
                 static_cast<double>(times.p50_ns()) * kMicro, "us");
  report.note("  p99", static_cast<double>(times.p99_ns()) * kMicro, "us");
  auto pid = p2();
  pid->cycles(400);
  const auto with = time_cycles(*pid, 20000);
  report.note("whole cycle of P2 with PID, p50", static_cast<double>(with.p50_ns()) * kMicro, "us");
  report.note("  p99", static_cast<double>(with.p99_ns()) * kMicro, "us");
}

void plugin(Report& report) {
  auto run = p2("recipe.toml");
  const std::filesystem::path build = SAGGAR_BINARY_DIR;
  host::Active empty = activate(build / "zoo/empty.so", run->plant());
  host::StepIo empty_io = empty.make_io();
  report.at_most("call of an empty in-process plugin", 100, step_ns(empty, empty_io, 2'000'000),
                 "ns");
  host::Active pid = activate(build / "plugins/saggar-pid-trim.so", run->plant());
  host::StepIo pid_io = pid.make_io();
  report.at_most("step of 60 PID loops", 10, step_ns(pid, pid_io, 200'000) * kMicro, "us");
}

void records(Report& report) {
  auto run = p2();
  run->cycles(600);
  std::vector<domain::Record> kept;
  for (int i = 0; i < 1024; ++i) {
    run->cycle();
    kept.push_back(run->record());
  }
  record::Recorder hash_only(run->assembly().layout, nullptr);
  std::uint64_t number = 0;
  std::size_t next = 0;
  const auto take = [&](record::Recorder& recorder) {
    domain::Record& record = kept[next];
    next = (next + 1) % kept.size();
    record.cycle = ++number;
    recorder.take(record);
  };
  const double hash_ns = time_mean(20'000, [&] { take(hash_only); });
  report.note("encode and hash one record", hash_ns * kMicro, "us");
  report.note("bytes per record",
              static_cast<double>(hash_only.bytes()) / static_cast<double>(hash_only.records()),
              "B");
  const std::string path = std::string(SAGGAR_BINARY_DIR) + "/bench.journal";
  for (const char* tail : {"", "-wal", "-shm"}) std::remove((path + tail).c_str());
  auto journal = record::JournalWriter::open(path, run->assembly().layout, {});
  if (!journal) {
    std::cerr << "saggar-bench: " << journal.error().text() << '\n';
    std::exit(1);
  }
  record::Recorder kept_too(run->assembly().layout, journal.value().get());
  number = 0;
  const double journal_ns = time_mean(40'000, [&] { take(kept_too); });
  journal.value()->flush();
  report.at_least("journal of P2 records, sustained", 2'000, 1e9 / journal_ns, "records/s");
  report.note("  records lost", static_cast<double>(journal.value()->health().lost), "");
}

}  // namespace saggar::bench
