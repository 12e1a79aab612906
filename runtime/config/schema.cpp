// The visitor that writes a JSON schema (draft 2020-12), for editors and for other programs.
#include <cmath>

#include "runtime/config/describer.hpp"
#include "runtime/config/kinds.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::config {
namespace {

std::string json(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20U ? ' ' : c;
  }
  return out + "\"";
}

std::string bounds(const Spec& spec) {
  std::string out;
  if (std::isfinite(spec.low)) out += ", \"minimum\": " + plain(spec.low);
  if (std::isfinite(spec.high)) out += ", \"maximum\": " + plain(spec.high);
  return out;
}

std::string counts(const Spec& spec) {
  return ", \"minItems\": " + std::to_string(spec.min_count) +
         ", \"maxItems\": " + std::to_string(spec.max_count);
}

std::string enumeration(Names names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!name.empty()) out += (out.empty() ? "" : ", ") + json(name);
  }
  return "\"type\": \"string\", \"enum\": [" + out + "]";
}

std::string array_of(const std::string& item, const Spec& spec) {
  return "\"type\": \"array\", \"items\": {" + item + "}" + counts(spec);
}

std::string sourced(const std::string& value) {
  return "{\"type\": \"object\", \"properties\": {\"value\": " + value +
         ", \"uncertainty\": {\"type\": \"number\", \"minimum\": 0}, \"source\": {\"type\": "
         "\"string\"}, \"grade\": {" +
         enumeration(Spelling<Grade>::names) +
         "}}, \"required\": [\"value\"], \"additionalProperties\": false}";
}

/// Everything of a field's schema but description and default.
std::string body(const FieldView& view) {
  const Spec& spec = *view.spec;
  const std::string number = "\"type\": \"number\"" + bounds(spec);
  const std::string integer = "\"type\": \"integer\"" + bounds(spec);
  switch (view.shape) {
    case Shape::number:
      return number;
    case Shape::integer:
      return integer;
    case Shape::flag:
      return "\"type\": \"boolean\"";
    case Shape::text:
      return spec.required ? "\"type\": \"string\", \"minLength\": 1" : "\"type\": \"string\"";
    case Shape::choice:
      return enumeration(view.names);
    case Shape::figure:
      return "\"anyOf\": [{" + number + "}, " + sourced("{" + number + "}") + "]";
    case Shape::figures: {
      const std::string value = "{\"anyOf\": [{" + number + "}, {" + array_of(number, spec) + "}]}";
      return "\"anyOf\": [" + value + ", " + sourced(value) + "]";
    }
    case Shape::numbers:
      return array_of(number, spec);
    case Shape::integers:
      return array_of(integer, spec);
    case Shape::texts:
      return array_of("\"type\": \"string\", \"minLength\": 1", spec);
    case Shape::choices:
      return array_of(enumeration(view.names), spec);
    case Shape::parameters:
      return "\"type\": \"object\", \"additionalProperties\": {\"anyOf\": [{\"type\": \"number\"}, "
             "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"number\"}}]}";
  }
  return {};
}

std::string description(std::string_view key, const Spec& spec) {
  std::string text(spec.doc);
  const std::string_view unit = unit_of_key(key);
  if (!unit.empty()) text += " [" + std::string(unit) + "]";
  return "\"description\": " + json(text);
}

/// JSON of the default, or "" when there is none that JSON can spell.
std::string default_text(const FieldView& view) {
  const bool list = view.shape >= Shape::numbers || view.shape == Shape::figures;
  const bool words = view.shape == Shape::text || view.shape == Shape::choice ||
                     view.shape == Shape::texts || view.shape == Shape::choices;
  if (view.spec->required || view.shape == Shape::parameters) return {};
  std::string out;
  for (const std::string& entry : view.defaults) {
    if (!words && entry.find('n') != std::string::npos) return {};  // inf, nan
    out += (out.empty() ? "" : ", ") + (words ? json(entry) : entry);
  }
  const bool brackets = list && !(view.shape == Shape::figures && view.defaults.size() == 1);
  return ", \"default\": " + (brackets ? "[" + out + "]" : out);
}

class SchemaWriter final : public Describer {
 public:
  explicit SchemaWriter(std::string kind) : kind_(std::move(kind)) {
    objects_.emplace_back();
    property("kind", "{\"const\": " + json(kind_) + "}", true);
  }
  std::string schema() const {
    return "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": " +
           json("Saggar configuration: " + kind_) + ",\n  " + inner(objects_.front(), 1) + "\n}\n";
  }

 protected:
  void field(const FieldView& view) override {
    property(view.key,
             "{" + description(view.key, *view.spec) + ", " + body(view) + default_text(view) + "}",
             view.spec->required);
  }
  bool enter(std::string_view key, const Spec& spec) override {
    objects_.push_back({std::string(key), {}, {}});
    specs_.push_back(spec);
    return true;
  }
  void leave() override {
    const Object object = pop();
    property(object.key,
             "{\n" + pad(1) + description(object.key, specs_.back()) + ",\n" + pad(1) +
                 inner(object, depth() + 1) + "\n" + pad(0) + "}",
             specs_.back().required);
    specs_.pop_back();
  }
  std::size_t begin_list(std::string_view key, std::size_t, const Spec& spec) override {
    enter(key, spec);
    return 0;
  }
  bool begin_element(std::size_t) override { return true; }
  void end_element() override {}
  void end_list() override {
    const Object object = pop();
    const Spec& spec = specs_.back();
    property(object.key,
             "{\n" + pad(1) + description(object.key, spec) + ", \"type\": \"array\"" +
                 counts(spec) + ",\n" + pad(1) + "\"items\": {\n" + pad(2) +
                 inner(object, depth() + 2) + "\n" + pad(1) + "}\n" + pad(0) + "}",
             spec.required);
    specs_.pop_back();
  }

 private:
  struct Object {
    std::string key;
    std::vector<std::pair<std::string, std::string>> properties;
    std::vector<std::string> required;
  };

  std::size_t depth() const { return 2 * objects_.size(); }
  std::string pad(std::size_t more) const { return std::string(2 * (depth() + more), ' '); }
  Object pop() {
    Object object = std::move(objects_.back());
    objects_.pop_back();
    return object;
  }
  void property(std::string_view key, std::string value, bool required) {
    objects_.back().properties.emplace_back(std::string(key), std::move(value));
    if (required) objects_.back().required.emplace_back(key);
  }
  static std::string inner(const Object& object, std::size_t depth) {
    const std::string pad(2 * depth, ' ');
    std::string out = "\"type\": \"object\",\n" + pad + "\"properties\": {";
    bool first = true;
    for (const auto& [key, value] : object.properties) {
      out += (first ? "\n" : ",\n") + pad + "  " + json(key) + ": " + value;
      first = false;
    }
    out += "\n" + pad + "},\n" + pad + "\"required\": [";
    first = true;
    for (const std::string& key : object.required) {
      out += (first ? "" : ", ") + json(key);
      first = false;
    }
    return out + "],\n" + pad + "\"additionalProperties\": false";
  }

  std::string kind_;
  std::vector<Object> objects_;
  std::vector<Spec> specs_;
};

}  // namespace

std::string schema_text(const Kind& kind) {
  SchemaWriter writer(kind.name);
  kind.describe(writer);
  return writer.schema();
}

}  // namespace saggar::config
