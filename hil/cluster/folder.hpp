// folder: the folder of a campaign for many machines: manifest, copies of files, results.
#pragma once

#include <filesystem>
#include <string>

#include "hil/campaign/plan.hpp"
#include "hil/campaign/store.hpp"
#include "hil/cluster/manifest.hpp"

namespace saggar::cluster {

/// `<folder>/manifest.json`, `<folder>/files/`, and what campaign::Store keeps. May be moved and
/// mounted anywhere as a whole. Thread: one.
class Folder {
 public:
  /// Makes it. `replay` as in campaign::RunOptions, `configs` the folder whose baselines and
  /// coverage files the suite is judged by, if there are any. Errors: a folder that is not empty,
  /// the disk, cases whose copied files would not give the same inputs.
  static domain::Result<Folder> make(const std::filesystem::path& path, const campaign::Plan& plan,
                                     const campaign::Build& build, std::uint32_t shards,
                                     const std::string& replay,
                                     const std::filesystem::path& configs);
  /// Reads its manifest. Errors as of read_manifest, and no such folder.
  static domain::Result<Folder> open(const std::filesystem::path& path);

  /// Everything in it is what was planned, and so is the build; otherwise an error that names what
  /// differs.
  domain::Status check(const campaign::Build& build) const;
  /// The cases of one shard as they are run, with paths from `files()`; their inputs are worked out
  /// anew and must be the same. Errors: no such shard, and what `check` finds.
  /// Call with `files()` as the current folder.
  domain::Result<campaign::Plan> shard(std::uint32_t shard, const campaign::Build& build) const;

  /// Every case to be judged, without stories and files. Errors: a suite file that is none.
  domain::Result<campaign::Plan> all() const;

  const std::filesystem::path& path() const noexcept { return path_; }  ///< absolute
  std::filesystem::path files() const { return path_ / "files"; }
  const Manifest& manifest() const noexcept { return manifest_; }
  campaign::Store store() const { return campaign::Store(path_); }

 private:
  domain::Result<campaign::Plan> without_cases() const;

  Folder(std::filesystem::path path, Manifest manifest)
      : path_(std::move(path)), manifest_(std::move(manifest)) {}

  std::filesystem::path path_;
  Manifest manifest_;
};

}  // namespace saggar::cluster
