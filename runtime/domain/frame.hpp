// Frame, Estimate, Request, Command: what goes into one cycle and what comes out.
// Sized once from the Plant; copying between equals never allocates.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/reason.hpp"
#include "runtime/domain/sample.hpp"

namespace saggar::domain {

/// All input samples of one instant, indexed by TagId. Samples of write tags hold what the field
/// last acknowledged for them.
struct Frame {
  explicit Frame(std::size_t tag_count = 0) : samples(tag_count) {}

  std::uint64_t sequence = 0;  ///< rises by one per frame of the field; 0 = none received yet
  std::int64_t time_ns = 0;    ///< the field's own time
  std::int64_t received_ns =
      0;                     ///< monotonic receive time; never part of a decision in field pacing
  std::uint32_t missed = 0;  ///< frames lost between this and the one before
  /// The field's clock had jumped by so much before this frame; all times here are already moved.
  std::int64_t clock_jump_ns = 0;
  bool link_up = false;  ///< the io thread's view of the link when this was taken
  std::vector<Sample> samples;
};

/// What cannot be measured, one entry per virtual tag, with its standard deviation.
struct Estimate {
  explicit Estimate(std::size_t count = 0) : samples(count), sigma(count, 0.0) {}
  std::vector<Sample> samples;
  std::vector<double> sigma;  ///< one standard deviation, in the unit of the virtual tag
};

/// Who asks for a value.
enum class Source : std::uint8_t { none, controller, operator_, recipe, hold };

/// What is asked of one MV this cycle, after modes and ladder, before the guard.
struct Ask {
  double value = 0;                   ///< in the MV's unit
  Source source = Source::none;       ///< none = do not write
  std::uint64_t inputs_sequence = 0;  ///< frame the value is based on (G2)
  std::int64_t inputs_time_ns = 0;    ///< time of that frame
};

/// Request: one Ask per MV.
struct Request {
  explicit Request(std::size_t mv_count = 0) : asks(mv_count) {}
  std::vector<Ask> asks;
};

/// What the field is to do with one MV.
enum class Action : std::uint8_t {
  none,     // nothing new: keep the last value (also: suppressed write)
  write,    // use `value`
  release,  // go back to the local recipe SP
};

/// All outputs of one cycle.
struct Command {
  explicit Command(std::size_t mv_count = 0)
      : value(mv_count, 0.0), action(mv_count, Action::none) {}

  std::uint64_t cycle = 0;
  std::uint64_t frame_sequence = 0;  ///< the frame it answers
  std::int64_t time_ns = 0;          ///< cycle time, in the field's time
  std::int64_t valid_until_ns = 0;   ///< the field sheds after this
  std::uint32_t heartbeat = 0;       ///< advances only while cycles finish (SC-47)
  std::vector<double> value;         ///< per MV, the value in force (also when action is none)
  std::vector<Action> action;
};

/// The field's answer to one command.
struct Ack {
  explicit Ack(std::size_t mv_count = 0) : taken(mv_count, 0.0), refused(mv_count, Reason::none) {}
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;
  std::vector<double> taken;    ///< working value after the command, per MV
  std::vector<Reason> refused;  ///< none = accepted
};

}  // namespace saggar::domain
