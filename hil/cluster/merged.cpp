#include "hil/cluster/merged.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "hil/evidence/judge.hpp"

namespace saggar::cluster {

namespace {

constexpr std::size_t kMostShown = 20;  // of what is missing: a screen

Failed failed(const suite::CaseResult& result) {
  Failed out{result.id, result.outcome, result.problem, result.replay, {}};
  for (const suite::Check& check : result.checks) {
    if (check.held) continue;
    out.checks.push_back(check.text + ": required " + check.expected + ", got " + check.got);
  }
  return out;
}

}  // namespace

int Merged::exit_code() const noexcept {
  if (!complete()) return 3;
  return passed ? 0 : 1;
}

Merged merge(const Manifest& manifest, const campaign::Store& store) {
  std::vector<const ShardCase*> order;
  for (const ShardCase& one : manifest.cases) order.push_back(&one);
  std::sort(order.begin(), order.end(),
            [](const ShardCase* a, const ShardCase* b) { return a->id < b->id; });
  Merged merged;
  std::set<std::uint32_t> shards;
  evidence::MergedDigest hash;
  for (const ShardCase* one : order) {
    campaign::Planned planned;
    planned.one.id = one->id;
    planned.inputs = one->inputs;
    const auto result = store.find(planned);
    if (!result) {
      merged.missing.push_back(one->id);
      shards.insert(one->shard);
      continue;
    }
    hash.add(*result);
    if (result->outcome != "passed") merged.failed.push_back(failed(*result));
  }
  merged.shards = {shards.begin(), shards.end()};
  merged.cases = manifest.cases.size();
  merged.passed = merged.missing.empty() && merged.failed.empty();
  merged.hash = hash.hex();
  return merged;
}

std::string text(const Manifest& manifest, const Merged& merged) {
  std::string out;
  for (const Failed& one : merged.failed) {
    out += one.outcome + ": " + one.id + "\n";
    if (!one.problem.empty()) out += "  " + one.problem + "\n";
    for (const std::string& check : one.checks) out += "  " + check + "\n";
    out += "  again: " + one.replay + "\n";
  }
  const std::size_t shown = std::min(merged.missing.size(), kMostShown);
  for (std::size_t i = 0; i < shown; ++i) out += "missing: " + merged.missing[i] + "\n";
  if (shown < merged.missing.size()) {
    out += "missing: " + std::to_string(merged.missing.size() - shown) + " more, see merged.json\n";
  }
  const std::size_t there = merged.cases - merged.missing.size();
  const std::string of = " of " + std::to_string(merged.cases) + " cases ";
  if (merged.complete()) {
    out += manifest.suite + ": " + (merged.passed ? "PASSED, " : "FAILED, ") +
           std::to_string(there - merged.failed.size()) + of + "passed";
  } else {
    out += manifest.suite + ": INCOMPLETE, " + std::to_string(merged.missing.size()) + of +
           "have no result; shards to run again: " + ranges(merged.shards);
  }
  return out + ", hash " + merged.hash.substr(0, 16) + "\n";
}

std::string json(const Manifest& manifest, const Merged& merged) {
  nlohmann::ordered_json out;
  out["suite"] = manifest.suite;
  out["campaign"] = manifest.campaign;
  out["verdict"] = !merged.complete() ? "incomplete" : merged.passed ? "passed" : "failed";
  out["hash"] = merged.hash;
  out["cases"] = merged.cases;
  out["failed"] = nlohmann::ordered_json::array();
  for (const Failed& one : merged.failed) out["failed"].push_back(one.id);
  out["missing"] = merged.missing;
  out["unfinished_shards"] = merged.shards;
  return out.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string ranges(const std::vector<std::uint32_t>& ascending) {
  std::string out;
  for (std::size_t i = 0; i < ascending.size();) {
    std::size_t end = i;
    while (end + 1 < ascending.size() && ascending[end + 1] == ascending[end] + 1) ++end;
    out += (out.empty() ? "" : ",") + std::to_string(ascending[i]);
    if (end > i) out += "-" + std::to_string(ascending[end]);
    i = end + 1;
  }
  return out;
}

}  // namespace saggar::cluster
