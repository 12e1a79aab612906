// What a policy package says of itself beside its manifest: domain, model card (LC-40), data sheet
// (LC-41).
#pragma once

#include <string>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::config {

/// Where the policy knows its way: a normal distribution of the normalised inputs, and what
/// monitors compare with. Thresholds are those that 99.9 % of normal data stay below.
struct PolicyDomain {
  static constexpr std::string_view kKind = "policy_domain";

  std::vector<double> mean, cholesky;
  double distance = 0;
  std::vector<double> spread, residual;

  template <class V>
  void visit(V& v) {
    v("mean", mean,
      {.doc = "Of the normalised inputs", .required = true, .min_count = 1, .max_count = 4096});
    v("cholesky", cholesky,
      {.doc = "Lower factor L of their covariance L L', row by row, diagonal included",
       .required = true,
       .min_count = 1,
       .max_count = 200000});
    v("distance", distance,
      {.doc = "Mahalanobis distance that 99.9 % of normal data stay below",
       .low = 1e-6,
       .high = 1e6,
       .required = true});
    v("spread", spread,
      {.doc = "The same of the standard deviation between members, per output, in its trim",
       .low = 0,
       .required = true});
    v("residual", residual,
      {.doc = "The same of |measured - foretold|, per prediction, in its unit",
       .low = 0,
       .required = true});
  }
  void check(Checks& checks) const;
};

struct PolicyMetric {
  std::string name, unit;
  double value = 0, low = 0, high = 0;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "What was measured", .required = true});
    v("unit", unit, {.doc = "Symbol of its unit", .required = true});
    v("value", value, {.doc = "Its figure", .required = true});
    v("low", low, {.doc = "Lower end of its 95 % interval", .required = true});
    v("high", high, {.doc = "Upper end", .required = true});
  }
};

struct PolicyCard {
  static constexpr std::string_view kKind = "policy_card";

  std::string purpose, data_from, data_to, training_sha256, ood_method, owner, expires;
  std::vector<std::string> kilns, recipes, features, limits, known_failures;
  std::vector<PolicyMetric> metrics;

  template <class V>
  void visit(V& v) {
    v("purpose", purpose, {.doc = "What it is for, and what not", .required = true});
    v("kilns", kilns, {.doc = "As in the manifest", .required = true, .min_count = 1});
    v("recipes", recipes, {.doc = "As in the manifest", .required = true, .min_count = 1});
    v("data_from", data_from, {.doc = "First day of its data, YYYY-MM-DD", .required = true});
    v("data_to", data_to, {.doc = "Last day", .required = true});
    v("features", features, {.doc = "Tags, as in the manifest", .required = true, .min_count = 1});
    v("training_sha256", training_sha256, {.doc = "As in the manifest", .required = true});
    v("metric", metrics,
      {.doc = "What it was found to do, with intervals", .required = true, .min_count = 1});
    v("limits", limits, {.doc = "Where it must not be used", .required = true, .min_count = 1});
    v("known_failures", known_failures, {.doc = "Where it was seen to fail", .required = true});
    v("ood_method", ood_method,
      {.doc = "How it is found to be outside of what it learnt", .required = true});
    v("owner", owner, {.doc = "Who answers for it", .required = true});
    v("expires", expires, {.doc = "As in the manifest", .required = true});
  }
  void check(Checks& checks) const;
};

struct PolicySource {
  std::string name, sha256, from, to;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Journal or other source", .required = true});
    v("sha256", sha256, {.doc = "Of it, 64 digits; empty: it has none"});
    v("from", from, {.doc = "First day, YYYY-MM-DD", .required = true});
    v("to", to, {.doc = "Last day", .required = true});
  }
};

struct PolicyDataSheet {
  static constexpr std::string_view kKind = "policy_data_sheet";

  std::vector<PolicySource> sources;
  std::vector<std::string> cleaning, gaps;
  std::string calibration, licence;
  double manual_percent = 0;

  template <class V>
  void visit(V& v) {
    v("source", sources, {.doc = "Where the data come from", .required = true, .min_count = 1});
    v("cleaning", cleaning, {.doc = "What was taken out or changed, in order", .required = true});
    v("gaps", gaps, {.doc = "What is missing", .required = true});
    v("calibration", calibration,
      {.doc = "State of the sensors while it was recorded", .required = true});
    v("manual_percent", manual_percent,
      {.doc = "Share of the time in which people drove", .low = 0, .high = 100, .required = true});
    v("licence", licence, {.doc = "Under what the data may be used", .required = true});
  }
  void check(Checks& checks) const;
};

}  // namespace saggar::config
