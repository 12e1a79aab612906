// Exact: the same cases with the same records, or not (HI-45).
#pragma once

#include <map>
#include <string>
#include <vector>

namespace saggar::verdict {

/// Of one case: what defines it, and what came of it.
struct Digests {
  std::string inputs, hash;
};

/// Ids of cases, each in one list, in the order of their names.
struct Exact {
  std::vector<std::string> same;
  std::vector<std::string> other_inputs;   ///< another case by the same name: not to be compared
  std::vector<std::string> other_records;  ///< the same inputs, other records
  std::vector<std::string> only_ours, only_theirs;

  /// Every case that both have is the same to the bit.
  bool held() const noexcept { return other_inputs.empty() && other_records.empty(); }
};

Exact exact(const std::map<std::string, Digests>& ours,
            const std::map<std::string, Digests>& theirs);

}  // namespace saggar::verdict
