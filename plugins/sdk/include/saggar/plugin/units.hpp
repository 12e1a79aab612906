// Units: the symbols that cross every edge, and the strong types used inside.
// Header-only, C++17, depends on nothing: plugins, runtime and simulator share it.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace saggar::units {

/// The unit of a tag, port or parameter. The symbol (see `symbol`) is the spelling used in
/// configuration, wire messages, the plugin ABI, CSV headers and screens.
enum class Unit : std::uint8_t {
  none,        // pure number
  degC,        // temperature, a point on the scale
  K,           // temperature difference
  K_per_min,   // rate of change of a temperature
  percent,     // 0..100
  fraction,    // 0..1
  Pa,          // gauge pressure
  Nm3_per_h,   // gas flow at 0 degC and 101325 Pa
  mm_per_s,    // roller speed
  m_per_h,     // roller speed as plants write it
  kW,          // electrical or thermal power
  A,           // current
  V,           // voltage
  kg,          // mass
  kg_per_h,    // mass flow
  m,           // position
  s,           // time
  count,       // integer counter
  boolean,     // 0 or 1
  kWh_per_kg,  // specific energy
  h,           // time in hours, as laboratories and shifts count it
  nm,          // size of particles
  ppm,         // mass or mole fraction in millionths
  mAh_per_g,   // specific capacity of a cathode material
};

inline constexpr std::array<std::string_view, 24> kUnitSymbols = {
    "1", "degC", "K",    "K/min", "%", "fraction", "Pa",   "Nm3/h",  "mm/s", "m/h", "kW",  "A",
    "V", "kg",   "kg/h", "m",     "s", "count",    "bool", "kWh/kg", "h",    "nm",  "ppm", "mAh/g"};

/// The spelling of a unit, e.g. "degC". Never empty.
constexpr std::string_view symbol(Unit unit) noexcept {
  return kUnitSymbols[static_cast<std::size_t>(unit)];
}

/// The unit with this exact spelling, or nothing.
constexpr std::optional<Unit> parse_unit(std::string_view text) noexcept {
  for (std::size_t i = 0; i < kUnitSymbols.size(); ++i) {
    if (kUnitSymbols[i] == text) return static_cast<Unit>(i);
  }
  return std::nullopt;
}

// ---- strong types
// -------------------------------------------------------------------------------- One double each.
// Made and read only by name, so that the unit stands at every edge:
//   const Celsius sp = Celsius::from_degC(812.5);
//   const KelvinDelta error = sp - pv;          // point - point = difference
//   const Celsius next = sp + error * 0.5;      // point + difference = point
// What has no meaning does not compile: point + point, a difference from a bare number, a pressure
// from a temperature (tests/refuse/units.cases). Time is std::chrono; Seconds takes any duration.

/// Time with fractions, for rates and flows.
using Seconds = std::chrono::duration<double>;

/// Arithmetic of a quantity with a zero: sums, scaling, ratio and order, all within one type.
template <class Self>
class Quantity {
 public:
  /// The number in the type's own unit, the one that its `from_` function without prefix takes.
  constexpr double value() const noexcept { return value_; }

  friend constexpr Self operator+(Self a, Self b) noexcept { return Self(a.value() + b.value()); }
  friend constexpr Self operator-(Self a, Self b) noexcept { return Self(a.value() - b.value()); }
  friend constexpr Self operator-(Self a) noexcept { return Self(-a.value()); }
  friend constexpr Self operator*(Self a, double k) noexcept { return Self(a.value() * k); }
  friend constexpr Self operator*(double k, Self a) noexcept { return Self(k * a.value()); }
  friend constexpr Self operator/(Self a, double k) noexcept { return Self(a.value() / k); }
  /// A ratio of like things is a pure number.
  friend constexpr double operator/(Self a, Self b) noexcept { return a.value() / b.value(); }
  friend constexpr Self& operator+=(Self& a, Self b) noexcept { return a = a + b; }
  friend constexpr Self& operator-=(Self& a, Self b) noexcept { return a = a - b; }
  friend constexpr Self& operator*=(Self& a, double k) noexcept { return a = a * k; }
  friend constexpr bool operator==(Self a, Self b) noexcept { return a.value() == b.value(); }
  friend constexpr bool operator!=(Self a, Self b) noexcept { return a.value() != b.value(); }
  friend constexpr bool operator<(Self a, Self b) noexcept { return a.value() < b.value(); }
  friend constexpr bool operator>(Self a, Self b) noexcept { return a.value() > b.value(); }
  friend constexpr bool operator<=(Self a, Self b) noexcept { return a.value() <= b.value(); }
  friend constexpr bool operator>=(Self a, Self b) noexcept { return a.value() >= b.value(); }

 protected:
  constexpr Quantity() noexcept = default;
  explicit constexpr Quantity(double value) noexcept : value_(value) {}

 private:
  double value_ = 0;
};

/// Temperature difference, K.
class KelvinDelta : public Quantity<KelvinDelta> {
 public:
  constexpr KelvinDelta() noexcept = default;
  explicit constexpr KelvinDelta(double K) noexcept : Quantity(K) {}
  static constexpr KelvinDelta from_K(double K) noexcept { return KelvinDelta(K); }
  constexpr double K() const noexcept { return value(); }
};

/// Temperature, a point on the scale, degC. Has no zero: only differences add.
class Celsius {
 public:
  static constexpr double kZero_K = 273.15;

  constexpr Celsius() noexcept = default;
  explicit constexpr Celsius(double degC) noexcept : degC_(degC) {}
  static constexpr Celsius from_degC(double degC) noexcept { return Celsius(degC); }
  static constexpr Celsius from_kelvin(double K) noexcept { return Celsius(K - kZero_K); }
  constexpr double value() const noexcept { return degC_; }
  constexpr double degC() const noexcept { return degC_; }
  /// Absolute temperature, for rate laws and radiation.
  constexpr double kelvin() const noexcept { return degC_ + kZero_K; }

  friend constexpr KelvinDelta operator-(Celsius a, Celsius b) noexcept {
    return KelvinDelta(a.degC_ - b.degC_);
  }
  friend constexpr Celsius operator+(Celsius a, KelvinDelta d) noexcept {
    return Celsius(a.degC_ + d.K());
  }
  friend constexpr Celsius operator+(KelvinDelta d, Celsius a) noexcept { return a + d; }
  friend constexpr Celsius operator-(Celsius a, KelvinDelta d) noexcept {
    return Celsius(a.degC_ - d.K());
  }
  friend constexpr Celsius& operator+=(Celsius& a, KelvinDelta d) noexcept { return a = a + d; }
  friend constexpr Celsius& operator-=(Celsius& a, KelvinDelta d) noexcept { return a = a - d; }
  friend constexpr bool operator==(Celsius a, Celsius b) noexcept { return a.degC_ == b.degC_; }
  friend constexpr bool operator!=(Celsius a, Celsius b) noexcept { return a.degC_ != b.degC_; }
  friend constexpr bool operator<(Celsius a, Celsius b) noexcept { return a.degC_ < b.degC_; }
  friend constexpr bool operator>(Celsius a, Celsius b) noexcept { return a.degC_ > b.degC_; }
  friend constexpr bool operator<=(Celsius a, Celsius b) noexcept { return a.degC_ <= b.degC_; }
  friend constexpr bool operator>=(Celsius a, Celsius b) noexcept { return a.degC_ >= b.degC_; }

 private:
  double degC_ = 0;
};

/// Rate of change of a temperature, K/min: the unit in which recipes and plants speak.
class KelvinPerMinute : public Quantity<KelvinPerMinute> {
 public:
  constexpr KelvinPerMinute() noexcept = default;
  explicit constexpr KelvinPerMinute(double K_per_min) noexcept : Quantity(K_per_min) {}
  static constexpr KelvinPerMinute from_K_per_min(double rate) noexcept {
    return KelvinPerMinute(rate);
  }
  static constexpr KelvinPerMinute from_K_per_s(double rate) noexcept {
    return KelvinPerMinute(rate * 60.0);
  }
  constexpr double K_per_min() const noexcept { return value(); }
  constexpr double K_per_s() const noexcept { return value() / 60.0; }
};
constexpr KelvinDelta operator*(KelvinPerMinute rate, Seconds time) noexcept {
  return KelvinDelta(rate.K_per_s() * time.count());
}
constexpr KelvinDelta operator*(Seconds time, KelvinPerMinute rate) noexcept { return rate * time; }
constexpr KelvinPerMinute operator/(KelvinDelta delta, Seconds time) noexcept {
  return KelvinPerMinute::from_K_per_s(delta.K() / time.count());
}

/// Gauge pressure, Pa.
class Pascal : public Quantity<Pascal> {
 public:
  constexpr Pascal() noexcept = default;
  explicit constexpr Pascal(double Pa) noexcept : Quantity(Pa) {}
  static constexpr Pascal from_Pa(double Pa) noexcept { return Pascal(Pa); }
  constexpr double Pa() const noexcept { return value(); }
};

/// Share of the molecules of a gas, 0..1. Not clamped: the sum of a mixture may need the excess.
class MoleFraction : public Quantity<MoleFraction> {
 public:
  constexpr MoleFraction() noexcept = default;
  explicit constexpr MoleFraction(double fraction) noexcept : Quantity(fraction) {}
  static constexpr MoleFraction from_fraction(double x) noexcept { return MoleFraction(x); }
  static constexpr MoleFraction from_percent(double p) noexcept { return MoleFraction(p / 100.0); }
  constexpr double fraction() const noexcept { return value(); }
  constexpr double percent() const noexcept { return value() * 100.0; }
};

/// Power output, valve and damper position: 0..100 of the device's full range.
class Percent : public Quantity<Percent> {
 public:
  constexpr Percent() noexcept = default;
  explicit constexpr Percent(double percent) noexcept : Quantity(percent) {}
  static constexpr Percent from_percent(double percent) noexcept { return Percent(percent); }
  static constexpr Percent from_fraction(double x) noexcept { return Percent(x * 100.0); }
  constexpr double percent() const noexcept { return value(); }
  constexpr double fraction() const noexcept { return value() / 100.0; }
};

/// Mass, kg.
class Kilogram : public Quantity<Kilogram> {
 public:
  constexpr Kilogram() noexcept = default;
  explicit constexpr Kilogram(double kg) noexcept : Quantity(kg) {}
  static constexpr Kilogram from_kg(double kg) noexcept { return Kilogram(kg); }
  constexpr double kg() const noexcept { return value(); }
};

/// Mass flow, kg/s.
class KgPerSecond : public Quantity<KgPerSecond> {
 public:
  constexpr KgPerSecond() noexcept = default;
  explicit constexpr KgPerSecond(double kg_per_s) noexcept : Quantity(kg_per_s) {}
  static constexpr KgPerSecond from_kg_per_s(double flow) noexcept { return KgPerSecond(flow); }
  static constexpr KgPerSecond from_kg_per_h(double flow) noexcept {
    return KgPerSecond(flow / 3600.0);
  }
  constexpr double kg_per_s() const noexcept { return value(); }
  constexpr double kg_per_h() const noexcept { return value() * 3600.0; }
};
constexpr Kilogram operator*(KgPerSecond flow, Seconds time) noexcept {
  return Kilogram(flow.kg_per_s() * time.count());
}
constexpr Kilogram operator*(Seconds time, KgPerSecond flow) noexcept { return flow * time; }
constexpr KgPerSecond operator/(Kilogram mass, Seconds time) noexcept {
  return KgPerSecond(mass.kg() / time.count());
}

/// Gas flow, m3/h at 0 degC and 101325 Pa.
class NormalCubicMetrePerHour : public Quantity<NormalCubicMetrePerHour> {
 public:
  /// Moles in one normal cubic metre: 101325 / (8.314462618 * 273.15).
  static constexpr double kMolPerNm3 = 44.61503;

  constexpr NormalCubicMetrePerHour() noexcept = default;
  explicit constexpr NormalCubicMetrePerHour(double Nm3_per_h) noexcept : Quantity(Nm3_per_h) {}
  static constexpr NormalCubicMetrePerHour from_Nm3_per_h(double flow) noexcept {
    return NormalCubicMetrePerHour(flow);
  }
  constexpr double Nm3_per_h() const noexcept { return value(); }
  constexpr double mol_per_s() const noexcept { return value() * kMolPerNm3 / 3600.0; }
};

/// Speed of rollers and saggars, m/s.
class MetrePerSecond : public Quantity<MetrePerSecond> {
 public:
  constexpr MetrePerSecond() noexcept = default;
  explicit constexpr MetrePerSecond(double m_per_s) noexcept : Quantity(m_per_s) {}
  static constexpr MetrePerSecond from_m_per_s(double speed) noexcept {
    return MetrePerSecond(speed);
  }
  static constexpr MetrePerSecond from_mm_per_s(double speed) noexcept {
    return MetrePerSecond(speed / 1000.0);
  }
  static constexpr MetrePerSecond from_m_per_h(double speed) noexcept {
    return MetrePerSecond(speed / 3600.0);
  }
  constexpr double m_per_s() const noexcept { return value(); }
  constexpr double mm_per_s() const noexcept { return value() * 1000.0; }
  constexpr double m_per_h() const noexcept { return value() * 3600.0; }
};

/// Power, W.
class Watt : public Quantity<Watt> {
 public:
  constexpr Watt() noexcept = default;
  explicit constexpr Watt(double W) noexcept : Quantity(W) {}
  static constexpr Watt from_W(double W) noexcept { return Watt(W); }
  static constexpr Watt from_kW(double kW) noexcept { return Watt(kW * 1000.0); }
  constexpr double W() const noexcept { return value(); }
  constexpr double kW() const noexcept { return value() / 1000.0; }
};

}  // namespace saggar::units
