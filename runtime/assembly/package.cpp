#include "runtime/assembly/package.hpp"

#include <algorithm>
#include <cstring>

#include "runtime/record/hash_chain.hpp"

namespace saggar::assembly {

using domain::Error;
using domain::Result;
using domain::Status;

namespace {

const std::string kManifest(config::PolicyConfig::kFile);

std::string hash(const std::string& bytes) { return record::hex(record::sha256(bytes)); }

std::uint32_t duty_bit(domain::Duty duty) {
  return duty == domain::Duty::heat         ? SAGGAR_DUTY_HEAT
         : duty == domain::Duty::atmosphere ? SAGGAR_DUTY_ATMOSPHERE
                                            : SAGGAR_DUTY_TRANSPORT;
}

host::Package made_of(const config::GivenPackage& given) {
  const config::PolicyConfig& from = given.manifest;
  host::Package to;
  to.id = from.id;
  to.version = from.version;
  to.backend = config::Spelling<config::Backend>::names[static_cast<std::size_t>(from.backend)];
  to.sha256 = digest_of(given);
  to.duty = duty_bit(from.duty);
  to.period_s = from.period_s;
  to.missing_wait_s = from.missing_wait_s;
  for (const config::PolicyFeature& f : from.features) {
    to.features.push_back({f.tag, f.unit, f.over, f.low, f.high, f.mean, f.scale, f.lags_s});
  }
  for (const config::PolicyOutput& o : from.outputs) {
    to.outputs.push_back({o.tags, o.unit, o.trim, o.rate_per_min, o.shift});
  }
  for (const config::PolicyPrediction& p : from.predictions) {
    to.predictions.push_back({p.tag, p.unit, p.horizon_s, p.mean, p.scale});
  }
  for (const auto& [name, bytes] : given.content.files) {
    const std::string& file = name;  // a lambda may not name a structured binding
    const auto is_this = [&](const config::PolicyMember& m) { return m.file == file; };
    if (std::any_of(from.members.begin(), from.members.end(), is_this)) continue;
    to.files.push_back({name, {bytes.begin(), bytes.end()}});
  }
  for (const config::PolicyMember& member : from.members) {
    const std::string& bytes = given.content.files.at(member.file);
    to.members.push_back(static_cast<std::uint32_t>(to.files.size()));
    to.files.push_back({member.file, {bytes.begin(), bytes.end()}});
  }
  return to;
}

}  // namespace

std::string digest_of(const config::GivenPackage& package) {
  return hash(package.content.files.at(kManifest));
}

Status check_hashes(const config::GivenPackage& package) {
  config::Complaints wrong;
  for (std::size_t i = 0; i < package.manifest.files.size(); ++i) {
    const config::PolicyFile& file = package.manifest.files[i];
    const std::string found = hash(package.content.files.at(file.path));
    if (found == file.sha256) continue;
    wrong.add(package.source, "file[" + std::to_string(i) + "].sha256",
              package.file(file.path) + " has the SHA-256 " + found +
                  ", not the one listed: it is not the file that was released");
  }
  if (!wrong.empty()) return wrong.error();
  return domain::Done{};
}

Result<std::shared_ptr<const host::Package>> host_package(const config::GivenPackage& package,
                                                          const domain::Plant& plant) {
  const Status whole = check_hashes(package);
  if (!whole) return whole.error();
  config::Complaints wrong;
  config::check_papers(package, wrong);
  config::check_tags(plant, package, wrong);
  if (!wrong.empty()) return wrong.error();
  return std::make_shared<const host::Package>(made_of(package));
}

void note(const config::GivenPackage& package, const std::string& controller,
          std::map<std::string, std::string>& meta) {
  const std::string key = "package/" + controller + '/';
  meta[key + "file"] = package.content.folder;
  meta[key + "id"] = package.manifest.id;
  meta[key + "version"] = package.manifest.version;
  meta[key + "sha256"] = digest_of(package);
  meta[key + "accepted"] = package.accepted;
}

Result<config::PackageFolder> recorded_package(const std::map<std::string, std::string>& meta,
                                               const std::string& controller) {
  const std::string key = "package/" + controller + '/';
  const auto folder = meta.find(key + "file"), digest = meta.find(key + "sha256");
  if (folder == meta.end() || digest == meta.end()) {
    return Error{"the journal", "says nothing of the policy package of '" + controller + "'"};
  }
  auto read = config::read_package(folder->second);
  if (!read) return read;
  const std::string now = hash(read.value().files.at(kManifest));
  if (now == digest->second) return read;
  return Error{folder->second, "is not the policy package that ran: its manifest has the SHA-256 " +
                                   now + ", recorded is " + digest->second};
}

}  // namespace saggar::assembly
