// A page with everything on it, of invented but plausible figures.
#pragma once

#include <cmath>
#include <limits>

#include "hil/report/page.hpp"

namespace saggar::report::test {

inline constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Zone, core and setpoint of a heat-up over 20 hours, with a moment in which nothing was measured.
inline LineChart bed_chart() {
  LineChart chart;
  chart.title = "Bed and zone temperature of saggar 17";
  chart.x = {"Time since entry", "h"};
  chart.y = {"Temperature", "degC"};
  chart.right = Axis{"Moisture", "kg"};
  Series zone{"Zone 7, roof", {}, {}}, core{"Core of the bed", {}, {}};
  Series moisture{"Free moisture", {}, {}, Side::right};
  Series measured{"Measured, trailing couple", {}, {}, Side::left, Mark::points};
  Band band{"Estimate, 95 %", {}, {}, {}, Side::left, 1};
  for (int minute = 0; minute <= 1200; minute += 4) {
    const double h = minute / 60.0;
    const double roof = 25 + 725 * std::min(1.0, h / 9) + 2 * std::sin(h * 9);
    const double lag = 320 * std::exp(-(h - 6) * (h - 6) / 9);
    const bool lost = h > 11 && h < 12;
    zone.x.push_back(h);
    zone.y.push_back(lost ? kNone : roof);
    core.x.push_back(h);
    core.y.push_back(std::max(25.0, roof - lag));
    moisture.x.push_back(h);
    moisture.y.push_back(0.42 / (1 + std::exp(2 * (h - 4.5))));
    if (minute % 60 == 0) {
      measured.x.push_back(h);
      measured.y.push_back(std::max(25.0, roof - lag) + 8 * std::sin(h * 37));
    }
    band.x.push_back(h);
    band.lo.push_back(std::max(25.0, roof - lag) - 5 - lag / 10);
    band.hi.push_back(std::max(25.0, roof - lag) + 5 + lag / 10);
  }
  Series setpoint{"Setpoint", {0, 3, 6, 9, 20}, {100, 300, 550, 750, 750}, Side::left, Mark::steps};
  setpoint.dashed = true;
  chart.series = {zone, core, setpoint, moisture, measured};
  chart.bands = {band};
  chart.lines = {{770, "sintering limit 770 degC"}, {9, "end of heat-up", Across::vertical}};
  chart.caption = "The core lags the roof by up to 320 K while the powder dries.";
  return chart;
}

/// Carbon dioxide over five decades.
inline LineChart log_chart() {
  LineChart chart;
  chart.title = "Carbon dioxide along the kiln";
  chart.x = {"Position", "m"};
  chart.y = {"Mole fraction", "", true};
  Series gas{"CO2, model", {}, {}}, air{"CO2 in dry air", {0, 40}, {4.2e-4, 4.2e-4}};
  for (int i = 0; i <= 40; ++i) {
    gas.x.push_back(i);
    gas.y.push_back(0.02 * std::exp(-0.25 * std::abs(i - 12.0)) + 1e-6);
  }
  air.dashed = true;
  chart.series = {gas, air};
  chart.height_px = 240;
  return chart;
}

/// 200 hours-like columns, 32 nodes of depth, the last ones without values.
inline HeatMap bed_map(std::size_t columns = 200, std::size_t rows = 32) {
  HeatMap map;
  map.title = "Bed temperature of saggar 17 through its life";
  map.x = {"Time since entry", "h"};
  map.y = {"Depth below the surface", "mm"};
  map.amount = {"Temperature", "degC"};
  map.y_down = true;
  const auto across = static_cast<double>(columns), down = static_cast<double>(rows);
  for (std::size_t c = 0; c < columns; ++c) {
    map.x_values.push_back(20 * (static_cast<double>(c) + 0.5) / across);
  }
  for (std::size_t r = 0; r < rows; ++r) {
    map.y_values.push_back(80 * (static_cast<double>(r) + 0.5) / down);
  }
  for (const double depth : map.y_values) {
    for (const double h : map.x_values) {
      const double roof = 25 + 725 * std::min(1.0, h / 9);
      const double lag = 320 * std::exp(-(h - 6) * (h - 6) / 9) * depth / 80;
      const bool unknown = h > 18 && depth > 60;
      map.values.push_back(unknown ? kNone : std::max(25.0, roof - lag));
    }
  }
  return map;
}

inline Histogram peak_histogram() {
  Histogram histogram;
  histogram.title = "Peak temperature of 240 saggars";
  histogram.x = {"Peak temperature", "degC"};
  for (int i = 0; i < 240; ++i) {
    // A bell by the sum of three unequal waves: no generator, the same on every machine.
    histogram.samples.push_back(752 + 2.1 * std::sin(i * 1.7) + 1.6 * std::sin(i * 0.61) +
                                1.1 * std::sin(i * 7.3));
  }
  histogram.limits = {{747, "lower limit"}, {757, "upper limit"}};
  return histogram;
}

inline StackedBars energy_bars() {
  StackedBars chart;
  chart.title = "Where the energy went";
  chart.x_title = "Lot";
  chart.y = {"Energy", "kWh/t"};
  chart.parts = {
      {"Product", {}}, {"Saggars", {}}, {"Walls", {}}, {"Exhaust", {}}, {"Heat of reaction", {}}};
  for (int i = 0; i < 14; ++i) {
    chart.bars.push_back("NCM811-2207-" + std::to_string(10 + i));
    chart.parts[0].values.push_back(310 + 12 * std::sin(i * 1.1));
    chart.parts[1].values.push_back(420 + 9 * std::sin(i * 2.3));
    chart.parts[2].values.push_back(260);
    chart.parts[3].values.push_back(540 + 40 * std::sin(i * 0.7));
    chart.parts[4].values.push_back(-60);
  }
  return chart;
}

inline Table check_table() {
  Table table;
  table.title = "Model against published figures";
  table.columns = {{"Quantity"},         {"Source"},       {"Expected", "degC", 1},
                   {"Model", "degC", 1}, {"Band", "K", 0}, {"Cells", "", 0, true}};
  table.rows = {
      {{"Core at 6 h", "plant A, 2019", 236.0, 231.4, 15, 12800}, Verdict::pass},
      {{"Peak of the core", "plant A, 2019", 748.5, 763.2, 10, 12800}, Verdict::miss},
      {{"Onset of lithiation", "other precursor", 420.0, 402.0, 5, 3200}, Verdict::misfit},
      {{"Roof <zone 7> & floor", "\u2013", kNone, 751.9, Cell(), 1234567}, Verdict::info},
      {{"Not judged", "\uAC00\uB9C8 3\uD638\uAE30", 25.0, 25.0, 1, 40}}};
  table.footnote = "Band: what the source allows for its own uncertainty.";
  return table;
}

inline Page sample_page() {
  Page page;
  page.title = "Sample of a report";
  page.subtitle = "All that a page can show";
  page.date = "2025-11-03";
  page.sections = {
      {"Findings",
       {Paragraph{"Two of three checks hold.\n\nThe third compares with another precursor."},
        check_table()}},
      {"Saggar 17", {bed_chart(), bed_map()}},
      {"Gas", {log_chart()}},
      {"Lots", {peak_histogram(), energy_bars()}}};
  return page;
}

}  // namespace saggar::report::test
