#include "hil/train/signals.hpp"

#include <limits>

namespace saggar::train {
namespace {

using domain::TagId;

/// Text with the first * of `pattern` put in the place of the first * of `text`; no more are there.
std::string with_match(const std::string& text, const std::string& pattern,
                       const std::string& name) {
  const std::size_t hole = text.find('*'), star = pattern.find('*');
  if (hole == std::string::npos || star == std::string::npos) return text;
  const std::size_t end = name.find('.', star);
  return text.substr(0, hole) +
         name.substr(star, (end == std::string::npos ? name.size() : end) - star) +
         text.substr(hole + 1);
}

template <class Row>
domain::Result<std::vector<TagId>> tags_of(const Row& row, const std::string& key,
                                           const domain::Plant& plant) {
  const std::vector<TagId> all = plant.match(row.tags);
  if (all.empty()) return domain::Error{key + ".tags", "\"" + row.tags + "\" names no tag here"};
  std::vector<TagId> some;
  for (std::size_t i = row.first - 1; i < all.size() && i < row.last; ++i) some.push_back(all[i]);
  if (!some.empty()) return some;
  return domain::Error{key + ".first",
                       "is beyond the " + std::to_string(all.size()) + " tags of " + row.tags};
}

std::string symbol(const domain::Plant& plant, TagId tag) {
  return std::string(units::symbol(plant.tag(tag).unit));
}

domain::Status add_features(const TrainingFile& file, const domain::Plant& plant, Signals& out) {
  for (std::size_t i = 0; i < file.features.size(); ++i) {
    const FeatureRow& row = file.features[i];
    const std::string key = "feature[" + std::to_string(i) + "]";
    const auto tags = tags_of(row, key, plant);
    if (!tags) return tags.error();
    for (const TagId tag : tags.value()) {
      config::PolicyFeature feature;
      feature.tag = plant.tag(tag).name;
      feature.unit = symbol(plant, tag);
      feature.lags_s = row.lags_s;
      Place place{tag, domain::kNoMv};
      if (!row.over.empty()) {
        feature.over = with_match(row.over, row.tags, feature.tag);
        const auto over = plant.tags.find(feature.over);
        if (over) place.reference = plant.mv_of(*over);
        if (place.reference == domain::kNoMv) {
          return domain::Error{key + ".over", feature.over + " is no MV of this kiln"};
        }
      }
      out.features.push_back(std::move(feature));
      out.seen.push_back(place);
      out.margin.push_back(row.margin);
    }
  }
  return domain::Done{};
}

domain::Status add_outputs(const TrainingFile& file, const domain::Plant& plant, Signals& out) {
  for (const OutputRow& row : file.outputs) {
    for (std::uint32_t zone = row.first; zone <= row.last && zone <= plant.zones; ++zone) {
      config::PolicyOutput output;
      std::vector<domain::MvId> moved;
      for (const domain::MvId mv : plant.of(domain::Duty::heat)) {
        if (plant.mvs[mv].zone + 1U != zone) continue;
        output.tags.push_back(plant.tag(plant.mvs[mv].tag).name);
        output.unit = symbol(plant, plant.mvs[mv].tag);
        moved.push_back(mv);
      }
      if (moved.empty()) continue;
      output.trim = row.trim_K;
      output.rate_per_min = row.rate_K_per_min;
      output.shift = row.shift_K;
      out.outputs.push_back(std::move(output));
      out.moved.push_back(std::move(moved));
      out.worth.push_back(row.value);
    }
  }
  if (out.outputs.empty()) return domain::Error{"output", "names no zone of this kiln"};
  return domain::Done{};
}

domain::Status add_predictions(const TrainingFile& file, const domain::Plant& plant, Signals& out) {
  for (std::size_t i = 0; i < file.predictions.size(); ++i) {
    const PredictionRow& row = file.predictions[i];
    const auto tags = tags_of(row, "prediction[" + std::to_string(i) + "]", plant);
    if (!tags) return tags.error();
    for (const TagId tag : tags.value()) {
      config::PolicyPrediction prediction;
      prediction.tag = plant.tag(tag).name;
      prediction.unit = symbol(plant, tag);
      prediction.horizon_s = row.horizon_s;
      out.predictions.push_back(std::move(prediction));
      out.foretold.push_back({tag, domain::kNoMv});
    }
  }
  return domain::Done{};
}

}  // namespace

double Signals::value(const Place& place, const domain::Plant& plant,
                      const domain::Record& record) noexcept {
  const std::size_t measured = plant.tags.size();
  const bool estimate = place.tag >= measured;
  const domain::Sample& sample =
      estimate ? record.estimate.samples[place.tag - measured] : record.screened.samples[place.tag];
  const bool seen = estimate ? sample.quality == domain::Quality::good : sample.usable();
  if (!seen) return std::numeric_limits<double>::quiet_NaN();
  return place.reference == domain::kNoMv ? sample.value
                                          : sample.value - record.recipe[place.reference];
}

domain::Result<Signals> signals_of(const TrainingFile& file, const domain::Plant& plant) {
  Signals out;
  for (const auto add : {&add_features, &add_outputs, &add_predictions}) {
    const domain::Status added = add(file, plant, out);
    if (!added) return added.error();
  }
  return out;
}

}  // namespace saggar::train
