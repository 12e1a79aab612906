// Mapping: what the abstract names of scenarios are called on one bench (HI-08, AC-15).
#pragma once

#include <string>
#include <vector>

#include "hil/scenario/scenario.hpp"

namespace saggar::scenario {

/// One abstract name. Scenarios write it with an @ before it.
struct MappedName {
  std::string name, place;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Abstract name, without the @", .required = true});
    v("place", place,
      {.doc = "What it is here: a loop (zone16.top), tag, damper, group or analyser",
       .required = true});
  }
};

/// A file of `kind = "mapping"`.
struct Mapping {
  static constexpr std::string_view kKind = "mapping";

  std::string name, description;
  std::vector<MappedName> names;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Bench it is for", .required = true});
    v("description", description, {.doc = "What is special about it"});
    v("map", names, {.doc = "Abstract names and what they are here"});
  }
  void check(config::Checks& checks) const;
};

/// Puts what is here in place of every @name, at its beginning: `@soak.temperature` with a map of
/// `soak` to `zone16.top` is `zone16.top.temperature`. Errors: a name that the mapping does not
/// have, by the path of its field in the scenario; the scenario is as before then.
domain::Status resolve(const Mapping& mapping, Scenario& scenario);

/// True if any field of it wants a mapping.
bool has_abstract_names(const Scenario& scenario);

}  // namespace saggar::scenario
