/* Extension "saggar.estimator/1": virtual tags, what cannot be measured, and findings about the
 * plant. A plugin with no duty and no output port is an estimator: it must offer this extension,
 * and a plugin that offers it may have neither. It steps as a controller does, on its inputs; the
 * host asks for its values after a step. */
#ifndef SAGGAR_PLUGIN_EXT_ESTIMATOR_H
#define SAGGAR_PLUGIN_EXT_ESTIMATOR_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_EXT_ESTIMATOR "saggar.estimator/1"

enum { SAGGAR_MAX_VIRTUAL_TAGS = 8192, SAGGAR_MAX_FINDINGS = 64, SAGGAR_MAX_CAUSES = 64 };

/* One virtual tag. A port of a controller may name it like a tag of the kiln. */
typedef struct saggar_virtual_tag {
  uint32_t struct_size;
  uint32_t flags;   /* 0 */
  const char* name; /* as a tag of the kiln: lower_case words joined by dots, "row001.dryness" */
  const char* unit; /* symbol of saggar/plugin/units.hpp */
  const char* doc;  /* one sentence */
  double low, high; /* range, in `unit`; a value outside is bad */
} saggar_virtual_tag;

/* Something about the plant that is not as it should be, and stands now. */
typedef struct saggar_finding {
  uint32_t struct_size;
  uint32_t zone;     /* zone index from 0; 0xFFFFFFFF = none */
  uint32_t element;  /* loop or other element of it, from 0; 0xFFFFFFFF = none */
  uint32_t reserved; /* 0 */
  const char* cause; /* one of `causes`, e.g. "thermocouple_drift" */
  double statistic;  /* what is compared .. */
  double threshold;  /* .. with this */
  double since_s;    /* how long it has stood, field time */
} saggar_finding;

typedef struct saggar_ext_estimator {
  uint32_t struct_size;
  uint32_t reserved;
  /* All virtual tags, constant once configured, at most SAGGAR_MAX_VIRTUAL_TAGS. Writes at most
   * `capacity`, returns how many there are. The texts belong to the plugin and stay as they are
   * until it is configured anew or destroyed.                               [any & configured] */
  uint32_t (*tags)(void* self, saggar_virtual_tag* tags, uint32_t capacity);
  /* After a step: value and one standard deviation of each tag, in its unit, and SAGGAR_GOOD,
   * _UNCERTAIN or _BAD. Writes all of them, in the order of `tags`; returns how many. A value or
   * sigma that is no number makes the tag bad. No heap, no lock.            [control & active] */
  uint32_t (*estimate)(void* self, double* value, double* sigma, uint32_t* quality,
                       uint32_t capacity);
  /* All causes that findings may name, constant, at most SAGGAR_MAX_CAUSES: lower_case words.
   * Writes at most `capacity`, returns how many there are.                  [any & configured] */
  uint32_t (*causes)(void* self, const char** causes, uint32_t capacity);
  /* After a step: the findings that stand now, the gravest first; writes at most `capacity`,
   * returns how many. No heap, no lock.                                     [control & active] */
  uint32_t (*findings)(void* self, saggar_finding* findings, uint32_t capacity);
} saggar_ext_estimator;

#ifdef __cplusplus
}
#endif
#endif
