#include "controllers/mpc/ocp/engine.hpp"

#include <string_view>

namespace saggar::ocp {

extern const EngineKind k_engine_baseline, k_engine_avx2, k_engine_avx512;

Engine::~Engine() = default;

const EngineKind& best_engine() noexcept {
  for (const EngineKind* kind : {&k_engine_avx512, &k_engine_avx2}) {
    if (kind->runs_here()) return *kind;
  }
  return k_engine_baseline;
}

const EngineKind* engine_named(const char* name) noexcept {
  for (const EngineKind* kind : {&k_engine_avx512, &k_engine_avx2, &k_engine_baseline}) {
    if (std::string_view(name) == kind->name && kind->runs_here()) return kind;
  }
  return nullptr;
}

}  // namespace saggar::ocp
