#include "runtime/control/explained.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace saggar::control {
namespace {

/// Place in a port; its size = absent.
template <class T>
std::uint32_t place_of(std::span<const T> all, T one) noexcept {
  return static_cast<std::uint32_t>(std::find(all.begin(), all.end(), one) - all.begin());
}

}  // namespace

Explained explain(host::Active& active, const host::StepIo& io, domain::MvId mv, domain::TagId pv) {
  Explained told;
  for (std::uint32_t p = 0; p < io.outputs().size(); ++p) {
    const std::uint32_t at = place_of(io.outputs()[p].mvs, mv);
    if (at == io.outputs()[p].mvs.size()) continue;
    for (const saggar_cause& cause : active.explain(p, at)) {
      told.causes.push_back({cause.label == nullptr ? "" : cause.label, cause.share});
    }
  }
  for (std::uint32_t p = 0; p < io.inputs().size() && told.path.empty(); ++p) {
    const std::uint32_t at = place_of(io.inputs()[p].tags, pv);
    if (at == io.inputs()[p].tags.size()) continue;
    const host::HorizonPath path = active.horizon(p, at);
    for (std::size_t i = 0; i < path.time_s.size(); ++i) {
      told.path.push_back({path.time_s[i], path.value[i], path.sigma[i]});
    }
  }
  return told;
}

void ask_why(host::Active& active, const host::StepIo& io, domain::MvId mv) noexcept {
  if (io.outputs().empty()) return;
  const std::uint32_t at = place_of(io.outputs()[0].mvs, mv);
  if (at == io.outputs()[0].mvs.size()) return;
  active.set_parameter("attribution", domain::kNoMv, at + 1.0);  // else not_supported
}

}  // namespace saggar::control
