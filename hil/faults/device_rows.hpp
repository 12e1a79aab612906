// Rows of the catalogue: devices on their link, data, people at the panel (HI-15, HI-23, HI-26).
#pragma once

#include "hil/faults/catalogue.hpp"

namespace saggar::faults {

/// Levels: 3 is the size that the plant facts name (section 5, calcination), 1 and 2 usual wear, 5
/// what the kind still makes sense of; grade E where the facts name none.
inline constexpr Row kDeviceRows[] = {
    {Kind::link_loss,
     Family::communication,
     "HI-23 F22",
     "s",
     {1, 5, 30, 300, 3600},
     "Nothing passes: the runtime sees its link lost and switches off by its recipe rung in the "
     "same second; devices shed to their own recipe after shed_s.",
     "Both sides find each other; a person switches on again, or acknowledges where return is "
     "configured."},
    {Kind::fahrenheit,
     Family::data,
     "HI-26",
     "s",
     {60, 300, 900, 3600, 14400},
     "The host is sent 1.8 times as much and 32 more: samples above the range are bad, lower ones "
     "jump and are too_fast, then believed.",
     "Degrees Celsius with the next sample."},
    {Kind::eeprom_worn,
     Family::actuator,
     "HI-15 IF-10",
     "s",
     {60, 300, 1800, 7200, 28800},
     "Writes are acknowledged and the read-back keeps its old value: the MV is in fault after "
     "three misses.",
     "A new device takes the next write."},
    {Kind::device_restart,
     Family::communication,
     "HI-15 IF-13",
     "s",
     {0.5, 2, 10, 60, 600},
     "No value and no answer from one device meanwhile, its output is off; it comes back local, "
     "with what was stored.",
     "It goes remote with the next write, of a trimmed MV when a person asks for its mode; a loop "
     "comes back on the restart ramp."},
    {Kind::device_slow,
     Family::communication,
     "HI-15",
     "ms",
     {300, 1000, 3000, 10000, 60000},
     "Read-backs show the old value for so long: late is not failed until the read-back patience "
     "ends.",
     "The next write acts at once."},
    {Kind::limiter_reset,
     Family::human,
     "F7",
     "",
     {0, 0, 0, 0, 0},
     "The contactors of limiters that have cooled close, so that their loops heat again; those too "
     "hot stay open.",
     "Done in its moment."},
};

}  // namespace saggar::faults
