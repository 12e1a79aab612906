// A model on its way to a plugin that takes one.
#include <array>
#include <cmath>
#include <saggar/plugin/detail/model_table.hpp>

#include "plugins/host/instance_body.hpp"
#include "plugins/host/model.hpp"

namespace saggar::host {

using domain::Error;
using domain::Status;

namespace {

bool sane(const ModelChannel& c) noexcept {
  for (const double v : {c.gain_error, c.dead_time_s, c.dead_time_error_s, c.time_constant_s,
                         c.time_constant_error_s}) {
    if (!std::isfinite(v) || v < 0) return false;
  }
  return std::isfinite(c.gain);
}

/// What ext/model.h promises a plugin.
Status check(const Model& model, const std::string& where) {
  const std::string what = "model '" + model.name + "': ";
  for (const auto* signals : {&model.inputs, &model.outputs}) {
    for (const ModelSignal& s : *signals) {
      if (s.tags.empty()) return Error{where, what + "'" + s.name + "' has no tag"};
      if (!std::isfinite(s.operating_point)) {
        return Error{where, what + "the operating point of '" + s.name + "' is no number"};
      }
    }
  }
  for (std::size_t i = 0; i < model.channels.size(); ++i) {
    const ModelChannel& c = model.channels[i];
    const std::string which = "channel " + std::to_string(i + 1) + " ";
    if (c.output >= model.outputs.size() || c.input >= model.inputs.size()) {
      return Error{where, what + which + "is of an output or input that does not exist"};
    }
    if (!sane(c)) {
      return Error{where, what + which + "needs finite numbers, errors and times not below 0"};
    }
  }
  if (std::isfinite(model.period_s) && model.period_s > 0) return domain::Done{};
  return Error{where, what + "its sample period must be above 0 s"};
}

}  // namespace

Status Instance::give_model() {
  if (model == nullptr) {
    return Error{where(), "is given a model, but does not offer " SAGGAR_EXT_MODEL
                          ": take the model out of its configuration, or use a plugin that takes "
                          "one"};
  }
  const Status sound = check(*spec.model, where());
  if (!sound.ok()) return sound;
  return call_plugin(*this, "take", [&]() -> Status {
    const plugin::detail::ModelTable view(*spec.model);
    std::array<char, 1024> why{};
    const auto room = static_cast<std::uint32_t>(why.size());
    const saggar_status taken = model->take(self, &view.table(), why.data(), room);
    why.back() = '\0';
    if (taken == SAGGAR_OK || taken == SAGGAR_OK_DEGRADED) return domain::Done{};
    const std::string text = why.data();
    return Error{where(), "refuses the model '" + spec.model->name + "'" +
                              (text.empty() ? ", without saying why" : ": " + text)};
  });
}

}  // namespace saggar::host
