// DrillFaults: software faults of a story, as orders to drill controllers, and what became of them.
#pragma once

#include <string>
#include <vector>

#include "hil/scenario/scenario.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::suite {

/// A fault of the software happens when a drill controller (hil/drill) is told to misbehave: by an
/// intent, so that it is in the records like everything that people do. Thread: one.
class DrillFaults {
 public:
  explicit DrillFaults(const scenario::Scenario& story);

  struct Order {
    double time_s = 0;
    std::string controller, field;  ///< its name, and the field of the scenario that names it
    domain::Intent intent;          ///< without controller
  };
  /// At the onset of each fault, and at its end.
  const std::vector<Order>& orders() const noexcept { return orders_; }

  /// Such an order rather than a request of a person.
  static bool ordered(const domain::Intent& intent) noexcept;

  /// After every cycle: which orders were carried out.
  void add(const domain::Record& record);
  const std::vector<faults::Statement>& statements() const noexcept { return statements_; }

 private:
  std::vector<Order> orders_;
  std::vector<faults::Statement> statements_;
};

}  // namespace saggar::suite
