// DigestBuilder: one record and what came before it, as screens want it.
#pragma once

#include <deque>
#include <string>

#include "runtime/domain/record.hpp"
#include "runtime/record/cycle_histogram.hpp"
#include "runtime/record/layout.hpp"
#include "runtime/wire/digest.hpp"

namespace saggar::app {

/// Keeps running sums and the newest events. Thread: drain.
class DigestBuilder {
 public:
  static constexpr std::size_t kEvents = 32;

  DigestBuilder(const domain::Plant& plant, record::Names names, wire::Pacing pacing);

  /// Every record, in order: sums gates, keeps events, counts times.
  void add(const domain::Record& record);
  /// The digest as of `record`, the newest added one.
  wire::Digest build(const domain::Record& record, std::uint64_t overruns,
                     std::uint64_t records_dropped) const;
  const record::CycleHistogram& cycle_time() const noexcept { return cycle_time_; }

 private:
  wire::DigestLoop loop_of(const domain::Record& record, domain::MvId id) const;

  const domain::Plant& plant_;
  record::Names names_;
  wire::Pacing pacing_;
  record::CycleHistogram cycle_time_;
  decltype(wire::Digest::gates) gates_{};
  std::deque<wire::DigestEvent> events_;
};

}  // namespace saggar::app
