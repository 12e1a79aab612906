// saggar-pid-trim.so
#include "controllers/pid/plugins.hpp"

SAGGAR_PLUGIN(saggar::pid::TrimPlugin);
