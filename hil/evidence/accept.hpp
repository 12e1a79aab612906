// Accept: a baseline made of the results of a campaign, and the page on which its change is
// reviewed (HI-47).
#pragma once

#include <set>
#include <span>
#include <string>

#include "hil/evidence/say.hpp"
#include "hil/report/page.hpp"
#include "hil/suite/result.hpp"
#include "hil/verdict/difference.hpp"

namespace saggar::evidence {

/// Who accepts what, and why; and what the file keeps.
struct Acceptance {
  std::string suite, author, reason;
  std::string date;               ///< YYYY-MM-DD
  std::string build;              ///< which build made the results
  std::set<std::string> figures;  ///< to be kept; empty: all
  std::set<std::string> series;   ///< to be kept of the traces, may end in *
  double step_s = 0;              ///< of those, a multiple of that of the results; 0: the same
  bool failed_too = false;        ///< cases that ran and failed are kept like those that passed
};

/// Cases in the order of their ids; those that did not pass (but see `failed_too`) or only stand
/// beside are left out, and so are figures of the machine. `verdict::baseline_text` gives its file.
verdict::Baseline accept(const Acceptance& acceptance, std::span<const suite::CaseResult> results);

/// What changes from one baseline to the next: figures with old, new and difference, cases that
/// came or went, and the traces of both.
report::Page change_page(const verdict::Baseline& before, const verdict::Baseline& after,
                         Language language);

}  // namespace saggar::evidence
