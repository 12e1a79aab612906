// model_file: a model and its hash, to disk and back.
#pragma once

#include <filesystem>
#include <string>

#include "controllers/mpc/identify/identify.hpp"
#include "runtime/config/model_config.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::app {

/// The rows that the data carried, as a model; `model` brings name, origin, inputs, and the outputs
/// with their tags, in the order of `series`. Outputs and channels that were refused go.
void fill_model(const identify::Identified& found, const identify::Series& series,
                const identify::Options& options, config::ModelConfig& model);

/// Text of the file, hash filled in.
std::string model_text(config::ModelConfig model);

/// Reads and checks a model. Error: file:line:column of all that is wrong, or that the file is not
/// what was written (its hash).
domain::Result<config::ModelConfig> load_model(const std::filesystem::path& path);

/// Gains, time constants and dead times as lines for a person.
std::string model_table(const config::ModelConfig& model);

}  // namespace saggar::app
