// ddmin: the fewest parts of a whole that still fail (Zeller and Hildebrandt, IEEE TSE 28(2),
// 2002).
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

namespace saggar::search {

/// Which of several candidates is the first that still fails; their number if none does.
using FirstThatFails = std::function<std::size_t(const std::vector<std::vector<std::size_t>>&)>;

/// @param count  of parts; all of them together fail
/// @return indices in rising order, of which none can be left out; tries nothing, too, and then
///         subsets and complements of 2, 4, 8... pieces
inline std::vector<std::size_t> ddmin(std::size_t count, const FirstThatFails& first) {
  using Parts = std::vector<std::size_t>;
  Parts now(count);
  for (std::size_t i = 0; i < count; ++i) now[i] = i;
  if (count == 0 || first({Parts{}}) == 0) return {};
  for (std::size_t pieces = 2; now.size() >= 2;) {
    std::vector<Parts> candidates;
    const auto begin_of = [&](std::size_t piece) {
      return now.begin() + static_cast<std::ptrdiff_t>(piece * now.size() / pieces);
    };
    for (std::size_t piece = 0; piece < pieces; ++piece) {
      candidates.emplace_back(begin_of(piece), begin_of(piece + 1));
    }
    for (std::size_t piece = 0; piece < pieces && pieces > 2; ++piece) {
      Parts rest(now.begin(), begin_of(piece));
      rest.insert(rest.end(), begin_of(piece + 1), now.end());
      candidates.push_back(std::move(rest));
    }
    const std::size_t found = first(candidates);
    if (found < candidates.size()) {
      const bool was_subset = found < pieces;
      now = candidates[found];
      pieces = was_subset ? 2 : std::max<std::size_t>(pieces - 1, 2);
    } else if (pieces < now.size()) {
      pieces = std::min(now.size(), 2 * pieces);
    } else {
      break;
    }
  }
  return now;
}

}  // namespace saggar::search
