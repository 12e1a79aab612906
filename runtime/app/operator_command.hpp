// The commands of a person at a console: each sends one intent and prints its one answer (SC-08).
#pragma once

#include <string>

#include "runtime/wire/operator_link.hpp"

namespace saggar::app {

struct OperatorOptions {
  std::string endpoint = "tcp://127.0.0.1:7703";
  double timeout_s = 5;
  std::string who;      ///< empty: the login name
  std::string station;  ///< empty: the host name
  std::string reason;   ///< empty: "asked at the console"
  bool korean = false;
};

/// Fills in id, who, station and reason.
void sign(const OperatorOptions& options, wire::IntentByName& intent);

/// Sends the intent after filling in id, who, station and reason.
/// @return exit code: 0 done, 1 no answer, 2 refused
int ask(const OperatorOptions& options, wire::IntentByName intent);

/// Prints the state of the runtime once.
int status(const OperatorOptions& options);

/// The table `status` prints.
std::string status_text(const wire::Digest& digest, bool korean = false);

/// The one line of an answer.
std::string reply_text(const wire::IntentReply& reply, bool korean = false);

}  // namespace saggar::app
