// journal_series: the signals of an identification file out of a journal.
#pragma once

#include <string>
#include <vector>

#include "controllers/mpc/identify/identify.hpp"
#include "runtime/config/identification_config.hpp"
#include "runtime/config/model_config.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/record/journal_reader.hpp"

namespace saggar::app {

/// A signal: the mean of some tags.
struct Signal {
  identify::Channel channel;
  std::vector<std::string> names;
  std::vector<domain::TagId> tags;
  std::string follows;  ///< last word of the name of an input, of an output
};

/// The signals that a pattern makes of the tags of a run. Error: nothing matches, with the nearest
/// name; tags of different units in one signal.
domain::Result<std::vector<Signal>> signals_of(const record::Layout& layout,
                                               const config::SignalsConfig& config);

/// Samples of field times `from_s` to `to_s`, and what a model is to say of its signals and its
/// origin. Missing: a tag that is bad, or more than five seconds without a record.
/// Error: no record in that time, tags that a later run does not have.
struct FromJournal {
  identify::Series series;
  config::ModelConfig model;
};
domain::Result<FromJournal> read_series(record::JournalReader& reader,
                                        const config::IdentificationConfig& config, double from_s,
                                        double to_s);

/// What the file says, in samples.
identify::Options options_of(const config::IdentificationConfig& config);

}  // namespace saggar::app
