#include "hil/verdict/exact.hpp"

namespace saggar::verdict {

Exact exact(const std::map<std::string, Digests>& ours,
            const std::map<std::string, Digests>& theirs) {
  Exact out;
  for (const auto& [id, own] : ours) {
    const auto other = theirs.find(id);
    if (other == theirs.end()) {
      out.only_ours.push_back(id);
    } else if (other->second.inputs != own.inputs) {
      out.other_inputs.push_back(id);
    } else if (other->second.hash != own.hash) {
      out.other_records.push_back(id);
    } else {
      out.same.push_back(id);
    }
  }
  for (const auto& [id, other] : theirs) {
    if (!ours.contains(id)) out.only_theirs.push_back(id);
  }
  return out;
}

}  // namespace saggar::verdict
