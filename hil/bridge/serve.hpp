// serve: puts a simulated kiln on the field link, in lockstep, throttled, or by the wall clock.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace saggar::bridge {

enum class Clock : std::uint8_t {
  lockstep,   // a frame, its command, one cycle onward: as fast as both can
  throttled,  // lockstep at `speed` x real time; a silent runtime is a lost link
  wall        // real time; frames go out whether or not anybody answers
};

struct ServeOptions {
  std::filesystem::path kiln;      ///< the runtime's view: tags, zones, limits
  std::filesystem::path plant;     ///< the simulator's physics; empty: <kiln>.plant.toml beside it
  std::filesystem::path recipe;    ///< local recipe of the furnace controllers
  std::filesystem::path site;      ///< endpoints, cycle period, shed time
  std::filesystem::path scenario;  ///< faults, from the start of this run; empty = none
  /// Of noise, lots and sensor errors; none: that of the snapshot, else 1. One that is given also
  /// draws a plant of its own within the uncertainties of its files, unless `nominal`.
  std::optional<std::uint64_t> seed;
  bool nominal = false;
  Clock clock = Clock::wall;
  double speed = 1;     ///< of `throttled`, > 0
  std::string restore;  ///< snapshot to begin with; empty = none
  std::string save;     ///< snapshot to write at the end; empty = none
  std::string account;  ///< table of hours, shifts and lots to write at the end; empty = none
  bool force = false;   ///< `save` and `account` may replace files that are there
  double for_s = 0;     ///< of simulated time; 0 = until a signal
};

/// Runs until SIGINT or SIGTERM. Prints one line when it is ready, when a runtime comes or is lost,
/// for each fault, and for each file written at the end. @return exit code: 0 ended as asked, 1
/// could not start or not write, 2 a file to write that cannot be, before anything runs
int serve(const ServeOptions& options);

}  // namespace saggar::bridge
