#!/usr/bin/env python3
"""Verifies every file of testdata/vectors/document at its clock with ELIC (elic_fixed_clock) and compares verdict and findings with index.json; every fault that the index
lists must have a file, and every file an entry; make_document_vectors.py gives the same bytes again. Then it shows that it can fail: each entry's verdict is taken
for another's. Usage: document_vectors.py ELIC SOURCE_DIR"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

EXIT = {"valid": 0, "indeterminate": 3, "invalid": 4}


def reports_of(elic, folder, entries, home):
    """The report on each file, by its name; the files of one clock are one command."""
    found = {}
    for clock in sorted({entry["clock"] for entry in entries}):
        names = [entry["file"] for entry in entries if entry["clock"] == clock]
        world = dict(os.environ, ELIC_TEST_NOW=clock, LC_ALL="C.UTF-8", HOME=home, XDG_CONFIG_HOME=home)
        done = subprocess.run([elic, "verify", "--trust", folder / "trust", "--pin", pathlib.Path(home) / "trust.pin",
                               "--allow-missing-status", "--json", *names], cwd=folder, env=world, capture_output=True, text=True)
        reports = [json.loads(line) for line in done.stdout.splitlines()]
        for name, report in zip(names, reports):
            found[name] = report if report.get("input", name) == name else {"verdict": "that of another file", "findings": []}
        for name in names[len(reports):]:
            found[name] = {"verdict": f"no report: {done.stderr}", "findings": []}
        worst = max(EXIT[entry["verdict"]] for entry in entries if entry["clock"] == clock)
        if done.returncode != worst:
            print(f"exit status {done.returncode}, not {worst}")
            sys.exit(1)
    return found


def faults_of(entry, report):
    """What the report says otherwise than the index."""
    said = {}
    for finding in report["findings"]:
        if finding["verdict"] != "valid":
            said.setdefault(finding["code"], finding["verdict"])
    faults = []
    if report["verdict"] != entry["verdict"]:
        faults.append(f"verdict {report['verdict']}, not {entry['verdict']}")
    told = {finding["code"] for finding in report["findings"] if finding["verdict"] == "valid"}
    if entry["verdict"] == "valid":  # what the index lists is told, and nothing is held against the document
        if said or not set(entry["findings"]) <= told:
            faults.append(f"findings {sorted(said)}, or not among what is told: {entry['findings']}")
        return faults
    if set(said) != set(entry["findings"]):
        faults.append(f"findings {sorted(said)}, not {sorted(entry['findings'])}")
    if said.get(next(iter(entry["findings"]), "")) != entry["verdict"]:
        faults.append(f"{entry['findings'][:1]} does not decide")
    return faults


def faults_of_index(folder, index):
    """A fault without a file, a file without an entry, an entry without a file, two entries for one."""
    listed = [entry["file"] for entry in index["vectors"]]
    there = {path.name for path in folder.glob("*") if path.is_file() and path.suffix not in (".json", ".pem", ".pin")}
    covered = {entry["fault"] for entry in index["vectors"] if entry["verdict"] != "valid"}
    return ([f"no file for: {fault}" for fault in index["faults"] if fault not in covered] +
            [f"not one of the faults: {fault}" for fault in sorted(covered - set(index["faults"]) - {""})] +
            [f"{name}: no entry" for name in sorted(there - set(listed))] + [f"{name}: no file" for name in sorted(set(listed) - there)] +
            [f"{name}: twice" for name in sorted({name for name in listed if listed.count(name) > 1})])


def faults_of_making(folder):
    """Files that the generator does not give again as they are here."""
    with tempfile.TemporaryDirectory() as name:
        again = pathlib.Path(name)
        for given in ("base.ofd", "TEST-root.pem"):
            (again / given).write_bytes((folder / given).read_bytes())
        shutil.copytree(folder / "trust", again / "trust", ignore=shutil.ignore_patterns("*.crl"))
        subprocess.run([sys.executable, pathlib.Path(__file__).with_name("make_document_vectors.py"), again], check=True,
                       stdout=subprocess.DEVNULL)
        made = {path.relative_to(again): path.read_bytes() for path in sorted(again.rglob("*")) if path.is_file()}
        there = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} - {pathlib.Path("trust.pin")}
        return ([f"{name}: made again it is another" for name, content in made.items()
                 if name not in there or content != (folder / name).read_bytes()] +
                [f"{name}: not made again" for name in sorted(there - set(made))])


def faults_of_page(source, index):
    """The page lists each file of the faults that must be told apart."""
    page = (source / "docs/format/seal.md").read_text(encoding="utf-8")
    return [f"{entry['file']}: not in docs/format/seal.md" for entry in index["vectors"]
            if entry["fault"] and f"`{pathlib.Path(entry['file']).stem}`" not in page]


def faults_of_bare_files(elic, folder, index):
    """What inspect says of those that are no documents: their family, and nothing verified."""
    faults = []
    for entry in index["vectors"]:
        if "family" in entry:
            done = subprocess.run([elic, "inspect", "--json", folder / entry["file"]], capture_output=True, text=True)
            said = json.loads(done.stdout)
            if (done.returncode, said["form"], said["family"], said["verified"]) != (EXIT["indeterminate"], "foreign", entry["family"], False):
                faults.append(f"{entry['file']}: inspect says {said}")
    return faults


def must_fail(folder, index, seen):
    """An index that says something else is found out: else the comparison proves nothing."""
    missed = []
    for entry in index["vectors"]:
        report = seen[entry["file"]]
        for other in EXIT.keys() - {entry["verdict"]}:
            if not faults_of(dict(entry, verdict=other), report):
                missed.append(f"{entry['file']} passes as {other}")
        if not faults_of(dict(entry, findings=entry["findings"] + ["no.such_finding"]), report):
            missed.append(f"{entry['file']} passes with a finding that is not there")
    for fault in index["faults"]:
        rest = [entry for entry in index["vectors"] if entry["fault"] != fault]
        if not faults_of_index(folder, dict(index, vectors=rest)):
            missed.append(f"nobody misses: {fault}")
    return missed


def main():
    elic, source = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    folder = source / "testdata/vectors/document"
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    faults = faults_of_index(folder, index) + faults_of_making(folder) + faults_of_page(source, index)
    with tempfile.TemporaryDirectory() as home:
        # What was seen is remembered beside the pins: not in the sources.
        (pathlib.Path(home) / "trust.pin").write_bytes((folder / "trust.pin").read_bytes())
        seen = reports_of(elic, folder, index["vectors"], home)
    for entry in index["vectors"]:
        faults += [f"{entry['file']}: {fault}" for fault in faults_of(entry, seen[entry["file"]])]
    faults += faults_of_bare_files(elic, folder, index)
    if not faults:
        faults = must_fail(folder, index, seen)
    print("\n".join(faults) if faults else f"{len(seen)} documents as the index says, {len(index['faults'])} faults told apart")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
