"""Each folder with sources has a README.md of one screen: what, why, which file first."""
import pathlib

import tree

ONE_SCREEN = 60
SOURCES = tree.CODE | {".py", ".fbs", ".js", ".html"}
TOPS = (*tree.TOPS, "tests", "docs", "configs")


def wanted(root):
    """Folders that need a README: the tops, the components under them, the special folders of tests."""
    folders = {pathlib.Path(top) for top in TOPS if (pathlib.Path(root) / top).is_dir()}
    for path in tree.files(root, None, TOPS):
        top = path.parts[0]
        if top in tree.TOPS and path.suffix in SOURCES and len(path.parts) > 2:
            folders.add(pathlib.Path(*path.parts[:2]))
        if top == "tests" and len(path.parts) > 2 and path.parts[1] not in tree.TOPS:
            folders.add(pathlib.Path(*path.parts[:2]))
        if top == "docs" and len(path.parts) > 2:
            folders.add(pathlib.Path(*path.parts[:2]))
    return sorted(folders)


def check(root):
    """Findings."""
    findings = []
    for folder in wanted(root):
        readme = pathlib.Path(root) / folder / "README.md"
        if not readme.is_file():
            findings.append(f"{folder}:1: no README.md")
            continue
        lines = readme.read_text(encoding="utf-8").count("\n")
        if lines > ONE_SCREEN:
            findings.append(f"{folder}/README.md:1: {lines} lines; one screen is at most {ONE_SCREEN}")
    return findings
