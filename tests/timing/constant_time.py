#!/usr/bin/env python3
"""Holds valgrind's word on sm2_constant_time against what it must be: nothing found in signing, something in each program that is not constant in time.

Usage: constant_time.py SOURCE PROGRAM

PROGRAM is the build's own. The same sources are also compiled by the other compiler, at -O3, and with the arithmetic
of machines that have no instructions for carries: what a compiler makes a branch of is up to it.
"""
import pathlib
import subprocess
import sys
import tempfile

FOUND = 9
SOURCES = ("tests/timing/sm2_constant_time.cpp", "lib/crypto/sm2_signing.cpp", "lib/base/secret.cpp")


def run(program, mode):
    done = subprocess.run(["valgrind", "--quiet", f"--error-exitcode={FOUND}", program, mode], capture_output=True, text=True, timeout=300)
    expected = 0 if mode == "sign" else FOUND
    if done.returncode != expected:
        sys.exit(f"{program} {mode}: {done.returncode}, not {expected}\n{done.stdout}{done.stderr}")
    return done.stdout


source, program = pathlib.Path(sys.argv[1]), sys.argv[2]
said = {run(program, "sign")}
for mode in ("open", "branch", "address"):
    run(program, mode)
with tempfile.TemporaryDirectory() as folder:
    for compiler, *flags in (("g++", "-O3"), ("clang++-14", "-O2"), ("g++", "-O2", "-DELIC_PORTABLE_WORDS")):
        made = f"{folder}/{compiler}{''.join(flags)}"
        subprocess.run([compiler, "-std=c++20", *flags, "-DNDEBUG", "-pthread", f"-I{source}/include", f"-I{source}/lib", *(str(source / each) for each in SOURCES),
                        "-o", made], check=True)
        said.add(run(made, "sign"))
        run(made, "open")
if len(said) != 1:
    sys.exit(f"they do not sign alike: {said}")
print("signing: no branch and no address depends on a secret, in four builds; three programs that leak are found")
