// Node: a parsed TOML text as plain values with their places. Private to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/config/complaint.hpp"

namespace saggar::config {

struct Member;

/// One value of a file.
struct Node {
  enum class Kind : std::uint8_t { table, array, text, integer, number, flag, time };

  Kind kind = Kind::table;
  Position at;
  bool flag = false;
  std::int64_t integer = 0;
  double number = 0;  ///< also set for integers
  std::string text;
  std::vector<Member> members;  ///< of a table, sorted by key
  std::vector<Node> items;      ///< of an array

  const Member* find(std::string_view key) const noexcept;
  /// "the text "abc"", "the number 3.5", "a table", ...
  std::string described() const;
};

struct Member {
  std::string key;
  Position key_at;
  Node value;
};

/// Deepest nesting of arrays and inline tables, and most words of a dotted key.
inline constexpr int kMaxNesting = 16;
inline constexpr int kMaxKeyWords = 8;

/// What a text holds that the parser must not be given: brackets nested too deep or keys of too
/// many words would exhaust its stack, characters outside ASCII stand only in quotes and comments.
/// Empty `what` = fine.
struct ShapeFault {
  Position at;
  std::string what;
};
ShapeFault shape_fault(std::string_view text);

/// Parses a text. False: `fault` tells where and what; the text is at most kMaxFileBytes long.
bool parse(std::string_view text, Node& root, ShapeFault& fault);

}  // namespace saggar::config
