// EventGroups: the events of a record as people read them: equal ones as one, each with its cause.
#pragma once

#include <array>
#include <vector>

#include "runtime/domain/record.hpp"
#include "runtime/record/layout.hpp"
#include "runtime/wire/digest.hpp"

namespace saggar::app {

/// What ended an application. `lost`: bit i = operate::Permissive i was missing then.
struct OffCause {
  domain::Reason reason = domain::Reason::none;
  std::uint32_t lost = 0;
};

/// Remembers per duty what ended its application: after SWITCH_OFF a record says only that it is
/// off. Thread: drain.
class OffCauses {
 public:
  /// @param plant must outlive this object
  explicit OffCauses(const domain::Plant& plant) : plant_(plant) {}

  void add(const domain::Record& record);
  /// Also of what has not ended: why it came into its present state.
  const OffCause& of(std::size_t duty) const noexcept { return causes_[duty]; }

 private:
  domain::Reason why_none_is_left(const domain::Record& record, std::size_t duty) const;

  const domain::Plant& plant_;
  std::array<OffCause, domain::kDutyCount> causes_{};
  std::array<domain::AppState, domain::kDutyCount> states_{};
  std::array<bool, domain::kDutyCount> silent_{};  // since the end of the application
};

/// Without those of severity debug.
std::vector<wire::DigestEvent> grouped_events(const domain::Record& record,
                                              const record::Names& names, const OffCauses& causes);

}  // namespace saggar::app
