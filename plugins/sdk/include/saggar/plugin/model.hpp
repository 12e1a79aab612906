// Model: a model of the kiln as a controller is given it, in C++: the contents of ext/model.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <saggar/plugin/ext/model.h>

namespace saggar::plugin {

/// How an output answers to an input. See SAGGAR_ANSWER_...
enum class Answer : std::uint32_t {
  none = SAGGAR_ANSWER_NONE,
  lag = SAGGAR_ANSWER_LAG,
  transient = SAGGAR_ANSWER_TRANSIENT,
  integrating = SAGGAR_ANSWER_INTEGRATING
};

/// One input or output: the mean of some tags, as a difference from its operating point.
struct ModelSignal {
  std::string name, unit;  ///< unit: symbol of units.hpp
  std::vector<std::string> tags;
  double operating_point = 0;  ///< in `unit`
  bool integrating = false;    ///< of an output: a held input makes it rise for ever
};

/// How one output answers to one input; errors are standard errors, >= 0.
struct ModelChannel {
  std::uint32_t output = 0, input = 0;  ///< indices from 0
  Answer answer = Answer::none;
  double gain = 0, gain_error = 0;                ///< output per input; integrating: and per second
  double dead_time_s = 0, dead_time_error_s = 0;  ///< besides the hold of one sample period
  double time_constant_s = 0, time_constant_error_s = 0;  ///< to 63 %, less the dead time
};

/// A value: owns all of it. Pairs without a channel do not answer.
struct Model {
  std::string name, sha256, kiln;  ///< sha256 of its file, 64 digits
  double period_s = 60;            ///< of its samples, which are means over it
  std::vector<ModelSignal> inputs, outputs;
  std::vector<ModelChannel> channels;

  /// The channel of this pair, or nullptr. @param output, input indices from 0
  const ModelChannel* channel(std::size_t output, std::size_t input) const noexcept {
    for (const ModelChannel& c : channels) {
      if (c.output == output && c.input == input) return &c;
    }
    return nullptr;
  }
};

}  // namespace saggar::plugin
