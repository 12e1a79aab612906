// Lesson: one run of a story, watched: what a policy would see, and what the teacher would do.
#pragma once

#include <filesystem>
#include <vector>

#include "hil/scenario/expand.hpp"
#include "hil/train/dataset.hpp"
#include "hil/train/training_file.hpp"

namespace saggar::train {

/// Runs the case in virtual time and writes a row each period of the training file. Labels are
/// where the teacher would let each trim come to rest, as its explanation says: in shadow its
/// proposal stays a step from the field (SC-16), its plan does not. Costs what the simulation
/// costs. Thread: one. Errors: files that do not load, a teacher or student that is not there, or a
/// teacher that does not explain.
domain::Result<Dataset> run_lesson(const TrainingFile& file, const scenario::Case& one,
                                   const std::vector<std::filesystem::path>& plugin_dirs);

}  // namespace saggar::train
