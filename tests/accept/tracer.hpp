// Tracer: writes down what an event does to the rows and zones that it concerns.
#pragma once

#include "tests/accept/closed_loop_case.hpp"

namespace saggar::accept {

/// Thread: one.
class Tracer {
 public:
  static constexpr double kEvery_s = 300;

  /// Made at the onset of the event.
  Tracer(suite::InProcess& run, const Event& event);
  /// After every cycle.
  void look();
  const Trace& trace() const noexcept { return trace_; }

 private:
  struct Row {
    std::uint64_t column;
    std::string name;
  };
  void follow(const Row& row);
  void zone(std::size_t zone);
  void whole();
  void put(const std::string& title, const std::string& unit, double value);

  suite::InProcess& run_;
  const Event& event_;
  std::vector<Row> rows_;
  Trace trace_;
  std::size_t at_ = 0;  ///< which quantity is next
  double onset_s_, next_s_, off_spec_kg_ = 0;
  std::uint64_t exits_;
};

}  // namespace saggar::accept
