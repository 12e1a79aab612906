#include "runtime/config/node.hpp"

#include <algorithm>

#include "runtime/config/number_text.hpp"

namespace saggar::config {

const Member* Node::find(std::string_view key) const noexcept {
  const auto it = std::find_if(members.begin(), members.end(),
                               [&](const Member& member) { return member.key == key; });
  return it == members.end() ? nullptr : &*it;
}

std::string Node::described() const {
  switch (kind) {
    case Kind::table:
      return "a table";
    case Kind::array:
      return "an array";
    case Kind::text: {
      // Cut long texts at a character boundary.
      std::size_t n = std::min<std::size_t>(text.size(), 60);
      while (n < text.size() && n > 0 && (static_cast<unsigned char>(text[n]) & 0xC0U) == 0x80U)
        --n;
      std::string shown = text.substr(0, n);
      for (char& c : shown) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) c = ' ';
      }
      return "the text \"" + shown + (n < text.size() ? "...\"" : "\"");
    }
    case Kind::integer:
      return "the number " + std::to_string(integer);
    case Kind::number:
      return "the number " + toml_float(number);
    case Kind::flag:
      return flag ? "true" : "false";
    case Kind::time:
      return "a date or time";
  }
  return "nothing";
}

}  // namespace saggar::config
