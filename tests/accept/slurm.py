"""A campaign on a real Slurm cluster of one node: a worker killed, one cancelled, resumed, merged."""
import collections
import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import slurm_cluster  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUITE = "tests/accept/two_hundred.toml"


class Campaign:
    """One suite, on this machine alone and as an array of the cluster; what was seen meanwhile."""

    def __init__(self, program, folder, cases, shards, limit_s):
        self.program, self.folder, self.cases, self.limit_s = str(program), folder, cases, limit_s
        self.shards = shards
        # By id, such as the ten that end in a seed from 190 on.
        self.only = [] if cases is None else [w for s in cases for w in ("--only", f"/seed{s}")]
        self.seen = {}

    def hil(self, *arguments, allowed=(0,)):
        """saggar-hil in the root of the sources; its output."""
        done = subprocess.run([self.program, *map(str, arguments)], cwd=ROOT, capture_output=True,
                              text=True, check=False)
        if done.returncode not in allowed:
            raise RuntimeError(f"saggar-hil {' '.join(map(str, arguments))}: exit {done.returncode}: "
                               f"{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def locally(self):
        """The hash of a run on this machine."""
        began = time.time()
        out = self.hil("run", SUITE, "--out", self.folder / "local", *self.only)
        self.seen["local_s"] = time.time() - began
        count = sum(1 for _ in (self.folder / "local").glob("*/results/*.json"))
        return count, re.search(r"hash (\w+)", out).group(1)

    def plan(self):
        """Manifest and what sbatch takes."""
        out = self.folder / "campaign"
        self.hil("campaign", "plan", SUITE, "--shards", self.shards, "--out", out, *self.only)
        self.hil("campaign", "slurm", out, "--throttle", 2 * (os.cpu_count() or 1), "--mem", "100M",
                 "--time", "00:10:00")
        return out

    def done(self):
        """Number of finished cases."""
        return sum(1 for path in (self.folder / "campaign/results").glob("*.json"))

    def kill_a_worker(self):
        """kill -9 of one `campaign work` and the cases it runs, as when memory runs out; its shard."""
        own = str(self.folder / "campaign")
        found = [one for one in processes() if one.folder.startswith(own) and "work" in one.words]
        workers = [one for one in found if one.parent not in {other.pid for other in found}]
        # The job's script carries on: it is what queues the shard again.
        if not workers:
            return None
        worker = workers[0]
        # One that is about to end by itself would be killed too late to be missed: first it stops.
        if not stopped(worker.pid):
            return None
        for one in [worker] + [case for case in processes() if case.parent == worker.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one.pid, signal.SIGKILL)
        return worker.words[worker.words.index("--shard") + 1]

    def on(self, cluster):
        """Submits, kills, cancels, resumes; what `campaign merge` left at the end."""
        began = time.time()
        out = self.plan()
        total = len(json.loads((out / "manifest.json").read_text())["cases"])
        cluster.call(out / "slurm/submit.sh")
        self.until(cluster, lambda: self.done() >= total // 4, "a quarter of the cases")
        self.until(cluster, self._kill, "a worker to kill")
        self.until(cluster, lambda: self._cancel(cluster), "a shard to cancel")
        self.finish(cluster)
        first = json.loads((out / "merged.json").read_text())
        self.seen["missing"] = len(first["missing"])
        self.seen["first_s"] = time.time() - began
        again = ",".join(map(str, first["unfinished_shards"]))
        if again:
            cluster.call(out / "slurm/submit.sh", again)
            self.finish(cluster)
        self.seen["cluster_s"] = time.time() - began
        logs = "".join(path.read_text() for path in (out / "slurm").glob("*.log"))
        self.seen["requeued"] = logs.count("queued again")
        return json.loads((out / "merged.json").read_text())

    def _kill(self):
        shard = self.kill_a_worker()
        self.seen["killed"] = shard
        return shard is not None

    def _cancel(self, cluster):
        """One that is not the one that was killed: nobody queues it again. Those that wait come first: one that runs may
        have ended before it is told."""
        shards = [row for row in cluster.jobs() if "_" in row[0]]
        for job, _ in sorted(reversed(shards), key=lambda row: row[1] != "PENDING"):
            if job.split("_")[1] == self.seen["killed"]:
                continue
            cluster.call("scancel", job)
            self.seen["cancelled"] = job
            return True
        return False

    def until(self, cluster, holds, what):
        """Waits; raises if the jobs end before it holds, or time does."""
        ends = time.time() + self.limit_s
        while not holds():
            if time.time() > ends or not cluster.jobs():
                raise RuntimeError(f"never saw {what}; {self.done()} cases done; {cluster.last_words()}")
            time.sleep(0.02)

    def finish(self, cluster):
        """Waits for the merge job."""
        if not cluster.wait_for_no_jobs(self.limit_s):
            raise RuntimeError(f"jobs do not end: {cluster.jobs()[:5]}; {cluster.last_words()}")


Process = collections.namedtuple("Process", "pid parent folder words")


def processes():
    """All that can be looked into."""
    found = []
    for proc in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            words = (proc / "cmdline").read_bytes().decode(errors="replace").split("\0")
            parent = int((proc / "stat").read_text().rsplit(")", 1)[1].split()[1])
            found.append(Process(int(proc.name), parent, os.readlink(proc / "cwd"), words))
    return found


def stopped(pid):
    """Stops a process; False if it ends instead."""
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGSTOP)
        while True:
            state = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            if state in "Tt":
                return True
            if state in "ZX":
                return False
            time.sleep(0.001)
    return False


def compare(program, cases=None, shards=200, limit_s=1800):
    """Runs it both ways in folders of its own. (local hash, cases, merged, seen)"""
    with tempfile.TemporaryDirectory(prefix="saggar-campaign-") as folder:
        campaign = Campaign(program, pathlib.Path(folder), cases, shards, limit_s)
        count, local = campaign.locally()
        with slurm_cluster.Cluster() as cluster:
            merged = campaign.on(cluster)
        return local, int(count), merged, campaign.seen


def bar(report, quick, program=ROOT / "build/release/bin/saggar-hil"):
    """Bar 5 of `./dev accept hil`."""
    line = "Slurm: array on a one-node cluster, a worker killed, one cancelled, resumed, merged"
    why = slurm_cluster.why_not()
    if why:
        report.row("5", line, "same hash as local", f"could not be measured: {why}", False)
        return
    cases, shards = (range(190, 200), 10) if quick else (None, 200)
    local, count, merged, seen = compare(program, cases, shards)
    same = merged["verdict"] == "passed" and merged["hash"].startswith(local)
    report.row("5", line, f"{count} cases, same hash",
               f"{merged['cases']} cases, {'same' if same else 'ANOTHER'} hash",
               same and merged["cases"] == count and seen["requeued"] > 0 and seen["missing"] > 0)
    report.row("5", "  queued again by itself; missing at the first merge; local, cluster", "-",
               f"{seen['requeued']}; {seen['missing']}; {seen['local_s']:.0f} s, "
               f"{seen['cluster_s']:.0f} s", None)


def main():
    """The small version, as a test: ten cases in five shards. Exit code 77: not possible here."""
    why = slurm_cluster.why_not()
    if why:
        print(f"not run: {why}")
        return 77
    local, count, merged, seen = compare(sys.argv[1], cases=range(190, 200), shards=10, limit_s=200)
    print(f"local hash {local}; merged {merged}; seen {seen}")
    assert count == merged["cases"] == 10, "not the cases that were asked for"
    assert merged["verdict"] == "passed", "the campaign did not pass"
    assert merged["hash"].startswith(local), "not the hash of a local run"
    assert seen["requeued"] >= 1, "the killed worker was not queued again"
    assert seen["missing"] >= 1, "the cancelled shard was not missed"
    return 0


if __name__ == "__main__":
    sys.exit(main())
