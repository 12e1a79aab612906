#include "runtime/assembly/trust.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::assembly {
namespace {

/// Half of what the trim limits leave; 1 where they leave everything.
double half_trim(const domain::Mv& mv) noexcept {
  const double half = 0.5 * (mv.limits.trim_high - mv.limits.trim_low);
  return std::isfinite(half) && half > 0 ? half : 1.0;
}

bool selected(const config::TrustGroupConfig& group, const std::string& tag) {
  return std::any_of(group.tags.begin(), group.tags.end(),
                     [&](const std::string& pattern) { return config::selects(pattern, tag); });
}

std::vector<operate::TrustSettings::Group> groups_of(const config::TrustConfig& from,
                                                     domain::Duty duty,
                                                     const domain::Plant& plant) {
  std::vector<operate::TrustSettings::Group> groups;
  for (const config::TrustGroupConfig& group : from.groups) groups.push_back({group.name, {}});
  groups.push_back({std::string(config::kRestGroup), {}});
  for (const domain::MvId mv : plant.of(duty)) {
    std::size_t at = 0;
    while (at < from.groups.size() &&
           !selected(from.groups[at], plant.tags[plant.mvs[mv].tag].name)) {
      ++at;
    }
    groups[at].mvs.push_back(mv);
  }
  std::erase_if(groups, [](const auto& group) { return group.mvs.empty(); });
  return groups;
}

}  // namespace

std::vector<operate::TrustSettings> trust_of(const config::Bundle& bundle,
                                             const std::vector<std::string>& controllers) {
  std::vector<operate::TrustSettings> all;
  for (const config::TrustConfig& from : bundle.control.trust) {
    const auto at = std::find(controllers.begin(), controllers.end(), from.controller);
    const auto id = static_cast<std::size_t>(at - controllers.begin());
    operate::TrustSettings to;
    to.controller = static_cast<domain::ControllerId>(id);
    to.start = from.level;
    to.groups = groups_of(from, bundle.control.controllers[id].duty, bundle.plant);
    for (const domain::Mv& mv : bundle.plant.mvs) {
      to.band.push_back(from.narrow_share * half_trim(mv));
      to.least_move.push_back(from.least_move_share * half_trim(mv));
    }
    to.card_s = from.card_s;
    to.second_person_s = from.second_person_s;
    to.sheds = static_cast<int>(from.sheds);
    to.sheds_s = from.sheds_s;
    all.push_back(std::move(to));
  }
  return all;
}

}  // namespace saggar::assembly
