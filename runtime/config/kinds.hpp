// Kinds of configuration files, for `saggar check`, the JSON schemas and the reference page.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/config/load.hpp"

namespace saggar::config {

/// One kind of file: what `kind = "..."` at its top says.
struct Kind {
  std::string name;
  std::string title;  ///< one sentence for the reference page
  /// Reads and checks one text of this kind.
  std::function<void(std::string_view text, Source&, Complaints&)> check;
  /// Visits a default value of it.
  std::function<void(Visitor&)> describe;
};

/// A struct that names files of its own: it checks them, too, as seen from its own file.
template <class T>
concept NamesFiles = requires(const T& t, const std::string& file, Checks& checks) {
  t.check_named(file, checks);
};

/// The kinds a program knows; other folders add their own.
class Kinds {
 public:
  /// kiln, recipe, control, site, identification, model, policy and its papers.
  static Kinds builtin();

  template <FileStruct T>
  void add(std::string title) {
    add(Kind{std::string(T::kKind), std::move(title),
             [](std::string_view text, Source& source, Complaints& complaints) {
               T value{};
               load_into(text, value, source, complaints);
               if constexpr (NamesFiles<T>) {
                 Checks checks(source, complaints);
                 if (complaints.empty()) value.check_named(source.file, checks);
               }
             },
             [](Visitor& v) {
               T value{};
               value.visit(v);
             }});
  }
  /// Replaces a kind of the same name.
  void add(Kind kind);

  const Kind* find(std::string_view name) const noexcept;
  const std::vector<Kind>& all() const noexcept { return kinds_; }
  std::vector<std::string> names() const;

 private:
  std::vector<Kind> kinds_;
};

/// Files that were right on their own, by their kind.
using FilesByKind = std::map<std::string, std::vector<std::filesystem::path>, std::less<>>;

/// Checks each file by its kind, with the files it names; then recipes and controls against the
/// kilns and sites among them. A recipe whose kiln is not among them is held against
/// `../kiln/NAME.toml` beside it; a line says so, or that there is none. Prints a line per file and
/// per complaint, and "together: refused" when files that are right alone do not go together.
/// @return 0 if all are right, else 1
int check_files(std::span<const std::filesystem::path> paths, std::ostream& out,
                const Kinds& kinds = Kinds::builtin(), FilesByKind* by_kind = nullptr);

/// A line per complaint.
void print(const Complaints& complaints, std::ostream& out);

/// JSON schema (draft 2020-12) of one kind.
std::string schema_text(const Kind& kind);
/// Writes `<dir>/<kind>.schema.json` for each kind.
domain::Status write_schemas(const std::filesystem::path& dir,
                             const Kinds& kinds = Kinds::builtin());

/// Reference page in Markdown.
std::string reference_text(const Kinds& kinds = Kinds::builtin());
domain::Status write_reference(const std::filesystem::path& path,
                               const Kinds& kinds = Kinds::builtin());

}  // namespace saggar::config
