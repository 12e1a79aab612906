// Transfer: hands MVs from one owner to another without a bump (SC-55, SC-57).
#pragma once

#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::control {

/// Bias balance: at a change of owner the difference between what the new owner asks and what the
/// field works with is stored as bias, added to every later ask and bled off at a fixed rate.
/// Thread: control. Real-time: no allocation after construction, O(MVs).
class Transfer {
 public:
  /// @param bleed_per_min bias removed per minute, in the MV's unit per MV, > 0
  Transfer(const domain::Plant& plant, std::vector<double> bleed_per_min);

  /// An owner as seen by one MV; two equal owners mean no hand-over.
  struct Owner {
    domain::Source source = domain::Source::none;
    domain::ControllerId controller = domain::kNoController;
    domain::Mode mode = domain::Mode::oos;
    domain::Level level = domain::Level::full;  ///< of the controller for this MV
    bool operator==(const Owner& other) const noexcept {
      return source == other.source && controller == other.controller && mode == other.mode &&
             level == other.level;
    }
  };

  /// Adds the bias to `ask.value` and returns the bump: |value after bias - working| when the owner
  /// changed in this call, else 0.
  /// @param working value in force at the field, finite
  /// @param dt_s since the last cycle, >= 0; 0 while the operator has the bias frozen (SC-57)
  double apply(domain::MvId mv, const Owner& owner, double working, double dt_s,
               domain::Ask& ask) noexcept;

  double bias(domain::MvId mv) const noexcept { return state_[mv].bias; }

  void serialize(domain::Archive& archive) {
    for (State& s : state_) {
      archive(s.owner.source, s.owner.controller, s.owner.mode, s.owner.level, s.bias);
    }
  }

 private:
  struct State {
    Owner owner;
    double bias = 0;
  };
  std::vector<double> bleed_per_min_;
  std::vector<State> state_;
};

}  // namespace saggar::control
