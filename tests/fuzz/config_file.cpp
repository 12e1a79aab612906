// Any bytes as a configuration file: a value or complaints, nothing else. What is read must survive
// saving and reading again.
#include <cstdlib>
#include <string_view>

#include "runtime/config/control_config.hpp"
#include "runtime/config/kiln_config.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/plant.hpp"
#include "runtime/config/policy_config.hpp"
#include "runtime/config/policy_papers.hpp"
#include "runtime/config/recipe_config.hpp"
#include "runtime/config/site_config.hpp"

namespace {

using namespace saggar::config;  // NOLINT(google-build-using-namespace): one file, one purpose

template <class T>
void read(std::string_view text) {
  T value{};
  Source source;
  source.file = "fuzz";
  Complaints complaints;
  load_into(text, value, source, complaints);
  if (!complaints.empty()) {
    if (complaints.error().text().empty()) std::abort();
    return;
  }
  const std::string saved = save_text(value);
  const auto again = load_text<T>("saved", saved);
  if (!again.ok() || save_text(again.value()) != saved) std::abort();
  if constexpr (std::is_same_v<T, KilnConfig>) {
    const auto plant = make_plant(value);
    if (plant.ok() && plant.value().tags.size() != tags_of(value).size()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.find("site") != std::string_view::npos) read<SiteConfig>(text);
  if (text.find("kiln") != std::string_view::npos) read<KilnConfig>(text);
  if (text.find("control") != std::string_view::npos) read<ControlConfig>(text);
  if (text.find("recipe") != std::string_view::npos) read<RecipeConfig>(text);
  if (text.find("policy") != std::string_view::npos) {
    read<PolicyConfig>(text);
    read<PolicyDomain>(text);
    read<PolicyCard>(text);
    read<PolicyDataSheet>(text);
  }
  return 0;
}
