// saggar-twin.so
#include "controllers/twin/estimator.hpp"

SAGGAR_PLUGIN(saggar::twin::Estimator);
