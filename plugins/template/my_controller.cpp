#include "my_controller.hpp"

SAGGAR_PLUGIN(MyController);
