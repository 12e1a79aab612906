/* Proposes the reference plus a thousandth of the fifth core temperature, a virtual tag of the
 * twin; nothing while that is bad. */
#include "zoo.h"

static const saggar_port ports[] = {
    {sizeof(saggar_port), SAGGAR_PORT_INPUT, "core", "zone*.core.temperature", "degC", 5, 64,
     "core of the powder in each zone"},
    {sizeof(saggar_port), SAGGAR_PORT_OUTPUT, "setpoint", "zone*.*.setpoint", "degC", 1, 128,
     "setpoint of each loop"}};

static saggar_status step(void* self, saggar_io* io) {
  uint32_t i;
  (void)self;
  if (io->inputs[0].quality[4] == SAGGAR_BAD) {
    io->reason = SAGGAR_WHY_INPUTS_MISSING;
    return SAGGAR_NO_PROPOSAL;
  }
  for (i = 0; i < io->outputs[0].count; ++i) {
    io->outputs[0].value[i] = io->outputs[0].reference[i] + 1e-3 * io->inputs[0].value[4];
  }
  return SAGGAR_OK;
}
static void spoil(saggar_plugin* table) {
  table->step = step;
  table->ports = ports;
}
ZOO_PLUGIN(spoil)
