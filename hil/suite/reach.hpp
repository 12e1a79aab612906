// Reach: which reasons, events, gate outcomes and transitions a run has reached (HI-29).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "hil/suite/result.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::suite {

/// Thread: one. Costs about a tenth of a microsecond per cycle in which nothing happens.
class Reach {
 public:
  void add(const domain::Record& record);
  /// Without `faults`, which no record knows.
  Reached reached() const;

 private:
  void reason(domain::Reason reason);
  void follow(const domain::Record& record);

  std::vector<std::uint64_t> reasons_, events_;
  domain::GateCounts gates_{};
  std::array<std::array<std::uint64_t, domain::kModeCount>, domain::kModeCount> modes_{};
  std::array<std::array<std::uint64_t, domain::kAppStateCount>, domain::kAppStateCount>
      applications_{};
  std::vector<domain::Mode> mode_;
  std::array<std::array<domain::Reason, domain::kMaxRungs>, domain::kDutyCount> blocked_{};
  std::array<domain::AppState, domain::kDutyCount> application_{};
  std::array<domain::Reason, domain::kDutyCount> why_{};
  bool has_any_ = false;
};

/// All names that a run could reach, for the gaps.
Reached everything();

}  // namespace saggar::suite
