#include "runtime/app/trace_command.hpp"

#include <iostream>

#include "runtime/record/trace.hpp"

namespace saggar::app {
namespace {

int complain(const domain::Error& error) {
  std::cerr << "saggar: " << error.text() << '\n';
  return 1;
}

/// First cycle at or after a field time; UINT64_MAX when there is none.
std::uint64_t cycle_at(record::JournalReader& reader, double time_s) {
  if (time_s >= 9e9) return UINT64_MAX;
  if (!reader.seek_time(static_cast<std::int64_t>(time_s * 1e9))) return UINT64_MAX;
  const auto more = reader.next();
  return more && more.value() ? reader.record().cycle : UINT64_MAX;
}

}  // namespace

int trace(const TraceOptions& options) {
  auto opened = record::JournalReader::open(options.journal);
  if (!opened) return complain(opened.error());
  record::JournalReader& reader = *opened.value();
  record::TraceOptions how;
  how.from = cycle_at(reader, options.from_s);
  how.to = cycle_at(reader, options.to_s);
  how.every = options.every;
  how.qualities = options.quality;
  how.proposals = options.proposals;
  std::vector<std::string> patterns = options.patterns;
  if (patterns.empty() && how.proposals.empty())
    patterns = {"zone*.*.temperature", "zone*.*.working_setpoint"};
  const auto rows = record::export_csv(reader, patterns, how, std::cout);
  if (!rows) return complain(rows.error());
  std::cout.flush();
  return 0;
}

}  // namespace saggar::app
