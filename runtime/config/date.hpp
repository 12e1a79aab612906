// Dates of configuration files: "2027-03-31". Equal length, so that they compare as text.
#pragma once

#include <string>
#include <string_view>

namespace saggar::config {

/// A day of the Gregorian calendar from 1970 on, as YYYY-MM-DD.
bool is_date(std::string_view text) noexcept;

/// Of the machine's clock, UTC. For the cold path, before anything runs.
std::string today_utc();

}  // namespace saggar::config
