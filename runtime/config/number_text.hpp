// Numbers as text: the shortest spelling that reads back as the same number.
#pragma once

#include <string>

namespace saggar::config {

/// "0.1", "30", "inf"
std::string plain(double value);
/// As a TOML float: "30.0", "-0.0", "inf", "nan"
std::string toml_float(double value);

}  // namespace saggar::config
