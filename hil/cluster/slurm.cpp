#include "hil/cluster/slurm.hpp"

#include <regex>

namespace saggar::cluster {
namespace {

domain::Status matches(const char* option, const std::string& text, const char* pattern,
                       const char* right) {
  if (std::regex_match(text, std::regex(pattern))) return domain::Done{};
  return domain::Error{option, "is \"" + text + "\"; " + right + " would be right"};
}

domain::Status within(const char* option, std::uint32_t value, std::uint32_t low,
                      std::uint32_t high) {
  if (value >= low && value <= high) return domain::Done{};
  return domain::Error{option, "is " + std::to_string(value) + "; " + std::to_string(low) + " to " +
                                   std::to_string(high) + " would be right"};
}

domain::Status check(const Manifest& manifest, const SlurmOptions& o) {
  const std::vector<domain::Status> all = {
      within("--throttle", o.throttle, 0, kMostShards),
      within("--jobs", o.jobs, 1, 1024),
      within("--restarts", o.restarts, 0, 100),
      matches("--time", o.time,
              R"((\d{1,6})|(\d{1,6}:\d\d)|(\d{1,4}:\d\d:\d\d)|(\d{1,4}-\d{1,2}(:\d\d){0,2}))",
              "minutes, hours:minutes:seconds or days-hours"),
      matches("--mem", o.mem, R"([1-9]\d{0,8}[KMGT]?)", "a number with K, M, G or T"),
      matches("--partition", o.partition, R"([A-Za-z0-9_.,-]*)", "names without blanks"),
      matches("--account", o.account, R"([A-Za-z0-9_.-]*)", "a name without blanks")};
  for (const domain::Status& one : all) {
    if (!one) return one;
  }
  if (o.program.empty()) return domain::Error{"--program", "is empty; a path would be right"};
  if (manifest.shards > o.max_array) {
    return domain::Error{
        "--shards of the plan",
        std::to_string(manifest.shards) + " are more than an array of " +
            std::to_string(o.max_array) +
            " holds; plan fewer, or give --max-array if `scontrol show config` says a larger "
            "MaxArraySize"};
  }
  return domain::Done{};
}

std::string head(const Manifest& m, const SlurmOptions& o, const std::string& job) {
  std::string out = "#!/bin/sh\n# " + headline(m.suite, m.cases.size(), m.shards, m.campaign) +
                    "; by `saggar-hil campaign slurm`\n#SBATCH --job-name=" + job + "\n";
  if (!o.partition.empty()) out += "#SBATCH --partition=" + o.partition + "\n";
  if (!o.account.empty()) out += "#SBATCH --account=" + o.account + "\n";
  return out + "#SBATCH --nodes=1\n#SBATCH --ntasks=1\n#SBATCH --mem=" + o.mem +
         "\n#SBATCH --open-mode=append\n#SBATCH --requeue\n";
}

std::string throttle(const SlurmOptions& o) {
  return o.throttle == 0 ? "" : "%" + std::to_string(o.throttle);
}

std::string array(const Manifest& m, const SlurmOptions& o) {
  return head(m, o, "saggar-" + plain_name(m.suite)) + "#SBATCH --array=0-" +
         std::to_string(m.shards - 1) + throttle(o) +
         "\n#SBATCH --cpus-per-task=" + std::to_string(o.jobs) + "\n#SBATCH --time=" + o.time +
         "\n#SBATCH --output=%A_%a.log\nset -u\n" + shell_word(o.program) +
         " campaign work .. --shard \"$SLURM_ARRAY_TASK_ID\" -j " + std::to_string(o.jobs) +
         "\n"
         "code=$?\n"
         "# 0: done; 1: a case failed, and would again; 2: not what was planned. Anything else is\n"
         "# the machine's: once more.\n"
         "case $code in 0 | 1 | 2) exit $code ;; esac\n"
         "if [ \"${SLURM_RESTART_COUNT:-0}\" -lt " +
         std::to_string(o.restarts) +
         " ]; then\n"
         "  echo \"shard $SLURM_ARRAY_TASK_ID ended with code $code: queued again\"\n"
         "  scontrol requeue \"$SLURM_JOB_ID\" && sleep 60 # which ends it\n"
         "fi\n"
         "exit $code\n";
}

std::string merge_job(const Manifest& m, const SlurmOptions& o) {
  return head(m, o, "saggar-merge-" + plain_name(m.suite)) +
         "#SBATCH --cpus-per-task=1\n#SBATCH --time=01:00:00\n#SBATCH --output=merge_%j.log\n"
         "exec " +
         shell_word(o.program) + " campaign merge ..\n";
}

std::string submit(const SlurmOptions& o) {
  return "#!/bin/sh\n"
         "# All shards, or those given such as 4,17-19; then the merge, whatever became of them, "
         "so\n"
         "# that it says what is missing. Shards that are done already end at once.\n"
         "set -eu\n"
         "cd \"$(dirname \"$0\")\"\n"
         "case ${1:-} in *[!0-9,-]*) echo \"submit.sh: shards such as 4,17-19\" >&2; exit 2 ;; "
         "esac\n"
         "array=$(sbatch --parsable ${1:+--array=\"$1" +
         throttle(o) +
         "\"} array.sbatch)\n"
         "merge=$(sbatch --parsable --dependency=afterany:\"${array%%;*}\" merge.sbatch)\n"
         "echo \"array job ${array%%;*}, merge job ${merge%%;*}\"\n";
}

}  // namespace

domain::Result<std::vector<Spec>> slurm(const Manifest& manifest, const SlurmOptions& options) {
  const auto sound = check(manifest, options);
  if (!sound) return sound.error();
  return std::vector<Spec>{{"array.sbatch", array(manifest, options), false},
                           {"merge.sbatch", merge_job(manifest, options), false},
                           {"submit.sh", submit(options), true}};
}

}  // namespace saggar::cluster
