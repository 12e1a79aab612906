// What a saggar column brought out of the kiln: quality of its powder, with the spread over the
// nodes of the bed, and whether it is in specification.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "hil/kiln/beds.hpp"
#include "hil/material/quality.hpp"

namespace saggar::kiln {

/// A saggar that carried what a report is about.
struct Carrier {
  std::uint32_t serial = 0;
  std::uint32_t firings = 0;  ///< this one included
};

/// One saggar, mean of the rows side by side.
struct SaggarReport {
  static constexpr std::size_t kMostRows = 16;  ///< as many as a kiln may have

  std::uint64_t column = 0;  ///< number since the first fed
  std::uint64_t lot = 0;
  std::uint32_t row = 0;    ///< across the kiln, where every saggar is simulated
  std::uint32_t layer = 0;  ///< 0 = top
  double time_s = 0;        ///< of leaving
  double product_kg = 0;
  material::Fired mean;
  material::Laboratory laboratory;
  double least_conversion = 0;                ///< of any node
  double mixing_spread = 0;                   ///< standard deviation over the nodes
  double size_spread_nm = 0;                  ///< the same
  double water_left = 0;                      ///< share of the water of drying that is still there
  double hottest_degC = 0;                    ///< highest peak of any node
  double coldest_peak_degC = 0;               ///< lowest peak of any node: the core
  double least_soaked_h = 0;                  ///< of any node, in the window of the specification
  std::array<Carrier, kMostRows> carriers{};  ///< the saggars themselves, row by row
  std::uint32_t carrier_count = 0;
  std::uint16_t cracked = 0;      ///< of them, found when they left
  material::Defects defects = 0;  ///< 0 = in specification
};

/// Reads one saggar of a column.
SaggarReport report_of(const Beds& beds, std::size_t column, std::size_t layer,
                       const material::QualityMap& map, const material::Specification& spec);

/// In plain words, such as "core not dry, conversion too low"; "in specification" for none.
std::string text_of(material::Defects defects);
std::string_view name(material::Defect defect) noexcept;

/// The last reports, oldest overwritten. Thread: one. Nothing allocates after construction.
class Exits {
 public:
  static constexpr std::size_t kKept = 1024;

  Exits() : ring_(kKept) {}
  void add(const SaggarReport& report) noexcept { ring_[count_++ % kKept] = report; }
  std::uint64_t count() const noexcept { return count_; }
  /// Report `i` of all since the start; only the last kKept are there.
  const SaggarReport& operator[](std::uint64_t i) const noexcept { return ring_[i % kKept]; }
  void serialize(domain::Archive& archive) { archive(ring_, count_); }

 private:
  std::vector<SaggarReport> ring_;
  std::uint64_t count_ = 0;
};

}  // namespace saggar::kiln
