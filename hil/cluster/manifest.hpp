// Manifest: a campaign as one file that any machine can work from: its cases split into shards, the
// build and the files that they need, each by its digest (HI-57).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hil/campaign/plan.hpp"

namespace saggar::cluster {

/// Most shards of one campaign, most bytes of a manifest that is read.
inline constexpr std::size_t kMostShards = 10000;
inline constexpr std::size_t kMostManifestBytes = 256U << 20U;

/// A copy of a file that cases need, below the folder of the campaign's files.
struct FileCopy {
  std::string path;    ///< relative, such as "configs/control/pid.toml"; never with ".."
  std::string sha256;  ///< 64 hexadecimal digits
};

/// What cases that differ in their seeds only have in common.
struct Story {
  std::string scenario, variant, arm, group;
  bool compared = false;
  std::string site, kiln, plant, recipe, control, mapping;  ///< paths of copies; mapping may be ""
  std::string text;                                         ///< the scenario as TOML, with seed 1
};

struct ShardCase {
  std::string id;
  std::uint32_t story = 0;  ///< index into the stories
  std::uint64_t seed = 1;
  std::uint32_t shard = 0;
  std::string inputs;  ///< as in campaign::Planned
};

struct Manifest {
  std::string suite;      ///< name of the suite or scenario
  std::string judged_by;  ///< the suite file as TOML; "" for a scenario or a part of a suite
  std::uint32_t case_limit_s = 1800;  ///< as in the suite file, in whole seconds
  std::string configs;   ///< place of the configurations' folder: of baselines and coverage files
  std::string replay;    ///< command that runs one case again, {id} for its id
  std::string campaign;  ///< campaign::Plan::digest
  std::string build;     ///< campaign::Build::digest
  std::vector<campaign::BuildPart> parts;
  std::uint32_t shards = 1;
  std::vector<FileCopy> files;
  std::vector<Story> stories;
  std::vector<ShardCase> cases;
};

/// JSON with a digest of itself. Equal manifests give equal bytes.
std::string json(const Manifest& manifest);
/// The digest that `json` gives it: 64 hexadecimal digits.
std::string digest(const Manifest& manifest);

/// The inverse, strict: exactly what `json` writes. Errors: name, with line and column for text
/// that is no JSON, the path of a value that cannot be, or that it was changed since it was
/// written. Indices and paths of what it returns are sound. @param name  stands for the file in
/// messages
domain::Result<Manifest> read_manifest(const std::string& name, std::string_view text);

}  // namespace saggar::cluster
