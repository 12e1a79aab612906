// measured_hint: small texts of the reader of measured series, and what people write instead of
// them.
#pragma once

#include <string>
#include <string_view>

namespace saggar::validate {

/// Without blanks around it.
std::string_view trimmed(std::string_view text);

/// What a reader sees of strange text: its beginning in quotes, without what no terminal shows.
std::string shown(std::string_view text);

/// What is wrong with a line that should be names or numbers with commas between: a key that lacks
/// its mark, or cells as a spreadsheet of another country separates them.
struct Hint {
  std::string_view at;  ///< the place in the line
  std::string what;     ///< what was found, and what would be right; empty: nothing is known
};
/// @param keys  all there are, with ", " between
Hint hint_for(std::string_view line, std::string_view keys);

}  // namespace saggar::validate
