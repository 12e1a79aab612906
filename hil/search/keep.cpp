#include "hil/search/keep.hpp"

#include <map>
#include <set>
#include <sstream>

#include "runtime/config/load.hpp"

namespace saggar::search {
namespace {

namespace fs = std::filesystem;

/// The lines of each table of a file, by the head of the table.
using Tables = std::map<std::string, std::set<std::string>>;

/// What a scenario says that says nothing, with one of each thing that may stand in a list.
Tables defaults() {
  scenario::Scenario nothing;
  nothing.events.emplace_back();
  nothing.requests.emplace_back();
  nothing.expectations.emplace_back();
  nothing.bounds.emplace_back();
  Tables tables;
  std::istringstream text(config::save_text(nothing));
  std::string head;
  for (std::string line; std::getline(text, line);) {
    if (line.rfind('[', 0) == 0) {
      head = line;
    } else {
      tables[head].insert(line);
    }
  }
  return tables;
}

/// Mandatory whatever they say.
bool must_stand(const std::string& line) {
  for (const char* key : {"kind", "name", "time_s", "fault", "see", "is", "intent", "kpi"}) {
    if (line.rfind(std::string(key) + " = ", 0) == 0) return true;
  }
  return false;
}

bool is_bare(const std::string& name) {
  return name.find('/') == std::string::npos && name.find(".toml") == std::string::npos;
}

}  // namespace

std::string brief_text(const scenario::Scenario& story, const std::vector<std::string>& lines) {
  const std::string whole = config::save_text(story);
  const Tables known = defaults();
  std::string comment, brief, head;
  for (const std::string& line : lines) comment += line.empty() ? "#\n" : "# " + line + "\n";
  std::istringstream text(whole);
  std::string pending;  // head of a table that may yet be empty
  for (std::string line; std::getline(text, line);) {
    if (line.rfind('[', 0) == 0) {
      head = line;
      // Tables of a list stand for something even if they say nothing; a plain one does not.
      pending = head.rfind("[[", 0) == 0 ? "" : "\n" + head + "\n";
      if (pending.empty()) brief += "\n" + head + "\n";
      continue;
    }
    const auto table = known.find(head);
    const bool usual = table != known.end() && table->second.count(line) > 0;
    if (line.empty() || (usual && !must_stand(line))) continue;
    brief += pending + line + "\n";
    pending.clear();
  }
  const auto read = config::load_text<scenario::Scenario>(story.name, brief);
  const bool same = read.ok() && config::save_text(read.value()) == whole;
  return comment + (same ? brief : whole);
}

scenario::Scenario moved(const scenario::Scenario& story, const scenario::Place& place,
                         const fs::path& folder) {
  scenario::Scenario out = story;
  scenario::Bench& bench = out.bench;
  for (std::string* name :
       {&bench.site, &bench.kiln, &bench.plant, &bench.recipe, &bench.control, &bench.mapping}) {
    if (name->empty() || is_bare(*name)) continue;
    const fs::path file = fs::absolute(place.folder / *name).lexically_normal();
    *name = file.lexically_relative(fs::absolute(folder).lexically_normal()).string();
    if (is_bare(*name)) name->insert(0, "./");
  }
  return out;
}

}  // namespace saggar::search
