#include "hil/suite/result.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>

namespace saggar::suite {
namespace {

using Json = nlohmann::ordered_json;

// The fields of each struct, once, for writing and for reading.
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, Figure> {
  v("name", x.name), v("unit", x.unit), v("better", x.better), v("value", x.value);
  v("machine", x.machine);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, Check> {
  v("text", x.text), v("expected", x.expected), v("got", x.got), v("held", x.held);
  v("kind", x.kind);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, LadderMove> {
  v("time_s", x.time_s), v("duty", x.duty), v("from", x.from), v("to", x.to);
  v("reason", x.reason);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, AlarmMark> {
  v("time_s", x.time_s), v("name", x.name), v("about", x.about);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, Reached> {
  v("reasons", x.reasons), v("events", x.events), v("gates", x.gates), v("modes", x.modes);
  v("applications", x.applications), v("faults", x.faults);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, Series> {
  v("name", x.name), v("unit", x.unit), v("values", x.values);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, CaseTrace> {
  v("step_s", x.step_s), v("series", x.series);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, CaseResult> {
  v("id", x.id), v("scenario", x.scenario), v("group", x.group), v("variant", x.variant);
  v("arm", x.arm), v("compared", x.compared), v.if_any("recipe", x.recipe), v("seed", x.seed),
      v("inputs", x.inputs), v("hash", x.hash);
  v("hours", x.hours), v("seconds", x.seconds), v("outcome", x.outcome), v("problem", x.problem);
  v("requirements", x.requirements), v("figures", x.figures), v.if_any("details", x.details);
  v("checks", x.checks);
  v("moves", x.moves), v("alarms", x.alarms), v("reached", x.reached), v("trace", x.trace),
      v("replay", x.replay);
}

class Writer {
 public:
  template <class T>
  static Json of(const T& value) {
    if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string>) {
      Writer writer;
      visit(writer, value);
      return std::move(writer.out_);
    } else {
      return value;
    }
  }
  template <class T>
  static Json of(const std::vector<T>& values) {
    Json list = Json::array();
    for (const T& value : values) list.push_back(of(value));
    return list;
  }
  static Json of(const Reached::Counts& counts) {
    Json object = Json::object();
    for (const auto& [name, count] : counts) object[name] = count;
    return object;
  }
  template <class T>
  void operator()(const char* key, const T& value) {
    out_[key] = of(value);
  }
  template <class T>
  void if_any(const char* key, const T& value) {
    if (!value.empty()) out_[key] = of(value);
  }

 private:
  Json out_ = Json::object();
};

/// The first thing that is wrong, and where.
struct Complaint {
  std::string path, what;
};

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

class Reader {
 public:
  Reader(const Json& object, std::string path, std::optional<Complaint>& complaint)
      : object_(object), path_(std::move(path)), complaint_(complaint) {}

  template <class T>
  void operator()(const char* key, T& value) {
    known_.insert(key);
    if (complaint_) return;
    const auto found = object_.find(key);
    if (found == object_.end()) {
      complain(path_, in_quotes(key) + " is missing");
    } else {
      take(*found, path_.empty() ? key : path_ + "." + key, value);
    }
  }
  template <class T>
  void if_any(const char* key, T& value) {
    known_.insert(key);
    if (object_.contains(key)) (*this)(key, value);
  }
  void finish() {
    for (const auto& item : object_.items()) {
      if (!known_.contains(item.key()))
        complain(path_, in_quotes(item.key()) + " is not known here");
    }
  }

 private:
  void complain(const std::string& path, std::string what) {
    if (!complaint_) complaint_ = Complaint{path, std::move(what)};
  }
  void wrong(const Json& found, const std::string& path, const char* right) {
    complain(path, std::string("is ") + found.type_name() + ", " + right + " is right");
  }

  void take(const Json& json, const std::string& path, std::string& value) {
    if (!json.is_string()) return wrong(json, path, "a text");
    value = json.get<std::string>();
  }
  void take(const Json& json, const std::string& path, bool& value) {
    if (!json.is_boolean()) return wrong(json, path, "true or false");
    value = json.get<bool>();
  }
  void take(const Json& json, const std::string& path, int& value) {
    if (!json.is_number_integer() || json.get<std::int64_t>() < -1 ||
        json.get<std::int64_t>() > 1) {
      return complain(path, "-1, 0 or 1 is right");
    }
    value = json.get<int>();
  }
  void take(const Json& json, const std::string& path, std::uint64_t& value) {
    if (!json.is_number_unsigned()) return complain(path, "a whole number from 0 on is right");
    value = json.get<std::uint64_t>();
  }
  void take(const Json& json, const std::string& path, double& value) {
    if (json.is_null()) {
      value = std::numeric_limits<double>::quiet_NaN();
    } else if (json.is_number()) {
      value = json.get<double>();
    } else {
      wrong(json, path, "a number or null");
    }
  }
  void take(const Json& json, const std::string& path, Reached::Counts& value) {
    if (!json.is_object()) return wrong(json, path, "an object of counts");
    for (const auto& item : json.items())
      take(item.value(), path + "." + item.key(), value[item.key()]);
  }
  template <class T>
  void take(const Json& json, const std::string& path, std::vector<T>& value) {
    if (!json.is_array()) return wrong(json, path, "a list");
    value.resize(json.size());
    for (std::size_t i = 0; i < json.size() && !complaint_; ++i) {
      take(json[i], path + "[" + std::to_string(i) + "]", value[i]);
    }
  }
  template <class T>
  requires std::is_class_v<T>
  void take(const Json& json, const std::string& path, T& value) {
    if (!json.is_object()) return wrong(json, path, "an object");
    Reader reader(json, path, complaint_);
    visit(reader, value);
    reader.finish();
  }

  const Json& object_;
  std::string path_;
  std::optional<Complaint>& complaint_;
  std::set<std::string, std::less<>> known_;
};

/// "file:3:14" of a byte, from 1 both.
std::string place(const std::string& name, std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte > 0 ? byte - 1 : 0, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t from = before.rfind('\n');
  const std::size_t column = before.size() - (from == before.npos ? 0 : from + 1) + 1;
  return name + ":" + std::to_string(line) + ":" + std::to_string(column);
}

/// Notes keys that stand twice in one object, which the library takes silently.
class Twice {
 public:
  bool see(Json::parse_event_t event, const Json& parsed) {
    if (event == Json::parse_event_t::object_start) open_.emplace_back();
    if (event == Json::parse_event_t::object_end && !open_.empty()) open_.pop_back();
    if (event == Json::parse_event_t::key && !open_.empty()) {
      const auto key = parsed.get<std::string>();
      if (!open_.back().insert(key).second && first_.empty()) first_ = key;
    }
    return true;
  }
  const std::string& first() const noexcept { return first_; }

 private:
  std::vector<std::set<std::string>> open_;
  std::string first_;
};

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string json(const CaseResult& result) { return dumped(Writer::of(result)); }

std::string repeatable_json(const CaseResult& result) {
  CaseResult kept = result;
  std::erase_if(kept.figures, [](const Figure& figure) { return figure.machine; });
  kept.recipe.clear();
  kept.details.clear();
  Json out = Writer::of(kept);
  out.erase("seconds");
  out.erase("replay");
  return dumped(out);
}

domain::Result<CaseResult> read_result(const std::string& name, std::string_view text) {
  if (text.size() > kMostResultBytes) {
    return domain::Error{name, "is longer than 256 MiB: this is no result of one case"};
  }
  Json parsed;
  Twice twice;
  try {
    parsed = Json::parse(text, [&](int, Json::parse_event_t event, const Json& value) {
      return twice.see(event, value);
    });
  } catch (const nlohmann::json::parse_error& error) {
    return domain::Error{place(name, text, error.byte), "is no JSON from here on"};
  } catch (const nlohmann::json::exception&) {
    return domain::Error{name, "holds a number that is out of range"};
  }
  if (!twice.first().empty()) {
    return domain::Error{name, in_quotes(twice.first()) + " stands twice in one object"};
  }
  if (!parsed.is_object())
    return domain::Error{name, "an object with the result of a case is right"};
  CaseResult result;
  std::optional<Complaint> complaint;
  Reader reader(parsed, "", complaint);
  visit(reader, result);
  reader.finish();
  if (!complaint && std::find(std::begin(kOutcomes), std::end(kOutcomes), result.outcome) ==
                        std::end(kOutcomes)) {
    complaint = Complaint{"outcome", "passed, failed, refused or crashed is right"};
  }
  if (complaint) {
    return domain::Error{complaint->path.empty() ? name : name + ": " + complaint->path,
                         complaint->what};
  }
  return result;
}

}  // namespace saggar::suite
