// Layout: what the numbers of a record mean. Stored in the journal, so that a record can be read
// without the configuration it was made with.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::record {

/// The names an event text needs, by id.
struct Names {
  std::vector<std::string> tags;         ///< by TagId
  std::vector<std::string> estimates;    ///< virtual tags, by entry; none in old journals
  std::vector<std::string> mvs;          ///< by MvId: the name of the tag that is written
  std::vector<std::string> controllers;  ///< by ControllerId, then the estimators
  std::array<std::vector<std::string>, domain::kDutyCount>
      rungs;                        ///< ladder of each duty, best first
  std::vector<std::string> causes;  ///< of findings, by id: "twin: thermocouple drift"
  /// Groups of MVs that controllers are trusted with, in the order of Record::trust.
  std::vector<std::string> groups;
};

/// Shape and names of the records of one run.
struct Layout {
  Names names;
  std::vector<domain::Unit> units;           ///< per tag
  std::vector<domain::Unit> estimate_units;  ///< per named virtual tag
  std::vector<double> tag_resolution;        ///< per tag, 0 = continuous
  std::vector<domain::Duty> mv_duty;         ///< per MV
  std::vector<double> mv_resolution;         ///< per MV
  std::vector<domain::TagId> mv_tag;         ///< per MV, the tag that is written
  std::size_t virtual_tags = 0;              ///< entries of the estimate
  std::vector<std::size_t> proposal_sizes;   ///< per configured controller
  std::size_t estimators = 0;                ///< configured
  std::size_t trust_rows = 0;                ///< groups of all governed controllers
  std::size_t monitor_rows = 0;              ///< watched controllers
  std::size_t guard_actions = 0;             ///< capacity

  /// A record of this shape, ready to be decoded into.
  domain::Record make_record() const;
};

/// Layout of the records that look like `prototype`. `rungs` may be empty; event texts then say
/// numbers instead of names.
Layout make_layout(const domain::Plant& plant, const domain::Record& prototype,
                   std::vector<std::string> controllers,
                   std::array<std::vector<std::string>, domain::kDutyCount> rungs = {});

/// One line per tag, MV, controller and rung; exact for every double.
std::string to_text(const Layout& layout);
/// Error: line, what was found, what would be right.
domain::Result<Layout> parse_layout(std::string_view text);

}  // namespace saggar::record
