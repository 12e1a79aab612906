// `saggar why`: why one setpoint is where it is, in a sentence.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace saggar::app {

struct WhyOptions {
  std::string journal;
  std::string tag;          ///< written
  std::uint64_t cycle = 0;  ///< 0: the last of the journal
  bool korean = false;
  std::vector<std::filesystem::path> plugin_dirs;
};

/// Runs the recorded run again up to that cycle, from the last kept state, and asks the controller
/// that drove. Nothing of a running kiln is touched. Cost: at most `journal.snapshot_s` of control.
/// @return exit code: 0 said, 1 could not
int why(const WhyOptions& options);

}  // namespace saggar::app
