// Compile-time checks of what a controller class declares, and which extensions it overrides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <saggar/plugin/abi.h>
#include <saggar/plugin/units.hpp>

namespace saggar::plugin {
class Controller;
}

namespace saggar::plugin::detail {

// The class that declares a member function: the controller's own if it overrides.
template <class F>
struct DeclaredBy;
template <class R, class K, class... A>
struct DeclaredBy<R (K::*)(A...)> {
  using type = K;
};
template <class R, class K, class... A>
struct DeclaredBy<R (K::*)(A...) noexcept> {
  using type = K;
};
template <class F>
inline constexpr bool kOverridden = !std::is_same_v<typename DeclaredBy<F>::type, Controller>;

template <class C>
struct Overrides {
  static constexpr bool kState = kOverridden<decltype(&C::state)>;
  static constexpr bool kExplain = kOverridden<decltype(&C::explain)>;
  static constexpr bool kHorizonPoints = kOverridden<decltype(&C::horizon_points)>;
  static constexpr bool kHorizon = kOverridden<decltype(&C::horizon)>;
  static constexpr bool kConfidence =
      kOverridden<decltype(&C::trained_range)> || kOverridden<decltype(&C::confidence_limit)>;
  static constexpr bool kTuneRun = kOverridden<decltype(&C::tune_start)>;
  static constexpr bool kTune = kTuneRun || kOverridden<decltype(&C::set_parameter)>;
  static constexpr bool kModel = kOverridden<decltype(&C::take_model)>;
  static constexpr bool kPackage = kOverridden<decltype(&C::take_package)>;
  static constexpr bool kEnsemble = kOverridden<decltype(&C::ensemble)>;
  static_assert(kEnsemble == kOverridden<decltype(&C::ensemble_shape)>,
                "an ensemble needs ensemble_shape and ensemble");
  static constexpr bool kEstimator = kOverridden<decltype(&C::estimate)>;
  static constexpr bool kFindings = kOverridden<decltype(&C::findings)>;
  static_assert(kEstimator == kOverridden<decltype(&C::virtual_tags)>,
                "an estimator needs virtual_tags and estimate");
  static_assert(kFindings == kOverridden<decltype(&C::finding_causes)>,
                "findings need finding_causes and findings");
  static_assert(kEstimator || !kFindings, "only an estimator has findings");
  static_assert(kHorizonPoints == kHorizon, "horizon needs horizon_points and horizon");
  static_assert(!kTuneRun || (kOverridden<decltype(&C::tune_abort)> &&
                              kOverridden<decltype(&C::tune_result)>),
                "tune_start needs tune_abort and tune_result");
};

template <class C, class = void>
struct Params {
  static constexpr const saggar_param* kData = nullptr;
  static constexpr std::uint32_t kCount = 0;
};
template <class C>
struct Params<C, std::void_t<decltype(C::kParams)>> {
  static constexpr const saggar_param* kData = C::kParams;
  static constexpr std::uint32_t kCount =
      static_cast<std::uint32_t>(std::extent_v<decltype(C::kParams)>);
};

template <class C, class = void>
struct Needs {
  static constexpr const char* const* kData = nullptr;
};
template <class C>
struct Needs<C, std::void_t<decltype(C::kNeeds)>> {
  static constexpr std::size_t kCount = std::extent_v<decltype(C::kNeeds)>;
  static_assert(kCount > 0 && C::kNeeds[kCount - 1] == nullptr, "kNeeds ends with nullptr");
  static constexpr const char* const* kData = C::kNeeds;
};

constexpr bool empty(const char* text) noexcept { return text == nullptr || *text == '\0'; }

constexpr bool params_in_range(const saggar_param* params, std::uint32_t count) noexcept {
  for (std::uint32_t i = 0; i < count; ++i) {
    const saggar_param& p = params[i];
    if (!(p.min <= p.default_value && p.default_value <= p.max)) return false;
  }
  return true;
}
/// By hand: a std::string_view of each pair takes more steps than clang grants for 200 parameters.
constexpr bool same_text(const char* a, const char* b) noexcept {
  while (*a != 0 && *a == *b) ++a, ++b;
  return *a == *b;
}
constexpr bool params_named_once(const saggar_param* params, std::uint32_t count) noexcept {
  for (std::uint32_t i = 0; i < count; ++i) {
    if (empty(params[i].key) || empty(params[i].doc)) return false;
    for (std::uint32_t j = 0; j < i; ++j) {
      if (same_text(params[i].key, params[j].key)) return false;
    }
  }
  return true;
}
template <class T>
constexpr bool units_known(const T* items, std::uint32_t count) noexcept {
  for (std::uint32_t i = 0; i < count; ++i) {
    if (empty(items[i].unit) || !units::parse_unit(items[i].unit)) return false;
  }
  return true;
}
template <std::size_t N>
constexpr bool ports_named_once(const saggar_port (&ports)[N]) noexcept {
  for (std::size_t i = 0; i < N; ++i) {
    if (empty(ports[i].name) || empty(ports[i].pattern) || empty(ports[i].doc)) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (std::string_view(ports[i].name) == ports[j].name) return false;
    }
  }
  return true;
}
template <std::size_t N>
constexpr bool has_output(const saggar_port (&ports)[N]) noexcept {
  for (const saggar_port& port : ports) {
    if ((port.flags & SAGGAR_PORT_OUTPUT) != 0) return true;
  }
  return false;
}
template <std::size_t N>
constexpr bool counts_sane(const saggar_port (&ports)[N]) noexcept {
  for (const saggar_port& port : ports) {
    if (port.min_count > port.max_count || port.max_count == 0) return false;
  }
  return true;
}

/// Always true; what is not right is said by the assertion that fails.
template <class C>
constexpr bool declared_well() noexcept {
  static_assert(std::is_base_of_v<Controller, C>, "derive from saggar::plugin::Controller");
  static_assert(!empty(C::kAbout.id) && !empty(C::kAbout.version), "kAbout needs id and version");
  constexpr bool kEstimator = Overrides<C>::kEstimator;
  static_assert(kEstimator || C::kAbout.duties != 0, "kAbout needs at least one SAGGAR_DUTY_");
  static_assert(kEstimator || has_output(C::kPorts), "kPorts needs at least one output");
  static_assert(!kEstimator || (C::kAbout.duties == 0 && !has_output(C::kPorts)),
                "an estimator has no duty and no output");
  static_assert(ports_named_once(C::kPorts),
                "each port needs a name of its own, a pattern and a sentence");
  static_assert(counts_sane(C::kPorts), "a port needs min_count <= max_count, max_count >= 1");
  static_assert(units_known(C::kPorts, std::extent_v<decltype(C::kPorts)>),
                "the unit of a port is not in units.hpp");
  static_assert(units_known(Params<C>::kData, Params<C>::kCount),
                "the unit of a parameter is not in units.hpp; \"1\" for none");
  static_assert(params_named_once(Params<C>::kData, Params<C>::kCount),
                "each parameter needs a key of its own and a sentence");
  static_assert(params_in_range(Params<C>::kData, Params<C>::kCount),
                "a parameter needs min <= default <= max");
  return true;
}

}  // namespace saggar::plugin::detail
