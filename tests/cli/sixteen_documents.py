#!/usr/bin/env python3
"""For each type pack one license as a sealed OFD, the picture of its face and its verify report; every check of documents must
have passed. Prints a line for each and the counts. With --keep DIR they stay: DIR/out/ID.{ofd,pdf,face.png,report.json}.
Usage: sixteen_documents.py ELIC SOURCE_DIR [--keep DIR]"""
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile

LARGEST_DOCUMENT = 120 * 1024
TIME_LIMIT = 300
# What every check of documents says when all is well; "face.redrawn" and not "face.not_redrawn": the page was drawn again.
EXPECTED = {"package": "package.ok", "document": "document.ok", "coverage": "coverage.whole", "sealer_chain": "sealer.chain_ok",
            "maker_chain": "seal.maker_chain_ok", "seal_copy": "seal.copy_ok", "time_stamp": "time_stamp.absent",
            "seal_issuer": "seal.issuer_agrees", "metadata": "metadata.agrees", "text_layer": "text.agrees", "face": "face.redrawn"}


def document_checks(source):
    """The checks of the report's schema from "package" on."""
    schema = json.loads((source / "schemas/report.schema.json").read_text(encoding="utf-8"))
    names = find_enum(schema, "memory")
    return names[names.index("package"):]


def find_enum(node, member):
    if isinstance(node, dict):
        if member in node.get("enum", ()):
            return node["enum"]
        node = list(node.values())
    for each in node if isinstance(node, list) else ():
        if found := find_enum(each, member):
            return found
    return None


class Run:
    def __init__(self, elic, source, folder):
        self.elic, self.source, self.folder, self.faults = elic, source, folder, []
        # A machine that remembers an earlier demo's lists would take this one's for older.
        self.environment = dict(os.environ, XDG_CONFIG_HOME=str(folder / "machine"))

    def call(self, *command):
        done = subprocess.run([self.elic, *map(str, command)], capture_output=True, text=True, encoding="utf-8", timeout=TIME_LIMIT,
                              env=self.environment)
        if done.returncode != 0:
            raise SystemExit(f"{command}: ended with {done.returncode}: {done.stderr[-2000:]}{done.stdout[-2000:]}")
        return done.stdout

    def need(self, condition, what):
        if not condition:
            self.faults.append(what)

    def issue(self):
        """The demo's office with its seal; its licenses issued again from the samples' files, with all forms of a document."""
        demo = self.folder / "demo"
        self.call("demo", "--dir", demo)
        drafts = sorted((self.source / "testdata/samples").glob("*.json"))
        told = self.call("issue", "--office", demo / "office", *drafts, "--out", self.folder / "out", "--format", "ofd,pdf,face,txt", "--json")
        return [json.loads(line) for line in told.splitlines()]

    def verify(self, documents):
        demo = self.folder / "demo"
        told = self.call("verify", "--trust", demo / "trust", "--pin", demo / "trust.pin", "--json", *documents)
        return {report.pop("input"): report for report in map(json.loads, told.splitlines())}

    def judge(self, name, report, checks):
        self.need(report["verdict"] == "valid", f"{name}: {report['verdict']}")
        said = {}
        for finding in report["findings"]:
            said.setdefault(finding["check"], []).append(finding)
        passed = 0
        for check in checks:
            found = said.get(check, [])
            codes = [finding["code"] for finding in found]
            fine = len(found) == 1 and found[0]["verdict"] == "valid" and codes != ["check.not_run"]
            self.need(fine, f"{name}: {check}: {codes}")
            self.need(EXPECTED.get(check, codes[0] if codes else "") in codes, f"{name}: {check}: {codes}, not {EXPECTED.get(check)}")
            passed += fine
        return passed

    def look(self, issued):
        """The files by themselves: the seal is inside, the document is small, the code is read off the picture of the face."""
        name = issued["id"]
        base = self.folder / "out" / name
        ofd, png = base.with_name(name + ".ofd"), base.with_name(name + ".face.png")
        parts = zipfile.ZipFile(ofd).namelist()
        self.need("Doc_0/Signs/Sign_0/Seal.esl" in parts, f"{name}: no seal in {parts}")
        self.need(ofd.stat().st_size <= LARGEST_DOCUMENT, f"{name}: {ofd.stat().st_size} bytes")
        self.need(ofd.read_bytes() == (self.folder / "demo/out" / (name + ".ofd")).read_bytes(), f"{name}: not the demo's document")
        width, height = struct.unpack(">II", png.read_bytes()[16:24])
        scanned = self.call("qr", "scan", png).strip()
        self.need(scanned == base.with_name(name + ".txt").read_text().strip(), f"{name}: the face shows another code")
        return ofd, width, height


def main(elic, source, folder):
    run = Run(elic, source, folder)
    packs = {path.parent.name for path in (source / "schemas/types").glob("*/*.json")}
    checks = document_checks(source)
    licenses = run.issue()
    looked = {issued["id"]: run.look(issued) for issued in licenses}
    reports = run.verify([ofd for ofd, _, _ in looked.values()])
    seen, passed, largest = set(), 0, 0
    for name, (ofd, width, height) in looked.items():
        report = reports[str(ofd)]
        ofd.with_suffix(".report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        of_this = run.judge(name, report, checks)
        seen.add(report["license"]["type"])
        passed += of_this
        largest = max(largest, ofd.stat().st_size)
        print(f"{report['verdict']} {report['license']['type']} {report['license']['name']}: {ofd.stat().st_size} bytes, face {width} x {height}, "
              f"{of_this} of {len(checks)} checks")
    run.need(seen == packs, f"types without a document: {sorted(packs - seen)}")
    for fault in run.faults:
        print("FAULT", fault)
    print(f"{len(packs)} packs, {len(looked)} sealed documents and faces, {passed} of {len(checks) * len(looked)} checks passed, "
          f"largest {largest} bytes, {len(run.faults)} faults")
    return 1 if run.faults or len(looked) != len(packs) else 0


if __name__ == "__main__":
    program, source_dir = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    if len(sys.argv) == 5 and sys.argv[3] == "--keep":
        sys.exit(main(program, source_dir, pathlib.Path(sys.argv[4]).resolve()))
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(main(program, source_dir, pathlib.Path(scratch)))
