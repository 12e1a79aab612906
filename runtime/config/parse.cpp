// The only file that knows toml++: TOML text to Node.
#include <toml++/toml.h>

#include <exception>

#include "runtime/config/node.hpp"

namespace saggar::config {
namespace {

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
  try {
    root = converted(toml::parse(text, std::string_view("")));
    root.at = {1, 1};
    return true;
  } catch (const toml::parse_error& error) {
    fault = {position(error.source()), "not TOML: " + std::string(error.description())};
  } catch (const std::exception& error) {
    fault = {{1, 1}, std::string("not TOML: ") + error.what()};
  }
  return false;
}

}  // namespace saggar::config
