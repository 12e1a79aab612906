#include "hil/train/rehearse.hpp"

#include <algorithm>
#include <cmath>

#include "hil/train/members.hpp"

namespace saggar::train {
namespace {

constexpr std::size_t kScoreFigures = 5;

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// By its name: zone07.core.temperature follows what the output of zone07 does to the core.
Follows follows(const std::string& tag, const std::string& zone) {
  if (tag.rfind(zone + ".", 0) != 0) return Follows::nothing;
  if (ends_with(tag, ".working_setpoint")) return Follows::setpoint;
  if (tag == zone + ".core.temperature") return Follows::core;
  if (tag == zone + ".hottest.temperature") return Follows::hottest;
  return ends_with(tag, ".temperature") ? Follows::zone : Follows::nothing;
}

std::string zone_of(const config::PolicyOutput& output) {
  return output.tags.front().substr(0, output.tags.front().find('.'));
}

void add_features(const Signals& signals, double period_s, Rehearsal& to) {
  for (const config::PolicyFeature& feature : signals.features) {
    RehearsedFeature f{feature.mean, feature.scale, {}, Follows::nothing, 0};
    for (const double lag : feature.lags_s) {
      f.lags.push_back(static_cast<std::size_t>(std::lround(lag / period_s)));
    }
    for (std::size_t k = 0; k < signals.outputs.size() && f.follows == Follows::nothing; ++k) {
      f.follows = follows(feature.tag, zone_of(signals.outputs[k]));
      f.output = k;
    }
    to.features.push_back(std::move(f));
  }
}

/// Number of a zone by its name; 0 = it has none.
std::size_t number_of(const std::string& zone) {
  const std::size_t digits = zone.find_last_not_of("0123456789") + 1;
  if (digits >= zone.size() || zone.size() - digits > 6) return 0;
  return static_cast<std::size_t>(std::stoul(zone.substr(digits)));
}

/// Powder passes the zones one after the other, and trims are taken about a reference.
domain::Status fits_the_reduced_kiln(const Signals& signals, const Rehearsal& r) {
  for (std::size_t k = 0; k + 1 < signals.outputs.size(); ++k) {
    const std::string zone = zone_of(signals.outputs[k]), next = zone_of(signals.outputs[k + 1]);
    if (number_of(next) == number_of(zone) + 1) continue;
    return domain::Error{"finetune", "outputs go from " + zone + " to " + next +
                                         "; zone after zone would be right: the powder of the "
                                         "reduced kiln goes on to the next one"};
  }
  for (std::size_t f = 0; f < r.features.size(); ++f) {
    const Follows follows = r.features[f].follows;
    if (follows == Follows::nothing || follows == Follows::zone) continue;
    if (!signals.features[f].over.empty()) continue;
    return domain::Error{"finetune", "feature " + signals.features[f].tag +
                                         " is not taken over a reference; `over` with the setpoint "
                                         "of its zone would be right"};
  }
  return domain::Done{};
}

domain::Status add_outputs(const TrainingFile& file, const Signals& signals, Rehearsal& to) {
  const double period_s = file.period_s;
  bool judged = false;
  for (std::size_t k = 0; k < signals.outputs.size(); ++k) {
    const config::PolicyOutput& output = signals.outputs[k];
    RehearsedOutput o;
    o.trim_K = output.trim;
    o.rate_K = output.rate_per_min * period_s / 60;
    o.shift_K = output.shift;
    o.worth = signals.worth[k];
    const auto find = [&](Follows follows, std::size_t& at) {
      const auto found = std::find_if(
          to.features.begin(), to.features.end(),
          [&](const RehearsedFeature& f) { return f.follows == follows && f.output == k; });
      at = static_cast<std::size_t>(found - to.features.begin());
      return found != to.features.end();
    };
    if (!find(Follows::setpoint, o.setpoint)) {
      return domain::Error{"finetune", "needs the working setpoint of " + zone_of(output) +
                                           " as a feature: what its trim was"};
    }
    const std::size_t zone = number_of(zone_of(output));
    const bool known = find(Follows::core, o.core) && find(Follows::hottest, o.hottest);
    o.judged = known && zone >= file.finetune.first && zone <= file.finetune.last;
    o.bounded = known && zone >= file.finetune.hottest_first && zone <= file.finetune.last;
    judged = judged || (o.judged && o.worth > 0);
    to.outputs.push_back(o);
  }
  if (judged) return domain::Done{};
  return domain::Error{
      "finetune",
      "needs core and hottest place of a zone from `first` to `last` as features: by them "
      "it is judged (outputs are of " +
          zone_of(signals.outputs.front()) + " to " + zone_of(signals.outputs.back()) + ")"};
}

/// Where nothing is missing from the longest lag before to the end of an episode.
void add_windows(const TrainingFile& file, const std::vector<Dataset>& runs, Rehearsal& to) {
  std::size_t longest = 0, begin = 0;
  for (const RehearsedFeature& f : to.features) longest = std::max(longest, f.lags.back());
  const std::size_t width = to.features.size(), step = std::max<std::size_t>(1, to.steps / 4);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const Dataset& run = runs[r];
    auto& windows = held_out(r, runs.size(), file.share_held_out) ? to.held_out : to.learn;
    std::size_t seen = 0,
                next = 0;  // rows in a row that are complete; next start that is far enough
    for (std::size_t i = 0; i < run.size(); ++i) {
      const float* row = run.value.data() + i * width;
      seen = std::all_of(row, row + width, [](float v) { return std::isfinite(v); }) ? seen + 1 : 0;
      if (seen < longest + to.steps + 1) continue;
      const std::size_t first = i - to.steps;
      if (first < next) continue;
      windows.push_back({begin + first, first});
      next = first + step;
    }
    to.rows.insert(to.rows.end(), run.value.begin(), run.value.end());
    begin += run.size();
  }
}

std::vector<std::vector<double>> curves_of(const Tuned& tuned) {
  std::vector<std::vector<double>> out = {
      tuned.cost, tuned.too_hot, tuned.price, {static_cast<double>(tuned.kept)}};
  for (const Score& s : tuned.held_out) {
    out.resize(4 + kScoreFigures);
    out[4].push_back(s.cost);
    out[5].push_back(s.outside);
    out[6].push_back(s.too_hot);
    out[7].push_back(s.travel_K_per_h);
    out[8].push_back(s.trim_K);
  }
  return out;
}

Tuned tuned_of(const std::vector<std::vector<double>>& c) {
  Tuned out{{}, c[0], c[1], c[2], {}, c[3].empty() ? 0 : static_cast<std::size_t>(c[3][0])};
  for (std::size_t i = 0; i < c[4].size(); ++i) {
    out.held_out.push_back({c[4][i], c[5][i], c[6][i], c[7][i], c[8][i]});
  }
  return out;
}

Tuning tuning_of(const TrainingFile& file) {
  const FinetuneRow& row = file.finetune;
  Tuning t;
  t.method = row.method == FinetuneMethod::ppo ? Method::ppo : Method::gradient;
  t.iterations = row.iterations;
  t.episodes = row.episodes;
  t.rate = row.rate;
  t.anchor = row.anchor;
  t.hot_share = row.hot_share;
  t.explore_K = row.explore_K;
  t.seed = file.network.seed;
  return t;
}

}  // namespace

domain::Status can_rehearse(const TrainingFile& file, const Signals& signals) {
  Rehearsal tried;
  add_features(signals, file.period_s, tried);
  if (const auto fit = fits_the_reduced_kiln(signals, tried); !fit) return fit.error();
  return add_outputs(file, signals, tried);
}

domain::Result<Rehearsal> make_rehearsal(const TrainingFile& file, const Signals& signals,
                                         const std::vector<Dataset>& runs) {
  const FinetuneRow& row = file.finetune;
  Rehearsal out;
  out.steps = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::lround(row.hours * 3600 / file.period_s)));
  out.figures = {file.period_s,   row.zone_lag_s, row.powder_lag_s,    row.residence_s,
                 row.spread,      row.heat_K,     row.truth_K,         row.step_K,
                 row.band_K,      row.hottest_K,  row.hottest_truth_K, row.travel_price,
                 row.energy_price};
  add_features(signals, file.period_s, out);
  if (const auto fit = fits_the_reduced_kiln(signals, out); !fit) return fit.error();
  if (const auto added = add_outputs(file, signals, out); !added) return added.error();
  add_windows(file, runs, out);
  if (!out.learn.empty() && !out.held_out.empty()) return out;
  return domain::Error{"finetune.hours",
                       "no lesson that is learnt from, or none held out, is complete for so long; "
                       "fewer hours would be right"};
}

domain::Result<Rehearsed> rehearse(const TrainingFile& file, const Signals& signals,
                                   const std::vector<Dataset>& runs, const Split& split,
                                   const Studied& studied, const StudyOptions& options) {
  const auto rehearsal = make_rehearsal(file, signals, runs);
  if (!rehearsal) return rehearsal.error();
  const MemberOptions how{options.folder,    file.network.members, said_count(split),
                          4 + kScoreFigures, options.jobs,         options.stop};
  auto members = make_members(how, [&](std::size_t k) {
    const Study s = study_of(file, signals, split, {}, k);
    const Tuned tuned =
        tune(s, studied.members[k], rehearsal.value(), tuning_of(file),
             {split.learn.x.at.data(), split.learn.y.at.data(), split.learn.x.rows});
    return Member{tuned.torchscript, said_of(tuned.torchscript, s, split), curves_of(tuned)};
  });
  if (!members) return members.error();
  Rehearsed out{studied, {}};
  for (std::size_t k = 0; k < members.value().size(); ++k) {
    Member& member = members.value()[k];
    out.tuned.push_back(tuned_of(member.curves));
    out.studied.members[k] = std::move(member.torchscript);
    out.studied.said[k] = std::move(member.said);
  }
  return out;
}

}  // namespace saggar::train
