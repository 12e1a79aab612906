// Limits: what detection takes for usual and what for a fault.
#pragma once

namespace saggar::twin {

/// Meaning, range and value: limits.def.
struct Limits {
#define SAGGAR_TWIN_LIMIT(name, low, high, value, doc) double name = value;
#include "controllers/twin/limits.def"
#undef SAGGAR_TWIN_LIMIT
};

}  // namespace saggar::twin
