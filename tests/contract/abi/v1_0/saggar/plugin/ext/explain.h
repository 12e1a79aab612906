/* Extension "saggar.explain/1": why the last proposal is what it is. */
#ifndef SAGGAR_PLUGIN_EXT_EXPLAIN_H
#define SAGGAR_PLUGIN_EXT_EXPLAIN_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_EXT_EXPLAIN "saggar.explain/1"

/* One cause of a move, with its signed share in the output's unit. */
typedef struct saggar_cause {
  uint32_t struct_size;
  uint32_t input; /* input port, 0xFFFFFFFF = something inside the controller */
  uint32_t element;
  uint32_t reserved;
  double share;
  const char* label; /* points into the plugin, constant, e.g. "proportional" */
} saggar_cause;

typedef struct saggar_ext_explain {
  uint32_t struct_size;
  uint32_t reserved;
  /* Causes of element `element` of output port `output` in the last step, largest first; writes
   * at most `capacity`, returns how many. No heap, no lock.                 [control & active] */
  uint32_t (*causes)(void* self, uint32_t output, uint32_t element, saggar_cause* causes,
                     uint32_t capacity);
} saggar_ext_explain;

#ifdef __cplusplus
}
#endif
#endif
