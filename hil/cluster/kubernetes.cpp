#include "hil/cluster/kubernetes.hpp"

#include <algorithm>
#include <regex>

namespace saggar::cluster {
namespace {

// Names of objects and namespaces: RFC 1123.
constexpr const char* kLabel = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
constexpr const char* kSubdomain = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";

domain::Status matches(const char* option, const std::string& text, const char* pattern,
                       const char* right) {
  if (text.size() < 1000 && std::regex_match(text, std::regex(pattern))) return domain::Done{};
  return domain::Error{option, "is \"" + text + "\"; " + right + " would be right"};
}

domain::Status within(const char* option, std::uint32_t value, std::uint32_t low,
                      std::uint32_t high) {
  if (value >= low && value <= high) return domain::Done{};
  return domain::Error{option, "is " + std::to_string(value) + "; " + std::to_string(low) + " to " +
                                   std::to_string(high) + " would be right"};
}

domain::Status check(const KubernetesOptions& o) {
  const std::vector<domain::Status> all = {
      matches("--image", o.image, "[a-z0-9][A-Za-z0-9._:/@-]*", "an image such as registry/qa:1.2"),
      matches("--program", o.program, "[A-Za-z0-9_./-]+", "a path in the image"),
      matches("--claim", o.claim, kSubdomain, "the name of a PersistentVolumeClaim"),
      matches("--folder", o.folder, "([A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*)?",
              "a folder in the volume, from its top"),
      matches("--namespace", o.space, kLabel, "the name of a namespace"),
      matches("--memory", o.memory, R"([1-9]\d{0,8}(Ki|Mi|Gi|Ti|k|M|G|T)?)", "such as 2Gi"),
      within("--parallelism", o.parallelism, 0, kMostShards),
      within("-j", o.jobs, 1, 1024),
      within("--retries", o.retries, 0, 100)};
  for (const domain::Status& one : all) {
    if (!one) return one;
  }
  if (("/" + o.folder + "/").find("/../") != std::string::npos) {
    return domain::Error{"--folder", "leaves the volume"};
  }
  return domain::Done{};
}

/// A name that is a label of its own with an index of up to five digits behind it.
std::string job_name(const Manifest& m) {
  std::string name = plain_name(m.suite);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    return c == '.' || c == '_' ? '-' : c;
  });
  return "saggar-" + name.substr(0, 28) + "-" + m.campaign.substr(0, 8);
}

std::string head(const Manifest& m, const KubernetesOptions& o, const std::string& name) {
  return "# " + headline(m.suite, m.cases.size(), m.shards, m.campaign) +
         "; by `saggar-hil campaign kubernetes`\n"
         "apiVersion: batch/v1\n"
         "kind: Job\n"
         "metadata:\n"
         "  name: " +
         name + "\n  namespace: \"" + o.space +
         "\"\n  labels:\n"
         "    app.kubernetes.io/name: saggar-hil\n"
         "    app.kubernetes.io/instance: " +
         name + "\nspec:\n";
}

/// @param words  of the command, each put between quotes
std::string pod(const KubernetesOptions& o, const std::string& name, std::uint32_t cpus,
                const std::vector<std::string>& words) {
  std::string args;
  for (const std::string& word : words) args += (args.empty() ? "\"" : ", \"") + word + "\"";
  std::string out =
      "  template:\n"
      "    metadata:\n"
      "      labels:\n"
      "        app.kubernetes.io/name: saggar-hil\n"
      "        app.kubernetes.io/instance: " +
      name +
      "\n    spec:\n"
      "      restartPolicy: Never\n"
      "      containers:\n"
      "        - name: shard\n"
      "          image: \"" +
      o.image +
      "\"\n"
      "          command: [\"" +
      o.program +
      "\"]\n"
      "          args: [" +
      args +
      "]\n"
      "          resources:\n";
  for (const char* which : {"requests", "limits"}) {
    out += std::string("            ") + which + ": { cpu: \"" + std::to_string(cpus) +
           "\", memory: \"" + o.memory + "\" }\n";
  }
  out +=
      "          volumeMounts:\n"
      "            - name: campaign\n"
      "              mountPath: /campaign\n";
  if (!o.folder.empty()) out += "              subPath: \"" + o.folder + "\"\n";
  return out +
         "      volumes:\n"
         "        - name: campaign\n"
         "          persistentVolumeClaim:\n"
         "            claimName: \"" +
         o.claim + "\"\n";
}

std::string shards(const Manifest& m, const KubernetesOptions& o) {
  const std::string name = job_name(m);
  const std::uint32_t most = o.parallelism == 0 ? m.shards : std::min(o.parallelism, m.shards);
  return head(m, o, name) +
         "  completionMode: Indexed\n"
         "  completions: " +
         std::to_string(m.shards) + "\n  parallelism: " + std::to_string(most) +
         "\n  backoffLimitPerIndex: " + std::to_string(o.retries) +
         "\n  podFailurePolicy:\n"
         "    rules:\n"
         "      # A node that goes away is nobody's fault: once more, and not counted.\n"
         "      - action: Ignore\n"
         "        onPodConditions:\n"
         "          - { type: DisruptionTarget, status: \"True\" }\n"
         "      # A case failed its checks, and would again.\n"
         "      - action: FailIndex\n"
         "        onExitCodes: { containerName: shard, operator: In, values: [1] }\n"
         "      # The image or the files are not those of the plan: so for every shard.\n"
         "      - action: FailJob\n"
         "        onExitCodes: { containerName: shard, operator: In, values: [2] }\n" +
         pod(o, name, o.jobs,
             {"campaign", "work", "/campaign", "--shard", "$(JOB_COMPLETION_INDEX)", "-j",
              std::to_string(o.jobs)});
}

std::string merge_job(const Manifest& m, const KubernetesOptions& o) {
  const std::string name = job_name(m) + "-merge";
  return head(m, o, name) + "  backoffLimit: 0  # its exit code is the verdict\n" +
         pod(o, name, 1, {"campaign", "merge", "/campaign"});
}

std::string submit(const Manifest& m, const KubernetesOptions& o) {
  const std::string job = "job/" + job_name(m) + " --namespace " + o.space;
  return "#!/bin/sh\n"
         "# All shards; then, whatever became of them, the merge, which says what is missing.\n"
         "# `submit.sh again` puts the jobs of an earlier call away first; results are kept, so\n"
         "# shards that are done end at once.\n"
         "set -eu\n"
         "cd \"$(dirname \"$0\")\"\n"
         "case ${1:-} in\n"
         "  \"\") ;;\n"
         "  again) kubectl delete --ignore-not-found -f shards.yaml -f merge.yaml ;;\n"
         "  *) echo \"submit.sh: again, or nothing\" >&2; exit 2 ;;\n"
         "esac\n"
         "kubectl apply -f shards.yaml\n"
         "while :; do\n"
         "  ended=$(kubectl get " +
         job +
         " -o \\\n"
         "    'jsonpath={range .status.conditions[?(@.status==\"True\")]}{.type}{\" \"}{end}')\n"
         "  case \" $ended \" in *\" Complete \"* | *\" Failed \"*) break ;; esac\n"
         "  sleep \"${POLL_S:-10}\"\n"
         "done\n"
         "kubectl apply -f merge.yaml\n";
}

}  // namespace

domain::Result<std::vector<Spec>> kubernetes(const Manifest& manifest,
                                             const KubernetesOptions& options) {
  const auto sound = check(options);
  if (!sound) return sound.error();
  return std::vector<Spec>{{"shards.yaml", shards(manifest, options), false},
                           {"merge.yaml", merge_job(manifest, options), false},
                           {"submit.sh", submit(manifest, options), true}};
}

}  // namespace saggar::cluster
