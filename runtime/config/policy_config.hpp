// PolicyConfig: the manifest of a policy package: what was trained, for what, of which files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/spellings.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::config {

/// What reads the members of a package (VP-20). Only torchscript is read today.
enum class Backend : std::uint8_t { torchscript, onnx, native };
template <>
struct Spelling<Backend> {
  static constexpr std::array<std::string_view, 3> names = {"torchscript", "onnx", "native"};
};

inline constexpr std::size_t kMostFeatures = 512, kMostLags = 64, kMostWidth = 4096;

/// One input of the network per lag: (value - mean) / scale.
struct PolicyFeature {
  std::string tag, unit;
  double low = 0, high = 0, mean = 0, scale = 1;
  std::string over;
  std::vector<double> lags_s = {0};

  template <class V>
  void visit(V& v) {
    v("tag", tag, {.doc = "Full name, of the kiln or of an estimator", .required = true});
    v("unit", unit, {.doc = "Symbol of its unit", .required = true});
    v("low", low, {.doc = "Least value seen in training", .required = true});
    v("high", high, {.doc = "Largest value seen in training", .required = true});
    v("mean", mean, {.doc = "Taken off before scaling", .required = true});
    v("scale", scale, {.doc = "Divided by", .low = 1e-9, .high = 1e9, .required = true});
    v("over", over,
      {.doc = "MV whose reference is taken off first, such as zone07.top.setpoint: low, high and "
              "mean are then of the difference. Empty: the value as it is"});
    v("lags_s", lags_s,
      {.doc = "Ages of the samples it comes in with, rising multiples of the period",
       .low = 0,
       .high = 86400,
       .min_count = 1,
       .max_count = kMostLags});
  }
};

/// One output of the network, in [-1, 1] of `trim`.
struct PolicyOutput {
  std::vector<std::string> tags;
  std::string unit;
  double trim = 0, rate_per_min = 0, shift = 0;

  template <class V>
  void visit(V& v) {
    v("tags", tags,
      {.doc = "MVs that get this trim, all the same", .required = true, .min_count = 1});
    v("unit", unit, {.doc = "Symbol of their unit", .required = true});
    v("trim", trim,
      {.doc =
           "Largest difference from the reference to either side; the guard's limits bind as well",
       .low = 1e-6,
       .high = 1e6,
       .required = true});
    v("shift", shift,
      {.doc = "Largest net change of the trim within 8 h; below what the guard allows, which takes "
              "a controller down that it has to clip. 0: not bounded",
       .low = 0,
       .high = 1e6});
    v("rate_per_min", rate_per_min,
      {.doc = "Fastest change of the trim, per minute; below what the guard allows",
       .low = 1e-6,
       .high = 1e6,
       .required = true});
  }
};

/// One value that the network foretells, after its outputs: mean + scale * y.
struct PolicyPrediction {
  std::string tag, unit;
  double horizon_s = 0, mean = 0, scale = 1;

  template <class V>
  void visit(V& v) {
    v("tag", tag, {.doc = "Full name, of the kiln or of an estimator", .required = true});
    v("unit", unit, {.doc = "Symbol of its unit", .required = true});
    v("horizon_s", horizon_s, {.doc = "How far ahead", .low = 1, .high = 86400, .required = true});
    v("mean", mean, {.doc = "Added after scaling", .required = true});
    v("scale", scale, {.doc = "Multiplied by", .low = 1e-9, .high = 1e9, .required = true});
  }
};

struct PolicyMember {
  std::string file;

  template <class V>
  void visit(V& v) {
    v("file", file, {.doc = "File of one network, all of one shape", .required = true});
  }
};

struct PolicyFile {
  std::string path, sha256;

  template <class V>
  void visit(V& v) {
    v("path", path, {.doc = "From the folder of the manifest", .required = true});
    v("sha256", sha256, {.doc = "64 lower-case hexadecimal digits", .required = true});
  }
};

struct PolicyConfig {
  static constexpr std::string_view kKind = "policy";
  /// Name of the manifest in its folder.
  static constexpr std::string_view kFile = "manifest.toml";

  std::string id, version, description, expires, trained_by, training_sha256;
  Backend backend = Backend::torchscript;
  domain::Duty duty = domain::Duty::heat;
  std::vector<std::string> kilns, recipes;
  double period_s = 60, missing_wait_s = 60;
  std::string domain_file, card, data_sheet;
  std::vector<PolicyFeature> features;
  std::vector<PolicyOutput> outputs;
  std::vector<PolicyPrediction> predictions;
  std::vector<PolicyMember> members;
  std::vector<PolicyFile> files;

  template <class V>
  void visit(V& v) {
    v("id", id, {.doc = "Name of the policy, such as com.vendor.heat-p2", .required = true});
    v("version", version, {.doc = "Version of the policy", .required = true});
    v("description", description, {.doc = "What it does, in one sentence"});
    v("backend", backend,
      {.doc = "What the members are written for; this runtime reads torchscript",
       .required = true});
    v("duty", duty, {.doc = "Which MVs it moves", .required = true});
    v("kilns", kilns, {.doc = "Names of kilns it is for", .required = true, .min_count = 1});
    v("recipes", recipes, {.doc = "Names of recipes it covers", .required = true, .min_count = 1});
    v("period_s", period_s,
      {.doc = "Between two runs of the network; a multiple of the controller's period",
       .low = 0.1,
       .high = 3600,
       .required = true});
    v("missing_wait_s", missing_wait_s,
      {.doc = "A missing value is stood for by the last one for so long, then there is no proposal",
       .low = 0,
       .high = 3600});
    v("expires", expires,
      {.doc = "Last day on which it may be loaded, YYYY-MM-DD", .required = true});
    v("trained_by", trained_by, {.doc = "Who answers for it", .required = true});
    v("training_sha256", training_sha256,
      {.doc = "SHA-256 of the code it was trained with", .required = true});
    v("domain", domain_file, {.doc = "File of kind policy_domain", .required = true});
    v("card", card, {.doc = "File of kind policy_card", .required = true});
    v("data_sheet", data_sheet, {.doc = "File of kind policy_data_sheet", .required = true});
    v("feature", features,
      {.doc = "Inputs, in the order of the network; lags within them",
       .required = true,
       .min_count = 1,
       .max_count = kMostFeatures});
    v("output", outputs,
      {.doc = "Outputs, in the order of the network",
       .required = true,
       .min_count = 1,
       .max_count = 128});
    v("prediction", predictions,
      {.doc = "What stands after the outputs, for monitors", .max_count = 256});
    v("member", members,
      {.doc = "Networks; the mean of what they say counts",
       .required = true,
       .min_count = 1,
       .max_count = 16});
    v("file", files,
      {.doc = "Every other file of the folder",
       .required = true,
       .min_count = 1,
       .max_count = 256});
  }
  void check(Checks& checks) const;

  /// Numbers that the network takes.
  std::size_t width() const noexcept;
};

}  // namespace saggar::config
