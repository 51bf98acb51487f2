#!/usr/bin/env python3
"""Runs a transcript of the command line: what is typed, what is printed, how it ends.

    # a comment
    now: 2026-11-23T10:00:00+08:00          the clock of every command (needed once, first)
    --- file draft.json                     a file, up to the next line that is only ---
    ...
    ---
    $ elic id explain 1234 --lang en        a command (sh); `elic` is the program under test
    a line of standard output               exact
    ~ regular .* expression                 a line that matches from end to end
    2> a line of standard error             exact; `2~` for a regular expression
    ? 4                                     the exit status (0 when not given)
    absent: out/x.png                       after the last command
    present: out

Standard error must be silent where no `2>` line is given. Each transcript runs in an empty folder, twice: under two time
zones and two locales, and must print the same. Usage: transcript.py ELIC SOURCE_DIR FILE [--once]
(--once: in the second world only, for a build that is slow and made to find something else)
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

WORLDS = [
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
    {"TZ": "America/New_York", "LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"},
]
TIME_LIMIT = 120


class Step:
    def __init__(self, command, line):
        self.command, self.line = command, line
        self.out, self.err, self.status, self.absent, self.present = [], [], 0, [], []


def parse(path):
    now, files, steps = None, [], []
    lines = iter(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        if line.startswith("--- file "):
            body = []
            for _, inner in lines:
                if inner == "---":
                    break
                body.append(inner)
            item = (line[9:].strip(), "\n".join(body) + "\n")
            files.append(item) if not steps else steps.append(item)
        elif line.startswith("$ "):
            steps.append(Step(line[2:], number))
        elif not steps and (line.startswith("#") or not line.strip()):
            continue
        elif line.startswith("now: "):
            now = line[5:].strip()
        elif not steps:
            raise SystemExit(f"{path}:{number}: not understood: {line}")
        else:
            step = next(s for s in reversed(steps) if isinstance(s, Step))
            if line.startswith("? "):
                step.status = int(line[2:])
            elif line.startswith(("2> ", "2~ ")) or line == "2>":
                step.err.append(("~" if line.startswith("2~") else "=", line[3:]))
            elif line.startswith("absent: "):
                step.absent.append(line[8:])
            elif line.startswith("present: "):
                step.present.append(line[9:])
            elif line.startswith("~ "):
                step.out.append(("~", line[2:]))
            elif line.startswith("#") or not line.strip():
                continue
            else:
                step.out.append(("=", line))
    if now is None or not steps:
        raise SystemExit(f"{path}: a transcript needs `now:` and at least one command")
    return now, files, steps


def differs(expected, actual):
    if len(expected) != len(actual):
        return True
    return any(line != text if kind == "=" else not re.fullmatch(text, line) for (kind, text), line in zip(expected, actual))


def complain(path, step, what, expected, actual):
    print(f"{path.name}:{step.line}: $ {step.command}\n  {what} differs; expected:")
    for kind, text in expected:
        print(f"    {kind} {text}")
    print("  got:")
    for line in actual:
        print(f"    {line}")


def run_in(world, path, elic, source):
    now, files, steps = parse(path)
    folder = tempfile.mkdtemp(prefix="elic-transcript-")
    faults = 0
    try:
        home = pathlib.Path(folder, "home")
        work = pathlib.Path(folder, "work")
        home.mkdir()
        work.mkdir()
        bin_dir = pathlib.Path(folder, "bin")
        bin_dir.mkdir()
        (bin_dir / "elic").symlink_to(elic)
        env = {"PATH": f"{bin_dir}:/usr/bin:/bin", "HOME": str(home), "ELIC_TEST_NOW": now, "SOURCE": source, **world}
        for name, body in files:
            write(work, name, body)
        for step in steps:
            if isinstance(step, tuple):
                write(work, *step)
                continue
            done = subprocess.run(["sh", "-c", step.command], cwd=work, env=env, capture_output=True, timeout=TIME_LIMIT, stdin=subprocess.DEVNULL)
            out = done.stdout.decode("utf-8", "replace").splitlines()
            err = done.stderr.decode("utf-8", "replace").splitlines()
            if differs(step.out, out):
                complain(path, step, "standard output", step.out, out + ["(standard error:)"] + err)
                faults += 1
            if differs(step.err, err):
                complain(path, step, "standard error", step.err, err)
                faults += 1
            if done.returncode != step.status:
                print(f"{path.name}:{step.line}: $ {step.command}\n  exit {done.returncode}, expected {step.status}")
                faults += 1
            for name in step.absent:
                if list(work.glob(name)):
                    print(f"{path.name}:{step.line}: {name} is there and should not be")
                    faults += 1
            for name in step.present:
                if not list(work.glob(name)):
                    print(f"{path.name}:{step.line}: {name} is not there and should be")
                    faults += 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return faults, sum(isinstance(s, Step) for s in steps)


def write(work, name, body):
    target = work / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(body, encoding="utf-8")


def main():
    elic, source, path = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), pathlib.Path(sys.argv[3])
    faults = commands = 0
    for world in WORLDS[1:] if "--once" in sys.argv[4:] else WORLDS:
        found, count = run_in(world, path, elic, source)
        faults += found
        commands += count
    print(f"{path.name}: {commands} commands, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
