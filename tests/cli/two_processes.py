#!/usr/bin/env python3
"""Two processes of `elic issue` work on one office at once: 500 requests each, half of them asked for by both, some of those
with other content. Every request must end as one license, every altered one as a conflict for whoever comes second, and no
identifier or status entry may be used twice. Usage: two_processes.py ELIC SOURCE_DIR"""
import collections
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

EACH, SHARED, ALTERED = 500, 250, 40
TIME_LIMIT = 280


def drafts(source, owner, numbers):
    sample = json.loads((source / "testdata/samples/hazchem-operation.json").read_text(encoding="utf-8"))
    today = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).date()
    for number in numbers:
        draft = dict(sample, request=f"case-{number}", number=f"示例危化经字{number:06d}", issued_on=str(today),
                     valid_from=str(today), valid_until=str(today + datetime.timedelta(days=1000)))
        if is_altered(number) and owner == "b":
            draft["number"] += "改"
        yield json.dumps(draft, ensure_ascii=False)


def is_altered(number):
    """Requests that both ask for, with other content."""
    return EACH - SHARED <= number < EACH - SHARED + ALTERED


def start(elic, folder, source, owner, numbers):
    random.Random(owner).shuffle(numbers)  # so that the two meet at any moment
    path = folder / f"{owner}.jsonl"
    path.write_text("\n".join(drafts(source, owner, numbers)) + "\n", encoding="utf-8")
    command = [elic, "issue", "--office", str(folder / "demo/office"), str(path), "--out", str(folder / owner), "--format", "txt", "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def answers_of(process, owner):
    out, err = process.communicate(timeout=TIME_LIMIT)
    # 2: some rows were refused
    if process.returncode not in (0, 2):
        raise SystemExit(f"process {owner} ended with {process.returncode}: {err[-2000:]}")
    answers = {}
    for line in out.splitlines():
        answer = json.loads(line)
        answers[answer["request"]] = answer
    if len(answers) != EACH:
        raise SystemExit(f"process {owner} answered {len(answers)} of {EACH} requests: {err[-2000:]}")
    return answers


def listed(elic, folder):
    run = subprocess.run([elic, "ledger", "list", "--office", str(folder / "demo/office"), "--json"], capture_output=True,
                         text=True, encoding="utf-8", check=True, timeout=TIME_LIMIT)
    if "reserved but not issued" in run.stderr:
        raise SystemExit(run.stderr)
    return [json.loads(line) for line in run.stdout.splitlines()]


def check(answers, ledger):
    failures = []
    licenses, conflicts = {}, collections.Counter()
    told_again = 0
    for owner in answers.values():
        for request, answer in owner.items():
            if "errors" in answer:
                rules = [error["rule"] for error in answer["errors"]]
                if rules != ["request.conflict"]:
                    failures.append(f"{request}: refused for {rules}")
                conflicts[request] += 1
                continue
            known = licenses.setdefault(request, (answer["id"], answer["payload"]))
            if known != (answer["id"], answer["payload"]):
                failures.append(f"{request}: two licenses")
            told_again += answer["again"]
    requests = 2 * EACH - SHARED
    altered = {f"case-{number}" for number in range(requests) if is_altered(number)}
    if set(conflicts) != altered or set(conflicts.values()) != {1}:
        failures.append(f"conflicts: {len(conflicts)} requests, expected one for each of {len(altered)}")
    cases = [entry for entry in ledger if entry["request"].startswith("case-")]
    if {entry["request"]: (entry["id"], entry["payload"]) for entry in cases} != licenses or len(cases) != requests:
        failures.append(f"the ledger has {len(cases)} licenses, {len(licenses)} were answered, {requests} requests were made")
    for what, values in (("identifier", [entry["id"] for entry in ledger]),
                         ("status entry", [(entry["status_list"], entry["status_index"]) for entry in ledger])):
        twice = [value for value, count in collections.Counter(values).items() if count > 1]
        if twice:
            failures.append(f"{what} used twice: {twice[:3]}")
    if sorted(entry["status_index"] for entry in ledger) != list(range(len(ledger))):
        failures.append("the status entries have a gap")
    print(f"{2 * EACH} rows, {requests} requests: {len(licenses)} licenses, {told_again} told again, "
          f"{sum(conflicts.values())} conflicts, {len(set(entry['id'] for entry in ledger))} identifiers of {len(ledger)} licenses")
    return failures


def main():
    elic, source = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([elic, "demo", "--dir", str(folder / "demo")], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=TIME_LIMIT)
        for owner in "ab":
            (folder / owner).mkdir()
        processes = {"a": start(elic, folder, source, "a", list(range(EACH))),
                     "b": start(elic, folder, source, "b", list(range(EACH - SHARED, 2 * EACH - SHARED)))}
        answers = {owner: answers_of(process, owner) for owner, process in processes.items()}
        failures = check(answers, listed(elic, folder))
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
