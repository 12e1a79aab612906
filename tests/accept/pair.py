"""Kiln and runtime as two real processes over tcp, for acceptance runs."""
import json
import os
import pathlib
import signal
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build/release/bin"
WORK = ROOT / "var/accept"
KILN = ["configs/kiln/p2.toml", "--plant", "configs/kiln/p2.plant.toml",
        "--recipe", "configs/recipes/ncm811-p2.toml"]
RUNTIME = ["--kiln", "configs/kiln/p2.toml", "--recipe", "configs/recipes/ncm811-p2.toml",
           "--control", "configs/control/pid.toml"]


def clean(name):
    """Removes a journal and its companions; its path."""
    WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / name
    for tail in ("", "-wal", "-shm"):
        pathlib.Path(str(path) + tail).unlink(missing_ok=True)
    return path


def environment(preload=None, sleep_us=0):
    env = dict(os.environ)
    if preload:
        env["LD_PRELOAD"] = str(preload)
        env["SAGGAR_CHAOS_US"] = str(sleep_us)
    return env


def start_kiln(*more, site="configs/site/simulated.toml", env=None, log="kiln.log"):
    WORK.mkdir(parents=True, exist_ok=True)
    out = open(WORK / log, "w", encoding="utf-8")
    return subprocess.Popen([BIN / "saggar", "kiln", *KILN, "--site", site, *more], cwd=ROOT,
                            stdout=out, stderr=subprocess.STDOUT, env=env)


def start_runtime(*more, site="configs/site/simulated.toml", env=None, log="runtime.log"):
    out = open(WORK / log, "w", encoding="utf-8")
    return subprocess.Popen([BIN / "saggar", "run", "--site", site, *RUNTIME, "--quiet", *more],
                            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=env)


def stop(process, timeout_s=30):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    return process.wait(timeout_s)


def lockstep(name, hours, seed=1, env=None, journal="none", settle_s=3600, timeout_s=3600):
    """One lockstep run; (summary, wall seconds)."""
    summary = WORK / f"{name}.json"
    summary.unlink(missing_ok=True)
    kiln = start_kiln("--lockstep", "--seed", str(seed), env=env, log=f"{name}.kiln.log")
    time.sleep(1.5)
    began = time.time()
    runtime = start_runtime("--switch-on", "heat", "--for", str(int(hours * 3600)),
                            "--settle", str(settle_s), "--journal", str(journal),
                            "--summary", str(summary), env=env, log=f"{name}.runtime.log")
    try:
        runtime.wait(timeout_s)
    finally:
        if runtime.poll() is None:
            runtime.kill()
        stop(kiln)
    with open(summary, encoding="utf-8") as file:
        return json.load(file), time.time() - began
