#!/usr/bin/python3
"""Example: a P trim on one zone, while all else stays with the local recipe.

Usage: zone_trim.py [ENDPOINT] [--case NAME] [--seed N] [--hours H] [--loop zone03.top]
Prints the key figures as JSON.
"""
import argparse
import json

from saggar_test_case import Kiln, Service

GAIN = 0.3  # K of setpoint per K of error
MOST_K = 5.0


def control(kiln, loop, hours):
    """Moves the setpoint of one loop against the error of its own thermocouple."""
    setpoint, sensor = loop + ".setpoint", loop + ".temperature"
    recipe = kiln.inputs[setpoint]
    wanted = recipe
    while kiln.time_s < 3600 * hours:
        measured, refused = kiln.advance({setpoint: wanted})
        for line in refused:
            print("refused:", line)
        if measured[sensor] is not None:  # a bad sensor moves nothing
            trim = GAIN * (recipe - measured[sensor])
            wanted = recipe + max(-MOST_K, min(MOST_K, trim))


def main():
    """Exit code 0 if it ran to its end."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("endpoint", nargs="?", default="tcp://127.0.0.1:7731")
    parser.add_argument("--case", default="ncm622-p1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hours", type=float, default=1)
    parser.add_argument("--loop", default="zone03.top")
    options = parser.parse_args()
    service = Service(options.endpoint)
    kiln = Kiln(service, options.case, seed=options.seed, warm_up_s=600, step_s=60)
    control(kiln, options.loop, options.hours)
    print(json.dumps(kiln.kpi(), indent=1))
    kiln.stop()


if __name__ == "__main__":
    main()
