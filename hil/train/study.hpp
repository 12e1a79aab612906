// study: members of an ensemble learn from examples, each in a process of its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hil/train/examples.hpp"
#include "hil/train/learner.hpp"
#include "hil/train/straight.hpp"

namespace saggar::train {

struct Studied {
  std::vector<std::string> members;      ///< TorchScript
  std::vector<std::vector<float>> said;  ///< per member: of learnt rows, then held-out ones
  std::vector<std::vector<double>> loss, held_out_loss;  ///< per member, per epoch
};

struct StudyOptions {
  std::filesystem::path folder;  ///< member1.pt and so on; what is there is not learnt again
  int jobs = 1;
  const volatile int* stop = nullptr;
};

/// The same rows and file, the same bytes. This process must have one thread: none of LibTorch runs
/// in it. Errors: a member that could not learn, the disk, stopped.
domain::Result<Studied> study(const TrainingFile& file, const Signals& signals, const Split& split,
                              const StudyOptions& options);

/// What member k learns by. @param straight the linear part, not asked for to go on from a network
Study study_of(const TrainingFile& file, const Signals& signals, const Split& split,
               const Straight& straight, std::size_t k);
/// What a network says to rows learnt from, then to those held out; and how many numbers that are.
std::vector<float> said_of(const std::string& torchscript, const Study& study, const Split& split);
std::size_t said_count(const Split& split);

/// How far the mean of the members is from the teacher on runs that were held out.
struct Errors {
  std::vector<double> output_K;  ///< per output, root mean square
  double all_K = 0, low_K = 0,
         high_K = 0;  ///< weighed by worth; 95 % interval over batches of rows
};
Errors errors_of(const Split& split, const Studied& studied, const Signals& signals);

/// What a squared error of each target costs, over their mean: worth times trim squared, a tenth
/// for what is only foretold.
std::vector<float> worth_of(const Signals& signals);

}  // namespace saggar::train
