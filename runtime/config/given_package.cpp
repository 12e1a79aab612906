#include "runtime/config/given_package.hpp"

#include <algorithm>
#include <fstream>

#include "runtime/config/load.hpp"
#include "runtime/config/number_text.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::config {
namespace fs = std::filesystem;

namespace {

using domain::Error;

const std::string kManifest(PolicyConfig::kFile);

std::string key_of(std::size_t controller) {
  return "controller[" + std::to_string(controller) + "].package";
}
std::string index(std::string_view list, std::size_t i) {
  return std::string(list) + '[' + std::to_string(i) + ']';
}

/// Bytes of one file, of which `room` at most.
domain::Result<std::string> bytes_of(const fs::path& path, std::uintmax_t room) {
  std::error_code code;
  const std::uintmax_t size = fs::file_size(path, code);
  if (code) return Error{path.string(), "cannot be read: " + code.message()};
  if (size > kMostFileBytes || size > room) {
    return Error{path.string(), "has " + std::to_string(size) +
                                    " bytes; a file of a package has at most 64 MiB, all of them "
                                    "together 256 MiB"};
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  // One that shrinks or grows while it is read is not the one that was listed.
  if (!file || file.peek() != std::ifstream::traits_type::eof()) {
    return Error{path.string(), "cannot be read, or changes while it is read"};
  }
  return bytes;
}

bool contains(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

void check_listing(const GivenPackage& package, Checks& checks) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < package.manifest.files.size(); ++i) {
    const std::string& name = package.manifest.files[i].path;
    names.push_back(name);
    if (package.content.files.contains(name)) continue;
    checks.complain(index("file", i) + ".path", "there is no file " + package.file(name));
  }
  for (const auto& [name, bytes] : package.content.files) {
    if (name == kManifest || contains(names, name)) continue;
    checks.complain("file", package.file(name) +
                                " is in the folder, but not in the list; list it or take it out");
  }
  for (std::size_t i = 0; i < package.manifest.members.size(); ++i) {
    const auto found = package.content.files.find(package.manifest.members[i].file);
    if (found == package.content.files.end() || !found->second.empty()) continue;
    checks.complain(index("member", i) + ".file", package.file(found->first) + " is empty");
  }
}

namespace {

void check_context(const GivenPackage& package, const ControllerConfig& controller,
                   const PackageContext& context, Checks& checks) {
  const PolicyConfig& policy = package.manifest;
  if (policy.duty != controller.duty) {
    checks.complain("duty", "the package is for duty " + std::string(domain::name(policy.duty)) +
                                ", controller '" + controller.name + "' has duty " +
                                std::string(domain::name(controller.duty)));
  }
  if (context.kiln != nullptr && !contains(policy.kilns, context.kiln->name)) {
    checks.complain("kilns", "the package is for kiln " + listed(policy.kilns) +
                                 ", this is kiln '" + context.kiln->name + "'");
  }
  if (context.recipe != nullptr && !contains(policy.recipes, context.recipe->name)) {
    checks.complain("recipes", "the package covers recipe " + listed(policy.recipes) +
                                   ", this is recipe '" + context.recipe->name + "'");
  }
  if (policy.expires < context.today) {
    checks.complain("expires", "the package expired on " + policy.expires + ", today is " +
                                   context.today + "; train or release it anew");
  }
}

GivenPackage load_one(const PackageFolder& folder, const ControllerConfig& controller,
                      const PackageContext& context, Complaints& complaints) {
  GivenPackage package;
  package.content = folder;
  package.accepted = context.today;
  package.source.file = package.file(kManifest);
  const auto text = folder.files.find(kManifest);
  if (text == folder.files.end()) {
    complaints.add({package.source.file, {}, "", "is not there"});
    return package;
  }
  load_into(text->second, package.manifest, package.source, complaints);
  if (!complaints.sound(package.source.file, "")) return package;
  Checks checks(package.source, complaints);
  check_context(package, controller, context, checks);
  check_listing(package, checks);
  return package;
}

/// Loads one of the texts of a package; false if it is not right.
template <class T>
bool load_paper(const GivenPackage& package, const std::string& name, T& paper, Source& source,
                Complaints& complaints) {
  source.file = package.file(name);
  load_into(package.content.files.at(name), paper, source, complaints);
  return complaints.sound(source.file, "");
}

void check_length(Checks& checks, const char* key, std::size_t found, std::size_t right,
                  const char* what) {
  if (found == right) return;
  checks.complain(key, "found " + std::to_string(found) + " numbers, right is " +
                           std::to_string(right) + ", " + what);
}

template <class T>
void check_same(Checks& checks, const char* key, const T& found, const T& manifest) {
  if (found == manifest) return;
  checks.complain(key, "is not what the manifest says");
}

void check_card(const PolicyConfig& policy, const PolicyCard& card, Checks& checks) {
  check_same(checks, "kilns", card.kilns, policy.kilns);
  check_same(checks, "recipes", card.recipes, policy.recipes);
  check_same(checks, "training_sha256", card.training_sha256, policy.training_sha256);
  check_same(checks, "expires", card.expires, policy.expires);
  std::vector<std::string> tags;
  for (const PolicyFeature& f : policy.features) tags.push_back(f.tag);
  check_same(checks, "features", card.features, tags);
}

/// The tag of this name, or nullptr and a complaint.
const domain::Tag* tag_of(const domain::Plant& plant, const std::string& name,
                          const std::string& path, Checks& checks) {
  const auto measured = plant.tags.find(name);
  if (measured) return &plant.tags[*measured];
  const auto estimated = plant.estimates.find(name);
  if (estimated) return &plant.estimates[*estimated];
  std::vector<std::string> names;
  for (const auto* table : {&plant.tags, &plant.estimates}) {
    for (const domain::Tag& tag : table->all()) names.push_back(tag.name);
  }
  checks.complain(path, "kiln '" + plant.name + "' has no tag '" + name +
                            "', measured or estimated" + did_you_mean(name, names));
  return nullptr;
}

bool unit_fits(const domain::Tag& tag, const std::string& unit, const std::string& path,
               Checks& checks) {
  const std::string right(units::symbol(tag.unit));
  if (unit == right) return true;
  checks.complain(path, "found '" + unit + "', but " + tag.name + " is in '" + right + "'");
  return false;
}

void check_feature(const domain::Plant& plant, const PolicyFeature& f, const std::string& path,
                   Checks& checks) {
  const domain::Tag* tag = tag_of(plant, f.tag, path + ".tag", checks);
  if (tag == nullptr || !unit_fits(*tag, f.unit, path + ".unit", checks)) return;
  double from = tag->low, to = tag->high;
  if (!f.over.empty()) {
    const auto mv = plant.tags.find(f.over);
    if (!mv || plant.mv_of(*mv) == domain::kNoMv) {
      return checks.complain(path + ".over",
                             "found '" + f.over + "', which is no MV of kiln '" + plant.name + "'");
    }
    const domain::Tag& reference = plant.tags[*mv];
    if (!unit_fits(reference, f.unit, path + ".over", checks)) return;
    from -= reference.high;
    to -= reference.low;
  }
  if (f.low <= to && f.high >= from) return;
  checks.complain(path + ".low", "was trained on " + plain(f.low) + " to " + plain(f.high) +
                                     ", but here it can be " + plain(from) + " to " + plain(to) +
                                     " " + f.unit + " only");
}

void check_output(const domain::Plant& plant, const PolicyConfig& policy, std::size_t i,
                  Checks& checks) {
  const PolicyOutput& out = policy.outputs[i];
  const std::string path = index("output", i);
  for (const std::string& name : out.tags) {
    const domain::Tag* tag = tag_of(plant, name, path + ".tags", checks);
    if (tag == nullptr || !unit_fits(*tag, out.unit, path + ".unit", checks)) return;
    const auto id = plant.tags.find(name);
    const domain::MvId mv = id ? plant.mv_of(*id) : domain::kNoMv;
    if (mv != domain::kNoMv && plant.mvs[mv].duty == policy.duty) continue;
    return checks.complain(path + ".tags", "found '" + name + "', which is no MV of duty " +
                                               std::string(domain::name(policy.duty)));
  }
}

}  // namespace

domain::Result<PackageFolder> read_package(const fs::path& folder) {
  PackageFolder read;
  read.folder = folder.string();
  std::error_code code;
  if (!fs::is_directory(folder, code)) {
    return Error{read.folder, "is no folder; name the folder of a policy package"};
  }
  std::uintmax_t room = kMostPackageBytes;
  for (fs::recursive_directory_iterator it(folder, code), end; !code && it != end;
       it.increment(code)) {
    const std::string path = it->path().string();
    const fs::file_status status = it->symlink_status(code);
    if (code) break;
    if (fs::is_directory(status)) continue;
    if (fs::is_symlink(status)) {
      return Error{path, "is a link; a package holds its files themselves"};
    }
    if (!fs::is_regular_file(status)) return Error{path, "is no file"};
    if (read.files.size() > kMostPackageFiles) {
      return Error{read.folder, "holds more than " + std::to_string(kMostPackageFiles) + " files"};
    }
    auto bytes = bytes_of(it->path(), room);
    if (!bytes) return bytes.error();
    room -= bytes.value().size();
    read.files[fs::relative(it->path(), folder, code).generic_string()] = std::move(bytes).value();
  }
  if (code) return Error{read.folder, "cannot be read: " + code.message()};
  if (!read.files.contains(kManifest)) {
    return Error{read.folder, "holds no " + kManifest + "; name the folder of a policy package"};
  }
  return read;
}

PackageFolders read_packages(const std::string& control_file, std::string_view control_text,
                             Complaints& complaints) {
  ControlConfig control;
  Source source;
  source.file = control_file;
  Complaints wrong;
  load_into(control_text, control, source, wrong);
  PackageFolders folders;
  if (!wrong.empty()) return folders;  // said by whoever loads it
  for (std::size_t i = 0; i < control.controllers.size(); ++i) {
    const ControllerConfig& controller = control.controllers[i];
    if (controller.package.empty()) continue;
    const auto path =
        (fs::path(control_file).parent_path() / controller.package).lexically_normal();
    auto folder = read_package(path);
    if (folder) {
      folders[controller.name] = std::move(folder).value();
    } else {
      complaints.add(source, key_of(i), "policy package " + folder.error().text());
    }
  }
  return folders;
}

GivenPackages load_packages(const ControlConfig& control, const Source& source,
                            const PackageFolders& folders, const PackageContext& context,
                            Complaints& complaints) {
  GivenPackages packages;
  for (std::size_t i = 0; i < control.controllers.size(); ++i) {
    const ControllerConfig& controller = control.controllers[i];
    if (controller.package.empty()) continue;
    const auto folder = folders.find(controller.name);
    if (folder == folders.end()) {
      complaints.add(source, key_of(i),
                     "the files of package '" + controller.package + "' were not read");
      continue;
    }
    GivenPackage package = load_one(folder->second, controller, context, complaints);
    const Position position = source.of(key_of(i));
    package.at =
        source.file + ':' + std::to_string(position.line) + ':' + std::to_string(position.column);
    packages[controller.name] = std::move(package);
  }
  return packages;
}

void check_papers(const GivenPackage& package, Complaints& complaints) {
  const PolicyConfig& policy = package.manifest;
  Source source;
  PolicyDomain where;
  if (load_paper(package, policy.domain_file, where, source, complaints)) {
    Checks checks(source, complaints);
    check_length(checks, "mean", where.mean.size(), policy.width(), "one per feature and lag");
    check_length(checks, "spread", where.spread.size(), policy.outputs.size(), "one per output");
    check_length(checks, "residual", where.residual.size(), policy.predictions.size(),
                 "one per prediction");
  }
  Source card_source, sheet_source;
  PolicyCard card;
  if (load_paper(package, policy.card, card, card_source, complaints)) {
    Checks checks(card_source, complaints);
    check_card(policy, card, checks);
  }
  PolicyDataSheet sheet;
  load_paper(package, policy.data_sheet, sheet, sheet_source, complaints);
  for (const char* page : {"card.en.md", "card.ko.md"}) {
    if (!package.content.files.at(page).empty()) continue;
    complaints.add(
        {package.file(page), {}, "", "is empty; the model card needs a page for people"});
  }
}

PolicyDomain domain_of(const GivenPackage& package) {
  PolicyDomain where;
  Source source;
  Complaints complaints;
  load_paper(package, package.manifest.domain_file, where, source, complaints);
  return where;
}

void check_tags(const domain::Plant& plant, const GivenPackage& package, Complaints& complaints) {
  const PolicyConfig& policy = package.manifest;
  Checks checks(package.source, complaints);
  for (std::size_t i = 0; i < policy.features.size(); ++i) {
    check_feature(plant, policy.features[i], index("feature", i), checks);
  }
  for (std::size_t i = 0; i < policy.outputs.size(); ++i) check_output(plant, policy, i, checks);
  for (std::size_t i = 0; i < policy.predictions.size(); ++i) {
    const std::string path = index("prediction", i);
    const domain::Tag* tag = tag_of(plant, policy.predictions[i].tag, path + ".tag", checks);
    if (tag != nullptr) unit_fits(*tag, policy.predictions[i].unit, path + ".unit", checks);
  }
}

}  // namespace saggar::config
