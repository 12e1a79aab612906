#include "runtime/config/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace saggar::config {

std::string plain(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::string toml_float(double value) {
  std::string text = plain(value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

}  // namespace saggar::config
