#include "runtime/config/kinds.hpp"

#include <algorithm>
#include <fstream>
#include <ostream>
#include <utility>

#include "runtime/config/bundle.hpp"
#include "runtime/config/identification_config.hpp"
#include "runtime/config/model_config.hpp"
#include "runtime/config/node.hpp"
#include "runtime/config/policy_config.hpp"
#include "runtime/config/policy_papers.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::config {
namespace {

/// A file that was right on its own, kept for the checks against the others.
template <class T>
struct Checked {
  T value;
  Source source;
};

struct Seen {
  std::vector<Checked<SiteConfig>> sites;
  std::vector<Checked<KilnConfig>> kilns;
  std::vector<Checked<RecipeConfig>> recipes;
  std::vector<Checked<ControlConfig>> controls;
  FilesByKind by_kind;
};

/// The kind a text says it is of, or why that cannot be told.
std::string kind_of(std::string_view text, const Kinds& kinds, Source& source,
                    Complaints& complaints) {
  Node root;
  ShapeFault fault;
  if (!parse(text, root, fault)) {
    complaints.add({source.file, fault.at, "", fault.what});
    return {};
  }
  const Member* member = root.find("kind");
  const std::string known = "one of " + listed(kinds.names());
  if (member == nullptr) {
    complaints.add({source.file,
                    {1, 1},
                    "kind",
                    "missing key 'kind': write kind = \"...\" at the top, " + known});
    return {};
  }
  const Node& value = member->value;
  if (value.kind == Node::Kind::text && kinds.find(value.text) != nullptr) return value.text;
  complaints.add({source.file, value.at, "kind",
                  "kind: found " + value.described() + ", right is " + known +
                      did_you_mean(value.text, kinds.names())});
  return {};
}

template <class T>
void keep(std::string_view text, const Source& source, std::vector<Checked<T>>& into) {
  Checked<T> checked;
  checked.source.file = source.file;
  Complaints none;
  load_into(text, checked.value, checked.source, none);
  into.push_back(std::move(checked));
}

void check_one(const std::filesystem::path& path, const Kinds& kinds, Complaints& complaints,
               Seen& seen) {
  Source source;
  source.file = path.string();
  const auto text = read_file(path);
  if (!text) return complaints.add({source.file, {}, "", text.error().what});
  const std::string kind = kind_of(text.value(), kinds, source, complaints);
  if (kind.empty()) return;
  kinds.find(kind)->check(text.value(), source, complaints);
  if (!complaints.empty()) return;
  seen.by_kind[kind].push_back(path);
  if (kind == SiteConfig::kKind) keep(text.value(), source, seen.sites);
  if (kind == KilnConfig::kKind) keep(text.value(), source, seen.kilns);
  if (kind == RecipeConfig::kKind) keep(text.value(), source, seen.recipes);
  if (kind == ControlConfig::kKind) keep(text.value(), source, seen.controls);
}

/// The kiln of a recipe from where it usually stands, `../kiln/NAME.toml`: without it neither
/// counts nor limits could be checked. Says which it took.
void check_beside(const Checked<RecipeConfig>& recipe, Complaints& complaints, std::ostream& out) {
  const std::string& name = recipe.value.kiln;
  const bool plain_name = name.find_first_of("/\\") == std::string::npos;
  const auto folder = std::filesystem::path(recipe.source.file).parent_path() / ".." / "kiln";
  const std::string file = (folder / (name + ".toml")).lexically_normal().string();
  const auto kiln = plain_name ? load<KilnConfig>(file) : domain::Error{name, ""};
  if (!kiln || kiln.value().name != name) {
    out << recipe.source.file << ": its kiln '" << name << "' is neither among these files nor "
        << file << ": numbers of figures and limits of the kiln are not checked\n";
    return;
  }
  out << recipe.source.file << ": checked against " << file << '\n';
  Checks checks(recipe.source, complaints);
  check_against(kiln.value(), recipe.value, checks);
}

/// Recipes against the kiln they name; controls against the one kiln and the one site given. A kiln
/// is looked for elsewhere only if all files are `right`: else it may be the wrong one of them.
void check_together(const Seen& seen, bool right, Complaints& complaints, std::ostream& out) {
  for (const auto& recipe : seen.recipes) {
    bool among = false;
    for (const auto& kiln : seen.kilns) {
      if (kiln.value.name != recipe.value.kiln) continue;
      among = true;
      Checks checks(recipe.source, complaints);
      check_against(kiln.value, recipe.value, checks);
    }
    if (!among && right) check_beside(recipe, complaints, out);
  }
  for (const auto& control : seen.controls) {
    Checks checks(control.source, complaints);
    if (seen.kilns.size() == 1) check_against(seen.kilns[0].value, control.value, checks);
    if (seen.sites.size() == 1) check_against(seen.sites[0].value, control.value, checks);
  }
}

domain::Status write_file(const std::filesystem::path& path, const std::string& text) {
  std::error_code code;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), code);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return domain::Error{path.string(), "cannot be written; check folder and permissions"};
  return domain::Done{};
}

}  // namespace

void print(const Complaints& complaints, std::ostream& out) {
  for (const Complaint& complaint : complaints.sorted()) out << complaint.text() << '\n';
  if (complaints.left_out() != 0) out << "and " << complaints.left_out() << " more\n";
}

Kinds Kinds::builtin() {
  Kinds kinds;
  kinds.add<KilnConfig>("One kiln as the runtime sees it: zones, loops, ranges, limits.");
  kinds.add<RecipeConfig>("Setpoints, speeds and flows for one product on one kiln.");
  kinds.add<ControlConfig>("Controllers, ladders, guard and screening.");
  kinds.add<SiteConfig>("Clock, links, watchdog, journal, log and machine of one site.");
  kinds.add<IdentificationConfig>(
      "What `saggar identify` makes a model of, and how good it must be.");
  kinds.add<ModelConfig>("A linear model of a kiln, as `saggar identify` writes it.");
  kinds.add<PolicyConfig>(
      "Manifest of a policy package: what was trained, for what, of which files.");
  kinds.add<PolicyDomain>("Where a policy knows its way, and what its monitors compare with.");
  kinds.add<PolicyCard>("Model card of a policy (LC-40).");
  kinds.add<PolicyDataSheet>("Data sheet of a policy (LC-41).");
  return kinds;
}

void Kinds::add(Kind kind) {
  const auto it = std::find_if(kinds_.begin(), kinds_.end(),
                               [&](const Kind& other) { return other.name == kind.name; });
  if (it == kinds_.end()) {
    kinds_.push_back(std::move(kind));
  } else {
    *it = std::move(kind);
  }
}

const Kind* Kinds::find(std::string_view name) const noexcept {
  const auto it = std::find_if(kinds_.begin(), kinds_.end(),
                               [&](const Kind& kind) { return kind.name == name; });
  return it == kinds_.end() ? nullptr : &*it;
}

std::vector<std::string> Kinds::names() const {
  std::vector<std::string> names;
  for (const Kind& kind : kinds_) names.push_back(kind.name);
  return names;
}

int check_files(std::span<const std::filesystem::path> paths, std::ostream& out, const Kinds& kinds,
                FilesByKind* by_kind) {
  bool right = true;
  Seen seen;
  for (const std::filesystem::path& path : paths) {
    Complaints complaints;
    check_one(path, kinds, complaints, seen);
    if (complaints.empty()) out << path.string() << ": ok\n";
    print(complaints, out);
    right = right && complaints.empty();
  }
  Complaints together;
  check_together(seen, right, together, out);
  print(together, out);
  if (right && !together.empty()) out << "together: refused\n";
  if (by_kind != nullptr) *by_kind = std::move(seen.by_kind);
  return right && together.empty() ? 0 : 1;
}

domain::Status write_schemas(const std::filesystem::path& dir, const Kinds& kinds) {
  for (const Kind& kind : kinds.all()) {
    auto status = write_file(dir / (kind.name + ".schema.json"), schema_text(kind));
    if (!status) return status;
  }
  return domain::Done{};
}

domain::Status write_reference(const std::filesystem::path& path, const Kinds& kinds) {
  return write_file(path, reference_text(kinds));
}

}  // namespace saggar::config
