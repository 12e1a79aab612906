#include "runtime/record/log.hpp"

#include <limits.h>
#include <poll.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

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

/// Lines that wait for the writing thread; the oldest go when there are more (IF-25).
constexpr std::size_t kWaitingLines = 4096;
constexpr auto kFlushPatience = std::chrono::milliseconds(500);

/// Standard error for a reader that may have stopped reading: a terminal on hold, a full pipe. One
/// line waits a moment for it, the next ones not at all until it reads again, so that the file
/// beside it gets every line.
class PatientStderr final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  std::uint64_t lost() const noexcept { return lost_.load(std::memory_order_relaxed); }

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    if (unsaid_ != 0 && write({}, 0)) {
      const std::string note = "... " + std::to_string(unsaid_) + " lines could not be written\n";
      if (write(note, 0)) unsaid_ = 0;
    }
    if (write({line.data(), line.size()}, unsaid_ == 0 ? kPatience_ms : 0)) return;
    ++unsaid_;
    lost_.fetch_add(1, std::memory_order_relaxed);
  }
  void flush_() override {}

 private:
  static constexpr int kPatience_ms = 100;

  /// A pipe that says it is writable takes PIPE_BUF bytes without blocking. With nothing to write,
  /// only looks.
  static bool write(std::string_view rest, int patience_ms) {
    do {
      pollfd ready{STDERR_FILENO, POLLOUT, 0};
      if (::poll(&ready, 1, patience_ms) != 1 || (ready.revents & (POLLOUT | POLLERR)) != POLLOUT) {
        return false;
      }
      if (rest.empty()) return true;
      const ssize_t n =
          ::write(STDERR_FILENO, rest.data(), std::min<std::size_t>(rest.size(), PIPE_BUF));
      if (n <= 0) return false;
      rest.remove_prefix(static_cast<std::size_t>(n));
    } while (!rest.empty());
    return true;
  }

  std::uint64_t unsaid_ = 0;  // since standard error stopped taking lines
  std::atomic<std::uint64_t> lost_{0};
};

/// Counts what has gone through all sinks before it, and how often those were flushed.
class Written final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  std::uint64_t lines() const noexcept { return lines_.load(std::memory_order_acquire); }
  std::uint64_t flushes() const noexcept { return flushes_.load(std::memory_order_acquire); }

 protected:
  void sink_it_(const spdlog::details::log_msg&) override {
    lines_.fetch_add(1, std::memory_order_release);
  }
  void flush_() override { flushes_.fetch_add(1, std::memory_order_release); }

 private:
  std::atomic<std::uint64_t> lines_{0};
  std::atomic<std::uint64_t> flushes_{0};
};

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

  // Not registered by name: two logs, as in a test, do not meet. The pool is one thread of its own,
  // which writes what is left before it ends.
  std::shared_ptr<spdlog::async_logger> logger;
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<PatientStderr> console;
  std::shared_ptr<Written> written;
  std::atomic<std::uint64_t> asked{0};
  domain::Severity level;
  bool korean;

  void line(domain::Severity severity, const std::string& fields) {
    std::string text;
    append_field(text, "level", domain::name(severity));
    text += ' ';
    text += fields;
    asked.fetch_add(1, std::memory_order_relaxed);
    logger->log(level_of(severity), spdlog::string_view_t(text));
  }
};

Log::Log(std::unique_ptr<State> state) : state_(std::move(state)) {}
Log::~Log() = default;

domain::Result<std::unique_ptr<Log>> Log::open(const LogOptions& options) {
  auto state = std::make_unique<State>(options);
  try {
    std::vector<spdlog::sink_ptr> sinks;
    if (options.to_stderr) {
      state->console = std::make_shared<PatientStderr>();
      sinks.push_back(state->console);
    }
    if (!options.path.empty()) {
      sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
          options.path, options.max_bytes, options.files));
    }
    state->written = std::make_shared<Written>();
    sinks.push_back(state->written);
    state->pool = std::make_shared<spdlog::details::thread_pool>(kWaitingLines, 1);
    state->logger =
        std::make_shared<spdlog::async_logger>("saggar", sinks.begin(), sinks.end(), state->pool,
                                               spdlog::async_overflow_policy::overrun_oldest);
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

void Log::write(domain::Severity severity, std::string_view english, std::string_view korean) {
  write(severity, state_->korean ? korean : english);
}

void Log::event(std::uint64_t cycle, const domain::Event& event, const Names& names,
                std::string_view more) {
  const domain::Severity severity = domain::severity(event.code);
  if (severity < state_->level) return;
  std::string fields;
  append_field(fields, "cycle", std::to_string(cycle));
  append_field(fields, "event", domain::name(event.code));
  append_field(fields, "text", event_text(event, names, state_->korean));
  if (!more.empty()) append_field(fields, "cause", more);
  if (!domain::response(event.code).empty()) {
    append_field(fields, "response", domain::response(event.code));
  }
  state_->line(severity, fields);
}

void Log::events(const domain::Record& record, const Names& names) {
  for (const domain::Event& happened : record.events) event(record.cycle, happened, names, {});
}

std::uint64_t Log::lost() const {
  return state_->pool->overrun_counter() +
         (state_->console != nullptr ? state_->console->lost() : 0);
}

void Log::flush() {
  State& my = *state_;
  const std::uint64_t asked = my.asked.load(std::memory_order_relaxed);
  const auto until = std::chrono::steady_clock::now() + kFlushPatience;
  const auto wait_for = [&](const auto& done) {
    while (!done() && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  };
  // A line that was dropped is never written: whatever the queue has dropped counts as done.
  wait_for([&] { return my.written->lines() + my.pool->overrun_counter() >= asked; });
  const std::uint64_t flushes = my.written->flushes();
  my.logger->flush();
  wait_for([&] { return my.written->flushes() != flushes; });
}

}  // namespace saggar::record
