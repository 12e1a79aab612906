// load<T>, load_text<T>, save_text<T>: one TOML file to one struct and back.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::config {

/// A struct that is a file: it names its kind, the mandatory top key `kind = "kiln"`.
template <class T>
concept FileStruct = requires(T& t, Visitor& v) {
  { T::kKind } -> std::convertible_to<std::string_view>;
  t.visit(v);
};

/// Largest file that is read.
inline constexpr std::size_t kMaxFileBytes = 1U << 20U;

namespace detail {
using Visit = std::function<void(Visitor&)>;
/// Parses and binds; complaints tell what is wrong.
void read(std::string_view text, std::string_view kind, const Visit& visit, Source& source,
          Complaints& complaints);
std::string write(std::string_view kind, const Visit& visit);
}  // namespace detail

/// Text of a file, or why not: missing, unreadable, over 1 MiB.
domain::Result<std::string> read_file(const std::filesystem::path& path);

/// Reads `text` into `value`; all that is wrong goes to `complaints`, and `source` tells where each
/// key stands. `source.file` must be set.
template <FileStruct T>
void load_into(std::string_view text, T& value, Source& source, Complaints& complaints) {
  detail::read(
      text, T::kKind, [&](Visitor& v) { value.visit(v); }, source, complaints);
  if constexpr (requires(const T& t, Checks& c) { t.check(c); }) {
    Checks checks(source, complaints);
    if (!source.positions.empty()) value.check(checks);
  }
}

/// @param name stands for the file in messages
template <FileStruct T>
domain::Result<T> load_text(const std::string& name, std::string_view text) {
  T value{};
  Source source;
  source.file = name;
  Complaints complaints;
  load_into(text, value, source, complaints);
  if (!complaints.empty()) return complaints.error();
  return value;
}

/// Loads one file. The error lists up to 50 complaints, each as file:line:column.
template <FileStruct T>
domain::Result<T> load(const std::filesystem::path& path) {
  auto text = read_file(path);
  if (!text) return text.error();
  return load_text<T>(path.string(), text.value());
}

/// The whole struct as TOML, defaults included; loading it gives the same struct. Equal structs
/// give equal text.
template <FileStruct T>
std::string save_text(const T& value) {
  T copy = value;
  return detail::write(T::kKind, [&](Visitor& v) { copy.visit(v); });
}

}  // namespace saggar::config
