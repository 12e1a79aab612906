// The only file that knows toml++: TOML text to Node.
#include <algorithm>
#include <exception>

// toml++ 3.3 lets some malformed texts run into its assertions, such as a header that begins with
// `[|`; in a release build these are assumptions, that is undefined behaviour. Here they throw in
// every build.
namespace {
struct Broken : std::exception {
  const char* what() const noexcept override { return "malformed"; }
};
constexpr void demand(bool met) {
  if (!met) throw Broken();
}
}  // namespace
#undef NDEBUG
#define TOML_ASSERT(expr) demand(static_cast<bool>(expr))
#include <toml++/toml.h>

#include "runtime/config/node.hpp"

namespace saggar::config {
namespace {

bool starts_key(char c) {
  return c == '"' || c == '\'' || c == '_' || c == '-' || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Where the first table header without a key stands; {1, 1} if there is none. Only asked about a
/// text that the parser gave up on, so strings that look like headers do not matter.
Position bad_header(std::string_view text) {
  int line = 1;
  for (std::size_t begin = 0; begin < text.size(); ++line) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) end = text.size();
    std::size_t at = text.find_first_not_of(" \t", begin);
    if (at < end && text[at] == '[') {
      at = text.find_first_not_of("[ \t", at);
      if (at >= end || !starts_key(text[at])) {
        return {line, static_cast<int>(std::min(at, end) - begin) + 1};
      }
    }
    begin = end + 1;
  }
  return {1, 1};
}

Position position(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

Node converted(const toml::node& from);

void convert_table(const toml::table& from, Node& node) {
  for (const auto& [key, value] : from) {
    node.members.push_back({std::string(key.str()), position(key.source()), converted(value)});
  }
}

Node converted(const toml::node& from) {
  Node node;
  node.at = position(from.source());
  if (const auto* table = from.as_table()) {
    node.kind = Node::Kind::table;
    convert_table(*table, node);
  } else if (const auto* array = from.as_array()) {
    node.kind = Node::Kind::array;
    for (const toml::node& item : *array) node.items.push_back(converted(item));
  } else if (const auto* text = from.as_string()) {
    node.kind = Node::Kind::text;
    node.text = text->get();
  } else if (const auto* integer = from.as_integer()) {
    node.kind = Node::Kind::integer;
    node.integer = integer->get();
    node.number = static_cast<double>(integer->get());
  } else if (const auto* number = from.as_floating_point()) {
    node.kind = Node::Kind::number;
    node.number = number->get();
  } else if (const auto* flag = from.as_boolean()) {
    node.kind = Node::Kind::flag;
    node.flag = flag->get();
  } else {
    node.kind = Node::Kind::time;
  }
  return node;
}

}  // namespace

bool parse(std::string_view text, Node& root, ShapeFault& fault) {
  fault = shape_fault(text);
  if (!fault.what.empty()) return false;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // byte order mark
  try {
    root = converted(toml::parse(text, std::string_view("")));
    root.at = {1, 1};
    return true;
  } catch (const toml::parse_error& error) {
    fault = {position(error.source()), "not TOML: " + std::string(error.description())};
  } catch (const Broken&) {
    fault = {bad_header(text), "not TOML: a table header such as [name] is needed"};
  } catch (const std::exception& error) {
    fault = {{1, 1}, std::string("not TOML: ") + error.what()};
  }
  return false;
}

}  // namespace saggar::config
