"""The files of a tree, and what the checks share: a finding is one line, `path:line: what`."""
import pathlib
import re

SKIP = {"build", ".git", "var", "__pycache__", "node_modules"}
CODE = {".c", ".h", ".cpp", ".hpp"}
TOPS = ("plugins", "controllers", "runtime", "hil")


def files(root, suffixes=None, under=None):
    """All files of the tree in order, as paths relative to root; only those suffixes and tops if given."""
    root = pathlib.Path(root)
    found = []
    for top in [root] if under is None else [root / name for name in under]:
        stack = [top] if top.is_dir() else []
        while stack:
            for entry in stack.pop().iterdir():
                if entry.is_symlink():
                    continue
                if entry.is_dir():
                    if entry.name not in SKIP:
                        stack.append(entry)
                elif suffixes is None or entry.suffix in suffixes:
                    found.append(entry.relative_to(root))
    return sorted(found)


def text(root, path):
    """The text of a file; None if it is not text."""
    try:
        return (pathlib.Path(root) / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def exceptions(root, name):
    """Rows `path  reason` of tests/lint/<name>: path -> reason. A row without a reason is kept as ''."""
    rows = {}
    path = pathlib.Path(root) / "tests/lint" / name
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                key, _, reason = line.strip().partition(" ")
                rows[key] = reason.strip()
    return rows


COMMENT_OR_STRING = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^(\s]*)\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S
)


def without_comments_and_strings(source):
    """The same text with comments and literals blanked; line numbers stay."""

    def blank(match):
        body = match.group(0)
        return re.sub(r"[^\n]", " ", body) if body.startswith("/") else '""' + "\n" * body.count("\n")

    return COMMENT_OR_STRING.sub(blank, source)


def line_of(source, offset):
    """Line number, from 1."""
    return source.count("\n", 0, offset) + 1
