// inspect: what a package holds, and how steep its networks are.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runtime/config/given_package.hpp"

namespace saggar::train {

/// A package whose files are those that its manifest lists.
struct Inspected {
  config::GivenPackage package;
  config::PolicyDomain domain;
  config::PolicyCard card;
  config::PolicyDataSheet sheet;
  std::string sha256;  ///< of the manifest: stands for all of it
};

/// Errors: whatever a runtime would refuse, but for kiln, recipe and date, with file, line and
/// column.
domain::Result<Inspected> inspect(const std::filesystem::path& folder);

/// How much one output answers to one unit of its strongest input (LC-32).
struct Steepness {
  std::string output, input;
  double K_per_unit = 0;
};

/// The largest found at `points` places drawn from the domain's distribution; a found value, no
/// bound. Same package, same figures. Runs LibTorch in this process.
/// Errors: a network that does not run.
domain::Result<std::vector<Steepness>> steepness(const Inspected& inspected,
                                                 std::size_t points = 64);

/// For people, a line each.
std::string text_of(const Inspected& inspected, const std::vector<Steepness>& steep);

/// Lists the files of a folder anew with their hashes, in its manifest, and checks the result as
/// `inspect` does: after a paper was edited. Errors: as `inspect`; then nothing is changed.
domain::Result<Inspected> repack(const std::filesystem::path& folder);

}  // namespace saggar::train
