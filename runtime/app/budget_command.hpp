// `saggar budget`: the timing budget of a configuration (SC-52): how long each failure stays
// unnoticed, until when the kiln is on its own, and how far a setpoint may jump then.
#pragma once

#include <string>
#include <vector>

#include "runtime/app/run_command.hpp"
#include "runtime/config/bundle.hpp"

namespace saggar::app {

struct BudgetOptions {
  ConfigFiles files;
  std::string journal;  ///< adds what was measured; empty = none
};

struct BudgetRow {
  std::string failure;
  std::string noticed_by;
  double detect_s = 0;  ///< from the failure until somebody acts on it, at worst
  double shed_s = 0;    ///< from the failure until no value of before it is applied any more
  std::string bump;     ///< largest step of a setpoint by what then happens
  double limit_s = 0;   ///< that a requirement sets to `shed_s`; 0 = none
  std::string requirement;
};

/// How long the heartbeat goes on without a finished cycle (SC-47); the watchdog of `run` uses it.
double heartbeat_patience_s(const config::SiteConfig& site);

std::vector<BudgetRow> budget_rows(const config::Bundle& bundle);

/// The table; rows over their limit say so.
std::string budget_text(const config::Bundle& bundle);

/// Prints it. @return exit code: 0, 1 a file cannot be read, 2 a row is over its limit
int budget(const BudgetOptions& options);

}  // namespace saggar::app
