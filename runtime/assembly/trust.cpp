#include "runtime/assembly/trust.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

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

namespace {

std::vector<std::string> keys_of(const Assembly& assembly) {
  std::vector<std::string> keys;
  for (const operate::TrustSettings& trust : assembly.cycle->settings().trust) {
    for (const operate::TrustSettings::Group& group : trust.groups) {
      keys.push_back("trust/" + assembly.controllers[trust.controller] + "/" + group.name);
    }
  }
  return keys;
}

std::optional<domain::Reason> reason_of(std::string_view text) {
  for (int i = 0; i < domain::reason_count(); ++i) {
    if (domain::name(static_cast<domain::Reason>(i)) == text) return static_cast<domain::Reason>(i);
  }
  return std::nullopt;
}

}  // namespace

std::map<std::string, std::string> trust_meta(const Assembly& assembly) {
  std::map<std::string, std::string> meta;
  const std::vector<std::string> keys = keys_of(assembly);
  for (std::size_t row = 0; row < keys.size(); ++row) {
    const domain::TrustReport& report = assembly.cycle->trust()[row];
    meta[keys[row]] =
        std::string(domain::name(report.level)) + " " + std::string(domain::name(report.reason));
  }
  return meta;
}

void begin_trust(const std::map<std::string, std::string>& meta, Assembly& assembly) {
  const std::vector<std::string> keys = keys_of(assembly);
  for (std::size_t row = 0; row < keys.size(); ++row) {
    const auto said = meta.find(keys[row]);
    if (said == meta.end()) continue;
    const std::string_view text = said->second;
    const std::size_t blank = text.find(' ');
    const auto level = domain::parse_level(text.substr(0, blank));
    const auto why = blank == text.npos ? std::nullopt : reason_of(text.substr(blank + 1));
    if (level && why) assembly.cycle->begin_trust(row, *level, *why);
  }
}

}  // namespace saggar::assembly
