// Kernels: dense and patterned matrix arithmetic of the engine. Compiled once per instruction set.
//
// Matrices are column-major, columns 64-byte aligned: every leading dimension and row count is a
// multiple of eight, what lies beyond the real rows is zero. Columns come in blocks of four.
#pragma once

#include "controllers/mpc/ocp/lanes.hpp"
#include "controllers/mpc/ocp/view.hpp"

namespace saggar::ocp::SAGGAR_OCP_ISA {

using std::size_t;

/// A product C = X Y, or C -= X Y.
struct Product {
  double* c;
  size_t ldc;
  const double* x;  ///< rows by inner
  size_t ldx;
  const double* y;  ///< inner by cols; element (k, j) at y[k * y_row + j * y_col]
  size_t y_row, y_col;
  size_t rows, inner, cols;
};

/// Blocks of eight rows held in registers beside four columns.
#if defined(__AVX512F__)
inline constexpr size_t kTall = 4;
#else
inline constexpr size_t kTall = 1;
#endif

template <size_t R, bool kSubtract, bool kListed>
inline void tile(const Product& p, size_t row, size_t col, const std::uint16_t* list,
                 size_t count) noexcept {
  Lanes acc[R][4];
  for (size_t r = 0; r < R; ++r) {
    for (size_t j = 0; j < 4; ++j) {
      acc[r][j] = kSubtract ? load(p.c + row + 8 * r + (col + j) * p.ldc) : every(0.0);
    }
  }
  const double* y = p.y + col * p.y_col;
  for (size_t i = 0; i < count; ++i) {
    const size_t k = kListed ? list[i] : i;
    Lanes x[R];
    for (size_t r = 0; r < R; ++r) x[r] = load(p.x + row + 8 * r + k * p.ldx);
    for (size_t j = 0; j < 4; ++j) {
      const Lanes v = every(y[k * p.y_row + j * p.y_col]);
      for (size_t r = 0; r < R; ++r) {
        acc[r][j] = kSubtract ? fnma(x[r], v, acc[r][j]) : fma(x[r], v, acc[r][j]);
      }
    }
  }
  for (size_t r = 0; r < R; ++r) {
    for (size_t j = 0; j < 4; ++j) store(p.c + row + 8 * r + (col + j) * p.ldc, acc[r][j]);
  }
}

/// `kLower`: only row blocks from the diagonal down. `kUpper`: y is upper triangular. `pattern`: of
/// y; null: dense.
template <bool kSubtract, bool kLower, bool kUpper = false>
inline void multiply(const Product& p, const Pattern* pattern) noexcept {
  for (size_t col = 0; col < p.cols; col += 4) {
    const std::uint16_t* list = nullptr;
    size_t count = kUpper ? col + 4 : p.inner;
    if (pattern != nullptr) {
      const std::uint32_t begin = pattern->first[col / 4];
      list = pattern->rows + begin;
      count = pattern->first[col / 4 + 1] - begin;
    }
    const auto go = [&]<size_t R>(size_t row) {
      if (list != nullptr) {
        tile<R, kSubtract, true>(p, row, col, list, count);
      } else {
        tile<R, kSubtract, false>(p, row, col, list, count);
      }
    };
    size_t row = kLower ? col / 8 * 8 : 0;
    if constexpr (kTall == 4) {
      for (; row + 32 <= p.rows; row += 32) go.template operator()<4>(row);
      if (row + 24 == p.rows) {
        go.template operator()<3>(row);
        row += 24;
      }
      if (row + 16 <= p.rows) {
        go.template operator()<2>(row);
        row += 16;
      }
    }
    for (; row < p.rows; row += 8) go.template operator()<1>(row);
  }
}

/// One block of eight by eight.
inline void turn(double* dst, size_t ldd, const double* src, size_t lds) noexcept {
#if defined(__AVX512F__)
  __m512d c[8], t[8];
  for (int j = 0; j < 8; ++j) c[j] = _mm512_load_pd(src + static_cast<size_t>(j) * lds);
  for (int j = 0; j < 8; j += 2) {
    t[j] = _mm512_unpacklo_pd(c[j], c[j + 1]);
    t[j + 1] = _mm512_unpackhi_pd(c[j], c[j + 1]);
  }
  // t[0]: rows 0 2 4 6 of columns 0 1; t[1]: rows 1 3 5 7; t[2..3]: columns 2 3; and so on.
  __m512d h[8];
  for (int o = 0; o < 2; ++o) {                         // even rows, odd rows
    h[o] = _mm512_shuffle_f64x2(t[o], t[2 + o], 0x88);  // rows 0 4 (2 6 with 0xdd): columns 0-3
    h[2 + o] = _mm512_shuffle_f64x2(t[o], t[2 + o], 0xdd);
    h[4 + o] = _mm512_shuffle_f64x2(t[4 + o], t[6 + o], 0x88);
    h[6 + o] = _mm512_shuffle_f64x2(t[4 + o], t[6 + o], 0xdd);
  }
  for (int o = 0; o < 2; ++o) {
    const size_t r = static_cast<size_t>(o);
    _mm512_store_pd(dst + (0 + r) * ldd, _mm512_shuffle_f64x2(h[o], h[4 + o], 0x88));
    _mm512_store_pd(dst + (4 + r) * ldd, _mm512_shuffle_f64x2(h[o], h[4 + o], 0xdd));
    _mm512_store_pd(dst + (2 + r) * ldd, _mm512_shuffle_f64x2(h[2 + o], h[6 + o], 0x88));
    _mm512_store_pd(dst + (6 + r) * ldd, _mm512_shuffle_f64x2(h[2 + o], h[6 + o], 0xdd));
  }
#else
  for (size_t a = 0; a < 8; ++a) {
    for (size_t b = 0; b < 8; ++b) dst[b + a * ldd] = src[a + b * lds];
  }
#endif
}

/// dst = src transposed; `rows` and `cols` of src.
inline void transpose(double* dst, size_t ldd, const double* src, size_t lds, size_t rows,
                      size_t cols) noexcept {
  for (size_t i = 0; i < rows; i += 8) {
    for (size_t j = 0; j < cols; j += 8) turn(dst + j + i * ldd, ldd, src + i + j * lds, lds);
  }
}

/// Copies the part under the diagonal over the one above it.
inline void mirror(double* a, size_t ld, size_t n) noexcept {
  alignas(64) double block[64];
  for (size_t j = 0; j < n; j += 8) {
    turn(block, 8, a + j + j * ld, ld);
    for (size_t c = 1; c < 8; ++c) {
      for (size_t i = 0; i < c; ++i) a[j + i + (j + c) * ld] = block[i + 8 * c];
    }
    for (size_t i = j + 8; i < n; i += 8) turn(a + j + i * ld, ld, a + i + j * ld, ld);
  }
}

/// Lower Cholesky factor in place, zero above; inverse of its diagonal apart. False: a pivot is
/// not positive.
inline bool cholesky(double* a, size_t ld, size_t n, double* inverse_diagonal) noexcept {
  for (size_t block = 0; block < n; block += 8) {
    if (block > 0) {  // everything the columns before take from these eight
      for (size_t i = block; i < n; i += 8) {
        Lanes acc[8];
        for (size_t j = 0; j < 8; ++j) acc[j] = load(a + i + (block + j) * ld);
        for (size_t k = 0; k < block; ++k) {
          const Lanes x = load(a + i + k * ld);
          for (size_t j = 0; j < 8; ++j) acc[j] = fnma(x, every(a[block + j + k * ld]), acc[j]);
        }
        for (size_t j = 0; j < 8; ++j) store(a + i + (block + j) * ld, acc[j]);
      }
    }
    for (size_t j = block; j < block + 8; ++j) {
      double* column = a + j * ld;
      const double pivot = column[j];
      if (!(pivot > 0.0)) return false;
      const double root = __builtin_sqrt(pivot), inverse = 1.0 / root;
      inverse_diagonal[j] = inverse;
      for (size_t i = block; i < n; i += 8) store(column + i, load(column + i) * every(inverse));
      for (size_t i = block; i < j; ++i) column[i] = 0.0;
      column[j] = root;
      for (size_t c = j + 1; c < block + 8; ++c) {
        const Lanes v = every(column[c]);
        double* other = a + c * ld;
        for (size_t i = block; i < n; i += 8) {
          store(other + i, fnma(load(column + i), v, load(other + i)));
        }
      }
    }
    for (size_t j = block; j < block + 8; ++j) {
      for (size_t i = 0; i < block; ++i) a[i + j * ld] = 0.0;
    }
  }
  return true;
}

/// U = L^-T, upper triangular, zero below.
inline void invert(double* u, const double* l, size_t ld, size_t n,
                   const double* inverse_diagonal) noexcept {
  for (size_t row = 0; row < n; row += 8) {
    for (size_t j = 0; j < row; ++j) store(u + row + j * ld, every(0.0));
    for (size_t j = row; j < n; j += 2) {  // two columns at a time share what they read
      alignas(64) double first[8] = {}, second[8] = {};
      if (j < row + 8) first[j - row] = 1.0, second[j + 1 - row] = 1.0;
      Lanes a = load(first), b = load(second);
      for (size_t k = row; k < j; ++k) {
        const Lanes x = load(u + row + k * ld);
        a = fnma(x, every(l[j + k * ld]), a);
        b = fnma(x, every(l[j + 1 + k * ld]), b);
      }
      a = a * every(inverse_diagonal[j]);
      store(u + row + j * ld, a);
      b = fnma(a, every(l[j + 1 + j * ld]), b) * every(inverse_diagonal[j + 1]);
      store(u + row + (j + 1) * ld, b);
    }
  }
}

template <size_t R, bool kSubtract>
inline void gaxpy_rows(double* y, const double* a, size_t ld, size_t cols,
                       const double* x) noexcept {
  Lanes acc[R];
  for (size_t r = 0; r < R; ++r) acc[r] = load(y + 8 * r);
  for (size_t j = 0; j < cols; ++j) {
    const Lanes v = every(x[j]);
    for (size_t r = 0; r < R; ++r) {
      const Lanes column = load(a + 8 * r + j * ld);
      acc[r] = kSubtract ? fnma(column, v, acc[r]) : fma(column, v, acc[r]);
    }
  }
  for (size_t r = 0; r < R; ++r) store(y + 8 * r, acc[r]);
}

/// y += A x, or y -= A x.
template <bool kSubtract>
inline void gaxpy(double* y, const double* a, size_t ld, size_t rows, size_t cols,
                  const double* x) noexcept {
  size_t row = 0;
  for (; row + 64 <= rows; row += 64) gaxpy_rows<8, kSubtract>(y + row, a + row, ld, cols, x);
  for (; row + 32 <= rows; row += 32) gaxpy_rows<4, kSubtract>(y + row, a + row, ld, cols, x);
  for (; row + 16 <= rows; row += 16) gaxpy_rows<2, kSubtract>(y + row, a + row, ld, cols, x);
  for (; row < rows; row += 8) gaxpy_rows<1, kSubtract>(y + row, a + row, ld, cols, x);
}

/// y = A' x, or A' x + y0 where y0 is not null; y may be y0.
inline void dots(double* y, const double* a, size_t ld, size_t rows, size_t cols, const double* x,
                 const double* y0) noexcept {
  for (size_t j = 0; j < cols; j += 8) {
    Lanes acc[8];
    for (Lanes& v : acc) v = every(0.0);
    for (size_t i = 0; i < rows; i += 8) {
      const Lanes v = load(x + i);
      for (size_t c = 0; c < 8; ++c) acc[c] = fma(load(a + i + (j + c) * ld), v, acc[c]);
    }
    const Lanes total = sums(acc);
    store(y + j, y0 != nullptr ? total + load(y0 + j) : total);
  }
}

}  // namespace saggar::ocp::SAGGAR_OCP_ISA
