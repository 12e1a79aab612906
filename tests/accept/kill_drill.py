"""kill -9 of the runtime in mid-run: the field sheds by itself, the journal survives.

Two kinds. In real time the runtime drives all zones in CAS, the devices watch its heartbeat, and
the newest cycle is the one that a watching process had been shown (each record is shown at once). At
60 times real time the PID drives, and the newest cycle is the one whose command the kiln had taken:
the kiln's own time stands still when the commands end, and it prints that time when it sheds.
"""
import random
import re
import signal
import sqlite3
import subprocess
import time

import pair

SITES = {"real": "configs/site/drill.toml", "fast": "configs/site/simulated.toml"}
SPEED = 60


def wait_for(log, pattern, timeout_s):
    """The first match in a log; None if it does not come in time."""
    until = time.time() + timeout_s
    while time.time() < until:
        text = (pair.WORK / log).read_text(encoding="utf-8", errors="replace")
        match = re.search(pattern, text)
        if match:
            return match
        time.sleep(0.02)
    return None


def console(kind, *command):
    """One command to the runtime; what it says, empty if it failed."""
    done = subprocess.run([pair.BIN / "saggar", *command, "--site", SITES[kind]], cwd=pair.ROOT,
                          capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def until_status(kind, pattern, timeout_s):
    """Asks for the status until it matches; whether it did."""
    until = time.time() + timeout_s
    while time.time() < until:
        if re.search(pattern, console(kind, "status")):
            return True
        time.sleep(0.2)
    return False


def drive(kind):
    """Makes the runtime drive the zones; raises if it does not."""
    mode = {"real": "CAS", "fast": "RCAS"}[kind]
    if not until_status(kind, r"link up", 15):
        raise RuntimeError("the runtime did not come up")
    if kind == "real":
        console(kind, "mode", "heat", mode, "--who", "drill", "--reason", "kill drill")
    if not until_status(kind, rf"zone01\.top\.setpoint .* {mode} ", 30):
        raise RuntimeError(f"zone01.top did not reach {mode} before the kill")


def journal_end(journal):
    """(newest cycle, its field time in s, cycles missing in between), as found after the kill."""
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True) as database:
        first, last, count = database.execute(
            "select min(cycle), max(cycle), count(*) from record").fetchone()
        if last is None:
            raise RuntimeError("the journal holds no record")
        time_ns = database.execute("select time_ns from record where cycle = ?",
                                   (last,)).fetchone()[0]
    return last, time_ns / 1e9, last - first + 1 - count


class Watcher:
    """`saggar watch` as a process of its own, ended by stop(); the last field time it was shown."""

    def __init__(self, kind):
        self.log = f"drill.{kind}.watch.log"
        self.out = open(pair.WORK / self.log, "w", encoding="utf-8")
        self.process = subprocess.Popen([pair.BIN / "saggar", "watch", "--site", SITES[kind]],
                                        cwd=pair.ROOT, stdout=self.out, stderr=subprocess.STDOUT)

    def stop(self):
        time.sleep(0.6)  # it looks every 0.25 s
        pair.stop(self.process)
        self.out.close()
        shown = re.search(r" (\d+):(\d\d):(\d\d)  ", (pair.WORK / self.log).read_text("utf-8"))
        if shown is None:
            raise RuntimeError("the watching process was shown nothing")
        hours, minutes, seconds = map(int, shown.groups())
        return hours * 3600 + minutes * 60 + seconds


def missing_s(kind, seen_s, journal_s):
    """Records missing at the end of the journal, in seconds of wall time."""
    if kind == "real":  # whole seconds are shown; one record a second
        return float(max(0, seen_s - int(journal_s)))
    return max(0.0, seen_s - journal_s) / SPEED


def one(number, kind, journal, random_):
    """One kill; a dict of what was found. Raises where something could not be read."""
    names = {name: f"drill.{kind}.{name}.log" for name in ("kiln", "runtime", "again")}
    clock = [] if kind == "real" else ["--speed", str(SPEED)]
    switch_on = [] if kind == "real" else ["--switch-on", "heat"]
    processes = [pair.start_kiln("--seed", str(number), *clock, site=SITES[kind],
                                 log=names["kiln"])]
    watcher = None
    try:
        time.sleep(1.0)
        runtime = pair.start_runtime("--journal", str(journal), *switch_on, site=SITES[kind],
                                     log=names["runtime"])
        processes.append(runtime)
        watcher = Watcher(kind)
        processes.append(watcher.process)
        drive(kind)
        time.sleep(1 + 3 * random_.random())
        runtime.send_signal(signal.SIGKILL)
        killed = time.time()
        runtime.wait()
        shed = wait_for(names["kiln"], r"at ([\d.e+]+) s shed", 15)
        shed_s = time.time() - killed
        if shed is None:
            raise RuntimeError("the field did not shed within 15 s")
        shown_s = watcher.stop()
        # The frame that nobody answered is one second younger than the last one answered.
        seen_s = shown_s if kind == "real" else float(shed.group(1)) - 1
        _, journal_s, holes = journal_end(journal)
        again = pair.start_runtime("--journal", str(journal), site=SITES[kind], log=names["again"])
        processes.append(again)
        up = until_status(kind, r"cycle [1-9]\d* .*link up", 15)  # it has run since
        text = console(kind, "status")
        driven = re.findall(r"\.setpoint .* (CAS|RCAS|MAN|AUTO|LO) ", text)
        off = up and re.search(r"heat +OFF", text) is not None and not driven
        code = pair.stop(again)
    finally:
        for process in reversed(processes):
            if process.poll() is None:
                process.kill()
                process.wait()
    replay = subprocess.run([pair.BIN / "saggar", "replay", str(journal)], cwd=pair.ROOT,
                            capture_output=True, text=True, check=False)
    return {"shed_s": shed_s, "off": off and code == 0, "holes": holes,
            "missing_s": missing_s(kind, seen_s, journal_s), "replayed": replay.returncode == 0,
            "said": (replay.stdout + replay.stderr).strip()}


def kills(report, kind, times, line):
    random_ = random.Random(7)
    found, failed = [], []
    for number in range(1, times + 1):
        try:
            found.append(one(number, kind, pair.clean("drill.journal"), random_))
        except Exception as problem:  # the others go on; the rows count this one as missed
            failed.append(f"kill {number}: {problem}")
    all_read = len(found) == times
    sheds = [f["shed_s"] for f in found] or [float("inf")]
    missing = [f["missing_s"] for f in found] or [float("inf")]
    offs, replays = sum(f["off"] for f in found), sum(f["replayed"] for f in found)
    holes = sum(f["holes"] for f in found)
    report.row("7", f"kill -9 {line}, {times} times: field sheds after", "5 s +- 1 s",
               f"{min(sheds):.2f} to {max(sheds):.2f} s, {len(found)} of {times}",
               all_read and all(4 <= s <= 6 for s in sheds))
    report.row("7", "  restart comes up not driving", f"{times} of {times}", str(offs),
               offs == times)
    source = "shown to a watcher" if kind == "real" else "taken by the kiln"
    report.row("7", f"  records missing of those {source}, s of wall time", "<= 1",
               f"{max(missing):.2f}", all_read and max(missing) <= 1)
    report.row("7", "  journal: holes before its end", "0", str(holes), all_read and holes == 0)
    report.row("7", "  journal opens and replays bit for bit", f"{times} of {times}", str(replays),
               replays == times)
    for text in failed[:3] + [f["said"] for f in found if not f["replayed"]][:2]:
        report.detail(text, 3)


def drill(report, quick):
    kills(report, "real", 1 if quick else 20, "in real time, zones in CAS")
    if quick:
        report.left_out("7", f"kill -9 at {SPEED} x real time, PID driving", "--quick")
    else:
        kills(report, "fast", 5, f"at {SPEED} x real time, PID driving")
