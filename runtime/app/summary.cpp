#include "runtime/app/summary.hpp"

#include <cinttypes>
#include <cstdio>
#include <sstream>
#include <vector>

#include "runtime/config/new_file.hpp"

namespace saggar::app {
namespace {

struct Row {
  const char* key;    // in the JSON file
  const char* label;  // in the table
  std::string value;
  bool text = false;
};

std::string number(double value, int digits) {
  char text[48];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::uint64_t guard_total(const record::Statistics& s, domain::Outcome outcome) {
  std::uint64_t sum = 0;
  for (std::size_t g = 0; g < domain::kGateCount; ++g) {
    sum += s.gate(static_cast<domain::Gate>(g), outcome);
  }
  return sum;
}

std::vector<Row> rows_of(const assembly::Assembly& assembly, const DrainThread& drain,
                         const loop::Channels& channels, const record::JournalWriter* journal) {
  const record::Statistics& s = drain.statistics();
  const auto& times = drain.builder().cycle_time();
  const double hours = static_cast<double>(s.last_time_ns() - s.first_time_ns()) / 3.6e12;
  std::vector<Row> rows{
      {"kiln", "kiln", assembly.bundle.plant.name, true},
      {"cycles", "cycles", std::to_string(s.cycles())},
      {"field_hours", "field time, h", number(hours, 3)},
      {"soak_within_1K", "soak thermocouples within +-1 K of recipe SP",
       number(s.soak_recipe().value(), 6)},
      {"soak_samples", "  samples judged", std::to_string(s.soak_recipe().of)},
      {"guard_clips", "guard clips", std::to_string(guard_total(s, domain::Outcome::clip))},
      {"guard_rejections", "guard rejections",
       std::to_string(guard_total(s, domain::Outcome::reject))},
      {"heat_moves", "ladder moves, heat", std::to_string(s.moves(domain::Duty::heat))},
      {"heat_bump_K", "largest bump, heat, K", number(s.largest_bump(domain::Duty::heat), 4)},
      {"frames_missed", "frames missed", std::to_string(s.missed_frames())},
      {"warnings", "events: warn", std::to_string(s.events(domain::Severity::warn))},
      {"errors", "events: error", std::to_string(s.events(domain::Severity::error))},
      {"cycle_p50_us", "cycle time p50, us", number(static_cast<double>(times.p50_ns()) * 1e-3, 1)},
      {"cycle_p99_us", "cycle time p99, us", number(static_cast<double>(times.p99_ns()) * 1e-3, 1)},
      {"cycle_p999_us", "cycle time p99.9, us",
       number(static_cast<double>(times.p999_ns()) * 1e-3, 1)},
      {"cycle_max_us", "cycle time max, us", number(static_cast<double>(times.max_ns()) * 1e-3, 1)},
      {"overruns", "overruns", std::to_string(channels.overruns.load())},
      {"records_dropped", "records dropped", std::to_string(channels.records.dropped())},
      {"record_bytes", "bytes per record",
       number(static_cast<double>(drain.recorder().bytes()) /
                  static_cast<double>(std::max<std::uint64_t>(1, drain.recorder().records())),
              1)},
      {"sha256", "SHA-256 of the records", drain.digest(), true}};
  if (channels.gate.cycles != 0) {
    const std::uint64_t* calls = channels.gate.calls;
    rows.push_back(
        {"gate_cycles", "control thread watched, cycles", std::to_string(channels.gate.cycles)});
    rows.push_back({"gate_calls", "  allocations, frees, locks, waits, inputs and outputs",
                    std::to_string(calls[0] + calls[1] + calls[2] + calls[3] + calls[4])});
  }
  if (journal != nullptr) {
    const record::JournalHealth& health = journal->health();
    rows.push_back({"journal_records", "journal: records", std::to_string(health.written)});
    rows.push_back({"journal_lost", "journal: lost", std::to_string(health.lost)});
    rows.push_back({"journal_bytes", "journal: bytes", std::to_string(health.bytes)});
  }
  return rows;
}

}  // namespace

void print_summary(std::ostream& out, const assembly::Assembly& assembly, const DrainThread& drain,
                   const loop::Channels& channels, const record::JournalWriter* journal) {
  for (const Row& row : rows_of(assembly, drain, channels, journal)) {
    char line[160];
    std::snprintf(line, sizeof line, "%-46s %s\n", row.label, row.value.c_str());
    out << line;
  }
  out.flush();
}

domain::Result<std::size_t> write_summary(const std::string& path,
                                          const assembly::Assembly& assembly,
                                          const DrainThread& drain, const loop::Channels& channels,
                                          const record::JournalWriter* journal) {
  std::ostringstream out;
  out << "{\n";
  bool first = true;
  const auto rows = rows_of(assembly, drain, channels, journal);
  for (const Row& row : rows) {
    out << (first ? "  " : ",\n  ") << '"' << row.key << "\": ";
    if (row.text) {
      out << '"' << row.value << '"';
    } else {
      out << row.value;
    }
    first = false;
  }
  out << "\n}\n";
  const auto done = config::write_new_file(path, out.str());
  if (!done) return done.error();
  return rows.size();
}

}  // namespace saggar::app
