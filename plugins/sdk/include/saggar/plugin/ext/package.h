/* Extension "saggar.package/1": a policy package, for a plugin that runs what was trained. The host
 * reads it from the folder that the configuration names, has compared the SHA-256 of every file,
 * and has checked kiln, recipe, tags, units and date before it hands it over. A plugin opens no
 * file. */
#ifndef SAGGAR_PLUGIN_EXT_PACKAGE_H
#define SAGGAR_PLUGIN_EXT_PACKAGE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_EXT_PACKAGE "saggar.package/1"

/* One input of the policy: x = (value - mean) / scale, value less the reference of an MV where
 * `reference_tag` names one; one x per lag. The vector of all x: features in order, lags in order.
 */
typedef struct saggar_package_feature {
  uint32_t struct_size;
  uint32_t lag_count;        /* at least 1 */
  const char* tag;           /* full name, of the kiln or virtual */
  const char* unit;          /* symbol of saggar/plugin/units.hpp */
  const char* reference_tag; /* full name of an MV, "" = the value as it is */
  double low, high;     /* seen in training, in `unit`, less the reference where there is one */
  double mean, scale;   /* in `unit`; scale > 0 */
  const double* lags_s; /* [lag_count] ages, >= 0, rising, whole multiples of the period */
} saggar_package_feature;

/* One output of the policy, in [-1, 1] of `trim`: difference from the references of its tags. */
typedef struct saggar_package_output {
  uint32_t struct_size;
  uint32_t tag_count;
  const char* const* tags;   /* [tag_count], at least 1: they get the same trim */
  const char* unit;          /* of the tags */
  double trim, rate_per_min; /* largest to either side, fastest change; in `unit`, > 0 */
  double shift;              /* largest net change within 8 h, in `unit`; 0 = not bounded */
} saggar_package_output;

/* One value that the policy foretells: mean + scale * y. */
typedef struct saggar_package_prediction {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  const char* tag;
  const char* unit;
  double horizon_s;   /* after the sample, > 0 */
  double mean, scale; /* in `unit` */
} saggar_package_prediction;

typedef struct saggar_package_file {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  const char* name;  /* inside the package, '/' between folders */
  const uint8_t* data;
  uint64_t size;
} saggar_package_file;

typedef struct saggar_package {
  uint32_t struct_size;
  uint32_t feature_count, output_count, prediction_count;
  uint32_t member_count, file_count;
  uint32_t duty; /* one SAGGAR_DUTY_ bit */
  uint32_t reserved;
  const char *id, *version;
  const char* backend;   /* what reads the members: "torchscript" */
  const char* sha256;    /* of the manifest, which has those of all files; 64 digits */
  double period_s;       /* between two runs of the network */
  double missing_wait_s; /* a missing value may be stood for by the last for so long */
  const saggar_package_feature* features;
  const saggar_package_output* outputs;
  const saggar_package_prediction* predictions;
  const uint32_t* members; /* [member_count] indices into files: networks of one shape */
  const saggar_package_file* files;
} saggar_package;

typedef struct saggar_ext_package {
  uint32_t struct_size;
  uint32_t reserved;
  /* Takes a package, once at most, after create and before the first configure. The host owns all
   * of it; the plugin copies what it needs. What does not fit its ports is refused later, by
   * configure. On FAULT `why` says what would be right.                      [main & created] */
  saggar_status (*take)(void* self, const saggar_package* package, char* why,
                        uint32_t why_capacity);
} saggar_ext_package;

#ifdef __cplusplus
}
#endif
#endif
