// HealthWatch: what is wrong with the stores behind the loop, as events and as troubles that stand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/domain/event.hpp"
#include "runtime/record/journal_writer.hpp"
#include "runtime/wire/digest.hpp"

namespace saggar::app {

/// Counts since the start, as the drain thread reads them.
struct HealthReadings {
  const record::JournalHealth* journal = nullptr;  ///< nullptr: there is no journal
  std::uint64_t records_lost = 0;  ///< ring full, record not encoded, or journal did not take it
  std::uint64_t overruns = 0;
  std::uint64_t log_lines_lost = 0;
  double longest_cycle_ms = 0;  ///< since the last look
  double period_ms = 0;
};

/// Compares readings once in a while. Pure: time is what the caller's looks are. Thread: drain.
class HealthWatch {
 public:
  /// Overruns and dropped log lines stand for so many looks after the last one.
  static constexpr int kStands = 60;

  struct News {
    domain::Event event;
    std::string cause{};  ///< what has no number: the message of the disk
  };

  /// What is new since the last look. Each change is told once (SC-105).
  std::vector<News> look(const HealthReadings& now);
  /// What stands as of the last look. Lost records stand until the runtime ends: the gap stays.
  const std::vector<wire::DigestTrouble>& troubles() const noexcept { return troubles_; }

 private:
  void tell_journal(const HealthReadings& now, std::vector<News>& news);
  void stand(const domain::Event& event, const std::string& cause);

  HealthReadings last_;
  bool failing_ = false;
  int overran_ = kStands;  // looks ago
  int log_dropped_ = kStands;
  domain::Event overrun_{};
  std::vector<wire::DigestTrouble> troubles_;
};

}  // namespace saggar::app
