// unknown_word: the command or option that a command line has and the program has not.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "runtime/config/suggest.hpp"

namespace saggar::app {

/// Exit code of both programs for whatever was asked for wrongly.
inline constexpr int kMisuse = 2;

/// A line that names the first unknown command or option of a parse that failed, and the one that
/// was probably meant; empty if all are known, and CLI11 says best what is wrong.
inline std::string unknown_word(const CLI::App& app, int argc, const char* const* argv) {
  const auto line = [](const std::string& where, const char* kind, const std::string& word,
                       const std::vector<std::string>& known) {
    const std::string near = config::did_you_mean(word, known);
    return where + ": there is no " + kind + " '" + word + "'" +
           (near.empty() ? "; all of them: " + where + " --help" : near) + "\n";
  };
  const std::string word = argc > 1 ? argv[1] : "";
  if (!word.empty() && !word.starts_with('-')) {
    std::vector<std::string> known;
    bool among = false;
    for (const CLI::App* command : app.get_subcommands({})) {
      known.push_back(command->get_name());
      among = among || known.back() == word;
    }
    if (!among) return line(app.get_name(), "command", word, known);
  }
  const auto chosen = app.get_subcommands();
  const CLI::App* command = chosen.empty() ? &app : chosen.back();
  for (const std::string& left : app.remaining(true)) {
    if (!left.starts_with('-') || left == "-" || left == "--") continue;
    std::vector<std::string> known;
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
    const std::string where = app.get_name() + (chosen.empty() ? "" : " " + command->get_name());
    return line(where, "option", left.substr(0, left.find('=')), known);
  }
  return {};
}

}  // namespace saggar::app
