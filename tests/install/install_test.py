#!/usr/bin/env python3
"""Installs the package, builds a consumer against it as an integrator would, and runs it on a license.

Usage: install_test.py BUILD_DIR SOURCE_DIR COMPONENT CXX [FLAGS]

The consumer of `verify` is built with every finder of database and picture libraries switched off, and must not load one; that of `document`
must load no database, picture or drawing library. What `issue_document` makes is the document that the installed program made.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

NOT_FOR_VERIFY = ["SQLite3", "PNG", "JPEG", "ZXing", "ZLIB", "LibXml2"]
# A verifier of documents unpacks and parses, and draws nothing.
NOT_FOR_DOCUMENT = ["SQLite3", "PNG", "JPEG", "ZXing", "LibXml2"]
NEEDED_BY_VERIFY = {"libcrypto", "libutf8proc", "libstdc++", "libm", "libgcc_s", "libc", "ld-linux-x86-64", "ld-linux-aarch64"}
NEEDED_BY_DOCUMENT = NEEDED_BY_VERIFY | {"libz", "libpugixml"}

build, source, component, compiler = sys.argv[1:5]
flags = " ".join(sys.argv[5:])
consumer = pathlib.Path(source) / "tests/install/consumer"


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], text=True, capture_output=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nexit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


with tempfile.TemporaryDirectory() as folder:
    work = pathlib.Path(folder)
    os.environ["XDG_CONFIG_HOME"] = str(work / "home")  # what this machine has seen before is not this test's
    run("cmake", "--install", build, "--prefix", work / "prefix")
    options = [f"-DCMAKE_PREFIX_PATH={work / 'prefix'}", f"-DCOMPONENT={component}", f"-DCMAKE_CXX_COMPILER={compiler}",
               f"-DCMAKE_CXX_FLAGS={flags}", "-GNinja"]
    if component == "verify":
        options += [f"-DCMAKE_DISABLE_FIND_PACKAGE_{name}=ON" for name in NOT_FOR_VERIFY]
    if component == "document":
        options += [f"-DCMAKE_DISABLE_FIND_PACKAGE_{name}=ON" for name in NOT_FOR_DOCUMENT]
    run("cmake", "-S", consumer, "-B", work / "consumer", *options)
    run("cmake", "--build", work / "consumer")

    # The installed program, not the one of the build folder: it needs nothing beside itself.
    installed = work / "prefix/bin/elic"
    run(installed, "demo", "--dir", work / "demo", cwd="/")
    # A verdict on a code waits for no library that draws or reads pictures, and no folder has a say in what is loaded.
    late = {"libcairo", "libharfbuzz", "libfreetype", "libfontconfig", "libZXing", "libqrencode", "libpng16", "libjpeg", "libwebp"}
    for program in (installed, pathlib.Path(build) / "cli/elic"):
        dynamic = run("readelf", "-d", program)
        loaded = {name.split(".so")[0] for name in re.findall(r"Shared library: \[([^\]]+)\]", dynamic)}
        if loaded & late or "RUNPATH" in dynamic or "RPATH" in dynamic:
            sys.exit(f"{program} is linked with {sorted(loaded & late)}, or has a search path\n{dynamic}")
    demo = work / "demo"
    program = work / "consumer/consumer"
    if component == "verify":
        code = sorted((demo / "out").glob("*.txt"))[0]
        said = run(program, demo / "trust", demo / "trust.pin", code)
        libraries = {name.split(".so")[0] for name in re.findall(r"Shared library: \[([^\]]+)\]", run("readelf", "-d", program))}
        if "sanitize" not in flags and not libraries <= NEEDED_BY_VERIFY:
            sys.exit(f"a verifier should not need {sorted(libraries - NEEDED_BY_VERIFY)}")
        altered = work / "altered.txt"
        text = code.read_text()
        altered.write_text(text[:60] + str((int(text[60]) + 1) % 10) + text[61:])
        refused = subprocess.run([program, demo / "trust", demo / "trust.pin", altered], capture_output=True, text=True)
        if refused.returncode != 3 or not refused.stdout.startswith('{"verdict":"invalid"'):
            sys.exit(f"an altered code: exit {refused.returncode}\n{refused.stdout}{refused.stderr}")
        print("libraries:", " ".join(sorted(libraries)))
    elif component == "document":
        ofd = sorted((demo / "out").glob("*.ofd"))[0]
        said = report = run(program, demo / "trust", demo / "trust.pin", ofd, ofd.with_suffix(".txt"))
        for finding in ("package.ok", "document.ok", "coverage.whole", "seal.issuer_agrees", "metadata.agrees", "text.agrees", "face.not_redrawn"):
            if f'"{finding}"' not in report:
                sys.exit(f"{finding} is missing: {report}")
        libraries = {name.split(".so")[0] for name in re.findall(r"Shared library: \[([^\]]+)\]", run("readelf", "-d", program))}
        if "sanitize" not in flags and not libraries <= NEEDED_BY_DOCUMENT:
            sys.exit(f"a verifier of documents should not need {sorted(libraries - NEEDED_BY_DOCUMENT)}")
    elif component == "issue_document":
        draft = pathlib.Path(source) / "testdata/samples/food-operation.json"
        said = run(program, demo / "office", demo / "trust.pin", draft, work / "made.ofd")
        made = (work / "made.ofd").read_bytes()
        if not any(made == file.read_bytes() for file in (demo / "out").glob("*.ofd")):
            sys.exit("the document of a license that was issued before is not the same bytes")
    else:
        draft = pathlib.Path(source) / "testdata/samples/food-operation.json"
        said = run(program, demo / "office", demo / "trust.pin", draft)
    if not said.startswith('{"verdict":"valid"'):
        sys.exit(said)
    if component == "elic":  # without what is loaded late: codes as ever, documents by their text, and nothing is drawn
        next((work / "prefix").rglob("libelic_drawing.so")).unlink()
        code = sorted((demo / "out").glob("*.txt"))[0]
        relied = ("--trust", demo / "trust", "--pin", demo / "trust.pin", "--json")
        if not run(installed, "verify", *relied, code).startswith('{"verdict":"valid"'):
            sys.exit("a code is not verified without the library that draws")
        if '"face.not_redrawn"' not in run(installed, "verify", *relied, code.with_suffix(".ofd")):
            sys.exit("a document that cannot be drawn again is not told")
        none = subprocess.run([installed, "demo", "--dir", work / "other"], capture_output=True, text=True)
        if none.returncode == 0 or "libelic_drawing.so" not in none.stderr:
            sys.exit(f"a seal without the library that draws: exit {none.returncode}\n{none.stderr}")
        next((work / "prefix").rglob("libelic_pictures.so")).unlink()
        if not run(installed, "verify", *relied, code).startswith('{"verdict":"valid"'):
            sys.exit("a code is not verified without the library of pictures")
        unread = subprocess.run([installed, "verify", *relied, code.with_suffix(".png")], capture_output=True, text=True)
        if unread.returncode != 3 or "libelic_pictures.so" not in unread.stdout:
            sys.exit(f"a picture without the library of pictures: exit {unread.returncode}\n{unread.stdout}{unread.stderr}")
        document = subprocess.run([installed, "verify", *relied, code.with_suffix(".ofd")], capture_output=True, text=True)
        if document.returncode != 3 or "libelic_pictures.so" not in document.stdout or '"code.absent"' in document.stdout:
            sys.exit(f"a document whose code nobody read: exit {document.returncode}\n{document.stdout}{document.stderr}")
        before = run(installed, "ledger", "list", "--office", demo / "office")
        draft = pathlib.Path(source) / "testdata/samples/food-operation.json"
        new = work / "new.json"
        new.write_text(draft.read_text().replace('"request": "', '"request": "another-', 1))
        undrawn = subprocess.run([installed, "issue", "--office", demo / "office", "--out", work / "none", new],
                                 capture_output=True, text=True)
        if undrawn.returncode == 0 or "libelic_pictures.so" not in undrawn.stderr:
            sys.exit(f"an issue that cannot draw: exit {undrawn.returncode}\n{undrawn.stdout}{undrawn.stderr}")
        if run(installed, "ledger", "list", "--office", demo / "office") != before:
            sys.exit("a license was issued that could not be drawn")
    unknown = subprocess.run(["cmake", "-S", consumer, "-B", work / "unknown", *options, "-DCOMPONENT=unknown"],
                             capture_output=True, text=True)
    if unknown.returncode == 0 or "no component unknown" not in unknown.stderr:
        sys.exit(f"a component that does not exist: {unknown.stderr}")
    print(f"elic::{component}: a consumer builds, runs and verifies")
