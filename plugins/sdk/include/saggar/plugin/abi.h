/* The Saggar plugin ABI, version 1.0: all that crosses between the runtime and a controller.
 *
 * C11, also valid C++11..20. Rules of this header:
 *  - every struct that crosses begins with `struct_size`; members are only ever appended; a reader
 *    looks at `struct_size` before it touches a member that 1.0 did not have; structs that stand
 *    in arrays made by the host (input, output, resolved port, parameter values, cause) do not
 *    grow within a major version, because a plugin walks them by the size it was compiled with
 *  - a plugin exports one symbol, `saggar_plugin_entry`; all else is reached through the table
 *  - optional things are extensions, asked for by name; an unknown name gives NULL
 *  - fixed-width integers, double, UTF-8 `const char *`, pointer + count; no enum, bool, long,
 *    size_t, bit-field or union in a struct
 *  - the host owns everything it passes in; it is valid until the call returns; a plugin keeps
 *    nothing of it. A plugin owns what its table points to, for the life of the process
 *  - no exception, longjmp, signal handler, thread priority change, stdout or exit() in a plugin
 *  - libraries are never unloaded
 *
 * Every function pointer carries a tag [thread & state]:
 *   main      the host's main thread, before or after control, never at the same time as it
 *   control   the control thread, or the worker thread that owns this instance: one at a time
 *   any       any thread, also at the same time as others
 *   created, configured, active: the states of an instance. !active = created or configured
 * An instance goes  create -> configure -> activate -> step ... -> deactivate -> destroy.
 */
#ifndef SAGGAR_PLUGIN_ABI_H
#define SAGGAR_PLUGIN_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_ABI_MAJOR 1
#define SAGGAR_ABI_MINOR 0

#if defined(__GNUC__)
#define SAGGAR_EXPORT __attribute__((visibility("default")))
#else
#define SAGGAR_EXPORT
#endif

/* Outcome of a call, ordered: larger is worse. The first three are normal life. */
typedef int32_t saggar_status;
enum {
  SAGGAR_OK = 0,          /* use the outputs */
  SAGGAR_OK_DEGRADED = 1, /* use them, but something is missing: say what in io->message */
  SAGGAR_NO_PROPOSAL = 2, /* infeasible, out of domain, inputs missing: another rung drives */
  SAGGAR_FAULT = 3        /* broken: not stepped until a person restarts it, then anew */
};

/* Why a proposal is degraded or missing: saggar_io.reason. */
enum {
  SAGGAR_WHY_NONE = 0,
  SAGGAR_WHY_INPUTS_MISSING = 1,
  SAGGAR_WHY_OUT_OF_DOMAIN = 2,
  SAGGAR_WHY_INFEASIBLE = 3,
  SAGGAR_WHY_NOT_READY = 4
};

/* Quality of one input value. */
enum { SAGGAR_GOOD = 0, SAGGAR_UNCERTAIN = 1, SAGGAR_BAD = 2 };

/* Windup status of one output (saggar_output.limited): bits. Stop integrating that way. */
enum { SAGGAR_LIMITED_LOW = 1, SAGGAR_LIMITED_HIGH = 2, SAGGAR_LIMITED_CONSTANT = 3 };

/* saggar_port.flags */
enum {
  SAGGAR_PORT_INPUT = 1,
  SAGGAR_PORT_OUTPUT = 2,
  SAGGAR_PORT_OPTIONAL = 4 /* the kiln may lack it: count 0 */
};

/* saggar_param.flags */
enum {
  SAGGAR_PARAM_TUNABLE = 1,   /* may change while active, through `set_parameter` */
  SAGGAR_PARAM_PER_OUTPUT = 2 /* one value per element of the first output port */
};

/* saggar_plugin.duties: bits */
enum { SAGGAR_DUTY_HEAT = 1, SAGGAR_DUTY_ATMOSPHERE = 2, SAGGAR_DUTY_TRANSPORT = 4 };

/* saggar_io.flags */
enum {
  SAGGAR_IO_DRIVING = 1, /* the last proposal of this instance went to the field; else track */
  SAGGAR_IO_FIRST = 2    /* first step after activate or a restart by a person: begin anew */
};

/* One parameter: validates the configuration, fills the operator form, writes the reference page.
 */
typedef struct saggar_param {
  uint32_t struct_size;
  uint32_t flags;
  const char* key;  /* lower_case, with the unit as suffix where it has one */
  const char* unit; /* symbol of saggar/plugin/units.hpp, "1" for none */
  const char* doc;  /* one sentence */
  double min, max, default_value;
} saggar_param;

/* One port: a named group of tags. `pattern` names tags of the kiln; `*` stands for one or more
 * characters other than a dot. The k-th match is element k, in the kiln's own order. An input
 * pattern that names none of them names virtual tags (ext/estimator.h). */
typedef struct saggar_port {
  uint32_t struct_size;
  uint32_t flags;
  const char* name;
  const char* pattern;
  const char* unit;   /* must equal the unit of every matching tag */
  uint32_t min_count; /* fewer matches: refused (0 matches is fine for an optional port) */
  uint32_t max_count;
  const char* doc;
} saggar_port;

/* A port as this kiln resolved it. */
typedef struct saggar_resolved_port {
  uint32_t struct_size;
  uint32_t count;
  const char* const* tag;   /* [count] */
  const double *low, *high; /* [count] range of the tag */
  const double* resolution; /* [count] 0 = continuous */
  const uint32_t* zone;     /* [count] zone index from 0; 0xFFFFFFFF = none */
} saggar_resolved_port;

/* Values of one parameter: `count` is 1, or the length of the first output port. */
typedef struct saggar_param_values {
  uint32_t struct_size;
  uint32_t count;
  const double* value;
} saggar_param_values;

/* What an instance is told once, in `configure`. Pointers are valid during the call only. */
typedef struct saggar_setup {
  uint32_t struct_size;
  uint32_t zone_count;
  const char* kiln;        /* name of the kiln */
  const char* instance;    /* name of this controller in the configuration */
  double period_s;         /* time between two steps */
  uint32_t latency_cycles; /* 0: inside the cycle; else the proposal acts that much later */
  uint32_t port_count;     /* = saggar_plugin.port_count, same order */
  const saggar_resolved_port* ports;
  uint32_t param_count; /* = saggar_plugin.param_count, same order */
  uint32_t reserved;
  const saggar_param_values* params;
} saggar_setup;

/* Values of one input port at one instant. */
typedef struct saggar_input {
  uint32_t struct_size;
  uint32_t count;
  const double* value;     /* [count]; meaningless where quality is SAGGAR_BAD */
  const uint32_t* quality; /* [count] */
} saggar_input;

/* One output port. The plugin writes `value`; all else is for reading. */
typedef struct saggar_output {
  uint32_t struct_size;
  uint32_t count;
  double* value;         /* [count] proposal, absolute, in the port's unit */
  const double* working; /* [count] value in force at the field now: track this when not driving */
  const double* reference; /* [count] recipe or operator SP: a trim of zero proposes exactly this */
  const double* low;       /* [count] limits in force now, absolute */
  const double* high;
  const uint32_t* limited; /* [count] windup status of the last cycle */
  const uint32_t*
      free; /* [count] 1: this instance may move it; 0: a person or another rung has it */
} saggar_output;

/* Everything one step sees and gives. */
typedef struct saggar_io {
  uint32_t struct_size;
  uint32_t flags;
  uint64_t cycle;
  int64_t time_ns;   /* the field's time; control code has no other clock */
  double dt_s;       /* since the last step; period_s at the first */
  int64_t budget_ns; /* take less than this */
  uint32_t input_count;
  uint32_t output_count;
  const saggar_input* inputs; /* input ports, in the order of declaration */
  saggar_output* outputs;     /* output ports, in the order of declaration */
  double confidence;         /* out, [0, 1], preset to 1: the plugin's own trust in this proposal */
  uint32_t reason;           /* out, SAGGAR_WHY_..., preset to 0 */
  uint32_t message_capacity; /* bytes of `message` */
  char* message;             /* out, UTF-8, zero-terminated, preset to "" */
} saggar_io;

/* What the host offers. */
typedef struct saggar_host {
  uint32_t struct_size;
  uint32_t abi_major, abi_minor;
  uint32_t reserved;
  const char *name, *version;
  void* context;
  /* Writes one line to the host's log: level 0 debug, 1 info, 2 warn, 3 error. [main] */
  void (*log)(const struct saggar_host* host, int32_t level, const char* text);
} saggar_host;

/* The plugin. */
typedef struct saggar_plugin {
  uint32_t struct_size;
  uint32_t abi_major, abi_minor;
  uint32_t duties;     /* duties it can drive; 0 = an estimator, see ext/estimator.h */
  const char* id;      /* reverse DNS, e.g. "com.vendor.kiln-trim" */
  const char* version; /* of the plugin, e.g. "2.1.0" */
  const char* vendor;
  const char* title; /* one line for people */
  const saggar_port* ports;
  const saggar_param* params;
  const char* const* needs; /* extensions the host must offer; ends with NULL; may be NULL */
  uint32_t port_count;
  uint32_t param_count;
  uint32_t min_latency_cycles; /* 0 = can answer inside the cycle, within microseconds */
  uint32_t reserved;

  /* Makes an instance; *self must be set unless the status is FAULT.             [main & none] */
  saggar_status (*create)(const saggar_host* host, void** self);
  /* Frees an instance.                                                        [main & !active] */
  void (*destroy)(void* self);
  /* Takes kiln and parameters; may allocate. On FAULT `why` says what would be right.
   *                                                                           [main & !active] */
  saggar_status (*configure)(void* self, const saggar_setup* setup, char* why,
                             uint32_t why_capacity);
  /* Gets ready to step; may allocate and run the law to warm up.           [main & configured] */
  saggar_status (*activate)(void* self);
  /* One step: reads inputs, writes outputs. No heap, no lock, no input or output, no clock.
   *                                                                         [control & active] */
  saggar_status (*step)(void* self, saggar_io* io);
  /* Ends stepping; the instance may be configured again.                       [main & active] */
  void (*deactivate)(void* self);
  /* The table of an extension, or NULL.                                                 [any] */
  const void* (*get_extension)(void* self, const char* id);
} saggar_plugin;

/* The one exported symbol. The same pointer each time.                                  [any] */
SAGGAR_EXPORT const saggar_plugin* saggar_plugin_entry(void);

#ifdef __cplusplus
}
#endif

#endif /* SAGGAR_PLUGIN_ABI_H */
