// Cases for tests: short stories on the shipped kilns.
#pragma once

#include <filesystem>
#include <string>

#include "hil/scenario/expand.hpp"

namespace saggar::suite::testing {

/// A story of so long on P1 under PID, with what the tests add.
inline scenario::Case short_case(double duration_s = 300, std::uint64_t seed = 1) {
  const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
  scenario::Case one;
  one.id = "short/pid/seed" + std::to_string(seed);
  one.scenario = "short";
  one.arm = "pid";
  one.group = "short/pid";
  one.seed = seed;
  one.story.name = "short";
  one.story.bench.duration_s = duration_s;
  one.story.bench.seed = seed;
  one.story.person.switch_on = {domain::Duty::heat};
  one.files = {configs / "site/test.toml",     configs / "kiln/p1.toml",
               configs / "kiln/p1.plant.toml", configs / "recipes/ncm622-p1.toml",
               configs / "control/pid.toml",   {}};
  return one;
}

}  // namespace saggar::suite::testing
