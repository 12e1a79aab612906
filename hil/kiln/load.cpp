#include "hil/kiln/load.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "hil/instruments/noise.hpp"

namespace saggar::kiln {

namespace noise = instruments;
using material::kZeroCelsius_K;

namespace {
constexpr double kRounding_m = 1e-9;

/// Wall and base that the powder of one saggar touches.
double contact_m2(const PlantParams& p) noexcept {
  const double area = p.saggar.inner_area_m2.value;
  const double depth_m = p.lots.mass_kg.value / (p.powder.powder.bulk_kg_per_m3.value * area);
  return area + 4.0 * std::sqrt(area) * depth_m;
}
}  // namespace

Lots::Lots(const LotFigures& figures, double temperature_K, std::uint64_t seed)
    : f_(figures),
      temperature_K_(temperature_K),
      mass_key_(noise::element(noise::stream(seed, "lots"), 0)),
      moisture_key_(noise::element(noise::stream(seed, "lots"), 1)),
      lithium_key_(noise::element(noise::stream(seed, "lots"), 2)) {}

Charge Lots::charge(std::uint64_t number, std::uint64_t column) const noexcept {
  const std::uint64_t lot = column / f_.columns_per_lot;
  const double spread = 0.01 * f_.mass_percent.value * noise::normal(mass_key_, number);
  const double moisture =
      f_.moisture_percent.value +
      f_.moisture_lot_percent.value * (2.0 * noise::uniform(moisture_key_, lot) - 1.0);
  Charge c;
  c.mix_kg = f_.mass_kg.value * (1.0 + spread);
  c.moisture_fraction = 0.01 * std::max(0.0, moisture);
  c.li_per_m =
      f_.li_per_m.value + f_.li_per_m_lot.value * (2.0 * noise::uniform(lithium_key_, lot) - 1.0);
  c.temperature_K = temperature_K_;
  return c;
}

Load::Load(const Layout& layout, const PlantParams& p, std::uint64_t seed)
    : layout_(layout),
      beds_(BedFigures::from(p, layout.layers),
            layout.columns(p) * (p.numerics.every_saggar ? layout.rows : 1)),
      lots_(p.lots, p.chamber.ambient_degC.value + kZeroCelsius_K, seed),
      tracks_(p.numerics.every_saggar ? layout.rows : 1),
      per_bed_(static_cast<double>(layout.rows) / static_cast<double>(tracks_)),
      lateral_K_(p.chamber.lateral_K.value),
      length_m_(p.saggar.length_m.value),
      end_m_(layout.total_m(p)),
      side_m2_(p.saggar.side_area_m2.value),
      emissivity_(p.saggar.emissivity.value),
      bed_emissivity_(p.powder.powder.emissivity.value),
      layer_view_(p.saggar.layer_view.value),
      film_(p.chamber.film_W_per_m2K.value),
      view_m_(p.chamber.view_m.value),
      cooling_K_(p.chamber.cooling_degC.value + kZeroCelsius_K),
      cooling_film_(p.chamber.cooling_W_per_m2K.value),
      has_lances_(!p.gas.lance_inlets.empty()),
      quality_(quality_map(p.powder)),
      specification_(specification(p.powder)),
      position_m_(beds_.stride(), 0.0),
      number_(beds_.stride(), 0),
      saggars_(p.wear, (layout.columns(p) + p.wear.spare_columns) * layout.rows * layout.layers,
               contact_m2(p), seed),
      carried_(beds_.stride() * layout.rows / tracks_ * layout.layers, 0),
      zone_a_(beds_.stride(), 0),
      zone_b_(beds_.stride(), 0),
      weight_b_(beds_.stride(), 0.0),
      cooled_(beds_.stride(), 0.0),
      chamber_W_(beds_.stride(), 0.0),
      lot_steps_(layout.columns(p), p.lots.columns_per_lot) {
  if (!p.precalciner.empty()) precalciner_.emplace(p);
  for (auto* v : {&top_r_, &top_g_, &base_r_, &base_g_, &wall_r_, &wall_g_}) {
    v->assign(layout.layers * beds_.stride(), 0.0);
  }
}

void Load::feed_column(double at_m, Ledger& ledger) noexcept {
  for (std::size_t track = tracks_; track-- > 0;) {  // the last one pushed comes first
    const std::size_t before = beds_.count();
    last_ = charge_error_.on(lots_.charge(fed_ * tracks_ + track, fed_));
    beds_.push(last_);
    if (precalciner_) precalcine(last_);
    last_powder_kg_ =
        precalciner_ ? beds_.solid_kg(0) / static_cast<double>(beds_.layers()) : last_.mix_kg;
    std::memmove(position_m_.data() + 1, position_m_.data(), before * sizeof(double));
    std::memmove(number_.data() + 1, number_.data(), before * sizeof(std::uint64_t));
    const std::size_t each = own_rows() * beds_.layers();
    std::memmove(carried_.data() + each, carried_.data(), before * each * sizeof(std::uint32_t));
    position_m_[0] = at_m;
    number_[0] = fed_;
    put_into_saggars(0);
    ledger.feed_J += per_bed_ * beds_.enthalpy_J(0);
    ledger.fed += per_bed_ * beds_.content(0);
  }
  ++lot_steps_.of(fed_).columns_in;
  ++fed_;
}

/// What the tube makes of the newest column; the same for all columns of one mix.
void Load::precalcine(const Charge& charge) noexcept {
  if (charge.moisture_fraction != through_.moisture_fraction ||
      charge.li_per_m != through_.li_per_m) {
    PrecalcinerHeat unused;
    begun_ = precalciner_->fire(charge.moisture_fraction, charge.li_per_m, unused);
    through_ = charge;
  }
  beds_.begin_with(begun_);
}

/// The next saggars of the line take a bed.
void Load::put_into_saggars(std::size_t bed) noexcept {
  const std::size_t rows = own_rows();
  for (std::size_t l = 0; l < beds_.layers(); ++l) {
    double uptake = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      const std::uint32_t index = saggars_.take();
      carried_[(bed * beds_.layers() + l) * rows + r] = index;
      uptake += saggars_.uptake(index);
    }
    beds_.wall_uptake[l * beds_.stride() + bed] = uptake / static_cast<double>(rows);
  }
}

/// The saggars of one layer go back to the line, each with the lithium it took: of what the bed
/// lost in that layer, the share of its own uptake.
void Load::empty_saggars(std::size_t bed, std::size_t layer, SaggarReport& report) noexcept {
  const std::size_t rows = own_rows(), nodes = beds_.nodes();
  double here = 0, all = 0, uptake = 0;
  for (std::size_t n = 0; n < beds_.layers() * nodes; ++n) {
    const double lost = beds_.in_wall[n * beds_.stride() + bed];
    all += lost;
    if (n / nodes == layer) here += lost;
  }
  for (std::size_t r = 0; r < rows; ++r) uptake += saggars_.uptake(saggar_at(bed, layer, r));
  const double lost_mol =
      all > 0 ? per_bed_ * beds_.lithium_in_walls_mol(bed) * here / (all * uptake) : 0.0;
  LotOwn& own = lot_steps_.of(number_[bed]);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::uint32_t index = saggar_at(bed, layer, r);
    const SaggarRow& row = saggars_.rows()[index];
    report.carriers[r] = {row.serial, row.firings + 1};
    const Trip trip{static_cast<std::uint32_t>(report.lot),
                    static_cast<float>(report.hottest_degC)};
    const After after = saggars_.give_back(index, lost_mol * saggars_.uptake(index), trip);
    if (after == After::cracked) ++report.cracked;
    if (after == After::too_old) ++own.too_old;
  }
  report.carrier_count = static_cast<std::uint32_t>(rows);
  own.cracked += report.cracked;
}

/// Feeds what has become due in a step that moved the newest column by `moved_m`: each column one
/// pitch behind the one before it, also where that came free in the middle of the step. A column
/// after a gap starts a new row at the entry.
void Load::feed(double moved_m, Ledger& ledger) noexcept {
  const double entry_m = -0.5 * length_m_;
  while (beds_.count() + tracks_ <= beds_.capacity()) {
    const double due_m = beds_.count() == 0 ? 1e9 : position_m_[0] - layout_.pitch_m;
    if (due_m < entry_m) return;
    const bool in_this_step = due_m <= entry_m + moved_m + kRounding_m;
    feed_column(in_this_step ? due_m : entry_m, ledger);
  }
}

/// A column has come to the end of the heated part: what it carries out of it.
void Load::note_heat(std::size_t first, Ledger& ledger) noexcept {
  LotOwn& own = lot_steps_.of(number_[first]);
  for (std::size_t j = first; j < first + tracks_; ++j) {
    const double powder_J = per_bed_ * beds_.powder_J(j);
    const double saggar_J = per_bed_ * beds_.enthalpy_J(j) - powder_J;
    ledger.product_heat_J += powder_J;
    ledger.saggar_heat_J += saggar_J;
    own.product_J += powder_J;
    own.saggar_J += saggar_J;
  }
}

/// The oldest bed leaves; what it is goes into the reports.
void Load::take_out(Ledger& ledger) noexcept {
  const std::size_t j = beds_.count() - 1;
  ledger.solids_out_J += per_bed_ * beds_.enthalpy_J(j);
  ledger.product += per_bed_ * beds_.content(j);
  ledger.saggars_out += Matter{0, 0, 0, per_bed_ * beds_.lithium_in_walls_mol(j), 0};
  const double product_kg = per_bed_ * beds_.solid_kg(j);
  ledger.product_kg += product_kg;
  LotOwn& own = lot_steps_.of(number_[j]);
  own.product_kg += product_kg;
  if (j % tracks_ == 0) ++own.columns_out;  // its last row
  for (std::size_t l = 0; l < beds_.layers(); ++l) {
    SaggarReport report = report_of(beds_, j, l, quality_, specification_);
    report.column = number_[j];
    report.lot = lot_steps_.lot_of(report.column);
    report.row = static_cast<std::uint32_t>(j % tracks_);
    report.time_s = time_s_;
    empty_saggars(j, l, report);
    exits_.add(report);
  }
  beds_.pop();
}

void Load::move(double dt_s, const std::vector<double>& speed_m_per_s, bool feeding,
                Ledger& ledger) noexcept {
  static const std::vector<Held> kNone;
  move(dt_s, speed_m_per_s, kNone, feeding, ledger);
}

void Load::move(double dt_s, const std::vector<double>& speed_m_per_s,
                const std::vector<Held>& held, bool feeding, Ledger& ledger) noexcept {
  const double groups = static_cast<double>(speed_m_per_s.size());
  const double newest_m = beds_.count() > 0 ? position_m_[0] : 0.0;
  double ahead = 1e9;
  for (std::size_t last = beds_.count(); last > 0; last -= tracks_) {
    const std::size_t first = last - tracks_;
    const double s = position_m_[first];
    const double g = std::clamp(std::floor(s / end_m_ * groups), 0.0, groups - 1.0);
    double way_m = dt_s * speed_m_per_s[static_cast<std::size_t>(g)];
    for (const Held& h : held) {
      if (s >= h.from_m && s <= h.to_m) way_m *= 1.0 - h.share;
    }
    const double next = s + way_m;
    ahead = std::min(next, std::max(s, ahead - length_m_));  // they push, never overlap
    std::fill(position_m_.begin() + static_cast<std::ptrdiff_t>(first),
              position_m_.begin() + static_cast<std::ptrdiff_t>(last), ahead);
    if (s < layout_.heated_m() && ahead >= layout_.heated_m()) note_heat(first, ledger);
  }
  const double moved_m = beds_.count() > 0 ? position_m_[0] - newest_m : 0.0;
  while (beds_.count() > 0 && position_m_[beds_.count() - 1] > end_m_ + 0.5 * length_m_) {
    take_out(ledger);
  }
  if (feeding) feed(moved_m, ledger);
}

std::vector<double> Load::fill_positions() const {
  std::vector<double> list;
  for (double s = -0.5 * length_m_ + 0.5 * layout_.pitch_m; s < end_m_; s += layout_.pitch_m) {
    list.push_back(s);
  }
  return list;
}

void Load::fill(const Beds& profile, const std::vector<std::size_t>& column_at) {
  const std::vector<double> positions = fill_positions();
  const std::size_t n = std::min({positions.size(), column_at.size(), beds_.capacity() / tracks_});
  beds_.set_count(n * tracks_);
  for (std::size_t j = 0; j < n * tracks_; ++j) {
    const std::size_t column = j / tracks_, track = j % tracks_;
    beds_.copy_column(j, profile, column_at[column] * tracks_ + track);
    position_m_[j] = positions[column];
    number_[j] = n - 1 - column;
    put_into_saggars(j);
  }
  fed_ = n;
  last_ = lots_.charge(0, 0);
  last_powder_kg_ = precalciner_ && n > 0 ? beds_.solid_kg(0) / static_cast<double>(beds_.layers())
                                          : last_.mix_kg;
}

bool Load::present() const noexcept {
  return beds_.count() > 0 && position_m_[0] <= layout_.pitch_m;
}

double Load::enthalpy_J() const noexcept {
  double sum = 0;
  for (std::size_t j = 0; j < beds_.count(); ++j) sum += beds_.enthalpy_J(j);
  return sum * per_bed_;
}

Matter Load::content() const noexcept {
  Matter sum;
  for (std::size_t j = 0; j < beds_.count(); ++j) {
    sum += beds_.content(j);
    sum.lithium += beds_.lithium_in_walls_mol(j);
  }
  return per_bed_ * sum;
}

void Load::serialize(domain::Archive& archive) {
  beds_.serialize(archive);
  lots_.serialize(archive);
  exits_.serialize(archive);
  saggars_.serialize(archive);
  archive(number_, carried_, time_s_);
  archive(position_m_, zone_a_, zone_b_, weight_b_, cooled_);
  archive(top_r_, top_g_, base_r_, base_g_, wall_r_, wall_g_, fed_, last_, last_powder_kg_);
}

}  // namespace saggar::kiln
