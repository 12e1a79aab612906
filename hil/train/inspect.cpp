#include "hil/train/inspect.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "hil/train/learner.hpp"
#include "runtime/assembly/package.hpp"
#include "runtime/config/load.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;
using config::PolicyConfig;
using domain::Error;
using domain::Result;

const std::string kManifest(PolicyConfig::kFile);

/// The list against the folder, and every file that the manifest speaks of.
void check_files(const config::GivenPackage& package, config::Complaints& complaints) {
  config::Checks checks(package.source, complaints);
  config::check_listing(package, checks);
  if (!complaints.empty()) return;
  const PolicyConfig& m = package.manifest;
  std::vector<std::pair<std::string, std::string>> needed = {
      {"domain_file", m.domain_file}, {"card", m.card}, {"data_sheet", m.data_sheet}};
  for (std::size_t i = 0; i < m.members.size(); ++i) {
    needed.emplace_back("member[" + std::to_string(i) + "].file", m.members[i].file);
  }
  for (const auto& [key, name] : needed) {
    if (package.content.files.contains(name)) continue;
    checks.complain(key, "there is no file " + package.file(name));
  }
}

/// `pack` is for papers: a network that is not the one listed was changed by accident or malice.
void check_networks(const PolicyConfig& manifest, const config::PackageFolder& content,
                    const config::Source& source, config::Complaints& complaints) {
  for (const config::PolicyMember& member : manifest.members) {
    const auto file = content.files.find(member.file);
    for (std::size_t i = 0; i < manifest.files.size() && file != content.files.end(); ++i) {
      const config::PolicyFile& listed = manifest.files[i];
      if (listed.path != member.file) continue;
      if (listed.sha256 == record::hex(record::sha256(file->second))) continue;
      complaints.add(source, "file[" + std::to_string(i) + "].sha256",
                     content.folder + "/" + member.file +
                         " is not the network listed, and only papers may be edited; the one that "
                         "was trained would be right");
    }
  }
}

Result<Inspected> inspect(config::PackageFolder content) {
  Inspected out;
  out.package.at = content.folder;
  out.package.content = std::move(content);
  out.package.source.file = out.package.file(kManifest);
  const auto text = out.package.content.files.find(kManifest);
  if (text == out.package.content.files.end()) {
    return Error{out.package.source.file, "is not there; a folder of a package holds one"};
  }
  config::Complaints complaints;
  config::load_into(text->second, out.package.manifest, out.package.source, complaints);
  if (!complaints.empty()) return complaints.error();
  check_files(out.package, complaints);
  if (!complaints.empty()) return complaints.error();
  if (const auto sound = assembly::check_hashes(out.package); !sound) return sound.error();
  config::check_papers(out.package, complaints);
  if (!complaints.empty()) return complaints.error();
  const auto read = [&](const std::string& name, auto& to) {
    config::Source source;
    source.file = out.package.file(name);
    config::load_into(out.package.content.files.at(name), to, source, complaints);
  };
  read(out.package.manifest.domain_file, out.domain);
  read(out.package.manifest.card, out.card);
  read(out.package.manifest.data_sheet, out.sheet);
  out.sha256 = assembly::digest_of(out.package);
  return out;
}

/// Normal numbers, the same everywhere: sums of twelve uniform ones less six.
class Normal {
 public:
  double next() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) {
      std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
      z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
      z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
      sum += static_cast<double>((z ^ (z >> 31U)) >> 11U) / 9007199254740992.0;
    }
    return sum;
  }

 private:
  std::uint64_t state_ = 32;
};

/// Inputs of the network: which feature, and what one unit of it is after scaling.
struct Input {
  std::string name;
  double step = 1;
};

std::vector<Input> inputs_of(const PolicyConfig& manifest) {
  std::vector<Input> out;
  for (const config::PolicyFeature& f : manifest.features) {
    for (const double lag : f.lags_s) {
      char text[32];
      std::snprintf(text, sizeof text, lag > 0 ? ", %.0f s ago" : "", lag);
      out.push_back({f.tag + text, 1 / f.scale});
    }
  }
  return out;
}

std::vector<float> places(const config::PolicyDomain& domain, std::size_t points) {
  const std::size_t n = domain.mean.size();
  Normal normal;
  std::vector<float> out;
  std::vector<double> z(n);
  for (std::size_t p = 0; p < points; ++p) {
    for (double& v : z) v = p == 0 ? 0 : normal.next();  // the first place is the mean
    std::size_t at = 0;
    for (std::size_t i = 0; i < n; ++i) {
      double v = domain.mean[i];
      for (std::size_t j = 0; j <= i; ++j) v += domain.cholesky[at++] * z[j];
      out.push_back(static_cast<float>(v));
    }
  }
  return out;
}

}  // namespace

Result<Inspected> inspect(const fs::path& folder) {
  auto content = config::read_package(folder);
  if (!content) return content.error();
  return inspect(std::move(content).value());
}

Result<std::vector<Steepness>> steepness(const Inspected& inspected, std::size_t points) {
  const PolicyConfig& m = inspected.package.manifest;
  Study shape;
  shape.inputs = m.width();
  shape.targets = m.outputs.size() + m.predictions.size();
  const std::vector<Input> inputs = inputs_of(m);
  const std::vector<float> at = places(inspected.domain, points);
  // Per place: the place itself, then each input one unit further.
  std::vector<float> x;
  for (std::size_t p = 0; p < points; ++p) {
    const auto row = at.begin() + static_cast<std::ptrdiff_t>(p * shape.inputs);
    for (std::size_t i = 0; i <= shape.inputs; ++i) {
      x.insert(x.end(), row, row + static_cast<std::ptrdiff_t>(shape.inputs));
      if (i > 0)
        *(x.end() - static_cast<std::ptrdiff_t>(shape.inputs - i + 1)) +=
            static_cast<float>(inputs[i - 1].step);
    }
  }
  const std::size_t rows = points * (shape.inputs + 1);
  std::vector<double> said(rows * shape.targets, 0.0);
  try {
    for (const config::PolicyMember& member : m.members) {
      const auto y =
          answers(inspected.package.content.files.at(member.file), shape, x.data(), rows);
      for (std::size_t i = 0; i < said.size(); ++i) {
        said[i] += static_cast<double>(y[i]) / static_cast<double>(m.members.size());
      }
    }
  } catch (const std::exception& error) {
    return Error{inspected.package.content.folder, error.what()};
  }
  std::vector<Steepness> out;
  for (std::size_t k = 0; k < m.outputs.size(); ++k) {
    Steepness s{m.outputs[k].tags.front(), "", 0};
    for (std::size_t p = 0; p < points; ++p) {
      const std::size_t first = p * (shape.inputs + 1);
      for (std::size_t i = 0; i < shape.inputs; ++i) {
        const double rise = m.outputs[k].trim * (said[(first + i + 1) * shape.targets + k] -
                                                 said[first * shape.targets + k]);
        if (std::fabs(rise) <= std::fabs(s.K_per_unit)) continue;
        s.K_per_unit = rise;
        s.input = inputs[i].name;
      }
    }
    out.push_back(std::move(s));
  }
  return out;
}

std::string text_of(const Inspected& inspected, const std::vector<Steepness>& steep) {
  const PolicyConfig& m = inspected.package.manifest;
  char line[300];
  std::string out = m.id + " " + m.version + ": " + m.description + "\n";
  std::snprintf(
      line, sizeof line,
      "%zu features (%zu inputs), %zu outputs, %zu predictions, %zu members, every %g s\n",
      m.features.size(), m.width(), m.outputs.size(), m.predictions.size(), m.members.size(),
      m.period_s);
  out += line;
  out += "sha256 " + inspected.sha256 + ", every file as listed\n";
  out += "last day " + m.expires + ", answers for it: " + m.trained_by + "\n";
  for (const config::PolicyMetric& metric : inspected.card.metrics) {
    std::snprintf(line, sizeof line, "%s: %g %s (%g .. %g)\n", metric.name.c_str(), metric.value,
                  metric.unit.c_str(), metric.low, metric.high);
    out += line;
  }
  std::snprintf(line, sizeof line, "domain: distance below %g\n", inspected.domain.distance);
  out += line;
  for (const Steepness& s : steep) {
    std::snprintf(line, sizeof line, "%-24s %+7.3f K per unit of %s\n", s.output.c_str(),
                  s.K_per_unit, s.input.c_str());
    out += line;
  }
  return out;
}

Result<Inspected> repack(const fs::path& folder) {
  auto content = config::read_package(folder);
  if (!content) return content.error();
  config::PackageFolder changed = std::move(content).value();
  PolicyConfig manifest;
  config::Source source;
  source.file = changed.folder + "/" + kManifest;
  config::Complaints complaints;
  const auto text = changed.files.find(kManifest);
  if (text == changed.files.end()) return Error{source.file, "is not there"};
  config::load_into(text->second, manifest, source, complaints);
  if (!complaints.empty()) return complaints.error();
  check_networks(manifest, changed, source, complaints);
  if (!complaints.empty()) return complaints.error();
  manifest.files.clear();
  for (const auto& [name, bytes] : changed.files) {
    if (name != kManifest) manifest.files.push_back({name, record::hex(record::sha256(bytes))});
  }
  changed.files[kManifest] = config::save_text(manifest);
  auto inspected = inspect(changed);
  if (!inspected) return inspected;
  const fs::path beside = folder / (kManifest + ".part");
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out << changed.files[kManifest];
  out.close();
  std::error_code failed;
  if (out) fs::rename(beside, folder / kManifest, failed);
  if (!out || failed) return Error{(folder / kManifest).string(), "cannot be written"};
  return inspected;
}

}  // namespace saggar::train
