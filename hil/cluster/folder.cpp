#include "hil/cluster/folder.hpp"

#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "hil/campaign/decide.hpp"
#include "hil/campaign/inputs.hpp"
#include "hil/cluster/shards.hpp"
#include "hil/cluster/snapshot.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::cluster {
namespace {

namespace fs = std::filesystem;

/// The part of a case that does not depend on its seed.
Story story_of(const scenario::Case& one, const fs::path& from) {
  scenario::Scenario story = one.story;
  story.bench.seed = 1;
  const scenario::BenchFiles& f = one.files;
  const auto place = [&from](const fs::path& path) {
    return path.empty() ? std::string() : place_of(path, from);
  };
  return {one.scenario,    one.variant,      one.arm,          one.group,
          one.compared,    place(f.site),    place(f.kiln),    place(f.plant),
          place(f.recipe), place(f.control), place(f.mapping), config::save_text(story)};
}

std::string key_of(const Story& s) {
  return s.group + "\n" + s.variant + "\n" + (s.compared ? "1" : "0") + s.plant + "\n" + s.text;
}

domain::Result<scenario::Case> case_of(const ShardCase& from, const Story& story) {
  auto loaded = config::load_text<scenario::Scenario>("the scenario of " + from.id, story.text);
  if (!loaded) return loaded.error();
  scenario::Case one;
  one.id = from.id;
  one.scenario = story.scenario;
  one.variant = story.variant;
  one.arm = story.arm;
  one.group = story.group;
  one.seed = from.seed;
  one.compared = story.compared;
  one.story = std::move(loaded).value();
  one.story.bench.seed = from.seed;
  one.files = {story.site, story.kiln, story.plant, story.recipe, story.control, story.mapping};
  return one;
}

/// Builds a manifest case by case, and copies the files on the way.
class Making {
 public:
  explicit Making(fs::path into) : from_(fs::current_path()), into_(std::move(into)) {}

  domain::Status add(const campaign::Planned& planned) {
    for (const auto& [file, role] : inputs_.files(planned.one.files)) {
      const auto copied = add_file(file);
      if (!copied) return copied;
    }
    Story story = story_of(planned.one, from_);
    const std::string key = key_of(story);
    auto at = stories_.find(key);
    if (at == stories_.end()) {
      at = stories_.emplace(key, static_cast<std::uint32_t>(manifest.stories.size())).first;
      manifest.stories.push_back(std::move(story));
    }
    manifest.cases.push_back({planned.one.id, at->second, planned.one.seed, 0, planned.inputs});
    pieces_.push_back({planned.one.id, planned.one.story.bench.duration_s});
    return domain::Done{};
  }
  /// What the whole is held against: it may change in the meantime as anything else.
  domain::Status judged_by(const campaign::Plan& plan, const fs::path& configs) {
    manifest.configs = place_of(configs, from_);
    manifest.case_limit_s = static_cast<std::uint32_t>(std::ceil(plan.judged_by.case_limit_s));
    const auto baseline = add_file(campaign::baseline_file(configs, plan.suite));
    if (!baseline || plan.judged_by.coverage.empty()) return baseline;
    return add_file(
        scenario::find_file({configs, configs / "suites"}, "coverage", plan.judged_by.coverage));
  }
  void split(std::uint32_t shards) {
    manifest.shards = shards;
    const std::vector<std::uint32_t> shard = balanced(pieces_, shards);
    for (std::size_t i = 0; i < shard.size(); ++i) manifest.cases[i].shard = shard[i];
  }

  Manifest manifest;

 private:
  domain::Status add_file(const fs::path& file) {
    if (!copied_.insert(file).second || !fs::exists(file)) return domain::Done{};
    const auto digest = inputs_.of_file(file);
    if (!digest) return digest.error();
    // Two spellings of one path are one file.
    if (!places_.insert(place_of(file, from_)).second) return domain::Done{};
    const auto made = copy(file, from_, into_, digest.value());
    if (!made) return made.error();
    manifest.files.push_back(made.value());
    return domain::Done{};
  }

  campaign::Inputs inputs_;
  fs::path from_, into_;
  std::set<fs::path> copied_;
  std::set<std::string> places_;
  std::map<std::string, std::uint32_t> stories_;
  std::vector<Piece> pieces_;
};

/// What a worker will find is what was planned: for one case of each story, paths included.
domain::Status verify(const Manifest& manifest, const fs::path& files) {
  campaign::Inputs inputs;
  std::set<std::uint32_t> seen;
  for (const ShardCase& one : manifest.cases) {
    if (!seen.insert(one.story).second) continue;
    auto made = case_of(one, manifest.stories[one.story]);
    if (!made) return made.error();
    scenario::BenchFiles& f = made.value().files;
    for (fs::path* path : {&f.site, &f.kiln, &f.plant, &f.recipe, &f.control})
      *path = files / *path;
    const auto digest = inputs.of(made.value());
    if (!digest) return digest.error();
    if (digest.value() == one.inputs) continue;
    return domain::Error{one.id,
                         "does not find all its files in a copy: keep the plant file and the "
                         "materials it names below the folder that the campaign is planned in"};
  }
  return domain::Done{};
}

domain::Status write(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) return domain::Error{path.string(), "cannot be written; is the disk full?"};
  return domain::Done{};
}

std::string all_of(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : "; ") + word;
  return out;
}

}  // namespace

domain::Result<Folder> Folder::make(const fs::path& path, const campaign::Plan& plan,
                                    const campaign::Build& build, std::uint32_t shards,
                                    const std::string& replay, const fs::path& configs) {
  std::error_code problem;
  if (fs::exists(path, problem) && !(fs::is_directory(path, problem) && fs::is_empty(path))) {
    return domain::Error{path.string(),
                         "is there already; the name of a new folder would be right"};
  }
  const fs::path whole = fs::absolute(path).lexically_normal();
  const auto opened = campaign::Store(whole).open(true, build.digest);
  if (!opened) return opened.error();
  Making making(whole / "files");
  making.manifest.suite = plan.suite;
  // A scenario alone has no suite file.
  if (!plan.judged_by.name.empty()) making.manifest.judged_by = config::save_text(plan.judged_by);
  making.manifest.replay = replay;
  making.manifest.campaign = plan.digest();
  making.manifest.build = build.digest;
  making.manifest.parts = build.parts;
  for (const campaign::Planned& planned : plan.cases) {
    const auto added = making.add(planned);
    if (!added) return added.error();
  }
  const auto judging = making.judged_by(plan, configs);
  if (!judging) return judging.error();
  making.split(shards);
  const auto sound = verify(making.manifest, whole / "files");
  if (!sound) return sound.error();
  const auto written = write(whole / "manifest.json", json(making.manifest));
  if (!written) return written.error();
  return open(whole);
}

domain::Result<Folder> Folder::open(const fs::path& path) {
  const fs::path file = path / "manifest.json";
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || !fs::is_regular_file(file)) {
    return domain::Error{file.string(),
                         "is not there; `saggar-hil campaign plan SUITE --out DIR` makes it"};
  }
  auto manifest = read_manifest(file.string(), text.view());
  if (!manifest) return manifest.error();
  return Folder(fs::absolute(path).lexically_normal(), std::move(manifest).value());
}

domain::Status Folder::check(const campaign::Build& build) const {
  const auto parts = differences(manifest_.parts, build.parts);
  if (!parts.empty() || build.digest != manifest_.build) {
    return domain::Error{path_.string(), "was planned with another build: " + all_of(parts) +
                                             "; use that one, or plan again with this one"};
  }
  const auto changed = differences(manifest_.files, files());
  if (changed.empty()) return domain::Done{};
  return domain::Error{files().string(), all_of(changed) +
                                             "; put it back, or plan again: a shard runs what was "
                                             "planned, or nothing"};
}

domain::Result<campaign::Plan> Folder::shard(std::uint32_t shard,
                                             const campaign::Build& build) const {
  if (shard >= manifest_.shards) {
    return domain::Error{
        "shard " + std::to_string(shard),
        "is not there; 0 to " + std::to_string(manifest_.shards - 1) + " would be right"};
  }
  const auto sound = check(build);
  if (!sound) return sound.error();
  auto begun = without_cases();
  if (!begun) return begun;
  campaign::Plan& plan = begun.value();
  campaign::Inputs inputs;
  for (const ShardCase& from : manifest_.cases) {
    if (from.shard != shard) continue;
    auto one = case_of(from, manifest_.stories[from.story]);
    if (!one) return one.error();
    const auto digest = inputs.of(one.value());
    if (!digest) return digest.error();
    if (digest.value() != from.inputs) {
      return domain::Error{from.id, "has other inputs than were planned; plan again"};
    }
    plan.cases.push_back({std::move(one).value(), from.inputs});
  }
  return begun;
}

domain::Result<campaign::Plan> Folder::without_cases() const {
  campaign::Plan plan;
  plan.suite = manifest_.suite;
  plan.build = manifest_.build;
  plan.whole = !manifest_.judged_by.empty();
  if (plan.whole) {
    auto judged_by = config::load_text<scenario::SuiteFile>("judged_by", manifest_.judged_by);
    if (!judged_by) return judged_by.error();
    plan.judged_by = std::move(judged_by).value();
  }
  plan.judged_by.case_limit_s = manifest_.case_limit_s;
  return plan;
}

domain::Result<campaign::Plan> Folder::all() const {
  auto plan = without_cases();
  if (!plan) return plan;
  for (const ShardCase& from : manifest_.cases) {
    const Story& story = manifest_.stories[from.story];
    campaign::Planned planned;
    planned.one.id = from.id;
    planned.one.scenario = story.scenario;
    planned.one.variant = story.variant;
    planned.one.arm = story.arm;
    planned.one.group = story.group;
    planned.one.seed = from.seed;
    planned.one.compared = story.compared;
    planned.inputs = from.inputs;
    plan.value().cases.push_back(std::move(planned));
  }
  return plan;
}

}  // namespace saggar::cluster
