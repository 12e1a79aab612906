// Model: one copy of rows and chamber with its own factors.
#pragma once

#include "controllers/twin/chamber.hpp"
#include "controllers/twin/rows.hpp"

namespace saggar::twin {

struct Model {
  Model(const Figures& figures, const Places& places, std::size_t nodes)
      : rows(figures, places, nodes), chamber(figures, places), exchange(places.zones) {}

  void use(const Factors& factors) noexcept {
    rows.use(factors);
    chamber.use(factors);
  }

  void state(plugin::State& s);  ///< all that the next steps depend on

  Rows rows;
  Chamber chamber;
  Exchange exchange;
};

}  // namespace saggar::twin
