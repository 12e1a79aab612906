// saggar-planned-test.so
#include "controllers/planned_test/test_controller.hpp"

SAGGAR_PLUGIN(saggar::planned_test::TestController);
