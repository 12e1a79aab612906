// The body of testing.hpp's Rig. Included by testing.hpp, which it needs.
#pragma once

#include <array>
#include <cctype>
#include <cstring>
#include <utility>

namespace saggar::plugin::testing {

/// Zone index of a tag such as zone07.top.temperature, or kNone.
inline std::uint32_t zone_of(std::string_view name) {
  if (name.size() < 6 || name.substr(0, 4) != "zone" || !std::isdigit(name[4]) ||
      !std::isdigit(name[5])) {
    return kNone;
  }
  const int number = (name[4] - '0') * 10 + (name[5] - '0');
  return number == 0 ? kNone : static_cast<std::uint32_t>(number - 1);
}

inline Rig::Rig(const saggar_plugin* table, Kiln kiln, Options options)
    : table_(table), kiln_(std::move(kiln)), options_(std::move(options)) {
  for (std::uint32_t p = 0; p < table_->port_count; ++p) resolve(table_->ports[p]);
  saggar_host host{};
  host.struct_size = sizeof host;
  host.abi_major = SAGGAR_ABI_MAJOR;
  host.abi_minor = SAGGAR_ABI_MINOR;
  host.name = "saggar-testing";
  host.version = "1";
  host.log = [](const saggar_host*, std::int32_t, const char*) {};
  void* self = nullptr;
  if (table_->create(&host, &self) >= SAGGAR_FAULT || self == nullptr) {
    throw std::runtime_error("create failed");
  }
  self_.reset(self);
  try {
    if (options_.model != nullptr) give_model();
    if (options_.package != nullptr) give_package();
    configure();
    if (table_->activate(self) >= SAGGAR_FAULT) {
      throw std::runtime_error("activate refused: " + last_error());
    }
  } catch (...) {
    table_->destroy(self_.release());
    throw;
  }
}

inline void Rig::give_model() {
  const auto* model = extension<saggar_ext_model>(SAGGAR_EXT_MODEL);
  if (model == nullptr) throw std::runtime_error("the plugin takes no model");
  const detail::ModelTable view(*options_.model);
  std::array<char, 512> why{};
  if (model->take(self_.get(), &view.table(), why.data(), why.size()) >= SAGGAR_FAULT) {
    throw std::runtime_error(std::string("model refused: ") + why.data());
  }
}

inline void Rig::give_package() {
  const auto* package = extension<saggar_ext_package>(SAGGAR_EXT_PACKAGE);
  if (package == nullptr) throw std::runtime_error("the plugin takes no package");
  const detail::PackageTable view(*options_.package);
  std::array<char, 512> why{};
  if (package->take(self_.get(), &view.table(), why.data(), why.size()) >= SAGGAR_FAULT) {
    throw std::runtime_error(std::string("package refused: ") + why.data());
  }
}

inline void Rig::resolve(const saggar_port& port) {
  std::vector<Tag> found;
  bool of_field =
      false;  // virtual tags are found where no tag of the field is, as the runtime does
  for (const Tag& tag : kiln_.tags) {
    of_field = of_field || (!tag.is_virtual && matches(port.pattern, tag.name));
  }
  for (const Tag& tag : kiln_.tags) {
    if (tag.is_virtual == of_field || !matches(port.pattern, tag.name)) continue;
    if (tag.unit != port.unit) {
      throw std::runtime_error("port " + std::string(port.name) + " is in " + port.unit +
                               ", but tag " + tag.name + " is in " + tag.unit);
    }
    found.push_back(tag);
  }
  const bool may_lack = (port.flags & SAGGAR_PORT_OPTIONAL) != 0 && found.empty();
  if (!may_lack && (found.size() < port.min_count || found.size() > port.max_count)) {
    throw std::runtime_error("port " + std::string(port.name) + ": " + port.pattern + " matches " +
                             std::to_string(found.size()) + " tags");
  }
  const std::size_t n = found.size();
  std::vector<std::string> names;
  std::vector<double> low, high, middle;
  for (const Tag& tag : found) {
    names.push_back(tag.name);
    low.push_back(tag.low);
    high.push_back(tag.high);
    middle.push_back((tag.low + tag.high) / 2);
  }
  if ((port.flags & SAGGAR_PORT_INPUT) != 0) {
    in_.push_back({names, middle, std::vector<std::uint32_t>(n, SAGGAR_GOOD)});
  } else {
    out_.push_back({names, std::vector<double>(n), middle, middle, low, high,
                    std::vector<std::uint32_t>(n, 0), std::vector<std::uint32_t>(n, 1)});
  }
}

/// The values of each parameter, defaults filled in and checked as the runtime does.
inline std::vector<std::vector<double>> Rig::values() const {
  const std::size_t elements = out_.empty() ? 0 : out_.front().tag.size();
  std::vector<std::vector<double>> values(table_->param_count);
  std::size_t known = 0;
  for (std::uint32_t p = 0; p < table_->param_count; ++p) {
    const saggar_param& param = table_->params[p];
    const bool each = (param.flags & SAGGAR_PARAM_PER_OUTPUT) != 0;
    values[p].assign(each ? elements : 1, param.default_value);
    const auto one = options_.params.find(param.key);
    if (one != options_.params.end()) values[p].assign(values[p].size(), one->second), ++known;
    const auto all = options_.per_output.find(param.key);
    if (all != options_.per_output.end()) {
      if (!each || all->second.size() != elements) {
        throw std::runtime_error(all->first + ": needs one value per output element");
      }
      values[p] = all->second, ++known;
    }
    for (const double v : values[p]) {
      if (v >= param.min && v <= param.max) continue;
      throw std::runtime_error(std::string(param.key) + ": " + std::to_string(v) +
                               " is out of range");
    }
  }
  if (known != options_.params.size() + options_.per_output.size()) {
    throw std::runtime_error("a parameter in Options is unknown to this plugin, or given twice");
  }
  return values;
}

inline void Rig::configure() {
  struct Arrays {
    std::vector<const char*> name;
    std::vector<double> low, high, resolution;
    std::vector<std::uint32_t> zone;
  };
  std::vector<Arrays> arrays(table_->port_count);
  std::vector<saggar_resolved_port> ports;
  std::uint32_t zones = options_.zone_count;
  std::size_t in = 0, out = 0;
  for (std::uint32_t p = 0; p < table_->port_count; ++p) {
    const bool is_input = (table_->ports[p].flags & SAGGAR_PORT_INPUT) != 0;
    Arrays& a = arrays[p];
    for (const std::string& name : is_input ? in_[in++].tag : out_[out++].tag) {
      const Tag& tag = kiln_.named(name);
      a.name.push_back(name.c_str());
      a.low.push_back(tag.low);
      a.high.push_back(tag.high);
      a.resolution.push_back(tag.resolution);
      a.zone.push_back(zone_of(name));
      if (a.zone.back() != kNone && a.zone.back() >= zones) zones = a.zone.back() + 1;
    }
    ports.push_back({sizeof(saggar_resolved_port), static_cast<std::uint32_t>(a.name.size()),
                     a.name.data(), a.low.data(), a.high.data(), a.resolution.data(),
                     a.zone.data()});
  }
  const std::vector<std::vector<double>> all = values();
  std::vector<saggar_param_values> params;
  for (const std::vector<double>& v : all) {
    params.push_back({sizeof(saggar_param_values), static_cast<std::uint32_t>(v.size()), v.data()});
  }
  const saggar_setup setup = {sizeof(saggar_setup), zones,
                              "test kiln",          options_.name.c_str(),
                              options_.period_s,    options_.latency_cycles,
                              table_->port_count,   ports.data(),
                              table_->param_count,  0,
                              params.data()};
  std::array<char, 512> why{};
  if (table_->configure(self_.get(), &setup, why.data(), why.size()) >= SAGGAR_FAULT) {
    throw std::runtime_error(std::string("configure refused: ") + why.data());
  }
}

template <class T>
void Rig::fill(std::string_view pattern, std::vector<T> Out::*member, T value) {
  bool found = false;
  for (Out& out : out_) {
    for (std::size_t i = 0; i < out.tag.size(); ++i) {
      if (!matches(pattern, out.tag[i])) continue;
      (out.*member)[i] = value;
      found = true;
    }
  }
  if (!found) throw std::runtime_error("no output matches " + std::string(pattern));
}

inline void Rig::set(std::string_view pattern, double value, std::uint32_t quality) {
  bool found = false;
  for (In& in : in_) {
    for (std::size_t i = 0; i < in.tag.size(); ++i) {
      if (!matches(pattern, in.tag[i])) continue;
      in.value[i] = value;
      in.quality[i] = quality;
      found = true;
    }
  }
  if (!found) throw std::runtime_error("no input matches " + std::string(pattern));
}

inline Outcome Rig::step() {
  time_ns_ += static_cast<std::int64_t>(options_.period_s * 1e9);
  std::vector<saggar_input> inputs;
  for (const In& in : in_) {
    inputs.push_back({sizeof(saggar_input), static_cast<std::uint32_t>(in.tag.size()),
                      in.value.data(), in.quality.data()});
  }
  std::vector<saggar_output> outputs;
  for (Out& out : out_) {
    out.value.assign(out.tag.size(), std::numeric_limits<double>::quiet_NaN());
    outputs.push_back({sizeof(saggar_output), static_cast<std::uint32_t>(out.tag.size()),
                       out.value.data(), out.working.data(), out.reference.data(), out.low.data(),
                       out.high.data(), out.limited.data(), out.free.data()});
  }
  std::array<char, 256> message{};
  saggar_io io{};
  io.struct_size = sizeof io;
  if (driving_) io.flags |= SAGGAR_IO_DRIVING;
  if (first_) io.flags |= SAGGAR_IO_FIRST;
  io.cycle = ++cycle_;
  io.time_ns = time_ns_;
  io.dt_s = options_.period_s;
  io.budget_ns = options_.budget_ns;
  io.input_count = static_cast<std::uint32_t>(inputs.size());
  io.output_count = static_cast<std::uint32_t>(outputs.size());
  io.inputs = inputs.data();
  io.outputs = outputs.data();
  io.confidence = 1;
  io.message_capacity = static_cast<std::uint32_t>(message.size());
  io.message = message.data();
  first_ = false;
  Outcome outcome;
  outcome.status = static_cast<Status>(table_->step(self_.get(), &io));
  outcome.why = static_cast<Why>(io.reason);
  outcome.confidence = io.confidence;
  outcome.message = message.data();
  outcome.wrong = judge(outcome);
  return outcome;
}

inline std::string Rig::judge(const Outcome& outcome) const {
  if (outcome.status < Status::ok || outcome.status > Status::fault) return "status is unknown";
  if (!(outcome.confidence >= 0 && outcome.confidence <= 1)) return "confidence is not in [0, 1]";
  if (outcome.status > Status::degraded) return "";
  for (const Out& out : out_) {
    for (std::size_t i = 0; i < out.tag.size(); ++i) {
      if (!std::isfinite(out.value[i])) return out.tag[i] + " is not finite, or was not written";
    }
  }
  return "";
}

inline double Rig::proposal(std::string_view tag) const {
  for (const Out& out : out_) {
    for (std::size_t i = 0; i < out.tag.size(); ++i) {
      if (out.tag[i] == tag) return out.value[i];
    }
  }
  throw std::runtime_error("no output is named " + std::string(tag));
}

inline std::vector<std::uint8_t> Rig::save() const {
  const auto* state = extension<saggar_ext_state>(SAGGAR_EXT_STATE);
  if (state == nullptr) throw std::runtime_error("the plugin does not offer its state");
  std::vector<std::uint8_t> bytes(state->size(self_.get()));
  if (state->save(self_.get(), bytes.data(), bytes.size()) != SAGGAR_OK) {
    throw std::runtime_error("save refused: " + last_error());
  }
  return bytes;
}

inline bool Rig::restore(const std::vector<std::uint8_t>& bytes) {
  const auto* state = extension<saggar_ext_state>(SAGGAR_EXT_STATE);
  if (state == nullptr) throw std::runtime_error("the plugin does not offer its state");
  if (state->restore(self_.get(), bytes.data(), bytes.size()) != SAGGAR_OK) return false;
  first_ = false;
  return true;
}

inline std::string Rig::restore_difference(int steps,
                                           const std::function<void(Rig&, int)>& change) {
  Rig twin(table_, kiln_, options_);
  if (!twin.restore(save())) return "restore refused: " + twin.last_error();
  twin.in_ = in_;
  twin.out_ = out_;
  twin.time_ns_ = time_ns_;
  twin.cycle_ = cycle_;
  twin.driving_ = driving_;
  twin.first_ = first_;
  for (int k = 0; k < steps; ++k) {
    if (change) change(*this, k), change(twin, k);
    const Outcome mine = step(), theirs = twin.step();
    const std::string where = " differs at step " + std::to_string(k + 1) + " after the restore";
    if (mine.status != theirs.status) return "status" + where;
    for (std::size_t o = 0; o < out_.size(); ++o) {
      for (std::size_t i = 0; i < out_[o].tag.size(); ++i) {
        if (std::memcmp(&out_[o].value[i], &twin.out_[o].value[i], sizeof(double)) != 0) {
          return out_[o].tag[i] + where;
        }
      }
    }
  }
  return save() == twin.save() ? "" : "the saved state differs after the same steps";
}

inline std::string Rig::last_error() const {
  const auto* error = extension<saggar_ext_last_error>(SAGGAR_EXT_LAST_ERROR);
  if (error == nullptr) return "";
  std::array<char, 512> text{};
  error->text(self_.get(), text.data(), text.size());
  return text.data();
}

}  // namespace saggar::plugin::testing
