/* The layout of every struct that crosses, checked by the compiler that builds the runtime. A
 * member that moved, or a struct that became shorter, does not compile. */
#include <saggar/plugin/abi.h>
#include <saggar/plugin/ext/confidence.h>
#include <saggar/plugin/ext/ensemble.h>
#include <saggar/plugin/ext/estimator.h>
#include <saggar/plugin/ext/explain.h>
#include <saggar/plugin/ext/horizon.h>
#include <saggar/plugin/ext/last_error.h>
#include <saggar/plugin/ext/model.h>
#include <saggar/plugin/ext/package.h>
#include <saggar/plugin/ext/state.h>
#include <saggar/plugin/ext/tune.h>
#include <stddef.h>

#define AT(type, member, offset) \
  _Static_assert(offsetof(type, member) == offset, #type "." #member " moved");
#define SIZE(type, bytes) _Static_assert(sizeof(type) >= bytes, #type " became shorter");
#include "layout_1_0.def"
#undef SIZE

/* Structs that stand in arrays which the host makes: a plugin walks them by the size it was
 * compiled with, so they cannot grow within a major version. */
#define FIXED(type, bytes) _Static_assert(sizeof(type) == bytes, #type " stands in arrays");
FIXED(saggar_input, 24)
FIXED(saggar_output, 64)
FIXED(saggar_resolved_port, 48)
FIXED(saggar_param_values, 16)
FIXED(saggar_cause, 32)
FIXED(saggar_virtual_tag, 48)
FIXED(saggar_finding, 48)
FIXED(saggar_model_signal, 48)
FIXED(saggar_model_channel, 64)
FIXED(saggar_package_feature, 72)
FIXED(saggar_package_output, 48)
FIXED(saggar_package_prediction, 48)
FIXED(saggar_package_file, 32)
_Static_assert(sizeof(saggar_package) >= 120, "saggar_package became shorter");
_Static_assert(sizeof(saggar_ext_package) >= 16, "saggar_ext_package became shorter");
_Static_assert(sizeof(saggar_ensemble_shape) >= 24, "saggar_ensemble_shape became shorter");
_Static_assert(sizeof(saggar_ext_ensemble) >= 24, "saggar_ext_ensemble became shorter");
_Static_assert(sizeof(saggar_ext_estimator) >= 40, "saggar_ext_estimator became shorter");
_Static_assert(sizeof(saggar_model) >= 72, "saggar_model became shorter");
_Static_assert(sizeof(saggar_ext_model) >= 16, "saggar_ext_model became shorter");

_Static_assert(SAGGAR_OK == 0 && SAGGAR_OK_DEGRADED == 1 && SAGGAR_NO_PROPOSAL == 2 &&
                   SAGGAR_FAULT == 3,
               "statuses are fixed");
_Static_assert(SAGGAR_ABI_MAJOR == 1, "a new major needs a new layout file and a frozen copy");
