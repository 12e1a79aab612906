#!/usr/bin/env python3
"""What schedulers are given for a campaign of 18,000 cases (AC-14), read as they would read it.

Usage: specs_test.py SAGGAR_HIL
"""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

import jsonschema
import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE))
import large  # noqa: E402

PROGRAM, SHARDS = pathlib.Path(sys.argv[1]).resolve(), 900
# On a busy machine; measured: 1.3 s.
PLAN_MOST_S = 30


def hil(*arguments):
    """Exit code and output of saggar-hil, called in the root of the sources."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    return done.returncode, done.stdout + done.stderr


class Specs(unittest.TestCase):
    """One campaign for all tests."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        top = pathlib.Path(cls.folder.name)
        cls.campaign = top / "campaign"
        large.write(ROOT / "configs", top / "configs")
        began = time.time()
        code, said = hil("campaign", "plan", "large", "--configs", top / "configs", "--shards", SHARDS,
                         "--out", cls.campaign)
        cls.plan_s = time.time() - began
        if code != 0:
            raise RuntimeError(said)
        cls.manifest = json.loads((cls.campaign / "manifest.json").read_text(encoding="utf-8"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def write(self, *arguments):
        """Calls one of the writers; the folder it wrote into."""
        code, said = hil("campaign", arguments[0], self.campaign, *arguments[1:])
        self.assertEqual(code, 0, said)
        return self.campaign / arguments[0]

    def test_a_plan_holds_18000_cases_and_is_made_at_once(self):
        print(f"18,000 cases planned in {self.plan_s:.1f} s")
        self.assertEqual(large.CASES, 18000)
        self.assertEqual(len(self.manifest["cases"]), 18000)
        self.assertEqual(len({case["id"] for case in self.manifest["cases"]}), 18000)
        self.assertLess(self.plan_s, PLAN_MOST_S)

    def test_shards_are_of_the_same_size(self):
        sizes = collections.Counter(case["shard"] for case in self.manifest["cases"])
        self.assertEqual(set(sizes), set(range(SHARDS)))
        self.assertEqual(set(sizes.values()), {20})  # all cases take the same simulated time

    def test_it_is_worked_on_and_merged_on_this_machine_as_well(self):
        code, said = hil("campaign", "merge", self.campaign)
        self.assertEqual(code, 3, said)
        self.assertIn("INCOMPLETE, 18000 of 18000 cases have no result; shards to run again: 0-899", said)
        code, said = hil("campaign", "work", self.campaign, "--shard", SHARDS)
        self.assertEqual(code, 2)
        self.assertIn("0 to 899 would be right", said)

    def test_slurm_scripts_are_sound(self):
        folder = self.write("slurm", "--throttle", 100, "--time", "04:00:00", "--mem", "1500M",
                            "--partition", "night", "-j", 2)
        for name in ("array.sbatch", "merge.sbatch", "submit.sh"):
            subprocess.run(["sh", "-n", folder / name], check=True)
        array = (folder / "array.sbatch").read_text(encoding="utf-8")
        options = dict(re.findall(r"^#SBATCH --([a-z-]+)=?(.*)$", array, re.M))
        self.assertEqual(options, {
            "job-name": "saggar-large", "partition": "night", "nodes": "1", "ntasks": "1",
            "mem": "1500M", "open-mode": "append", "requeue": "", "array": "0-899%100",
            "cpus-per-task": "2", "time": "04:00:00", "output": "%A_%a.log"})
        # Options end where the first command is: Slurm reads none after it.
        self.assertLess(array.rindex("#SBATCH"), array.index("set -u"))

    def job(self, name, *options):
        """A file of Kubernetes, held against its schema and the rules that a schema cannot say."""
        folder = self.write("kubernetes", "--image", "registry/saggar:1", "--claim", "data", *options)
        job = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        schema = json.loads((HERE / "job.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        jsonschema.validate(job, schema)
        spec, pod = job["spec"], job["spec"]["template"]["spec"]
        rules = spec.get("podFailurePolicy", {}).get("rules", [])
        if "podFailurePolicy" in spec or "backoffLimitPerIndex" in spec:
            self.assertEqual(pod["restartPolicy"], "Never")
        if any(rule["action"] == "FailIndex" for rule in rules):
            self.assertIn("backoffLimitPerIndex", spec)
        names = {container["name"] for container in pod["containers"]}
        for rule in rules:
            codes = rule.get("onExitCodes", {"values": [], "containerName": min(names)})
            self.assertEqual(codes["values"], sorted(codes["values"]))
            self.assertIn(codes["containerName"], names)
        volumes = {volume["name"] for volume in pod["volumes"]}
        mounts = {mount["name"] for c in pod["containers"] for mount in c["volumeMounts"]}
        self.assertEqual(mounts, volumes)
        # The host name of a pod is a label: name of the job, a dash, the index.
        self.assertLessEqual(len(job["metadata"]["name"]) + 1 + len(str(spec.get("completions", 0))), 63)
        return job

    def test_kubernetes_jobs_are_valid(self):
        shards = self.job("shards.yaml", "--parallelism", 60, "--folder", "night/1", "-j", 2)
        spec = shards["spec"]
        self.assertEqual((spec["completionMode"], spec["completions"], spec["parallelism"]),
                         ("Indexed", SHARDS, 60))
        by_action = {rule["action"]: rule for rule in spec["podFailurePolicy"]["rules"]}
        self.assertEqual(by_action["FailIndex"]["onExitCodes"]["values"], [1])
        self.assertEqual(by_action["Ignore"]["onPodConditions"][0]["type"], "DisruptionTarget")
        container = spec["template"]["spec"]["containers"][0]
        self.assertEqual(container["args"], ["campaign", "work", "/campaign", "--shard",
                                             "$(JOB_COMPLETION_INDEX)", "-j", "2"])
        merge = self.job("merge.yaml", "--namespace", "qa")
        self.assertEqual(merge["metadata"]["namespace"], "qa")
        self.assertNotIn("completionMode", merge["spec"])

    def test_a_schema_finds_what_is_misspelt(self):
        """The check itself is checked."""
        job = self.job("shards.yaml")
        schema = json.loads((HERE / "job.schema.json").read_text(encoding="utf-8"))
        job["spec"]["backOffLimitPerIndex"] = job["spec"].pop("backoffLimitPerIndex")
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate(job, schema)
        job["spec"].pop("backOffLimitPerIndex")
        job["spec"].pop("completions")
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate(job, schema)

    def test_the_merge_follows_the_shards_whatever_became_of_them(self):
        folder = self.write("kubernetes", "--image", "a", "--claim", "b")
        tools = pathlib.Path(self.folder.name) / "tools"
        tools.mkdir()
        kubectl = tools / "kubectl"
        kubectl.write_text('#!/bin/sh\necho "$@" >>"$CALLS"\n'
                           'case $1 in get) [ "$(grep -c get "$CALLS")" -lt 3 ] || echo "Failed " ;; esac\n')
        kubectl.chmod(0o755)
        calls = tools / "calls"
        env = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "CALLS": str(calls), "POLL_S": "0"}
        subprocess.run([folder / "submit.sh"], env=env, check=True)
        said = [line.split()[:3] for line in calls.read_text().splitlines()]
        self.assertEqual([line[0] for line in said], ["apply", "get", "get", "get", "apply"])
        self.assertEqual((said[0][2], said[-1][2]), ("shards.yaml", "merge.yaml"))
        self.assertNotEqual(subprocess.run([folder / "submit.sh", "agian"], env=env, check=False,
                                           capture_output=True).returncode, 0)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
