/* Extension "saggar.tune/1": tunable parameters while active, and automatic tuning. */
#ifndef SAGGAR_PLUGIN_EXT_TUNE_H
#define SAGGAR_PLUGIN_EXT_TUNE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_EXT_TUNE "saggar.tune/1"

enum {
  SAGGAR_TUNE_IDLE = 0,
  SAGGAR_TUNE_RUNNING = 1,
  SAGGAR_TUNE_FINISHED = 2,
  SAGGAR_TUNE_FAILED = 3
};

/* Result of a tuning run: a first-order model with dead time, and gains by the SIMC rules. */
typedef struct saggar_tune_result {
  uint32_t struct_size;
  int32_t state;                             /* SAGGAR_TUNE_... */
  double gain, time_constant_s, dead_time_s; /* process model */
  double kp, ti_s, td_s;                     /* proposed, standard form */
  double fit;                                /* 0..1 share of the variance the model explains */
} saggar_tune_result;

typedef struct saggar_ext_tune {
  uint32_t struct_size;
  uint32_t reserved;
  /* Changes a parameter flagged TUNABLE without a bump; `element` 0xFFFFFFFF = all. Out of range
   * or not tunable: FAULT, nothing changed.                                 [control & active] */
  saggar_status (*set_parameter)(void* self, const char* key, uint32_t element, double value);
  /* Begins tuning one output: method "relay" or "step", amplitude in the output's unit. The
   * output stays within working +- amplitude. FAULT if it cannot.           [control & active] */
  saggar_status (*start)(void* self, uint32_t output, uint32_t element, const char* method,
                         double amplitude);
  /* Ends tuning and returns the output to where it began.                   [control & active] */
  void (*abort)(void* self);
  /* The present state and the newest result.                                [control & active] */
  void (*result)(void* self, saggar_tune_result* result);
} saggar_ext_tune;

#ifdef __cplusplus
}
#endif
#endif
