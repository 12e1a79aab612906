// View: a problem as bare pointers, all that the engine sees of it. No code, so that files compiled
// for different instruction sets share nothing but data.
#pragma once

#include <cstddef>
#include <cstdint>

namespace saggar::ocp {

/// Which rows of a matrix are not zero, for each block of four columns: rows[first[b] ..
/// first[b+1]).
struct Pattern {
  const std::uint16_t* rows;
  const std::uint32_t* first;
};

/// Sizes are padded to multiples of eight; arrays run over stages, one stage after the other.
struct View {
  std::size_t stages, nx, nu, ny;
  std::size_t matrix_stride_a, matrix_stride_b;  // 0: the same matrices at every stage
  Pattern in_a, in_b;
  const double *a, *b;                               // nx by nx, nx by nu, column-major
  const double *x0, *u_before, *w;                   // nx, nu, nx per stage
  const double *reference, *q;                       // nx per stage, of x_{k+1}
  const double *r, *s, *linear;                      // nu per stage
  const double *low, *high, *fall, *rise;            // nu per stage
  const double *band_low, *band_high, *rho1, *rho2;  // ny per stage, of x_{k+1}
};

/// A bound that is none.
inline constexpr double kNone = 1e30;

}  // namespace saggar::ocp
