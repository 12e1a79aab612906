// Signals: the inputs and outputs of a training file on one plant: which tags, in which order.
#pragma once

#include <string>
#include <vector>

#include "hil/train/training_file.hpp"
#include "runtime/config/policy_config.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::train {

/// Where one value of a record stands.
struct Place {
  domain::TagId tag = domain::kNoTag;      ///< as Plant::tag counts
  domain::MvId reference = domain::kNoMv;  ///< its recipe value is taken off
};

/// What a training file asks for, resolved.
struct Signals {
  std::vector<config::PolicyFeature> features;  ///< tag, unit, over, lags; ranges not filled in
  std::vector<config::PolicyOutput> outputs;
  std::vector<config::PolicyPrediction> predictions;
  std::vector<Place> seen, foretold;
  std::vector<std::vector<domain::MvId>> moved;  ///< per output
  std::vector<double> worth;                     ///< per output, of 1 K
  std::vector<double> margin;                    ///< per feature, in its unit

  /// The value as a policy would see it; NaN where it would see none: measured values may be
  /// uncertain, estimates may not.
  static double value(const Place& place, const domain::Plant& plant,
                      const domain::Record& record) noexcept;
};

/// Errors: the row of the file that names nothing here, or an MV that is none.
/// @param plant with the virtual tags of its estimators
domain::Result<Signals> signals_of(const TrainingFile& file, const domain::Plant& plant);

}  // namespace saggar::train
