#include "hil/scenario/mapping.hpp"

#include <functional>

#include "runtime/config/suggest.hpp"

namespace saggar::scenario {
namespace {

/// Every field that may hold a name of the bench, with its path.
void each_place(Scenario& s, const std::function<void(const std::string&, std::string&)>& visit) {
  const auto path = [](const char* list, std::size_t i, const char* field) {
    return std::string(list) + "[" + std::to_string(i) + "]." + field;
  };
  for (std::size_t i = 0; i < s.events.size(); ++i) {
    visit(path("event", i, "target"), s.events[i].target);
  }
  for (std::size_t i = 0; i < s.requests.size(); ++i) {
    visit(path("request", i, "mv"), s.requests[i].mv);
  }
  for (std::size_t i = 0; i < s.expectations.size(); ++i) {
    visit(path("expect", i, "of"), s.expectations[i].of);
  }
}

bool is_abstract(const std::string& text) { return !text.empty() && text[0] == '@'; }

}  // namespace

void Mapping::check(config::Checks& checks) const {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string at = "map[" + std::to_string(i) + "].";
    if (is_abstract(names[i].name)) {
      checks.complain(at + "name", "is written without the @ here");
    }
    if (names[i].name.find('.') != std::string::npos) {
      checks.complain(at + "name", "\"" + names[i].name +
                                       "\" has a dot; what follows a dot in a scenario is kept, so "
                                       "names are one word, such as soak_top");
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (names[j].name == names[i].name) {
        checks.complain(at + "name", "\"" + names[i].name + "\" is there twice");
      }
    }
  }
}

bool has_abstract_names(const Scenario& scenario) {
  Scenario copy = scenario;
  bool found = false;
  each_place(copy,
             [&](const std::string&, std::string& text) { found = found || is_abstract(text); });
  return found;
}

domain::Status resolve(const Mapping& mapping, Scenario& scenario) {
  Scenario resolved = scenario;
  domain::Error error;
  std::vector<std::string> known;
  for (const MappedName& name : mapping.names) known.push_back(name.name);
  each_place(resolved, [&](const std::string& path, std::string& text) {
    if (!is_abstract(text)) return;
    const std::size_t dot = text.find('.');
    const std::string word = text.substr(1, dot == std::string::npos ? dot : dot - 1);
    for (const MappedName& name : mapping.names) {
      if (name.name != word) continue;
      text = name.place + (dot == std::string::npos ? std::string() : text.substr(dot));
      return;
    }
    if (!error.what.empty()) return;
    error = {path, "mapping \"" + mapping.name + "\" has no name \"" + word + "\"" +
                       config::did_you_mean(word, known)};
  });
  if (!error.what.empty()) return error;
  scenario = std::move(resolved);
  return domain::Done{};
}

}  // namespace saggar::scenario
