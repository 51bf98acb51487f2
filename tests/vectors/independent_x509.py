"""The X.509 part of the independent verifier: what docs/format/trust.md (5, chain) and docs/format/revocation.md need of certificates and
revocation lists, with a DER reader of its own. Instants are texts in +08:00, which compare as they lie in time."""
import datetime
import re

me = None  # the module that has SM2 and SM3

SM2_WITH_SM3 = bytes.fromhex("2a811ccf55018375")
KEY_USAGE, BASIC_CONSTRAINTS, EXTENDED_USAGE = b"\x55\x1d\x0f", b"\x55\x1d\x13", b"\x55\x1d\x25"
REASON, INVALIDITY = b"\x55\x1d\x15", b"\x55\x1d\x18"
DIGITAL_SIGNATURE, NON_REPUDIATION, KEY_CERT_SIGN, CRL_SIGN = 0, 1, 5, 6


def oid(text):
    first, second, *rest = map(int, text.split("."))
    out = b""
    for number in (first * 40 + second, *rest):
        digits = [number & 127]
        while number := number >> 7:
            digits.append(number & 127 | 128)
        out += bytes(reversed(digits))
    return out


TRUST_LISTS = oid("2.25.307412318740259172904158204412036189541")


class Item:
    """One DER element: tag, content, and its bytes from the tag on."""

    def __init__(self, data, at=0):
        me.need(at + 2 <= len(data), "DER: cut")
        self.tag, size, start = data[at], data[at + 1], at + 2
        if size > 127:
            count = size & 127
            me.need(1 <= count <= 4, "DER: length")
            size, start = int.from_bytes(data[start:start + count], "big"), start + count
        me.need(start + size <= len(data), "DER: cut")
        self.content, self.end = data[start:start + size], start + size
        self.raw = data[at:self.end]

    def __iter__(self):
        at = 0
        while at < len(self.content):
            item = Item(self.content, at)
            at = item.end
            yield item


def read(kind, data):
    """A Certificate or RevocationList; whatever does not fit is malformed."""
    try:
        return kind(data)
    except (ValueError, IndexError, StopIteration, TypeError):
        raise me.Malformed("DER") from None


def whole(data):
    item = Item(data)
    me.need(item.end == len(data), "DER: bytes after the end")
    return item


def time_of(item):
    text = item.content.decode("ascii")
    if item.tag == 0x17:
        text = ("20" if text[0] < "5" else "19") + text
    utc = datetime.datetime.strptime(text, "%Y%m%d%H%M%SZ")
    return (utc + datetime.timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%S+08:00")


def raw_signature(bits):
    """r || s of a BIT STRING with SEQUENCE { r, s }."""
    r, s = whole(bits.content[1:])
    return b"".join(int.from_bytes(n.content, "big").to_bytes(32, "big") for n in (r, s))


def extensions(items):
    found = {}
    for extension in items:
        parts = list(extension)
        found[parts[0].content] = whole(parts[-1].content)
    return found


def bit(item, place):
    """Of a BIT STRING, counted from the left."""
    raw = item.content[1:]
    return place // 8 < len(raw) and bool(raw[place // 8] >> (7 - place % 8) & 1)


class Certificate:
    def __init__(self, der):
        self.der, self.digest = der, me.sm3(der).hex()
        tbs, algorithm, signature = whole(der)
        me.need(next(iter(algorithm)).content == SM2_WITH_SM3, "another algorithm than SM2 with SM3")
        self.signed, self.signature = tbs.raw, raw_signature(signature)
        parts = [part for part in tbs if part.tag != 0xA0]
        self.serial, self.issuer, self.subject = parts[0].content, parts[2].raw, parts[4].raw
        self.begins, self.ends = map(time_of, parts[3])
        point = list(parts[5])[1].content
        me.need(len(point) == 66 and point[:2] == b"\0\x04", "no SM2 key")
        self.point = int.from_bytes(point[2:34], "big"), int.from_bytes(point[34:], "big")
        self.extensions = {}
        for part in parts[6:]:
            if part.tag == 0xA3:
                self.extensions = extensions(next(iter(part)))

    def valid_at(self, at):
        return self.begins <= at <= self.ends

    def may(self, *places):
        usage = self.extensions.get(KEY_USAGE)
        return usage is None or any(bit(usage, place) for place in places)

    def may_sign(self):
        return self.may(DIGITAL_SIGNATURE, NON_REPUDIATION)

    def may_sign_trust_lists(self):
        usage = self.extensions.get(EXTENDED_USAGE)
        return usage is not None and any(purpose.content == TRUST_LISTS for purpose in usage)

    def path_length(self):
        """None: no CA; else how many CAs may stand below it."""
        constraints = list(self.extensions.get(BASIC_CONSTRAINTS, ()))
        if not constraints or constraints[0].tag != 1 or constraints[0].content == b"\0":
            return None
        return int.from_bytes(constraints[1].content, "big") if len(constraints) > 1 else 100

    def self_issued(self):
        return self.subject == self.issuer

    def is_test(self):
        return any(re.search(rb"\bTEST\b", name) for name in (self.subject, self.issuer))


def holds(certificate, message, signature):
    return me.sm2_verify(certificate.point, message, signature)


def chain(leaf, between, roots, at):
    """The root that the certificate chains to at that instant, or None."""
    for root in roots:
        if root.digest == leaf.digest:
            return root if root.valid_at(at) else None

    def climb(certificate, below):
        if not certificate.valid_at(at):
            return None
        for above in [*roots, *between]:
            is_root = any(above.digest == root.digest for root in roots)
            length = above.path_length()
            fits = above.subject == certificate.issuer and length is not None and length >= below and above.may(KEY_CERT_SIGN)
            if not fits or not above.valid_at(at) or below >= 6 or not holds(above, certificate.signed, certificate.signature):
                continue
            reached = above if is_root else climb(above, below + 1)
            if reached is not None:
                return reached
        return None

    return climb(leaf, 0)


class RevocationList:
    def __init__(self, der):
        tbs, algorithm, signature = whole(der)
        me.need(next(iter(algorithm)).content == SM2_WITH_SM3, "another algorithm than SM2 with SM3")
        self.signed, self.signature = tbs.raw, raw_signature(signature)
        parts = list(tbs)
        me.need(parts[0].tag == 2 and parts[0].content == b"\x01", "version")
        self.issuer, self.made, self.due = parts[2].raw, time_of(parts[3]), None
        rest = parts[4:]
        if rest and rest[0].tag in (0x17, 0x18):
            self.due = time_of(rest.pop(0))
        self.revoked = {}
        if rest and rest[0].tag == 0x30:
            for entry in rest[0]:
                serial, when, *more = entry
                said = extensions(more[0]) if more else {}
                lost = REASON in said and said[REASON].content in (b"\x01", b"\x02")
                since = time_of(said[INVALIDITY]) if INVALIDITY in said else time_of(when)
                self.revoked[serial.content] = time_of(when), since if lost else None

    def issued_by(self, authority):
        return (self.issuer == authority.subject and authority.path_length() is not None and authority.may(CRL_SIGN)
                and holds(authority, self.signed, self.signature))
