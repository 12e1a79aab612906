// SiteConfig: what the site's IT writes: clock, links, watchdog, journal, logs, machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::config {

/// wall: a monotonic timer starts the cycle; field: a frame does (lockstep).
enum class Pacing : std::uint8_t { wall, field };
template <>
struct Spelling<Pacing> {
  static constexpr std::array<std::string_view, 2> names = {"wall", "field"};
};

/// After a cycle that took longer than its period: skip drops the starts that were missed, catch_up
/// runs them at once.
enum class Overrun : std::uint8_t { skip, catch_up };
template <>
struct Spelling<Overrun> {
  static constexpr std::array<std::string_view, 2> names = {"skip", "catch_up"};
};

struct CycleConfig {
  double period_ms = 1000;
  Pacing pacing = Pacing::wall;
  Overrun overrun = Overrun::skip;
  std::uint32_t supervisory_cycles = 10;

  template <class V>
  void visit(V& v) {
    v("period_ms", period_ms, {.doc = "Cycle period", .low = 10, .high = 60000});
    v("pacing", pacing, {.doc = "What starts a cycle: the wall clock, or a frame of the field"});
    v("overrun", overrun,
      {.doc =
           "Wall pacing, after a cycle that took too long: drop the missed starts, or run them"});
    v("supervisory_cycles", supervisory_cycles,
      {.doc = "Cycles per supervisory period, for the guard's limits per period",
       .low = 1,
       .high = 6000});
  }
};

/// Nothing here has a default: two runtimes of one site that both forgot a key would meet on it,
/// and a plant would listen where nobody decided.
struct EndpointConfig {
  std::string frames;
  std::string commands;
  std::string operators;
  std::string records;
  std::string truth;

  template <class V>
  void visit(V& v) {
    v("frames", frames,
      {.doc = "Field link, frames; the field binds. Such as tcp://127.0.0.1:7701",
       .required = true});
    v("commands", commands,
      {.doc = "Field link, commands; the field binds. Such as tcp://127.0.0.1:7702",
       .required = true});
    v("operator", operators,
      {.doc = "Operator link; the runtime binds. Such as tcp://127.0.0.1:7703", .required = true});
    v("records", records,
      {.doc = "Record stream; the runtime binds. Such as tcp://127.0.0.1:7704", .required = true});
    v("truth", truth,
      {.doc = "What only a simulator knows, for the view; the simulator binds. Such as "
              "tcp://127.0.0.1:7705; empty = none"});
  }
};

struct WatchdogConfig {
  double heartbeat_s = 1;
  double warn_s = 3;
  double shed_s = 5;
  double command_valid_s = 5;

  template <class V>
  void visit(V& v) {
    v("heartbeat_s", heartbeat_s,
      {.doc = "Step of the heartbeat (SC-46)", .low = 0.01, .high = 60});
    v("warn_s", warn_s, {.doc = "Silent for so long: warn (SC-46)", .low = 0.02, .high = 300});
    v("shed_s", shed_s,
      {.doc = "Silent for so long: shed. Neither 0 (never) nor over 10 supervisory periods (SC-04)",
       .low = 0.05,
       .high = 600});
    v("command_valid_s", command_valid_s,
      {.doc = "How long a command holds at the field; longer than the cycle period",
       .low = 0.05,
       .high = 600});
  }
};

struct JournalConfig {
  bool enabled = true;
  std::string path = "var/saggar.journal";
  double max_MB = 4096;
  double max_days = 30;
  double snapshot_s = 3600;

  template <class V>
  void visit(V& v) {
    v("enabled", enabled, {.doc = "Keep a journal"});
    v("path", path, {.doc = "File; relative to the working folder"});
    v("max_MB", max_MB, {.doc = "Oldest records go beyond this size", .low = 1, .high = 1e6});
    v("max_days", max_days,
      {.doc = "Oldest records go beyond this age", .low = 0.01, .high = 3660});
    v("snapshot_s", snapshot_s,
      {.doc = "Field time between two states that replay can start from, when what came before "
              "them is gone",
       .low = 1,
       .high = 86400});
  }
};

enum class LogLevel : std::uint8_t { debug, info, warn, error };
template <>
struct Spelling<LogLevel> {
  static constexpr std::array<std::string_view, 4> names = {"debug", "info", "warn", "error"};
};
enum class Language : std::uint8_t { en, ko };
template <>
struct Spelling<Language> {
  static constexpr std::array<std::string_view, 2> names = {"en", "ko"};
};

struct LogConfig {
  std::string path;
  LogLevel level = LogLevel::info;
  Language language = Language::en;

  template <class V>
  void visit(V& v) {
    v("path", path, {.doc = "File; empty = standard error only"});
    v("level", level, {.doc = "Least severity that is written"});
    v("language", language, {.doc = "Language of event texts"});
  }
};

/// Wishes: what the machine does not permit is said at start and gone without.
struct RealtimeConfig {
  std::uint16_t fifo_priority = 0;
  std::int16_t control_cpu = -1;
  std::vector<std::int16_t> worker_cpus;
  bool lock_memory = false;

  template <class V>
  void visit(V& v) {
    v("fifo_priority", fifo_priority,
      {.doc = "SCHED_FIFO priority of the control thread; 0 = ordinary scheduling",
       .low = 0,
       .high = 98});
    v("control_cpu", control_cpu,
      {.doc = "Processor of the control thread; -1 = any", .low = -1, .high = 1023});
    v("worker_cpus", worker_cpus,
      {.doc = "Processors of the workers; empty = any", .low = 0, .high = 1023, .max_count = 64});
    v("lock_memory", lock_memory, {.doc = "Keep all memory in RAM"});
  }
};

struct SiteConfig {
  static constexpr std::string_view kKind = "site";

  std::string name;
  std::string description;
  CycleConfig cycle;
  EndpointConfig endpoints;
  WatchdogConfig watchdog;
  JournalConfig journal;
  LogConfig log;
  RealtimeConfig realtime;
  std::vector<std::string> plugin_dirs = {"plugins"};

  double period_s() const noexcept { return cycle.period_ms / 1000.0; }
  double supervisory_period_s() const noexcept { return period_s() * cycle.supervisory_cycles; }

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("description", description, {.doc = "What site this is"});
    v("plugin_dirs", plugin_dirs,
      {.doc = "Folders in which plugins are looked for, in this order; relative to the program's "
              "parent folder",
       .max_count = 16});
    v("cycle", cycle, {.doc = "The clock of the runtime"});
    v("endpoints", endpoints,
      {.doc =
           "Where the links are, frames, commands, operator and records each as tcp://host:port, "
           "ipc://path or inproc://name. Such as frames = \"tcp://127.0.0.1:7701\"",
       .required = true});
    v("watchdog", watchdog, {.doc = "When a silent link is noticed, and what holds until then"});
    v("journal", journal, {.doc = "The journal"});
    v("log", log, {.doc = "The log"});
    v("realtime", realtime, {.doc = "Wishes to the machine"});
  }
  void check(Checks& checks) const;
};

}  // namespace saggar::config
