#!/usr/bin/env python3
"""A second reader of sealed OFD documents, written from docs/format/seal.md and sharing no code with the library: every digest of
Signature.xml, dataHash, propertyInfo, both SM2 signatures, the list of signers, the dates and Seal.esl.

Usage: independent_seal.py FILE.ofd...   prints what it found of each; exit 1 when anything does not hold
       independent_seal.py ELIC SOURCE_DIR --make   makes a seal and a sealed document with ELIC, reads them, then breaks them
"""
import base64
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from independent import sm2_verify, sm3  # noqa: E402


class Fault(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Fault(what)


def values(data):
    """(identifier, content, whole) of the values that follow each other in DER bytes."""
    at, found = 0, []
    while at < len(data):
        start, tag, length = at, data[at], data[at + 1]
        at += 2
        if length > 127:
            count = length & 127
            length = int.from_bytes(data[at:at + count], "big")
            at += count
        need(at + length <= len(data), "a value is cut off")
        found.append((tag, data[at:at + length], data[start:at + length]))
        at += length
    return found


def inside(value, tag=0x30):
    need(value[0] == tag, f"type {value[0]:#x} where {tag:#x} is expected")
    return values(value[1])


def key_of(certificate):
    """The point of an SM2 certificate: the only BIT STRING of 65 octets that begins with 04 in its tbsCertificate."""
    body = inside(inside(values(certificate)[0])[0])
    for member in body:
        if member[0] != 0x30:
            continue
        parts = values(member[1])
        if len(parts) == 2 and parts[1][0] == 0x03 and len(parts[1][1]) == 66:
            point = parts[1][1][2:]
            return int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")
    raise Fault("no SM2 key in a certificate")


def holds(certificate, message, bits):
    need(bits[0] == 0x03 and bits[1][0] == 0, "a signature is no bit string")
    r, s = (int.from_bytes(number[1], "big") for number in inside(values(bits[1][1:])[0]))
    return sm2_verify(key_of(certificate), message, r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def read_seal(seal, signing_time, signer):
    info, maker, algorithm, signature = inside(values(seal)[0])[:4]
    need(algorithm[1].hex() == "2a811ccf55018375", "the seal's algorithm is not SM2 with SM3")
    need(holds(maker[1], info[2], signature), "the seal maker's signature does not hold")
    header, _, properties, picture = inside(info)[:4]
    need(inside(header)[0][1] == b"ES" and inside(header)[1][1] == b"\x04", "not a seal of version 4")
    _, name, kind, listed, _, start, end = inside(properties)
    if kind[1] == b"\x01":
        need(signer in [each[1] for each in inside(listed)], "the seal does not name the signer")
    else:
        need(sm3(signer) in [inside(each)[1][1] for each in inside(listed)], "the seal does not name the signer's digest")
    need(start[1] <= signing_time <= end[1], "signed outside the seal's validity")
    need(inside(picture)[1][1].startswith(b"\x89PNG"), "the seal's picture is no PNG")
    return name[1].decode()


def local(element):
    return element.tag.split("}")[-1]


def read_document(parts):
    lists = [e.text for e in ElementTree.fromstring(parts["OFD.xml"]).iter() if local(e) == "Signatures"]
    need(len(lists) == 1, "OFD.xml names no list of signatures")
    names = []
    for entry in ElementTree.fromstring(parts[lists[0].lstrip("/")]).iter():
        if local(entry) != "Signature":
            continue
        path = entry.get("BaseLoc").lstrip("/")
        description = parts[path]
        root = ElementTree.fromstring(description)
        covered = set()
        for reference in (e for e in root.iter() if local(e) == "Reference"):
            part = reference.get("FileRef").lstrip("/")
            need(part in parts, f"{part} is not there")
            need(sm3(parts[part]) == base64.b64decode(reference[0].text, validate=True), f"{part} was altered")
            covered.add(part)
        value = next(e.text for e in root if local(e) == "SignedValue").lstrip("/")
        seal_file = next(e[0].text for e in root[0] if local(e) == "Seal").lstrip("/")
        need(set(parts) - covered == {path, value}, f"not covered: {sorted(set(parts) - covered - {path, value})}")
        to_sign, certificate, algorithm, signature = inside(values(parts[value])[0])[:4]
        need(algorithm[1].hex() == "2a811ccf55018375", "the signature's algorithm is not SM2 with SM3")
        need(holds(certificate[1], to_sign[2], signature), "the sealer's signature does not hold")
        version, seal, time, data_hash, where = inside(to_sign)[:5]
        need(version[1] == b"\x04", "not a signature of version 4")
        need(data_hash[1] == b"\0" + sm3(description), "dataHash is not that of Signature.xml")
        need(where[1].decode() == "/" + path, "propertyInfo is not the path of Signature.xml")
        need(seal[2] == parts[seal_file], "Seal.esl is another seal")
        names.append(read_seal(seal[2], time[1], certificate[1]))
    need(names, "no signature")
    return names


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def make(elic, source, folder):
    def run(*words):
        done = subprocess.run([elic, *words], cwd=folder, capture_output=True, text=True)
        need(done.returncode == 0, f"elic {' '.join(words)}: {done.stderr}")
    run("demo", "--dir", "demo")
    for name in ("maker", "sealer"):
        run("key", "new", "--out", f"{name}.key.pem", "--allow-plaintext-key")
        run("key", "request", "--key", f"{name}.key.pem", "--subject", f"CN=TEST {name},C=CN", "--out", f"{name}.req.pem")
        run("pilot-ca", "certify", "--dir", "demo/ca", f"{name}.req.pem", "--out", f"{name}.pem", "--from", "2020-01-01",
            "--years", "20")
    made = []
    for number, extra in enumerate(((), ("--digests",)), 2):
        run("seal", "make", "--maker-key", "maker.key.pem", "--maker-cert", "maker.pem", "--sealer-cert", "sealer.pem", "--draw",
            "round", "--name", "示例省政务服务局（测试）", "--out", f"{number}.esl", *extra)
        run("office", "new", f"office{number}", "--issuer", "11430199MB00TX017C", "--name", "示例省政务服务局（测试）", "--number",
            str(number), "--key", "demo/office/key.pem", "--cert", "demo/office/certificate.pem", "--trust", "demo/trust",
            "--test", "--seal", f"{number}.esl", "--seal-key", "sealer.key.pem", "--seal-cert", "sealer.pem")
        run("issue", "--office", f"office{number}", str(source / "testdata/samples/food-operation.json"), "--out", f"out{number}",
            "--format", "ofd")
        made += (folder / f"out{number}").glob("*.ofd")
    need(len(made) == 2, "two documents were to be made")
    return made


def self_test(parts):
    """What is broken must be found: else this reader proves nothing."""
    broken = 0
    for name in parts:
        altered = dict(parts)
        middle = len(parts[name]) // 2
        altered[name] = parts[name][:middle] + bytes([parts[name][middle] ^ 1]) + parts[name][middle + 1:]
        try:
            read_document(altered)
        except (Fault, ValueError, KeyError, IndexError, ElementTree.ParseError, StopIteration):
            broken += 1
    need(broken == len(parts), f"only {broken} of {len(parts)} altered parts were found out")
    return broken


def main():
    words = sys.argv[1:]
    if words[-1:] != ["--make"]:
        failed = 0
        for word in words:
            try:
                print(word, *read_document(parts_of(word)))
            except Fault as fault:
                print(word, "FAULT:", fault)
                failed = 1
        return failed
    with tempfile.TemporaryDirectory() as folder:
        made = make(words[0], pathlib.Path(words[1]), pathlib.Path(folder))
        for path in made:
            parts = parts_of(path)
            names = read_document(parts)
            need(names == ["示例省政务服务局（测试）"], f"the seal is named {names}")
            print(f"{len(parts)} parts, seal {names[0]}: everything holds; {self_test(parts)} altered parts found out")
    return 0


if __name__ == "__main__":
    sys.exit(main())
