// Members: networks of an ensemble, each made in a process of its own and kept as a file.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "hil/train/training_file.hpp"

namespace saggar::train {

struct Member {
  std::string torchscript;
  std::vector<float> said;                  ///< to the rows that it was made from
  std::vector<std::vector<double>> curves;  ///< how it came about
};

struct MemberOptions {
  std::filesystem::path folder;  ///< member1.study and so on; what is there is not made again
  std::size_t count = 1;
  std::size_t said = 0, curves = 0;  ///< sizes that a file must have
  int jobs = 1;
  const volatile int* stop = nullptr;
};

/// @param make  the member counted from 0; runs in a process of its own, and may throw
/// std::exception. This process must have one thread: none of LibTorch runs in it. Errors: a member
/// that could not be made, the disk, a file of another training, stopped.
domain::Result<std::vector<Member>> make_members(const MemberOptions& options,
                                                 const std::function<Member(std::size_t)>& make);

}  // namespace saggar::train
