// Dataset: what was seen and what the teacher said to it, as arrays and as a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "runtime/domain/result.hpp"

namespace saggar::train {

/// Samples of one run, a period apart; row by row. NaN: not seen, or nothing said.
struct Dataset {
  std::uint32_t features = 0, outputs = 0, foretold = 0;
  std::uint64_t seed = 0;     ///< of the run
  std::vector<float> value;   ///< [n x features], in the feature's unit, less its reference
  std::vector<float> label;   ///< [n x outputs], trims in K
  std::vector<float> later;   ///< [n x foretold], of now: shifted when examples are made
  std::vector<float> drives;  ///< [n], 1 while the student had the seat

  std::size_t size() const noexcept { return features == 0 ? 0 : value.size() / features; }
};

/// Writes beside, then renames: a file is there whole or not at all.
domain::Status write_dataset(const std::filesystem::path& path, const Dataset& data);
/// Errors: not readable, another format, counts that its size does not bear out.
domain::Result<Dataset> read_dataset(const std::filesystem::path& path);

}  // namespace saggar::train
