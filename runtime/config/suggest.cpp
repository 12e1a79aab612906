#include "runtime/config/suggest.hpp"

#include <array>
#include <utility>

#include "runtime/domain/tag.hpp"

namespace saggar::config {
namespace {

// Suffixes that a field may have, and those people write instead; longer before its own endings.
constexpr std::array<std::pair<std::string_view, std::string_view>, 48> kSuffixes = {{
    {"_percent_per_min", "%/min"},
    {"_percent_per_h", "%/h"},
    {"_percent_per_s", "%/s"},
    {"_Nm3_per_h", "Nm3/h"},
    {"_Nm3_per_min", "Nm3/min"},
    {"_m3_per_h", "m3/h"},
    {"_l_per_min", "l/min"},
    {"_K_per_min", "K/min"},
    {"_K_per_h", "K/h"},
    {"_K_per_s", "K/s"},
    {"_degC_per_min", "degC/min"},
    {"_degC_per_h", "degC/h"},
    {"_mm_per_s", "mm/s"},
    {"_mm_per_min", "mm/min"},
    {"_m_per_h", "m/h"},
    {"_m_per_s", "m/s"},
    {"_kg_per_h", "kg/h"},
    {"_kWh_per_kg", "kWh/kg"},
    {"_W_per_K", "W/K"},
    {"_kJ_per_K", "kJ/K"},
    {"_degC", "degC"},
    {"_degF", "degF"},
    {"_celsius", "degC"},
    {"_percent", "%"},
    {"_fraction", "fraction"},
    {"_cycles", "cycles"},
    {"_periods", "periods"},
    {"_per_s", "1/s"},
    {"_kPa", "kPa"},
    {"_mbar", "mbar"},
    {"_Pa", "Pa"},
    {"_days", "days"},
    {"_min", "min"},
    {"_kW", "kW"},
    {"_MB", "MB"},
    {"_GB", "GB"},
    {"_kg", "kg"},
    {"_mm", "mm"},
    {"_ms", "ms"},
    {"_us", "us"},
    {"_K", "K"},
    {"_C", "degC"},
    {"_A", "A"},
    {"_V", "V"},
    {"_W", "W"},
    {"_m", "m"},
    {"_s", "s"},
    {"_h", "h"},
}};

const std::pair<std::string_view, std::string_view>* suffix(std::string_view key) {
  for (const auto& row : kSuffixes) {
    if (key.size() > row.first.size() && key.ends_with(row.first)) return &row;
  }
  return nullptr;
}

}  // namespace

std::string_view unit_of_key(std::string_view key) {
  const auto* row = suffix(key);
  return row == nullptr ? std::string_view() : row->second;
}

std::string_view stem_of_key(std::string_view key) {
  const auto* row = suffix(key);
  return row == nullptr ? key : key.substr(0, key.size() - row->first.size());
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  // Among very short words everything is near everything.
  if (word.size() < 3) return {};
  const std::string nearest = domain::nearest_word(word, candidates);
  return nearest.empty() ? std::string() : "; did you mean '" + nearest + "'?";
}

std::string listed(const std::vector<std::string>& words) {
  constexpr std::size_t kMost = 12;
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < kMost; ++i) {
    text += (i == 0 ? "" : ", ") + words[i];
  }
  if (words.size() > kMost) text += ", and " + std::to_string(words.size() - kMost) + " more";
  return text;
}

std::string unknown_key_text(std::string_view key, const std::vector<std::string>& known) {
  const std::string found = "unknown key '" + std::string(key) + "'";
  for (const std::string& candidate : known) {
    const std::string_view unit = unit_of_key(candidate);
    if (unit.empty() || stem_of_key(candidate) != stem_of_key(key)) continue;
    const std::string_view written = unit_of_key(key);
    return found +
           (written.empty() ? std::string(": it lacks its unit")
                            : ": wrong unit " + std::string(written)) +
           "; write '" + candidate + "', the figure in " + std::string(unit);
  }
  const std::string nearest = did_you_mean(key, known);
  if (!nearest.empty()) return found + nearest;
  return found + "; known here: " + listed(known);
}

}  // namespace saggar::config
