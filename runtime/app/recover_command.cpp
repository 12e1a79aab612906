#include "runtime/app/recover_command.hpp"

#include <iostream>

#include "runtime/record/salvage.hpp"

namespace saggar::app {

int recover(const std::string& from, const std::string& to) {
  const auto part = record::salvage(from, to);
  if (!part) {
    std::cerr << "saggar: " << part.error().text() << '\n';
    return 1;
  }
  std::cout << part.value().records << " records, cycles " << part.value().first_cycle << " to "
            << part.value().last_cycle << ", are in " << to << '\n';
  return 0;
}

}  // namespace saggar::app
