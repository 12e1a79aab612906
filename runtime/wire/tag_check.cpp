#include "runtime/wire/tag_check.hpp"

#include <cstdio>
#include <string>

namespace saggar::wire {
namespace {

using domain::Access;
using domain::Tag;
using domain::TagId;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.15g", value);
  return text;
}

std::string range(const Tag& tag) {
  return number(tag.low) + " to " + number(tag.high) + " " + std::string(units::symbol(tag.unit));
}

const char* access(const Tag& tag) { return tag.access == Access::write ? "write" : "read only"; }

/// The list of differences; keeps counting after the list is full.
class Differences {
 public:
  void add(const std::string& name, const std::string& field, const std::string& plant) {
    if (++count_ > kMaxLines) return;
    if (!text_.empty()) text_ += '\n';
    text_ += name + ": the field says " + field + ", the configuration says " + plant;
  }
  bool empty() const noexcept { return count_ == 0; }
  std::string text() const {
    if (count_ <= kMaxLines) return text_;
    return text_ + "\nand " + std::to_string(count_ - kMaxLines) + " more differences";
  }

 private:
  static constexpr std::size_t kMaxLines = 60;
  std::size_t count_ = 0;
  std::string text_;
};

void compare(const Tag& plant, const Tag& field, Differences& differences) {
  if (plant.unit != field.unit) {
    differences.add(plant.name, "unit " + std::string(units::symbol(field.unit)),
                    "unit " + std::string(units::symbol(plant.unit)));
  }
  if (plant.low != field.low || plant.high != field.high) {
    differences.add(plant.name, "range " + range(field), "range " + range(plant));
  }
  if (plant.access != field.access) {
    differences.add(plant.name, access(field), access(plant));
  } else if (plant.access == Access::write && plant.resolution != field.resolution) {
    differences.add(plant.name, "resolution " + number(field.resolution),
                    "resolution " + number(plant.resolution));
  }
}

}  // namespace

domain::Result<TagMap> map_tags(const domain::Plant& plant, std::string_view field_kiln,
                                const domain::TagTable& field_tags) {
  Differences differences;
  TagMap map;
  map.plant_tag.assign(field_tags.size(), domain::kNoTag);
  map.plant_mv.assign(field_tags.size(), domain::kNoMv);
  map.field_of_mv.assign(plant.mvs.size(), domain::kNoTag);
  if (plant.name != field_kiln) {
    differences.add("kiln", "'" + std::string(field_kiln) + "'", "'" + plant.name + "'");
  }
  std::vector<domain::MvId> mv_of(plant.tags.size(), domain::kNoMv);
  for (std::size_t mv = 0; mv < plant.mvs.size(); ++mv) {
    mv_of[plant.mvs[mv].tag] = static_cast<domain::MvId>(mv);
  }
  for (std::size_t i = 0; i < plant.tags.size(); ++i) {
    const Tag& tag = plant.tags[static_cast<TagId>(i)];
    const std::optional<TagId> field = field_tags.find(tag.name);
    if (!field) {
      const std::string near = field_tags.nearest(tag.name);
      differences.add(tag.name, "nothing" + (near.empty() ? near : " (it has " + near + ")"),
                      std::string(access(tag)) + ", " + range(tag));
      continue;
    }
    compare(tag, field_tags[*field], differences);
    map.plant_tag[*field] = static_cast<TagId>(i);
    map.plant_mv[*field] = mv_of[i];
    if (mv_of[i] != domain::kNoMv) map.field_of_mv[mv_of[i]] = *field;
  }
  for (const Tag& tag : field_tags.all()) {
    if (tag.access == Access::write && !plant.tags.find(tag.name)) {
      differences.add(tag.name, "write, " + range(tag), "nothing");
    }
  }
  if (!differences.empty()) return domain::Error{"tag table", differences.text()};
  return map;
}

}  // namespace saggar::wire
