// saggar-policy-heat.so
#include "controllers/policy/policy_controller.hpp"

namespace saggar::policy {

/// With the networks of the backends that this plugin is built with.
class HeatPolicy final : public PolicyController {
 protected:
  std::unique_ptr<Network> load(const plugin::PackageFile& file,
                                const NetworkShape& shape) override {
    return load_torchscript(file.name, file.data.data(), file.data.size(), shape);
  }
};

}  // namespace saggar::policy

SAGGAR_PLUGIN(saggar::policy::HeatPolicy);
