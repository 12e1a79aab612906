// depends_on: every file that what a bench does depends on; the one list of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "hil/scenario/files.hpp"

namespace saggar::scenario {

/// Why a file counts.
enum class Role : std::uint8_t {
  named,     // by the scenario
  material,  // of the folder that the plant file takes its materials from
  model,     // by the control file; manifests of packages too
};

struct Dependency {
  std::filesystem::path path;
  Role role = Role::named;
};

/// Site, kiln, plant, recipe and control, then materials, then models; always in this order. Some
/// may not be there. Reads the control file and the folder of the materials.
std::vector<Dependency> depends_on(const BenchFiles& bench);

}  // namespace saggar::scenario
