/* Libraries that are refused when they are opened: one flaw of the table each. */
#include "zoo.h"

#if defined(ZOO_WRONG_MAJOR)
static void spoil(saggar_plugin* table) { table->abi_major = SAGGAR_ABI_MAJOR + 1; }
#elif defined(ZOO_NEWER_MINOR)
static void spoil(saggar_plugin* table) { table->abi_minor = SAGGAR_ABI_MINOR + 1; }
#elif defined(ZOO_SHORT_STRUCT)
static void spoil(saggar_plugin* table) { table->struct_size -= 8; }
#elif defined(ZOO_SMALL_WRONG_MAJOR)
static void spoil(saggar_plugin* table) {
  table->abi_major = SAGGAR_ABI_MAJOR + 1;
  table->struct_size = 64;
}
#elif defined(ZOO_BAD_DESCRIPTOR)
static saggar_param twice[2];
static void spoil(saggar_plugin* table) {
  twice[0] = twice[1] = zoo_params[0];
  table->params = twice;
  table->param_count = 2;
}
#elif defined(ZOO_NULL_FUNCTION)
static void spoil(saggar_plugin* table) { table->step = 0; }
#elif defined(ZOO_UNMET_NEEDS)
static const char* const needs[] = {"com.example.telepathy/1", 0};
static void spoil(saggar_plugin* table) { table->needs = needs; }
#elif defined(ZOO_ABSENT_DUTY)
static void spoil(saggar_plugin* table) { table->duties = SAGGAR_DUTY_TRANSPORT; }
#elif defined(ZOO_UNKNOWN_PORT)
static saggar_port ports[2];
static void spoil(saggar_plugin* table) {
  ports[0] = zoo_ports[0];
  ports[1] = zoo_ports[1];
  ports[0].pattern = "zone*.*.temprature";
  table->ports = ports;
}
#elif defined(ZOO_WRONG_UNIT)
static saggar_port ports[2];
static void spoil(saggar_plugin* table) {
  ports[0] = zoo_ports[0];
  ports[1] = zoo_ports[1];
  ports[0].unit = "K";
  table->ports = ports;
}
#elif defined(ZOO_WELL_BEHAVED)
static void spoil(saggar_plugin* table) { (void)table; }
#endif

#if defined(ZOO_NULL_TABLE)
SAGGAR_EXPORT const saggar_plugin* saggar_plugin_entry(void) { return 0; }
#else
ZOO_PLUGIN(spoil)
#endif
