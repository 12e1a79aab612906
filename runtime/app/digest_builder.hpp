// DigestBuilder: one record and what came before it, as screens want it.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "runtime/app/event_groups.hpp"
#include "runtime/app/standing_faults.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/record/cycle_histogram.hpp"
#include "runtime/record/journal_writer.hpp"
#include "runtime/record/layout.hpp"
#include "runtime/wire/digest.hpp"

namespace saggar::app {

/// What no record says: it is of the moment, or of the threads around the loop.
struct LiveState {
  std::uint64_t overruns = 0;
  std::uint64_t records_dropped = 0;
  std::uint64_t records_lost = 0;
  std::uint64_t log_lines_lost = 0;
  const record::JournalHealth* journal = nullptr;  ///< nullptr: there is no journal
  std::optional<wire::DigestLink> link{};          ///< nothing: as the record says
  std::optional<std::uint32_t> heartbeat{};        ///< as sent; nothing: as the record says
  std::vector<wire::DigestTrouble> troubles{};
};

/// Keeps running sums and the newest events. Thread: drain.
class DigestBuilder {
 public:
  static constexpr std::size_t kEvents = 32;

  DigestBuilder(const domain::Plant& plant, record::Names names, wire::Pacing pacing);
  DigestBuilder(const DigestBuilder&) = delete;
  DigestBuilder& operator=(const DigestBuilder&) = delete;

  /// Every record, in order: sums gates, keeps events, counts times.
  void add(const domain::Record& record);
  /// The digest as of `record`, the newest added one.
  wire::Digest build(const domain::Record& record, const LiveState& live) const;
  /// Brings an older digest up to now; an empty one becomes that of a runtime without a cycle.
  void refresh(wire::Digest& digest, const LiveState& live) const;
  /// An event that is in no record: the drain thread's own.
  void note(std::uint64_t cycle, const domain::Event& event, const std::string& cause);
  const record::CycleHistogram& cycle_time() const noexcept { return cycle_time_; }

 private:
  void keep(wire::DigestEvent event);
  wire::DigestTrust trust_of(const domain::TrustReport& report, std::size_t row) const;
  wire::DigestMonitor monitor_of(const domain::MonitorReport& report) const;
  domain::Duty duty_with(const std::string& controller) const;
  wire::DigestDuty duty_of(const domain::Record& record, std::size_t duty) const;
  wire::DigestLoop loop_of(const domain::Record& record, domain::MvId id) const;

  const domain::Plant& plant_;
  record::Names names_;
  wire::Pacing pacing_;
  record::CycleHistogram cycle_time_;
  decltype(wire::Digest::gates) gates_{};
  std::deque<wire::DigestEvent> events_;
  OffCauses off_{plant_};
  StandingFaults faults_;
};

}  // namespace saggar::app
