#include "plugins/host/library.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

using ::testing::HasSubstr;

struct Refusal {
  const char* animal;
  const char* text;
};
class RefusedWhenOpened : public ::testing::TestWithParam<Refusal> {};

// VP-04, and the checks in the order of the issue.
TEST_P(RefusedWhenOpened, SaysWhatWasFoundAndWhatWouldBeRight) {
  const domain::Result<Library> library = Library::open(zoo_path(GetParam().animal));
  ASSERT_FALSE(library.ok());
  EXPECT_THAT(library.error().text(), HasSubstr(GetParam().text));
  EXPECT_THAT(library.error().where, HasSubstr(GetParam().animal)) << "names the file";
}

INSTANTIATE_TEST_SUITE_P(
    Zoo, RefusedWhenOpened,
    ::testing::Values(Refusal{"not_there", "there is no such file"},
                      Refusal{"not_elf", "is not an ELF library"},
                      Refusal{"truncated", "is truncated"},
                      Refusal{"undefined_symbol", "undefined symbol: missing_vendor_function"},
                      Refusal{"no_symbol", "exports no saggar_plugin_entry"},
                      Refusal{"null_table", "returned null"},
                      Refusal{"short_struct", "its table has 136 bytes, ABI 1.0 has 144"},
                      Refusal{"wrong_major", "is made for ABI 2.0, this runtime has 1.0"},
                      Refusal{"small_wrong_major", "is made for ABI 2.0, this runtime has 1.0"},
                      Refusal{"newer_minor", "is made for ABI 1.1, newer than 1.0 of this runtime"},
                      Refusal{"bad_descriptor", "parameter 'trim_K' is declared twice"},
                      Refusal{"null_function", "function step is null"},
                      Refusal{"unmet_needs", "needs extension 'com.example.telepathy/1'"}),
    [](const auto& param) { return std::string(param.param.animal); });

TEST(Library, OpensAGoodOneAndTellsItsName) {
  const Library library = open_animal("well_behaved");
  EXPECT_EQ(library.id(), "org.saggar.zoo.well_behaved");
  EXPECT_EQ(library.version(), "1.0.0");
}

TEST(Library, GivesTheSameTableAgain) {
  EXPECT_EQ(&open_animal("plain_c").table(), &open_animal("plain_c").table());
  const std::string roundabout = std::string(SAGGAR_BINARY_DIR) + "/zoo/../zoo/plain_c.so";
  const domain::Result<Library> again = Library::open(roundabout);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(&again.value().table(), &open_animal("plain_c").table());
}

TEST(Library, RefusesAFileThatWasReplacedWhileOpen) {
  namespace fs = std::filesystem;
  const fs::path copy = fs::path(::testing::TempDir()) / "replaced.so";
  fs::copy_file(zoo_path("plain_c"), copy, fs::copy_options::overwrite_existing);
  ASSERT_TRUE(Library::open(copy).ok());
  fs::remove(copy);
  fs::copy_file(zoo_path("empty"), copy);
  const domain::Result<Library> again = Library::open(copy);
  ASSERT_FALSE(again.ok());
  EXPECT_THAT(again.error().text(), HasSubstr("was replaced since this process opened it"));
}

TEST(Library, ARefusedOneIsRefusedAgain) {
  EXPECT_FALSE(Library::open(zoo_path("wrong_major")).ok());
  EXPECT_FALSE(Library::open(zoo_path("wrong_major")).ok());
}

}  // namespace
}  // namespace saggar::host
