// A stub policy stepped through the C table, without the rig: no heap, any dt.
#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "tests/controllers/policy/stub_policy.hpp"

namespace saggar::policy {

/// One stub policy for two zones, stepped with arrays that are made once.
class BarePolicy {
 public:
  BarePolicy() {
    const saggar_host host = {sizeof host, 1, 0, 0, "test", "1", nullptr, nullptr};
    EXPECT_EQ(table_->create(&host, &self_), SAGGAR_OK);
    const plugin::Package package = small_package();
    const plugin::detail::PackageTable view(package);
    const auto* take =
        static_cast<const saggar_ext_package*>(table_->get_extension(self_, SAGGAR_EXT_PACKAGE));
    EXPECT_EQ(take->take(self_, &view.table(), why_, sizeof why_), SAGGAR_OK) << why_;
    configure();
    EXPECT_EQ(table_->activate(self_), SAGGAR_OK);
  }
  BarePolicy(const BarePolicy&) = delete;
  BarePolicy& operator=(const BarePolicy&) = delete;
  ~BarePolicy() {
    table_->deactivate(self_);
    table_->destroy(self_);
  }
  saggar_status step(double temperature, std::uint32_t quality, double dt_s = 10) {
    for (auto& v : values_) {
      for (double& x : v.value) x = temperature;
      for (std::uint32_t& q : v.quality) q = quality;
    }
    time_ns_ += static_cast<std::int64_t>(dt_s * 1e9);
    saggar_io io{};
    io.struct_size = sizeof io;
    io.flags = SAGGAR_IO_DRIVING;
    io.time_ns = time_ns_;
    io.dt_s = dt_s;
    io.input_count = static_cast<std::uint32_t>(in_.size());
    io.output_count = 1;
    io.inputs = in_.data();
    io.outputs = &out_;
    io.message = message_;
    io.message_capacity = sizeof message_;
    return table_->step(self_, &io);
  }

 private:
  // Four loops and one core; the other ports are not there.
  void configure() {
    std::vector<saggar_resolved_port> ports;
    static const char* const pv[] = {"zone01.top.temperature", "zone01.bottom.temperature",
                                     "zone02.top.temperature", "zone02.bottom.temperature"};
    static const char* const core[] = {"zone02.core.temperature"};
    static const char* const out[] = {"zone01.top.setpoint", "zone01.bottom.setpoint",
                                      "zone02.top.setpoint", "zone02.bottom.setpoint"};
    static const double zeros[4] = {}, highs[4] = {1000, 1000, 1000, 1000};
    static const std::uint32_t zones[4] = {0, 0, 1, 1};
    values_.resize(table_->port_count);
    for (std::uint32_t p = 0; p < table_->port_count; ++p) {
      const std::string_view name = table_->ports[p].name;
      const std::uint32_t n = name == "pv" || name == "setpoint" ? 4 : name == "core" ? 1 : 0;
      const char* const* tags = name == "pv" ? pv : name == "core" ? core : out;
      ports.push_back({sizeof(saggar_resolved_port), n, tags, zeros, highs, zeros, zones});
      if (name == "setpoint") continue;
      values_[p].value.resize(n);
      values_[p].quality.resize(n);
      in_.push_back({sizeof(saggar_input), n, values_[p].value.data(), values_[p].quality.data()});
    }
    static const double reference[4] = {700, 700, 700, 700};
    static const std::uint32_t limited[4] = {}, free[4] = {1, 1, 1, 1};
    out_ = {sizeof out_, 4, proposal_, reference, reference, zeros, highs, limited, free};
    saggar_setup setup{};
    setup.struct_size = sizeof setup;
    setup.zone_count = 2;
    setup.kiln = "k";
    setup.instance = "i";
    setup.period_s = 10;
    setup.latency_cycles = 1;
    setup.port_count = table_->port_count;
    setup.ports = ports.data();
    const double none = 0;
    const saggar_param_values attribution = {sizeof attribution, 1, &none};
    setup.param_count = 1;
    setup.params = &attribution;
    EXPECT_EQ(table_->configure(self_, &setup, why_, sizeof why_), SAGGAR_OK) << why_;
  }

  struct Values {
    std::vector<double> value;
    std::vector<std::uint32_t> quality;
  };
  const saggar_plugin* table_ = plugin::table_of<StubPolicy>();
  void* self_ = nullptr;
  char why_[512] = {}, message_[256] = {};
  std::vector<Values> values_;
  std::vector<saggar_input> in_;
  double proposal_[4] = {};
  saggar_output out_{};
  std::int64_t time_ns_ = 0;
};

}  // namespace saggar::policy
