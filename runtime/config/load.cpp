#include "runtime/config/load.hpp"

#include <fstream>
#include <sstream>

#include "runtime/config/binder.hpp"
#include "runtime/config/node.hpp"

namespace saggar::config {
namespace {

/// Complains unless the text is of the wanted kind.
bool right_kind(const Node& root, std::string_view kind, const Source& source,
                Complaints& complaints) {
  const std::string wanted = "kind = \"" + std::string(kind) + "\"";
  const Member* member = root.find("kind");
  if (member == nullptr) {
    complaints.add(
        {source.file, {1, 1}, "kind", "missing key 'kind': write " + wanted + " at the top"});
    return false;
  }
  if (member->value.kind == Node::Kind::text && member->value.text == kind) return true;
  complaints.add({source.file, member->value.at, "kind",
                  "kind: found " + member->value.described() + ", needs " + wanted});
  return false;
}

}  // namespace

namespace detail {

void read(std::string_view text, std::string_view kind, const Visit& visit, Source& source,
          Complaints& complaints) {
  if (text.size() > kMaxFileBytes) {
    complaints.add({source.file,
                    {},
                    "",
                    "has " + std::to_string(text.size()) +
                        " bytes; a configuration file has at most 1048576"});
    return;
  }
  Node root;
  ShapeFault fault;
  if (!parse(text, root, fault)) {
    complaints.add({source.file, fault.at, "", fault.what});
    return;
  }
  if (!right_kind(root, kind, source, complaints)) return;
  Binder binder(root, source, complaints);
  binder.known_at_top("kind");
  visit(binder);
  binder.finish();
}

}  // namespace detail

domain::Result<std::string> read_file(const std::filesystem::path& path) {
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code)) {
    return domain::Error{path.string(), code ? "cannot be read: " + code.message()
                                             : "is not a file; name an existing TOML file"};
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return domain::Error{path.string(), "cannot be opened; check its permissions"};
  // One byte more than permitted tells a file that is too long, also one that grows meanwhile.
  std::string text(kMaxFileBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxFileBytes) {
    return domain::Error{path.string(),
                         "is longer than 1048576 bytes; a configuration file is not"};
  }
  return text;
}

}  // namespace saggar::config
