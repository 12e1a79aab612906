/* Extension "saggar.model/1": a model of this kiln, identified from its measurements, for a
 * controller that needs one. The host reads it from the file that the configuration names; the
 * plugin decides what of it it uses. A plugin that is given none goes by its parameters. */
#ifndef SAGGAR_PLUGIN_EXT_MODEL_H
#define SAGGAR_PLUGIN_EXT_MODEL_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_EXT_MODEL "saggar.model/1"

/* How an output answers to an input: saggar_model_channel.answer. */
enum {
  SAGGAR_ANSWER_NONE = 0,       /* nothing stood out of its uncertainty */
  SAGGAR_ANSWER_LAG = 1,        /* it moves and stays: gain, dead time, time constant */
  SAGGAR_ANSWER_TRANSIENT = 2,  /* it moves and comes back */
  SAGGAR_ANSWER_INTEGRATING = 3 /* it moves on for as long as the input is held */
};

/* One input or one output of a model: the mean of some tags of the kiln. */
typedef struct saggar_model_signal {
  uint32_t struct_size;
  uint32_t tag_count;
  const char* name;        /* inside the model, each only once among inputs or outputs */
  const char* unit;        /* symbol of saggar/plugin/units.hpp */
  const char* const* tags; /* [tag_count], at least 1, full names */
  double operating_point;  /* in `unit`; the model is of differences from it */
  uint32_t integrating;    /* of an output: 1 = a held input makes it rise for ever */
  uint32_t reserved;       /* 0 */
} saggar_model_signal;

/* How one output answers to one input. Pairs that are not listed do not answer. */
typedef struct saggar_model_channel {
  uint32_t struct_size;
  uint32_t answer;                               /* SAGGAR_ANSWER_... */
  uint32_t output, input;                        /* indices from 0 */
  double gain, gain_error;                       /* output per input; integrating: and per second */
  double dead_time_s, dead_time_error_s;         /* besides the hold of one sample period */
  double time_constant_s, time_constant_error_s; /* to 63 %, less the dead time; 0 = at once */
} saggar_model_channel;

/* The model. Errors above are standard errors; an error of 0 is of a figure known beforehand. */
typedef struct saggar_model {
  uint32_t struct_size;
  uint32_t input_count;
  uint32_t output_count;
  uint32_t channel_count;
  const char* name;
  const char* sha256; /* of its file, 64 digits; what the journal says of it too */
  const char* kiln;   /* name of the kiln it was identified on */
  double period_s;    /* of its samples: means over it */
  const saggar_model_signal* inputs;
  const saggar_model_signal* outputs;
  const saggar_model_channel* channels;
} saggar_model;

typedef struct saggar_ext_model {
  uint32_t struct_size;
  uint32_t reserved;
  /* Takes a model, once at most, after create and before the first configure. Only numbers that
   * are finite, errors and times not below 0, indices in range. The host owns all of it; the
   * plugin copies what it needs. What does not fit this kiln is refused later, by configure. On
   * FAULT `why` says what would be right.                                    [main & created] */
  saggar_status (*take)(void* self, const saggar_model* model, char* why, uint32_t why_capacity);
} saggar_ext_model;

#ifdef __cplusplus
}
#endif
#endif
