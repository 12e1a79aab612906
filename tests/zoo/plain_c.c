/* A whole plugin in plain C, by hand: P control of each zone loop as a trim around the recipe.
 * Shows that the header is enough. Instances are found by a number, without malloc. */
#include <saggar/plugin/abi.h>
#include <string.h>

enum { kMostLoops = 128, kMostInstances = 4 };

typedef struct loop_trim {
  uint32_t used;
  uint32_t count;
  double gain[kMostLoops];
  double limit_K;
} loop_trim;

static loop_trim instances[kMostInstances];

static const saggar_port ports[] = {
    {sizeof(saggar_port), SAGGAR_PORT_INPUT, "pv", "zone*.*.temperature", "degC", 1, kMostLoops,
     "temperature of each loop"},
    {sizeof(saggar_port), SAGGAR_PORT_OUTPUT, "sp", "zone*.*.setpoint", "degC", 1, kMostLoops,
     "setpoint of each loop"}};

static const saggar_param params[] = {
    {sizeof(saggar_param), SAGGAR_PARAM_PER_OUTPUT, "gain", "1", "trim in K per K of error", 0, 10,
     0.5},
    {sizeof(saggar_param), 0, "limit_K", "K", "largest trim", 0, 50, 10}};

static saggar_status create(const saggar_host* host, void** self) {
  int i;
  (void)host;
  for (i = 0; i < kMostInstances; ++i) {
    if (instances[i].used) continue;
    memset(&instances[i], 0, sizeof instances[i]);
    instances[i].used = 1;
    *self = &instances[i];
    return SAGGAR_OK;
  }
  return SAGGAR_FAULT;
}

static void destroy(void* self) { ((loop_trim*)self)->used = 0; }

static saggar_status configure(void* self, const saggar_setup* setup, char* why,
                               uint32_t why_capacity) {
  loop_trim* it = (loop_trim*)self;
  static const char differ[] = "needs one temperature per setpoint";
  uint32_t i;
  if (setup->ports[0].count != setup->ports[1].count) {
    if (why_capacity >= sizeof differ) memcpy(why, differ, sizeof differ);
    return SAGGAR_FAULT;
  }
  it->count = setup->ports[1].count;
  for (i = 0; i < it->count; ++i) it->gain[i] = setup->params[0].value[i];
  it->limit_K = setup->params[1].value[0];
  return SAGGAR_OK;
}

static saggar_status activate(void* self) {
  (void)self;
  return SAGGAR_OK;
}

static saggar_status step(void* self, saggar_io* io) {
  const loop_trim* it = (const loop_trim*)self;
  const saggar_input* pv = &io->inputs[0];
  saggar_output* sp = &io->outputs[0];
  saggar_status status = SAGGAR_OK;
  uint32_t i;
  for (i = 0; i < it->count; ++i) {
    double trim = 0;
    if (pv->quality[i] == SAGGAR_BAD) {
      status = SAGGAR_OK_DEGRADED;
      io->reason = SAGGAR_WHY_INPUTS_MISSING;
    } else {
      trim = it->gain[i] * (sp->reference[i] - pv->value[i]);
    }
    if (trim > it->limit_K) trim = it->limit_K;
    if (trim < -it->limit_K) trim = -it->limit_K;
    sp->value[i] = sp->free[i] ? sp->reference[i] + trim : sp->working[i];
  }
  return status;
}

static void deactivate(void* self) { (void)self; }

static const void* get_extension(void* self, const char* id) {
  (void)self;
  (void)id;
  return 0;
}

static const saggar_plugin plugin = {
    .struct_size = sizeof(saggar_plugin),
    .abi_major = SAGGAR_ABI_MAJOR,
    .abi_minor = SAGGAR_ABI_MINOR,
    .duties = SAGGAR_DUTY_HEAT,
    .id = "org.saggar.zoo.plain-c",
    .version = "1.0.0",
    .vendor = "Saggar tests",
    .title = "P trim in plain C",
    .ports = ports,
    .params = params,
    .port_count = 2,
    .param_count = 2,
    .create = create,
    .destroy = destroy,
    .configure = configure,
    .activate = activate,
    .step = step,
    .deactivate = deactivate,
    .get_extension = get_extension,
};

const saggar_plugin* saggar_plugin_entry(void) { return &plugin; }
