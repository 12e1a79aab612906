"""Runs every command of docs/vendor/first-hour.md as it stands, in an empty folder, and looks for what the page promises.

Indented blocks of the page are shell, run in order in one shell that ends at the first command that fails. Only the
places in angle brackets are filled in, and the ports of the simulated kiln are made this test's own.
"""
import argparse
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys

# What the page says one will see, in this order.
PROMISED = (
    "100% tests passed",
    "my_controller.so: com.example.my-controller",
    "heat of kiln 'p2': binds",
    "together: ok",
    "drives: pid",
    "time_s,status,reason,confidence,drives,zone17.top.setpoint working [degC],",
    "done at cycle",
    "drives: mine",
    "every command identical",
)


def commands(page):
    """The indented blocks of a page, each with the number of its first line."""
    blocks, fresh = [], True
    for number, line in enumerate(page.splitlines(), 1):
        if line.startswith("    "):
            if fresh:
                blocks.append((number, []))
            blocks[-1][1].append(line[4:])
            fresh = False
        elif line.strip():
            fresh = True
        elif not fresh:
            blocks[-1][1].append("")
    return blocks


def script(page, places):
    """One shell script of all blocks; a place in angle brackets that is not known is an error."""
    lines = ["set -eu"]
    for number, block in commands(page):
        lines.append(f"echo '== line {number}'")
        lines += block
    text = "\n".join(lines) + "\n"
    for name, path in places.items():
        text = text.replace(f"<{name}>", str(path))
    unknown = re.search(r"<[a-z][a-z ]*>", text)
    if unknown:
        sys.exit(f"first_hour: the page has a place {unknown.group()} that this test does not fill in")
    return text


def own_ports(site):
    """Every port of a site file becomes a free one."""
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(5)]
    free = iter([server.getsockname()[1] for server in taken])
    text = re.sub(r"(tcp://127\.0\.0\.1:)\d+", lambda match: match.group(1) + str(next(free)), site.read_text("utf-8"))
    for server in taken:
        server.close()
    site.write_text(text, "utf-8")


def run(text, folder, seconds):
    """Runs a script; exit code and output. Nothing it started outlives it."""
    (folder / "first-hour.sh").write_text(text, "utf-8")
    environment = dict(os.environ, HOME=str(folder))
    with subprocess.Popen(["sh", "first-hour.sh"], cwd=folder, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, start_new_session=True) as shell:
        try:
            output, code = shell.communicate(timeout=seconds)[0], shell.returncode
        except subprocess.TimeoutExpired:
            os.killpg(shell.pid, signal.SIGKILL)
            output, code = shell.communicate()[0], -1
        try:
            os.killpg(shell.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    return code, output


def missing(output):
    """The first promise that the output does not keep, in order."""
    at = 0
    for promise in PROMISED:
        found = output.find(promise, at)
        if found < 0:
            return promise
        at = found + len(promise)
    return None


def main():
    parser = argparse.ArgumentParser()
    for name in ("--page", "--source", "--build", "--work"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    options = parser.parse_args()
    build, source = options.build.resolve(), options.source.resolve()
    shutil.rmtree(options.work, ignore_errors=True)
    options.work.mkdir(parents=True)
    saggar = options.work / "saggar"
    shutil.copytree(source / "configs", saggar / "configs")
    own_ports(saggar / "configs/site/simulated.toml")
    page = options.page.read_text("utf-8")
    text = script(page, {"saggar build folder": build, "saggar folder": saggar})
    code, output = run(text, options.work, 280)
    broken = missing(output)
    if code == 0 and broken is None:
        return 0
    print(output)
    for log in ("kiln.log", "run.log"):
        if (options.work / log).is_file():
            print(f"== {log}\n" + (options.work / log).read_text("utf-8"))
    print(f"{options.page}: exit code {code}" + (f"; no '{broken}' in its place" if broken else ""))
    return 1


if __name__ == "__main__":
    sys.exit(main())
