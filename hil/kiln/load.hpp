// Load: the saggar columns that move through the kiln, and how they see the chamber.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hil/kiln/beds.hpp"
#include "hil/kiln/charge_error.hpp"
#include "hil/kiln/layout.hpp"
#include "hil/kiln/ledger.hpp"
#include "hil/kiln/lot_accounts.hpp"
#include "hil/kiln/precalciner.hpp"
#include "hil/kiln/quality.hpp"
#include "hil/kiln/saggars.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

/// Seeded lots of mix: the charge of each saggar follows from its number and that of its column.
class Lots {
 public:
  Lots(const LotFigures& figures, double temperature_K, std::uint64_t seed);
  Charge charge(std::uint64_t saggar, std::uint64_t column) const noexcept;
  void serialize(domain::Archive& archive) { archive(mass_key_, moisture_key_, lithium_key_); }

 private:
  LotFigures f_;
  double temperature_K_;
  std::uint64_t mass_key_, moisture_key_, lithium_key_;
};

/// Columns in order, the newest first; positions are of their middle, 0 at the entry. A bed stands
/// for the mean of the rows side by side, or, with `numerics.every_saggar`, for one row of its own,
/// which sees the chamber by its place across the kiln: bed = column * tracks + row.
/// Thread: one. Nothing allocates after construction.
class Load {
 public:
  Load(const Layout& layout, const PlantParams& params, std::uint64_t seed);

  /// Fills `coupling` from the present surfaces, for an interval of which `around` is the start.
  void couple(const Surroundings& around, Coupling& coupling) noexcept;
  /// Advances the beds by `dt_s` with the mean surroundings of that time, as coupled; then gives
  /// the gas of this step to `coupling` as a rate over the next `dt_s`.
  void heat(double dt_s, const Surroundings& mean, Coupling& coupling, Ledger& ledger) noexcept;
  /// Moves all columns, takes out what has left, feeds what there is room for: one column per
  /// pitch, exactly, whatever the width of the steps.
  /// @param speed_m_per_s  per drive group
  void move(double dt_s, const std::vector<double>& speed_m_per_s, bool feeding,
            Ledger& ledger) noexcept;
  /// A stretch of the kiln where columns are slower by a share than their drive; 1: they stand.
  struct Held {
    double from_m = 0, to_m = 0, share = 0;
  };
  /// The same with columns held up in places: those behind close up, ahead a gap opens.
  void move(double dt_s, const std::vector<double>& speed_m_per_s, const std::vector<Held>& held,
            bool feeding, Ledger& ledger) noexcept;
  /// Share of the cooling behind the heated part that works; whoever sets it keeps it.
  void cool_with(double share) noexcept { cooling_ = share; }
  /// What is wrong with the columns fed from now on; whoever sets it keeps it over a snapshot.
  void feed_with(const ChargeError& error) noexcept { charge_error_ = error; }
  /// What each lot did since this was last restarted; whoever shares it out restarts it.
  const LotSteps& lot_steps() const noexcept { return lot_steps_; }
  void restart_lot_steps() noexcept { lot_steps_.restart(); }
  /// Fills the whole kiln at the pitch with columns from `make(position)`, which returns the column
  /// of `profile` to copy.
  void fill(const Beds& profile, const std::vector<std::size_t>& column_at);
  /// Positions that `fill` uses, from the newest on.
  std::vector<double> fill_positions() const;

  /// What has left, one report per saggar layer.
  const Exits& exits() const noexcept { return exits_; }
  /// Seconds since the start, for the reports.
  void set_time(double time_s) noexcept { time_s_ = time_s; }
  /// Every saggar in kiln and works.
  const Saggars& saggars() const noexcept { return saggars_; }
  /// Index into them of the one on `row` of a bed's own rows, in `layer`.
  std::uint32_t saggar_at(std::size_t bed, std::size_t layer, std::size_t row) const noexcept {
    return carried_[(bed * beds_.layers() + layer) * own_rows() + row];
  }
  const Beds& beds() const noexcept { return beds_; }
  Beds& beds() noexcept { return beds_; }
  const std::vector<double>& position_m() const noexcept { return position_m_; }
  std::uint64_t fed() const noexcept { return fed_; }
  const Charge& last_charge() const noexcept { return last_; }
  /// Powder in each saggar of the newest column as it was fed.
  double last_powder_kg() const noexcept { return last_powder_kg_; }
  /// The tube before the kiln, and what it made of the newest lot; none where there is none.
  const std::optional<Precalciner>& precalciner() const noexcept { return precalciner_; }
  /// A column stands in the entry.
  bool present() const noexcept;
  /// Beds of one column, and saggar rows that one bed stands for.
  std::size_t tracks() const noexcept { return tracks_; }
  double rows_per_bed() const noexcept { return per_bed_; }
  /// By how much the place of a bed across the kiln is colder than the mean, K.
  double colder_K(std::size_t bed) const noexcept;
  /// Of everything in the kiln: enthalpy, and substances, lithium in saggar walls included.
  double enthalpy_J() const noexcept;
  Matter content() const noexcept;
  void serialize(domain::Archive& archive);

 private:
  struct Place;  ///< of one column: two zones and their weights
  struct Pair;
  struct View;
  struct Sums;
  Place place(std::size_t column) const noexcept;
  Pair surface(double area_m2, double emissivity, double surface_K, double r_K,
               double resistance) const noexcept;
  void couple_layer(std::size_t column, std::size_t layer, const View& view, Sums& sums) noexcept;
  void blow(const Surroundings& mean) noexcept;
  void note_lots(double dt_s) noexcept;
  void collect_gas(double dt_s, Coupling& coupling, Ledger& ledger) noexcept;
  void couple_column(std::size_t j, const Surroundings& around, Coupling& coupling) noexcept;
  void feed(double moved_m, Ledger& ledger) noexcept;
  void feed_column(double at_m, Ledger& ledger) noexcept;
  void note_heat(std::size_t first, Ledger& ledger) noexcept;
  void take_out(Ledger& ledger) noexcept;
  /// Rows of saggars that one bed stands for.
  std::size_t own_rows() const noexcept { return layout_.rows / tracks_; }
  void put_into_saggars(std::size_t bed) noexcept;
  void precalcine(const Charge& charge) noexcept;
  void empty_saggars(std::size_t bed, std::size_t layer, SaggarReport& report) noexcept;

  Layout layout_;
  Beds beds_;
  Lots lots_;
  std::size_t tracks_;
  double per_bed_, lateral_K_;
  double length_m_, end_m_, side_m2_, emissivity_, bed_emissivity_, layer_view_, film_, view_m_;
  double cooling_K_, cooling_film_;
  bool has_lances_;
  material::QualityMap quality_;
  material::Specification specification_;
  Exits exits_;
  double time_s_ = 0;
  std::vector<double> position_m_;
  std::vector<std::uint64_t> number_;  ///< of the column, since the first fed
  Saggars saggars_;
  std::vector<std::uint32_t> carried_;  ///< saggars of each bed: layer by layer, rows side by side
  std::vector<std::uint32_t> zone_a_, zone_b_;
  std::vector<double> weight_b_, cooled_;
  // W/K to radiation and to gas, per layer and column: top, base, walls
  std::vector<double> top_r_, top_g_, base_r_, base_g_, wall_r_, wall_g_;
  std::vector<double> chamber_W_;  ///< of this step, from the chamber
  LotSteps lot_steps_;
  std::uint64_t fed_ = 0;
  Charge last_;
  double last_powder_kg_ = 0;
  std::optional<Precalciner> precalciner_;
  Charge through_;  ///< the mix that `begun_` is of
  Begun begun_;
  ChargeError charge_error_;
  double cooling_ = 1;
};

}  // namespace saggar::kiln
