#include "runtime/config/complaint.hpp"

#include <algorithm>
#include <tuple>

namespace saggar::config {
namespace {

std::string place(const Complaint& complaint) {
  std::string text = complaint.file;
  if (complaint.position.line > 0) {
    text += ":" + std::to_string(complaint.position.line) + ":" +
            std::to_string(complaint.position.column);
  }
  return text;
}

/// `inner` is `outer` itself or something in it.
bool within(std::string_view inner, std::string_view outer) {
  if (inner.substr(0, outer.size()) != outer) return false;
  return inner.size() == outer.size() || outer.empty() || inner[outer.size()] == '.' ||
         inner[outer.size()] == '[';
}

}  // namespace

std::string Complaint::text() const { return place(*this) + ": " + what; }

Position Source::of(std::string_view path) const {
  for (;;) {
    const auto it = positions.find(path);
    if (it != positions.end()) return it->second;
    const std::size_t cut = path.find_last_of(".[");
    if (path.empty()) return {1, 1};
    path = path.substr(0, cut == std::string_view::npos ? 0 : cut);
  }
}

std::string Checks::element(const std::string& key, std::size_t i) const {
  const std::string index = "[" + std::to_string(i) + "]";
  for (const std::string& path : {key + ".value" + index, key + index, key + ".value"}) {
    if (source_.positions.count(path) != 0) return path;
  }
  return key;
}

void Complaints::add(const Source& source, std::string path, std::string what) {
  const Position position = source.of(path);
  add({source.file, position, std::move(path), std::move(what)});
}

void Complaints::add(Complaint complaint) {
  if (list_.size() >= kMost) {
    ++left_out_;
    return;
  }
  list_.push_back(std::move(complaint));
}

std::vector<Complaint> Complaints::sorted() const {
  std::vector<std::string> files;
  for (const Complaint& c : list_) {
    if (std::find(files.begin(), files.end(), c.file) == files.end()) files.push_back(c.file);
  }
  const auto key = [&](const Complaint& c) {
    return std::tuple(std::find(files.begin(), files.end(), c.file), c.position.line,
                      c.position.column);
  };
  std::vector<Complaint> all = list_;
  std::stable_sort(all.begin(), all.end(),
                   [&](const Complaint& a, const Complaint& b) { return key(a) < key(b); });
  return all;
}

bool Complaints::sound(const std::string& file, std::string_view path) const {
  return std::none_of(list_.begin(), list_.end(), [&](const Complaint& c) {
    return c.file == file && (within(c.path, path) || within(path, c.path));
  });
}

domain::Error Complaints::error() const {
  domain::Error error;
  for (const Complaint& c : sorted()) {
    if (error.where.empty()) {
      error.where = place(c);
      error.what = c.what;
    } else {
      error.what += "\n" + c.text();
    }
  }
  if (left_out_ != 0) error.what += "\nand " + std::to_string(left_out_) + " more";
  return error;
}

}  // namespace saggar::config
