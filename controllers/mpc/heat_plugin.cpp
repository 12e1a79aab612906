// saggar-mpc-heat.so
#include "controllers/mpc/heat_controller.hpp"

SAGGAR_PLUGIN(saggar::mpc::HeatController);
