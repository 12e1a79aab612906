// The visitor that writes the reference page.
#include <cmath>

#include "runtime/config/describer.hpp"
#include "runtime/config/kinds.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::config {
namespace {

const char* shape_text(Shape shape) {
  switch (shape) {
    case Shape::number:
      return "number";
    case Shape::integer:
      return "whole number";
    case Shape::flag:
      return "true or false";
    case Shape::text:
      return "text";
    case Shape::choice:
      return "one of";
    case Shape::figure:
      return "figure";
    case Shape::figures:
      return "figure or figures";
    case Shape::numbers:
      return "numbers";
    case Shape::integers:
      return "whole numbers";
    case Shape::texts:
      return "texts";
    case Shape::choices:
      return "some of";
    case Shape::parameters:
      return "parameters";
  }
  return "";
}

std::string range(const Spec& spec) {
  if (std::isinf(spec.low) && std::isinf(spec.high)) return "";
  if (std::isinf(spec.high)) return "at least " + plain(spec.low);
  if (std::isinf(spec.low)) return "at most " + plain(spec.high);
  return plain(spec.low) + " to " + plain(spec.high);
}

/// A pipe would end a table cell.
std::string cell(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '|') text.insert(i++, "\\");
  }
  return text;
}

class PageWriter final : public Describer {
 public:
  std::string page() const {
    std::string out = rows(sections_.front());
    for (std::size_t i = 1; i < sections_.size(); ++i) {
      out +=
          "\n### " + sections_[i].title + "\n\n" + sections_[i].doc + "\n\n" + rows(sections_[i]);
    }
    return out;
  }
  PageWriter() {
    sections_.push_back({"", "", "", {}});
    open_.push_back(0);
  }

 protected:
  void field(const FieldView& view) override {
    const Spec& spec = *view.spec;
    std::string type = shape_text(view.shape);
    std::string names;
    for (const std::string_view name : view.names) {
      if (!name.empty()) names += (names.empty() ? " `" : ", `") + std::string(name) + "`";
    }
    type += names;
    std::string standard;
    for (const std::string& entry : view.defaults) {
      standard += (standard.empty() ? "" : ", ") + (entry.empty() ? std::string("empty") : entry);
    }
    if (spec.required) standard = "**required**";
    sections_[open_.back()].rows.push_back("| `" + std::string(view.key) + "` | " + cell(type) +
                                           " | " + std::string(unit_of_key(view.key)) + " | " +
                                           cell(standard) + " | " + range(spec) + " | " +
                                           cell(std::string(spec.doc)) + " |\n");
  }
  bool enter(std::string_view key, const Spec& spec) override {
    open(key, spec, "[", "]");
    return true;
  }
  void leave() override { open_.pop_back(); }
  std::size_t begin_list(std::string_view key, std::size_t, const Spec& spec) override {
    open(key, spec, "[[", "]]");
    return 0;
  }
  bool begin_element(std::size_t) override { return true; }
  void end_element() override {}
  void end_list() override { open_.pop_back(); }

 private:
  struct Section {
    std::string path;
    std::string title;
    std::string doc;
    std::vector<std::string> rows;
  };

  void open(std::string_view key, const Spec& spec, const char* left, const char* right) {
    const std::string& outer = sections_[open_.back()].path;
    const std::string path = (outer.empty() ? "" : outer + ".") + std::string(key);
    open_.push_back(sections_.size());
    sections_.push_back({path,
                         "`" + (left + path + right) + "`",
                         std::string(spec.doc) + (spec.required ? ". Required." : "."),
                         {}});
  }
  static std::string rows(const Section& section) {
    if (section.rows.empty()) return "";
    std::string out =
        "| key | type | unit | default | range | meaning |\n|---|---|---|---|---|---|\n";
    for (const std::string& row : section.rows) out += row;
    return out;
  }

  std::vector<Section> sections_;
  std::vector<std::size_t> open_;
};

constexpr const char* kIntroduction =
    R"(# Configuration reference

Generated from the structs in `runtime/config`; do not edit. A test compares it.

Every file is TOML and says its kind at the top: `kind = "kiln"`. Check files with
`saggar check FILE...`. Every complaint names file, line and column, what was found and what would
be right. An unknown key is an error, and so is a key with another unit: the unit is the suffix of
the key.

A *figure* is a number, or a number with its source and a grade:
`{ value = 30.0, uncertainty = 2.0, source = "VEND30", grade = "R" }`; the uncertainty is the half
width of what is plausible, in the unit of the value. Grades: `R` read in the source, `D` derived
from stated inputs, `M` remembered and to be verified, `E` engineering estimate. *Figures* are one
figure for all elements, or an array with one per element, which may stand as `value` as well.
*Parameters* are `key = number`, or `key = { default = 1.0, "zone17.*" = 0.8 }`, where a pattern
selects the tags whose whole name or first words it matches; the longest pattern counts.
)";

}  // namespace

std::string reference_text(const Kinds& kinds) {
  std::string out = kIntroduction;
  for (const Kind& kind : kinds.all()) {
    PageWriter writer;
    kind.describe(writer);
    out += "\n## kind = \"" + kind.name + "\"\n\n" + kind.title + "\n\n" + writer.page();
  }
  return out;
}

}  // namespace saggar::config
