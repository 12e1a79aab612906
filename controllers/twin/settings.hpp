// Settings: how the twin works and how much it trusts what.
#pragma once

namespace saggar::twin {

/// Meaning, range and value: settings.def.
struct Settings {
#define SAGGAR_TWIN_SETTING(name, low, high, value, doc) double name = value;
#include "controllers/twin/settings.def"
#undef SAGGAR_TWIN_SETTING
};

}  // namespace saggar::twin
