#include "runtime/domain/plant.hpp"

#include "runtime/domain/record.hpp"

namespace saggar::domain {

std::vector<MvId> Plant::of(Duty duty) const {
  std::vector<MvId> ids;
  for (std::size_t i = 0; i < mvs.size(); ++i) {
    if (mvs[i].duty == duty) ids.push_back(static_cast<MvId>(i));
  }
  return ids;
}

MvId Plant::mv_of(TagId tag) const noexcept {
  for (std::size_t i = 0; i < mvs.size(); ++i) {
    if (mvs[i].tag == tag) return static_cast<MvId>(i);
  }
  return kNoMv;
}

std::vector<TagId> Plant::match(std::string_view pattern) const {
  std::vector<TagId> found = tags.match(pattern);
  if (!found.empty()) return found;
  found = estimates.match(pattern);
  for (TagId& id : found) id = static_cast<TagId>(id + tags.size());
  return found;
}

Record::Record(const Plant& plant, std::size_t virtual_tags,
               const std::vector<std::size_t>& proposal_sizes, std::size_t estimator_count,
               std::size_t trust_rows, std::size_t monitor_rows)
    : frame(plant.tags.size()),
      screened(plant.tags.size()),
      estimate(virtual_tags),
      estimators(estimator_count),
      modes(plant.mvs.size()),
      trust(trust_rows),
      monitors(monitor_rows),
      recipe(plant.mvs.size(), 0.0),
      request(plant.mvs.size()),
      guard_actions(plant.mvs.size() * kGateCount),
      command(plant.mvs.size()),
      events(event_room(plant.tags.size(), plant.mvs.size())) {
  for (const std::size_t size : proposal_sizes) proposals.emplace_back(size);
}

}  // namespace saggar::domain
