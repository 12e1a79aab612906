/* Needs a function that nobody has: dlopen with RTLD_NOW refuses it. */
#include "zoo.h"

double missing_vendor_function(double x);
static saggar_status step(void* self, saggar_io* io) {
  io->confidence = missing_vendor_function(io->dt_s);
  return zoo_step(self, io);
}
static void spoil(saggar_plugin* table) { table->step = step; }
ZOO_PLUGIN(spoil)
