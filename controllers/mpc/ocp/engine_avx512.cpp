// Empty where the compiler was not told to make it: another processor.
#if defined(__AVX512F__)

#define SAGGAR_OCP_ISA avx512
#include "controllers/mpc/ocp/engine_body.hpp"

namespace saggar::ocp {
namespace {

bool runs_here() noexcept {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx2") &&
         __builtin_cpu_supports("fma");
}

}  // namespace

extern const EngineKind k_engine_avx512;
const EngineKind k_engine_avx512{"avx512", runs_here, avx512::doubles, avx512::make};

}  // namespace saggar::ocp

#else

#include "controllers/mpc/ocp/engine.hpp"

namespace saggar::ocp {

extern const EngineKind k_engine_avx512;
const EngineKind k_engine_avx512{"avx512", []() noexcept { return false; }, nullptr, nullptr};

}  // namespace saggar::ocp

#endif
