// A Package as it crosses the ABI, there and back.
#pragma once

#include <cstdint>
#include <vector>

#include <saggar/plugin/detail/seal.hpp>
#include <saggar/plugin/package.hpp>

namespace saggar::plugin::detail {

/// C view of a package that must outlive it. Not to be moved: it points into itself.
class PackageTable {
 public:
  explicit PackageTable(const Package& from) {
    for (const PackageFeature& f : from.features) {
      features_.push_back({sizeof(saggar_package_feature), count(f.lags_s), f.tag.c_str(),
                           f.unit.c_str(), f.reference_tag.c_str(), f.low, f.high, f.mean, f.scale,
                           f.lags_s.data()});
    }
    for (const PackageOutput& o : from.outputs) {
      tags_.emplace_back();
      for (const std::string& tag : o.tags) tags_.back().push_back(tag.c_str());
      // The names lie on the heap of their own vector, which stays where it is as `tags_` grows.
      outputs_.push_back({sizeof(saggar_package_output), count(o.tags), tags_.back().data(),
                          o.unit.c_str(), o.trim, o.rate_per_min, o.shift});
    }
    for (const PackagePrediction& p : from.predictions) {
      predictions_.push_back({sizeof(saggar_package_prediction), 0, p.tag.c_str(), p.unit.c_str(),
                              p.horizon_s, p.mean, p.scale});
    }
    for (const PackageFile& f : from.files) {
      files_.push_back(
          {sizeof(saggar_package_file), 0, f.name.c_str(), f.data.data(), f.data.size()});
    }
    table_ = {sizeof(saggar_package),
              count(features_),
              count(outputs_),
              count(predictions_),
              count(from.members),
              count(files_),
              from.duty,
              0,
              from.id.c_str(),
              from.version.c_str(),
              from.backend.c_str(),
              from.sha256.c_str(),
              from.period_s,
              from.missing_wait_s,
              features_.data(),
              outputs_.data(),
              predictions_.data(),
              from.members.data(),
              files_.data()};
  }
  PackageTable(const PackageTable&) = delete;
  PackageTable& operator=(const PackageTable&) = delete;
  ~PackageTable() = default;
  const saggar_package& table() const noexcept { return table_; }

 private:
  template <class T>
  static std::uint32_t count(const std::vector<T>& list) noexcept {
    return static_cast<std::uint32_t>(list.size());
  }

  std::vector<std::vector<const char*>> tags_;
  std::vector<saggar_package_feature> features_;
  std::vector<saggar_package_output> outputs_;
  std::vector<saggar_package_prediction> predictions_;
  std::vector<saggar_package_file> files_;
  saggar_package table_{};
};

/// A copy that the plugin owns.
inline Package package_of(const saggar_package& from) {
  Package to;
  to.id = from.id;
  to.version = from.version;
  to.backend = from.backend;
  to.sha256 = from.sha256;
  to.duty = from.duty;
  to.period_s = from.period_s;
  to.missing_wait_s = from.missing_wait_s;
  for (std::uint32_t i = 0; i < from.feature_count; ++i) {
    const saggar_package_feature& f = from.features[i];
    to.features.push_back({f.tag,
                           f.unit,
                           f.reference_tag,
                           f.low,
                           f.high,
                           f.mean,
                           f.scale,
                           {f.lags_s, f.lags_s + f.lag_count}});
  }
  for (std::uint32_t i = 0; i < from.output_count; ++i) {
    const saggar_package_output& o = from.outputs[i];
    to.outputs.push_back({{o.tags, o.tags + o.tag_count}, o.unit, o.trim, o.rate_per_min, o.shift});
  }
  for (std::uint32_t i = 0; i < from.prediction_count; ++i) {
    const saggar_package_prediction& p = from.predictions[i];
    to.predictions.push_back({p.tag, p.unit, p.horizon_s, p.mean, p.scale});
  }
  to.members.assign(from.members, from.members + from.member_count);
  for (std::uint32_t i = 0; i < from.file_count; ++i) {
    const saggar_package_file& f = from.files[i];
    to.files.push_back({f.name, {f.data, f.data + f.size}});
  }
  return to;
}

/// Tells packages apart in the fingerprint of a state: one that was saved with another is refused.
inline std::uint64_t print_of(const Package& package) noexcept {
  Digest digest;
  digest.text(package.id.c_str());
  digest.text(package.version.c_str());
  digest.text(package.sha256.c_str());
  return digest.value();
}

}  // namespace saggar::plugin::detail
