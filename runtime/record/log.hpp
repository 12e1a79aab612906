// Log: diagnostics for people, key=value lines to a rotating file and to stderr.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/domain/record.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record {

struct LogOptions {
  std::string path;                                 ///< empty = no file
  domain::Severity level = domain::Severity::info;  ///< least severity written
  bool korean = false;                              ///< language of event texts
  bool to_stderr = true;
  std::size_t max_bytes = 10U << 20U;  ///< of one file
  std::size_t files = 5;               ///< kept besides the present one
};

/// The audit is the journal; this is for diagnosis only (IF-25). Lines look like
/// `2026-01-31T12:00:00.123Z level=warn cycle=17 event=rung_lost text="heat: ..."`, UTC.
/// A thread of its own writes them from a bounded queue that drops the oldest and counts: a full or
/// slow disk, or a standard error that nobody reads, costs lines, never the caller.
/// Thread: any but control; a call is a lock for some microseconds and may allocate.
class Log {
 public:
  static domain::Result<std::unique_ptr<Log>> open(const LogOptions& options);
  ~Log();  ///< writes what waits
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// One line; `text` is quoted and control characters are made visible.
  void write(domain::Severity severity, std::string_view text);
  /// The same in the language of the log.
  void write(domain::Severity severity, std::string_view english, std::string_view korean);
  /// One event with its text and response; `more` adds a cause that has no number.
  void event(std::uint64_t cycle, const domain::Event& event, const Names& names,
             std::string_view more);
  /// The events of one record, each one line.
  void events(const domain::Record& record, const Names& names);
  /// Waits until what was written so far is out, for half a second at most.
  void flush();
  /// Lines that were dropped: the queue was full, or standard error did not take them.
  std::uint64_t lost() const;

 private:
  struct State;
  explicit Log(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Appends ` key=value`, quoted where needed. Exposed for its test.
void append_field(std::string& line, std::string_view key, std::string_view value);

}  // namespace saggar::record
