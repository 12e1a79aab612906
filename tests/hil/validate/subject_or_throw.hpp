// The shipped materials and plants, for tests of the validation.
#pragma once

#include <stdexcept>
#include <string>

#include "hil/validate/subject.hpp"

namespace saggar::validate {

inline std::string shipped_configs() { return std::string(SAGGAR_SOURCE_DIR) + "/configs"; }

inline Subject subject_or_throw(const std::vector<std::string>& given = {}) {
  auto loaded = load_subject(shipped_configs(), given);
  if (!loaded) throw std::runtime_error(loaded.error().text());
  return std::move(loaded).value();
}

inline Preset preset_or_throw(const std::string& kiln, const std::string& recipe) {
  auto loaded = load_preset(subject_or_throw(), kiln, recipe);
  if (!loaded) throw std::runtime_error(loaded.error().text());
  return std::move(loaded).value();
}

}  // namespace saggar::validate
