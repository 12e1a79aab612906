// Visitor: what a configuration struct shows of itself, once, for loading, saving, schema and page.
// No TOML here: includers pay for the standard library only.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace saggar::config {

/// How far a figure can be trusted: read in its source, derived, remembered, estimated.
enum class Grade : std::uint8_t { none, R, D, M, E };

/// A value that carries where it came from. In the file: the plain value, or
/// `{ value = 30.0, uncertainty = 2.0, source = "VEND30", grade = "R" }`.
template <class T>
struct Sourced {
  T value{};
  std::string source;
  Grade grade = Grade::none;
  double uncertainty = 0;  ///< half width, in the unit of the value, >= 0; 0 = not stated
};
using Figure = Sourced<double>;
/// One number for all elements, or one per element; in the file `value` is a number or an array.
using Figures = Sourced<std::vector<double>>;

/// Figure of element `i`; 0 when there is none.
inline double at(const Figures& figures, std::size_t i) noexcept {
  if (figures.value.size() == 1) return figures.value[0];
  return i < figures.value.size() ? figures.value[i] : 0.0;
}

/// Value of one controller parameter: for all elements, and for tags that match a pattern.
struct Parameter {
  double value = 0;
  bool has_value = false;                ///< false: the plugin's own default
  std::map<std::string, double> by_tag;  ///< tag pattern -> value
};
using Parameters = std::map<std::string, Parameter>;

/// What is right for one field. The unit is the suffix of the key.
struct Spec {
  std::string_view doc{};  ///< one plain sentence
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool required = false;
  bool may_be_infinite = false;  ///< infinity is accepted; NaN never is
  std::size_t min_count = 0;     ///< of an array
  std::size_t max_count = 2000;
};

/// Spellings of an enum in files; specialise with `static constexpr std::array names`, in the
/// order of the enumerators from 0.
template <class E>
struct Spelling;

template <>
struct Spelling<Grade> {
  static constexpr std::array<std::string_view, 5> names = {"", "R", "D", "M", "E"};
};

using Names = std::span<const std::string_view>;

class Visitor;

/// One implementation loads, one saves, one writes the JSON schema, one the reference page.
/// A struct offers `template <class V> void visit(V& v)` that calls `v(key, member, spec)` for each
/// member; defaults are the member initialisers.
class Visitor {
 public:
  virtual ~Visitor() = default;

  template <class T>
  void operator()(std::string_view key, T& value, const Spec& spec) {
    field(key, value, spec);
  }

 protected:
  virtual void number(std::string_view key, double& value, const Spec& spec) = 0;
  virtual void integer(std::string_view key, std::int64_t& value, const Spec& spec) = 0;
  virtual void flag(std::string_view key, bool& value, const Spec& spec) = 0;
  virtual void text(std::string_view key, std::string& value, const Spec& spec) = 0;
  virtual void choice(std::string_view key, int& value, Names names, const Spec& spec) = 0;
  virtual void figure(std::string_view key, Figure& value, const Spec& spec) = 0;
  virtual void figures(std::string_view key, Figures& value, const Spec& spec) = 0;
  virtual void numbers(std::string_view key, std::vector<double>& value, const Spec& spec) = 0;
  virtual void integers(std::string_view key, std::vector<std::int64_t>& value,
                        const Spec& spec) = 0;
  virtual void texts(std::string_view key, std::vector<std::string>& value, const Spec& spec) = 0;
  virtual void choices(std::string_view key, std::vector<int>& value, Names names,
                       const Spec& spec) = 0;
  virtual void parameters(std::string_view key, Parameters& value, const Spec& spec) = 0;
  /// False: the table is not to be visited.
  virtual bool enter(std::string_view key, const Spec& spec) = 0;
  virtual void leave() = 0;
  /// @return number of elements to visit; `describes()` visitors get one default element
  virtual std::size_t begin_list(std::string_view key, std::size_t size, const Spec& spec) = 0;
  virtual bool begin_element(std::size_t index) = 0;
  virtual void end_element() = 0;
  virtual void end_list() = 0;
  /// True for visitors that tell what may stand in a file rather than read or write one.
  virtual bool describes() const noexcept { return false; }

 private:
  void field(std::string_view key, double& value, const Spec& spec) { number(key, value, spec); }
  void field(std::string_view key, bool& value, const Spec& spec) { flag(key, value, spec); }
  void field(std::string_view key, std::string& value, const Spec& spec) { text(key, value, spec); }
  void field(std::string_view key, Figure& value, const Spec& spec) { figure(key, value, spec); }
  void field(std::string_view key, Figures& value, const Spec& spec) { figures(key, value, spec); }
  void field(std::string_view key, std::vector<double>& value, const Spec& spec) {
    numbers(key, value, spec);
  }
  void field(std::string_view key, std::vector<std::string>& value, const Spec& spec) {
    texts(key, value, spec);
  }
  void field(std::string_view key, Parameters& value, const Spec& spec) {
    parameters(key, value, spec);
  }

  template <std::integral I>
  static Spec fitted(Spec spec) {
    spec.low = std::max(spec.low, static_cast<double>(std::numeric_limits<I>::lowest()));
    spec.high = std::min(spec.high, static_cast<double>(std::numeric_limits<I>::max()));
    return spec;
  }
  template <std::integral I>
  void field(std::string_view key, I& value, const Spec& spec) {
    auto wide = static_cast<std::int64_t>(value);
    integer(key, wide, fitted<I>(spec));
    value = static_cast<I>(wide);
  }
  template <std::integral I>
  void field(std::string_view key, std::vector<I>& value, const Spec& spec) {
    std::vector<std::int64_t> wide(value.begin(), value.end());
    integers(key, wide, fitted<I>(spec));
    value.clear();
    for (const std::int64_t w : wide) value.push_back(static_cast<I>(w));
  }
  template <class E>
  requires std::is_enum_v<E>
  void field(std::string_view key, E& value, const Spec& spec) {
    int index = static_cast<int>(value);
    choice(key, index, Spelling<E>::names, spec);
    value = static_cast<E>(index);
  }
  template <class E>
  requires std::is_enum_v<E>
  void field(std::string_view key, std::vector<E>& value, const Spec& spec) {
    std::vector<int> indices;
    for (const E e : value) indices.push_back(static_cast<int>(e));
    choices(key, indices, Spelling<E>::names, spec);
    value.clear();
    for (const int i : indices) value.push_back(static_cast<E>(i));
  }
  template <class T>
  requires std::is_class_v<T>
  void field(std::string_view key, T& value, const Spec& spec) {
    if (!enter(key, spec)) return;
    value.visit(*this);
    leave();
  }
  template <class T>
  requires std::is_class_v<T>
  void field(std::string_view key, std::vector<T>& value, const Spec& spec) {
    const std::size_t size = begin_list(key, value.size(), spec);
    if (describes()) {
      T prototype{};
      if (begin_element(0)) {
        prototype.visit(*this);
        end_element();
      }
    } else {
      value.resize(size);
      for (std::size_t i = 0; i < size; ++i) {
        if (!begin_element(i)) continue;
        value[i].visit(*this);
        end_element();
      }
    }
    end_list();
  }
};

}  // namespace saggar::config
