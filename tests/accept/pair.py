"""Kiln and runtime as two real processes over tcp, for acceptance runs."""
import json
import os
import pathlib
import signal
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/release"
BIN = BUILD / "bin"
WORK = ROOT / "var/accept"
KILN = ["configs/kiln/p2.toml", "--plant", "configs/kiln/p2.plant.toml",
        "--recipe", "configs/recipes/ncm811-p2.toml"]
RUNTIME = ["--kiln", "configs/kiln/p2.toml", "--recipe", "configs/recipes/ncm811-p2.toml"]
PID = "configs/control/pid.toml"


def clean(name):
    """Removes a journal and its companions; its path."""
    WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / name
    for tail in ("", "-wal", "-shm"):
        pathlib.Path(str(path) + tail).unlink(missing_ok=True)
    return path


def chaos(program, most_us, report):
    """Environment in which `program` sleeps at random, and where it reports how often it did."""
    library = BUILD / "lib/libsaggar-chaos.so"
    if not library.exists():
        raise FileNotFoundError(f"{library} is not built")
    path = WORK / f"{report}.{program}.chaos"
    path.unlink(missing_ok=True)
    return dict(os.environ, LD_PRELOAD=str(library), SAGGAR_CHAOS_US=str(most_us),
                SAGGAR_CHAOS_REPORT=str(path)), path


def chaos_counts(path):
    """What chaos.c wrote at the exit of a program: {name: count}."""
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    return {words[0]: int(words[1]) for words in lines if len(words) == 2}


def start_kiln(*more, site="configs/site/simulated.toml", env=None, log="kiln.log"):
    WORK.mkdir(parents=True, exist_ok=True)
    out = open(WORK / log, "w", encoding="utf-8")
    return subprocess.Popen([BIN / "saggar", "kiln", *KILN, "--site", site, *more], cwd=ROOT,
                            stdout=out, stderr=subprocess.STDOUT, env=env)


def start_runtime(*more, site="configs/site/simulated.toml", control=PID, env=None,
                  log="runtime.log"):
    out = open(WORK / log, "w", encoding="utf-8")
    return subprocess.Popen([BIN / "saggar", "run", "--site", site, *RUNTIME, "--control", control,
                             "--quiet", *more],
                            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=env)


def stop(process, timeout_s=30):
    """Asks a process to end; its exit code."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    return process.wait(timeout_s)


def tail(log, lines=3):
    """The last lines that a process said."""
    text = (WORK / log).read_text(encoding="utf-8", errors="replace")
    return " | ".join(text.strip().splitlines()[-lines:])


def lockstep(name, hours, control=PID, sleeps_us=0, settle_s=3600, timeout_s=3600, preload=None):
    """One lockstep run of both processes; (summary, wall seconds, chaos counts of both or None).
    Raises if either process failed."""
    summary = WORK / f"{name}.json"
    summary.unlink(missing_ok=True)
    kiln_env, runtime_env, reports = None, None, []
    if sleeps_us:
        kiln_env, kiln_report = chaos("kiln", sleeps_us, name)
        runtime_env, runtime_report = chaos("runtime", sleeps_us, name)
        reports = [kiln_report, runtime_report]
    if preload:
        runtime_env = dict(os.environ, LD_PRELOAD=str(preload))
    kiln = start_kiln("--lockstep", env=kiln_env, log=f"{name}.kiln.log")
    runtime = None
    began = time.time()
    try:
        time.sleep(1.5)
        began = time.time()
        runtime = start_runtime("--switch-on", "heat", "--for", str(round(hours * 3600)),
                                "--settle", str(settle_s), "--journal", "none",
                                "--summary", str(summary), control=control, env=runtime_env,
                                log=f"{name}.runtime.log")
        runtime.wait(timeout_s)
    finally:
        if runtime is not None and runtime.poll() is None:
            runtime.kill()
        kiln_code = stop(kiln)
    if runtime.returncode != 0:
        raise RuntimeError(f"runtime ended with {runtime.returncode}: {tail(name + '.runtime.log')}")
    if kiln_code != 0:
        raise RuntimeError(f"kiln ended with {kiln_code}: {tail(name + '.kiln.log')}")
    with open(summary, encoding="utf-8") as file:
        figures = json.load(file)
    if figures["cycles"] != round(hours * 3600):
        raise RuntimeError(f"{figures['cycles']} cycles instead of {round(hours * 3600)}")
    counts = [chaos_counts(path) for path in reports]
    return figures, time.time() - began, counts or None
