/* Extension "saggar.state/1": save and restore, for warm start, snapshots and replay. */
#ifndef SAGGAR_PLUGIN_EXT_STATE_H
#define SAGGAR_PLUGIN_EXT_STATE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_EXT_STATE "saggar.state/1"

typedef struct saggar_ext_state {
  uint32_t struct_size;
  uint32_t reserved;
  /* Bytes that `save` writes; constant once configured, at most 16 MiB.    [any & configured] */
  uint64_t (*size)(void* self);
  /* Writes exactly size() bytes. Same state, same bytes. No heap, no lock.  [control & active] */
  saggar_status (*save)(void* self, uint8_t* data, uint64_t size);
  /* Takes a saved state of the same plugin version and configuration; refuses any other with
   * FAULT and keeps its own. After it, steps are bit-identical to the saved instance's.
   *                                                                           [main & active] */
  saggar_status (*restore)(void* self, const uint8_t* data, uint64_t size);
} saggar_ext_state;

#ifdef __cplusplus
}
#endif
#endif
