"""The trust half of the independent reader (docs/format/trust.md): trust lists, and the signed objects delegation, roll-over, list of
genuine issues: envelope, signature, content, bodies."""
import datetime
import json
import pathlib
import sys

me = None  # the module that has SM2, SM3 and CBOR

OBJECTS = ("delegation", "rollover", "genuine-list", "status-list", "status-delta", "checkpoint", "bundle")


def instant(number):
    me.need(isinstance(number, int), "seconds are expected")
    try:
        at = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=number + 8 * 3600)
    except OverflowError:
        raise me.Malformed("out of range") from None
    return at.strftime("%Y-%m-%dT%H:%M:%S+08:00")


def open_instant(number):
    return None if number is None else instant(number)


def date(number):
    me.need(isinstance(number, int), "days are expected")
    return me.day(number).isoformat()


def digest(value):
    me.need(isinstance(value, bytes) and len(value) == 32, "digest")
    return value.hex()


def code(value):
    me.need(isinstance(value, str) and me.is_uscc(value), "credit code")
    return value


def text(value):
    me.need(isinstance(value, str) and value != "", "text")
    me.check_clean(value)
    return value


def rows(value, size):
    me.need(isinstance(value, list) and all(isinstance(r, list) and len(r) == size for r in value), f"rows of {size}")
    return value


def keys(value, expected):
    me.need(isinstance(value, me.Map) and [k for k, _ in value] == list(expected), "keys")
    return value


def point_of(certificate):
    """The public point of an X.509 certificate: the only BIT STRING of 66 bytes that begins 00 04."""
    start = certificate.find(b"\x03\x42\x00\x04")
    me.need(start >= 0, "no SM2 point in the certificate")
    raw = certificate[start + 4:start + 68]
    return int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")


def signature_holds(kind, certificate, content, signature):
    protected = me.write_cbor(me.Map([(1, -65537), (4, me.sm3(certificate)[:8])]))
    signed = me.write_cbor(["Signature1", protected, f"elic {kind} 1".encode(), content])
    return isinstance(signature, bytes) and len(signature) == 64 and me.sm2_verify(point_of(certificate), signed, signature)


def read_body(uscc, raw):
    code(uscc)
    body = me.read_cbor(raw, 4, 20000)
    me.need(isinstance(body, me.Map), "body")
    named = [k for k, _ in body]
    me.need(named[:4] == [1, 2, 3, 4] and named[4:] in ([], [5], [6], [5, 6]), "body keys")
    me.need(isinstance(body.get(2), list), "hosts")
    for host in body.get(2):
        text(host)
    certificates, grants, former, successor = [], [], [], None
    for fingerprint, start, end, kinds, compromised in rows(body.get(3), 5):
        me.need(isinstance(kinds, int) and 1 <= kinds < 512, "kinds")
        certificates.append([digest(fingerprint), instant(start), open_instant(end), kinds, open_instant(compromised)])
        me.need(end is None or start <= end, "until before from")
    me.need(len({c[0] for c in certificates}) == len(certificates), "certificate twice")
    for kind, areas, start, end, rights in rows(body.get(4), 5):
        me.need(isinstance(kind, str) and me.is_uscc(kind[:18]) and len(kind) == 21 and kind[18:].isdigit(), "type")
        me.need(isinstance(areas, list) and areas and all(isinstance(a, str) and len(a) == 6 and a.isdigit() for a in areas), "areas")
        me.need(isinstance(rights, int) and 1 <= rights <= 3, "rights")
        grants.append([kind, areas, date(start), None if end is None else date(end), rights])
        me.need(end is None or start <= end, "until before from")
    if 5 in named:
        former = [[text(name), date(last)] for name, last in rows(body.get(5), 2)]
        days = [last for _, last in body.get(5)]
        me.need(days and sorted(set(days)) == days, "former names")
    if 6 in named:
        (taker, first), = rows([body.get(6)], 2)
        successor = [code(taker), date(first)]
        me.need(taker != uscc, "its own successor")
    return {"name": text(body.get(1)), "certificates": certificates, "grants": grants, "former_names": former, "successor": successor}


def read_list(raw):
    content = keys(me.read_cbor(raw, 3, 2000000), range(1, 11))
    me.need(isinstance(content.get(1), int) and content.get(1) >= 1, "number")
    times = [instant(content.get(k)) for k in (2, 3, 4)]
    me.need(content.get(3) <= content.get(4), "next update")
    if content.get(5) is not None:
        digest(content.get(5))
    for key in (6, 7):
        me.need(isinstance(content.get(key), list), "digests")
        found = [digest(d) for d in content.get(key)]
        me.need(sorted(set(found)) == found, "digests out of order")
    me.need(content.get(6) != [], "no roots")
    packs = rows(content.get(8), 5)
    me.need([(p[1], p[2]) for p in packs] == sorted({(p[1], p[2]) for p in packs}), "packs out of order")
    me.need(len({p[0][:4] for p in packs}) == len(packs), "packs begin alike")
    me.need(isinstance(content.get(9), me.Map), "bodies")
    bodies = {uscc: read_body(uscc, body) for uscc, body in content.get(9)}
    records = sorted(bytes.fromhex(c[0])[:8] + n.to_bytes(4, "big") for n, b in enumerate(bodies.values()) for c in b["certificates"])
    me.need(content.get(10) == b"".join(records), "key index")
    return {"number": content.get(1), "issued_at": times[0], "next_update": times[2], "packs": [p[1] for p in packs], "bodies": bodies}


def read_delegation(raw, _certificate):
    content = keys(me.read_cbor(raw, 2, 1000), range(1, 10))
    parent, uscc, number, issued_at, not_before, next_update, previous, body, certificates = (v for _, v in content)
    me.need(isinstance(number, int) and number >= 1, "number")
    meaning = {
        "parent": code(parent), "code": code(uscc), "number": number, "issued_at": instant(issued_at), "not_before": instant(not_before),
        "next_update": instant(next_update), "previous": None if previous is None else digest(previous)}
    me.need(parent != uscc, "its own parent")
    me.need(not_before <= next_update, "next update")
    me.need(isinstance(body, bytes) and isinstance(certificates, list), "body and certificates")
    meaning["body"] = read_body(uscc, body)
    me.need(all(isinstance(c, bytes) for c in certificates), "certificates")
    me.need([me.sm3(c).hex() for c in certificates] == [c[0] for c in meaning["body"]["certificates"]], "other certificates than listed")
    return meaning


def read_rollover(raw, certificate):
    return read_rollover_of(raw, me.sm3(certificate))


def read_rollover_of(raw, signer):
    content = keys(me.read_cbor(raw, 1, 16), range(1, 7))
    body, old, new, issued_at, start, signature = (v for _, v in content)
    me.need(isinstance(new, bytes), "new certificate")
    meaning = {"body": code(body), "old": digest(old), "new": me.sm3(new).hex(), "issued_at": instant(issued_at), "from": instant(start)}
    me.need(old == signer, "another old certificate than the signer")
    me.need(meaning["old"] != meaning["new"], "the same certificate")
    me.need(signature_holds("rollover", new, me.write_cbor(me.Map(content[:5])), signature), "the new key's signature")
    return meaning


def read_genuine_list(raw, _certificate):
    content = keys(me.read_cbor(raw, 1, 16), range(1, 4))
    issuer, as_of, row = (v for _, v in content)
    me.need(isinstance(row, bytes) and len(row) % 32 == 0, "digests")
    digests = [row[i:i + 32].hex() for i in range(0, len(row), 32)]
    me.need(sorted(set(digests)) == digests, "digests out of order")
    return {"issuer": code(issuer), "as_of": instant(as_of), "digests": digests}


READERS = {"delegation": read_delegation, "rollover": read_rollover, "genuine-list": read_genuine_list}


def kind_of(said, kinds):
    """The kind that a domain string names; a higher number is newer."""
    words = said.split(" ")
    me.need(len(words) == 3 and words[0] == "elic" and words[1] in kinds, "format")
    me.need(words[2].isdigit() and str(int(words[2])) == words[2] and words[2] != "0", "format number")
    if words[2] != "1":
        raise me.Newer()
    return words[1]


def said_by(raw):
    """The first text of an array, whatever follows."""
    me.need(len(raw) > 1 and 0x80 <= raw[0] <= 0x97 and 0x60 <= raw[1] <= 0x77, "envelope")
    return raw[2:2 + raw[1] - 0x60].decode("ascii", "replace")


def read(header, raw):
    if "certificate" not in header:
        kind_of(said_by(raw), ("trust-list",))
        envelope = me.read_cbor(raw, 2, 32)
        me.need(len(envelope) == 5, "parts")
        _, certificate, _, content, signature = envelope
        me.need(signature_holds("trust-list", certificate, content, signature), "signature")
        assert me.sm3(certificate).hex() == header["signer"], "fingerprint"
        return read_list(content)
    certificate = bytes.fromhex(header["certificate"])
    kind = kind_of(said_by(raw), OBJECTS)
    envelope = me.read_cbor(raw, 1, 16)
    me.need(len(envelope) == 4, "parts")
    _, signer, content, signature = envelope
    me.need(signer == me.sm3(certificate) and signature_holds(kind, certificate, content, signature), "signature")
    return READERS[kind](content, certificate)


def outcome(header, raw):
    try:
        return "ok", read(header, raw)
    except me.Newer:
        return "newer", None
    except me.Malformed:
        return "malformed", None


def check(source, module):
    global me
    me = module
    faults, count, right = [], 0, 0
    for path in sorted((pathlib.Path(source) / "testdata/vectors/trust").glob("*.txt")):
        head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        header = dict(line.split(": ", 1) for line in head.splitlines())
        found, meaning = outcome(header, bytes.fromhex(body.strip()))
        count += 1
        if found != header["expect"]:
            faults.append(f"trust/{path.name}: {found}, expected {header['expect']}")
        elif found == "ok":
            right += 1
            if meaning != json.loads(header["meaning"]):
                faults.append(f"trust/{path.name}: another meaning: {json.dumps(meaning, ensure_ascii=False)}")
    print(f"independent reader: {count} trust vectors", file=sys.stdout)
    return faults if count >= 90 and right == 4 else faults + ["too few trust vectors"]
