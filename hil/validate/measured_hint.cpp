#include "hil/validate/measured_hint.hpp"

#include <utility>

namespace saggar::validate {
namespace {

bool among(std::string_view key, std::string_view keys) {
  const std::string all = ", " + std::string(keys) + ",";
  return !key.empty() && all.find(", " + std::string(key) + ",") != std::string::npos;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::string shown(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 40)) out += c >= ' ' && c < 127 ? c : '?';
  return "'" + out + (text.size() > 40 ? "...'" : "'");
}

Hint hint_for(std::string_view line, std::string_view keys) {
  const std::string_view text = trimmed(line);
  const std::size_t colon = text.find(':');
  if (const std::string_view key = trimmed(text.substr(0, colon));
      colon != std::string_view::npos && among(key, keys)) {
    return {text, "the key " + shown(key) + " lacks its mark; # " + std::string(key) + ": " +
                      std::string(trimmed(text.substr(colon + 1, 40))) + " would be right"};
  }
  for (const auto& [mark, word] : {std::pair{';', "semicolons"}, std::pair{'\t', "tabs"}}) {
    const std::size_t found = text.find(mark);
    if (found == std::string_view::npos) continue;
    return {text.substr(found), std::string("cells are separated by ") + word +
                                    "; commas between cells and points in numbers, as in "
                                    "time_h,mass_percent and 0.5,99.9, would be right"};
  }
  return {};
}

}  // namespace saggar::validate
