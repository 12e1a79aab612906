#include "runtime/record/columns.hpp"

#include <algorithm>

namespace saggar::record {
namespace {

// Adding and subtracting this rounds a double below 2^51 to a whole number.
constexpr double kRounder = 6755399441055744.0;
constexpr double kMaxSteps = 2251799813685248.0;

}  // namespace

DoubleColumn::Grid DoubleColumn::make_grid(double r) noexcept {
  if (!(r > 0) || !std::isfinite(r) || !std::isfinite(1.0 / r)) return {};
  const double whole = std::round(1.0 / r);
  const bool is_whole = whole >= 1 && std::abs(whole * r - 1.0) < 1e-12;
  return {r, is_whole ? whole : 1.0 / r, is_whole};
}

const std::array<DoubleColumn::Grid, 4> DoubleColumn::kUsualGrids = {
    make_grid(1), make_grid(0.1), make_grid(0.01), make_grid(0.001)};

DoubleColumn::DoubleColumn(const std::vector<double>& resolution) : items_(resolution.size()) {
  for (const double r : resolution) given_.push_back(make_grid(r));
  reset();
}

void DoubleColumn::reset() noexcept {
  for (std::size_t i = 0; i < items_.size(); ++i) {
    items_[i] = Item();
    items_[i].grid = given_[i];
  }
}

bool DoubleColumn::on_grid(const Grid& grid, double v, bool quotient, double& k) noexcept {
  const double near = v * grid.per_unit;
  if (!(std::abs(near) < kMaxSteps)) return false;
  k = (near + kRounder) - kRounder;
  const double back = quotient ? k / grid.per_unit : k * grid.resolution;
  return std::bit_cast<std::uint64_t>(back) == std::bit_cast<std::uint64_t>(v);
}

/// Writes v as steps from the last grid value; false if it is not on the item's grid.
bool DoubleColumn::write_steps(Sink& w, Item& item, double v) noexcept {
  if (item.grid.resolution == 0) return false;
  double k = 0;
  bool turned = false;
  if (!on_grid(item.grid, v, item.quotient, k)) {
    turned = item.grid.whole && on_grid(item.grid, v, !item.quotient, k);
    if (!turned) return false;
  }
  const auto steps = static_cast<std::int64_t>(k);
  const std::int64_t moved = steps - item.steps;
  item.steps = steps;
  item.quotient = item.quotient != turned;
  if (!turned && moved >= -48 && moved < 48) {
    w.byte(static_cast<std::uint8_t>(kShort + 48 + moved));
  } else if (!turned && moved >= -4096 && moved < 4096) {
    const auto code = static_cast<unsigned>(moved + 4096);
    w.byte(static_cast<std::uint8_t>(kMedium + (code >> 8)));
    w.byte(static_cast<std::uint8_t>(code));
  } else {
    w.byte(item.quotient ? kQuotient : kProduct);
    w.sint(moved);
  }
  return true;
}

/// Searches a usual grid for v. A few times only: most of what fails will go on failing.
bool DoubleColumn::take_grid(Sink& w, Item& item, double v) noexcept {
  if (item.tries == kMaxTries) return false;
  ++item.tries;
  double k = 0;
  for (std::size_t g = 0; g < kUsualGrids.size(); ++g) {
    for (const bool quotient : {false, true}) {
      if (!on_grid(kUsualGrids[g], v, quotient, k)) continue;
      item.grid = kUsualGrids[g];
      item.quotient = quotient;
      item.steps = static_cast<std::int64_t>(k);
      w.byte(static_cast<std::uint8_t>(kTake + 2 * g + (quotient ? 1 : 0)));
      w.sint(item.steps);
      return true;
    }
  }
  return false;
}

void DoubleColumn::write_item(Sink& w, Item& item, double v) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(v);
  if (!write_steps(w, item, v) && !take_grid(w, item, v)) {
    const std::uint64_t x = bits ^ item.bits;
    const unsigned way = ByteCut::way(x);
    w.byte(static_cast<std::uint8_t>(kCut + way));
    write_cut(w, x, way);
  }
  item.bits = bits;
}

void DoubleColumn::read_item(Source& w, Item& item, std::uint8_t token) noexcept {
  if (token < kReference) {
    item.bits ^= read_cut(w, token - kCut);
    return;
  }
  std::int64_t moved = 0;
  if (token >= kMedium) {
    moved = static_cast<std::int64_t>((token - kMedium) << 8 | w.byte()) - 4096;
  } else if (token >= kShort) {
    moved = static_cast<std::int64_t>(token) - kShort - 48;
  } else if (token == kProduct || token == kQuotient) {
    moved = w.sint();
    item.quotient = token == kQuotient;
  } else if (token >= kTake && token < kTake + 2 * kUsualGrids.size()) {
    item.grid = kUsualGrids[(token - kTake) / 2U];
    item.quotient = (token - kTake) % 2 != 0;
    item.steps = 0;
    moved = w.sint();
  } else {
    return w.fail("no such kind of number");
  }
  constexpr auto kLimit = static_cast<std::int64_t>(kMaxSteps);
  if (item.grid.resolution == 0 || moved > 2 * kLimit || moved < -2 * kLimit) {
    return w.fail("a step on a grid that is not there, or too far");
  }
  item.steps += moved;
  if (item.steps > kLimit || item.steps < -kLimit) {
    item.steps = 0;
    return w.fail("a step beyond the grid");
  }
  const auto k = static_cast<double>(item.steps);
  item.bits = std::bit_cast<std::uint64_t>(item.quotient ? k / item.grid.per_unit
                                                         : k * item.grid.resolution);
}

void ClockColumn::reset() noexcept {
  std::fill(last_.begin(), last_.end(), 0);
  clock_ = 0;
}

void ByteColumn::reset() noexcept { std::fill(last_.begin(), last_.end(), std::uint8_t{0}); }

}  // namespace saggar::record
