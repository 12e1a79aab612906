// saggar-mpc-transport.so
#include "controllers/mpc/transport_controller.hpp"

SAGGAR_PLUGIN(saggar::mpc::TransportController);
