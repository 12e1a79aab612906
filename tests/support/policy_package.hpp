// A small policy package in a folder, right in every respect, to be made wrong in one.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "runtime/config/load.hpp"
#include "runtime/config/policy_config.hpp"
#include "runtime/config/policy_papers.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::testing {

inline const std::string kCode(64, 'c');  ///< stands for the hash of a training code

/// Both loops of each of `zones` zones over their setpoints, one output per zone, no prediction;
/// the mean of the members counts. Papers that agree with the manifest.
struct PolicyPackage {
  config::PolicyConfig manifest;
  config::PolicyDomain domain;
  config::PolicyCard card;
  config::PolicyDataSheet sheet;
  std::map<std::string, std::string> members;  ///< bytes by file

  PolicyPackage(int zones, const std::string& kiln, const std::string& recipe,
                std::map<std::string, std::string> networks)
      : members(std::move(networks)) {
    manifest.id = "com.saggar.test";
    manifest.version = "1.0.0";
    manifest.expires = "2099-12-31";
    manifest.trained_by = "tests";
    manifest.training_sha256 = kCode;
    manifest.kilns = {kiln};
    manifest.recipes = {recipe};
    manifest.period_s = 10;
    manifest.domain_file = "domain.toml";
    manifest.card = "card.toml";
    manifest.data_sheet = "data_sheet.toml";
    for (int z = 1; z <= zones; ++z) {
      const std::string zone = (z < 10 ? "zone0" : "zone") + std::to_string(z);
      config::PolicyOutput output{{}, "degC", 10, 1};
      for (const char* loop : {".top", ".bottom"}) {
        config::PolicyFeature f;
        f.tag = zone + loop + ".temperature";
        f.unit = "degC";
        f.low = -1000;
        f.high = 1000;
        f.scale = 10;
        f.over = zone + loop + ".setpoint";
        manifest.features.push_back(f);
        output.tags.push_back(f.over);
      }
      manifest.outputs.push_back(output);
    }
    for (const auto& [name, bytes] : members) manifest.members.push_back({name});
    agree();
  }

  /// Papers as the manifest has it.
  void agree() {
    const std::size_t n = manifest.width();
    domain = {std::vector<double>(n, 0.0),
              {},
              4,
              std::vector<double>(manifest.outputs.size(), 0.2),
              std::vector<double>(manifest.predictions.size(), 3.0)};
    for (std::size_t row = 0; row < n; ++row) {
      for (std::size_t k = 0; k <= row; ++k) domain.cholesky.push_back(k == row ? 1 : 0);
    }
    card.purpose = "none: a test";
    card.kilns = manifest.kilns;
    card.recipes = manifest.recipes;
    card.data_from = "2026-01-01";
    card.data_to = "2026-03-31";
    card.features.clear();
    for (const config::PolicyFeature& f : manifest.features) card.features.push_back(f.tag);
    card.training_sha256 = manifest.training_sha256;
    card.metrics = {{"error of the zone", "K", 1, 0.5, 1.5}};
    card.limits = {"every kiln but a test"};
    card.ood_method = "Mahalanobis distance, spread of the ensemble, residuals";
    card.owner = "tests";
    card.expires = manifest.expires;
    sheet = {{{"a journal", "", "2026-01-01", "2026-03-31"}}, {}, {}, "as delivered", "none"};
  }

  /// Every file but the manifest, by its path.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all = members;
    all[manifest.domain_file] = config::save_text(domain);
    all[manifest.card] = config::save_text(card);
    all[manifest.data_sheet] = config::save_text(sheet);
    all["card.en.md"] = "# A test\n";
    all["card.ko.md"] = "# 시험\n";
    return all;
  }

  /// Writes all of it, with the hashes of what it writes, into a folder that is emptied first.
  void write(const std::filesystem::path& folder) {
    std::filesystem::remove_all(folder);
    manifest.files.clear();
    for (const auto& [name, bytes] : files()) {
      put(folder / name, bytes);
      manifest.files.push_back({name, record::hex(record::sha256(bytes))});
    }
    put(folder / config::PolicyConfig::kFile, config::save_text(manifest));
  }

  static void put(const std::filesystem::path& path, const std::string& bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
  }
};

}  // namespace saggar::testing
