// Result<T>: a value, or an error that names where and what. For the cold path only
// (configuration, loading, start); the control path uses quality and status values instead.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace saggar::domain {

/// What went wrong, in plain words for the reader who must act.
struct Error {
  std::string where;  ///< file:line:column, tag, plugin or address; may be empty
  std::string what;   ///< what was found, and what would be right

  /// "where: what", or just "what".
  std::string text() const { return where.empty() ? what : where + ": " + what; }
};

/// A value of T or an Error. Test with `ok()` before reading either.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : data_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : data_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const noexcept { return data_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }
  T& value() & { return std::get<0>(data_); }
  const T& value() const& { return std::get<0>(data_); }
  T&& value() && { return std::get<0>(std::move(data_)); }
  const Error& error() const { return std::get<1>(data_); }

 private:
  std::variant<T, Error> data_;
};

/// Success without a value.
struct Done {};
using Status = Result<Done>;

}  // namespace saggar::domain
