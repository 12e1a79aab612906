"""Every source has its test at the mirrored path, or a reason; every test is built.

plugins/host/library.cpp -> tests/plugins/host/library_test.cpp, else a row `path reason` in
tests/lint/mirror_exceptions.txt. A row that is no longer needed is a finding too.
"""
import pathlib

import tree

LIST = "mirror_exceptions.txt"


def untested(root, listed):
    """Sources without test or reason."""
    findings = []
    sources = [path for path in tree.files(root, {".cpp", ".c"}, tree.TOPS) if not path.stem.endswith("_test")]
    for path in sources:
        test = pathlib.PurePosixPath("tests") / path.parent / f"{path.stem}_test.cpp"
        tested = (pathlib.Path(root) / test).is_file()
        key = path.as_posix()
        if not tested and key not in listed:
            findings.append(f"{path}:1: no {test}, and no row with a reason in tests/lint/{LIST}")
        if tested and key in listed:
            findings.append(f"{path}:1: has its test now; remove its row from tests/lint/{LIST}")
    known = {path.as_posix() for path in sources}
    for key, reason in listed.items():
        if key not in known:
            findings.append(f"tests/lint/{LIST}:1: {key} is not a source of this tree")
        if not reason:
            findings.append(f"tests/lint/{LIST}:1: {key} has no reason")
    return findings


def unbuilt(root):
    """Tests that no CMakeLists.txt of their folder, or of a folder above it, names."""
    findings = []
    for path in tree.files(root, {".cpp", ".c"}, ("tests",)):
        if not path.stem.endswith("_test"):
            continue
        named = False
        for folder in path.parents:
            lists = pathlib.Path(root) / folder / "CMakeLists.txt"
            if lists.is_file() and path.name in lists.read_text(encoding="utf-8"):
                named = True
        if not named:
            findings.append(f"{path}:1: is in no CMakeLists.txt, so it never runs")
    return findings


def check(root):
    """Findings."""
    return untested(root, tree.exceptions(root, LIST)) + unbuilt(root)
