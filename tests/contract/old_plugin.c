/* A plugin compiled from the frozen headers of ABI 1.0, not from the present ones. */
#include <saggar/plugin/abi.h>
#include <saggar/plugin/ext/state.h>
#include <string.h>

static double steps[2];
static uint32_t used;

static const saggar_port ports[] = {
    {sizeof(saggar_port), SAGGAR_PORT_INPUT, "pv", "zone*.*.temperature", "degC", 1, 128, "PV"},
    {sizeof(saggar_port), SAGGAR_PORT_OUTPUT, "sp", "zone*.*.setpoint", "degC", 1, 128, "SP"}};
static const saggar_param params[] = {
    {sizeof(saggar_param), 0, "trim_K", "K", "added to the reference", -5, 5, 1},
    {sizeof(saggar_param), 0, "unused", "1", "the second of two", 0, 1, 0}};
static const char* const needs[] = {SAGGAR_EXT_STATE, 0};
static double trim;

static saggar_status create(const saggar_host* host, void** self) {
  if (host->struct_size < sizeof(saggar_host) || used == 2) return SAGGAR_FAULT;
  *self = &steps[used++];
  return SAGGAR_OK;
}
static void destroy(void* self) {
  (void)self;
  --used;
}
static saggar_status configure(void* self, const saggar_setup* setup, char* why, uint32_t room) {
  (void)self;
  (void)why;
  (void)room;
  if (setup->struct_size < sizeof(saggar_setup) || setup->port_count != 2) return SAGGAR_FAULT;
  trim = setup->params[0].value[0];
  return SAGGAR_OK;
}
static saggar_status activate(void* self) {
  *(double*)self = 0;
  return SAGGAR_OK;
}
static saggar_status step(void* self, saggar_io* io) {
  uint32_t i;
  if (io->struct_size < sizeof(saggar_io)) return SAGGAR_FAULT;
  *(double*)self += 1;
  for (i = 0; i < io->outputs[0].count; ++i) {
    io->outputs[0].value[i] = io->outputs[0].reference[i] + trim;
  }
  return SAGGAR_OK;
}
static void deactivate(void* self) { (void)self; }

static uint64_t state_size(void* self) {
  (void)self;
  return sizeof(double);
}
static saggar_status save(void* self, uint8_t* data, uint64_t size) {
  if (size != sizeof(double)) return SAGGAR_FAULT;
  memcpy(data, self, sizeof(double));
  return SAGGAR_OK;
}
static saggar_status restore(void* self, const uint8_t* data, uint64_t size) {
  if (size != sizeof(double)) return SAGGAR_FAULT;
  memcpy(self, data, sizeof(double));
  return SAGGAR_OK;
}
static const saggar_ext_state state = {sizeof(saggar_ext_state), 0, state_size, save, restore};
static const void* get_extension(void* self, const char* id) {
  (void)self;
  return strcmp(id, SAGGAR_EXT_STATE) == 0 ? &state : 0;
}

static const saggar_plugin plugin = {sizeof(saggar_plugin),
                                     SAGGAR_ABI_MAJOR,
                                     SAGGAR_ABI_MINOR,
                                     SAGGAR_DUTY_HEAT,
                                     "org.saggar.contract.v1-0",
                                     "1.0.0",
                                     "Saggar tests",
                                     "Made for ABI 1.0",
                                     ports,
                                     params,
                                     needs,
                                     2,
                                     2,
                                     0,
                                     0,
                                     create,
                                     destroy,
                                     configure,
                                     activate,
                                     step,
                                     deactivate,
                                     get_extension};

const saggar_plugin* saggar_plugin_entry(void) { return &plugin; }
