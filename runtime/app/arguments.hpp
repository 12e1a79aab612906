// What an argument of the program may be. Each refusal names the option, what was given and what
// would be right.
#pragma once

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdlib>
#include <string>

namespace saggar::app {

/// A path; whether it can be read is said by whoever reads it.
inline CLI::Validator a_path(const std::string& of_what) {
  return {[of_what](std::string& text) {
            return text.empty() ? "is empty; the path of " + of_what + " would be right" : "";
          },
          "PATH", "path"};
}

/// An address of ZeroMQ as a site file spells it.
inline CLI::Validator an_address() {
  return {
      [](std::string& text) -> std::string {
        for (const char* scheme : {"tcp://", "ipc://", "inproc://"}) {
          const std::string start(scheme);
          if (text.starts_with(start) && text.size() > start.size()) return "";
        }
        return "'" + text +
               "' is no address; one such as tcp://127.0.0.1:7703 or ipc:///run/saggar/operator "
               "would be right";
      },
      "ADDRESS", "address"};
}

/// A finite number within limits; `unit` only for the words.
inline CLI::Validator a_number(double low, double high, const std::string& unit) {
  return {[low, high, unit](std::string& text) -> std::string {
            char* end = nullptr;
            const double value = std::strtod(text.c_str(), &end);
            const bool number = !text.empty() && *end == '\0' && std::isfinite(value);
            if (number && value >= low && value <= high) return "";
            const auto plain = [](double v) {
              std::string digits = std::to_string(v);
              digits.erase(digits.find_last_not_of('0') + 1);
              if (digits.back() == '.') digits.pop_back();
              return digits;
            };
            return "'" + text + "' is " + (number ? "outside its limits" : "no number") + "; " +
                   plain(low) + " to " + plain(high) + (unit.empty() ? "" : " " + unit) +
                   " would be right";
          },
          "NUMBER", "number"};
}

inline CLI::Validator seconds(double low = 0) { return a_number(low, 1e9, "s"); }

}  // namespace saggar::app
