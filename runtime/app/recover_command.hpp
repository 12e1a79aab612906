// `saggar recover`: a new journal of what can be read of one that was cut or damaged.
#pragma once

#include <string>

namespace saggar::app {

/// Copies the records up to the first that cannot be read. @return exit code
int recover(const std::string& from, const std::string& to);

}  // namespace saggar::app
