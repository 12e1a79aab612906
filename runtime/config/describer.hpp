// Describer: the visitors that tell what may stand in a file see each field in one form.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/config/number_text.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::config {

/// What one field may hold.
enum class Shape : std::uint8_t {
  number,
  integer,
  flag,
  text,
  choice,
  figure,
  figures,
  numbers,
  integers,
  texts,
  choices,
  parameters
};

struct FieldView {
  std::string_view key;
  Shape shape{};
  const Spec* spec = nullptr;
  Names names{};                      ///< of choices
  std::vector<std::string> defaults;  ///< as TOML values without quotes; one, or one per entry
};

class Describer : public Visitor {
 protected:
  virtual void field(const FieldView& view) = 0;
  bool describes() const noexcept override { return true; }

  void number(std::string_view key, double& value, const Spec& spec) override {
    field({key, Shape::number, &spec, {}, {plain(value)}});
  }
  void integer(std::string_view key, std::int64_t& value, const Spec& spec) override {
    field({key, Shape::integer, &spec, {}, {std::to_string(value)}});
  }
  void flag(std::string_view key, bool& value, const Spec& spec) override {
    field({key, Shape::flag, &spec, {}, {value ? "true" : "false"}});
  }
  void text(std::string_view key, std::string& value, const Spec& spec) override {
    field({key, Shape::text, &spec, {}, {value}});
  }
  void choice(std::string_view key, int& value, Names names, const Spec& spec) override {
    field(
        {key, Shape::choice, &spec, names, {std::string(names[static_cast<std::size_t>(value)])}});
  }
  void figure(std::string_view key, Figure& value, const Spec& spec) override {
    field({key, Shape::figure, &spec, {}, {plain(value.value)}});
  }
  void figures(std::string_view key, Figures& value, const Spec& spec) override {
    field({key, Shape::figures, &spec, {}, plains(value.value)});
  }
  void numbers(std::string_view key, std::vector<double>& value, const Spec& spec) override {
    field({key, Shape::numbers, &spec, {}, plains(value)});
  }
  void integers(std::string_view key, std::vector<std::int64_t>& value, const Spec& spec) override {
    std::vector<std::string> list;
    for (const std::int64_t i : value) list.push_back(std::to_string(i));
    field({key, Shape::integers, &spec, {}, std::move(list)});
  }
  void texts(std::string_view key, std::vector<std::string>& value, const Spec& spec) override {
    field({key, Shape::texts, &spec, {}, value});
  }
  void choices(std::string_view key, std::vector<int>& value, Names names,
               const Spec& spec) override {
    std::vector<std::string> list;
    for (const int i : value) list.emplace_back(names[static_cast<std::size_t>(i)]);
    field({key, Shape::choices, &spec, names, std::move(list)});
  }
  void parameters(std::string_view key, Parameters&, const Spec& spec) override {
    field({key, Shape::parameters, &spec, {}, {}});
  }
  std::size_t begin_list(std::string_view, std::size_t, const Spec&) override { return 0; }
  void end_list() override {}

 private:
  static std::vector<std::string> plains(const std::vector<double>& values) {
    std::vector<std::string> list;
    for (const double value : values) list.push_back(plain(value));
    return list;
  }
};

}  // namespace saggar::config
