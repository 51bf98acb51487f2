#!/usr/bin/env python3
"""document_schemas.py ELIC SOURCE XMLLINT: runs the demo, and holds each part of its documents against the schemas of GB/T 33190 annex A
(ELIC_SHARED/data/ofd/xsd) and schemas/license.xsd. The annex's list of digest methods is older than SM3: that one complaint about
signatures is expected. Documents stay under 120 KB."""
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

MOST_BYTES = 120 * 1024
# Name of the part (its end), schema of the annex.
SCHEMAS = (
    ("OFD.xml", "OFD.xsd"), ("Document.xml", "Document.xsd"), ("Res.xml", "Res.xsd"), ("Content.xml", "Page.xsd"),
    ("CustomTags.xml", "CustomTags.xsd"), ("Attachments.xml", "Attachments.xsd"), ("Signatures.xml", "Signatures.xsd"),
    ("Signature.xml", "Signature.xsd"))


def check(xmllint, schema, content, what):
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(content)
        file.flush()
        run = subprocess.run([xmllint, "--noout", "--nonet", "--schema", str(schema), file.name], capture_output=True, text=True)
    faults = [line for line in run.stderr.splitlines() if "error" in line and "CheckMethod" not in line]
    for fault in faults:
        print(f"{what}: {fault}")
    return not faults


def main():
    elic, source, xmllint = sys.argv[1:]
    shared = os.environ.get("ELIC_SHARED")
    annex = pathlib.Path(shared) / "data/ofd/xsd" if shared else None
    if annex is None:
        print("ELIC_SHARED is not set: only the license part is held against its schema")
    fine, documents, parts = True, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([elic, "demo", "--dir", f"{folder}/demo"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for file in sorted(pathlib.Path(folder, "demo/out").glob("*.ofd")):
            documents += 1
            if file.stat().st_size > MOST_BYTES:
                print(f"{file.name}: {file.stat().st_size} bytes")
                fine = False
            with zipfile.ZipFile(file) as package:
                for name in package.namelist():
                    what = f"{file.name}:{name}"
                    if name.endswith("License.xml"):
                        fine &= check(xmllint, pathlib.Path(source) / "schemas/license.xsd", package.read(name), what)
                        parts += 1
                    schema = next((s for end, s in SCHEMAS if name.endswith(end)), None)
                    if annex is not None and schema is not None:
                        fine &= check(xmllint, annex / schema, package.read(name), what)
                        parts += 1
    print(f"{documents} documents, {parts} parts")
    return 0 if fine and documents > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
