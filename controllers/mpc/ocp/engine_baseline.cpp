#define SAGGAR_OCP_ISA baseline
#include "controllers/mpc/ocp/engine_body.hpp"

namespace saggar::ocp {

extern const EngineKind k_engine_baseline;
const EngineKind k_engine_baseline{"baseline", []() noexcept { return true; }, baseline::doubles,
                                   baseline::make};

}  // namespace saggar::ocp
