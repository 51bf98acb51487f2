#!/usr/bin/env python3
"""Every command that docs/operations.md shows is one: its words lead to a command, and that command has the options given.
Usage: check_commands.py ELIC SOURCE_DIR"""
import pathlib
import re
import shlex
import subprocess
import sys

program, source = sys.argv[1], pathlib.Path(sys.argv[2])
page = (source / "docs/operations.md").read_text(encoding="utf-8")
shown = re.findall(r"^\s*\$ (elic .*)$", page, re.M) + re.findall(r"`(elic [^`]+)`", page)
helps, failures = {}, []


def help_of(words):
    key = " ".join(words)
    if key not in helps:
        done = subprocess.run([program, *words, "--help"], capture_output=True, text=True)
        helps[key] = done.stdout if done.returncode == 0 else ""
    return helps[key]


for command in shown:
    words = shlex.split(re.split(r" \d?<", command)[0])[1:]
    path = []
    for word in words:
        if not re.search(rf"^  {re.escape(word)} ", help_of(path).split("Subcommands:")[-1], re.M):
            break
        if "Subcommands:" not in help_of(path):
            break
        path.append(word)
    text = help_of(path)
    if not path or "Subcommands:" in text:
        failures.append(f"{command}: no such command")
    for option in re.findall(r"--[a-z-]+", " ".join(words)):
        if not re.search(rf"{option}\b", text):
            failures.append(f"{command}: `elic {' '.join(path)}` has no {option}")
print(f"{len(shown)} commands")
if len(shown) < 20:
    failures.append("the page is not read as it should: mend this check")
for failure in failures:
    print(failure, file=sys.stderr)
sys.exit(1 if failures else 0)
