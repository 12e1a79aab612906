#include "hil/bridge/snapshot.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

#include "runtime/config/load.hpp"
#include "runtime/config/new_file.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::bridge {
namespace {

constexpr std::string_view kMagic = "SAGGARKILN\r\n";  // the end shows a copy in text mode
constexpr std::uint32_t kVersion = 5;
constexpr std::size_t kDigest = std::tuple_size_v<record::ChainDigest>;
constexpr std::size_t kHead = kMagic.size() + sizeof kVersion + kDigest;

class Writer {
 public:
  void raw(const void* data, std::size_t n) {
    const auto* from = static_cast<const std::uint8_t*>(data);
    bytes.insert(bytes.end(), from, from + n);
  }
  void number(std::uint64_t value) { raw(&value, sizeof value); }
  template <class List>
  void list(const List& list) {
    number(list.size());
    raw(list.data(), list.size());
  }
  std::vector<std::uint8_t> bytes;
};

class Reader {
 public:
  Reader(const std::uint8_t* data, std::size_t size) : at_(data), left_(size) {}
  void raw(void* data, std::size_t n) {
    ok = ok && n <= left_;
    if (!ok || n == 0) return;
    std::memcpy(data, at_, n);
    at_ += n;
    left_ -= n;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    raw(&value, sizeof value);
    return value;
  }
  template <class List>
  void list(List& list) {
    const std::uint64_t n = number();
    ok = ok && n <= left_;
    list.resize(ok ? n : 0);
    raw(list.data(), list.size());
  }
  bool at_end() const { return left_ == 0; }
  bool ok = true;

 private:
  const std::uint8_t* at_;
  std::size_t left_;
};

/// Takes the first line off a text.
std::string_view next_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

/// The first line in which two canonical texts of a file differ, with its table.
std::string difference(std::string_view saved, std::string_view now) {
  std::string table;
  while (!saved.empty() || !now.empty()) {
    const std::string_view a = next_line(saved), b = next_line(now);
    if (a != b) {
      return (table.empty() ? "" : "in " + table + " ") + "the snapshot has '" + std::string(a) +
             "', the file '" + std::string(b) + "'";
    }
    if (a.starts_with('[')) table = a;
  }
  return {};
}

domain::Status same(const std::string& file, const Origin& saved, const Origin& now) {
  const struct {
    const char* name;
    const std::string &saved, &now;
  } files[] = {{"kiln", saved.kiln, now.kiln},
               {"plant", saved.plant, now.plant},
               {"recipe", saved.recipe, now.recipe}};
  for (const auto& f : files) {
    if (f.saved == f.now) continue;
    return domain::Error{file, "was made with another " + std::string(f.name) +
                                   " file: " + difference(f.saved, f.now)};
  }
  return domain::Done{};
}

}  // namespace

Origin Origin::of(const config::KilnConfig& kiln, const kiln::PlantParams& plant,
                  const config::RecipeConfig& recipe, std::uint64_t seed) {
  return {config::save_text(kiln), kiln::text_of(plant), config::save_text(recipe), seed};
}

Snapshot Snapshot::of(const Origin& origin, kiln::Kiln& kiln) {
  Snapshot out{origin, {}, {}};
  auto plant = domain::Archive::saving(out.plant);
  kiln.serialize_plant(plant);
  auto scenario = domain::Archive::saving(out.scenario);
  faults::Schedule events = kiln.scheduled();
  events.serialize(scenario);
  return out;
}

domain::Status Snapshot::restore(const std::string& file, const Origin& made_of,
                                 const std::vector<faults::Fault>& events, kiln::Kiln& kiln) const {
  if (auto status = same(file, origin, made_of); !status) return status;
  auto state = domain::Archive::loading(plant.data(), plant.size());
  kiln.serialize_plant(state);
  faults::Schedule saved;
  auto schedule = domain::Archive::loading(scenario.data(), scenario.size());
  saved.serialize(schedule);
  if (!state.ok() || !state.at_end() || !schedule.ok() || !schedule.at_end()) {
    return domain::Error{file,
                         "holds a state of another shape, though its files are the same: it "
                         "was written by another version of this program"};
  }
  if (saved.statements().empty() && !events.empty()) {
    kiln.schedule(events);
    return domain::Done{};
  }
  if (!events.empty() && !saved.has(events)) {
    return domain::Error{file, "was saved within another scenario (" +
                                   saved.statements().front().text() +
                                   "): leave --scenario out to go on with that one, or begin with "
                                   "a snapshot saved without a scenario"};
  }
  kiln.go_on_with(std::move(saved));
  return domain::Done{};
}

std::vector<std::uint8_t> encode_snapshot(const Snapshot& snapshot) {
  Writer body;
  body.number(snapshot.origin.seed);
  for (const auto* text :
       {&snapshot.origin.kiln, &snapshot.origin.plant, &snapshot.origin.recipe}) {
    body.list(*text);
  }
  body.list(snapshot.plant);
  body.list(snapshot.scenario);
  const record::ChainDigest digest = record::sha256(body.bytes);
  Writer file;
  file.raw(kMagic.data(), kMagic.size());
  file.raw(&kVersion, sizeof kVersion);
  file.raw(digest.data(), kDigest);
  file.raw(body.bytes.data(), body.bytes.size());
  return std::move(file.bytes);
}

domain::Result<Snapshot> decode_snapshot(const std::string& file,
                                         const std::vector<std::uint8_t>& bytes) {
  if (bytes.size() < kHead || std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0) {
    return domain::Error{file, "is no snapshot of a kiln: saggar kiln --save writes them"};
  }
  Reader head(bytes.data() + kMagic.size(), bytes.size() - kMagic.size());
  std::uint32_t version = 0;
  record::ChainDigest digest{};
  head.raw(&version, sizeof version);
  head.raw(digest.data(), kDigest);
  if (version != kVersion) {
    return domain::Error{file, "is a snapshot of format " + std::to_string(version) +
                                   "; this program reads format " + std::to_string(kVersion)};
  }
  const std::vector<std::uint8_t> rest(bytes.begin() + kHead, bytes.end());
  Snapshot out;
  Reader body(rest.data(), rest.size());
  out.origin.seed = body.number();
  for (auto* text : {&out.origin.kiln, &out.origin.plant, &out.origin.recipe}) body.list(*text);
  body.list(out.plant);
  body.list(out.scenario);
  if (record::sha256(rest) != digest || !body.ok || !body.at_end()) {
    return domain::Error{file, "is damaged: its content is not what was saved"};
  }
  return out;
}

domain::Result<std::size_t> write_snapshot(const std::string& file, const Snapshot& snapshot) {
  const std::vector<std::uint8_t> bytes = encode_snapshot(snapshot);
  const auto done = config::write_new_file(file, {bytes.begin(), bytes.end()});
  if (!done) return done.error();
  return bytes.size();
}

domain::Result<Snapshot> read_snapshot(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return domain::Error{file, "cannot be read"};
  const std::vector<std::uint8_t> bytes((std::istreambuf_iterator<char>(in)),
                                        std::istreambuf_iterator<char>());
  return decode_snapshot(file, bytes);
}

}  // namespace saggar::bridge
