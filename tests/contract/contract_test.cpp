// The promise: a plugin built for ABI 1.0 loads and steps in every 1.x runtime (VP-03).
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

TEST(Contract, APluginOfAbi10LoadsStepsAndRestores) {
  const auto library = Library::open(SAGGAR_BINARY_DIR "/contract/plugin_v1_0.so");
  ASSERT_TRUE(library.ok()) << library.error().text();
  EXPECT_EQ(library.value().table().abi_minor, 0U);
  auto created = instantiate(library.value(), small(), spec_of({{"trim_K", 2.5, {}}}));
  ASSERT_TRUE(created.ok()) << created.error().text();
  auto configured = std::move(created).value().configure();
  ASSERT_TRUE(configured.ok()) << configured.error().text();
  auto active = std::move(configured).value().activate();
  ASSERT_TRUE(active.ok()) << active.error().text();
  StepIo io = active.value().make_io();
  fill_inputs(io);
  EXPECT_EQ(next_step(active.value(), io).status, domain::ProposalStatus::ok);
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[3], 752.5);
  EXPECT_EQ(active.value().state_size(), 24U + 8U);
  EXPECT_EQ(active.value().save_state().size(), 24U + 8U);
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << path;
  return text.str();
}

const char* const kHeaders[] = {"abi.h",         "ext/confidence.h", "ext/explain.h",
                                "ext/horizon.h", "ext/last_error.h", "ext/state.h",
                                "ext/tune.h"};  // of 1.0
const char* const kAllHeaders[] = {
    "abi.h",         "ext/confidence.h", "ext/ensemble.h",   "ext/estimator.h",
    "ext/explain.h", "ext/horizon.h",    "ext/last_error.h", "ext/model.h",
    "ext/package.h", "ext/state.h",      "ext/tune.h"};

std::string without_comments(std::string text) {
  for (std::size_t at = text.find("/*"); at != std::string::npos; at = text.find("/*", at)) {
    text.erase(at, text.find("*/", at) + 2 - at);
  }
  return text;
}

std::string one_line(const std::string& text) {
  std::istringstream words(text);
  std::string line, word;
  while (words >> word) line += (line.empty() ? "" : " ") + word;
  return line;
}

struct Member {
  std::string type, text;  // "saggar_port", "uint32_t struct_size"
  bool operator==(const Member& other) const { return type == other.type && text == other.text; }
};

// Every member of every struct of a header, in order.
std::vector<Member> members_of(const std::string& header) {
  const std::string text = without_comments(header), begin = "typedef struct ";
  std::vector<Member> members;
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
    const std::size_t name = at + begin.size(), open = text.find('{', name);
    const std::size_t close = text.find('}', open);
    const std::string type = one_line(text.substr(name, open - name));
    std::istringstream body(text.substr(open + 1, close - open - 1));
    for (std::string part; std::getline(body, part, ';');) {
      if (!one_line(part).empty()) members.push_back({type, one_line(part)});
    }
  }
  return members;
}

// Append only: the members of 1.0 stand in the present headers, in the same order, with the same
// types. (tests/contract/layout.c has the offsets.)
TEST(Contract, NoMemberOfAbi10IsGoneOrChanged) {
  for (const char* name : kHeaders) {
    const std::string old_path =
        std::string(SAGGAR_SOURCE_DIR "/tests/contract/abi/v1_0/saggar/plugin/") + name;
    const std::string new_path =
        std::string(SAGGAR_SOURCE_DIR "/plugins/sdk/include/saggar/plugin/") + name;
    const std::vector<Member> then = members_of(text_of(old_path));
    const std::vector<Member> now = members_of(text_of(new_path));
    EXPECT_FALSE(then.empty());
    std::size_t at = 0;
    for (const Member& member : then) {
      while (at < now.size() && !(now[at] == member)) ++at;
      ASSERT_LT(at, now.size()) << name << ": " << member.type << "." << member.text
                                << " is gone, changed or moved";
      ++at;
    }
  }
}

// R5: no type whose size is the compiler's choice.
TEST(Contract, StructsHoldFixedWidthTypesOnly) {
  const std::set<std::string> allowed = {"uint8_t", "uint32_t", "uint64_t", "int32_t",
                                         "int64_t", "double",   "void",     "char"};
  for (const char* name : kAllHeaders) {
    const std::string text =
        text_of(std::string(SAGGAR_SOURCE_DIR "/plugins/sdk/include/saggar/plugin/") + name);
    for (const Member& member : members_of(text)) {
      std::istringstream words(member.text);
      std::string word;
      words >> word;
      while (word == "const" || word == "struct") words >> word;
      word.erase(word.find_last_not_of('*') + 1);  // `double* value` and `double *value` alike
      EXPECT_TRUE(allowed.count(word) == 1 || word.rfind("saggar_", 0) == 0)
          << member.type << "." << member.text;
    }
  }
}

// R1: the size stands first in every struct.
TEST(Contract, EveryStructBeginsWithItsSize) {
  for (const char* name : kAllHeaders) {
    const std::string text =
        text_of(std::string(SAGGAR_SOURCE_DIR "/plugins/sdk/include/saggar/plugin/") + name);
    std::set<std::string> seen;
    for (const Member& member : members_of(text)) {
      if (!seen.insert(member.type).second) continue;
      EXPECT_EQ(member.text, "uint32_t struct_size") << member.type;
    }
  }
}

}  // namespace
}  // namespace saggar::host
