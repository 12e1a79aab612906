#include "hil/train/pack.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "runtime/config/load.hpp"
#include "runtime/config/number_text.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOodMethod =
    "Outside of the plugin: Mahalanobis distance of the inputs, spread of the members, residual of "
    "what was foretold against an adaptive band; inside: the range of each feature";

class Writer {
 public:
  explicit Writer(fs::path folder) : folder_(std::move(folder)) {}

  void write(const std::string& name, const std::string& bytes) {
    std::ofstream out(folder_ / name, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out && failed_.empty()) failed_ = (folder_ / name).string();
    files_.push_back({name, record::hex(record::sha256(bytes))});
  }
  const std::string& failed() const noexcept { return failed_; }
  std::vector<config::PolicyFile> files() {
    std::sort(files_.begin(), files_.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return files_;
  }

 private:
  fs::path folder_;
  std::vector<config::PolicyFile> files_;
  std::string failed_;
};

config::PolicyConfig manifest_of(const Parcel& p) {
  config::PolicyConfig m;
  m.id = p.file.id;
  m.version = p.file.version;
  m.description = p.file.description;
  m.expires = p.file.expires;
  m.trained_by = p.file.owner;
  m.training_sha256 = p.code_sha256;
  m.duty = domain::Duty::heat;
  m.kilns = {p.kiln};
  m.recipes = {p.recipe};
  m.period_s = p.file.period_s;
  m.missing_wait_s = p.file.missing_wait_s;
  m.domain_file = "domain.toml";
  m.card = "card.toml";
  m.data_sheet = "data_sheet.toml";
  m.features = p.signals.features;
  m.outputs = p.signals.outputs;
  m.predictions = p.signals.predictions;
  return m;
}

config::PolicyCard card_of(const Parcel& p) {
  config::PolicyCard card;
  card.purpose = p.file.purpose;
  card.data_from = card.data_to = p.file.released;
  card.training_sha256 = p.code_sha256;
  card.ood_method = kOodMethod;
  card.owner = p.file.owner;
  card.expires = p.file.expires;
  card.kilns = {p.kiln};
  card.recipes = {p.recipe};
  for (const config::PolicyFeature& f : p.signals.features) card.features.push_back(f.tag);
  card.limits = p.file.limits;
  card.known_failures = p.file.known_failures;
  card.metrics = p.metrics;
  return card;
}

config::PolicyDataSheet sheet_of(const Parcel& p) {
  config::PolicyDataSheet sheet;
  sheet.sources = p.sources;
  sheet.cleaning = {"samples with a missing input, or without a plan of the teacher, are left out"};
  sheet.gaps = {"simulated plants only"};
  sheet.calibration = "sensor errors drawn per plant, as its file says";
  sheet.licence = p.file.licence;
  return sheet;
}

std::string line(const config::PolicyMetric& m) {
  char text[160];
  std::snprintf(text, sizeof text, "%.4g %s (%.4g .. %.4g)", m.value, m.unit.c_str(), m.low,
                m.high);
  return text;
}

struct Words {
  const char *title, *purpose, *limits, *found, *interval, *failures, *none, *owner, *expires;
};
constexpr Words kEnglish = {"Policy",
                            "Purpose",
                            "Not to be used",
                            "What was found",
                            "95 % interval in brackets",
                            "Known failures",
                            "none known yet",
                            "Answers for it",
                            "Last day"};
constexpr Words kKorean = {"정책",
                           "목적",
                           "사용하지 않는 경우",
                           "측정 결과",
                           "괄호 안은 95 % 구간",
                           "알려진 실패",
                           "아직 알려진 것 없음",
                           "책임자",
                           "마지막 사용일"};

/// What stands on a page in its language.
struct Said {
  const std::string& purpose;
  const std::vector<std::string>&limits, &failures;
};

std::string page(const Parcel& p, const Words& w, const Said& said) {
  std::string out = std::string("# ") + w.title + " " + p.file.id + " " + p.file.version + "\n\n";
  out += "## " + std::string(w.purpose) + "\n\n" + said.purpose + "\n\n";
  out += "## " + std::string(w.limits) + "\n\n";
  for (const std::string& limit : said.limits) out += "* " + limit + "\n";
  out += "\n## " + std::string(w.found) + "\n\n" + w.interval + "\n\n";
  for (const config::PolicyMetric& m : p.metrics) out += "* " + m.name + ": " + line(m) + "\n";
  out += "\n## " + std::string(w.failures) + "\n\n";
  for (const std::string& one : said.failures) out += "* " + one + "\n";
  if (said.failures.empty()) out += std::string(w.none) + "\n";
  return out + "\n" + w.owner + ": " + p.file.owner + ". " + w.expires + ": " + p.file.expires +
         "\n";
}

/// In Korean as far as the training file has it.
Said korean(const TrainingFile& f) {
  return {f.purpose_ko.empty() ? f.purpose : f.purpose_ko,
          f.limits_ko.empty() ? f.limits : f.limits_ko,
          f.known_failures_ko.empty() ? f.known_failures : f.known_failures_ko};
}

}  // namespace

domain::Status pack(const fs::path& folder, const Parcel& parcel) {
  std::error_code failed;
  fs::remove_all(folder, failed);
  if (!failed) fs::create_directories(folder, failed);
  if (failed) return domain::Error{folder.string(), "cannot be made: " + failed.message()};
  Writer out(folder);
  config::PolicyConfig manifest = manifest_of(parcel);
  for (std::size_t k = 0; k < parcel.members.size(); ++k) {
    const std::string name = "member" + std::to_string(k + 1) + ".pt";
    out.write(name, parcel.members[k]);
    manifest.members.push_back({name});
  }
  out.write("domain.toml", config::save_text(parcel.domain));
  out.write("card.toml", config::save_text(card_of(parcel)));
  out.write("data_sheet.toml", config::save_text(sheet_of(parcel)));
  out.write("card.en.md",
            page(parcel, kEnglish,
                 {parcel.file.purpose, parcel.file.limits, parcel.file.known_failures}));
  out.write("card.ko.md", page(parcel, kKorean, korean(parcel.file)));
  manifest.files = out.files();
  out.write(std::string(config::PolicyConfig::kFile), config::save_text(manifest));
  if (!out.failed().empty()) return domain::Error{out.failed(), "cannot be written"};
  return domain::Done{};
}

}  // namespace saggar::train
