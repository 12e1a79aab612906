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
/// Thread: any but control. A full disk costs lines, never the caller.
class Log {
 public:
  static domain::Result<std::unique_ptr<Log>> open(const LogOptions& options);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// One line; `text` is quoted and control characters are made visible.
  void write(domain::Severity severity, std::string_view text);
  /// The events of one record, each one line.
  void events(const domain::Record& record, const Names& names);
  void flush();

 private:
  struct State;
  explicit Log(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Appends ` key=value`, quoted where needed. Exposed for its test.
void append_field(std::string& line, std::string_view key, std::string_view value);

}  // namespace saggar::record
