// A model as the host hands it to a plugin; see saggar/plugin/model.hpp for what it holds.
#pragma once

#include <saggar/plugin/model.hpp>

namespace saggar::host {

using plugin::Answer;
using plugin::Model;
using plugin::ModelChannel;
using plugin::ModelSignal;

}  // namespace saggar::host
