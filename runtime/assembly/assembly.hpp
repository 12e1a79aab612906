// Assembly: from four configuration files to a cycle that is ready to run. The only place where
// configuration meets the stages.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "runtime/config/bundle.hpp"
#include "runtime/loop/cycle.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::assembly {

struct AssemblyOptions {
  control::RosterSettings roster;                  ///< cycle_period_s is taken from the site
  std::vector<std::filesystem::path> plugin_dirs;  ///< looked through before those of the site
};

/// Owns what a cycle points into; not movable once made.
struct Assembly {
  config::Bundle bundle;
  std::vector<std::string> controllers;                            ///< names, by ControllerId
  std::vector<std::string> estimators;                             ///< names
  std::array<std::vector<std::string>, domain::kDutyCount> rungs;  ///< names, best first
  record::Layout layout;
  std::map<std::string, std::string> plugins;  ///< meta rows for the journal, models included
  std::vector<std::string> worker_lines;       ///< of estimators, as Roster::worker_lines
  std::unique_ptr<loop::Cycle> cycle;

  /// Controllers, then estimators: by the ids that events and intents use.
  std::vector<std::string> actors() const;
};

/// Opens plugins, makes and activates the estimators, whose virtual tags enter the plant, then the
/// controllers; builds the cycle. Errors name the controller or estimator and what would be right.
/// Thread: main.
domain::Result<std::unique_ptr<Assembly>> assemble(config::Bundle bundle,
                                                   const AssemblyOptions& options);

/// The folder above the running program's own, e.g. build/release for build/release/bin/saggar.
std::filesystem::path program_root();

/// What a journal says of a run: kiln, configuration and models as text, plugins and models with
/// their SHA-256.
std::map<std::string, std::string> journal_meta(const Assembly& assembly);

/// The configuration that `journal_meta` wrote; nothing if it is not there, as text of the key that
/// is missing.
domain::Result<config::BundleTexts> recorded_config(const std::map<std::string, std::string>& meta);

/// Screening limits per tag from the rows of the configuration; the last row that fits counts.
std::vector<estimate::ScreeningLimits> screening_of(const config::ControlConfig& control,
                                                    const domain::TagTable& tags);

}  // namespace saggar::assembly
