#!/usr/bin/env python3
"""Whoever holds a ledger's file and knows its format (docs/format/ledger.md) tampers with it by plain SQL; `elic ledger audit
--against` a checkpoint that was kept outside finds each, and names the first bad event. Prints what was done and what the
audit says. Usage: tampering.py ELIC SOURCE_DIR"""
import datetime
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vectors"))
import independent_ledger as tree  # noqa: E402  the format, written a second time

LICENSES = 40
TIME_LIMIT = 120


class Town:
    """An office with its ledger, a checkpoint half way and one at the end, and the leaves, all kept outside."""

    def __init__(self, elic, source, folder):
        self.elic, self.folder, self.office = elic, folder, folder / "demo/office"
        self.sample = json.loads((source / "testdata/samples/hazchem-operation.json").read_text(encoding="utf-8"))
        self.run("demo", "--dir", folder / "demo")
        self.issue(range(LICENSES // 2))
        self.half = self.checkpoint("half")
        self.issue(range(LICENSES // 2, LICENSES))
        self.whole = self.checkpoint("whole", "--leaves", folder / "leaves")
        self.kept = folder / "kept.db"
        self.run("ledger", "backup", "--office", self.office, self.kept)
        with sqlite3.connect(self.kept) as ledger:
            self.events = ledger.execute("SELECT max(number) FROM events").fetchone()[0]
            self.half_events = int(self.half.read_text().splitlines()[2])

    def run(self, *command, status=0):
        run = subprocess.run([self.elic, *map(str, command)], capture_output=True, text=True, encoding="utf-8", timeout=TIME_LIMIT)
        if run.returncode != status:
            raise SystemExit(f"{command}: ended with {run.returncode}: {run.stderr[-1000:]}")
        return run.stdout

    def issue(self, cases):
        today = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).date()
        with open(self.folder / "batch.jsonl", "w", encoding="utf-8") as file:
            for case in cases:
                file.write(json.dumps(dict(self.sample, request=f"case-{case}", number=f"示例危化经字{case:06d}",
                                           issued_on=str(today), valid_from=str(today),
                                           valid_until=str(today + datetime.timedelta(days=900))), ensure_ascii=False) + "\n")
        self.run("issue", "--office", self.office, self.folder / "batch.jsonl", "--out", self.folder / "out", "--format", "txt")

    def checkpoint(self, name, *more):
        path = self.folder / f"{name}.checkpoint"
        self.run("ledger", "checkpoint", "--office", self.office, "--out", path, *more)
        return path

    def put_back(self):
        for suffix in ("-wal", "-shm"):
            pathlib.Path(f"{self.office}/ledger.db{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.office / "ledger.db")

    def audit(self, *against):
        """(exit status, first line, what is named first)"""
        run = subprocess.run([self.elic, "ledger", "audit", "--office", str(self.office), *map(str, against)],
                             capture_output=True, text=True, encoding="utf-8", timeout=TIME_LIMIT)
        lines = run.stdout.splitlines()
        return run.returncode, lines[0] if lines else run.stderr, lines[1].split("\t") if len(lines) > 1 else []


class Ledger:
    """The file, opened by who tampers: the triggers are taken away, and put back as they were."""

    def __init__(self, town):
        self.sql = sqlite3.connect(town.office / "ledger.db", isolation_level=None)
        self.triggers = self.sql.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()

    def __enter__(self):
        for name, _ in self.triggers:
            self.sql.execute(f"DROP TRIGGER {name}")
        self.sql.execute("BEGIN")
        return self

    def __exit__(self, *failed):
        self.sql.execute("COMMIT")
        for _, made in self.triggers:
            self.sql.execute(made)
        self.sql.close()

    def do(self, *statements):
        for statement in statements:
            self.sql.execute(statement)

    def rebuild(self):
        """All that is derived, computed anew: leaves, tiles, what is looked up."""
        leaves = []
        rows = self.sql.execute(f"SELECT {', '.join(tree.COLUMNS)} FROM events ORDER BY number").fetchall()
        for row in rows:
            leaves.append(tree.leaf_of_event(dict(zip(tree.COLUMNS, row))))
            self.sql.execute("UPDATE events SET leaf = ? WHERE number = ?", (leaves[-1], row[0]))
        self.do("DELETE FROM tiles", "DELETE FROM holdings", "DELETE FROM numbers")
        for position in range(len(leaves) // 256):
            self.sql.execute("INSERT INTO tiles VALUES (1, ?, ?)", (position, tree.root(leaves[position * 256:position * 256 + 256])))
        for row in rows:
            event = dict(zip(tree.COLUMNS, row))
            if event["kind"] != "issued":
                continue
            license_ = json.loads(event["license"])
            for code in {holder["code"] for holder in license_["holders"]} - {""}:
                self.sql.execute("INSERT INTO holdings VALUES (?, ?)", (code, event["reservation"]))
            if license_.get("number"):
                self.sql.execute("INSERT INTO numbers VALUES (?, ?)", (license_["number"], event["reservation"]))

    def move_up(self, first, by):
        """Renumbers the events from `first` on, and what refers to them."""
        for column in ("number", "reservation", "issue"):
            # By way of negative numbers, so that no two are ever the same.
            self.do(f"UPDATE events SET {column} = -{column} WHERE {column} >= {first}",
                    f"UPDATE events SET {column} = -{column} + {by} WHERE {column} < 0")


def issued_after(ledger, number):
    return ledger.sql.execute("SELECT min(number) FROM events WHERE kind = 'issued' AND number > ?", (number,)).fetchone()[0]


def edit_a_cell(ledger, town):
    number = issued_after(ledger, town.half_events)
    ledger.do(f"UPDATE events SET payload = '1' || substr(payload, 2) || '7' WHERE number = {number}")
    return number


def edit_and_rebuild(ledger, town):
    number = edit_a_cell(ledger, town)
    ledger.rebuild()
    return number


def delete_an_event(ledger, town):
    number = issued_after(ledger, town.half_events)
    ledger.do(f"DELETE FROM events WHERE number = {number}")
    return number


def delete_renumber_rebuild(ledger, town):
    """The last license altogether, so that no law is broken: both its events, and the rest moved up."""
    number = issued_after(ledger, town.half_events)
    reservation, = ledger.sql.execute(f"SELECT reservation FROM events WHERE number = {number}").fetchone()
    ledger.do(f"DELETE FROM events WHERE number = {number}")
    ledger.move_up(number + 1, -1)
    ledger.do(f"DELETE FROM events WHERE number = {reservation}")
    ledger.move_up(reservation + 1, -1)
    ledger.rebuild()
    return reservation


def swap(ledger, town, first, second):
    ledger.do(f"UPDATE events SET number = -1 WHERE number = {first}", f"UPDATE events SET number = {first} WHERE number = {second}",
              f"UPDATE events SET number = {second} WHERE number = -1")
    return first


def two_issues(ledger, town):
    first = issued_after(ledger, town.half_events)
    return first, issued_after(ledger, first)


def swap_two(ledger, town):
    return swap(ledger, town, *two_issues(ledger, town))


def swap_and_rebuild(ledger, town):
    number = swap_two(ledger, town)
    ledger.rebuild()
    return number


def insert_at(ledger, number):
    ledger.move_up(number, 1)
    ledger.do("INSERT INTO events (number, kind, at, leaf, id, request, move, state, reason, effective) SELECT "
              f"{number}, 'moved', at + 1, zeroblob(32), id, NULL, 'suspend', 'suspended', 'x', at + 1 FROM events WHERE "
              f"kind = 'issued' AND number < {number} ORDER BY number LIMIT 1")
    return number


def insert_an_event(ledger, town):
    return insert_at(ledger, town.half_events + 3)


def insert_and_rebuild(ledger, town):
    number = insert_an_event(ledger, town)
    ledger.rebuild()
    return number


def cut_the_tail(ledger, town):
    last = town.events - 5
    ledger.do(f"DELETE FROM events WHERE number > {last}")
    ledger.rebuild()
    return last + 1


def rebuild_wholly(ledger, town):
    """Every license of another payload, and all computed anew: a ledger that is consistent in itself."""
    ledger.do("UPDATE events SET payload = '1' || payload WHERE kind = 'issued'")
    ledger.rebuild()
    return issued_after(ledger, 0)


def fork(town):
    """The ledger went on here, under a checkpoint; a copy of before, whose head file was thrown away, goes on otherwise."""
    town.put_back()
    head = pathlib.Path(f"{town.office}/ledger.db-head")
    for cases in (range(LICENSES, LICENSES + 3), range(LICENSES + 3, LICENSES + 6)):
        town.put_back()
        head.unlink(missing_ok=True)
        town.run("ledger", "audit", "--office", town.office, "--against", town.whole, "--adopt")
        town.issue(cases)
        if cases.start == LICENSES:
            later = town.checkpoint("later")
    return later


def check_proofs(town):
    """What `elic ledger prove` writes, held against the format as it is written a second time."""
    whole, half = ([line for line in path.read_text().splitlines()] for path in (town.whole, town.half))
    with sqlite3.connect(town.kept) as ledger:
        identifier, = ledger.execute("SELECT id FROM events WHERE kind = 'issued' AND number > 20 ORDER BY number").fetchone()
    proof = json.loads(town.run("ledger", "prove", "--office", town.office, identifier, "--checkpoint", town.whole))
    path = [bytes.fromhex(digest) for digest in proof["path"]]
    event = proof["event"]
    yield "inclusion", tree.included(tree.leaf_of_event(event), event["number"] - 1, int(whole[2]), path, bytes.fromhex(whole[3]))
    event["payload"] += "7"
    yield "no inclusion of another payload", not tree.included(tree.leaf_of_event(event), event["number"] - 1, int(whole[2]), path,
                                                               bytes.fromhex(whole[3]))
    proof = json.loads(town.run("ledger", "prove", "--office", town.office, "--from", town.half, "--checkpoint", town.whole))
    path = [bytes.fromhex(digest) for digest in proof["path"]]
    yield "consistency", tree.consistent(int(half[2]), int(whole[2]), path, bytes.fromhex(half[3]), bytes.fromhex(whole[3]))


# What is done; whether the ledger is consistent in itself afterwards.
TAMPERINGS = [("a cell is edited", edit_a_cell, False), ("the same, leaf and tree made anew", edit_and_rebuild, True),
              ("an event is deleted", delete_an_event, False),
              ("a license is deleted, the rest renumbered, tree made anew", delete_renumber_rebuild, True),
              ("two events are swapped", swap_two, False), ("the same, tree made anew", swap_and_rebuild, None),
              ("an event is inserted", insert_an_event, False), ("the same, tree made anew", insert_and_rebuild, True),
              ("the tail is cut off", cut_the_tail, True), ("the whole ledger is made anew", rebuild_wholly, True)]


def named(fault):
    numbers = [int(number) for number in re.findall(r"\d+", fault[1])] if len(fault) > 1 else []
    return (numbers[0], numbers[-1]) if numbers else (0, 0)


def report(what, number, alone, against, leaves):
    print(f"{what}: event {number}\n    alone: {alone[1].split(chr(9))[0]} {' '.join(alone[2][:2])}"
          f"\n    --against: {against[2][0]}, {against[2][1]}: {against[2][2]}"
          f"\n    and --leaves: {leaves[2][0]}, {leaves[2][1]}", flush=True)


def main():
    failures = []
    with tempfile.TemporaryDirectory() as name:
        town = Town(sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(name))
        status, line, _ = town.audit()
        if status != 0 or not line.endswith("\tnot compared with anything outside"):
            failures.append(f"untouched: {status} {line}")
        if town.audit("--against", town.half, "--against", town.whole, "--leaves", town.folder / "leaves")[0] != 0:
            failures.append("untouched, compared: not consistent")
        failures += [f"proofs: {what}" for what, holds in check_proofs(town) if not holds]
        for what, tamper, consistent in TAMPERINGS:
            town.put_back()
            with Ledger(town) as ledger:
                number = tamper(ledger, town)
            alone = town.audit()
            against = town.audit("--against", town.half, "--against", town.whole)
            leaves = town.audit("--against", town.half, "--against", town.whole, "--leaves", town.folder / "leaves")
            if "not compared with anything outside" not in alone[1]:
                failures.append(f"{what}: alone: {alone[1]}")
            if consistent is not None and (alone[0] == 0) != consistent:
                failures.append(f"{what}: alone: exit {alone[0]} {alone[2]}")
            if against[0] != 4 or leaves[0] != 4:
                failures.append(f"{what}: not found: {against} {leaves}")
                continue
            first, last = named(against[2])
            # Of a ledger that is shorter than its checkpoint, only the leaves tell where it was cut.
            if against[2][0] != "missing" and not first <= number <= last:
                failures.append(f"{what}: event {number} is the first bad one, named: {against[2]}")
            if named(leaves[2])[0] != number:
                failures.append(f"{what}: event {number} is the first bad one, named by the leaves: {leaves[2]}")
            report(what, number, alone, against, leaves)
        later = fork(town)
        status, line, fault = town.audit("--against", town.whole, "--against", later)
        print(f"a fork: {status} {line.split(chr(9))[0]} {fault}")
        if status != 4 or fault[0] != "checkpoint" or named(fault)[0] != town.events + 1:
            failures.append(f"a fork: {status} {line}")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
