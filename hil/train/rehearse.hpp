// rehearse: what a policy may try again, from lessons; and the stage of a course that lets it.
#pragma once

#include <filesystem>
#include <vector>

#include "hil/train/rehearsal.hpp"
#include "hil/train/study.hpp"
#include "hil/train/tuner.hpp"

namespace saggar::train {

/// Windows begin every quarter of an episode where nothing is missing; those of runs that were held
/// out are held out here as well. @param signals with scales found
/// Errors: an output without its working setpoint among the features, or no zone with core and
/// hottest place.
domain::Result<Rehearsal> make_rehearsal(const TrainingFile& file, const Signals& signals,
                                         const std::vector<Dataset>& runs);

/// What came of fine-tuning, per member.
struct Rehearsed {
  Studied studied;           ///< members as they are now, and what they say to the lessons
  std::vector<Tuned> tuned;  ///< without the networks
};

/// What fine-tuning needs of outputs and features, before there is a lesson. Errors name
/// `finetune`.
domain::Status can_rehearse(const TrainingFile& file, const Signals& signals);

/// Each member by itself, in a process of its own, from where `studied` left it; finished ones are
/// files in the folder. This process must have one thread. Errors: as `make_rehearsal`, a member
/// that could not, the disk, stopped.
domain::Result<Rehearsed> rehearse(const TrainingFile& file, const Signals& signals,
                                   const std::vector<Dataset>& runs, const Split& split,
                                   const Studied& studied, const StudyOptions& options);

}  // namespace saggar::train
