// How a child process hands what it found to its parent: bytes in a pipe. Private to this folder.
#pragma once

#include <string>

#include "plugins/host/scan.hpp"

namespace saggar::host {

std::string pack(const PluginDescription& plugin);
std::string pack(const domain::Error& error);

/// What `pack` wrote. Bytes of any other shape are an error: the child ran a stranger's code.
domain::Result<PluginDescription> unpack(const std::string& bytes, const std::string& where);

}  // namespace saggar::host
