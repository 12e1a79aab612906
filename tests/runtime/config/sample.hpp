// A file kind with every type of field, and what a text of some kind is complained about.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/config/load.hpp"

namespace saggar::config {

enum class Colour : std::uint8_t { red, green, blue };
template <>
struct Spelling<Colour> {
  static constexpr std::array<std::string_view, 3> names = {"red", "green", "blue"};
};

struct SampleItem {
  std::string name;
  double weight_kg = 2;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "its name", .required = true});
    v("weight_kg", weight_kg, {.doc = "its weight", .low = 0, .high = 10});
  }
};

struct SampleInner {
  double length_m = 3;
  std::vector<SampleItem> items;

  template <class V>
  void visit(V& v) {
    v("length_m", length_m, {.doc = "how long", .low = 1, .high = 5});
    v("item", items, {.doc = "things", .max_count = 3});
  }
};

struct Sample {
  static constexpr std::string_view kKind = "sample";
  std::string name;
  double period_s = 1;
  double limit_s = 10;
  double free = 0;
  std::uint16_t count = 4;
  bool on = false;
  std::string note = "none";
  Colour colour = Colour::green;
  Figure power_kW{7, "default", Grade::E};
  Figures rated_kW{{1, 2}, "", Grade::none};
  std::vector<double> list_K = {1, 2};
  std::vector<std::uint16_t> zones = {1};
  std::vector<std::string> words = {"a"};
  std::vector<Colour> colours = {Colour::red};
  Parameters params;
  SampleInner inner;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "the name", .required = true});
    v("period_s", period_s, {.doc = "how often", .low = 0.01, .high = 60});
    v("limit_s", limit_s, {.doc = "the limit", .low = 0, .may_be_infinite = true});
    v("free", free, {.doc = "any number"});
    v("count", count, {.doc = "how many", .low = 1});
    v("on", on, {.doc = "on or off"});
    v("note", note, {.doc = "a note"});
    v("colour", colour, {.doc = "a colour"});
    v("power_kW", power_kW, {.doc = "a figure", .low = 0, .high = 100});
    v("rated_kW", rated_kW,
      {.doc = "figures", .low = 0, .high = 100, .min_count = 1, .max_count = 3});
    v("list_K", list_K, {.doc = "numbers", .low = -5, .high = 5, .max_count = 3});
    v("zones", zones, {.doc = "whole numbers", .low = 1, .high = 64, .max_count = 3});
    v("words", words, {.doc = "texts", .max_count = 3});
    v("colours", colours, {.doc = "colours", .min_count = 1, .max_count = 3});
    v("params", params, {.doc = "parameters"});
    v("inner", inner, {.doc = "a table"});
  }
};

/// "line:column: what" for each complaint, in order of place.
template <FileStruct T>
std::vector<std::string> complaints_of(std::string_view text) {
  T value{};
  Source source;
  source.file = "f";
  Complaints complaints;
  load_into(text, value, source, complaints);
  std::vector<std::string> list;
  for (const Complaint& complaint : complaints.sorted()) list.push_back(complaint.text().substr(2));
  return list;
}

/// A sample that is right, with one more line (line 3).
inline std::string sample_with(const std::string& line) {
  return "kind = \"sample\"\nname = \"x\"\n" + line + "\n";
}

template <FileStruct T>
T loaded(std::string_view text) {
  auto value = load_text<T>("f", text);
  if (!value) throw std::runtime_error(value.error().text());
  return std::move(value).value();
}

}  // namespace saggar::config
