// Figures of record for docs/qa/journal.md: bytes and times per record of the size of the 60 m
// kiln. Not a test: it judges nothing. Run as `record_bench [folder]` (default: here).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "runtime/record/cycle_histogram.hpp"
#include "runtime/record/journal_reader.hpp"
#include "runtime/record/recorder.hpp"
#include "tests/runtime/record/example.hpp"

namespace {

using namespace saggar;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<domain::Record> make_records(const domain::Plant& plant, std::size_t controllers,
                                         std::uint64_t period, std::size_t count) {
  record::example::Steady steady(plant, controllers, period);
  std::vector<domain::Record> records;
  for (std::size_t i = 0; i < count; ++i) records.push_back(steady.next());
  return records;
}

void bench_memory(const domain::Plant& plant, std::size_t controllers, std::uint64_t period) {
  const auto records = make_records(plant, controllers, period, 2048);
  const record::Layout layout = record::example::layout_of(plant, records[0]);
  record::Encoder encoder(layout);
  record::HashChain chain;
  record::Decoder decoder(layout);
  domain::Record out = layout.make_record();
  std::size_t bytes = 0, largest = 0;
  record::CycleHistogram encode, hash, decode;
  domain::Record r = records[0];
  for (const domain::Record& made : records) {
    r = made;  // in the cache, as after the ring
    const auto t0 = Clock::now();
    const auto data = encoder.encode(r);
    const auto t1 = Clock::now();
    chain.add(data);
    const auto t2 = Clock::now();
    const bool ok = decoder.decode(data, out).ok();
    const auto t3 = Clock::now();
    if (!ok) std::printf("NOT DECODED\n");
    encode.add((t1 - t0).count());
    hash.add((t2 - t1).count());
    decode.add((t3 - t2).count());
    bytes += data.size();
    largest = std::max(largest, data.size());
  }
  std::printf(
      "%zu tags %zu MVs %zu controllers period %2u: %4zu bytes (key %zu) | encode p50 %.2f "
      "p99 %.2f us | hash p50 %.2f us | decode p50 %.2f us\n",
      plant.tags.size(), plant.mvs.size(), controllers, static_cast<unsigned>(period),
      bytes / records.size(), largest, static_cast<double>(encode.p50_ns()) * 1e-3,
      static_cast<double>(encode.p99_ns()) * 1e-3, static_cast<double>(hash.p50_ns()) * 1e-3,
      static_cast<double>(decode.p50_ns()) * 1e-3);
}

void bench_journal(const domain::Plant& plant, const std::string& path, std::uint64_t max_bytes) {
  const auto records = make_records(plant, 3, 10, 4096);
  const record::Layout layout = record::example::layout_of(plant, records[0]);
  record::JournalOptions options;
  options.max_bytes = max_bytes;
  auto writer = record::JournalWriter::open(path, layout, {}, options);
  if (!writer) {
    std::printf("%s\n", writer.error().text().c_str());
    return;
  }
  constexpr std::uint64_t kRounds = 25;
  record::Recorder recorder(layout, writer.value().get());
  domain::Record r = records[0];
  const auto start = Clock::now();
  for (std::uint64_t i = 0; i < kRounds * records.size(); ++i) {
    r = records[i % records.size()];
    r.cycle = i + 1;
    recorder.take(r);
  }
  writer.value()->flush();
  const double spent = seconds_since(start);
  const record::JournalHealth health = writer.value()->health();
  const auto n = static_cast<double>(recorder.records());
  std::printf(
      "journal%s: %.0f records/s with encode, hash and SQLite; longest pause %.1f ms; "
      "%.0f bytes of file per kept record; %llu deleted, %llu failures\n",
      max_bytes == 0 ? "" : " with retention", n / spent,
      static_cast<double>(health.longest_pause_ns) * 1e-6,
      static_cast<double>(std::filesystem::file_size(path)) /
          (n - static_cast<double>(health.deleted)),
      static_cast<unsigned long long>(health.deleted),
      static_cast<unsigned long long>(health.failures));
  writer.value().reset();
  const auto verify_start = Clock::now();
  const auto verified = record::JournalReader::open(path).value()->verify();
  if (verified) {
    std::printf("verify: %.0f records/s\n",
                static_cast<double>(verified.value().records) / seconds_since(verify_start));
  } else {
    std::printf("%s\n", verified.error().text().c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const domain::Plant plant = record::example::make_plant(30);
  for (std::size_t controllers = 1; controllers <= 3; ++controllers) {
    bench_memory(plant, controllers, 10);
  }
  bench_memory(plant, 1, 1);
  const std::string folder = argc > 1 ? argv[1] : ".";
  for (const std::uint64_t limit : {std::uint64_t{0}, std::uint64_t{16} << 20}) {
    const std::string path = folder + "/record_bench.journal";
    for (const char* suffix : {"", "-wal", "-shm", "-lock"}) {
      std::filesystem::remove(path + suffix);
    }
    bench_journal(plant, path, limit);
    for (const char* suffix : {"", "-wal", "-shm", "-lock"}) {
      std::filesystem::remove(path + suffix);
    }
  }
  return 0;
}
