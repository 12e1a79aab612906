// StepIo: everything one step sees and gives, in arrays made once.
#pragma once

#include <saggar/plugin/abi.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/host/ports.hpp"
#include "runtime/domain/frame.hpp"
#include "runtime/domain/plant.hpp"

namespace saggar::host {

struct Instance;

/// One input port. An id beyond the tags of the kiln is a virtual tag, see domain::Plant::tag.
/// The caller fills `value` and `quality` (SAGGAR_GOOD, _UNCERTAIN, _BAD: the
/// numbers of domain::Quality) before each step, element k from tag `tags[k]`.
struct InputPort {
  std::string_view name;
  domain::Unit unit{};
  std::span<const domain::TagId> tags;
  std::span<double> value;
  std::span<std::uint32_t> quality;
};

/// One output port. The caller fills all but `value` before each step, element k for MV `mvs[k]`,
/// and reads `value` after it. `value` holds only NaN until the plugin writes it.
struct OutputPort {
  std::string_view name;
  domain::Unit unit{};
  std::span<const domain::MvId> mvs;
  std::span<const double> value;
  std::span<double> working, reference, low, high;
  std::span<std::uint32_t> limited;  ///< SAGGAR_LIMITED_ bits
  std::span<std::uint32_t> free;     ///< 1: this instance may move it
};

/// What the caller says about the step.
struct StepMoment {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;    ///< the field's time of the inputs
  std::int64_t budget_ns = 0;  ///< told to the plugin; measuring is the caller's
  bool driving = false;        ///< the last proposal of this instance went to the field
};

/// Belongs to the instance that made it (Active::make_io). Move-only. One thread at a time.
/// Nothing here allocates after construction.
class StepIo {
 public:
  StepIo(StepIo&&) noexcept = default;
  StepIo& operator=(StepIo&&) noexcept = default;

  std::span<const InputPort> inputs() const noexcept { return inputs_; }
  std::span<const OutputPort> outputs() const noexcept { return outputs_; }
  StepMoment moment;

  /// Fills all input ports. @param estimate of the virtual tags, or nullptr: they are bad
  void read(const domain::Frame& screened, const domain::Estimate* estimate) noexcept;

  /// What the plugin said in the last step, UTF-8; empty if nothing.
  std::string_view message() const noexcept;

 private:
  friend class Active;
  friend struct Instance;
  StepIo(const Instance* owner, const std::vector<ResolvedPort>& ports);

  /// Before a step: NaN into the outputs, defaults into what the plugin may say.
  void begin(double dt_s, bool first) noexcept;
  /// After a step: false if the plugin changed a count or a pointer, or wrote outside an array;
  /// everything is then as before.
  bool is_intact() noexcept;
  void repair() noexcept;
  /// Puts a text where the plugin's own would be.
  void say(const char* text) noexcept;

  static constexpr std::uint32_t kMessageBytes = 256;
  const Instance* owner_;
  std::vector<InputPort> inputs_;
  std::vector<OutputPort> outputs_;
  std::unique_ptr<double[]> numbers_;
  std::unique_ptr<std::uint32_t[]> words_;
  std::unique_ptr<char[]> message_;
  std::vector<saggar_input> raw_inputs_, true_inputs_;
  std::vector<saggar_output> raw_outputs_, true_outputs_;
  saggar_io raw_{};
};

}  // namespace saggar::host
