// Coverage: what the cases of a release must reach between them (HI-29), as data.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "hil/suite/result.hpp"
#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::campaign {

/// A name that no case can reach, and why that is right.
struct Unreached {
  std::string kind, name, why, shown_by;

  template <class V>
  void visit(V& v) {
    v("kind", kind,
      {.doc = "reasons, events, gates, faults, modes, applications or requirements",
       .required = true});
    v("name", name, {.doc = "Its name", .required = true});
    v("why", why, {.doc = "Why no case on this bench can reach it", .required = true});
    v("shown_by", shown_by, {.doc = "What shows it instead, such as the name of a test"});
  }
};

/// A file of `kind = "coverage"`. Of reasons, events, gate outcomes and faults everything there is
/// is wanted, but for what is unreached; of transitions and requirements those that are listed, but
/// for the same.
struct Coverage {
  static constexpr std::string_view kKind = "coverage";

  std::string name, description;
  std::vector<std::string> modes, applications, requirements;
  std::vector<Unreached> unreached;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("description", description, {.doc = "What it is for"});
    v("modes", modes, {.doc = "Changes of the actual mode that must be seen, such as CAS>RCAS"});
    v("applications", applications,
      {.doc = "Transitions of applications that must be seen, such as OFF>PREPARE"});
    v("requirements", requirements,
      {.doc = "Requirements that a case must carry, and pass (HI-49), such as SC-55"});
    v("unreached", unreached, {.doc = "Names that no case can reach, and why"});
  }
  /// Every name must be one that there is, with a reason, once.
  void check(config::Checks& checks) const;
};

/// As evidence::Question wants it: names by kind.
std::map<std::string, std::set<std::string>> wanted(const Coverage& coverage);

/// Of `unreached`, those that these results reached all the same: "reasons late".
std::vector<std::string> stale(const Coverage& coverage,
                               std::span<const suite::CaseResult> results);

}  // namespace saggar::campaign
