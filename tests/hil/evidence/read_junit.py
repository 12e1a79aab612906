"""Reads a JUnit file as a CI system would, holds it against the usual schema, and says what is in it."""
import re
import sys
import xml.etree.ElementTree as ElementTree

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "time", "skipped"},
    "testcase": {"classname", "name", "time"},
    "properties": set(),
    "property": {"name", "value"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
}
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"properties", "failure", "error"},
    "properties": {"property"},
}


def hold(element):
    """Raises where an element is not as the schema wants it."""
    if set(element.attrib) != ATTRIBUTES[element.tag]:
        raise ValueError(f"{element.tag} has {sorted(element.attrib)}")
    for key in ("tests", "failures", "errors", "skipped"):
        if key in element.attrib and not re.fullmatch(r"\d+", element.attrib[key]):
            raise ValueError(f"{key}={element.attrib[key]}")
    if "time" in element.attrib and not re.fullmatch(r"\d+\.\d+", element.attrib["time"]):
        raise ValueError(f"time={element.attrib['time']}")
    for child in element:
        if child.tag not in CHILDREN.get(element.tag, set()):
            raise ValueError(f"{child.tag} in {element.tag}")
        hold(child)


def counted(element):
    """"tests 3 failures 1 errors 0" as counted, which must be what the attributes say."""
    found = {
        "tests": len(element.findall(".//testcase")),
        "failures": len(element.findall(".//failure")),
        "errors": len(element.findall(".//error")),
    }
    for key, number in found.items():
        if int(element.get(key)) != number:
            raise ValueError(f"{element.get('name')}: {key} says {element.get(key)}, counted {number}")
    return " ".join(f"{key} {number}" for key, number in found.items())


def main():
    root = ElementTree.parse(sys.argv[1]).getroot()
    hold(root)
    lines = [f"testsuites {root.get('name')} {counted(root)}"]
    requirements = set()
    for suite in root:
        lines.append(f"testsuite {suite.get('name')} {counted(suite)}")
        for case in suite:
            requirements |= {p.get("value") for p in case.iter("property")}
            for trouble in case:
                if trouble.tag == "properties":
                    continue
                message = trouble.get("message").replace("\n", "|")
                lines.append(f"{trouble.tag} {case.get('name')}: {message}")
                lines.append("body " + trouble.text.replace("\n", "|"))
    lines += ["requirements " + " ".join(sorted(requirements)), "sound"]
    sys.stdout.buffer.write(("\n".join(lines) + "\n").encode())


main()
