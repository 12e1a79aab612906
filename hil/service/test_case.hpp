// Test cases: kilns with their recipes, as a folder of configurations offers them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runtime/domain/result.hpp"

namespace saggar::service {

struct TestCase {
  std::string name;  ///< of the recipe's file, such as ncm811-p2
  std::string description;
  std::filesystem::path kiln, plant, recipe, site;
};

/// Every recipe of `configs/recipes` whose kiln is in `configs/kiln`, by name.
/// Errors: a file that does not load, no case at all.
domain::Result<std::vector<TestCase>> find_test_cases(const std::filesystem::path& configs);

}  // namespace saggar::service
