// TrustConfig: how far a controller is trusted to begin with, and with which groups of MVs
// separately (SC-80..86).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/gate_config.hpp"
#include "runtime/config/visitor.hpp"
#include "runtime/domain/trust.hpp"

namespace saggar::config {

struct TrustGroupConfig {
  std::string name;
  std::vector<std::string> tags;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "As people call it; at most 47 bytes", .required = true});
    v("tags", tags,
      {.doc = "Written tags or patterns, such as zone1*.*.setpoint",
       .required = true,
       .min_count = 1,
       .max_count = 256});
  }
};

struct TrustConfig {
  std::string controller;
  domain::Level level = domain::Level::shadow;
  std::vector<TrustGroupConfig> groups;
  double narrow_share = 0.2;
  double least_move_share = 0.02;
  double card_s = 600;
  double second_person_s = 28800;
  std::uint32_t sheds = 2;
  double sheds_s = 86400;
  std::vector<GateConfig> gates;

  template <class V>
  void visit(V& v) {
    v("controller", controller, {.doc = "Name of the controller", .required = true});
    v("level", level,
      {.doc = "What it begins with. In a plant always shadow (SC-81); more only where frames pace "
              "the cycle, which only a simulated kiln does"});
    v("group", groups,
      {.doc = "MVs that it is trusted with separately, a canary zone for instance; those that no "
              "group names are the group `rest`",
       .max_count = domain::kMaxGroups - 1});
    v("narrow_share", narrow_share,
      {.doc = "At level narrow it keeps within this share of the trim limits about the recipe",
       .low = 0.01,
       .high = 1});
    v("least_move_share", least_move_share,
      {.doc = "A move of less than this share of the trim limits is not worth asking a person",
       .low = 0,
       .high = 1});
    v("card_s", card_s,
      {.doc = "A move that nobody answers expires (SC-84)", .low = 10, .high = 86400});
    v("second_person_s", second_person_s,
      {.doc = "More trust needs two people; the second within this (SC-82)",
       .low = 60,
       .high = 604800});
    v("sheds", sheds,
      {.doc = "Seats lost within sheds_s that cost a level (SC-83)", .low = 1, .high = 8});
    v("sheds_s", sheds_s, {.doc = "Time over which they are counted", .low = 60, .high = 604800});
    v("gate", gates,
      {.doc =
           "What is asked for before it is trusted with more, one table per step; a step without "
           "one: the figures of SC-82. `saggar gate` judges by them",
       .max_count = domain::kLevelCount - 1});
  }
};

/// What is asked for before this level: the table of the file, or SC-82.
GateConfig gate_of(const TrustConfig& trust, domain::Level to);

inline constexpr std::string_view kRestGroup = "rest";

struct ControlConfig;
/// Controllers that exist, each once; groups with names of their own.
void check_trust(const ControlConfig& control, Checks& checks);

}  // namespace saggar::config
