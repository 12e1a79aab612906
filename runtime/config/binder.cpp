#include "runtime/config/binder.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/config/number_text.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::config {
namespace {

std::string join(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

std::string in_unit(std::string_view key) {
  const std::string_view unit = unit_of_key(key);
  return unit.empty() ? std::string() : " in " + std::string(unit);
}

/// "0.1 to 20 m", "at least 0 s"
std::string range_text(const Spec& spec, std::string_view key) {
  const std::string_view unit = unit_of_key(key);
  const std::string suffix = unit.empty() ? std::string() : " " + std::string(unit);
  if (std::isinf(spec.low) && std::isinf(spec.high)) return "any finite number" + in_unit(key);
  if (std::isinf(spec.high)) return "at least " + plain(spec.low) + suffix;
  if (std::isinf(spec.low)) return "at most " + plain(spec.high) + suffix;
  return plain(spec.low) + " to " + plain(spec.high) + suffix;
}

std::vector<std::string> words(Names names) {
  std::vector<std::string> list;
  for (const std::string_view name : names) {
    if (!name.empty()) list.emplace_back(name);
  }
  return list;
}

}  // namespace

Binder::Binder(const Node& root, Source& source, Complaints& complaints)
    : source_(source), complaints_(complaints) {
  tables_.push_back({&root, "", {}});
  source_.positions[""] = {1, 1};
}

void Binder::finish() { close(tables_.front()); }

Binder::Field Binder::take(std::string_view key, const Spec& spec) {
  Table& table = tables_.back();
  table.known.emplace_back(key);
  Field field{nullptr, join(table.path, key), key, &spec};
  const Member* member = table.node->find(key);
  if (member != nullptr) {
    field.node = &member->value;
    source_.positions[field.path] = member->value.at;
  } else if (spec.required) {
    const std::string where = table.path.empty() ? "" : " in " + table.path;
    complaints_.add(
        {source_.file, source_.of(table.path), field.path,
         "missing key '" + std::string(key) + "'" + where + ": " + std::string(spec.doc)});
  }
  return field;
}

Binder::Field Binder::item(const Field& field, std::size_t index) {
  Field element = field;
  element.node = &field.node->items[index];
  element.path += "[" + std::to_string(index) + "]";
  source_.positions[element.path] = element.node->at;
  return element;
}

void Binder::complain(const Field& field, const std::string& what) {
  complaints_.add({source_.file, field.node->at, field.path, std::string(field.key) + ": " + what});
}

void Binder::wrong(const Field& field, const std::string& needs) {
  complain(field, "found " + field.node->described() + ", needs " + needs);
}

bool Binder::count_fits(const Field& field) {
  const std::size_t n = field.node->items.size();
  const Spec& spec = *field.spec;
  if (n >= spec.min_count && n <= spec.max_count) return true;
  complain(field, "found " + std::to_string(n) + " entries, right is " +
                      std::to_string(spec.min_count) + " to " + std::to_string(spec.max_count));
  return false;
}

bool Binder::is_array(const Field& field, const std::string& needs) {
  if (field.node->kind == Node::Kind::array) return count_fits(field);
  wrong(field, "an array of " + needs);
  return false;
}

bool Binder::as_number(const Field& field, double& value) {
  const Node& node = *field.node;
  if (node.kind != Node::Kind::number && node.kind != Node::Kind::integer) {
    wrong(field, "a number" + in_unit(field.key));
    return false;
  }
  const Spec& spec = *field.spec;
  const bool real =
      std::isfinite(node.number) || (spec.may_be_infinite && !std::isnan(node.number));
  if (!real || node.number < spec.low || node.number > spec.high) {
    complain(field, "found " + plain(node.number) + ", right is " + range_text(spec, field.key));
    return false;
  }
  value = node.number;
  return true;
}

bool Binder::as_integer(const Field& field, std::int64_t& value) {
  const Node& node = *field.node;
  if (node.kind != Node::Kind::integer) {
    wrong(field, "a whole number" + in_unit(field.key));
    return false;
  }
  if (node.number < field.spec->low || node.number > field.spec->high) {
    complain(field, "found " + std::to_string(node.integer) + ", right is " +
                        range_text(*field.spec, field.key));
    return false;
  }
  value = node.integer;
  return true;
}

bool Binder::as_text(const Field& field, std::string& value) {
  if (field.node->kind != Node::Kind::text) {
    wrong(field, "a text in quotes");
    return false;
  }
  const std::string& text = field.node->text;
  if (text.size() > 1024 || text.find('\0') != std::string::npos) {
    complain(field, "a text has at most 1024 bytes and no NUL");
    return false;
  }
  if (field.spec->required && text.empty()) {
    complain(field, "must not be empty");
    return false;
  }
  value = text;
  return true;
}

bool Binder::as_choice(const Field& field, Names names, int& value) {
  const std::vector<std::string> known = words(names);
  if (field.node->kind != Node::Kind::text) {
    wrong(field, "one of " + listed(known) + " in quotes");
    return false;
  }
  const auto it = std::find(names.begin(), names.end(), field.node->text);
  if (it == names.end() || it->empty()) {
    complain(field, "found " + field.node->described() + ", right is one of " + listed(known) +
                        did_you_mean(field.node->text, known));
    return false;
  }
  value = static_cast<int>(it - names.begin());
  return true;
}

void Binder::as_numbers(const Field& field, std::vector<double>& value) {
  value.clear();
  for (std::size_t i = 0; i < field.node->items.size(); ++i) {
    value.push_back(0.0);
    as_number(item(field, i), value.back());
  }
}

void Binder::number(std::string_view key, double& value, const Spec& spec) {
  if (const Field field = take(key, spec); field.node != nullptr) as_number(field, value);
}

void Binder::integer(std::string_view key, std::int64_t& value, const Spec& spec) {
  if (const Field field = take(key, spec); field.node != nullptr) as_integer(field, value);
}

void Binder::flag(std::string_view key, bool& value, const Spec& spec) {
  const Field field = take(key, spec);
  if (field.node == nullptr) return;
  if (field.node->kind != Node::Kind::flag) return wrong(field, "true or false");
  value = field.node->flag;
}

void Binder::text(std::string_view key, std::string& value, const Spec& spec) {
  if (const Field field = take(key, spec); field.node != nullptr) as_text(field, value);
}

void Binder::choice(std::string_view key, int& value, Names names, const Spec& spec) {
  if (const Field field = take(key, spec); field.node != nullptr) as_choice(field, names, value);
}

void Binder::numbers(std::string_view key, std::vector<double>& value, const Spec& spec) {
  const Field field = take(key, spec);
  if (field.node != nullptr && is_array(field, "numbers" + in_unit(key))) as_numbers(field, value);
}

void Binder::integers(std::string_view key, std::vector<std::int64_t>& value, const Spec& spec) {
  const Field field = take(key, spec);
  if (field.node == nullptr || !is_array(field, "whole numbers" + in_unit(key))) return;
  value.clear();
  for (std::size_t i = 0; i < field.node->items.size(); ++i) {
    std::int64_t entry = 0;
    if (as_integer(item(field, i), entry)) value.push_back(entry);
  }
}

void Binder::texts(std::string_view key, std::vector<std::string>& value, const Spec& spec) {
  const Field field = take(key, spec);
  if (field.node == nullptr || !is_array(field, "texts")) return;
  value.clear();
  for (std::size_t i = 0; i < field.node->items.size(); ++i) {
    value.emplace_back();
    as_text(item(field, i), value.back());
  }
}

void Binder::choices(std::string_view key, std::vector<int>& value, Names names, const Spec& spec) {
  const Field field = take(key, spec);
  if (field.node == nullptr || !is_array(field, "texts from " + listed(words(names)))) return;
  value.clear();
  for (std::size_t i = 0; i < field.node->items.size(); ++i) {
    int index = 0;
    if (as_choice(item(field, i), names, index)) value.push_back(index);
  }
}

}  // namespace saggar::config
