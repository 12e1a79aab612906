// Traces as CSV (RFC 4180), for spreadsheets and scripts.
#pragma once

#include <string>

#include "hil/suite/result.hpp"

namespace saggar::evidence {

/// A column for the time, "time_s", and one per series, "zone03.top.pv [degC]"; a row per sample of
/// the longest one. Numbers in full; empty cells for gaps. Lines end with CR LF.
std::string csv(const suite::CaseTrace& trace);

}  // namespace saggar::evidence
