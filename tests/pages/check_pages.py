#!/usr/bin/env python3
"""Holds pages against the code they speak of: docs/errors.md has the rows of errc.def, docs/format/draft.md every rule that a
draft can break, docs/format/license-json.md every member, docs/trust-lint.md the rows of lint_codes.def. Usage: check_pages.py SOURCE_DIR"""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
failures = []


def read(name):
    return (source / name).read_text(encoding="utf-8")


def compare(page, what, written, known):
    for missing in sorted(known - written):
        failures.append(f"{page}: {what} {missing} is not there")
    for odd in sorted(written - known):
        failures.append(f"{page}: {what} {odd} is not in the code")


errors = set(re.findall(r'ELIC_ERRC\(\s*(\d+), (\w+),\s*"([^"]*)"\)', read("include/elic/base/errc.def")))
rows = re.findall(r"^\| (\d+) \| `(\w+)` \| (.*?) \| (.+) \|$", read("docs/errors.md"), re.M)
compare("docs/errors.md", "error", {row[:3] for row in rows}, errors)

code = " ".join(path.read_text(encoding="utf-8") for path in sorted((source / "lib/issue").rglob("*.cpp")))
rules = set(re.findall(r'(?:fault\(|push_back\(\s*\{|DraftFault\{)[^,;]*,\s*"([a-z][a-z.-]*)"', code))
rules |= set(re.findall(r'does_not_fit \? "(\w+)" : "\w+"', code))
draft = read("docs/format/draft.md").split("## What a draft can break")[1]
compare("docs/format/draft.md", "rule", set(re.findall(r"^\| `([a-z.-]+)` \|", draft, re.M)), rules)

json_code = read("lib/verify/license_json.cpp").split("Json license_json")[1]
members = set(re.findall(r'(?:json\[|\{)"(\w+)"[\],]', json_code)) - {"code", "code_type", "list", "index"}
table = re.findall(r"^\| `(\w+)` \| .* \| .* \|$", read("docs/format/license-json.md"), re.M)
compare("docs/format/license-json.md", "member", set(table), members)

row = r'^ELIC_LINT\(\w+,\s*"([^"]+)",\s*(\w+),\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\)'
table = read("include/elic/trust/lint_codes.def")
lint = {(code, severity, what, mend.replace('\\"', '"')) for code, severity, what, mend in re.findall(row, table, re.M)}
written = re.findall(r"^\| `([a-z0-9_.]+)` \| (\w+) \| (.*?) \| (.*) \|$", read("docs/trust-lint.md"), re.M)
compare("docs/trust-lint.md", "kind of fault", set(written), lint)
if len(lint) < 150 or len({row[0] for row in lint}) != table.count("\nELIC_LINT("):
    failures.append("lint_codes.def: a code is used twice, or the table is not read as it should")

if len(errors) < 30 or len(rules) < 25 or len(members) < 10:
    failures.append("the code is not read as it should: mend this check")
print(f"{len(errors)} errors, {len(rules)} rules, {len(members)} members")
for failure in failures:
    print(failure, file=sys.stderr)
sys.exit(1 if failures else 0)
