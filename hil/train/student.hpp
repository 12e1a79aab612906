// student: control files with a package in them: above the teacher to practise, in its place to
// drive.
#pragma once

#include <filesystem>
#include <string>

#include "hil/train/training_file.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::train {

/// The control file of the lessons with the student put above the teacher, which goes on in shadow.
/// @param package absolute
/// Errors: the file; a controller that is called like the student already
domain::Result<std::string> practice_control(const std::filesystem::path& control,
                                             const Lessons& lessons,
                                             const std::filesystem::path& package);

/// The same with the student in the place of the teacher.
domain::Result<std::string> driving_control(const std::filesystem::path& control,
                                            const Lessons& lessons,
                                            const std::filesystem::path& package);

/// Writes it. Errors: the disk.
domain::Status write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace saggar::train
