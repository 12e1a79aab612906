#include "runtime/app/earned.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <utility>

#include "runtime/app/kept_trust.hpp"
#include "runtime/app/recorded_scene.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::app {
namespace {

using domain::Error;
using domain::Record;
using domain::Result;
using domain::Status;
using promote::Scene;

// A longer silence between records is missing data; of a slow cycle, of three of them.
constexpr double kGap_s = 5, kGap_cycles = 3;

/// One group while the journals are read.
struct Watched {
  Watched(const std::string& controller, const std::string& group, const config::GateConfig& gate)
      : evidence(controller, group, {gate.undo_s, gate.lot_tag}),
        blocks(gate.block_s),
        wanted(controller, controller, group),
        done(controller, group) {}

  std::vector<std::string> tags;  ///< that the group writes
  std::vector<domain::MvId> mvs;  ///< the same in the present run
  config::TrustConfig trust;      ///< gates
  std::string unit;
  promote::Evidence evidence;
  promote::Blocks blocks;
  promote::Wanted wanted;
  promote::Done done;
  std::optional<promote::SideBySide> beside;
};

Error unknown(const std::string& name, const char* what, const std::vector<std::string>& known) {
  return {name, "no " + std::string(what) + " of the journal has this name" +
                    config::did_you_mean(name, known) +
                    " known: " + (known.empty() ? "none" : config::listed(known))};
}

bool among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> groups_of(const Scene& scene, const std::string& controller) {
  std::vector<std::string> groups;
  for (const Scene::Row& row : scene.rows) {
    if (scene.controllers[row.controller] == controller) groups.push_back(row.group);
  }
  return groups;
}

std::string listed_groups(const config::TrustConfig& trust) {
  std::string all;
  for (const config::TrustGroupConfig& group : trust.groups) {
    all += group.name + " (" + config::listed(group.tags) + "), ";
  }
  return all + std::string(config::kRestGroup);
}

/// A file with other groups speaks of something else than what the journal measured.
Status same_groups(const std::string& file, const config::TrustConfig& asked,
                   const std::vector<config::TrustConfig>& recorded) {
  const auto same = [](const config::TrustGroupConfig& a, const config::TrustGroupConfig& b) {
    return a.name == b.name && a.tags == b.tags;
  };
  for (const config::TrustConfig& was : recorded) {
    if (was.controller != asked.controller) continue;
    if (std::equal(was.groups.begin(), was.groups.end(), asked.groups.begin(), asked.groups.end(),
                   same)) {
      return domain::Done{};
    }
    return Error{file, "trusts '" + asked.controller + "' with the groups " + listed_groups(asked) +
                           "; the journal has " + listed_groups(was)};
  }
  return Error{file, "trusts '" + asked.controller +
                         "' step by step; the journal has no such controller, or does not trust "
                         "it so"};
}

/// Tables by which is judged: those of the file, or of the last run.
Result<std::vector<config::TrustConfig>> tables(const EarnedOptions& options,
                                                const RecordedRun& last) {
  std::vector<config::TrustConfig> trust = last.control.trust;
  if (last.scene.rows.empty()) {
    return Error{options.journals.back(),
                 "ends without a controller that is trusted step by step; "
                 "its control file would have a table [[trust]]"};
  }
  if (options.control.empty()) return trust;
  const auto file = config::load<config::ControlConfig>(options.control);
  if (!file) return file.error();
  trust = file.value().trust;
  if (trust.empty()) {
    return Error{options.control, "has no table [[trust]], so there is no gate to judge by"};
  }
  for (const config::TrustConfig& table : trust) {
    const Status same = same_groups(options.control, table, last.control.trust);
    if (!same) return same.error();
  }
  return trust;
}

/// Reads journals one after another.
class Reading {
 public:
  explicit Reading(const EarnedOptions& options) : options_(options) {}

  Result<Earned> all() {
    const Status known = look_at_the_last();
    if (!known) return known.error();
    for (const std::string& path : options_.journals) {
      const Status read = one(path);
      if (!read) return read.error();
    }
    if (out_.records == 0) return Error{options_.journals.front(), "holds no record"};
    return finish();
  }

 private:
  /// What is judged follows from the last run of the last journal.
  Status look_at_the_last() {
    auto opened = record::JournalReader::open(options_.journals.back());
    if (!opened) return opened.error();
    if (opened.value()->runs().empty()) return Error{options_.journals.back(), "holds no run"};
    record::JournalReader& reader = *opened.value();
    const auto last = recorded_run(reader.runs().back());
    if (!last) return last.error();
    const auto trust = tables(options_, last.value());
    if (!trust) return trust.error();
    const Status sought = reader.seek(reader.last_cycle());
    if (!sought) return sought.error();
    const auto more = reader.next();
    if (!more) return more.error();
    if (!more.value()) return Error{options_.journals.back(), "holds no record"};
    return choose(last.value().scene, reader.record(), trust.value());
  }

  Status choose(const Scene& scene, const Record& last,
                const std::vector<config::TrustConfig>& trust) {
    std::vector<std::string> trusted, groups;
    for (const config::TrustConfig& table : trust) {
      trusted.push_back(table.controller);
      const bool wanted = options_.controller.empty() || options_.controller == table.controller;
      for (const std::string& group : groups_of(scene, table.controller)) {
        if (!wanted) continue;
        groups.push_back(group);
        if (options_.group.empty() || options_.group == group) add(scene, last, table, group);
      }
    }
    if (!options_.controller.empty() && !among(trusted, options_.controller)) {
      return unknown(options_.controller, "controller that is trusted step by step", trusted);
    }
    if (!options_.group.empty() && !among(groups, options_.group)) {
      return unknown(options_.group, "group", groups);
    }
    return against(scene);
  }

  /// What is kept follows from the gate that is judged in the end, so from the level in the end.
  void add(const Scene& scene, const Record& last, const config::TrustConfig& table,
           const std::string& group) {
    const std::size_t index = scene.row(table.controller, group);
    const Scene::Row& row = scene.rows[index];
    const domain::Level level =
        index < last.trust.size() ? last.trust[index].level : domain::Level::shadow;
    const auto next = promote::next(level);
    Watched& watched = watched_.emplace_back(
        table.controller, group, config::gate_of(table, next.value_or(domain::Level::full)));
    watched.trust = table;
    for (const domain::MvId mv : row.mvs) {
      const domain::Tag& tag = scene.plant.tags[scene.plant.mvs[mv].tag];
      watched.tags.push_back(tag.name);
      watched.unit = units::symbol(tag.unit);
    }
  }

  Status against(const Scene& scene) {
    if (options_.against.empty()) return domain::Done{};
    if (!among(scene.controllers, options_.against)) {
      return unknown(options_.against, "controller", scene.controllers);
    }
    for (Watched& watched : watched_) {
      const std::string& name = watched.evidence.controller();
      if (name == options_.against) continue;
      watched.beside.emplace(name, options_.against, watched.evidence.group(), options_.block_s);
    }
    return domain::Done{};
  }

  Status one(const std::string& path) {
    auto opened = record::JournalReader::open(path);
    if (!opened) return opened.error();
    record::JournalReader& reader = *opened.value();
    const Status sought = reader.seek(0);
    if (!sought) return sought.error();
    std::int64_t run = -1;
    bool first = true;
    while (true) {
      const auto more = reader.next();
      if (!more) return more.error();
      if (!more.value()) return domain::Done{};
      const Record& record = reader.record();
      if (first && out_.records > 0 && record.time_ns <= out_.to_ns) {
        return Error{path, "begins at " + seconds(record.time_ns) +
                               ", before the one named before it ends at " + seconds(out_.to_ns) +
                               "; name journals in order of time, each once"};
      }
      if (first || reader.run().id != run) {
        const Status begun = begin(reader.run());
        if (!begun) return begun.error();
      }
      run = reader.run().id;
      first = false;
      take(record);
    }
  }

  static std::string seconds(std::int64_t time_ns) {
    char text[48];
    std::snprintf(text, sizeof text, "%.0f s", static_cast<double>(time_ns) * 1e-9);
    return text;
  }

  Status begin(const record::Run& run) {
    auto made = recorded_run(run);
    if (!made) return made.error();
    scene_ = std::move(made.value().scene);
    gap_s_ = std::max(kGap_s, kGap_cycles * made.value().cycle_s);
    for (Watched& watched : watched_) {
      watched.mvs.clear();
      for (const std::string& tag : watched.tags) {
        const auto id = scene_.plant.tags.find(tag);
        const domain::MvId mv = id ? scene_.plant.mv_of(*id) : domain::kNoMv;
        if (mv != domain::kNoMv) watched.mvs.push_back(mv);
      }
      if (out_.records > 0) forget_what_changed(run.meta, watched);
    }
    meta_ = run.meta;
    return domain::Done{};
  }

  void forget_what_changed(const record::Meta& now, Watched& watched) {
    const std::string& name = watched.evidence.controller();
    const bool plant = same_plant(meta_, now), same = same_controller(meta_, now, name);
    if (!plant) watched.blocks.forget_all();
    for (const std::string& other : scene_.controllers) {
      if (!same_controller(meta_, now, other)) watched.blocks.forget(other);
    }
    const bool beside = same && same_controller(meta_, now, options_.against);
    if (watched.beside && (!plant || !beside)) watched.beside->forget();
    if (plant && same) return;
    watched.evidence.forget(plant ? promote::Begun::controller : promote::Begun::plant);
  }

  void take(const Record& record) {
    const double passed_s = static_cast<double>(record.time_ns - out_.to_ns) * 1e-9;
    const bool follows = out_.records > 0 && passed_s > 0 && passed_s <= gap_s_;
    if (out_.records == 0) out_.from_ns = record.time_ns;
    if (out_.records > 0 && passed_s > gap_s_) out_.missing_s += passed_s;
    const double dt_s = follows ? passed_s : 0;
    ++out_.records;
    out_.to_ns = record.time_ns;
    for (Watched& watched : watched_) {
      const std::string& name = watched.evidence.controller();
      if (watched.evidence.note(scene_, record, dt_s)) {  // another level
        watched.blocks.forget(name);
        watched.wanted.forget();
        static_cast<void>(watched.done.take());
      }
      watched.blocks.note(record.time_ns, dt_s, promote::mover(scene_, record, watched.mvs),
                          promote::key_figures(scene_, record, watched.mvs));
      watched.wanted.note(scene_, record, dt_s);
      watched.done.note(scene_, record, dt_s);
      if (watched.beside) watched.beside->note(scene_, record, dt_s);
    }
  }

  /// Those that are not too old to be listed.
  template <class T>
  std::vector<T> listed(std::vector<T> all) const {
    std::erase_if(all, [&](const T& one) {
      return static_cast<double>(out_.to_ns - one.time_ns) * 1e-9 > 86400 * options_.last_days;
    });
    return all;
  }

  Earned finish() {
    for (Watched& watched : watched_) {
      watched.blocks.finish();
      if (watched.beside) watched.beside->finish();
      EarnedGroup group;
      group.controller = watched.evidence.controller();
      group.group = watched.evidence.group();
      group.unit = watched.unit;
      group.tally = watched.evidence.tally();
      group.falls = listed(watched.evidence.falls());
      group.rejections = listed(watched.evidence.rejections());
      const auto next = promote::next(group.tally.level);
      const bool other = group.controller != options_.against;
      if (next) {
        group.judgement =
            promote::judge(config::gate_of(watched.trust, *next), group.tally, watched.blocks,
                           group.controller, other ? options_.against : std::string());
      }
      group.wanted = watched.wanted.take();
      group.done = watched.done.take();
      group.beside = std::move(watched.beside);
      out_.groups.push_back(std::move(group));
    }
    out_.block_s = options_.block_s;
    out_.against = options_.against;
    return std::move(out_);
  }

  const EarnedOptions& options_;
  std::vector<Watched> watched_;
  Scene scene_;
  double gap_s_ = kGap_s;
  record::Meta meta_;
  Earned out_;
};

}  // namespace

Result<Earned> read_earned(const EarnedOptions& options) {
  if (options.journals.empty()) return Error{"journals", "none is named, right is at least one"};
  return Reading(options).all();
}

}  // namespace saggar::app
