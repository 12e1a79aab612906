// ByLot: what became of the powder of each lot (HI-35), beside the figures of the whole run.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "hil/kiln/quality.hpp"
#include "hil/suite/figure.hpp"
#include "hil/suite/tally.hpp"

namespace saggar::suite {

/// Of one lot, in the time judged. A lot that was under way when that began or ended is judged by
/// what was seen of it: `product_kg` says how much of it left.
struct LotKpi {
  double product_kg = 0, off_spec_kg = 0;  ///< of its saggars that left
  Bands settled;                           ///< (saggar, node) samples, as `settled` of the run
  Spread dry_m;                            ///< where its columns became dry
  Spread size_nm, mixing;                  ///< d and z at the exit, means of saggars
  Spread size_within_nm, mixing_within;    ///< their deviations over the nodes of one saggar
};

/// By number of the lot, from 0: as in the accounts of the kiln.
using ByLot = std::map<std::uint64_t, LotKpi>;

/// Lots that get figures: the newest, where more left.
inline constexpr std::size_t kMostLots = 64;

/// Adds what left in one saggar. @param saggars  that the report stands for
void tally(LotKpi& lot, const kiln::SaggarReport& report, double saggars);

/// Figures such as "lot12_off_spec_kg", of lots of which powder left; none if that is only one:
/// then they are those of the run.
std::vector<Figure> lot_figures(const ByLot& lots);

}  // namespace saggar::suite
