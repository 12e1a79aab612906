#include "hil/campaign/store.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "runtime/config/load.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::campaign {

namespace fs = std::filesystem;

namespace {

/// Says of a folder that it is one of ours.
constexpr const char* kMark = "campaign.txt";

domain::Error disk(const fs::path& path, const std::error_code& problem) {
  return {path.string(), problem.message()};
}

/// Of this process among all that may write into one folder, from whichever machine.
std::string own_name() {
  char host[256] = "";
  (void)::gethostname(host, sizeof host - 1);
  return std::string(host) + "." + std::to_string(::getpid());
}

std::optional<std::string> whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

std::string file_stem(const std::string& id) {
  std::string out;
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '=';
    out += plain ? c : '+';
  }
  if (out.size() > 120) out.resize(120);
  return out + "-" + record::hex(record::sha256(id)).substr(0, 8);
}

fs::path Store::result_file(const std::string& id) const {
  return folder_ / "results" / (file_stem(id) + ".json");
}
fs::path Store::log_file(const std::string& id) const {
  return folder_ / "logs" / (file_stem(id) + ".log");
}

domain::Status Store::open(bool fresh, const std::string& made_by) const {
  std::error_code problem;
  if (fs::exists(folder_) && !fs::is_empty(folder_, problem) && !fs::exists(folder_ / kMark)) {
    return domain::Error{folder_.string(),
                         "is a folder with other things in it; name a new one, or one of an "
                         "earlier campaign"};
  }
  for (const char* part : {"results", "logs", "wire"}) {
    if (fresh) fs::remove_all(folder_ / part, problem);
    if (!problem) fs::create_directories(folder_ / part, problem);
    if (problem) return disk(folder_ / part, problem);
  }
  const std::string text =
      "A folder of saggar-hil: results/ has one file per finished case.\nbuild " + made_by + "\n";
  const auto before = whole(folder_ / kMark);
  if (!fresh && before && *before != text) {
    return domain::Error{folder_.string(),
                         "its results are of another build of the program or its plugins, or were "
                         "made in another way (in process, over the wire): begin anew, without "
                         "--resume"};
  }
  // Left alone where it stands: another process may be reading it.
  if (before == text) return domain::Done{};
  std::ofstream mark(folder_ / kMark);
  mark << text;
  mark.close();
  if (!mark) return domain::Error{(folder_ / kMark).string(), "cannot be written"};
  return domain::Done{};
}

domain::Result<bool> Store::keep_previous() const {
  std::error_code problem;
  if (!fs::exists(folder_ / kMark) || !fs::exists(folder_ / "results") ||
      fs::is_empty(folder_ / "results", problem)) {
    return false;
  }
  if (fs::exists(previous()) && !fs::exists(previous() / kMark)) {
    return domain::Error{previous().string(),
                         "is no folder of an earlier campaign, and stands where the results in " +
                             folder_.string() + " are to be kept; move one of them away"};
  }
  fs::remove_all(previous(), problem);
  if (!problem) fs::rename(folder_, previous(), problem);
  if (problem) return disk(previous(), problem);
  return true;
}

std::optional<suite::CaseResult> Store::find(const Planned& planned) const {
  const fs::path path = result_file(planned.one.id);
  const auto text = whole(path);
  if (!text) return std::nullopt;
  auto result = suite::read_result(path.string(), *text);
  if (!result || result.value().inputs != planned.inputs || result.value().id != planned.one.id) {
    return std::nullopt;
  }
  return std::move(result).value();
}

domain::Result<std::vector<suite::CaseResult>> read_results(const fs::path& folder) {
  std::vector<suite::CaseResult> out;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder / "results", problem)) {
    if (entry.path().extension() != ".json") continue;
    const auto text = whole(entry.path());
    auto result = suite::read_result(entry.path().string(), text.value_or(""));
    if (!result) return result.error();
    out.push_back(std::move(result).value());
  }
  if (out.empty()) {
    return domain::Error{folder.string(),
                         "holds no results; right is the folder of one suite, such "
                         "as var/hil/smoke"};
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return out;
}

domain::Status Store::save(const suite::CaseResult& result) const {
  const fs::path path = result_file(result.id);
  const fs::path part = path.string() + "." + own_name();
  std::ofstream out(part, std::ios::binary);
  out << suite::json(result);
  out.close();
  if (!out) return domain::Error{part.string(), "cannot be written; is the disk full?"};
  std::error_code problem;
  fs::rename(part, path, problem);
  if (problem) return disk(path, problem);
  return domain::Done{};
}

}  // namespace saggar::campaign
