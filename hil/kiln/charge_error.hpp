// ChargeError: how what is fed differs from what the lots would give.
#pragma once

#include <algorithm>

#include "hil/kiln/beds.hpp"

namespace saggar::kiln {

struct ChargeError {
  double mix_share = 0;  ///< relative change of the mix in a saggar
  double moisture = 0;   ///< mass fraction of water more, at the same mass of mix
  double li_per_m = 0;   ///< change of the ratio
  double carbonate = 0;  ///< share of its lithium that came as Li2CO3

  Charge on(Charge charge) const noexcept {
    charge.mix_kg *= 1.0 + mix_share;
    charge.moisture_fraction = std::clamp(charge.moisture_fraction + moisture, 0.0, 0.5);
    charge.li_per_m += li_per_m;
    charge.carbonate = carbonate;
    return charge;
  }
};

}  // namespace saggar::kiln
