// Tag: one named, typed, ranged signal with a unit; TagTable: all tags of one kiln.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <saggar/plugin/units.hpp>

#include "runtime/domain/result.hpp"

namespace saggar::domain {

using Unit = units::Unit;

/// Index of a tag in its TagTable.
using TagId = std::uint16_t;
inline constexpr TagId kNoTag = 0xFFFF;
inline constexpr std::size_t kMaxTags = 2000;
inline constexpr std::size_t kMaxVirtualTags = 8192;

enum class Access : std::uint8_t { read, write };

/// One signal. `name` is lower-case words joined by dots: `zone07.top.temperature`.
struct Tag {
  std::string name;
  Unit unit = Unit::none;
  double low = 0;         ///< range, in `unit`; a value outside is bad
  double high = 0;        ///< > low
  double resolution = 0;  ///< step of the field device, 0 = continuous
  Access access = Access::read;
};

/// All tags of one kiln; ids are dense and in order of addition. Built once, then read-only.
class TagTable {
 public:
  explicit TagTable(std::size_t most = kMaxTags) : most_(most) {}

  /// Adds a tag. Refuses an empty or malformed name, a duplicate, low >= high, a negative
  /// resolution, and too many tags.
  Result<TagId> add(Tag tag);

  std::size_t size() const noexcept { return tags_.size(); }
  const Tag& operator[](TagId id) const noexcept { return tags_[id]; }
  const std::vector<Tag>& all() const noexcept { return tags_; }

  std::optional<TagId> find(std::string_view name) const;

  /// All tags whose name matches, in id order; `*` matches one or more characters but no dot.
  std::vector<TagId> match(std::string_view pattern) const;

  /// The known name with the smallest edit distance, for error messages; empty if none is near.
  std::string nearest(std::string_view name) const;

 private:
  std::size_t most_;
  std::vector<Tag> tags_;
  std::map<std::string, TagId, std::less<>> by_name_;
};

/// True if `name` matches `pattern` (see TagTable::match).
bool matches(std::string_view pattern, std::string_view name) noexcept;

/// The candidate with the smallest edit distance to `word`, if it is near enough to be a typing
/// error (at most a third of the length, at least 2); else empty.
std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace saggar::domain
