// recorded_scene: what the numbers of a recorded run mean, from what its journal says.
#pragma once

#include "runtime/config/control_config.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/promote/scene.hpp"
#include "runtime/record/journal_reader.hpp"

namespace saggar::app {

struct RecordedRun {
  config::ControlConfig control;
  promote::Scene scene;
  double cycle_s = 1;  ///< period of its cycle
};

/// Plugins, models and packages are not needed. Error: a configuration that the journal lacks or
/// that cannot be read, with the place in it.
domain::Result<RecordedRun> recorded_run(const record::Run& run);

}  // namespace saggar::app
