// pack: writes a policy package: networks, manifest, papers, and a page for people per language.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hil/train/signals.hpp"
#include "hil/train/training_file.hpp"
#include "runtime/config/policy_papers.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::train {

/// All that goes into a package.
struct Parcel {
  const TrainingFile& file;
  const Signals& signals;  ///< with scales
  std::string kiln, recipe, code_sha256;
  std::vector<std::string> members;  ///< TorchScript, one per network
  config::PolicyDomain domain;
  std::vector<config::PolicyMetric> metrics;
  std::vector<config::PolicySource> sources;
};

/// Makes the folder anew: the same parcel, the same bytes. The manifest comes last.
/// Errors: the disk.
domain::Status pack(const std::filesystem::path& folder, const Parcel& parcel);

}  // namespace saggar::train
