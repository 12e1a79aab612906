// What tests say of a set of checks: none of them a miss, and what each one found.
#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "hil/validate/check.hpp"

namespace saggar::validate {

inline void expect_no_miss(const Checks& checks) {
  EXPECT_FALSE(checks.all().empty());
  for (const Check& c : checks.all()) {
    EXPECT_NE(c.verdict, report::Verdict::miss)
        << c.id << " " << c.what << ": " << c.got << " for " << c.low << " to " << c.high;
    EXPECT_TRUE(std::isfinite(c.got)) << c.what;
    EXPECT_FALSE(c.origin.grade.empty() || c.origin.source.empty()) << c.what;
    EXPECT_TRUE(c.verdict != report::Verdict::misfit || c.why.size() > 20)
        << c.what << ": a misfit needs its reason";
  }
}

/// The first check with this id whose words contain `what`.
inline const Check& find(const Checks& checks, const std::string& id, const std::string& what) {
  for (const Check& c : checks.all()) {
    if (c.id == id && c.what.find(what) != std::string::npos) return c;
  }
  throw std::runtime_error("no check " + id + " '" + what + "'");
}

}  // namespace saggar::validate
