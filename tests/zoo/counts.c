/* Proposes the reference plus the steps since it was told to begin anew; in fault at `from_cycle`.
 */
#include "zoo.h"

static saggar_status step(void* self, saggar_io* io) {
  zoo_self* me = (zoo_self*)self;
  uint32_t i;
  me->steps = (io->flags & SAGGAR_IO_FIRST) != 0 ? 1 : me->steps + 1;
  for (i = 0; i < io->outputs[0].count; ++i) {
    io->outputs[0].value[i] = io->outputs[0].reference[i] + me->steps;
  }
  return me->param[ZOO_FROM_CYCLE] > 0 && zoo_is_time(me, io) ? SAGGAR_FAULT : SAGGAR_OK;
}
static void spoil(saggar_plugin* table) { table->step = step; }
ZOO_PLUGIN(spoil)
