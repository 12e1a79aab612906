// Course: from a training file to a package: lessons, learning, practice, and again.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "hil/campaign/plan.hpp"
#include "hil/train/pack.hpp"
#include "hil/train/training_file.hpp"
#include "hil/train/tuner.hpp"

namespace saggar::train {

struct CourseOptions {
  std::filesystem::path configs = "configs", out;
  int jobs = 1;  ///< processes at a time
  const volatile int* stop =
      nullptr;  ///< nonzero: ends after what runs; go on with the same command
  std::ostream* progress = nullptr;
};

/// What came of one round.
struct Round {
  std::size_t runs = 0, examples = 0, held_out = 0, left_out = 0;
  double student_drove = 0;  ///< share of the samples, of the runs of this round
  double error_K = 0;        ///< held out, root mean square over outputs weighed by their worth
  std::vector<double> output_error_K;                    ///< per output, held out
  std::vector<std::vector<double>> loss, held_out_loss;  ///< per member, per epoch
};

struct Finished {
  std::vector<Round> rounds;
  Signals signals;                ///< of the last round
  std::vector<Tuned> tuned;       ///< per member; empty without fine-tuning
  std::filesystem::path package;  ///< `out`/package: the finetuned one, or that of the last round
  bool stopped = false;
};

/// Data aggregation (Ross, Gordon and Bagnell 2011): in the first round the teacher drives; in each
/// other one the student of the round before does, and the teacher says what it would have done.
/// Every finished run and network is a file under `out`: the same command goes on where it was
/// stopped. Same file, build and machine: the same networks, bit for bit.
/// This process must have one thread. Errors: files, runs that cannot begin, `out` of another
/// training.
domain::Result<Finished> train(const TrainingFile& file, const campaign::Build& build,
                               const CourseOptions& options);

}  // namespace saggar::train
