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
  domain::TagId tag = domain::kNoTag;      ///< from the number of tags on: a virtual tag
  std::optional<std::size_t> mv;           ///< the MV that writes it
  std::optional<std::size_t> element;      ///< its place in the proposals of the traced controller
  domain::TagId working = domain::kNoTag;  ///< beside `element`: where the field says what it uses
};

/// What the rows of one run are made of.
struct Table {
  std::vector<Column> columns;
  std::optional<std::size_t> controller;  ///< whose proposals
  std::optional<std::size_t> monitor;     // of the record, where it is watched
  /// A later run goes on in the same table only if these are the same.
  std::vector<std::string> tags, estimates, controllers;
};

bool is_virtual(const Layout& layout, const Column& c) { return c.tag >= layout.names.tags.size(); }

/// Virtual tags that a pattern names; only where it names no tag of the field, as in a port.
void choose_virtual(const Layout& layout, const std::string& pattern,
                    std::vector<Column>& columns) {
  for (std::size_t i = 0; i < layout.names.estimates.size(); ++i) {
    if (!domain::matches(pattern, layout.names.estimates[i])) continue;
    Column column;
    column.tag = static_cast<domain::TagId>(layout.names.tags.size() + i);
    columns.push_back(column);
  }
}

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

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = domain::nearest_word(word, known);
  return near.empty() ? std::string() : "; did you mean " + near + "?";
}

/// zone01.top.setpoint -> zone01.top.working_setpoint, o2.inlet01.flow_setpoint ->
/// o2.inlet01.working_flow: the names are the contract of the field link.
domain::TagId working_of(const Layout& layout, domain::TagId written) {
  const std::string& name = layout.names.tags[written];
  const std::size_t dot = name.rfind('.') + 1;
  std::string what = name.substr(dot);
  const std::string tail = "_setpoint";
  if (what.ends_with(tail)) what.erase(what.size() - tail.size());
  const auto& tags = layout.names.tags;
  const auto found = std::find(tags.begin(), tags.end(), name.substr(0, dot) + "working_" + what);
  return found == tags.end() ? domain::kNoTag : static_cast<domain::TagId>(found - tags.begin());
}

domain::Result<std::vector<Column>> choose(const Layout& layout,
                                           const std::vector<std::string>& patterns) {
  std::vector<Column> columns;
  for (const std::string& pattern : patterns) {
    bool known = false;
    for (std::size_t i = 0; i < layout.names.tags.size(); ++i) {
      if (!domain::matches(pattern, layout.names.tags[i])) continue;
      known = true;
      const auto tag = static_cast<domain::TagId>(i);
      const auto has = [&](const Column& c) { return c.tag == tag; };
      if (std::any_of(columns.begin(), columns.end(), has)) continue;
      Column column;
      column.tag = tag;
      const auto mv = std::find(layout.mv_tag.begin(), layout.mv_tag.end(), tag);
      if (mv != layout.mv_tag.end()) {
        column.mv = static_cast<std::size_t>(mv - layout.mv_tag.begin());
      }
      columns.push_back(column);
    }
    const std::size_t before = columns.size();
    if (!known) choose_virtual(layout, pattern, columns);
    if (known || columns.size() > before) continue;
    return domain::Error{
        pattern, "no tag of this journal matches" + did_you_mean(pattern, layout.names.tags)};
  }
  return columns;
}

/// The MVs a controller may write, in the order of its proposals.
std::vector<std::size_t> mvs_of(const Layout& layout, domain::Duty duty) {
  std::vector<std::size_t> mvs;
  for (std::size_t i = 0; i < layout.mv_duty.size(); ++i) {
    if (layout.mv_duty[i] == duty) mvs.push_back(i);
  }
  return mvs;
}

/// @param first a record of the run: it says which duty the controller has
domain::Result<Table> make_table(const Layout& layout, const domain::Record& first,
                                 std::vector<std::string> patterns, const TraceOptions& options) {
  Table table;
  table.tags = layout.names.tags;
  table.estimates = layout.names.estimates;
  table.controllers = layout.names.controllers;
  std::vector<std::size_t> mvs;
  if (!options.proposals.empty()) {
    std::vector<std::string> known = table.controllers;
    known.resize(std::min(known.size(), first.proposals.size()));
    const auto found = std::find(known.begin(), known.end(), options.proposals);
    if (found == known.end()) {
      std::string all;
      for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
      return domain::Error{options.proposals, "no controller of this journal has this name" +
                                                  did_you_mean(options.proposals, known) +
                                                  " known: " + (all.empty() ? "none" : all)};
    }
    table.controller = static_cast<std::size_t>(found - known.begin());
    for (std::size_t i = 0; i < first.monitors.size(); ++i) {
      if (first.monitors[i].controller == *table.controller) table.monitor = i;
    }
    mvs = mvs_of(layout, first.proposals[*table.controller].duty);
    if (patterns.empty()) {
      for (const std::size_t mv : mvs) patterns.push_back(layout.names.tags[layout.mv_tag[mv]]);
    }
  }
  auto columns = choose(layout, patterns);
  if (!columns) return columns.error();
  table.columns = std::move(columns).value();
  for (Column& column : table.columns) {
    const auto at = column.mv ? std::find(mvs.begin(), mvs.end(), *column.mv) : mvs.end();
    if (at == mvs.end()) continue;
    column.element = static_cast<std::size_t>(at - mvs.begin());
    column.working = working_of(layout, column.tag);
  }
  return table;
}

std::string header(const Layout& layout, const Table& table, const TraceOptions& options) {
  std::string line = "time_s";
  if (table.controller) line += ",status,reason,confidence,drives";
  if (table.monitor) line += ",distance,spread,residual,band,coverage,bias,drift,doubt";
  for (const Column& c : table.columns) {
    if (is_virtual(layout, c)) {
      const std::size_t i = c.tag - layout.names.tags.size();
      const std::string& name = layout.names.estimates[i];
      const std::string unit = " [" + std::string(units::symbol(layout.estimate_units[i])) + "]";
      line += ',' + name + unit + ',' + name + " sigma" + unit;
      if (options.qualities) line += ',' + name + " quality";
      continue;
    }
    const std::string& name = layout.names.tags[c.tag];
    const std::string unit = " [" + std::string(units::symbol(layout.units[c.tag])) + "]";
    if (c.element) {
      for (const char* what : {" working", " command", " proposal"})
        line += ',' + name + what + unit;
      continue;
    }
    line += ',' + name + unit;
    if (options.qualities) line += ',' + name + " quality";
    if (options.commands && c.mv) line += ',' + name + " command" + unit;
  }
  return line + '\n';
}

void append_state(std::string& line, const domain::Record& record, std::size_t controller) {
  const domain::Proposal& p = record.proposals[controller];
  line += ',';
  line += domain::name(p.status);
  line += ',';
  if (p.reason != domain::Reason::none) line += domain::name(p.reason);
  line += ',';
  append_number(line, p.confidence);
  const domain::DutyDecision& decision = record.decisions[static_cast<std::size_t>(p.duty)];
  line += decision.rung != 0xFF && decision.controller == controller ? ",1" : ",0";
}

/// Shares of the thresholds, and what came of them.
void append_monitor(std::string& line, const domain::MonitorReport& m) {
  for (const double v : {m.distance, m.spread, m.residual, m.band, m.coverage, m.bias}) {
    line += ',';
    append_number(line, v);
  }
  line += ',';
  line += domain::name(m.drift);
  line += ',';
  if (m.reason != domain::Reason::none) line += domain::name(m.reason);
}

/// What the controller wants of an element; NaN if nothing stands.
double wanted(const domain::Proposal& p, std::size_t element) {
  const bool stands = p.status == domain::ProposalStatus::ok ||
                      p.status == domain::ProposalStatus::degraded ||
                      (p.status == domain::ProposalStatus::pending && p.inputs_sequence != 0);
  return stands ? p.value[element] : std::nan("");
}

void append_quality(std::string& line, const domain::Sample& sample) {
  line += ',';
  line += domain::name(sample.quality);
  if (sample.sub_status == domain::SubStatus::none) return;
  line += ' ';
  line += domain::name(sample.sub_status);
}

/// Value and sigma; nothing for what is not known.
void append_estimate(std::string& line, const domain::Estimate& estimate, std::size_t i,
                     const TraceOptions& options) {
  append_number(line, estimate.samples[i].value);
  line += ',';
  if (std::isfinite(estimate.sigma[i])) append_number(line, estimate.sigma[i]);
  if (options.qualities) append_quality(line, estimate.samples[i]);
}

void append_row(std::string& line, const domain::Record& record, const Table& table,
                const TraceOptions& options) {
  append_seconds(line, record.time_ns);
  if (table.controller) append_state(line, record, *table.controller);
  if (table.monitor) append_monitor(line, record.monitors[*table.monitor]);
  const domain::Frame& frame = options.screened ? record.screened : record.frame;
  for (const Column& c : table.columns) {
    line += ',';
    if (c.element) {
      if (c.working != domain::kNoTag) append_number(line, frame.samples[c.working].value);
      line += ',';
      append_number(line, record.command.value[*c.mv]);
      line += ',';
      append_number(line, wanted(record.proposals[*table.controller], *c.element));
      continue;
    }
    if (c.tag >= frame.samples.size()) {
      append_estimate(line, record.estimate, c.tag - frame.samples.size(), options);
      continue;
    }
    const domain::Sample& sample = frame.samples[c.tag];
    append_number(line, sample.value);
    if (options.qualities) append_quality(line, sample);
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
  Table table;
  std::int64_t run = 0;
  std::uint64_t rows = 0;
  std::string line;
  for (std::uint64_t seen = 0;; ++seen) {
    const auto more = reader.next();
    if (!more) return more.error();
    if (!more.value() || reader.record().cycle > options.to) break;
    const Layout& layout = reader.run().layout;
    if (seen == 0) {
      auto made = make_table(layout, reader.record(), patterns, options);
      if (!made) return made.error();
      table = std::move(made).value();
      out << header(layout, table, options);
    } else if (reader.run().id != run) {
      const bool others = table.controller && layout.names.controllers != table.controllers;
      const bool same =
          layout.names.tags == table.tags && layout.names.estimates == table.estimates;
      if (others || !same) {
        return domain::Error{"cycle " + std::to_string(reader.record().cycle),
                             std::string("a run with other ") + (others ? "controllers" : "tags") +
                                 " begins here; export it on its own"};
      }
    }
    run = reader.run().id;
    if (seen % options.every != 0) continue;
    line.clear();
    append_row(line, reader.record(), table, options);
    out << line;
    ++rows;
    if (!out) return domain::Error{"output", "cannot be written"};
  }
  out.flush();
  if (!out) return domain::Error{"output", "cannot be written"};
  return rows;
}

}  // namespace saggar::record
