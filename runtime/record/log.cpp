#include "runtime/record/log.hpp"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "runtime/record/event_text.hpp"

namespace saggar::record {
namespace {

spdlog::level::level_enum level_of(domain::Severity severity) noexcept {
  switch (severity) {
    case domain::Severity::debug:
      return spdlog::level::debug;
    case domain::Severity::info:
      return spdlog::level::info;
    case domain::Severity::warn:
      return spdlog::level::warn;
    case domain::Severity::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

bool plain(std::string_view value) noexcept {
  for (const char c : value) {
    if (c == ' ' || c == '"' || c == '=' || c == '\\' || (c >= 0 && c < 32) || c == 127) {
      return false;
    }
  }
  return !value.empty();
}

}  // namespace

void append_field(std::string& line, std::string_view key, std::string_view value) {
  if (!line.empty()) line += ' ';
  line += key;
  line += '=';
  if (plain(value)) {
    line += value;
    return;
  }
  constexpr char kDigits[] = "0123456789abcdef";
  line += '"';
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      line += '\\';
      line += c;
    } else if (c == '\n') {
      line += "\\n";
    } else if (byte < 32 || byte == 127) {
      line += "\\x";
      line += kDigits[byte >> 4];
      line += kDigits[byte & 15];
    } else {
      line += c;
    }
  }
  line += '"';
}

struct Log::State {
  explicit State(const LogOptions& options) : level(options.level), korean(options.korean) {}

  // Not registered by name: two logs, as in a test, do not meet.
  std::unique_ptr<spdlog::logger> logger;
  domain::Severity level;
  bool korean;

  void line(domain::Severity severity, const std::string& fields) {
    std::string text;
    append_field(text, "level", domain::name(severity));
    text += ' ';
    text += fields;
    logger->log(level_of(severity), spdlog::string_view_t(text));
  }
};

Log::Log(std::unique_ptr<State> state) : state_(std::move(state)) {}
Log::~Log() { flush(); }

domain::Result<std::unique_ptr<Log>> Log::open(const LogOptions& options) {
  auto state = std::make_unique<State>(options);
  try {
    std::vector<spdlog::sink_ptr> sinks;
    if (options.to_stderr) sinks.push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    if (!options.path.empty()) {
      sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
          options.path, options.max_bytes, options.files));
    }
    state->logger = std::make_unique<spdlog::logger>("saggar", sinks.begin(), sinks.end());
    state->logger->set_level(level_of(options.level));
    state->logger->flush_on(spdlog::level::warn);
    state->logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %v", spdlog::pattern_time_type::utc);
    // A full disk must not fill stderr with spdlog's own complaints, nor reach the caller.
    state->logger->set_error_handler([](const std::string&) {});
  } catch (const std::exception& e) {
    return domain::Error{options.path, std::string("cannot be written: ") + e.what()};
  }
  return std::unique_ptr<Log>(new Log(std::move(state)));
}

void Log::write(domain::Severity severity, std::string_view text) {
  if (severity < state_->level) return;
  std::string fields;
  append_field(fields, "text", text);
  state_->line(severity, fields);
}

void Log::events(const domain::Record& record, const Names& names) {
  for (const domain::Event& event : record.events) {
    const domain::Severity severity = domain::severity(event.code);
    if (severity < state_->level) continue;
    std::string fields;
    append_field(fields, "cycle", std::to_string(record.cycle));
    append_field(fields, "event", domain::name(event.code));
    append_field(fields, "text", event_text(event, names, state_->korean));
    if (!domain::response(event.code).empty()) {
      append_field(fields, "response", domain::response(event.code));
    }
    state_->line(severity, fields);
  }
}

void Log::flush() { state_->logger->flush(); }

}  // namespace saggar::record
