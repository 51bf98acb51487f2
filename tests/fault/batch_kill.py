#!/usr/bin/env python3
"""`elic issue` on a batch, killed (SIGKILL) at random moments and at every named step, and run again. After every kill and
rerun: exactly one license for each request, no reservation left open, every status entry accounted for, every file there and
equal to what `reprint` draws from the ledger. Usage: batch_kill.py ELIC_WITH_SEAM SOURCE_DIR [--kills N] [--rows N]"""
import argparse
import collections
import datetime
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

STEPS = ("reserving", "reserved", "signed", "committing", "committed", "written", "manifest")
TIME_LIMIT = 120


class World:
    def __init__(self, elic, source, folder, rows):
        self.elic, self.folder, self.rows = elic, folder, rows
        self.office, self.out = folder / "demo/office", folder / "out"
        self.sample = json.loads((source / "testdata/samples/hazchem-operation.json").read_text(encoding="utf-8"))
        self.today = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).date()
        self.asked, self.failures = set(), []
        self.told = {}  # request -> identifier, as any run said it
        subprocess.run([elic, "demo", "--dir", str(folder / "demo")], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=TIME_LIMIT)

    def fail(self, text):
        self.failures.append(text)

    def write_batch(self, number):
        """A quarter of the rows were asked for by the batch before."""
        first = number * self.rows * 3 // 4
        path = self.folder / "batch.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            for case in range(first, first + self.rows):
                draft = dict(self.sample, request=f"case-{case}", number=f"示例危化经字{case:06d}",
                             issued_on=str(self.today), valid_from=str(self.today),
                             valid_until=str(self.today + datetime.timedelta(days=900)))
                file.write(json.dumps(draft, ensure_ascii=False) + "\n")
        self.asked |= {f"case-{case}" for case in range(first, first + self.rows)}
        return {f"case-{case}" for case in range(first, first + self.rows)}

    def command(self):
        return [self.elic, "issue", "--office", str(self.office), str(self.folder / "batch.jsonl"), "--out", str(self.out),
                "--format", "png,txt", "--json", "--manifest", str(self.folder / "manifest.csv")]

    def note(self, text):
        """Whole lines that a run said: they must hold for ever."""
        for line in text.split("\n")[:-1]:
            answer = json.loads(line)
            if "id" not in answer:
                self.fail(f"refused: {line[:300]}")
                continue
            known = self.told.setdefault(answer["request"], answer["id"])
            if known != answer["id"]:
                self.fail(f"{answer['request']}: told {known} and then {answer['id']}")

    def issued(self):
        """request -> identifier, read with plain SQL while nobody writes."""
        with sqlite3.connect(f"file:{self.office}/ledger.db?mode=ro", uri=True) as ledger:
            return dict(ledger.execute("SELECT r.request, i.id FROM events i JOIN events r ON r.number = i.reservation "
                                       "WHERE i.kind = 'issued'"))

    def check(self, where):
        with sqlite3.connect(f"file:{self.office}/ledger.db?mode=ro", uri=True) as ledger:
            reserved = ledger.execute("SELECT request, id, list_index FROM events WHERE kind = 'reserved'").fetchall()
            issued = ledger.execute("SELECT r.request, i.id FROM events i JOIN events r ON r.number = i.reservation "
                                    "WHERE i.kind = 'issued'").fetchall()
        for what, values in (("request", [row[0] for row in issued]), ("identifier", [row[1] for row in issued]),
                             ("status entry", [row[2] for row in reserved])):
            twice = [value for value, count in collections.Counter(values).items() if count > 1]
            if twice:
                self.doubles += len(twice)
                self.fail(f"{where}: {what} twice: {twice[:3]}")
        lost = self.asked - {row[0] for row in issued}
        if lost:
            self.losses += len(lost)
            self.fail(f"{where}: not issued: {sorted(lost)[:3]}")
        if len(reserved) != len(issued):
            self.fail(f"{where}: {len(reserved) - len(issued)} reservations are left open")
        if sorted(row[2] for row in reserved) != list(range(len(reserved))):
            self.fail(f"{where}: the status entries have a gap")
        for request, identifier in self.told.items():
            if dict(issued).get(request) != identifier:
                self.losses += 1
                self.fail(f"{where}: {request} was told as {identifier}")
        return issued

    losses = doubles = 0

    def check_files(self, issued):
        again = self.folder / "again"
        ids = [identifier for request, identifier in issued if request.startswith("case-")]
        for begin in range(0, len(ids), 200):
            subprocess.run([self.elic, "reprint", "--office", str(self.office), "--out", str(again), "--format", "png,txt",
                            *ids[begin:begin + 200]], check=True, stdout=subprocess.DEVNULL, timeout=TIME_LIMIT)
        compared = 0
        for identifier in ids:
            for extension in ("png", "txt"):
                name = f"{identifier}.{extension}"
                if not (self.out / name).exists() or (self.out / name).read_bytes() != (again / name).read_bytes():
                    self.losses += 1
                    self.fail(f"file {name} is missing or not what reprint draws")
                compared += 1
        strangers = {path.name for path in self.out.iterdir() if not path.name.startswith(".elic-")} - {
            f"{identifier}.{extension}" for identifier in ids for extension in ("png", "txt")}
        if strangers:
            self.fail(f"files of no license: {sorted(strangers)[:3]}")
        return compared


def run_killed(world, delay=None, step=None):
    """True when the process was killed before it ended by itself."""
    environment = dict(os.environ)
    if step:
        environment["ELIC_TEST_KILL"] = step
    with open(world.folder / "out.txt", "wb") as out:
        process = subprocess.Popen(world.command(), stdout=out, stderr=subprocess.DEVNULL, env=environment)
        if delay is not None:
            time.sleep(delay)
            process.kill()
        status = process.wait(timeout=TIME_LIMIT)
    world.note((world.folder / "out.txt").read_text(encoding="utf-8"))
    if status not in (-signal.SIGKILL, 0):
        world.fail(f"a run ended with {status}")
    return status == -signal.SIGKILL


def finish(world, batch):
    run = subprocess.run(world.command(), capture_output=True, timeout=TIME_LIMIT)
    world.note(run.stdout.decode())
    if run.returncode != 0:
        world.fail(f"a rerun ended with {run.returncode}: {run.stderr.decode()[-500:]}")
    rows = (world.folder / "manifest.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    if {row.split(",")[1] for row in rows} != batch or len(rows) != len(batch):
        world.fail("the manifest does not have every row once")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("elic")
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=int(os.environ.get("ELIC_KILLS", "200")))
    parser.add_argument("--rows", type=int, default=60)
    options = parser.parse_args()
    chance = random.Random(20261126)
    with tempfile.TemporaryDirectory() as name:
        world = World(options.elic, options.source, pathlib.Path(name), options.rows)
        began = time.monotonic()
        finish(world, world.write_batch(0))
        usual = time.monotonic() - began
        kills, unfinished, runs, hit = 0, 0, 0, collections.Counter()
        number = 1
        while kills < options.kills and runs < 3 * options.kills:
            runs += 1
            batch = world.write_batch(number)
            # Every other kill at a named step, each step in its turn; the others at any moment.
            if runs % 2:
                step = STEPS[runs // 2 % len(STEPS)]
                groups = step in ("reserving", "reserved", "committing", "committed", "manifest")
                count = 1 if groups else chance.randint(1, options.rows * 2 // 3)
                killed = run_killed(world, step=f"{step}:{count}")
                hit[step] += killed
            else:
                killed = run_killed(world, delay=chance.uniform(0.05, usual))
                hit["any moment"] += killed
            if killed:
                kills += 1
                issued = world.issued()
                unfinished += any(request not in issued or not (world.out / f"{issued[request]}.png").exists() or
                                  not (world.out / f"{issued[request]}.txt").exists() for request in batch)
            finish(world, batch)
            issued = world.check(f"kill {kills}")
            if world.failures:
                break
            number += 1
        compared = world.check_files(issued)
        print(f"{runs} runs, {kills} killed ({unfinished} with rows unfinished), steps hit: "
              + ", ".join(f"{step} {hit[step]}" for step in (*STEPS, "any moment")))
        print(f"{len(world.asked)} requests, {len(issued)} licenses, {compared} files compared with reprint, "
              f"losses {world.losses}, doubles {world.doubles}")
        if unfinished < 0.8 * kills:
            world.fail(f"only {unfinished} of {kills} kills left rows unfinished: give more rows")
        for step in STEPS:
            if not hit[step]:
                world.fail(f"step {step} was never hit")
        if kills < options.kills:
            world.fail(f"only {kills} kills of {options.kills}")
    for failure in world.failures:
        print(failure, file=sys.stderr)
    return 1 if world.failures else 0


if __name__ == "__main__":
    sys.exit(main())
