// Store: the folder of a campaign, one file per finished case, so that it can be stopped and gone
// on with, split over machines and merged (HI-58).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hil/campaign/plan.hpp"
#include "hil/suite/result.hpp"

namespace saggar::campaign {

/// `<folder>/results/<case>.json`, `<folder>/logs/<case>.log`; a file is whole or not there.
/// Several processes may write into one folder, each its own cases. Thread: one.
class Store {
 public:
  explicit Store(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Makes the folder. `fresh`: results of an earlier campaign are deleted; only files that this
  /// class wrote. Errors: the disk, a folder with something else in it, or with results that
  /// something else made and that are to be gone on with.
  /// @param made_by  what will write into it: `made_by` of run.hpp
  domain::Status open(bool fresh, const std::string& made_by) const;
  /// Moves the folder aside, to `<folder>.previous`, if it holds results: nothing of an earlier
  /// campaign is lost by a fresh one, but for what was there before it. True if there was
  /// something to move. Errors: the disk, something else by that name.
  domain::Result<bool> keep_previous() const;
  /// `<folder>.previous`.
  std::filesystem::path previous() const { return folder_.string() + ".previous"; }
  /// The result of a case, if it is there and was made of the same inputs; a damaged one is none.
  std::optional<suite::CaseResult> find(const Planned& planned) const;
  /// Writes it whole. Errors: the disk.
  domain::Status save(const suite::CaseResult& result) const;

  std::filesystem::path result_file(const std::string& id) const;
  std::filesystem::path log_file(const std::string& id) const;
  const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// All results in the folder of a suite, whatever made them, in order of their ids. Errors: no such
/// folder, a damaged result.
domain::Result<std::vector<suite::CaseResult>> read_results(const std::filesystem::path& folder);

/// A case's id as the name of a file: readable, and distinct for distinct ids.
std::string file_stem(const std::string& id);

}  // namespace saggar::campaign
