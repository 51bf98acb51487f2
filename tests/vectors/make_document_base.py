#!/usr/bin/env python3
"""Makes what make_document_vectors.py starts from, once: one valid sealed document under TEST keys with the trust folder that vouches for it. The root is made anew
each time, and so is everything below it: after this, make_document_vectors.py must be run. Usage: make_document_base.py ELIC FOLDER
(ELIC: elic_fixed_clock, which stands at 2026-11-23T10:00:00+08:00)"""
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from document_world import test_key  # noqa: E402

ROOT_KEY = pathlib.Path(__file__).resolve().parents[2] / "testdata/keys/TEST-document-root.key.pem"
AUTHORITY = "示例省政务服务局（测试）"
DRAFT = {
    "type": "11100000MB0143028R902", "request": "VECTOR-1", "number": "SC10443019999017",
    "holders": [{"name": "示例市示范食品有限公司", "code_type": "001", "code": "91430199MA00EX038A"}],
    "issued_on": "2026-05-22", "valid_from": "2026-05-22", "valid_until": "2031-05-21",
    "face": {"法定代表人（负责人）": "李样本", "住所": "示例市", "生产地址": "示例市", "食品类别": ["方便食品"]},
}


def ring():
    """A red ring, 32 by 32: a seal stands in a document twice, so its picture is small."""
    rows = b""
    for y in range(32):
        row = [120 <= (2 * x - 31) ** 2 + (2 * y - 31) ** 2 <= 961 and (2 * x - 31) ** 2 + (2 * y - 31) ** 2 >= 729 for x in range(32)]
        rows += b"\0" + bytes(sum(row[at + n] << (7 - n) for n in range(8)) for at in range(0, 32, 8))

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 1, 3, 0, 0, 0)) +
            chunk(b"PLTE", b"\xff\xff\xff\xc8\x14\x14") + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def main():
    elic, target = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def run(*words):
            subprocess.run([elic, *words], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                           env=dict(os.environ, ELIC_TEST_NOW="2026-11-23T10:00:00+08:00", LC_ALL="C.UTF-8"))
        run("demo", "--dir", "demo")
        for who, number, common in (("maker", 901, "TEST seal maker"), ("sealer", 902, AUTHORITY)):
            (folder / f"{who}.key.pem").write_text(test_key(number).pem())
            (folder / f"{who}.key.pem").chmod(0o600)
            run("key", "request", "--key", f"{who}.key.pem", "--subject", f"CN={common},O=elic TEST,C=CN", "--out", f"{who}.req.pem")
            run("pilot-ca", "certify", "--dir", "demo/ca", f"{who}.req.pem", "--out", f"{who}.pem", "--from", "2026-11-01")
        (folder / "ring.png").write_bytes(ring())
        (folder / "draft.json").write_text(json.dumps(DRAFT, ensure_ascii=False))
        run("seal", "make", "--maker-key", "maker.key.pem", "--maker-cert", "maker.pem", "--sealer-cert", "sealer.pem", "--picture",
            "ring.png", "--name", AUTHORITY, "--id", "SEAL-TEST", "--out", "office.esl")
        run("office", "new", "office", "--issuer", "11430199MB00TX017C", "--name", AUTHORITY, "--number", "2", "--key",
            "demo/office/key.pem", "--cert", "demo/office/certificate.pem", "--trust", "demo/trust", "--test", "--seal", "office.esl",
            "--seal-key", "sealer.key.pem", "--seal-cert", "sealer.pem")
        run("issue", "--office", "office", "draft.json", "--out", "out", "--format", "ofd")
        shutil.rmtree(target / "trust", ignore_errors=True)
        shutil.copytree(folder / "demo/trust", target / "trust")
        for version in sorted((target / "trust/versions").iterdir())[:-1]:
            shutil.rmtree(version)
        for kind in (target / "trust/versions").glob("*/types/*"):
            if kind.name != DRAFT["type"]:
                shutil.rmtree(kind)
        shutil.copy(folder / "demo/trust.pin", target / "trust.pin")
        shutil.copy(folder / "demo/ca/root.pem", target / "TEST-root.pem")
        ROOT_KEY.write_bytes((folder / "demo/ca/root.key.pem").read_bytes())
        shutil.copy(next((folder / "out").glob("*.ofd")), target / "base.ofd")


if __name__ == "__main__":
    main()
