// The visitor that saves: canonical TOML, every field, in the order of the struct.
#include <cstdio>

#include "runtime/config/load.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::config {
namespace {

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20U || byte == 0x7FU) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04X", static_cast<unsigned>(byte));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

template <class T, class F>
std::string array(const std::vector<T>& values, F&& text) {
  std::string out = "[";
  for (std::size_t i = 0; i < values.size(); ++i) out += (i == 0 ? "" : ", ") + text(values[i]);
  return out + "]";
}

template <class T>
std::string sourced(std::string value, const Sourced<T>& from) {
  const auto& [_, source, grade, uncertainty] = from;
  if (source.empty() && grade == Grade::none && uncertainty == 0) return value;
  std::string out = "{ value = " + std::move(value);
  if (uncertainty > 0) out += ", uncertainty = " + toml_float(uncertainty);
  if (!source.empty()) out += ", source = " + in_quotes(source);
  if (grade != Grade::none) {
    out += ", grade = \"" + std::string(Spelling<Grade>::names[static_cast<std::size_t>(grade)]) +
           "\"";
  }
  return out + " }";
}

/// Plain keys of a table stand before its sub-tables, wherever the struct names them.
class Writer final : public Visitor {
 public:
  std::string file() const { return tables_.front().keys + tables_.front().below; }
  void line(std::string_view key, const std::string& value) {
    tables_.back().keys += std::string(key) + " = " + value + "\n";
  }
  Writer() { tables_.emplace_back(); }

 protected:
  void number(std::string_view key, double& value, const Spec&) override {
    line(key, toml_float(value));
  }
  void integer(std::string_view key, std::int64_t& value, const Spec&) override {
    line(key, std::to_string(value));
  }
  void flag(std::string_view key, bool& value, const Spec&) override {
    line(key, value ? "true" : "false");
  }
  void text(std::string_view key, std::string& value, const Spec& spec) override {
    if (!(spec.required && value.empty())) line(key, in_quotes(value));
  }
  void choice(std::string_view key, int& value, Names names, const Spec&) override {
    line(key, in_quotes(names[static_cast<std::size_t>(value)]));
  }
  void figure(std::string_view key, Figure& value, const Spec&) override {
    line(key, sourced(toml_float(value.value), value));
  }
  void figures(std::string_view key, Figures& value, const Spec&) override {
    std::string list =
        value.value.size() == 1 ? toml_float(value.value[0]) : array(value.value, toml_float);
    line(key, sourced(std::move(list), value));
  }
  void numbers(std::string_view key, std::vector<double>& value, const Spec&) override {
    line(key, array(value, toml_float));
  }
  void integers(std::string_view key, std::vector<std::int64_t>& value, const Spec&) override {
    line(key, array(value, [](std::int64_t i) { return std::to_string(i); }));
  }
  void texts(std::string_view key, std::vector<std::string>& value, const Spec&) override {
    line(key, array(value, [](const std::string& s) { return in_quotes(s); }));
  }
  void choices(std::string_view key, std::vector<int>& value, Names names, const Spec&) override {
    line(key, array(value, [&](int i) { return in_quotes(names[static_cast<std::size_t>(i)]); }));
  }
  void parameters(std::string_view key, Parameters& value, const Spec& spec) override {
    if (value.empty()) return;
    enter(key, spec);
    for (const auto& [name, parameter] : value) {
      if (parameter.by_tag.empty() && parameter.has_value) {
        line(in_quotes(name), toml_float(parameter.value));
        continue;
      }
      std::string table = parameter.has_value ? "default = " + toml_float(parameter.value) : "";
      for (const auto& [tag, number] : parameter.by_tag) {
        table += (table.empty() ? "" : ", ") + in_quotes(tag) + " = " + toml_float(number);
      }
      line(in_quotes(name), "{ " + table + " }");
    }
    leave();
  }
  bool enter(std::string_view key, const Spec&) override {
    std::string path = tables_.back().path;
    path += (path.empty() ? "" : ".") + std::string(key);
    tables_.push_back({path, "\n[" + path + "]\n", ""});
    return true;
  }
  void leave() override { close(); }
  std::size_t begin_list(std::string_view key, std::size_t size, const Spec&) override {
    lists_.emplace_back(key);
    return size;
  }
  bool begin_element(std::size_t) override {
    std::string path = tables_.back().path;
    path += (path.empty() ? "" : ".") + lists_.back();
    tables_.push_back({path, "\n[[" + path + "]]\n", ""});
    return true;
  }
  void end_element() override { close(); }
  void end_list() override { lists_.pop_back(); }

 private:
  struct Table {
    std::string path;
    std::string keys;
    std::string below;
  };
  void close() {
    Table table = std::move(tables_.back());
    tables_.pop_back();
    tables_.back().below += table.keys + table.below;
  }

  std::vector<Table> tables_;
  std::vector<std::string> lists_;
};

}  // namespace

namespace detail {

std::string write(std::string_view kind, const Visit& visit) {
  Writer writer;
  writer.line("kind", in_quotes(kind));
  visit(writer);
  return writer.file();
}

}  // namespace detail
}  // namespace saggar::config
