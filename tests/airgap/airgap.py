#!/usr/bin/env python3
"""Issues and verifies where the first use of a socket kills, and shows that it kills. Usage: airgap.py NO_NETWORK
OPENS_SOCKET ELIC SOURCE_DIR"""
import os
import pathlib
import platform
import signal
import subprocess
import sys
import tempfile

no_network, opens_socket, elic = (os.path.abspath(path) for path in sys.argv[1:4])
source = pathlib.Path(os.path.abspath(sys.argv[4]))
faults = 0


def run(*command, expect=0, feed=b""):
    global faults
    done = subprocess.run([no_network, *command], cwd=folder, env=env, capture_output=True, input=feed, timeout=300)
    if done.returncode != expect:
        faults += 1
        print(f"{' '.join(command)}: ended with {done.returncode}, expected {expect}\n{done.stderr.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8", "replace")


def require(holds, what):
    global faults
    if not holds:
        faults += 1
        print(f"{what}: not so")


with tempfile.TemporaryDirectory(prefix="elic-airgap-") as folder:
    env = {"PATH": "/usr/bin:/bin", "HOME": folder, "LC_ALL": "C.UTF-8", "ELIC_TEST_NOW": "2026-11-26T10:00:00+08:00"}

    # The control: without it a filter that filters nothing would pass.
    kinds = ["socket", "unix", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "sendmmsg", "recvfrom",
             "recvmsg", "recvmmsg", "io_uring"]
    kinds += ["x32"] if platform.machine() == "x86_64" else []
    if platform.machine() == "x86_64":
        if subprocess.run([opens_socket, "i386"], capture_output=True).returncode == 0:
            kinds.append("i386")
        else:
            print("i386 not tried: this kernel has no 32-bit system calls")
    require(run(opens_socket, "nothing") == "lived\n", "a program without sockets lives")
    for kind in kinds:
        require(run(opens_socket, kind, expect=-signal.SIGSYS) == "", f"{kind} is killed")
    run("sh", "-c", f'"{opens_socket}" socket', expect=128 + signal.SIGSYS)  # and so is a child

    lines = run(elic, "demo", "--dir", "demo", "--lang", "en").splitlines()
    require(len(lines) >= 16 and all(line.startswith("valid | ") for line in lines), "the demo's licenses are valid")
    draft = source / "testdata/samples/food-operation.json"
    issued = run(elic, "issue", "--office", "demo/office", str(draft), "--out", "out", "--format", "png,svg,txt").split("\t")
    if len(issued) != 5:
        sys.exit("nothing was issued: what follows needs it")
    picture, text = issued[2], issued[4].strip()
    payload = pathlib.Path(folder, text).read_text(encoding="utf-8").strip()
    trust = ["--trust", "demo/trust", "--pin", "demo/trust.pin", "--allow-missing-status", "--lang", "en"]
    for given in (payload, text, picture):
        require(run(elic, "verify", *trust, given).startswith("valid | "), f"{given[:60]} is valid")
    require('"verdict":"valid"' in run(elic, "verify", *trust, "--json", picture).replace(" ", ""), "the JSON says valid")
    both = run(elic, "verify", *trust, "-", feed=(payload + "\n" + payload + "\n").encode())
    require(both.count("valid | ") == 2, "two codes on standard input are valid")
    run(elic, "verify", *trust, payload[:-1] + str((int(payload[-1]) + 1) % 10), expect=4)
    require("trust" in run(elic, "trust", "show", "demo/trust"), "the trust folder is shown")
    run(elic, "id", "explain", issued[0])
    run(elic, "reprint", "--office", "demo/office", issued[0], "--out", "again")
    name = issued[0] + ".png"
    require(pathlib.Path(folder, "again", name).read_bytes() == pathlib.Path(folder, "out", name).read_bytes(), "a reprint is the same")

print(f"{len(kinds)} kinds of call killed, {faults} faults")
sys.exit(1 if faults else 0)
