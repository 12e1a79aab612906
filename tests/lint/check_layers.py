"""Includes follow the table of allowed edges, cmake/layers.cmake; third-party code stays private.

CMake checks the same table over linked targets; this one sees what an include can do without a link.
"""
import pathlib
import re

import tree

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)

# What each third-party header may be included from.
PRIVATE = [
    (re.compile(r"^zmq(_addon)?\.h"), ["runtime/wire"]),
    (re.compile(r"^flatbuffers/|_generated\.h$"), ["runtime/wire"]),
    (re.compile(r"^boost/"), ["plugins/host"]),
    (re.compile(r"^(spdlog|fmt)/"), ["runtime/record"]),
    (re.compile(r"^sqlite3"), ["runtime/record"]),
    (re.compile(r"^openssl/"), ["runtime/record"]),
    (re.compile(r"^toml\+\+/|^toml\.hpp"), ["runtime/config"]),
    (re.compile(r"^CLI/"), ["runtime/app", "hil/app"]),
    (re.compile(r"^nlohmann/"), ["hil/suite", "hil/cluster"]),
    (re.compile(r"^torch/|^ATen/"), ["controllers/policy", "hil/train"]),
    (re.compile(r"^(gtest|gmock|benchmark)/"), []),
]
LOGGING = re.compile(r"^(spdlog|fmt)/|^(iostream|syslog\.h)$")
ANYTHING = "*"


def read_table(root):
    """layer name -> set of allowed layers, from cmake/layers.cmake."""
    source = (pathlib.Path(root) / "cmake/layers.cmake").read_text(encoding="utf-8")
    body = source[source.index("set(SAGGAR_LAYERS") : source.index("function(")]
    rows = re.findall(r'"([a-z_]+):([^"]*)"', body)
    return {name: set(allowed.split()) for name, allowed in rows}


def layer_of(path, table=()):
    """The layer a file belongs to, for folders under the four tops: the name of its second folder, or
    of its third where that has a row of its own (controllers/mpc/ocp)."""
    parts = pathlib.PurePosixPath(path).parts
    if len(parts) <= 2 or parts[0] not in tree.TOPS:
        return None
    return parts[2] if len(parts) > 3 and parts[2] in table else parts[1]


def edge_problem(table, own, kind, header):
    """What is wrong with this include, or None."""
    if kind == "<" and header.startswith("saggar/plugin/"):
        # Strong types are everybody's who speaks in domain values.
        if header == "saggar/plugin/units.hpp" and (own == "domain" or "domain" in table[own]):
            return None
        target = "sdk"
        if own == "domain":
            return "domain takes units.hpp only from the SDK"
    else:
        target = layer_of(header, table)
    if target is None or target == own or target in table[own] or ANYTHING in table[own]:
        return None
    return f"'{own}' must not include from '{target}' ({header}); allowed: {' '.join(sorted(table[own])) or 'nothing'}"


def third_party_problem(path, header):
    """What is wrong with including this third-party header here, or None."""
    folder = path.parent.as_posix() + "/"
    if path.suffix in {".h", ".hpp"} and LOGGING.search(header):
        return f"no logging or console header in a header: {header}"
    for pattern, homes in PRIVATE:
        if pattern.search(header) and not any(folder.startswith(home + "/") for home in homes):
            return f"{header} is private to {', '.join(homes) or 'tests'}"
    return None


def check(root):
    """Findings."""
    findings = []
    table = read_table(root)
    for path in tree.files(root, tree.CODE, tree.TOPS):
        own = layer_of(path.as_posix(), table)
        source = tree.text(root, path) or ""
        if own is not None and own not in table:
            findings.append(f"{path}:1: folder '{own}' has no row in cmake/layers.cmake")
            continue
        for match in INCLUDE.finditer(source):
            kind, header = match.groups()
            where = f"{path}:{tree.line_of(source, match.start(2))}"
            if header.startswith("tests/") or header.startswith("../../"):
                findings.append(f"{where}: {header}: sources never include tests or climb up the tree")
                continue
            if path.name.endswith("_test.cpp"):
                continue  # the template brings its own test
            problems = [edge_problem(table, own, kind, header), third_party_problem(path, header)]
            findings += [f"{where}: {problem}" for problem in problems if problem]
    return findings
