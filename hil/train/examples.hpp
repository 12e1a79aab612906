// Examples: from what was seen to what a network learns from: lags, scales, a part held out.
#pragma once

#include <vector>

#include "hil/train/dataset.hpp"
#include "hil/train/signals.hpp"

namespace saggar::train {

/// Rows of normalised numbers.
struct Table {
  std::size_t rows = 0, width = 0;
  std::vector<float> at;  ///< [rows x width]
};

/// x: inputs of the network. y: outputs in their trim, then predictions in their scale; NaN: not
/// asked.
struct Examples {
  Table x, y;
  std::vector<std::size_t> run_rows;  ///< rows of each run, in order
};

struct Split {
  Examples learn, held_out;
  std::size_t runs = 0, runs_held_out = 0, rows_left_out = 0;
};

/// Six digits: papers are read by people, and that is more than any sensor has. No number: 0.
double short_number(double v);

/// Fills in mean, scale and range of every feature, mean and scale of every prediction.
/// A feature that hardly moves is scaled by a tenth of its unit.
/// @param widen ranges reach this share of what was seen further to either side, and at
/// least the margin of the feature
void find_scales(const std::vector<Dataset>& runs, double widen, Signals& signals);

/// Whether nothing is learnt from run `run` of `runs`. @param share as of `make_examples`
bool held_out(std::size_t run, std::size_t runs, double share);

/// Rows with something missing at a lag, or without a label, are left out and counted.
/// @param share of the runs that are held out, whole runs, spread evenly; at least one if there are
/// two
Split make_examples(const std::vector<Dataset>& runs, const Signals& signals, double period_s,
                    double share);

}  // namespace saggar::train
