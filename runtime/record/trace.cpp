#include "runtime/record/trace.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "runtime/domain/sample.hpp"
#include "runtime/domain/tag.hpp"

namespace saggar::record {
namespace {

/// One exported tag.
struct Column {
  domain::TagId tag = domain::kNoTag;
  std::optional<std::size_t> mv;  ///< the MV that writes it
};

void append_number(std::string& line, double v) {
  if (std::isnan(v)) return;
  char text[32];
  const auto done = std::to_chars(text, text + sizeof text, v);
  line.append(text, done.ptr);
}

/// Seconds with 9 decimals, without the trailing zeros.
void append_seconds(std::string& line, std::int64_t ns) {
  const auto magnitude =
      ns < 0 ? 0 - static_cast<std::uint64_t>(ns) : static_cast<std::uint64_t>(ns);
  if (ns < 0) line += '-';
  line += std::to_string(magnitude / 1'000'000'000U);
  std::string decimals = std::to_string(magnitude % 1'000'000'000U);
  decimals.insert(0, 9 - decimals.size(), '0');
  decimals.erase(decimals.find_last_not_of('0') + 1);
  if (!decimals.empty()) line += '.' + decimals;
}

domain::Result<std::vector<Column>> choose(const Layout& layout,
                                           const std::vector<std::string>& patterns) {
  std::vector<Column> columns;
  for (const std::string& pattern : patterns) {
    const std::size_t before = columns.size();
    bool known = false;
    for (std::size_t i = 0; i < layout.names.tags.size(); ++i) {
      if (!domain::matches(pattern, layout.names.tags[i])) continue;
      known = true;
      const auto tag = static_cast<domain::TagId>(i);
      const auto has = [&](const Column& c) { return c.tag == tag; };
      if (std::any_of(columns.begin(), columns.end(), has)) continue;
      Column column{tag, {}};
      const auto mv = std::find(layout.mv_tag.begin(), layout.mv_tag.end(), tag);
      if (mv != layout.mv_tag.end()) {
        column.mv = static_cast<std::size_t>(mv - layout.mv_tag.begin());
      }
      columns.push_back(column);
    }
    if (columns.size() != before || known) continue;
    const std::string near = domain::nearest_word(pattern, layout.names.tags);
    return domain::Error{pattern,
                         "no tag of this journal matches" +
                             (near.empty() ? std::string() : "; did you mean " + near + "?")};
  }
  return columns;
}

std::string header(const Layout& layout, const std::vector<Column>& columns,
                   const TraceOptions& options) {
  std::string line = "time_s";
  for (const Column& c : columns) {
    const std::string& name = layout.names.tags[c.tag];
    const std::string unit = " [" + std::string(units::symbol(layout.units[c.tag])) + "]";
    line += ',' + name + unit;
    if (options.qualities) line += ',' + name + " quality";
    if (options.commands && c.mv) line += ',' + name + " command" + unit;
  }
  return line + '\n';
}

void append_row(std::string& line, const domain::Record& record, const std::vector<Column>& columns,
                const TraceOptions& options) {
  append_seconds(line, record.time_ns);
  const domain::Frame& frame = options.screened ? record.screened : record.frame;
  for (const Column& c : columns) {
    const domain::Sample& sample = frame.samples[c.tag];
    line += ',';
    append_number(line, sample.value);
    if (options.qualities) {
      line += ',';
      line += domain::name(sample.quality);
      if (sample.sub_status != domain::SubStatus::none) {
        line += ' ';
        line += domain::name(sample.sub_status);
      }
    }
    if (options.commands && c.mv) {
      line += ',';
      append_number(line, record.command.value[*c.mv]);
    }
  }
  line += '\n';
}

}  // namespace

domain::Result<std::uint64_t> export_csv(JournalReader& reader,
                                         const std::vector<std::string>& patterns,
                                         const TraceOptions& options, std::ostream& out) {
  if (options.every == 0) return domain::Error{"every", "is 0; a trace needs 1 or more cycles"};
  const auto found = reader.seek(options.from);
  if (!found) return found.error();
  std::vector<Column> columns;
  std::vector<std::string> tags;  // of the run whose columns these are
  std::int64_t run = 0;
  std::uint64_t rows = 0;
  std::string line;
  for (std::uint64_t seen = 0;; ++seen) {
    const auto more = reader.next();
    if (!more) return more.error();
    if (!more.value() || reader.record().cycle > options.to) break;
    const Layout& layout = reader.run().layout;
    if (seen == 0) {
      auto chosen = choose(layout, patterns);
      if (!chosen) return chosen.error();
      columns = std::move(chosen).value();
      tags = layout.names.tags;
      out << header(layout, columns, options);
    } else if (reader.run().id != run && layout.names.tags != tags) {
      return domain::Error{"cycle " + std::to_string(reader.record().cycle),
                           "a run with other tags begins here; export it on its own"};
    }
    run = reader.run().id;
    if (seen % options.every != 0) continue;
    line.clear();
    append_row(line, reader.record(), columns, options);
    out << line;
    ++rows;
    if (!out) return domain::Error{"output", "cannot be written"};
  }
  out.flush();
  if (!out) return domain::Error{"output", "cannot be written"};
  return rows;
}

}  // namespace saggar::record
