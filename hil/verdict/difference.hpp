// Difference: two baselines side by side, for whoever reviews a change of them (HI-47).
#pragma once

#include <string>
#include <vector>

#include "hil/verdict/baseline.hpp"
#include "hil/verdict/exact.hpp"

namespace saggar::verdict {

/// One figure of one case that is not the same in both. NaN: not there.
struct FigureChange {
  std::string id, figure;
  double before = 0, after = 0;
  double delta() const noexcept { return after - before; }
};

struct Difference {
  Exact cases;  ///< "ours" is the new one
  std::vector<FigureChange> figures;
  bool empty() const noexcept {
    return cases.held() && cases.only_ours.empty() && cases.only_theirs.empty() && figures.empty();
  }
};

/// Rows in the order of ids, then of names. Figures of cases that both have.
Difference difference(const Baseline& before, const Baseline& after);

}  // namespace saggar::verdict
