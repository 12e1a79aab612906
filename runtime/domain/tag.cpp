#include "runtime/domain/tag.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::domain {
namespace {

bool well_formed(std::string_view name) noexcept {
  if (name.empty() || name.size() > 64 || name.front() == '.' || name.back() == '.') return false;
  char previous = '.';
  for (const char c : name) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (!word && c != '.') return false;
    if (c == '.' && previous == '.' && &c != name.data()) return false;
    previous = c;
  }
  return true;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

bool matches(std::string_view pattern, std::string_view name) noexcept {
  // Greedy with backtracking over the last star; a star never crosses a dot and is never empty.
  std::size_t p = 0, n = 0, star = std::string_view::npos, mark = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      if (name[n] == '.') return false;
      star = p++;
      mark = ++n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos && name[mark] != '.') {
      p = star + 1;
      n = ++mark;
    } else {
      return false;
    }
  }
  return p == pattern.size();
}

Result<TagId> TagTable::add(Tag tag) {
  if (!well_formed(tag.name)) {
    return Error{"tag '" + tag.name + "'",
                 "a tag name is lower-case letters, digits and _ in words joined by dots, at most "
                 "64 characters, such as zone07.top.temperature"};
  }
  if (by_name_.count(tag.name) != 0) return Error{"tag " + tag.name, "is declared twice"};
  if (!(tag.low < tag.high)) return Error{"tag " + tag.name, "needs a range with low < high"};
  if (!(tag.resolution >= 0) || !std::isfinite(tag.resolution)) {
    return Error{"tag " + tag.name, "needs a resolution of 0 (continuous) or more"};
  }
  if (tags_.size() >= most_) {
    return Error{"tag " + tag.name, "is one too many: at most " + std::to_string(most_) + " tags"};
  }
  const auto id = static_cast<TagId>(tags_.size());
  by_name_.emplace(tag.name, id);
  tags_.push_back(std::move(tag));
  return id;
}

std::optional<TagId> TagTable::find(std::string_view name) const {
  const auto it = by_name_.find(name);
  if (it == by_name_.end()) return std::nullopt;
  return it->second;
}

std::vector<TagId> TagTable::match(std::string_view pattern) const {
  std::vector<TagId> found;
  for (std::size_t i = 0; i < tags_.size(); ++i) {
    if (matches(pattern, tags_[i].name)) found.push_back(static_cast<TagId>(i));
  }
  return found;
}

std::string TagTable::nearest(std::string_view name) const {
  std::vector<std::string> names;
  names.reserve(tags_.size());
  for (const Tag& tag : tags_) names.push_back(tag.name);
  return nearest_word(name, names);
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates) {
  const std::size_t enough = std::max<std::size_t>(2, word.size() / 3);
  std::size_t best = enough + 1;
  std::string nearest;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace saggar::domain
