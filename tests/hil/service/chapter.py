"""Runs every command of docs/qa/test-case-service.md as it stands, and looks for what the page promises.

Indented blocks of the page are shell, run in order in one shell that ends at the first command that fails. Only the
places in angle brackets are filled in.
"""
import argparse
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys

# What is to be seen, in this order.
PROMISED = (
    "product_kg",
    "the same",
    "['ncm622-p1', 'ncm811-p2']",
    "degC in the recipe",
    "refused ['zone03.top.setpoint: absolute limit']",
    "6 minutes on record",
    "outside in an hour: ",
    "inputs[0].name: there is no \"zone03.top.setpont\"; did you mean zone03.top.setpoint?",
    "test cases on tcp://127.0.0.1:",
    "ended; 0 messages were no request",
)


def commands(page):
    """The indented lines of a page, as they stand."""
    lines = ["    " if not line else line for line in page.splitlines()]
    return "\n".join(line[4:] for line in lines if line.startswith("    "))


def free_port():
    """A port that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    """Exit code 0 if every command ran and everything promised was seen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("page", "source", "build", "work"):
        parser.add_argument("--" + name, type=pathlib.Path, required=True)
    options = parser.parse_args()
    text = "set -eu\n" + commands(options.page.read_text(encoding="utf-8")) + "\n"
    for place, value in (("saggar build folder", options.build), ("saggar folder", options.source),
                         ("port", free_port())):
        text = text.replace(f"<{place}>", str(value))
    shutil.rmtree(options.work, ignore_errors=True)
    options.work.mkdir(parents=True)
    with subprocess.Popen(["sh", "-c", text], cwd=options.work, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, start_new_session=True) as shell:
        try:
            said, _ = shell.communicate(timeout=240)
        except subprocess.TimeoutExpired:
            os.killpg(shell.pid, signal.SIGKILL)
            said, _ = shell.communicate()
    try:
        os.killpg(shell.pid, signal.SIGKILL)  # the server, if a command before its end failed
    except ProcessLookupError:
        pass
    print(said)
    at = 0
    for promise in PROMISED:
        found = said.find(promise, at)
        if found < 0:
            sys.exit(f"chapter: did not see '{promise}' where it should be")
        at = found + len(promise)
    if shell.returncode != 0:
        sys.exit(f"chapter: a command failed, exit code {shell.returncode}")


if __name__ == "__main__":
    main()
