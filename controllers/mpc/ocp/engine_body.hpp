// The engine for the instruction set that the including file is compiled for.
#pragma once

#include <new>

#include "controllers/mpc/ocp/condensed.hpp"
#include "controllers/mpc/ocp/interior.hpp"
#include "controllers/mpc/ocp/residual.hpp"

namespace saggar::ocp::SAGGAR_OCP_ISA {

class Built final : public Engine {
 public:
  Built(const View& view, Pieces pieces) noexcept
      : view_(view),
        riccati_(view_, pieces),
        condensed_(view_, pieces),
        interior_(view_, riccati_, pieces),
        judge_(view_, pieces),
        taken_(pieces.taken) {}

  bool condenses() const noexcept override { return Condensed::fits(view_); }
  bool prepare() noexcept override { return condensed_.prepare(); }
  CondensedOutcome condensed(const CondensedLimits& limits, const Point& at) noexcept override {
    return condensed_.run(limits, at);
  }
  InteriorOutcome interior(const InteriorLimits& limits, const Point& at) noexcept override {
    return interior_.run(limits, at);
  }
  bool free(double* u) noexcept override { return interior_.free(u); }
  Residual residual(const Point& at) noexcept override { return judge_.of(at); }
  void states(const double* u, double* x) noexcept override { roll(view_, u, x); }
  size_t taken() const noexcept { return taken_; }

 private:
  const View& view_;
  Riccati riccati_;
  Condensed condensed_;
  Interior interior_;
  Judge judge_;
  size_t taken_;
};

inline size_t doubles(const View& view) { return Built(view, Pieces{}).taken(); }
inline Engine* make(const View& view, double* memory) { return new Built(view, Pieces{memory}); }

}  // namespace saggar::ocp::SAGGAR_OCP_ISA
