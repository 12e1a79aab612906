// Saggars: every box of the works, one row each, through all its firings.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hil/kiln/wear_figures.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

/// One firing of one saggar.
struct Trip {
  std::uint32_t lot = 0;
  float hottest_degC = 0;  ///< of its powder
};

/// One saggar. A place in the table is taken over by a new one when the old one is broken or too
/// old.
struct SaggarRow {
  static constexpr std::size_t kTrips = 8;  ///< the last of them are kept

  std::uint32_t serial = 0;          ///< no two alike
  std::uint32_t firings = 0;         ///< behind it
  double lithium_mol = 0;            ///< taken up by its walls
  double hottest_degC = 0;           ///< ever
  std::array<Trip, kTrips> trips{};  ///< of firing i at i % kTrips; those before the start are 0

  const Trip& trip(std::uint32_t firing) const noexcept { return trips[firing % kTrips]; }
};

/// What became of a saggar after a firing.
enum class After : std::uint8_t { goes_on, cracked, too_old };

/// All saggars in kiln and works, on a loop: what has left the kiln goes to the end of the line,
/// and what is fed comes from its head. The first stock has seen 0 to `retire_firings` - 1 firings,
/// all equally often.
/// Thread: one. Nothing allocates after construction. Cost: per saggar that enters or leaves.
class Saggars {
 public:
  /// @param count       of kiln and works
  /// @param contact_m2  wall and base that powder touches, of one saggar
  Saggars(const WearFigures& figures, std::size_t count, double contact_m2, std::uint64_t seed);

  /// Takes the next one from the line. There must be one: the kiln holds fewer than there are.
  std::uint32_t take() noexcept;
  /// After its firing: what its walls took up and how hot its powder was. One that is cracked or
  /// too old is replaced by a new one, which goes to the line in its place.
  After give_back(std::uint32_t index, double lithium_mol, const Trip& trip) noexcept;
  /// Lithium that its walls take up in the coming firing over the mean of `layer_firings`.
  double uptake(std::uint32_t index) const noexcept { return uptake_after(rows_[index].firings); }
  double uptake_after(std::uint32_t firings) const noexcept;
  double layer_um(const SaggarRow& row) const noexcept {
    return row.lithium_mol / contact_m2_ * um_m2_per_mol_;
  }

  const std::vector<SaggarRow>& rows() const noexcept { return rows_; }
  std::size_t waiting() const noexcept { return waiting_; }
  std::uint32_t cracked() const noexcept { return cracked_; }  ///< since the start
  std::uint32_t too_old() const noexcept { return too_old_; }
  /// In the walls of all, and of those that were replaced since the start.
  double lithium_mol() const noexcept;
  double discarded_lithium_mol() const noexcept { return discarded_mol_; }
  void serialize(domain::Archive& archive) {
    archive(rows_, line_, head_, waiting_, next_serial_, cracked_, too_old_, discarded_mol_, key_);
  }

 private:
  double life_, retire_, crack_, old_crack_, reference_, power_, um_m2_per_mol_, contact_m2_;
  std::vector<SaggarRow> rows_;
  std::vector<std::uint32_t> line_;  ///< a ring
  std::uint64_t head_ = 0, waiting_ = 0;
  std::uint32_t next_serial_ = 1, cracked_ = 0, too_old_ = 0;
  double discarded_mol_ = 0;
  std::uint64_t key_;
};

}  // namespace saggar::kiln
