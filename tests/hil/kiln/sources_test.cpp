// Every tag that a figure gives as its source stands in the bibliography, and the book leads there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

namespace saggar::kiln {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

const fs::path kTree = SAGGAR_SOURCE_DIR;

/// Words of capitals and digits, four or more, such as VEND30, LI-KIT, NCA2018a.
std::set<std::string> tags_of(const std::string& text) {
  static const std::regex word("[A-Z][A-Z0-9-]{2,}[A-Z0-9][a-z]?(?![A-Za-z0-9-])");
  std::set<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), word), end; it != end; ++it) {
    const auto at = static_cast<std::size_t>(it->position());
    const bool inside = at > 0 && (std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0 ||
                                   text[at - 1] == '-');
    if (!inside) out.insert(it->str());
  }
  return out;
}

/// Each tag in a `source` of a file under configs, with a file that has it.
std::map<std::string, std::string> tags_of_configs() {
  static const std::regex source("source = \"([^\"]*)\"");
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(kTree / "configs")) {
    if (entry.path().extension() != ".toml") continue;
    const std::string text = text_of(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), source), end; it != end; ++it) {
      for (const std::string& tag : tags_of((*it)[1])) out.emplace(tag, entry.path().string());
    }
  }
  return out;
}

// Materials, quantities and instruments that look like tags.
const std::set<std::string> kNoTags = {"NCM111", "NCM622", "NCM811", "I003",
                                       "I104",   "NDIR",   "VPSA",   "IUPAC"};

TEST(Sources, EveryTagInConfigsStandsInTheBibliography) {
  const std::string page = text_of(kTree / "docs/engineer/sources.md");
  const auto tags = tags_of_configs();
  EXPECT_GT(tags.size(), 15U);
  EXPECT_TRUE(tags.contains("CARNEY2015"));
  static const std::regex code("(PF|RB|SC)-[0-9]+");
  for (const auto& [tag, file] : tags) {
    if (kNoTags.contains(tag) || std::regex_match(tag, code)) continue;
    EXPECT_TRUE(page.find("\n| " + tag + " | ") != page.npos ||
                page.find("\n| `" + tag + "` | ") != page.npos)
        << file << " gives " << tag << " as a source; a row of docs/engineer/sources.md would be "
        << "right, or, if it is no source, a word of this test";
  }
}

TEST(Sources, TheBookAndItsFolderLeadToThem) {
  for (const char* file : {"docs/engineer/kiln.md", "docs/engineer/README.md"}) {
    EXPECT_THAT(text_of(kTree / file), HasSubstr("`sources.md`")) << file;
  }
}

TEST(Sources, TagsAreFoundAmongWords) {
  EXPECT_EQ(tags_of("50 %, VEND30 and LI-KIT: CO2 at NCA2018a, RB-06; NCMxyz Ni Al2O3"),
            (std::set<std::string>{"VEND30", "LI-KIT", "NCA2018a", "RB-06"}));
}

}  // namespace
}  // namespace saggar::kiln
