"""Certificates and revocation lists for the independent verifier: DER, names, times, key usage, basic constraints, extended key usage,
the issuer's signature, chains (RFC 5280; GB/T 20518; docs/format/revocation.md)."""
import datetime

me = None  # the module that has SM2 and SM3
_verified = {}

TRUST_LIST_USAGE = "2.25.307412318740259172904158204412036189541"


def tlv(raw, at=0):
    """(tag, content, end, whole) of the element at `at`."""
    tag, size, start = raw[at], raw[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        size, start = int.from_bytes(raw[start:start + count], "big"), start + count
    me.need(start + size <= len(raw), "DER cut")
    return tag, raw[start:start + size], start + size, raw[at:start + size]


def elements(raw):
    at, found = 0, []
    while at < len(raw):
        tag, content, at, whole = tlv(raw, at)
        found.append((tag, content, whole))
    return found


def oid(raw):
    numbers, value = [], 0
    for byte in raw:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, [first, numbers[0] - 40 * first] + numbers[1:]))


def moment(tag, raw):
    """UTCTime or GeneralizedTime as this program writes instants: in +08:00."""
    text = raw.decode("ascii")
    if tag == 0x17:
        text = ("19" if text[:2] >= "50" else "20") + text
    at = datetime.datetime.strptime(text, "%Y%m%d%H%M%SZ") + datetime.timedelta(hours=8)
    return at.strftime("%Y-%m-%dT%H:%M:%S+08:00")


def extensions_of(raw):
    found = {}
    for _, content, _ in elements(elements(raw)[0][1]):
        parts = elements(content)
        found[oid(parts[0][1])] = parts[-1][1]
    return found


def signature_of(raw):
    """r || s of an ECDSA-Sig-Value in a BIT STRING."""
    numbers = [int.from_bytes(content, "big") for _, content, _ in elements(elements(raw[1:])[0][1])]
    return b"".join(n.to_bytes(32, "big") for n in numbers)


def holds(point, message, signature):
    key = (point, me.sm3(message), signature)
    if key not in _verified:
        _verified[key] = me.sm2_verify(point, message, signature)
    return _verified[key]


class Certificate:
    def __init__(self, der):
        self.der, self.digest = der, me.sm3(der).hex()
        outer = elements(elements(der)[0][1])
        self.signed, self.signature = outer[0][2], outer[2][1]
        parts = elements(outer[0][1])
        self.serial = int.from_bytes(parts[1][1], "big")
        self.issuer, self.subject = parts[3][2], parts[5][2]
        self.start, self.end = (moment(tag, raw) for tag, raw, _ in elements(parts[4][1]))
        bits = elements(parts[6][1])[1][1]
        me.need(len(bits) == 66 and bits[:2] == b"\0\4", "an SM2 point")
        self.point = (int.from_bytes(bits[2:34], "big"), int.from_bytes(bits[34:], "big"))
        found = extensions_of(parts[7][1]) if len(parts) > 7 else {}
        self.usage = None
        if "2.5.29.15" in found:
            raw = elements(found["2.5.29.15"])[0][1]
            self.usage = {i for i in range(8 * (len(raw) - 1)) if raw[1 + i // 8] >> (7 - i % 8) & 1}
        self.ca, self.path_length = False, None
        if "2.5.29.19" in found:
            for tag, raw, _ in elements(elements(found["2.5.29.19"])[0][1]):
                if tag == 1:
                    self.ca = raw == b"\xff"
                elif tag == 2:
                    self.path_length = int.from_bytes(raw, "big")
        usages = elements(elements(found["2.5.29.37"])[0][1]) if "2.5.29.37" in found else []
        self.extended = {oid(raw) for _, raw, _ in usages}

    def may_sign(self):
        return self.usage is None or bool(self.usage & {0, 1})

    def may_certify(self):
        return self.ca and (self.usage is None or 5 in self.usage)

    def valid_at(self, at):
        return self.start <= at <= self.end

    def is_test(self):
        def says(name):
            for _, part, _ in elements(elements(name)[0][1]):
                for _, pair, _ in elements(part):
                    if "TEST" in elements(pair)[1][1].decode("utf-8", "replace").split():
                        return True
            return False
        return says(self.subject) or says(self.issuer)

    def issued_by(self, other):
        return self.issuer == other.subject and holds(other.point, self.signed, signature_of(self.signature))


def chain(certificate, between, roots, at, below=0):
    """The root that a certificate reaches, every certificate on the way valid then and fit to certify; or None."""
    if not certificate.valid_at(at) or below > 8:
        return None
    for above in roots + between:
        fits = above.may_certify() and (above.path_length is None or below <= above.path_length)
        if above.digest == certificate.digest or not fits or not above.valid_at(at) or not certificate.issued_by(above):
            continue
        reached = above if above in roots else chain(above, between, roots, at, below + 1)
        if reached:
            return reached
    return None


class RevocationList:
    def __init__(self, der):
        outer = elements(elements(der)[0][1])
        self.signed, self.signature = outer[0][2], outer[2][1]
        parts = elements(outer[0][1])
        me.need(parts[0][1] == b"\1", "version 2")
        self.issuer, self.this_update = parts[2][2], moment(parts[3][0], parts[3][1])
        rest = parts[4:]
        self.next_update = None
        if rest and rest[0][0] in (0x17, 0x18):
            self.next_update = moment(rest[0][0], rest[0][1])
            rest = rest[1:]
        self.entries = {}
        if rest and rest[0][0] == 0x30:
            for _, entry, _ in elements(rest[0][1]):
                serial, when, *more = elements(entry)
                found = extensions_of(more[0][2]) if more else {}
                reason = elements(found["2.5.29.21"])[0][1][0] if "2.5.29.21" in found else 0
                since = moment(*elements(found["2.5.29.24"])[0][:2]) if "2.5.29.24" in found else None
                at = moment(when[0], when[1])
                self.entries[int.from_bytes(serial[1], "big")] = (at, reason in (1, 2), since or at)

    def issued_by(self, authority):
        fits = authority.ca and (authority.usage is None or 6 in authority.usage)
        return fits and self.issuer == authority.subject and holds(authority.point, self.signed, signature_of(self.signature))
