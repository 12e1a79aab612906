/* Extension "saggar.confidence/1": what the controller was made for. */
#ifndef SAGGAR_PLUGIN_EXT_CONFIDENCE_H
#define SAGGAR_PLUGIN_EXT_CONFIDENCE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_EXT_CONFIDENCE "saggar.confidence/1"

typedef struct saggar_ext_confidence {
  uint32_t struct_size;
  uint32_t reserved;
  /* Range of each element of an input port inside which the controller was tuned or trained;
   * writes `capacity` values each, returns how many. The runtime checks the inputs against it
   * by itself.                                                             [any & configured] */
  uint32_t (*domain)(void* self, uint32_t input, double* low, double* high, uint32_t capacity);
  /* Confidence below which this controller should not drive, [0, 1].       [any & configured] */
  double (*limit)(void* self);
} saggar_ext_confidence;

#ifdef __cplusplus
}
#endif
#endif
