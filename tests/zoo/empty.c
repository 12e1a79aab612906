/* The least a controller can do, for the cost of a call: one step copies the references. */
#include "zoo.h"

static saggar_status step(void* self, saggar_io* io) {
  saggar_output* out = &io->outputs[0];
  (void)self;
#if defined(ZOO_LEAVES_OUT)
  memcpy(out->value, out->reference,
         (out->count - 1) * sizeof(double)); /* the last is not written */
#else
  memcpy(out->value, out->reference, out->count * sizeof(double));
#endif
  return SAGGAR_OK;
}
static void spoil(saggar_plugin* table) { table->step = step; }
ZOO_PLUGIN(spoil)
