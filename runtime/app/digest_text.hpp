// Sentences about a digest that `status` and `watch` share.
#pragma once

#include <string>
#include <vector>

#include "runtime/wire/digest.hpp"

namespace saggar::app {

/// Why there is no link, one line each, at most `most` of them; empty while it is up.
std::vector<std::string> link_lines(const wire::Digest& digest, bool korean, std::size_t most);

/// What stands and what to do about it, one line each.
std::vector<std::string> trouble_lines(const wire::Digest& digest, bool korean);

/// What keeps a duty from switching on or its ladder from climbing: each missing permissive with
/// who can clear it (SC-76), then why a climb is blocked.
std::vector<std::string> duty_lines(const wire::DigestDuty& duty, bool korean);

/// How link, journal and log have fared, in two lines.
std::vector<std::string> health_lines(const wire::Digest& digest, bool korean);

}  // namespace saggar::app
