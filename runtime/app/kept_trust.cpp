#include "runtime/app/kept_trust.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "runtime/assembly/trust.hpp"
#include "runtime/record/journal_reader.hpp"

namespace saggar::app {
namespace {

using domain::Level;
using domain::Reason;
using record::Meta;

/// All entries of `a` and `b` under this key, or below it, are the same.
bool same(const Meta& a, const Meta& b, const std::string& key) {
  const auto part = [&](const Meta& meta) {
    Meta found;
    for (const auto& [name, value] : meta) {
      if (name == key || name.starts_with(key + "/")) found[name] = value;
    }
    return found;
  };
  return part(a) == part(b);
}

const domain::TrustReport* row_of(const record::JournalReader& reader,
                                  const std::string& controller, const std::string& group) {
  const record::Names& names = reader.run().layout.names;
  const domain::Record& last = reader.record();
  for (std::size_t i = 0; i < last.trust.size() && i < names.groups.size(); ++i) {
    const domain::TrustReport& row = last.trust[i];
    if (row.controller >= names.controllers.size()) continue;
    if (names.controllers[row.controller] == controller && names.groups[i] == group) return &row;
  }
  return nullptr;
}

}  // namespace

bool same_controller(const Meta& then, const Meta& now, const std::string& name) {
  return same(then, now, "plugin/" + name + "/sha256") &&
         same(then, now, "model/" + name + "/sha256") &&
         same(then, now, "package/" + name + "/sha256");
}

bool same_plant(const Meta& then, const Meta& now) {
  return same(then, now, "config/kiln") && same(then, now, "config/recipe");
}

std::vector<std::string> keep_trust(const std::string& journal, assembly::Assembly& assembly) {
  std::vector<std::string> lines;
  std::error_code ignored;
  if (assembly.cycle->settings().trust.empty()) return lines;
  if (!std::filesystem::exists(journal, ignored)) return lines;
  const auto reader = record::JournalReader::open(journal);
  if (!reader || reader.value()->last_cycle() == 0) return lines;
  record::JournalReader& from = *reader.value();
  const auto more = from.seek(from.last_cycle()) ? from.next() : domain::Result<bool>(false);
  if (!more || !more.value()) return lines;
  const Meta& then = from.run().meta;
  const Meta now = assembly::journal_meta(assembly);
  const bool plant_stays = same_plant(then, now);
  std::size_t row = 0;
  for (const operate::TrustSettings& trust : assembly.cycle->settings().trust) {
    const std::string& controller = assembly.controllers[trust.controller];
    for (const operate::TrustSettings::Group& group : trust.groups) {
      const std::size_t at = row++;
      const domain::TrustReport* was = row_of(from, controller, group.name);
      if (was == nullptr || !same_controller(then, now, controller)) continue;
      const Level level = plant_stays ? was->level : std::min(was->level, Level::advise);
      if (level == trust.start) continue;
      assembly.cycle->begin_trust(at, level, plant_stays ? was->reason : Reason::started);
      lines.push_back(controller + ", " + group.name + ": level " +
                      std::string(domain::name(level)) + ", as the journal ends" +
                      (plant_stays ? "" : "; kiln or recipe is another, so no more than advise"));
    }
  }
  return lines;
}

}  // namespace saggar::app
