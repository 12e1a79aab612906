// The promise: a plugin built for ABI 1.0 loads and steps in every 1.x runtime (VP-03).
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
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
  EXPECT_EQ(active.value().state_size(), 8U);
  EXPECT_EQ(active.value().save_state().size(), 8U);
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
                                "ext/tune.h"};

std::string without_comments(std::string text) {
  for (std::size_t at = text.find("/*"); at != std::string::npos; at = text.find("/*", at)) {
    text.erase(at, text.find("*/", at) + 2 - at);
  }
  return text;
}

// "struct.member" with its type, of every struct of a header, in order; comments left out.
std::vector<std::string> members_of(const std::string& header) {
  const std::string text = without_comments(header);
  std::vector<std::string> members;
  const std::regex structs(R"(typedef struct (\w+) \{([^}]*)\})");
  for (std::sregex_iterator it(text.begin(), text.end(), structs), end; it != end; ++it) {
    std::istringstream body((*it)[2].str());
    for (std::string line; std::getline(body, line, ';');) {
      line = std::regex_replace(line, std::regex(R"(\s+)"), " ");
      if (line != " ") members.push_back((*it)[1].str() + "." + line);
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
    const std::vector<std::string> then = members_of(text_of(old_path));
    const std::vector<std::string> now = members_of(text_of(new_path));
    EXPECT_FALSE(then.empty());
    std::size_t at = 0;
    for (const std::string& member : then) {
      while (at < now.size() && now[at] != member) ++at;
      ASSERT_LT(at, now.size()) << name << ": " << member << " is gone, changed or moved";
      ++at;
    }
  }
}

// R5: no type whose size is the compiler's choice.
TEST(Contract, StructsHoldFixedWidthTypesOnly) {
  const std::regex allowed(
      R"(^\w+\. ?(const )?(u?int(8|32|64)_t|double|void|char|saggar_\w+|struct saggar_\w+)\b.*)");
  for (const char* name : kHeaders) {
    const std::string text =
        text_of(std::string(SAGGAR_SOURCE_DIR "/plugins/sdk/include/saggar/plugin/") + name);
    for (const std::string& member : members_of(text)) {
      EXPECT_TRUE(std::regex_match(member, allowed)) << member;
      EXPECT_FALSE(std::regex_search(member, std::regex(R"(\b(size_t|long|bool|enum|union)\b)")))
          << member;
    }
  }
}

// R1: the size stands first in every struct.
TEST(Contract, EveryStructBeginsWithItsSize) {
  for (const char* name : kHeaders) {
    const std::string text =
        text_of(std::string(SAGGAR_SOURCE_DIR "/plugins/sdk/include/saggar/plugin/") + name);
    std::set<std::string> seen;
    for (const std::string& member : members_of(text)) {
      const std::string type = member.substr(0, member.find('.'));
      if (!seen.insert(type).second) continue;
      EXPECT_EQ(member, type + ". uint32_t struct_size");
    }
  }
}

}  // namespace
}  // namespace saggar::host
