// Bundle: the four files of one run, checked against each other.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runtime/config/control_config.hpp"
#include "runtime/config/given_model.hpp"
#include "runtime/config/given_package.hpp"
#include "runtime/config/kiln_config.hpp"
#include "runtime/config/plant.hpp"
#include "runtime/config/recipe_config.hpp"
#include "runtime/config/site_config.hpp"

namespace saggar::config {

struct Bundle {
  SiteConfig site;
  KilnConfig kiln;
  RecipeConfig recipe;
  ControlConfig control;
  GivenModels models;      ///< of the controllers that are given one
  GivenPackages packages;  ///< the same
  domain::Plant plant;
  std::vector<double> recipe_values;  ///< per MV
  std::string
      canonical;  ///< all four, models and manifests as text, defaults included; for the journal
};

/// The four files of a bundle, and the models that the control file names, each as text.
struct BundleTexts {
  NamedText site, kiln, recipe, control;
  ModelTexts models;
  PackageFolders packages = {};
  std::string today = {};  ///< YYYY-MM-DD that packages are held against; empty: the clock's, UTC
};

/// Cross-checks and builds; the error lists the complaints of all texts.
domain::Result<Bundle> load_bundle(const BundleTexts& texts);
/// Loads these, the models and the policy packages they name, and cross-checks; the error lists all
/// complaints. @param today as in BundleTexts
domain::Result<Bundle> load_bundle(const std::filesystem::path& site,
                                   const std::filesystem::path& kiln,
                                   const std::filesystem::path& recipe,
                                   const std::filesystem::path& control,
                                   const std::string& today = {});

/// The text that stands for a configuration in journals: equal configurations, equal text.
std::string canonical_text(const SiteConfig& site, const KilnConfig& kiln,
                           const RecipeConfig& recipe, const ControlConfig& control);

/// Cross-checks between two files; complaints name the file of `checks`.
void check_against(const KilnConfig& kiln, const RecipeConfig& recipe, Checks& recipe_checks);
void check_against(const KilnConfig& kiln, const ControlConfig& control, Checks& control_checks);
void check_against(const SiteConfig& site, const ControlConfig& control, Checks& control_checks);

}  // namespace saggar::config
