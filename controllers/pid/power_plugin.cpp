// saggar-pid-power.so
#include "controllers/pid/plugins.hpp"

SAGGAR_PLUGIN(saggar::pid::PowerPlugin);
