/* Controllers with the state extension that break its promise. */
#include "zoo.h"

/* The proposal depends on all of the state: 0.001 K per step taken. */
static saggar_status step(void* self, saggar_io* io) {
  zoo_self* it = (zoo_self*)self;
  uint32_t i;
  const saggar_status status = zoo_step(self, io);
  it->other += 1;
  for (i = 0; i < io->outputs[0].count; ++i) {
    io->outputs[0].value[i] += 0.001 * (it->steps + it->other);
  }
  return status;
}
static uint64_t size(void* self) {
  (void)self;
  return 2 * sizeof(double);
}
static saggar_status save(void* self, uint8_t* data, uint64_t bytes) {
  const zoo_self* it = (const zoo_self*)self;
  if (bytes != 2 * sizeof(double)) return SAGGAR_FAULT;
  memcpy(data, &it->steps, sizeof(double));
#if defined(ZOO_FORGETS_STATE)
  memset(data + sizeof(double), 0, sizeof(double)); /* `other` is lost */
#else
  memcpy(data + sizeof(double), &it->other, sizeof(double));
#endif
  return SAGGAR_OK;
}
static saggar_status restore(void* self, const uint8_t* data, uint64_t bytes) {
  zoo_self* it = (zoo_self*)self;
#if defined(ZOO_REFUSES_STATE)
  (void)it;
  (void)data;
  (void)bytes;
  return SAGGAR_FAULT;
#else
#if !defined(ZOO_TAKES_ANY_STATE)
  if (bytes != 2 * sizeof(double)) return SAGGAR_FAULT;
#endif
  memcpy(&it->steps, data, sizeof(double));
  if (bytes >= 2 * sizeof(double)) memcpy(&it->other, data + sizeof(double), sizeof(double));
#if defined(ZOO_UNSTABLE_STATE)
  it->steps += 1; /* one step further each time it is restored */
#endif
  return SAGGAR_OK;
#endif
}
static const saggar_ext_state state = {sizeof(saggar_ext_state), 0, size, save, restore};
static const void* extension(void* self, const char* id) {
  (void)self;
  return strcmp(id, SAGGAR_EXT_STATE) == 0 ? &state : 0;
}
static void spoil(saggar_plugin* table) {
  table->step = step;
  table->get_extension = extension;
}
ZOO_PLUGIN(spoil)
