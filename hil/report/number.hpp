// Numbers as text, the same in every locale.
#pragma once

#include <string>

namespace saggar::report {

struct NumberFormat {
  int digits = -1;        ///< after the point; -1: six significant ones, without trailing zeros
  bool grouping = false;  ///< a narrow space between thousands, from 10 000 on
};

/// For people. Very large and very small values are written 1.5e-7; never "-0". A value that is
/// not there (NaN) is an en dash, an infinite one the sign for it.
std::string format(double value, NumberFormat how = {});

/// Digits after the point that show `significant` digits of a value; -1 where that needs an
/// exponent, or for zero. @param value finite
int digits_for(double value, int significant);

/// For machines: the shortest text that reads back as the same double. @param value finite
std::string exact(double value);

/// With this many digits after the point of the mantissa: 1.50e-7. @param value finite
std::string scientific(double value, int digits);

}  // namespace saggar::report
