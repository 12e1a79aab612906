"""kill -9 of the runtime in mid-run: the field sheds by itself, the journal survives."""
import random
import re
import signal
import sqlite3
import subprocess
import time

import pair

SITE = "configs/site/drill.toml"


def wait_for(log, pattern, timeout_s):
    """Seconds until a line of the log matches, and the match; None if it never does."""
    began = time.time()
    while time.time() - began < timeout_s:
        text = (pair.WORK / log).read_text(encoding="utf-8", errors="replace")
        match = re.search(pattern, text)
        if match:
            return time.time() - began, match
        time.sleep(0.02)
    return None, None


def status():
    done = subprocess.run([pair.BIN / "saggar", "status", "--endpoint", "tcp://127.0.0.1:7723"],
                          cwd=pair.ROOT, capture_output=True, text=True, check=False)
    return done.stdout


def last_cycle(journal):
    """Newest cycle in a journal, as a reader finds it after the kill."""
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True) as database:
        return database.execute("select max(cycle) from record").fetchone()[0] or 0


def one(number, journal, random_):
    """One kill; (shed after s, came up off, replayed, records missing, what replay said)."""
    kiln = pair.start_kiln("--seed", str(number), site=SITE, log="drill.kiln.log")
    runtime = None
    try:
        time.sleep(1.0)
        runtime = pair.start_runtime("--journal", str(journal), "--switch-on", "heat", site=SITE,
                                     log="drill.runtime.log")
        time.sleep(4 + 3 * random_.random())
        cycle = re.search(r"cycle (\d+)", status())
        runtime.send_signal(signal.SIGKILL)
        killed = time.time()
        runtime.wait()
        _, match = wait_for("drill.kiln.log", r"(?i)shed", 15)
        shed_s = time.time() - killed if match else None
        missing = max(0, (int(cycle.group(1)) if cycle else 0) - last_cycle(journal))
        again = pair.start_runtime("--journal", str(journal), site=SITE, log="drill.again.log")
        time.sleep(2.5)
        off = re.search(r"heat\s+OFF", status()) is not None
        pair.stop(again)
    finally:
        if runtime is not None and runtime.poll() is None:
            runtime.kill()
        pair.stop(kiln)
    replay = subprocess.run([pair.BIN / "saggar", "replay", str(journal)], cwd=pair.ROOT,
                            capture_output=True, text=True, check=False)
    return shed_s, off, replay.returncode == 0, missing, replay.stdout + replay.stderr


def drill(report, times):
    random_ = random.Random(7)
    sheds, offs, replays, lost, last = [], 0, 0, [], ""
    for number in range(1, times + 1):
        journal = pair.clean("drill.journal")
        shed_s, off, replayed, missing, last = one(number, journal, random_)
        lost.append(missing)
        sheds.append(shed_s if shed_s is not None else float("inf"))
        offs += off
        replays += replayed
    report.row("7", f"kill -9, {times} times: field sheds after", "5 s +- 1 s",
               f"{min(sheds):.2f} to {max(sheds):.2f} s", all(4 <= s <= 6 for s in sheds))
    report.row("7", "  restart comes up not driving", f"{times} of {times}", str(offs),
               offs == times)
    report.row("7", "  records missing of those the status had shown, 1 per second", "<= 1",
               str(max(lost)), max(lost) <= 1)
    report.row("7", "  journal opens and replays bit for bit", f"{times} of {times}",
               f"{replays}" + ("" if replays == times else f" ({last.strip()[-60:]})"),
               replays == times)
