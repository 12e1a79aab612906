/* Extension "saggar.ensemble/1": what each member of an ensemble said, and what it foretold, so
 * that the runtime can judge by itself how far they are apart and how right they were. */
#ifndef SAGGAR_PLUGIN_EXT_ENSEMBLE_H
#define SAGGAR_PLUGIN_EXT_ENSEMBLE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_EXT_ENSEMBLE "saggar.ensemble/1"

/* Lengths, constant once configured. */
typedef struct saggar_ensemble_shape {
  uint32_t struct_size;
  uint32_t members;     /* at least 1 */
  uint32_t outputs;     /* per member, at least 1 */
  uint32_t predictions; /* may be 0 */
  uint32_t inputs;      /* of the vector they all saw */
  uint32_t reserved;    /* 0 */
} saggar_ensemble_shape;

typedef struct saggar_ext_ensemble {
  uint32_t struct_size;
  uint32_t reserved;
  /* Fills what stands after struct_size.                                   [any & configured] */
  saggar_status (*shape)(void* self, saggar_ensemble_shape* shape);
  /* Of the last run: `outputs` [members x outputs], row by row, as each member said it, before any
   * bound; `predictions` [predictions], mean of the members, in the unit of its tag; `inputs`
   * [inputs], normalised. Returns how often it ran since activate or the restored state's own
   * count; 0 = never, nothing is written. No heap, no lock.                 [control & active] */
  uint64_t (*last)(void* self, double* outputs, double* predictions, double* inputs);
} saggar_ext_ensemble;

#ifdef __cplusplus
}
#endif
#endif
