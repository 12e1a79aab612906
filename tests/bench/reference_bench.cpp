// One saggar through P2: the fast bed against CVODE on the same equations, at about the same error.
#include <functional>

#include "tests/bench/bench.hpp"
#include "tests/hil/reference/cvode.hpp"
#include "tests/hil/reference/recipe_firing.hpp"
#include "tests/hil/reference/saggar_equations.hpp"

namespace saggar::bench {

void reference(Report& report) {
  const auto firing = reference::p2_firing();
  // At 1e-6 CVODE is up to 0.28 K off its own answer at 1e-8, the fast bed 0.16 K.
  constexpr double kRelative = 1e-6;
  const double exact_ns = time_mean(1, [&] {
    reference::SaggarEquations equations(firing.figures, firing.charge, firing.profile,
                                         firing.muffle);
    reference::Cvode solver(std::ref(equations), equations.start(), kRelative,
                            equations.tolerance(kRelative));
    for (double t = 60; t <= firing.hours * 3600.0; t += 60) solver.to(t);
  });
  const double fast_ns = time_mean(1, [&] {
    kiln::SingleSaggar fast(firing.figures, firing.charge, firing.profile, firing.muffle);
    fast.run(firing.hours);
  });
  constexpr double kLanes = kiln::Beds::kLanes;
  report.at_least("one saggar through P2: CVODE (dense BDF) over the fast bed, alone", 20,
                  exact_ns / fast_ns, "x");
  report.note("  per saggar where all lanes work, as in the kiln", kLanes * exact_ns / fast_ns,
              "x");
  report.note("  fast bed, one saggar alone", fast_ns * 1e-9, "s");
}

}  // namespace saggar::bench
