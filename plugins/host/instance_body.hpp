// What stands behind the handles of instance.hpp. Private to this folder.
#pragma once

#include <saggar/plugin/ext/confidence.h>
#include <saggar/plugin/ext/ensemble.h>
#include <saggar/plugin/ext/estimator.h>
#include <saggar/plugin/ext/explain.h>
#include <saggar/plugin/ext/horizon.h>
#include <saggar/plugin/ext/last_error.h>
#include <saggar/plugin/ext/model.h>
#include <saggar/plugin/ext/package.h>
#include <saggar/plugin/ext/state.h>
#include <saggar/plugin/ext/tune.h>

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "plugins/host/instance.hpp"

namespace saggar::host {

inline constexpr std::uint64_t kMaxStateBytes = 16U << 20U;
/// `last_time_ns`, `first` and a check of both, in front of the plugin's own state.
inline constexpr std::size_t kHostStateBytes = 24;
inline constexpr std::uint32_t kMaxHorizonPoints = 4096;
inline constexpr std::uint32_t kMaxCauses = 16;

struct Instance {
  Instance(Library lib, InstanceSpec s) : library(lib), spec(std::move(s)) {}
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance();

  domain::Status create();
  /// Takes spec.model to the plugin.
  domain::Status give_model();
  /// Takes spec.package to the plugin.
  domain::Status give_package();
  domain::Status configure();
  domain::Status activate();
  void deactivate() noexcept;
  /// A second instance of the same setup, created.
  std::unique_ptr<Instance> twin() const;

  StepIo make_io() const { return StepIo(this, ports); }
  StepResult step(StepIo& io) noexcept;
  domain::Status restore(std::span<const std::uint8_t> state);
  std::span<const std::uint8_t> save() noexcept;
  std::string error_text() const;
  domain::Reason estimate(std::int64_t time_ns, std::span<domain::Sample> samples,
                          std::span<double> sigma) noexcept;
  std::span<const Finding> what_stands() noexcept;

  const saggar_plugin& table() const noexcept { return library.table(); }
  std::string where() const {
    return (spec.role == Role::estimator ? "estimator '" : "controller '") + spec.name + "' (" +
           library.path().string() + ")";
  }

  Library library;
  InstanceSpec spec;
  std::uint32_t zones = 0;
  std::string kiln;
  std::vector<ResolvedPort> ports;
  std::vector<std::vector<double>> values;
  std::vector<domain::MvId> mvs;

  void* self = nullptr;
  bool active = false;
  bool first = true;
  std::int64_t last_time_ns = 0;

  const saggar_ext_state* state = nullptr;
  const saggar_ext_explain* explain = nullptr;
  const saggar_ext_horizon* horizon = nullptr;
  const saggar_ext_confidence* confidence = nullptr;
  const saggar_ext_tune* tune = nullptr;
  const saggar_ext_last_error* last_error = nullptr;
  const saggar_ext_estimator* estimator = nullptr;
  const saggar_ext_model* model = nullptr;
  const saggar_ext_package* package = nullptr;
  const saggar_ext_ensemble* ensemble = nullptr;

  std::vector<std::uint8_t> state_bytes;  // kHostStateBytes, then the plugin's
  std::vector<saggar_cause> causes;
  std::vector<double> path_time, path_value, path_sigma;
  double limit = 0;
  saggar_ensemble_shape ensemble_shape{};  // of zeros where it is none
  std::vector<double> member_said, foretold, network_saw;
  std::vector<std::vector<double>> trained_low, trained_high;  // per input port

  std::vector<domain::Tag> virtual_tags;
  std::vector<std::string> cause_names;
  std::vector<double> estimated;  // values, then sigmas, each between guards
  std::vector<std::uint32_t> estimated_quality;
  std::vector<saggar_finding> raw_findings;
  std::vector<Finding> findings;

 private:
  domain::Status find_extensions();
  domain::Status ask_extensions();
  domain::Status ask_estimator();
  domain::Status ask_ensemble();
  StepResult judge(saggar_status status, const StepIo& io) const noexcept;
  bool inside_domain(const StepIo& io) const noexcept;
};

/// Runs plugin code on the cold path; an exception that escapes becomes an error.
template <class Call>
domain::Status call_plugin(const Instance& it, const char* function, Call&& call) {
  try {
    return call();
  } catch (const std::exception& e) {
    return domain::Error{it.where(), std::string(function) + " threw an exception: " + e.what()};
  } catch (...) {
    return domain::Error{it.where(), std::string(function) + " threw an exception"};
  }
}

/// Runs plugin code on the control path; an exception that escapes becomes `otherwise`.
template <class R, class Call>
R call_or(R otherwise, Call&& call) noexcept {
  try {
    return call();
  } catch (...) {
    return otherwise;
  }
}

}  // namespace saggar::host
