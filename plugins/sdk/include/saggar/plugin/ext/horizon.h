/* Extension "saggar.horizon/1": the path the controller expects. */
#ifndef SAGGAR_PLUGIN_EXT_HORIZON_H
#define SAGGAR_PLUGIN_EXT_HORIZON_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_EXT_HORIZON "saggar.horizon/1"

typedef struct saggar_ext_horizon {
  uint32_t struct_size;
  uint32_t reserved;
  /* Points of a path; constant once configured.                            [any & configured] */
  uint32_t (*points)(void* self);
  /* Predicted values of element `element` of input port `input` at `points()` instants after the
   * last step: times in s, values and one standard deviation in the port's unit. Returns the
   * number written, 0 if this element is not predicted. No heap, no lock.   [control & active] */
  uint32_t (*path)(void* self, uint32_t input, uint32_t element, double* time_s, double* value,
                   double* sigma, uint32_t capacity);
} saggar_ext_horizon;

#ifdef __cplusplus
}
#endif
#endif
