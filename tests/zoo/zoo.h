/* A well-behaved controller that each animal of the zoo copies and spoils in one point.
 * C11 and C++: it proposes the reference plus `trim_K` for every zone setpoint.
 *
 * The misbehaviour of a step begins at cycle `from_cycle` and ends before `until_cycle`, so that a
 * test can let an animal drive first, see it fall, and see it recover. */
#ifndef SAGGAR_TESTS_ZOO_H
#define SAGGAR_TESTS_ZOO_H

#include <saggar/plugin/abi.h>
#include <saggar/plugin/ext/state.h>
#include <string.h>

#ifndef ZOO_NAME
#define ZOO_NAME "animal"
#endif

enum { ZOO_TRIM_K, ZOO_FROM_CYCLE, ZOO_UNTIL_CYCLE, ZOO_PARAM_COUNT };
#define ZOO_FOREVER 1000000000.0

typedef struct zoo_self {
  double param[ZOO_PARAM_COUNT];
  double steps; /* taken so far; part of the state */
  double other; /* more state, for the animal that forgets */
} zoo_self;

static zoo_self zoo_instance[8];
static uint32_t zoo_used[8];

static const saggar_port zoo_ports[] = {
    {sizeof(saggar_port), SAGGAR_PORT_INPUT, "temperature", "zone*.*.temperature", "degC", 1, 128,
     "control thermocouple of each loop"},
    {sizeof(saggar_port), SAGGAR_PORT_OUTPUT, "setpoint", "zone*.*.setpoint", "degC", 1, 128,
     "setpoint of each loop"}};

static const saggar_param zoo_params[] = {
    {sizeof(saggar_param), SAGGAR_PARAM_TUNABLE, "trim_K", "K", "added to every reference", -50, 50,
     0},
    {sizeof(saggar_param), 0, "from_cycle", "count", "first cycle of the misbehaviour", 0,
     ZOO_FOREVER, 0},
    {sizeof(saggar_param), 0, "until_cycle", "count", "first cycle without it again", 0,
     ZOO_FOREVER, ZOO_FOREVER}};

static inline int zoo_is_time(const zoo_self* self, const saggar_io* io) {
  const double cycle = (double)io->cycle;
  return cycle >= self->param[ZOO_FROM_CYCLE] && cycle < self->param[ZOO_UNTIL_CYCLE];
}

static inline saggar_status zoo_create(const saggar_host* host, void** self) {
  uint32_t i;
  (void)host;
  for (i = 0; i < 8; ++i) {
    if (zoo_used[i]) continue;
    zoo_used[i] = 1;
    memset(&zoo_instance[i], 0, sizeof zoo_instance[i]);
    *self = &zoo_instance[i];
    return SAGGAR_OK;
  }
  return SAGGAR_FAULT;
}

static inline void zoo_destroy(void* self) { zoo_used[(zoo_self*)self - zoo_instance] = 0; }

static inline saggar_status zoo_configure(void* self, const saggar_setup* setup, char* why,
                                          uint32_t why_capacity) {
  uint32_t i;
  (void)why;
  (void)why_capacity;
  for (i = 0; i < ZOO_PARAM_COUNT; ++i) ((zoo_self*)self)->param[i] = setup->params[i].value[0];
  return SAGGAR_OK;
}

static inline saggar_status zoo_activate(void* self) {
  ((zoo_self*)self)->steps = 0;
  ((zoo_self*)self)->other = 0;
  return SAGGAR_OK;
}

/* What every animal does when it behaves. */
static inline saggar_status zoo_behave(zoo_self* self, saggar_io* io) {
  uint32_t i;
  saggar_output* out = &io->outputs[0];
  self->steps += 1;
  for (i = 0; i < out->count; ++i) out->value[i] = out->reference[i] + self->param[ZOO_TRIM_K];
  return SAGGAR_OK;
}

static inline saggar_status zoo_step(void* self, saggar_io* io) {
  return zoo_behave((zoo_self*)self, io);
}

static inline void zoo_deactivate(void* self) { (void)self; }

static inline const void* zoo_no_extension(void* self, const char* id) {
  (void)self;
  (void)id;
  return 0;
}

/* The table of a well-behaved controller, to be spoiled in one point. */
static inline saggar_plugin zoo_table(void) {
  saggar_plugin table;
  memset(&table, 0, sizeof table);
  table.struct_size = sizeof table;
  table.abi_major = SAGGAR_ABI_MAJOR;
  table.abi_minor = SAGGAR_ABI_MINOR;
  table.duties = SAGGAR_DUTY_HEAT;
  table.id = "org.saggar.zoo." ZOO_NAME;
  table.version = "1.0.0";
  table.vendor = "Saggar tests";
  table.title = "Zoo: " ZOO_NAME;
  table.ports = zoo_ports;
  table.port_count = 2;
  table.params = zoo_params;
  table.param_count = ZOO_PARAM_COUNT;
  table.create = zoo_create;
  table.destroy = zoo_destroy;
  table.configure = zoo_configure;
  table.activate = zoo_activate;
  table.step = zoo_step;
  table.deactivate = zoo_deactivate;
  table.get_extension = zoo_no_extension;
  return table;
}

/* The one exported symbol: the table above after `spoil` has run over it. */
#define ZOO_PLUGIN(spoil)                                        \
  SAGGAR_EXPORT const saggar_plugin* saggar_plugin_entry(void) { \
    static saggar_plugin table;                                  \
    if (table.struct_size == 0) {                                \
      table = zoo_table();                                       \
      spoil(&table);                                             \
    }                                                            \
    return &table;                                               \
  }

#endif
