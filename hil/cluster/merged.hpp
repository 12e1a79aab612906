// Merged: what the shards of a campaign came to, and what is missing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hil/campaign/store.hpp"
#include "hil/cluster/manifest.hpp"

namespace saggar::cluster {

/// A case whose result is not "passed".
struct Failed {
  std::string id, outcome, problem, replay;
  std::vector<std::string> checks;  ///< those that did not hold, in words
};

struct Merged {
  std::vector<Failed> failed;         ///< in order of their ids
  std::vector<std::string> missing;   ///< ids of cases without a result, in order
  std::vector<std::uint32_t> shards;  ///< that have such a case, ascending
  std::size_t cases = 0;
  bool passed = false;  ///< every case did; whoever judges the whole may say otherwise
  std::string
      hash;  ///< evidence::merged_digest of what is there: of a local run if nothing is missing

  bool complete() const noexcept { return missing.empty(); }
  /// The verdict: 0 passed, 1 failed, 3 some are missing.
  int exit_code() const noexcept;
};

/// Reads every result, one at a time.
Merged merge(const Manifest& manifest, const campaign::Store& store);

/// What a person reads: failures, what is missing and how to go on, the verdict.
std::string text(const Manifest& manifest, const Merged& merged);

/// One JSON object, for machines: the same bytes for the same results, whoever made them.
std::string json(const Manifest& manifest, const Merged& merged);

/// "0,3-5,9" for lists such as `sbatch --array` takes.
std::string ranges(const std::vector<std::uint32_t>& ascending);

}  // namespace saggar::cluster
