"""Files of at most 400 lines, functions of at most 60.

An exception is a row in tests/lint/size_exceptions.txt with a date and a reason:
    runtime/x/y.cpp 2025-01-31 why           the file
    runtime/x/y.cpp:name 2025-01-31 why      one function of it
"""
import ast
import re

import tree

FILE_LINES, FUNCTION_LINES = 400, 60
LIST = "size_exceptions.txt"
KEYWORDS = {"if", "for", "while", "switch", "catch", "return", "sizeof", "alignas", "decltype", "noexcept", "requires"}
NAME = re.compile(r"(\boperator\s*(?:\(\)|[^\s\w(]+)|[~A-Za-z_][\w:~]*)\s*\(")
# Preprocessor lines belong to no function; a macro body would confuse the braces.
PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M)


def function_name(head):
    """The name if the text before a brace is the head of a function, else None."""
    if re.search(r"\b(namespace|extern)\b", head) or re.search(r"=\s*$|\benum\b", head):
        return None
    if re.search(r"\b(class|struct|union)\s+[\w:<> ,]+(\s*:\s*[^()]*)?$", head):
        return None
    names = [m.group(1) for m in NAME.finditer(head) if m.group(1) not in KEYWORDS]
    return names[0] if names else None


def cpp_functions(source):
    """(name, first line, number of lines) of each function at namespace or class level."""
    clean = PREPROCESSOR.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), tree.without_comments_and_strings(source))
    found, stack, head = [], [], 0
    parentheses = 0
    for at, c in enumerate(clean):
        if c == "(":
            parentheses += 1
        elif c == ")":
            parentheses = max(0, parentheses - 1)
        elif c == ";" and parentheses == 0:
            head = at + 1
        elif c == "{":
            inside = any(entry is not None for entry in stack)
            name = None if inside or parentheses else function_name(clean[head:at])
            start = head + len(clean[head:at]) - len(clean[head:at].lstrip())
            stack.append((name, start) if name else None)
            # A braced initialiser of a constructor (`: a_{1} {`) keeps the head of its function.
            if not (name and re.match(r"[^{}]*\}\s*[,{]", clean[at + 1 :])):
                head = at + 1
        elif c == "}" and stack:
            entry = stack.pop()
            if entry is not None:
                first = tree.line_of(clean, entry[1])
                found.append((entry[0], first, tree.line_of(clean, at) - first + 1))
            if not re.match(r"\s*[,{]", clean[at + 1 :]):
                head = at + 1
    return found


def python_functions(source):
    """The same for Python."""
    return [
        (node.name, node.lineno, node.end_lineno - node.lineno + 1)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def check(root):
    """Findings."""
    findings = []
    listed = tree.exceptions(root, LIST)
    for key, reason in listed.items():
        if not re.match(r"\d{4}-\d{2}-\d{2} \S", reason):
            findings.append(f"tests/lint/{LIST}:1: {key} needs a date and a reason")
    seen = set()
    for path in tree.files(root, tree.CODE | {".py", ".sh", ".cmake", ".fbs", ".js", ".css", ".html"}):
        source = tree.text(root, path) or ""
        own = path.as_posix()
        lines = source.count("\n")
        if lines > FILE_LINES:
            seen.add(own)
            if own not in listed:
                findings.append(f"{own}:1: {lines} lines, at most {FILE_LINES}")
        functions = python_functions(source) if path.suffix == ".py" else []
        if path.suffix in tree.CODE:
            functions = cpp_functions(source)
        for name, first, length in functions:
            if length > FUNCTION_LINES:
                seen.add(f"{own}:{name}")
                if f"{own}:{name}" not in listed:
                    findings.append(f"{own}:{first}: {name} has {length} lines, at most {FUNCTION_LINES}")
    for key in sorted(set(listed) - seen):
        findings.append(f"tests/lint/{LIST}:1: {key} is small enough now; remove its row")
    return findings
