"""The trust list half of the independent reader (docs/format/trust.md): envelope, signature, content, bodies."""
import datetime
import json
import pathlib
import sys

me = None  # the module that has SM2, SM3 and CBOR


def instant(number):
    me.need(isinstance(number, int), "seconds are expected")
    at = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=number + 8 * 3600)
    return at.strftime("%Y-%m-%dT%H:%M:%S+08:00")


def point_of(certificate):
    """The public point of an X.509 certificate: the only BIT STRING of 66 bytes that begins 00 04."""
    start = certificate.find(b"\x03\x42\x00\x04")
    me.need(start >= 0, "no SM2 point in the certificate")
    raw = certificate[start + 4:start + 68]
    return int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")


def read_body(code, raw):
    me.need(me.is_uscc(code), "body code")
    body = me.read_cbor(raw, 4, 20000)
    me.need(isinstance(body, me.Map) and [k for k, _ in body] == [1, 2, 3, 4], "body keys")
    me.check_clean(body.get(1))
    certificates, grants = [], []
    for digest, start, end, kinds in body.get(3):
        me.need(isinstance(digest, bytes) and len(digest) == 32 and 0 <= kinds < 256, "certificate")
        instant(start)
        if end is not None:
            instant(end)
        certificates.append(digest.hex())
    for kind, areas, start, end in body.get(4):
        me.need(me.is_uscc(kind[:18]) and len(kind) == 21 and areas, "grant")
        grants.append([kind, areas, me.day(start).isoformat(), None if end is None else me.day(end).isoformat()])
    return {"name": body.get(1), "certificates": certificates, "grants": grants}


def read_content(raw):
    content = me.read_cbor(raw, 3, 2000000)
    me.need(isinstance(content, me.Map) and [k for k, _ in content] == list(range(1, 11)), "keys 1 to 10")
    me.need(isinstance(content.get(1), int) and content.get(1) >= 1, "number")
    for key in (6, 7):
        digests = content.get(key)
        me.need(isinstance(digests, list) and all(isinstance(d, bytes) and len(d) == 32 for d in digests), "digests")
        me.need(sorted(set(digests)) == digests, "digests out of order")
    me.need(content.get(6) != [], "no roots")
    packs = content.get(8)
    me.need([(p[1], p[2]) for p in packs] == sorted({(p[1], p[2]) for p in packs}), "packs out of order")
    me.need(len({p[0][:4] for p in packs}) == len(packs), "packs begin alike")
    bodies = {code: read_body(code, raw_body) for code, raw_body in content.get(9)}
    records = sorted(bytes.fromhex(c)[:8] + n.to_bytes(4, "big") for n, b in enumerate(bodies.values()) for c in b["certificates"])
    me.need(content.get(10) == b"".join(records), "key index")
    return {"number": content.get(1), "issued_at": instant(content.get(2)), "next_update": instant(content.get(4)), "packs": [p[1] for p in packs], "bodies": bodies}


def outcome(header, raw):
    try:
        envelope = me.read_cbor(raw, 2, 32)
        me.need(isinstance(envelope, list) and envelope and isinstance(envelope[0], str) and envelope[0].startswith("elic trust-list "), "envelope")
        if envelope[0] != "elic trust-list 0":
            return "newer", None
        _, certificate, _, content, signature = envelope
        hint = me.sm3(certificate)[:8]
        protected = me.write_cbor(me.Map([(1, -65537), (4, hint)]))
        signed = me.write_cbor(["Signature1", protected, b"elic trust-list 0", content])
        me.need(len(signature) == 64 and me.sm2_verify(point_of(certificate), signed, signature), "signature")
        if "signer" in header:
            assert me.sm3(certificate).hex() == header["signer"], "fingerprint"
        return "ok", read_content(content)
    except me.Malformed:
        return "malformed", None


def check(source, module):
    global me
    me = module
    faults, count = [], 0
    for path in sorted((pathlib.Path(source) / "testdata/vectors/trust").glob("*.txt")):
        head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        header = dict(line.split(": ", 1) for line in head.splitlines())
        found, meaning = outcome(header, bytes.fromhex(body.strip()))
        count += 1
        if found != header["expect"]:
            faults.append(f"trust/{path.name}: {found}, expected {header['expect']}")
        elif found == "ok" and meaning != json.loads(header["meaning"]):
            faults.append(f"trust/{path.name}: another meaning: {json.dumps(meaning, ensure_ascii=False)}")
    print(f"independent reader: {count} trust list vectors", file=sys.stdout)
    return faults if count >= 12 else faults + ["too few trust list vectors"]
