// model: from a model file to what a plugin takes.
#pragma once

#include <string>

#include "plugins/host/model.hpp"
#include "runtime/config/model_config.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::assembly {

/// SHA-256 of the file as it is written with its field `sha256` empty, as 64 digits.
std::string hash_of(config::ModelConfig model);

/// The file is what was written: its content has the hash it names.
/// @param where of the message, such as the file
domain::Status check_hash(const config::ModelConfig& model, const std::string& where);

/// What crosses to a plugin: signals and channels; matrices stay behind.
/// @param model whose channels name inputs and outputs it has
host::Model host_model(const config::ModelConfig& model);

}  // namespace saggar::assembly
