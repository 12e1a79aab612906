#include "runtime/record/columns.hpp"

#include <algorithm>

namespace saggar::record {
namespace {

// Adding and subtracting this rounds a double below 2^51 to a whole number.
constexpr double kRounder = 6755399441055744.0;
constexpr double kMaxSteps = 2251799813685248.0;

}  // namespace

DoubleColumn::DoubleColumn(const std::vector<double>& resolution) {
  items_.resize(resolution.size());
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const double r = resolution[i];
    if (!(r > 0) || !std::isfinite(r) || !std::isfinite(1.0 / r)) continue;
    const double whole = std::round(1.0 / r);
    items_[i].resolution = r;
    items_[i].whole = whole >= 1 && std::abs(whole * r - 1.0) < 1e-12;
    items_[i].per_unit = items_[i].whole ? whole : 1.0 / r;
  }
}

void DoubleColumn::reset() noexcept {
  for (Item& item : items_) {
    item.bits = 0;
    item.steps = 0;
    item.quotient = false;
  }
}

bool DoubleColumn::on_grid(const Item& item, double v, bool quotient, double& k) noexcept {
  const double near = v * item.per_unit;
  if (!(std::abs(near) < kMaxSteps)) return false;
  k = (near + kRounder) - kRounder;
  const double back = quotient ? k / item.per_unit : k * item.resolution;
  return std::bit_cast<std::uint64_t>(back) == std::bit_cast<std::uint64_t>(v);
}

void DoubleColumn::write_item(Sink& w, Item& item, double v) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(v);
  double k = 0;
  bool grid = false, turned = false;
  if (item.resolution > 0) {
    grid = on_grid(item, v, item.quotient, k);
    if (!grid && item.whole) grid = turned = on_grid(item, v, !item.quotient, k);
  }
  if (!grid) {
    const std::uint64_t x = bits ^ item.bits;
    const unsigned way = ByteCut::way(x);
    w.byte(static_cast<std::uint8_t>(kCut + way));
    write_cut(w, x, way);
  } else {
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
  } else {
    return w.fail("no such kind of number");
  }
  constexpr auto kLimit = static_cast<std::int64_t>(kMaxSteps);
  if (item.resolution == 0 || moved > 2 * kLimit || moved < -2 * kLimit) {
    return w.fail("a step on a grid that is not there, or too far");
  }
  item.steps += moved;
  if (item.steps > kLimit || item.steps < -kLimit) return w.fail("a step beyond the grid");
  const auto k = static_cast<double>(item.steps);
  item.bits = std::bit_cast<std::uint64_t>(item.quotient ? k / item.per_unit : k * item.resolution);
}

void ClockColumn::reset() noexcept {
  std::fill(last_.begin(), last_.end(), 0);
  clock_ = 0;
}

void ByteColumn::reset() noexcept { std::fill(last_.begin(), last_.end(), std::uint8_t{0}); }

}  // namespace saggar::record
