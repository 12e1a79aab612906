// Steps a controller in a unit test, without loading a library and without any test framework.
//
//   saggar::plugin::testing::Kiln kiln;
//   kiln.zones(4);
//   auto rig = saggar::plugin::testing::rig_of<MyController>(kiln);
//   rig.set("zone*.*.temperature", 750);
//   EXPECT_EQ(rig.step().wrong, "");
//   EXPECT_EQ(rig.proposal("zone01.top.setpoint"), 755);
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <saggar/plugin/controller.hpp>

namespace saggar::plugin::testing {

/// True if `name` matches `pattern`; `*` is one or more characters but no dot.
inline bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (name.empty()) return false;
  if (pattern[0] != '*') {
    return pattern[0] == name[0] && matches(pattern.substr(1), name.substr(1));
  }
  if (name[0] == '.') return false;
  return matches(pattern.substr(1), name.substr(1)) || matches(pattern, name.substr(1));
}

/// One signal of the small kiln.
struct Tag {
  std::string name, unit;
  double low = 0, high = 0, resolution = 0;
  bool is_virtual = false;  ///< of an estimator
};

/// A small kiln of named tags, in order of addition.
struct Kiln {
  std::vector<Tag> tags;

  Kiln& add(Tag tag) {
    tags.push_back(std::move(tag));
    return *this;
  }
  const Tag& named(std::string_view name) const {
    for (const Tag& tag : tags) {
      if (tag.name == name) return tag;
    }
    throw std::runtime_error("the test kiln has no tag " + std::string(name));
  }
  /// The tags of n furnace zones, named as the runtime names them.
  Kiln& zones(int n) {
    const auto each = [&](const char* word, const char* unit, double low, double high) {
      for (int z = 1; z <= n; ++z) {
        for (const char* loop : {".top.", ".bottom."}) {
          add({std::string(z < 10 ? "zone0" : "zone") + std::to_string(z) + loop + word, unit, low,
               high, 0});
        }
      }
    };
    each("temperature", "degC", 0, 1200);
    each("working_setpoint", "degC", 0, 1200);
    each("output", "%", 0, 100);
    each("setpoint", "degC", 0, 1200);
    return *this;
  }
};

/// How the instance is configured.
struct Options {
  std::map<std::string, double> params;                   ///< others keep their default
  std::map<std::string, std::vector<double>> per_output;  ///< one value per element
  double period_s = 1;
  std::uint32_t latency_cycles = 0;
  std::uint32_t zone_count = 0;  ///< 0 = as many as the tag names say
  std::int64_t budget_ns = 100'000;
  std::string name = "under_test";
  std::shared_ptr<const Model> model;      ///< given before `configure`; none: not given
  std::shared_ptr<const Package> package;  ///< the same
};

/// What one step gave.
struct Outcome {
  Status status = Status::fault;
  Why why = Why::none;
  double confidence = 0;
  std::string message;
  std::string wrong;  ///< what the runtime would refuse about this step; empty = nothing
};

/// An active instance of a plugin, and everything around it. Throws std::runtime_error where the
/// runtime would refuse to load. Not real-time; one thread.
class Rig {
 public:
  Rig(const saggar_plugin* table, Kiln kiln, Options options = {});
  Rig(Rig&& other) noexcept = default;
  Rig& operator=(Rig&&) = delete;
  ~Rig() {
    if (self_ == nullptr) return;
    table_->deactivate(self_.get());
    table_->destroy(self_.release());
  }

  /// Sets every input that matches, in the port's unit; quality good unless said.
  void set(std::string_view pattern, double value, std::uint32_t quality = SAGGAR_GOOD);
  /// What the field uses now, the recipe value, and the limits in force, of matching outputs.
  void working(std::string_view pattern, double value) { fill(pattern, &Out::working, value); }
  void reference(std::string_view pattern, double value) { fill(pattern, &Out::reference, value); }
  void limits(std::string_view pattern, double low, double high) {
    fill(pattern, &Out::low, low);
    fill(pattern, &Out::high, high);
  }
  void limited(std::string_view pattern, std::uint32_t bits) { fill(pattern, &Out::limited, bits); }
  void set_free(std::string_view pattern, bool is_free) {
    fill(pattern, &Out::free, is_free ? 1U : 0U);
  }
  void driving(bool on) { driving_ = on; }

  /// One period further, then one step.
  Outcome step();
  Outcome step(int n) {
    Outcome last;
    for (int i = 0; i < n; ++i) last = step();
    return last;
  }
  /// The last proposal for the output of exactly this name.
  double proposal(std::string_view tag) const;
  std::int64_t time_ns() const { return time_ns_; }

  /// Saves the state; throws if the plugin cannot.
  std::vector<std::uint8_t> save() const;
  bool restore(const std::vector<std::uint8_t>& state);
  /// A second instance continues from this one's state; both then make `steps` steps on the same
  /// inputs, changed before each by `change`. @return the first difference, or "".
  std::string restore_difference(int steps, const std::function<void(Rig&, int)>& change = {});

  /// The table of an extension, or nullptr, e.g. extension<saggar_ext_tune>(SAGGAR_EXT_TUNE).
  template <class T>
  const T* extension(const char* id) const {
    if (table_->get_extension == nullptr) return nullptr;
    return static_cast<const T*>(table_->get_extension(self_.get(), id));
  }
  void* self() const { return self_.get(); }
  std::string last_error() const;

 private:
  struct Leave {
    void operator()(void*) const noexcept {}
  };
  struct In {
    std::vector<std::string> tag;
    std::vector<double> value;
    std::vector<std::uint32_t> quality;
  };
  struct Out {
    std::vector<std::string> tag;
    std::vector<double> value, working, reference, low, high;
    std::vector<std::uint32_t> limited, free;
  };
  template <class T>
  void fill(std::string_view pattern, std::vector<T> Out::*member, T value);
  void resolve(const saggar_port& port);
  void give_model();
  void give_package();
  std::vector<std::vector<double>> values() const;
  void configure();
  std::string judge(const Outcome& outcome) const;

  const saggar_plugin* table_;
  Kiln kiln_;
  Options options_;
  std::unique_ptr<void, Leave> self_;
  std::vector<In> in_;
  std::vector<Out> out_;
  std::int64_t time_ns_ = 0;
  std::uint64_t cycle_ = 0;
  bool driving_ = true;
  bool first_ = true;
};

/// A rig around a controller class; no SAGGAR_PLUGIN needed.
template <class C>
Rig rig_of(Kiln kiln, Options options = {}) {
  return Rig(table_of<C>(), std::move(kiln), std::move(options));
}

}  // namespace saggar::plugin::testing

#include <saggar/plugin/detail/rig.hpp>
