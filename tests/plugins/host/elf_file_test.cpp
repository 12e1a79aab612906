#include "plugins/host/elf_file.hpp"

#include <elf.h>
#include <gmock/gmock.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

using ::testing::HasSubstr;

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ElfFile : public ::testing::Test {
 protected:
  std::string write(const std::string& bytes) {
    const std::string path = ::testing::TempDir() +
                             ::testing::UnitTest::GetInstance()->current_test_info()->name() +
                             ".so";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::string refusal(const std::string& path) {
    const domain::Status checked = check_elf_file(path);
    return checked.ok() ? "accepted" : checked.error().text();
  }
  const std::string good_ = bytes_of(zoo_path("complete"));
};

TEST_F(ElfFile, AcceptsAWholeLibrary) { EXPECT_EQ(refusal(write(good_)), "accepted"); }

TEST_F(ElfFile, NamesAFileThatIsNotThere) {
  EXPECT_THAT(refusal("/nowhere/p.so"), HasSubstr("/nowhere/p.so: there is no such file"));
}

TEST_F(ElfFile, RefusesAFolderAndADevice) {
  EXPECT_THAT(refusal(::testing::TempDir()), HasSubstr("is a folder"));
  EXPECT_THAT(refusal("/dev/null"), HasSubstr("is not a regular file"));
}

TEST_F(ElfFile, RefusesTextAndAnEmptyFile) {
  EXPECT_THAT(refusal(zoo_path("not_elf")), HasSubstr("is not an ELF library"));
  EXPECT_THAT(refusal(write("")), HasSubstr("is not an ELF library"));
}

TEST_F(ElfFile, RefusesALibraryOfAnotherMachine) {
  std::string other = good_;
  const Elf64_Half machine = EM_S390;
  other.replace(offsetof(Elf64_Ehdr, e_machine), sizeof machine,
                reinterpret_cast<const char*>(&machine), sizeof machine);
  EXPECT_THAT(refusal(write(other)), HasSubstr("is made for machine 22, this machine is"));
  std::string narrow = good_;
  narrow[EI_CLASS] = ELFCLASS32;
  EXPECT_THAT(refusal(write(narrow)), HasSubstr("is not 64-bit"));
}

TEST_F(ElfFile, RefusesAProgram) {
  EXPECT_THAT(refusal("/proc/self/exe"), HasSubstr("not a shared library"));
}

// A truncated library kills the process inside dlopen: every length short of the whole must be
// found here. A step of 97 bytes covers headers, segments and the section table.
TEST_F(ElfFile, RefusesEveryTruncation) {
  for (std::size_t length = 0; length < good_.size(); length += 97) {
    EXPECT_NE(refusal(write(good_.substr(0, length))), "accepted") << length << " bytes";
  }
  EXPECT_THAT(refusal(write(good_.substr(0, good_.size() - 1))), HasSubstr("is truncated"));
  EXPECT_THAT(refusal(zoo_path("truncated")), HasSubstr("the file has 3000; copy it again"));
}

TEST_F(ElfFile, SurvivesHeadersFullOfNonsense) {
  for (std::size_t at = 16; at < sizeof(Elf64_Ehdr); ++at) {
    std::string damaged = good_;
    damaged[at] = '\xFF';
    refusal(write(damaged));  // any verdict, but no crash and no huge read
  }
  std::string overflow = good_;
  for (std::size_t i = 0; i < 8; ++i) overflow[offsetof(Elf64_Ehdr, e_phoff) + i] = '\xFF';
  EXPECT_THAT(refusal(write(overflow)), HasSubstr("is truncated"));
}

}  // namespace
}  // namespace saggar::host
