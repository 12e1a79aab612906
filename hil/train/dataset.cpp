#include "hil/train/dataset.hpp"

#include <array>
#include <cstring>
#include <fstream>
#include <string>

namespace saggar::train {
namespace {

constexpr std::array<char, 8> kMagic = {'S', 'G', 'L', 'E', 'S', 'S', 'N', '1'};

struct Head {
  std::array<char, 8> magic = kMagic;
  std::uint32_t features = 0, outputs = 0, foretold = 0, reserved = 0;
  std::uint64_t seed = 0, rows = 0;
};
static_assert(sizeof(Head) == 40);

std::array<std::pair<std::vector<float>*, std::size_t>, 4> columns(Dataset& d) {
  return {{{&d.value, d.features}, {&d.label, d.outputs}, {&d.later, d.foretold}, {&d.drives, 1}}};
}

}  // namespace

domain::Status write_dataset(const std::filesystem::path& path, const Dataset& data) {
  Dataset copy = data;
  Head head;
  head.features = data.features;
  head.outputs = data.outputs;
  head.foretold = data.foretold;
  head.seed = data.seed;
  head.rows = data.size();
  const std::filesystem::path beside = path.string() + ".part";
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(&head), sizeof head);
    for (const auto& [column, width] : columns(copy)) {
      if (column->size() != width * head.rows)
        return domain::Error{path.string(), "columns of different length"};
      out.write(reinterpret_cast<const char*>(column->data()),
                static_cast<std::streamsize>(column->size() * sizeof(float)));
    }
    out.close();
    if (!out) return domain::Error{path.string(), "cannot be written"};
  }
  std::error_code failed;
  std::filesystem::rename(beside, path, failed);
  if (failed) return domain::Error{path.string(), "cannot be written: " + failed.message()};
  return domain::Done{};
}

domain::Result<Dataset> read_dataset(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code failed;
  const std::uintmax_t size = std::filesystem::file_size(path, failed);
  if (!in || failed) return domain::Error{path.string(), "cannot be read"};
  Head head;
  in.read(reinterpret_cast<char*>(&head), sizeof head);
  if (!in || head.magic != kMagic) return domain::Error{path.string(), "is no file of lessons"};
  constexpr std::uint32_t kMost = 1U << 16U;
  const bool sane = head.features > 0 && head.features < kMost && head.outputs < kMost &&
                    head.foretold < kMost && head.rows < (1ULL << 32U);
  const std::uint64_t width = std::uint64_t{head.features} + head.outputs + head.foretold + 1;
  if (!sane || sizeof head + head.rows * width * sizeof(float) != size) {
    return domain::Error{path.string(), "is cut off or damaged: delete it, and it is made anew"};
  }
  Dataset data;
  data.features = head.features;
  data.outputs = head.outputs;
  data.foretold = head.foretold;
  data.seed = head.seed;
  for (const auto& [column, columns_width] : columns(data)) {
    column->resize(columns_width * head.rows);
    in.read(reinterpret_cast<char*>(column->data()),
            static_cast<std::streamsize>(column->size() * sizeof(float)));
  }
  if (!in) return domain::Error{path.string(), "cannot be read"};
  return data;
}

}  // namespace saggar::train
