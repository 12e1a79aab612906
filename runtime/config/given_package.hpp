// GivenPackage: the policy package that a control file gives to one of its controllers. Only the
// host reads it; no plugin opens a file of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "runtime/config/control_config.hpp"
#include "runtime/config/kiln_config.hpp"
#include "runtime/config/policy_config.hpp"
#include "runtime/config/policy_papers.hpp"
#include "runtime/config/recipe_config.hpp"
#include "runtime/domain/plant.hpp"

namespace saggar::config {

inline constexpr std::uintmax_t kMostFileBytes = 64U << 20U, kMostPackageBytes = 256U << 20U;
inline constexpr std::size_t kMostPackageFiles = 256;

/// All that stands in the folder of a package, as bytes.
struct PackageFolder {
  std::string folder;                        ///< as messages and the journal call it
  std::map<std::string, std::string> files;  ///< by path from the folder, '/' between folders
};

struct GivenPackage {
  std::string at;         ///< "control.toml:9:1", where the control file names it
  PackageFolder content;  ///< its hashes are not checked here
  PolicyConfig manifest;
  Source source;         ///< of the manifest
  std::string accepted;  ///< the day it was held against, YYYY-MM-DD

  /// As messages call one of its files.
  std::string file(std::string_view name) const { return content.folder + '/' + std::string(name); }
};

/// Both by the name of the controller.
using PackageFolders = std::map<std::string, PackageFolder>;
using GivenPackages = std::map<std::string, GivenPackage>;

/// Reads a folder with all beneath it. Error: no folder, no manifest, something that is neither
/// file nor folder, a link, more files or bytes than are reasonable, something that cannot be read.
domain::Result<PackageFolder> read_package(const std::filesystem::path& folder);

/// Folders that `control` names, a path that is not absolute from the folder of the control file.
/// What cannot be read is complained of at the line that names it.
/// @param control_file as messages call it, and from where paths start
PackageFolders read_packages(const std::string& control_file, std::string_view control_text,
                             Complaints& complaints);

/// What the packages of one run are held against.
struct PackageContext {
  const KilnConfig* kiln = nullptr;      ///< nullptr: not known
  const RecipeConfig* recipe = nullptr;  ///< the same
  std::string today;                     ///< YYYY-MM-DD
};

/// The packages of a control file that has been read into `control` and `source`: manifest against
/// kiln, recipe, duty and date, files against the list. Complaints name the manifest.
GivenPackages load_packages(const ControlConfig& control, const Source& source,
                            const PackageFolders& folders, const PackageContext& context,
                            Complaints& complaints);

/// What stands in the folder is what the manifest lists, no more and no less, and no network is
/// empty.
void check_listing(const GivenPackage& package, Checks& checks);

/// Domain, card and data sheet, and that they say what the manifest says; both pages for people.
/// After the hashes were found right.
void check_papers(const GivenPackage& package, Complaints& complaints);

/// The domain of a package whose papers were found right.
PolicyDomain domain_of(const GivenPackage& package);

/// Tags, units and ranges against a plant that has its virtual tags.
void check_tags(const domain::Plant& plant, const GivenPackage& package, Complaints& complaints);

}  // namespace saggar::config
