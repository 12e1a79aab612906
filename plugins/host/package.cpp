// A policy package on its way to a plugin that takes one, and what an ensemble says of itself.
#include <array>
#include <cmath>
#include <saggar/plugin/detail/package_table.hpp>

#include "plugins/host/instance_body.hpp"
#include "plugins/host/package.hpp"

namespace saggar::host {

using domain::Error;
using domain::Status;

namespace {

constexpr std::uint32_t kMostMembers = 64, kMostNumbers = 65536;

/// A text that says what is wrong, or empty.
std::string problem(const PackageFeature& f) {
  for (const double v : {f.low, f.high, f.mean, f.scale}) {
    if (!std::isfinite(v)) return "needs finite numbers";
  }
  if (!(f.scale > 0)) return "needs a scale above 0";
  if (!(f.low <= f.high)) return "needs low <= high";
  if (f.lags_s.empty()) return "needs at least one lag";
  double before = -1;
  for (const double lag : f.lags_s) {
    if (!std::isfinite(lag) || lag <= before) return "needs lags from 0 on that rise";
    before = lag;
  }
  return "";
}

/// What ext/package.h promises a plugin.
Status check(const Package& package, const std::string& where) {
  const std::string what = "package '" + package.id + "': ";
  if (package.features.empty() || package.outputs.empty() || package.members.empty()) {
    return Error{where, what + "needs at least one feature, output and member"};
  }
  for (const PackageFeature& f : package.features) {
    const std::string wrong = problem(f);
    if (!wrong.empty()) return Error{where, what + "feature " + f.tag + " " + wrong};
  }
  const auto above_0 = [](double v) { return std::isfinite(v) && v > 0; };
  for (const PackageOutput& o : package.outputs) {
    if (o.tags.empty()) return Error{where, what + "an output has no tag"};
    if (above_0(o.trim) && above_0(o.rate_per_min) && (o.shift == 0 || above_0(o.shift))) continue;
    return Error{where, what + "output " + o.tags.front() +
                            " needs trim and rate above 0, and a shift of 0 or more"};
  }
  for (const PackagePrediction& p : package.predictions) {
    if (above_0(p.scale) && above_0(p.horizon_s) && std::isfinite(p.mean)) continue;
    return Error{where, what + "prediction of " + p.tag + " needs scale and horizon above 0"};
  }
  for (const std::uint32_t member : package.members) {
    if (member < package.files.size() && !package.files[member].data.empty()) continue;
    return Error{where, what + "a member is no file of it, or an empty one"};
  }
  if (above_0(package.period_s) && package.missing_wait_s >= 0) return domain::Done{};
  return Error{where, what + "its period must be above 0 s, missing_wait_s not below"};
}

}  // namespace

Status Instance::give_package() {
  if (package == nullptr) {
    return Error{where(), "is given a policy package, but does not offer " SAGGAR_EXT_PACKAGE
                          ": take the package out of its configuration, or use a plugin that "
                          "takes one"};
  }
  const Status sound = check(*spec.package, where());
  if (!sound.ok()) return sound;
  return call_plugin(*this, "take", [&]() -> Status {
    const plugin::detail::PackageTable view(*spec.package);
    std::array<char, 1024> why{};
    const auto room = static_cast<std::uint32_t>(why.size());
    const saggar_status taken = package->take(self, &view.table(), why.data(), room);
    why.back() = '\0';
    if (taken == SAGGAR_OK || taken == SAGGAR_OK_DEGRADED) return domain::Done{};
    const std::string text = why.data();
    return Error{where(), "refuses the package '" + spec.package->id + "'" +
                              (text.empty() ? ", without saying why" : ": " + text)};
  });
}

// Constant once configured, so that reading it later needs no room of its own.
Status Instance::ask_ensemble() {
  ensemble_shape = {};
  if (ensemble == nullptr) return domain::Done{};
  saggar_ensemble_shape shape{};
  shape.struct_size = sizeof shape;
  if (ensemble->shape(self, &shape) != SAGGAR_OK || shape.members == 0 || shape.outputs == 0 ||
      shape.members > kMostMembers || shape.outputs > kMostNumbers / kMostMembers ||
      shape.predictions > kMostNumbers || shape.inputs > kMostNumbers) {
    return Error{where(),
                 "its ensemble needs 1 to 64 members of 1 to 1024 outputs each, and at "
                 "most 65536 predictions and inputs"};
  }
  ensemble_shape = shape;
  member_said.assign(std::size_t{shape.members} * shape.outputs, 0);
  foretold.assign(shape.predictions, 0);
  network_saw.assign(shape.inputs, 0);
  return domain::Done{};
}

EnsembleShape Active::ensemble_shape() const noexcept {
  const saggar_ensemble_shape& shape = instance_->ensemble_shape;
  return {shape.members, shape.outputs, shape.predictions, shape.inputs};
}

EnsembleView Active::ensemble() noexcept {
  Instance& it = *instance_;
  if (it.ensemble == nullptr) return {};
  const std::uint64_t runs = call_or(std::uint64_t{0}, [&] {
    return it.ensemble->last(it.self, it.member_said.data(), it.foretold.data(),
                             it.network_saw.data());
  });
  if (runs == 0) return {};
  return {runs, it.ensemble_shape.members, it.member_said, it.foretold, it.network_saw};
}

}  // namespace saggar::host
