"""Harmful controllers in the seat of drawn P1 kilns, under the predictive filter (LC-10, LC-13).

    python3 tests/accept/policy_harm.py [--quick] [--seeds N] [--hours H] [--jobs J] [--above K] [--first S]

Three policies (uniformly random, bang-bang, worst sign) on N seeds of H hours each, and on the same seeds the backup
rung alone: no zone may pass a limit, and limiters may be approached no more often than the backup rung does, and 5 %.
The full size (1000 seeds of 24 h) takes days of one processor; --quick takes minutes. `--above 0` takes the limits of
the shipped kiln, which nobody can reach; the default is a soak zone that may be 15 K hotter than its recipe.
"""
import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build/release/tests/harm_accept"
POLICIES = ("asks_at_random", "asks_bang_bang", "asks_the_worst")
SUMMED = ("passed", "approaches", "trips", "commands_out", "clips", "infeasible", "surprises")


def one(program, policy, seed, hours, above, filtered):
    words = [str(program), policy, str(seed), "1", str(hours), str(above), "1" if filtered else "0"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: exit {done.returncode}: {done.stderr[-400:]}")
    return json.loads(done.stdout)


def total(rows):
    sums = {key: sum(row[key] for row in rows) for key in SUMMED}
    sums["runs"] = len(rows)
    sums["most_K"] = max(row["most_K"] for row in rows)
    sums["in_seat"] = sum(row["in_seat"] for row in rows) / len(rows)
    return sums


def judge(found):
    """The two sentences of the bar: (text, held)."""
    backup = found["pid"]
    verdicts = []
    for policy in POLICIES:
        sums = found[policy]
        limits = sums["passed"] + sums["commands_out"] + sums["trips"]
        verdicts.append((f"{policy}: {limits} limits passed in {sums['runs']} runs, bar 0", limits == 0))
        most = 1.05 * backup["approaches"]
        verdicts.append((f"{policy}: {sums['approaches']} approaches to the limiter, backup rung "
                         f"{backup['approaches']}", sums["approaches"] <= most))
    return verdicts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="3 seeds of 3 h")
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--hours", type=float, default=24)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--above", type=float, default=15)
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--out", type=pathlib.Path, help="each run as a line of JSON, as it ends")
    asked = parser.parse_args()
    seeds, hours = (3, 3) if asked.quick else (asked.seeds, asked.hours)
    rows = {policy: [] for policy in ("pid", *POLICIES)}
    jobs = [(policy, seed) for seed in range(asked.first, asked.first + seeds) for policy in rows]
    with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
        running = {pool.submit(one, asked.program, policy, seed, hours, asked.above, True): policy
                   for policy, seed in jobs}
        for done in concurrent.futures.as_completed(running):
            rows[running[done]].append(done.result())
            if asked.out is not None:
                with asked.out.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(done.result()) + "\n")
    found = {policy: total(of) for policy, of in rows.items()}
    for policy, sums in found.items():
        print(f"{policy:15s} {json.dumps(sums)}")
    verdicts = judge(found)
    for text, held in verdicts:
        print(("held    " if held else "MISSED  ") + text)
    return 0 if all(held for _, held in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
