// Suggestions: which known key a wrong one stands for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace saggar::config {

/// The unit that the suffix of a key names, as people write it ("Nm3/h" for `flow_Nm3_per_h`);
/// empty for none.
std::string_view unit_of_key(std::string_view key);

/// The key without its unit.
std::string_view stem_of_key(std::string_view key);

/// What to say about a key that is not known in a table whose known keys are these.
std::string unknown_key_text(std::string_view key, const std::vector<std::string>& known);

/// "; did you mean 'x'?" or "" .
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// "a, b, c", at most 12 of them.
std::string listed(const std::vector<std::string>& words);

}  // namespace saggar::config
