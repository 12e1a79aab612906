// saggar-mpc-atmosphere.so
#include "controllers/mpc/atmosphere_controller.hpp"

SAGGAR_PLUGIN(saggar::mpc::AtmosphereController);
