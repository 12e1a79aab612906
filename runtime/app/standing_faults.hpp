// StandingFaults: MVs and controllers in fault, and what estimators have found wrong with the kiln,
// as troubles that name what clears them.
#pragma once

#include <string>
#include <vector>

#include "runtime/domain/record.hpp"
#include "runtime/record/layout.hpp"
#include "runtime/wire/digest.hpp"

namespace saggar::app {

/// Reads every record, for the figures of a fault are only in the cycle in which it began.
/// Thread: drain.
class StandingFaults {
 public:
  /// More MVs than this become one line: a kiln that loses a whole cabinet is one trouble.
  static constexpr std::size_t kOneByOne = 3;
  /// More findings at a time are not listed; they are in the journal.
  static constexpr std::size_t kMostFindings = 12;

  StandingFaults(const domain::Plant& plant, const record::Names& names);

  void add(const domain::Record& record);
  /// As of the newest record: the MVs, the controllers, the estimators, their findings in the order
  /// in which they began.
  std::vector<wire::DigestTrouble> troubles() const;

 private:
  struct Broken {
    std::size_t controller = 0;
    domain::Reason reason = domain::Reason::none;
  };

  wire::DigestTrouble of_mv(domain::MvId mv) const;
  wire::DigestTrouble of_many() const;
  wire::DigestTrouble of_controller(const Broken& broken) const;
  wire::DigestTrouble of_finding(const domain::Event& began) const;
  std::string cause(domain::MvId mv, bool korean) const;
  void note(const domain::Event& event);

  const domain::Plant& plant_;
  const record::Names& names_;
  std::vector<domain::Event> began_;  // per MV; the code says whether there is one
  std::vector<domain::MvId> mvs_;
  std::vector<Broken> controllers_;
  std::vector<domain::Event> findings_;  // as they began
};

}  // namespace saggar::app
