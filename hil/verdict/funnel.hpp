// Funnel: one trajectory against another, within a tube in time and in value (HI-46).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace saggar::verdict {

/// Half widths of the tube. The larger of the two in value counts, so that a signal near zero is
/// not held to nothing.
struct Tube {
  double time_s = 5;
  double absolute = 0.5;  ///< in the unit of the signal
  double relative = 0;    ///< of the size of the reference
};

/// The tube, a value per sample; NaN where the reference has none within the time.
struct Envelope {
  std::vector<double> lower, upper;
};

/// Lower and upper edge as rectangles around every sample of the reference: as far in time as the
/// tube says, and at least to the next sample whenever that is more than 0, because what happened
/// between two samples may have happened anywhere between them.
/// @param step_s  between samples, > 0 @return empty for a step that is not
Envelope envelope(std::span<const double> reference, double step_s, const Tube& tube);

struct Departure {
  std::size_t judged = 0;  ///< samples in the time of both
  std::size_t out = 0;     ///< of them, outside of the tube, or a gap on one side only
  std::size_t gaps = 0;    ///< of those, the gaps
  double first_s = 0;      ///< of the first that is out; NaN: none
  double worst = 0;        ///< by how much it leaves the tube at most, in the unit of the signal
  double worst_s = 0;      ///< when; NaN: none
  std::size_t longer = 0;  ///< samples that only the trace or only the reference has

  double share() const noexcept;
  /// Inside from end to end, and equally long.
  bool held() const noexcept { return out == 0 && longer == 0; }
};

/// Both with samples at 0, step_s, 2 step_s...; NaN is a gap, and right where the reference has a
/// gap within the time.
Departure departure(std::span<const double> trace, std::span<const double> reference, double step_s,
                    const Tube& tube);

}  // namespace saggar::verdict
