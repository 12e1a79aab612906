// Snapshot: a simulated plant in a file, with what it was made of, so that it is only ever put into
// a plant made of the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hil/kiln/kiln.hpp"
#include "runtime/config/recipe_config.hpp"

namespace saggar::bridge {

/// What a plant was made of: canonical text of its files (equal content, equal text), and the seed.
struct Origin {
  std::string kiln, plant, recipe;
  std::uint64_t seed = 1;

  static Origin of(const config::KilnConfig& kiln, const kiln::PlantParams& plant,
                   const config::RecipeConfig& recipe, std::uint64_t seed);
};

/// The plant and the scenario are kept apart, so that one warm plant can be the beginning of many
/// scenarios.
struct Snapshot {
  Origin origin;
  std::vector<std::uint8_t> plant, scenario;

  static Snapshot of(const Origin& origin, kiln::Kiln& kiln);
  /// Puts the state into `kiln`. A plant saved without a scenario begins `events` now, all waiting;
  /// one saved within a scenario goes on with it, and takes no other.
  /// @param file    stands for the snapshot in messages
  /// @param made_of what `kiln` was made of
  /// Errors say what differs; `kiln` must not be used then.
  domain::Status restore(const std::string& file, const Origin& made_of,
                         const std::vector<faults::Fault>& events, kiln::Kiln& kiln) const;
};

/// Bytes of a file: magic, format version, SHA-256 of the rest, then the rest.
std::vector<std::uint8_t> encode_snapshot(const Snapshot& snapshot);
/// Errors: no snapshot, another format version, damaged.
domain::Result<Snapshot> decode_snapshot(const std::string& file,
                                         const std::vector<std::uint8_t>& bytes);

/// @return bytes of the file
domain::Result<std::size_t> write_snapshot(const std::string& file, const Snapshot& snapshot);
domain::Result<Snapshot> read_snapshot(const std::string& file);

}  // namespace saggar::bridge
