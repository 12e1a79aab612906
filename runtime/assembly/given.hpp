// given: what a control file gives to a controller beside its parameters: a model, a policy
// package.
#pragma once

#include <string>

#include "plugins/host/instance.hpp"
#include "runtime/assembly/assembly.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::assembly {

struct Given {
  std::string
      at;  ///< "control.toml:9:1", where the control file names it; empty: nothing was given
  std::string what;  ///< "model x.toml", for messages
};

/// Hands over what the bundle has for this controller, after its checks, and notes it for the
/// journal. @param created not configured yet
domain::Result<Given> give(Assembly& assembly, host::Created& created);

}  // namespace saggar::assembly
