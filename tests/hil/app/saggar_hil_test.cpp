// The program as a person calls it.
#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

namespace saggar {
namespace {

using ::testing::HasSubstr;

struct Said {
  int code = 0;
  std::string text;
};

Said run(const std::string& arguments) {
  const std::string command =
      std::string("cd " SAGGAR_SOURCE_DIR " && " SAGGAR_BINARY_DIR "/bin/saggar-hil ") + arguments +
      " 2>&1";
  Said said;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    said.text.append(buffer, n);
  said.code = WEXITSTATUS(pclose(pipe));
  return said;
}

std::string text_of(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

TEST(SaggarHil, ValidatesAndLeavesAPageAndItsRows) {
  const std::string html = ::testing::TempDir() + "validate.html";
  const std::string json = ::testing::TempDir() + "validate.json";
  const Said said = run("validate --quick --material ncm811 --html " + html + " --json " + json);
  EXPECT_EQ(said.code, 0) << said.text;
  EXPECT_THAT(said.text, HasSubstr(" 0 miss, "));
  EXPECT_THAT(text_of(html), HasSubstr("<title>Validation of the kiln"));
  EXPECT_THAT(text_of(json), HasSubstr("\"verdict\": \"misfit\""));
}

TEST(SaggarHil, SaysWhatWouldBeRight) {
  const Said unknown = run("validate --quick --material ncm999");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.text, HasSubstr("there are lno, nca"));
  EXPECT_EQ(run("validate --html ''").code, 2);
  EXPECT_EQ(run("").code, 2);
}

}  // namespace
}  // namespace saggar
