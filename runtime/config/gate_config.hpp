// GateConfig: what people ask for before a controller is trusted with more (SC-82), as data.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"
#include "runtime/domain/trust.hpp"

namespace saggar::config {

template <>
struct Spelling<domain::Level> {
  static constexpr std::array<std::string_view, domain::kLevelCount> names = {
      "shadow", "advise", "confirm", "narrow", "full"};
};

/// Key figures that a journal holds; of each, less is better.
enum class KeyFigure : std::uint8_t { zone_error, power, clips };
inline constexpr std::size_t kKeyFigureCount = 3;

template <>
struct Spelling<KeyFigure> {
  static constexpr std::array<std::string_view, kKeyFigureCount> names = {"zone_error", "power",
                                                                          "clips"};
};

/// One step up. A table is the whole gate: what it does not name is not asked for.
struct GateConfig {
  static constexpr double kAny = std::numeric_limits<double>::infinity();

  domain::Level to = domain::Level::advise;
  double days = 0;
  std::uint32_t lots = 0;
  std::string lot_tag;
  double coverage = 0;
  double acceptance = 0;
  std::uint32_t proposals = 0;
  double override_share = 1;
  std::uint32_t moves = 0;
  double undo_s = 1800;
  double severe = kAny;
  double harm_s = kAny;
  double margin = kAny;
  double confidence = 0.95;
  double block_s = 86400;
  std::vector<KeyFigure> figures = {KeyFigure::zone_error, KeyFigure::power, KeyFigure::clips};

  template <class V>
  void visit(V& v) {
    v("to", to, {.doc = "Level that this gate leads to", .required = true});
    v("days", days,
      {.doc = "Days of evidence at the level before; with `lots` either is enough",
       .low = 0,
       .high = 3650});
    v("lots", lots, {.doc = "Lots that were completed in that time", .low = 0, .high = 100000});
    v("lot_tag", lot_tag,
      {.doc = "Tag of the kiln that holds the number of the lot; a lot is completed when it "
              "changes. Empty: lots are not known"});
    v("coverage", coverage,
      {.doc = "Least share of what was foretold that came inside the band of the monitors",
       .low = 0,
       .high = 1});
    v("acceptance", acceptance,
      {.doc = "Least share of the moves shown that were accepted as they were; to confirm only",
       .low = 0,
       .high = 1});
    v("proposals", proposals,
      {.doc = "Moves shown, at least; to confirm only", .low = 0, .high = 1e6});
    v("override_share", override_share,
      {.doc = "Largest share of the moves decided on that a person changed, refused or undid; to "
              "narrow only",
       .low = 0,
       .high = 1});
    v("moves", moves,
      {.doc = "Moves that a person decided on, at least; to narrow only", .low = 0, .high = 1e6});
    v("undo_s", undo_s,
      {.doc = "A move is undone when a person takes the outputs away within this time",
       .low = 1,
       .high = 86400});
    v("severe", severe,
      {.doc = "Severe events of the controller, at most; inf = not asked for",
       .low = 0,
       .may_be_infinite = true});
    v("harm_s", harm_s,
      {.doc = "Time beyond a limit of the zones, or with a trip standing, while it moved the "
              "outputs, at most; inf = not asked for",
       .low = 0,
       .may_be_infinite = true});
    v("margin", margin,
      {.doc = "By which share of the controller before it each key figure may be worse; inf = not "
              "asked for; to narrow or full only",
       .low = 0,
       .may_be_infinite = true});
    v("confidence", confidence,
      {.doc = "With which it is not worse by more than that, one-sided",
       .low = 0.5,
       .high = 0.999});
    v("block_s", block_s,
      {.doc = "Key figures are compared by means over this time: a day, a shift",
       .low = 60,
       .high = 604800});
    v("figures", figures,
      {.doc = "Which: zone_error, mean deviation of thermocouples from the recipe; power, of the "
              "heaters; clips, by the guard",
       .min_count = 1,
       .max_count = kKeyFigureCount});
  }
};

/// What SC-82 asks before this level; `margin` it leaves open, 5 % is ours. Of `shadow`: nothing.
GateConfig sc82_gate(domain::Level to);

/// One table per level, none to `shadow`; nothing that this step cannot measure.
/// @param path  of the table around them, such as trust[0]
void check_gates(const std::vector<GateConfig>& gates, const std::string& path, Checks& checks);

}  // namespace saggar::config
