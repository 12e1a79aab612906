// Units: symbols, and strong types whose every conversion is checked against a hand calculation.
#include <saggar/plugin/units.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string_view>
#include <type_traits>

namespace saggar::units {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(UnitSymbol, IsTheInverseOfParsing) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < kUnitSymbols.size(); ++i) {
    const auto unit = static_cast<Unit>(i);
    EXPECT_TRUE(seen.insert(symbol(unit)).second) << symbol(unit);
    EXPECT_EQ(parse_unit(symbol(unit)), unit);
  }
  EXPECT_EQ(static_cast<std::size_t>(Unit::mAh_per_g) + 1, kUnitSymbols.size());
}

// The symbols are in configurations, journals and plugins: they may not change.
TEST(UnitSymbol, IsSpelledAsConfigurationsSpellIt) {
  EXPECT_EQ(symbol(Unit::none), "1");
  EXPECT_EQ(symbol(Unit::degC), "degC");
  EXPECT_EQ(symbol(Unit::K_per_min), "K/min");
  EXPECT_EQ(symbol(Unit::percent), "%");
  EXPECT_EQ(symbol(Unit::Nm3_per_h), "Nm3/h");
  EXPECT_EQ(symbol(Unit::mm_per_s), "mm/s");
  EXPECT_EQ(symbol(Unit::boolean), "bool");
  EXPECT_EQ(symbol(Unit::kWh_per_kg), "kWh/kg");
  EXPECT_EQ(parse_unit("DEGC"), std::nullopt);
  EXPECT_EQ(parse_unit(""), std::nullopt);
}

// One double each, nothing hidden, usable in constant expressions and across threads.
TEST(StrongType, CostsNoMoreThanADouble) {
  static_assert(sizeof(Celsius) == sizeof(double) && sizeof(KelvinDelta) == sizeof(double));
  static_assert(std::is_trivially_copyable_v<Celsius> && std::is_trivially_copyable_v<Watt>);
  static_assert(Celsius::from_degC(800) - Celsius::from_degC(790) == KelvinDelta::from_K(10));
  static_assert(noexcept(Celsius() + KelvinDelta()));
  EXPECT_EQ(Celsius().degC(), 0);
  EXPECT_EQ(Pascal().Pa(), 0);
}

TEST(Celsius, IsAPoint) {
  const Celsius sp = Celsius::from_degC(812.5);
  const Celsius pv = Celsius::from_degC(810);
  EXPECT_EQ((sp - pv).K(), 2.5);
  EXPECT_EQ((pv + KelvinDelta::from_K(2.5)), sp);
  EXPECT_EQ((KelvinDelta::from_K(2.5) + pv), sp);
  EXPECT_EQ((sp - KelvinDelta::from_K(12.5)).degC(), 800);
  Celsius t = pv;
  t += KelvinDelta::from_K(5);
  t -= KelvinDelta::from_K(1);
  EXPECT_EQ(t.degC(), 814);
  EXPECT_EQ(t.value(), 814);
}

TEST(Celsius, HasAnAbsoluteTemperature) {
  EXPECT_DOUBLE_EQ(Celsius::from_degC(0).kelvin(), 273.15);
  EXPECT_DOUBLE_EQ(Celsius::from_degC(776.85).kelvin(), 1050.0);
  EXPECT_DOUBLE_EQ(Celsius::from_kelvin(1050.0).degC(), 776.85);
}

TEST(Celsius, IsOrdered) {
  const Celsius low(100), high(200);
  EXPECT_TRUE(low < high && low <= high && high > low && high >= low && low != high);
  EXPECT_FALSE(low > high || low >= high || low == high);
  EXPECT_TRUE(low == Celsius(100) && low <= low && low >= low);
}

TEST(KelvinDelta, AddsScalesAndDivides) {
  KelvinDelta d = KelvinDelta::from_K(6);
  EXPECT_EQ((d + d).K(), 12);
  EXPECT_EQ((d - KelvinDelta(1)).K(), 5);
  EXPECT_EQ((-d).K(), -6);
  EXPECT_EQ((d * 0.5).K(), 3);
  EXPECT_EQ((0.5 * d).K(), 3);
  EXPECT_EQ((d / 4).K(), 1.5);
  EXPECT_EQ(d / KelvinDelta(4), 1.5);
  d += KelvinDelta(4);
  d -= KelvinDelta(2);
  d *= 2;
  EXPECT_EQ(d.K(), 16);
  EXPECT_TRUE(KelvinDelta(-1) < KelvinDelta(1) && KelvinDelta(2) >= KelvinDelta(2));
  EXPECT_TRUE(KelvinDelta(3) > KelvinDelta(2) && KelvinDelta(2) <= KelvinDelta(2));
  EXPECT_TRUE(KelvinDelta(3) != KelvinDelta(2) && KelvinDelta(2) == KelvinDelta(2));
}

// 3 K/min for 10 min is 30 K; 30 K in 30 s is 60 K/min = 1 K/s.
TEST(KelvinPerMinute, IsADifferenceOverTime) {
  const KelvinPerMinute ramp = KelvinPerMinute::from_K_per_min(3);
  EXPECT_DOUBLE_EQ((ramp * minutes(10)).K(), 30);
  EXPECT_DOUBLE_EQ((seconds(20) * ramp).K(), 1);
  const KelvinPerMinute fast = KelvinDelta(30) / seconds(30);
  EXPECT_DOUBLE_EQ(fast.K_per_min(), 60);
  EXPECT_DOUBLE_EQ(fast.K_per_s(), 1);
  EXPECT_DOUBLE_EQ(KelvinPerMinute::from_K_per_s(0.05).K_per_min(), 3);
}

TEST(Gas, FractionsAndPercent) {
  const MoleFraction air = MoleFraction::from_percent(20.9);
  EXPECT_DOUBLE_EQ(air.fraction(), 0.209);
  EXPECT_DOUBLE_EQ(air.percent(), 20.9);
  EXPECT_DOUBLE_EQ((air + MoleFraction::from_fraction(0.791)).fraction(), 1.0);
  EXPECT_DOUBLE_EQ(Percent::from_fraction(0.35).percent(), 35);
  EXPECT_DOUBLE_EQ(Percent::from_percent(35).fraction(), 0.35);
}

// One mole of an ideal gas is 22.41396954 l at 0 degC and 101325 Pa (CODATA 2018).
TEST(Gas, ANormalCubicMetreHasItsMoles) {
  const auto flow = NormalCubicMetrePerHour::from_Nm3_per_h(3600);
  EXPECT_NEAR(flow.mol_per_s(), 1.0 / 0.02241396954, 1e-4);
  EXPECT_EQ((flow / 2).Nm3_per_h(), 1800);
}

TEST(Mass, FlowsTimesTimeAreMasses) {
  const KgPerSecond flow = KgPerSecond::from_kg_per_h(7200);
  EXPECT_DOUBLE_EQ(flow.kg_per_s(), 2);
  EXPECT_DOUBLE_EQ(flow.kg_per_h(), 7200);
  EXPECT_DOUBLE_EQ((flow * minutes(1)).kg(), 120);
  EXPECT_DOUBLE_EQ((minutes(1) * flow).kg(), 120);
  EXPECT_DOUBLE_EQ((Kilogram::from_kg(120) / seconds(60)).kg_per_s(), 2);
}

// 0.5 mm/s = 1.8 m/h.
TEST(Speed, IsTheSameInEveryUnit) {
  const MetrePerSecond roller = MetrePerSecond::from_mm_per_s(0.5);
  EXPECT_DOUBLE_EQ(roller.m_per_h(), 1.8);
  EXPECT_DOUBLE_EQ(roller.m_per_s(), 0.0005);
  EXPECT_DOUBLE_EQ(MetrePerSecond::from_m_per_h(1.8).mm_per_s(), 0.5);
  EXPECT_DOUBLE_EQ(MetrePerSecond::from_m_per_s(2).value(), 2);
}

TEST(Power, AndPressure) {
  EXPECT_DOUBLE_EQ(Watt::from_kW(1.5).W(), 1500);
  EXPECT_DOUBLE_EQ(Watt::from_W(250).kW(), 0.25);
  EXPECT_DOUBLE_EQ((Pascal::from_Pa(-5) + Pascal::from_Pa(8)).Pa(), 3);
}

}  // namespace
}  // namespace saggar::units
