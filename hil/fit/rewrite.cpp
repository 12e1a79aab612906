#include "hil/fit/rewrite.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "hil/fit/adjustable.hpp"
#include "hil/fit/figures.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::fit {
namespace {

using Figures = std::map<std::string, config::Figure>;

/// To digits that are worth `finest`.
double rounded(double value, double finest) {
  if (!(finest > 0) || !std::isfinite(finest) || !std::isfinite(value)) return value;
  const double places = std::ceil(std::log10(std::max(1.0, std::abs(value) / finest)));
  char text[40];
  std::snprintf(text, sizeof text, "%.*e", std::min(static_cast<int>(places), 17), value);
  return std::strtod(text, nullptr);
}

std::string shortened(const std::string& text) {
  constexpr std::size_t kMost = 120;
  return text.size() <= kMost ? text : text.substr(0, kMost) + "...";
}

std::string before_text(const config::Figure& before) {
  return "; before: " + config::plain(before.value) +
         (before.source.empty() ? "" : ", " + shortened(before.source));
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return out + "\"";
}

std::string spelled(const config::Figure& figure) {
  return "{ value = " + config::toml_float(figure.value) +
         ", uncertainty = " + config::toml_float(figure.uncertainty) +
         ", source = " + in_quotes(figure.source) + ", grade = \"D\" }";
}

/// Where a value ends that begins at `at`: an inline table, a text or a bare word, in one line.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  const char opens = text[at];
  if (opens != '{' && opens != '"' && opens != '\'') {
    return std::min(text.find_first_of(" \t\r\n,}#", at), text.size());
  }
  int depth = 0;
  for (std::size_t i = at; i < text.size() && text[i] != '\n'; ++i) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      for (++i; i < text.size() && text[i] != c && text[i] != '\n'; ++i) {
        if (c == '"' && text[i] == '\\') ++i;
      }
    }
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (depth == 0) return i + 1;
  }
  return std::string_view::npos;
}

/// Offset of a place in the text; columns count characters.
std::size_t offset_of(std::string_view text, config::Position at) {
  std::size_t from = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (int line = 1; line < at.line; ++line) from = text.find('\n', from) + 1;
  for (int column = 1; column < at.column; ++column) {
    ++from;
    while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) ++from;
  }
  return from;
}

domain::Result<std::string> replaced(std::string_view text, const config::Source& source,
                                     const std::map<std::string, std::string>& values) {
  std::map<std::size_t, std::pair<std::size_t, std::string>, std::greater<>> edits;
  for (const auto& [key, value] : values) {
    const config::Position at = source.of(key);
    const bool stands = source.positions.contains(key) && at.line > 0;
    const std::size_t from = stands ? offset_of(text, at) : text.size();
    const std::size_t to =
        from < text.size() && text[from] != '[' ? end_of_value(text, from) : std::string_view::npos;
    if (to == std::string_view::npos) {
      return domain::Error{source.file + ":" + std::to_string(at.line),
                           key + " cannot be replaced there; one line such as " +
                               key.substr(key.rfind('.') + 1) +
                               " = { value = 1.0, source = \"a book\" } would be right"};
    }
    edits[from] = {to, value};
  }
  std::string out(text);
  for (const auto& [from, edit] : edits) out.replace(from, edit.first - from, edit.second);
  return out;
}

/// Comments before all else; what no comment may hold becomes a blank.
std::string remarked(const std::string& text, const std::vector<std::string>& remarks) {
  std::string head;
  for (const std::string& remark : remarks) {
    head += "# ";
    for (const char c : remark) {
      head += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
    }
    head += '\n';
  }
  const std::size_t from = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  return text.substr(0, from) + head + text.substr(from);
}

/// Replaces, and reads back what it wrote: it must be the old file with these figures.
template <class T>
domain::Result<std::string> rewrite(const std::string& name, std::string_view text,
                                    const Figures& figures, const std::string& material,
                                    const std::vector<std::string>& remarks) {
  T before{};
  config::Source source;
  source.file = name;
  config::Complaints complaints;
  config::load_into(text, before, source, complaints);
  if (!complaints.empty()) return complaints.error();
  std::map<std::string, std::string> values;
  for (const auto& [key, figure] : figures) {
    config::Figure* const here = find_figure(before, key);
    if (here == nullptr) return domain::Error{name, "has no figure " + key};
    *here = figure;
    values[key] = spelled(figure);
  }
  if constexpr (requires { before.material; }) {
    if (!material.empty()) {
      before.material = material;
      values["material"] = in_quotes(material);
    }
  }
  const auto made = replaced(text, source, values);
  if (!made) return made.error();
  std::string out = remarked(made.value(), remarks);
  const auto read = config::load_text<T>(name, out);
  if (!read) return domain::Error{name, "would not load any more: " + read.error().text()};
  if (config::save_text(read.value()) != config::save_text(before)) {
    return domain::Error{name, "cannot be rewritten without changing something else in it"};
  }
  return out;
}

}  // namespace

Figures fitted_figures(const kiln::PlantParams& before, const Outcome& outcome,
                       const std::string& series) {
  kiln::PlantParams from = before, to = outcome.plant;
  constexpr double kBelow = 1e-3, kDigits = 1e-2;
  Figures out;
  for (const Estimate& e : outcome.estimates) {
    const double half = 0.5 * (e.high95 - e.low95);
    config::Figure& figure = out[e.key];
    figure.value = rounded(e.value, kBelow * half);
    figure.uncertainty = rounded(half, kDigits * half);
    figure.source = "fitted to " + series +
                    (energy_beside(e.key).empty() ? "" : ", at the energy beside it") +
                    before_text(*find_figure(from, e.key));
    figure.grade = config::Grade::D;
  }
  for (const Estimate& e : outcome.estimates) {
    const std::string key = factor_beside(e.key);
    if (key.empty() || out.contains(key)) continue;
    const config::Figure& old = *find_figure(from, key);
    // Its uncertainty is that of the rate at the anchor, which did not move: the same share.
    const double value = find_figure(to, key)->value, share = value / old.value;
    out[key] = {rounded(value, 1e-6 * value),
                "moved with " + e.key + ", rate at the anchor held" + before_text(old),
                config::Grade::D,
                rounded(share * old.uncertainty, kDigits * share * old.uncertainty)};
  }
  return out;
}

std::vector<std::string> remarks_of(const Outcome& outcome, const std::string& series) {
  std::string keys;
  for (const Estimate& e : outcome.estimates) keys += (keys.empty() ? "" : ", ") + e.key;
  std::vector<std::string> out = {"Fitted to " + series + ": " + keys + "."};
  for (const std::string& doubt : outcome.doubts) out.push_back("Doubt: " + doubt + ".");
  for (const std::string& line : outcome.unknown) out.push_back("Cannot tell: " + line + ".");
  if (outcome.doubts.empty()) out.emplace_back("No doubts.");
  if (outcome.unknown.empty()) {
    out.emplace_back("The data tell all of these figures; of any other they were not asked.");
  }
  return out;
}

domain::Result<std::string> rewrite_material(const std::string& name, std::string_view text,
                                             const Figures& figures,
                                             const std::vector<std::string>& remarks) {
  return rewrite<kiln::MaterialFigures>(name, text, figures, {}, remarks);
}

domain::Result<std::string> rewrite_plant(const std::string& name, std::string_view text,
                                          const Figures& figures, const std::string& material,
                                          const std::vector<std::string>& remarks) {
  return rewrite<kiln::PlantParams>(name, text, figures, material, remarks);
}

}  // namespace saggar::fit
