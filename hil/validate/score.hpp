// Score: the model beside a series that was measured.
#pragma once

#include <string>
#include <vector>

#include "hil/report/page.hpp"
#include "hil/validate/measured.hpp"
#include "hil/validate/subject.hpp"

namespace saggar::validate {

/// One column of one file. Errors are model less measured.
struct Score {
  std::string file, what, unit;
  std::vector<double> time_h, measured, model;
  double rms = 0, bias = 0;
  double largest = 0, largest_at_h = 0;  ///< with its sign
  double stated = 0;                     ///< standard error of a value as the file states it, or 0
  report::Verdict verdict = report::Verdict::info;  ///< pass, miss; info: no error is stated
  std::string words;                                ///< the verdict for people, and by how much
};

/// Largest rms, in standard errors, that random errors of `count` values have in 95 of 100 series.
double by_chance(std::size_t count) noexcept;

/// The plant with the powder that `data` names. Error: a material that is not there.
domain::Result<kiln::PlantParams> plant_for(const Measured& data, const Subject& subject,
                                            kiln::PlantParams plant);

/// Depth of the powder that the file fills into one saggar of the plant, in mm.
double bed_mm(const Measured& data, const kiln::PlantParams& plant);

/// What the model says, for each column at each time: thermogravimetry and diffraction of a small
/// sample of the plant's powder, or thermocouples in one of its saggars, in the furnace of the
/// file. NaN for a thermocouple below the bed.
std::vector<std::vector<double>> model_of(const Measured& data, const kiln::PlantParams& plant);

/// The model beside the columns of a file. Error: a thermocouple below the bed.
domain::Result<std::vector<Score>> score_of(const Measured& data, const kiln::PlantParams& plant);

report::Table table_of(const std::vector<Score>& scores);
/// Both curves of each score.
std::vector<report::Block> charts_of(const std::vector<Score>& scores);
/// For a terminal.
std::string text_of(const std::vector<Score>& scores);

}  // namespace saggar::validate
