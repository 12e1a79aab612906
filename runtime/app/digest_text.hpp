// Sentences about a digest that `status` and `watch` share.
#pragma once

#include <string>
#include <vector>

#include "runtime/wire/digest.hpp"

namespace saggar::app {

/// Why there is no link, one line each, at most `most` of them; empty while it is up.
std::vector<std::string> link_lines(const wire::Digest& digest, bool korean, std::size_t most);

/// A name as a person must type it: in quotes where it has blanks.
std::string as_argument(const std::string& name);

/// The actual mode of a loop, with "!" where its MV is in fault.
std::string mode_text(const wire::DigestLoop& loop);
/// Behind a loop that is not in the mode it is meant for: which, and why not, or what clears its
/// fault; empty for one that is, and for one that waits for an application no controller can drive.
std::string loop_remark(const wire::DigestLoop& loop, const std::vector<wire::DigestDuty>& duties,
                        bool korean);

/// The reason of a duty's state, with the permissives that ended its application.
std::string reason_text(const wire::DigestDuty& duty, bool korean);

/// The ladder of a duty with the numbers and names that `climb` and `step-down` take, the driving
/// rung in brackets, and why a controller may not drive.
std::string ladder_text(const wire::DigestDuty& duty, bool korean);

/// What stands and what to do about it, one line each.
std::vector<std::string> trouble_lines(const wire::Digest& digest, bool korean);

/// What keeps a duty from switching on or its ladder from climbing: each missing permissive with
/// who can clear it (SC-76), then why a climb is blocked.
std::vector<std::string> duty_lines(const wire::DigestDuty& duty, bool korean);

/// One line per group that a controller of this duty is trusted with; a move that waits with the
/// commands that answer it.
std::vector<std::string> trust_lines(const wire::Digest& digest, domain::Duty duty, bool korean);

/// One per watched controller of a duty: shares of the thresholds, coverage, drift (LC-20..22).
std::vector<std::string> monitor_lines(const wire::Digest& digest, domain::Duty duty, bool korean);

/// How link, journal and log have fared, in two lines.
std::vector<std::string> health_lines(const wire::Digest& digest, bool korean);

}  // namespace saggar::app
