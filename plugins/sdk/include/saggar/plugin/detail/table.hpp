// The C table of one controller class, and the trampolines behind it: none of them lets an
// exception pass. Included by controller.hpp, which it needs.
#pragma once

#include <cstdint>
#include <cstring>
#include <exception>
#include <string_view>

#include <saggar/plugin/detail/declared.hpp>
#include <saggar/plugin/detail/model_table.hpp>
#include <saggar/plugin/detail/package_table.hpp>
#include <saggar/plugin/detail/seal.hpp>

namespace saggar::plugin::detail {

inline constexpr saggar_status kOk = SAGGAR_OK, kFault = SAGGAR_FAULT;

/// What `self` points to.
template <class C>
struct Instance {
  C controller;
  char error[512] = {};
  std::uint64_t print = 0, model_print = 0, package_print = 0;
  bool restored = false;
};

template <class C>
Instance<C>& of(void* self) noexcept {
  return *static_cast<Instance<C>*>(self);
}

/// Runs `call`; an exception becomes its text in `buffer` and the value `otherwise`.
template <class R, class Call>
R guarded(char* buffer, std::uint32_t capacity, R otherwise, Call&& call) noexcept {
  try {
    return call();
  } catch (const std::exception& e) {
    copy_text(buffer, capacity, e.what());
  } catch (...) {
    copy_text(buffer, capacity, "an exception that is not a std::exception");
  }
  return otherwise;
}

/// The same for functions that any thread may call: the text is dropped.
template <class C, class R, class Call>
R quietly(void* self, R otherwise, Call&& call) noexcept {
  return guarded(nullptr, 0, otherwise, [&] { return call(of<C>(self)); });
}

/// The same, into the text that "saggar.last_error/1" reads.
template <class C, class R, class Call>
R noted(void* self, R otherwise, Call&& call) noexcept {
  Instance<C>& it = of<C>(self);
  it.error[0] = '\0';
  return guarded(it.error, sizeof it.error, otherwise, [&] { return call(it); });
}

template <class C>
saggar_status refuse(Instance<C>& it, const char* why) noexcept {
  copy_text(it.error, sizeof it.error, why);
  return kFault;
}

template <class C>
struct Life {
  static saggar_status create(const saggar_host* host, void** self) noexcept {
    char text[512] = {};
    const saggar_status status = guarded(text, sizeof text, kFault, [&] {
      *self = new Instance<C>();
      return kOk;
    });
    if (status != kOk && host != nullptr && host->log != nullptr) host->log(host, 3, text);
    return status;
  }
  static void destroy(void* self) noexcept { delete static_cast<Instance<C>*>(self); }

  static saggar_status configure(void* self, const saggar_setup* setup, char* why,
                                 std::uint32_t capacity) noexcept {
    return guarded(why, capacity, kFault, [&] {
      Instance<C>& it = of<C>(self);
      it.controller.configure(Setup(*setup));
      it.print =
          fingerprint(C::kAbout.id, C::kAbout.version, *setup) ^ it.model_print ^ it.package_print;
      return kOk;
    });
  }
  static saggar_status activate(void* self) noexcept {
    return noted<C>(self, kFault, [](Instance<C>& it) {
      it.restored = false;
      it.controller.activate();
      return kOk;
    });
  }
  static saggar_status step(void* self, saggar_io* io) noexcept {
    return guarded(io->message, io->message_capacity, kFault, [&] {
      Instance<C>& it = of<C>(self);
      Step view(*io, it.restored);
      it.restored = false;
      return static_cast<saggar_status>(it.controller.step(view));
    });
  }
  static void deactivate(void* self) noexcept {
    noted<C>(self, kFault, [](Instance<C>& it) {
      it.controller.deactivate();
      return kOk;
    });
  }
};

template <class C>
struct StateTable {
  static std::uint64_t payload(Instance<C>& it) {
    State counter = State::counting();
    it.controller.state(counter);
    return counter.size();
  }
  static std::uint64_t size(void* self) noexcept {
    return quietly<C>(self, std::uint64_t{0},
                      [](Instance<C>& it) { return sizeof(Seal) + payload(it); });
  }
  static saggar_status save(void* self, std::uint8_t* data, std::uint64_t size) noexcept {
    return noted<C>(self, kFault, [&](Instance<C>& it) -> saggar_status {
      if (size != sizeof(Seal) + payload(it)) return refuse(it, "wrong size for the state");
      State writer = State::saving(data + sizeof(Seal), size - sizeof(Seal));
      it.controller.state(writer);
      if (!writer.complete()) return refuse(it, "the state changed its length");
      const Seal seal = make_seal(it.print, data + sizeof seal, size - sizeof seal);
      std::memcpy(data, &seal, sizeof seal);
      return kOk;
    });
  }
  static saggar_status restore(void* self, const std::uint8_t* data, std::uint64_t size) noexcept {
    return noted<C>(self, kFault, [&](Instance<C>& it) -> saggar_status {
      const char* why = refusal(it.print, data, size, sizeof(Seal) + payload(it));
      if (why != nullptr) return refuse(it, why);
      State reader = State::loading(data + sizeof(Seal), size - sizeof(Seal));
      it.controller.state(reader);
      if (!reader.complete()) return refuse(it, "the state changed its length");
      it.restored = true;
      return kOk;
    });
  }
  static constexpr saggar_ext_state kTable = {sizeof(saggar_ext_state), 0, size, save, restore};
};

template <class C>
struct ExplainTable {
  static std::uint32_t causes(void* self, std::uint32_t output, std::uint32_t element,
                              saggar_cause* causes, std::uint32_t capacity) noexcept {
    return quietly<C>(self, std::uint32_t{0}, [&](Instance<C>& it) {
      return it.controller.explain(output, element, {causes, capacity});
    });
  }
  static constexpr saggar_ext_explain kTable = {sizeof(saggar_ext_explain), 0, causes};
};

template <class C>
struct HorizonTable {
  static std::uint32_t points(void* self) noexcept {
    return quietly<C>(self, std::uint32_t{0},
                      [](Instance<C>& it) { return it.controller.horizon_points(); });
  }
  static std::uint32_t path(void* self, std::uint32_t input, std::uint32_t element, double* time_s,
                            double* value, double* sigma, std::uint32_t n) noexcept {
    return quietly<C>(self, std::uint32_t{0}, [&](Instance<C>& it) {
      return it.controller.horizon(input, element, {time_s, n}, {value, n}, {sigma, n});
    });
  }
  static constexpr saggar_ext_horizon kTable = {sizeof(saggar_ext_horizon), 0, points, path};
};

template <class C>
struct ConfidenceTable {
  static std::uint32_t domain(void* self, std::uint32_t input, double* low, double* high,
                              std::uint32_t n) noexcept {
    return quietly<C>(self, std::uint32_t{0}, [&](Instance<C>& it) {
      return it.controller.trained_range(input, {low, n}, {high, n});
    });
  }
  static double limit(void* self) noexcept {
    return quietly<C>(self, 1.0, [](Instance<C>& it) { return it.controller.confidence_limit(); });
  }
  static constexpr saggar_ext_confidence kTable = {sizeof(saggar_ext_confidence), 0, domain, limit};
};

template <class C>
struct TuneTable {
  static saggar_status set_parameter(void* self, const char* key, std::uint32_t element,
                                     double value) noexcept {
    return noted<C>(self, kFault, [&](Instance<C>& it) -> saggar_status {
      for (std::uint32_t i = 0; i < Params<C>::kCount; ++i) {
        const saggar_param& p = Params<C>::kData[i];
        if (std::string_view(p.key) != key) continue;
        if ((p.flags & SAGGAR_PARAM_TUNABLE) == 0) return refuse(it, "it is not tunable");
        if (!(value >= p.min && value <= p.max)) return refuse(it, "it is out of range");
        it.controller.set_parameter(i, element, value);
        return kOk;
      }
      return refuse(it, "there is no such parameter");
    });
  }
  static saggar_status start(void* self, std::uint32_t output, std::uint32_t element,
                             const char* method, double amplitude) noexcept {
    return noted<C>(self, kFault, [&](Instance<C>& it) -> saggar_status {
      const bool begun = it.controller.tune_start(output, element, method, amplitude);
      return begun ? kOk : refuse(it, "tuning cannot begin");
    });
  }
  static void abort(void* self) noexcept {
    noted<C>(self, kFault, [](Instance<C>& it) {
      it.controller.tune_abort();
      return kOk;
    });
  }
  static void result(void* self, saggar_tune_result* result) noexcept {
    noted<C>(self, kFault, [&](Instance<C>& it) {
      it.controller.tune_result(*result);
      return kOk;
    });
  }
  static constexpr saggar_ext_tune kTable = {
      sizeof(saggar_ext_tune), 0, set_parameter, start, abort, result};
};

template <class C>
struct ModelExtension {
  static saggar_status take(void* self, const saggar_model* from, char* why,
                            std::uint32_t capacity) noexcept {
    return guarded(why, capacity, kFault, [&] {
      Instance<C>& it = of<C>(self);
      const Model model = model_of(*from);
      it.controller.take_model(model);
      it.model_print = print_of(model);
      return kOk;
    });
  }
  static constexpr saggar_ext_model kTable = {sizeof(saggar_ext_model), 0, take};
};

template <class C>
struct PackageExtension {
  static saggar_status take(void* self, const saggar_package* from, char* why,
                            std::uint32_t capacity) noexcept {
    return guarded(why, capacity, kFault, [&] {
      Instance<C>& it = of<C>(self);
      const Package package = package_of(*from);
      it.controller.take_package(package);
      it.package_print = print_of(package);
      return kOk;
    });
  }
  static constexpr saggar_ext_package kTable = {sizeof(saggar_ext_package), 0, take};
};

template <class C>
struct EnsembleTable {
  static saggar_status shape(void* self, saggar_ensemble_shape* shape) noexcept {
    return quietly<C>(self, kFault, [&](Instance<C>& it) {
      const EnsembleShape s = it.controller.ensemble_shape();
      *shape = {shape->struct_size, s.members, s.outputs, s.predictions, s.inputs, 0};
      return kOk;
    });
  }
  static std::uint64_t last(void* self, double* outputs, double* predictions,
                            double* inputs) noexcept {
    return quietly<C>(self, std::uint64_t{0}, [&](Instance<C>& it) {
      const EnsembleShape s = it.controller.ensemble_shape();
      return it.controller.ensemble({outputs, std::size_t{s.members} * s.outputs},
                                    {predictions, s.predictions}, {inputs, s.inputs});
    });
  }
  static constexpr saggar_ext_ensemble kTable = {sizeof(saggar_ext_ensemble), 0, shape, last};
};

template <class C>
struct EstimatorTable {
  static std::uint32_t tags(void* self, saggar_virtual_tag* tags, std::uint32_t n) noexcept {
    return quietly<C>(self, std::uint32_t{0}, [&](Instance<C>& it) {
      return it.controller.virtual_tags({tags, n});
    });
  }
  // An exception must not look like a step without values: the host counts them.
  static std::uint32_t estimate(void* self, double* value, double* sigma, std::uint32_t* quality,
                                std::uint32_t n) noexcept {
    return noted<C>(self, std::uint32_t{0xFFFFFFFF}, [&](Instance<C>& it) {
      return it.controller.estimate({value, n}, {sigma, n}, {quality, n});
    });
  }
  static std::uint32_t causes(void* self, const char** causes, std::uint32_t n) noexcept {
    return quietly<C>(self, std::uint32_t{0}, [&](Instance<C>& it) {
      const Span<const char* const> all = it.controller.finding_causes();
      for (std::uint32_t i = 0; i < n && i < all.size(); ++i) causes[i] = all[i];
      return static_cast<std::uint32_t>(all.size());
    });
  }
  static std::uint32_t findings(void* self, saggar_finding* findings, std::uint32_t n) noexcept {
    return quietly<C>(self, std::uint32_t{0}, [&](Instance<C>& it) {
      return it.controller.findings({findings, n});
    });
  }
  static constexpr saggar_ext_estimator kTable = {
      sizeof(saggar_ext_estimator), 0, tags, estimate, causes, findings};
};

template <class C>
struct LastErrorTable {
  static void text(void* self, char* text, std::uint32_t capacity) noexcept {
    copy_text(text, capacity, of<C>(self).error);
  }
  static constexpr saggar_ext_last_error kTable = {sizeof(saggar_ext_last_error), 0, text};
};

template <class C>
const void* get_extension(void* /*self*/, const char* id) noexcept {
  using Offers = Overrides<C>;
  const std::string_view asked = id == nullptr ? "" : id;
  if constexpr (Offers::kState) {
    if (asked == SAGGAR_EXT_STATE) return &StateTable<C>::kTable;
  }
  if constexpr (Offers::kExplain) {
    if (asked == SAGGAR_EXT_EXPLAIN) return &ExplainTable<C>::kTable;
  }
  if constexpr (Offers::kHorizon) {
    if (asked == SAGGAR_EXT_HORIZON) return &HorizonTable<C>::kTable;
  }
  if constexpr (Offers::kConfidence) {
    if (asked == SAGGAR_EXT_CONFIDENCE) return &ConfidenceTable<C>::kTable;
  }
  if constexpr (Offers::kTune) {
    if (asked == SAGGAR_EXT_TUNE) return &TuneTable<C>::kTable;
  }
  if constexpr (Offers::kModel) {
    if (asked == SAGGAR_EXT_MODEL) return &ModelExtension<C>::kTable;
  }
  if constexpr (Offers::kPackage) {
    if (asked == SAGGAR_EXT_PACKAGE) return &PackageExtension<C>::kTable;
  }
  if constexpr (Offers::kEnsemble) {
    if (asked == SAGGAR_EXT_ENSEMBLE) return &EnsembleTable<C>::kTable;
  }
  if constexpr (Offers::kEstimator) {
    if (asked == SAGGAR_EXT_ESTIMATOR) return &EstimatorTable<C>::kTable;
  }
  return asked == SAGGAR_EXT_LAST_ERROR ? &LastErrorTable<C>::kTable : nullptr;
}

}  // namespace saggar::plugin::detail

namespace saggar::plugin {

/// The table of a controller class: what SAGGAR_PLUGIN exports; also steps it without loading.
template <class C>
const saggar_plugin* table_of() noexcept {
  static_assert(detail::declared_well<C>());
  static constexpr saggar_plugin kTable = {
      sizeof(saggar_plugin),
      SAGGAR_ABI_MAJOR,
      SAGGAR_ABI_MINOR,
      C::kAbout.duties,
      C::kAbout.id,
      C::kAbout.version,
      C::kAbout.vendor,
      C::kAbout.title,
      C::kPorts,
      detail::Params<C>::kData,
      detail::Needs<C>::kData,
      static_cast<std::uint32_t>(std::extent_v<decltype(C::kPorts)>),
      detail::Params<C>::kCount,
      C::kAbout.min_latency_cycles,
      0,
      detail::Life<C>::create,
      detail::Life<C>::destroy,
      detail::Life<C>::configure,
      detail::Life<C>::activate,
      detail::Life<C>::step,
      detail::Life<C>::deactivate,
      detail::get_extension<C>};
  return &kTable;
}

}  // namespace saggar::plugin
