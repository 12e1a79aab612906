// Binder, the parts with keys of their own: tables, lists of tables, sourced figures, parameters.
#include "runtime/config/binder.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::config {

template <class T>
Binder::Field Binder::sourced(const Field& field, Sourced<T>& out) {
  out.source.clear();
  out.grade = Grade::none;
  out.uncertainty = 0;
  if (field.node->kind != Node::Kind::table) return field;
  static constexpr Spec kUncertainty{
      .doc = "half width, in the unit of the figure", .low = 0, .high = 1e300};
  static constexpr Spec kSource{.doc = "where the figure comes from"};
  static constexpr Spec kGrade{.doc = "R, D, M or E"};
  static constexpr Spec kValue{.doc = "the figure itself", .required = true};
  tables_.push_back({field.node, field.path, {}});
  Field value = take("value", kValue);
  if (const Field half = take("uncertainty", kUncertainty); half.node != nullptr) {
    as_number(half, out.uncertainty);
  }
  if (const Field text = take("source", kSource); text.node != nullptr) as_text(text, out.source);
  if (const Field letter = take("grade", kGrade); letter.node != nullptr) {
    int index = 0;
    if (as_choice(letter, Spelling<Grade>::names, index)) out.grade = static_cast<Grade>(index);
  }
  close(tables_.back());
  tables_.pop_back();
  value.key = field.key;
  value.spec = field.spec;
  return value;
}

void Binder::figure(std::string_view key, Figure& value, const Spec& spec) {
  const Field field = take(key, spec);
  if (field.node == nullptr) return;
  const Field number = sourced(field, value);
  if (number.node != nullptr) as_number(number, value.value);
}

void Binder::figures(std::string_view key, Figures& value, const Spec& spec) {
  const Field field = take(key, spec);
  if (field.node == nullptr) return;
  const Field list = sourced(field, value);
  if (list.node == nullptr) return;
  if (list.node->kind == Node::Kind::array) {
    if (count_fits(list)) as_numbers(list, value.value);
    return;
  }
  double one = 0;
  if (as_number(list, one)) value.value.assign(1, one);
}

void Binder::parameter(const Field& field, Parameter& value) {
  static constexpr Spec kAny{};
  if (field.node->kind != Node::Kind::table) {
    value.has_value = as_number(field, value.value);
    return;
  }
  for (const Member& member : field.node->members) {
    Field entry{&member.value, field.path + "." + member.key, member.key, &kAny};
    source_.positions[entry.path] = member.value.at;
    double number = 0;
    if (!as_number(entry, number)) continue;
    if (member.key == "default") {
      value.value = number;
      value.has_value = true;
    } else {
      source_.positions[entry.path] = member.key_at;  // what may dangle is the pattern
      value.by_tag[member.key] = number;
    }
  }
}

void Binder::parameters(std::string_view key, Parameters& value, const Spec& spec) {
  static constexpr Spec kAny{};
  const Field field = take(key, spec);
  if (field.node == nullptr) return;
  if (field.node->kind != Node::Kind::table) return wrong(field, "a table of parameters");
  value.clear();
  for (const Member& member : field.node->members) {
    const Field entry{&member.value, field.path + "." + member.key, member.key, &kAny};
    source_.positions[entry.path] = member.key_at;
    parameter(entry, value[member.key]);
  }
}

bool Binder::enter(std::string_view key, const Spec& spec) {
  const Field field = take(key, spec);
  if (field.node == nullptr) return false;
  if (field.node->kind != Node::Kind::table) {
    wrong(field, "a table: write [" + field.path + "]");
    return false;
  }
  tables_.push_back({field.node, field.path, {}});
  return true;
}

void Binder::leave() {
  close(tables_.back());
  tables_.pop_back();
}

std::size_t Binder::begin_list(std::string_view key, std::size_t size, const Spec& spec) {
  const Field field = take(key, spec);
  lists_.push_back({nullptr, field.path});
  if (field.node == nullptr) return size;
  if (field.node->kind != Node::Kind::array) {
    wrong(field, "a list of tables: write [[" + std::string(key) + "]]");
    return size;
  }
  if (!count_fits(field)) return size;
  lists_.back().node = field.node;
  return field.node->items.size();
}

bool Binder::begin_element(std::size_t index) {
  const List& list = lists_.back();
  if (list.node == nullptr) return false;
  const std::string path = list.path + "[" + std::to_string(index) + "]";
  const Node& node = list.node->items[index];
  source_.positions[path] = node.at;
  if (node.kind != Node::Kind::table) {
    complaints_.add({source_.file, node.at, path, "found " + node.described() + ", needs a table"});
    return false;
  }
  tables_.push_back({&node, path, {}});
  return true;
}

void Binder::end_element() { leave(); }

void Binder::end_list() { lists_.pop_back(); }

void Binder::close(const Table& table) {
  for (const Member& member : table.node->members) {
    bool known = false;
    for (const std::string& key : table.known) known = known || key == member.key;
    if (known) continue;
    const std::string path = table.path.empty() ? member.key : table.path + "." + member.key;
    complaints_.add({source_.file, member.key_at, path, unknown_key_text(member.key, table.known)});
  }
}

}  // namespace saggar::config
