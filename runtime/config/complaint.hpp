// Complaint: what is wrong at one place of one file; Complaints: all of them, up to a limit.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/domain/result.hpp"

namespace saggar::config {

/// A place in a text, both from 1; column counts characters. 0 = unknown.
struct Position {
  int line = 0;
  int column = 0;
};

struct Complaint {
  std::string file;
  Position position;
  std::string path;  ///< of the field, such as `controller[1].plugin`; empty for the file
  std::string what;  ///< what was found, and what would be right

  /// "file:line:column: what"
  std::string text() const;
};

/// Where each key of one file stands.
class Source {
 public:
  std::string file;
  std::map<std::string, Position, std::less<>> positions;

  /// Position of a field, or of the nearest table around it that stands in the file.
  Position of(std::string_view path) const;
};

/// Collects complaints in any order; keeps the first 50 and counts the rest.
class Complaints {
 public:
  static constexpr std::size_t kMost = 50;

  void add(const Source& source, std::string path, std::string what);
  void add(Complaint complaint);

  bool empty() const noexcept { return list_.empty(); }
  std::size_t size() const noexcept { return list_.size(); }
  std::size_t left_out() const noexcept { return left_out_; }
  /// In order of addition of files, then of position.
  std::vector<Complaint> sorted() const;
  /// True while nothing was said against this field, what is in it, or a table around it.
  bool sound(const std::string& file, std::string_view path) const;
  /// All complaints as one error: `where` is the first place, `what` has one line each.
  domain::Error error() const;

 private:
  std::vector<Complaint> list_;
  std::size_t left_out_ = 0;
};

/// What the `check` function of a struct complains with: fields by path.
class Checks {
 public:
  Checks(const Source& source, Complaints& complaints) : source_(source), complaints_(complaints) {}
  void complain(std::string path, std::string what) {
    complaints_.add(source_, std::move(path), std::move(what));
  }
  bool sound(std::string_view path) const { return complaints_.sound(source_.file, path); }
  /// The file itself has this field, rather than its default being taken.
  bool stands(std::string_view path) const { return source_.positions.contains(path); }
  /// Path of entry `i` of a list of figures, however the file spells it: `key`, `key[i]` or
  /// `key.value[i]`.
  std::string element(const std::string& key, std::size_t i) const;

 private:
  const Source& source_;
  Complaints& complaints_;
};

}  // namespace saggar::config
