// Desk: where the people of a scenario sit when the runtime is another process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hil/suite/people.hpp"
#include "runtime/record/layout.hpp"
#include "runtime/wire/operator_link.hpp"

namespace saggar::suite {

/// Thread: one at a time. Problems are texts, empty when there is none.
class Desk {
 public:
  /// @param context, names  must outlive this
  static domain::Result<std::unique_ptr<Desk>> connect(wire::Context& context,
                                                       const std::string& endpoint,
                                                       const record::Names& names);

  /// Whether the runtime answers within so long.
  bool answers(double seconds);
  /// Sends requests, and makes sure that the runtime has them.
  /// @param in_cycles  each names the cycle it is for; else it counts when it comes
  std::string tell(const std::vector<domain::Intent>& intents, bool in_cycles);
  /// What the runtime shows, of this cycle or a later one; waits for it.
  std::string see(std::uint64_t cycle, Seen& seen);

 private:
  Desk(std::unique_ptr<wire::OperatorClient> link, const record::Names& names)
      : link_(std::move(link)), names_(names) {}
  wire::IntentByName by_name(const domain::Intent& intent) const;

  std::unique_ptr<wire::OperatorClient> link_;
  const record::Names& names_;
};

}  // namespace saggar::suite
