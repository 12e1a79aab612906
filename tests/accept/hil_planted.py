"""Planted regressions: a copy of the configurations with one thing wrong, run by the suite that must see it."""
import pathlib
import re
import shutil

import pair
from programs import run

HIL = pair.BIN / "saggar-hil"


def replace(file, pattern, text, count=1):
    """An edit of one file of the copy; raises if there is nothing to replace."""
    def edit(configs):
        path = configs / file
        before = path.read_text(encoding="utf-8")
        after, found = re.subn(pattern, text, before, count=count, flags=re.M)
        if found == 0 or after == before:
            raise RuntimeError(f"{file}: nothing matches {pattern}")
        path.write_text(after, encoding="utf-8")
    return edit


def pid_parameter(line):
    return replace("control/pid.toml", r"^latency_cycles = 0$", "latency_cycles = 0\n\n[controller.params]\n"
                   + line)


# Name, the edit, the suite that must fail, the words its message must have, and the scenario that shows it by
# itself; None where only the baseline of the whole suite does.
PLANTED = [
    ("PID gain halved", pid_parameter("kp = 0.1"), "premerge",
     r"(soak_sensor|zones|heat)_\w+ of pid against previous release: .*WORSE", None),
    ("deadband doubled", pid_parameter("deadband_K = 0.6"), "premerge",
     r"(soak_sensor|zones|heat)_\w+ of pid against previous release: .*WORSE", None),
    ("guard rate limit off by 2", replace("kiln/p2.toml", r"^rate_K_per_min = \{ value = 2\.0",
                                          "rate_K_per_min = { value = 4.0"), "smoke",
     r"guard_clips: required >= 200", "setpoint_step"),
    ("screening of a sensor disabled", replace("control/pid.toml", r"^freeze_s = 900\.0\n", ""), "smoke",
     r"event sample_bad of zone21\.top\.temperature.*not seen", "sensor_lost"),
    ("1 K bias in one zone", replace("recipes/ncm811-p2.toml",
                                     r"(  500, 550.*\n  770, 770, 770, )770", r"\g<1>771"), "smoke",
     r"zone24\.(temperature|setpoint) left its tube", None),
    ("wrong unit", replace("recipes/ncm811-p2.toml", r"(speed_mm_per_s = \{ value = )0\.8333", r"\g<1>3.0"),
     "smoke", r"ncm811-p2\.toml:25:28: found 3 for drive group", "quiet"),
    ("a rung that never recovers", replace("control/drill.toml", r"^climbs_per_8h = 3$", "climbs_per_8h = 0"),
     "smoke", r"rung drill, reason dwell_elapsed.*not seen", "rung_recovers"),
]


def copy_configs():
    target = pair.WORK / "planted"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(pair.ROOT / "configs", target)
    return target


def measure(report, quick):
    """Bar 4: each planted regression fails its suite with a message that names it."""
    for name, edit, suite, words, alone in PLANTED:
        if quick and alone is None:
            report.left_out("4", f"planted: {name}", "--quick")
            continue
        configs = copy_configs()
        edit(configs)
        code, out, seconds = run(HIL, "run", suite, "--configs", configs, "--out",
                                 pair.WORK / "hil-planted", *(("--only", alone) if quick else ()))
        named = re.search(words, out)
        report.row("4", f"planted: {name}", f"{suite} fails and names it",
                   f"exit {code}, {named.group(0)[:60] if named else 'NOT named'}, {seconds:.0f} s",
                   code == 1 and named is not None)


def unchanged(report, quick):
    """Bar 4: unchanged code never fails."""
    rounds = 1 if quick else 3
    runs, failures, hashes = 0, 0, set()
    for _ in range(rounds):
        suite = "smoke" if quick else "premerge"
        code, out, _ = run(HIL, "run", suite, "--out", pair.WORK / "hil-unchanged")
        runs += len(re.findall(r"^\[\d+/\d+\] ", out, re.M))
        failures += len(re.findall(r"^\[\d+/\d+\] (?!passed)", out, re.M)) + (code != 0)
        hashes.update(re.findall(r"hash ([0-9a-f]{16})", out))
    report.row("4", f"unchanged code: {suite}, {rounds} times", "200 runs, 0 failures",
               f"{runs} runs, {failures} failures, {len(hashes)} hash",
               None if quick and failures == 0 else
               failures == 0 and len(hashes) == 1 and runs >= (1 if quick else 200))
