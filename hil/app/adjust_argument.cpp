#include "hil/app/adjust_argument.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

namespace saggar::app {
namespace {

bool number(std::string_view text, double& value) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  return problem == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

}  // namespace

domain::Result<fit::Parameter> adjust_argument(const std::string& text) {
  const std::string_view all = text;
  const std::size_t equals = all.find('='), dots = all.find("..", equals == all.npos ? 0 : equals);
  fit::Parameter out{std::string(all.substr(0, equals))};
  if (out.key.empty()) {
    return domain::Error{"--adjust", "'" + text + "' names no figure; --list shows them"};
  }
  if (equals == all.npos) return out;
  const bool both = dots != all.npos &&
                    number(all.substr(equals + 1, dots - equals - 1), out.low) &&
                    number(all.substr(dots + 2), out.high);
  if (both && out.low < out.high) return out;
  return domain::Error{"--adjust", "'" + text + "' has no bounds that rise; " + out.key +
                                       " alone, or with two numbers as in " + out.key +
                                       "=0.5..2, would be right"};
}

}  // namespace saggar::app
