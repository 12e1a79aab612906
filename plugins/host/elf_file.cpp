#include "plugins/host/elf_file.hpp"

#include <elf.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

namespace saggar::host {
namespace {

using domain::Error;
using domain::Status;

#if defined(__x86_64__)
constexpr std::uint16_t kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t kMachine = EM_AARCH64;
#else
#error "name the ELF machine of this processor"
#endif

std::string machine_name(std::uint16_t machine) {
  switch (machine) {
    case EM_X86_64:
      return "x86-64";
    case EM_AARCH64:
      return "AArch64";
    case EM_386:
      return "32-bit x86";
    case EM_ARM:
      return "32-bit ARM";
    case EM_RISCV:
      return "RISC-V";
    default:
      return "machine " + std::to_string(machine);
  }
}

class Reader {
 public:
  Reader(const std::filesystem::path& path, std::uint64_t size)
      : where_(path.string()), file_(path, std::ios::binary), size_(size) {}

  bool is_open() const { return file_.is_open(); }
  std::uint64_t size() const { return size_; }
  bool holds(std::uint64_t offset, std::uint64_t length) const {
    return offset <= size_ && length <= size_ - offset;
  }
  bool read(std::uint64_t offset, void* to, std::uint64_t length) {
    if (!holds(offset, length)) return false;
    file_.seekg(static_cast<std::streamoff>(offset));
    file_.read(static_cast<char*>(to), static_cast<std::streamsize>(length));
    return file_.good();
  }
  template <class T>
  bool read_table(std::uint64_t offset, std::size_t count, std::vector<T>& to) {
    if (!holds(offset, count * sizeof(T))) return false;
    to.resize(count);
    return count == 0 || read(offset, to.data(), count * sizeof(T));
  }
  Error truncated(const std::string& what, std::uint64_t end) const {
    return {where_, "is truncated: its " + what + " ends at byte " + std::to_string(end) +
                        ", the file has " + std::to_string(size_) + "; copy it again"};
  }
  Error wrong(const std::string& what) const { return {where_, what}; }

 private:
  std::string where_;
  std::ifstream file_;
  std::uint64_t size_;
};

Status check_header(Reader& file, Elf64_Ehdr& header) {
  char magic[SELFMAG] = {};
  if (!file.read(0, magic, sizeof magic) || std::memcmp(magic, ELFMAG, SELFMAG) != 0) {
    return file.wrong("is not an ELF library (no ELF magic at its beginning)");
  }
  if (!file.read(0, &header, sizeof header)) {
    return file.truncated("ELF header", sizeof header);
  }
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB) {
    return file.wrong("is not 64-bit little-endian ELF");
  }
  if (header.e_machine != kMachine) {
    return file.wrong("is made for " + machine_name(header.e_machine) + ", this machine is " +
                      machine_name(kMachine));
  }
  if (header.e_type != ET_DYN) return file.wrong("is ELF, but not a shared library");
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0 ||
      (header.e_shnum != 0 && header.e_shentsize != sizeof(Elf64_Shdr))) {
    return file.wrong("has damaged ELF headers");
  }
  return domain::Done{};
}

Status check_segments(Reader& file, const Elf64_Ehdr& header) {
  std::vector<Elf64_Phdr> segments;
  if (!file.read_table(header.e_phoff, header.e_phnum, segments)) {
    return file.truncated("program header table",
                          header.e_phoff + header.e_phnum * sizeof(Elf64_Phdr));
  }
  bool loads = false, dynamic = false;
  for (const Elf64_Phdr& segment : segments) {
    if (segment.p_type == PT_INTERP) return file.wrong("is a program, not a shared library");
    loads = loads || segment.p_type == PT_LOAD;
    dynamic = dynamic || segment.p_type == PT_DYNAMIC;
    if (!file.holds(segment.p_offset, segment.p_filesz)) {
      return file.truncated("segment", segment.p_offset + segment.p_filesz);
    }
  }
  if (!loads || !dynamic) return file.wrong("has nothing to load: it is not a shared library");
  return domain::Done{};
}

Status check_sections(Reader& file, const Elf64_Ehdr& header) {
  if (header.e_shoff == 0) return domain::Done{};  // stripped of its section table: allowed
  std::vector<Elf64_Shdr> sections;
  if (!file.read_table(header.e_shoff, header.e_shnum, sections)) {
    return file.truncated("section header table",
                          header.e_shoff + header.e_shnum * sizeof(Elf64_Shdr));
  }
  for (const Elf64_Shdr& section : sections) {
    if (section.sh_type == SHT_NOBITS || section.sh_type == SHT_NULL) continue;
    if (!file.holds(section.sh_offset, section.sh_size)) {
      return file.truncated("section", section.sh_offset + section.sh_size);
    }
  }
  return domain::Done{};
}

}  // namespace

Status check_elf_file(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (!fs::exists(status)) return Error{path.string(), "there is no such file"};
  if (!fs::is_regular_file(status)) {
    return Error{path.string(),
                 fs::is_directory(status) ? "is a folder, not a library" : "is not a regular file"};
  }
  const std::uint64_t size = fs::file_size(path, code);
  errno = 0;
  Reader file(path, code ? 0 : size);
  if (code || !file.is_open()) {
    return Error{path.string(),
                 std::string("cannot be read: ") + (code ? code.message() : std::strerror(errno))};
  }
  Elf64_Ehdr header{};
  Status checked = check_header(file, header);
  if (checked.ok()) checked = check_segments(file, header);
  if (checked.ok()) checked = check_sections(file, header);
  return checked;
}

}  // namespace saggar::host
