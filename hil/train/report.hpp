// report: pages about a training and about an exam, for people and as JSON.
#pragma once

#include <string>

#include "hil/report/page.hpp"
#include "hil/train/course.hpp"
#include "hil/train/exam.hpp"

namespace saggar::train {

/// Rounds, learning curves, errors per output. @param date as it is to be read
report::Page page_of(const TrainingFile& file, const Finished& finished, const std::string& date);

/// Every key figure beside every other candidate, those that decide first; what was lost stands in
/// the same table as what was won.
report::Page page_of(const ExamResult& exam, const std::string& title, const std::string& date);

/// The rows of `bars` alone, a line each, for a terminal.
std::string text_of(const ExamResult& exam);

/// The figures that a policy is first judged by.
inline constexpr const char* kFirstFigures[] = {
    "off_spec_kg",       "kWh_per_kg",       "settled_within_5K", "settled_within_3K",
    "hard_violations",   "guard_rejections", "guard_clips",       "throughput_kg_per_h",
    "oxygen_Nm3_per_kg", "heat_on_policy",   "ladder_moves"};

}  // namespace saggar::train
