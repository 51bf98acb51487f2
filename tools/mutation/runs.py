"""Runs the test programs against one mutant at a time."""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Program:
    target: str
    path: str                # below the build folder
    catch: bool = True       # takes test names and --abort
    arguments: tuple = ()    # {tmp}: an empty folder


# Rooms' unit tests first; then what is slower.
PROGRAMS = (
    Program("test_payload", "tests/test_payload"),
    Program("test_trust", "tests/test_trust"),
    Program("test_verify", "tests/test_verify"),
    Program("test_vectors", "tests/test_vectors"),
    Program("adversary", "cli/adversary", False, ("{tmp}/demo",)),
    Program("test_issue", "tests/test_issue"),
)
MEMORY_KIB = 4 << 20     # a mutant that only allocates is stopped here
FILE_BLOCKS = 1 << 21    # of 512 bytes: and one that only writes, here (a test has a file of 513 MiB, of holes)
LEAST_CPU = 2            # seconds
PATIENCE = 6             # times the CPU time that the tests take without a mutant
LOOK = 180               # seconds without any CPU time: it hangs
FIRST = 0.5              # CPU seconds of the cheapest tests of a program, which are tried before the others


@dataclass
class Reach:
    """What a program does when no mutant is on."""
    seconds: float
    tests: dict = field(default_factory=dict)    # name -> CPU seconds, in order
    reached: dict = field(default_factory=dict)  # id -> [test names]


def run_once(command, environment, cpu, folder):
    """(outcome, output): passed, failed, crashed, timed out. Runs in an empty folder below `folder`. The limit is one of CPU
    time, so that a busy machine makes no mutant look slow."""
    with tempfile.TemporaryDirectory(dir=folder) as empty, tempfile.TemporaryFile(dir=folder) as output:
        limited = ["sh", "-c", f"ulimit -c 0; ulimit -f {FILE_BLOCKS}; ulimit -v {MEMORY_KIB}; ulimit -Ht {cpu + 2}; "
                   f'ulimit -St {cpu}; exec "$@"', "sh", *(part.replace("{tmp}", empty) for part in command)]
        process = subprocess.Popen(limited, cwd=empty, env={**os.environ, "TMPDIR": empty, **environment},
                                   stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            stuck = wait(process)
        finally:
            try:  # what it may have started
                os.killpg(process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
            process.wait()
        output.seek(0)
        text = output.read().decode(errors="replace")
    code = process.returncode
    if code == 0:
        return "passed", text
    if stuck or code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return "timed out", text
    # Catch reports a signal as a failed test and raises it again.
    return ("crashed" if code < 0 else "failed"), text


def wait(process):
    """Until it ends; true when it does nothing any more: no CPU time between two looks, and nobody has stopped it."""
    before = None
    while True:
        try:
            process.wait(timeout=LOOK)
            return False
        except subprocess.TimeoutExpired:
            fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            now = fields[11:15]  # user and system time, of its own and of children that have ended
            if now == before and fields[0] not in "TD":
                return True
            before = now


class Runner:
    def __init__(self, tree, targets, jobs, say, scratch, first_look):
        self.tree, self.jobs, self.say, self.first_look = tree, jobs, say, first_look
        self.temporary = scratch / "elic-mutation" if scratch else tree.base / "tmp"
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.temporary.mkdir()
        self.programs = [p for p in PROGRAMS if p.target in targets]
        self.reach = {}

    def binary(self, program):
        return self.tree.build_dir / program.path

    def fingerprint(self):
        total = hashlib.sha256()
        for program in self.programs:
            total.update(self.binary(program).read_bytes())
        return total.hexdigest()

    def trace(self):
        """Each program once without a mutant: must pass; its time, and which mutants which of its tests reach."""
        cache = self.tree.base / "coverage.json"
        print_of_binaries = self.fingerprint()
        known = json.loads(cache.read_text()) if cache.exists() else {}
        if known.get("fingerprint") == print_of_binaries:
            self.reach = {name: Reach(r["seconds"], r["tests"], {int(k): v for k, v in r["reached"].items()})
                          for name, r in known["programs"].items()}
            return
        for program in self.programs:
            self.reach[program.target] = self.trace_of(program)
            reach = self.reach[program.target]
            self.say(f"{program.target}: {len(reach.tests)} tests, {reach.seconds:.1f} s of CPU, reaches "
                     f"{len(reach.reached)} mutants")
        cache.write_text(json.dumps({"fingerprint": print_of_binaries,
                                     "programs": {name: vars(reach) for name, reach in self.reach.items()}},
                                    ensure_ascii=False))

    def trace_of(self, program):
        with tempfile.NamedTemporaryFile(dir=self.temporary) as file:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            outcome, output = run_once([str(self.binary(program)), *program.arguments], {"ELIC_MUTANT_TRACE": file.name},
                                       1800, self.temporary)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if outcome != "passed":
                raise SystemExit(f"mutate: {program.target} fails without a mutant:\n{output[-3000:]}")
            lines = pathlib.Path(file.name).read_text(errors="replace").splitlines()
        reach = Reach(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        test, began = "", 0.0
        for line in lines:
            if line.startswith("T "):
                _, clock, name = line.split(" ", 2)
                if test:
                    reach.tests[test] = max(0.0, int(clock) / 1e6 - began)
                test, began = name, int(clock) / 1e6
                reach.tests.setdefault(test, 0.0)
            elif line:
                names = reach.reached.setdefault(int(line), [])
                if test not in names:
                    names.append(test)
        if test:
            reach.tests[test] = max(0.0, reach.seconds - began)
        return reach

    def order(self, mutant):
        """The programs that reach it: its room's unit tests, then from fast to slow."""
        own = "test_" + mutant.file.split("/")[1]
        reaching = [p for p in self.programs if mutant.id in self.reach[p.target].reached]

        def cost(program):
            reach = self.reach[program.target]
            names = reach.reached[mutant.id]
            return (program.target != own, sum(reach.tests.get(n, 0.0) for n in names) if program.catch else reach.seconds)
        return sorted(reaching, key=cost)

    def judge(self, mutant):
        """(outcome, by): survived, not reached, or how it was killed and by which program."""
        programs = self.order(mutant)
        if not programs:
            return "not reached", ""
        # The cheapest tests first: most mutants die of them. What survives all that reach it in a program, and is reached
        # once there or before any test, meets the whole program: what is made once may be judged by another test.
        runs = []
        for program in programs:
            cheap, dear, once = self.batches(mutant, program)
            if self.first_look:
                dear, once = [], False
            runs += [(program != programs[0], number, program, tests) for number, tests in enumerate((cheap, dear)) if tests]
            runs += [(True, 2, program, None)] if once else []
        for _, _, program, tests in sorted(runs, key=lambda run: run[:2]):
            outcome = self.against(mutant, program, tests)
            if outcome != "passed":
                return outcome, program.target
        return "survived", ""

    def batches(self, mutant, program):
        """The cheap tests that reach it, the others, and whether it is reached once. A program without tests is dear."""
        reach = self.reach[program.target]
        if not program.catch:
            return [], [""], False
        tests = sorted((name for name in reach.reached[mutant.id] if name), key=lambda name: reach.tests.get(name, 0.0))
        cheap, seconds = [], 0.0
        for name in tests:
            seconds += reach.tests.get(name, 0.0)
            if seconds > FIRST and cheap:
                break
            cheap.append(name)
        return cheap, tests[len(cheap):], len(reach.reached[mutant.id]) <= 1

    def against(self, mutant, program, tests):
        """The outcome of these tests of a program; of all of it when there are none."""
        reach = self.reach[program.target]
        seconds = reach.seconds
        command = [str(self.binary(program)), *program.arguments]
        with tempfile.NamedTemporaryFile("w", dir=self.temporary, encoding="utf-8") as names:
            if program.catch:
                command.append("--abort")
                if tests:
                    seconds = sum(reach.tests.get(name, 0.0) for name in tests)
                    names.write("".join('"' + re.sub(r'(["\\,\[\]])', r"\\\1", name) + '"\n' for name in tests))
                    names.flush()
                    command += ["--input-file", names.name]
            outcome, output = run_once(command, {"ELIC_MUTANT": str(mutant.id)}, int(LEAST_CPU + PATIENCE * seconds),
                                       self.temporary)
        if "Invalid Filter" in output:  # Catch takes a name that it cannot read for none, and passes
            raise SystemExit(f"mutate: {program.target} does not take the name of a test:\n{output[:500]}")
        return outcome

    def run(self, mutants, record):
        """Calls record(mutant, outcome, by) for each as it ends."""
        begun, done, lock = time.monotonic(), 0, threading.Lock()
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            future_of = {pool.submit(self.judge, mutant): mutant for mutant in mutants}
            try:
                for future in concurrent.futures.as_completed(future_of):
                    with lock:
                        record(future_of[future], *future.result())
                        done += 1
                        if done % 50 == 0:
                            self.say(f"{done} of {len(mutants)} mutants, {time.monotonic() - begun:.0f} s")
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return time.monotonic() - begun
