/* Controllers with the confidence extension: one doubts itself, one was made for a cold kiln. */
#include <saggar/plugin/ext/confidence.h>

#include "zoo.h"

#if defined(ZOO_LOW_CONFIDENCE)
static const double low_limit = -1e9, high_limit = 1e9, doubt = 0.2;
#else /* ZOO_OTHER_DOMAIN: trained between 0 and 100 degC only */
static const double low_limit = 0, high_limit = 100, doubt = 1.0;
#endif

static saggar_status step(void* self, saggar_io* io) {
  if (zoo_is_time((const zoo_self*)self, io)) io->confidence = doubt;
  return zoo_step(self, io);
}
static uint32_t domain(void* self, uint32_t input, double* low, double* high, uint32_t capacity) {
  uint32_t i;
  (void)self;
  (void)input;
  for (i = 0; i < capacity; ++i) {
    low[i] = low_limit;
    high[i] = high_limit;
  }
  return capacity;
}
static double limit(void* self) {
  (void)self;
  return 0.5;
}
static const saggar_ext_confidence confidence = {sizeof(saggar_ext_confidence), 0, domain, limit};
static const void* extension(void* self, const char* id) {
  (void)self;
  return strcmp(id, SAGGAR_EXT_CONFIDENCE) == 0 ? &confidence : 0;
}
static void spoil(saggar_plugin* table) {
  table->step = step;
  table->get_extension = extension;
}
ZOO_PLUGIN(spoil)
