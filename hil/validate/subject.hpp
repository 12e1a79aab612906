// Subject: what is validated: the materials and plants of a folder of configurations, some of them
// replaced by files of the reader's own.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hil/kiln/kiln.hpp"
#include "hil/kiln/material_figures.hpp"
#include "hil/kiln/parameters.hpp"
#include "runtime/config/kiln_config.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::validate {

struct Subject {
  std::string configs;  ///< folder
  std::map<std::string, kiln::MaterialFigures> materials;
  std::map<std::string, std::string> files;  ///< of each material, by its name
  std::vector<std::string> chosen;           ///< names of those that get rows of their own

  const kiln::MaterialFigures& material(const std::string& name) const {
    return materials.at(name);
  }
};

/// Reads the materials of `configs`/material. Each of `given` is a name there, or a file, whose
/// figures then stand for the shipped ones of its name. None given: all are chosen.
/// Errors: those of the files; a name that is not there, with those that are.
domain::Result<Subject> load_subject(const std::string& configs,
                                     const std::vector<std::string>& given);

/// A plant with its kiln and recipe, such as "p2" on "ncm811-p2". Its powder is the subject's
/// material of that name.
struct Preset {
  config::KilnConfig config;
  kiln::PlantParams params;
  std::vector<double> recipe;  ///< one value per write tag

  domain::Result<std::unique_ptr<kiln::Kiln>> make(std::uint64_t seed) const {
    return kiln::Kiln::make(config, params, recipe, seed);
  }
};
domain::Result<Preset> load_preset(const Subject& subject, const std::string& kiln,
                                   const std::string& recipe);

}  // namespace saggar::validate
