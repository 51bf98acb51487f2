#!/usr/bin/env python3
"""Holds today's program against frozen.txt: every finding's number, code, question, check and verdict, the exit statuses, and the members of
`elic verify --json`, in the table of the code, in the schema, and as the program really prints them. What is new may be added; what is there
stays. Usage: check_frozen.py PROGRAM SOURCE_DIR"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
faults = []


def need(condition, what):
    if not condition:
        faults.append(what)


def frozen():
    parts = {"finding": [], "exit": [], "member": []}
    for line in (source / "tests/compat/frozen.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            part, *words = line.split(" ")
            parts[part].append(tuple(words))
    return parts


def schema_members():
    """Path -> whether the object always has it."""
    schema = json.loads((source / "schemas/report.schema.json").read_text(encoding="utf-8"))
    found = {}

    def walk(node, path):
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        for each in node.get("anyOf", []):
            walk(each, path)
        if node.get("type") == "array":
            walk(node["items"], path + "[]")
        for name, below in node.get("properties", {}).items():
            here = f"{path}.{name}" if path else name
            found[here] = "always" if name in node["required"] else "sometimes"
            walk(below, here)

    walk(schema, "")
    return found


def objects(value, path, found):
    """Every object of a report: its path, its members."""
    if isinstance(value, list):
        for each in value:
            objects(each, path + "[]", found)
    elif isinstance(value, dict):
        found.append((path, set(value)))
        for name, below in value.items():
            objects(below, f"{path}.{name}" if path else name, found)


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def run(*words):
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run([program, *words], capture_output=True, text=True, env={**os.environ, "HOME": home, "XDG_STATE_HOME": home}, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def verify(name, *more):
    """The real program on a vector of the matrix."""
    head, body = (source / f"testdata/vectors/matrix/{name}.txt").read_text(encoding="utf-8").split("\n\n", 1)
    header = dict(line.split(": ", 1) for line in head.splitlines())
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        for line in body.splitlines():
            path, digits = line.split(" ")
            put(folder / "trust/versions/000001" / path, bytes.fromhex(digits))
        put(folder / "trust/current", b"elic trust folder 1\nversion 000001\n")
        put(folder / "pins", "".join(line + "\n" for line in header["pins"].split(" | ")).encode())
        return header, *run("verify", "--json", "--trust", str(folder / "trust"), "--pin", str(folder / "pins"), "--at", header["at"], header["text"], *more)


def check_findings(rows):
    table = (source / "include/elic/verify/finding_codes.def").read_text(encoding="utf-8")
    today = re.findall(r'^ELIC_FINDING\(\s*(\d+), \w+,\s*"([^"]+)",\s*(\w+),\s*(\w+),\s*(\w+),', table, re.M)
    for row in rows:
        need(row in today, "finding " + " ".join(row) + ": changed or taken away")
    for row in today:
        need(row in rows, "finding " + " ".join(row) + ": new; add it to frozen.txt")
    for place, what in ((0, "number"), (1, "code")):
        need(len({row[place] for row in today}) == len(today), f"a {what} is there twice")


def check_reports(rows, members):
    codes = {row[1]: row for row in rows}
    always = {}
    for path, when in members:
        above, _, name = path.rpartition(".")
        always.setdefault(above, {})[name] = when
    statuses = {"valid": 0, "indeterminate": 3, "invalid": 4}
    for name, more in (("ok-delta", ()), ("status-after", ()), ("license-after", ()), ("more-pack-missing", ()), ("ok-delta", ("6901234567892",))):
        header, status, reports = verify(name, *more)
        need(len(reports) == 1 + len(more), f"{name}: a report for each input")
        if not reports:
            continue
        need(reports[0]["verdict"] == header["expect"], f"{name}: {reports[0]['verdict']}")
        worst = max(statuses[report["verdict"]] for report in reports)
        need(status == worst, f"{name}: exit {status}, not {worst}")
        need(not more or all("input" in report for report in reports), "two inputs: which is which")
        for report in reports:
            for finding in report["findings"]:
                row = codes.get(finding["code"])
                need(row is not None and row[4] == finding["verdict"], f"finding {finding['code']}: {finding['verdict']}")
                need(row is None or row[3] == finding["check"] or finding["code"] == "check.not_run", f"finding {finding['code']}: check {finding['check']}")
            found = []
            objects(report, "", found)
            for path, names in found:
                for member, when in always.get(path, {}).items():
                    need(member in names or when == "sometimes", f"{name}: {path}.{member} is not there")
                need(names <= set(always.get(path, {})), f"{name}: {path} has members that frozen.txt has not: {sorted(names - set(always.get(path, {})))}")


def main():
    parts = frozen()
    check_findings(parts["finding"])
    today = schema_members()
    for path, when in parts["member"]:
        need(today.get(path) == when, f"member {path} {when}: the schema has {today.get(path)}")
    for path in sorted(set(today) - {path for path, _ in parts["member"]}):
        need(False, f"member {path}: new; add it to frozen.txt")
    check_reports(parts["finding"], parts["member"])
    need(parts["exit"] == [("0", "valid"), ("2", "not-done"), ("3", "indeterminate"), ("4", "invalid")], "exit statuses in frozen.txt")
    need(run("verify")[0] == 2, "a wrong command line: exit 2")
    need(len(parts["finding"]) >= 87 and len(parts["member"]) >= 40, "frozen.txt has lost lines")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(parts['finding'])} findings, {len(parts['exit'])} exit statuses, {len(parts['member'])} members")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
