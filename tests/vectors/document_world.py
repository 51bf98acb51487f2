"""What make_document_vectors.py builds with: DER, SM2 signatures whose nonces come from the message, certificates, seals, seal signatures, signed data, time
stamps and OFD packages, each with the fault that is asked for. The key of each actor has the scalar SM3("elic TEST key N")."""
import base64
import binascii
import io
import re
import struct
import zipfile

from independent import A, B, G, N, be32, sm3, times

SM2_SM3, SM3 = bytes.fromhex("06082a811ccf55018375"), bytes.fromhex("06082a811ccf55018311")
SM2_SIGN = bytes.fromhex("06092a811ccf5501822d01")
GM_DATA, GM_SIGNED = bytes.fromhex("060a2a811ccf550601040201"), bytes.fromhex("060a2a811ccf550601040202")
PKCS7_DATA, PKCS7_SIGNED = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("06092a864886f70d010702")
CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME = (bytes.fromhex("06092a864886f70d0109") + bytes([n]) for n in (3, 4, 5))
SPKI = bytes.fromhex("301306072a8648ce3d020106082a811ccf5501822d")


# ---------------------------------------------------------------- DER

def tlv(tag, *members):
    content = b"".join(member.encode() if isinstance(member, str) else member for member in members)
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 + len(length)]) + length + content


def seq(*members):
    return tlv(0x30, *members)


def integer(value):
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octets(content):
    return tlv(0x04, content)


def bits(content):
    return tlv(0x03, b"\0", content)


def members(der):
    """The members of a constructed value, each with its header."""
    def header(at):
        if der[at + 1] < 128:
            return at + 2, der[at + 1]
        count = der[at + 1] & 127
        return at + 2 + count, int.from_bytes(der[at + 2:at + 2 + count], "big")
    at, size = header(0)
    end, found = at + size, []
    while at < end:
        start, size = header(at)
        found.append(der[at:start + size])
        at = start + size
    return found


# ---------------------------------------------------------------- SM2

class Key:
    def __init__(self, scalar):
        self.scalar, self.point = scalar, times(scalar, G)
        self.bytes = b"\x04" + be32(self.point[0]) + be32(self.point[1])

    def sign(self, message, how="right"):
        """As DER; how: right, empty_id (OpenSSL's default), without_z (SM3 of the message alone), raw (r || s)."""
        user_id = b"" if how == "empty_id" else b"1234567812345678"
        z = sm3((len(user_id) * 8).to_bytes(2, "big") + user_id + b"".join(map(be32, (A, B, *G, *self.point))))
        e = int.from_bytes(sm3(message if how == "without_z" else z + message), "big")
        nonce = be32(self.scalar) + be32(e)
        while True:
            nonce = sm3(nonce)  # the same message gives the same signature
            k = int.from_bytes(nonce, "big")
            if not 0 < k < N:
                continue
            r = (e + times(k, G)[0]) % N
            s = pow(1 + self.scalar, -1, N) * (k - r * self.scalar) % N
            if r and s and r + k != N:
                return be32(r) + be32(s) if how == "raw" else seq(integer(r), integer(s))

    def pem(self):
        inner = seq(integer(1), octets(be32(self.scalar)), tlv(0xA1, bits(self.bytes)))
        text = base64.encodebytes(seq(integer(0), SPKI, octets(inner))).decode().replace("\n", "")
        lines = "\n".join(text[at:at + 64] for at in range(0, len(text), 64))
        return f"-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\n"


def test_key(number):
    return Key(int.from_bytes(sm3(f"elic TEST key {number}".encode()), "big"))


def from_pem(text):
    return base64.b64decode("".join(line for line in text.splitlines() if "-----" not in line))


def key_from_pem(text):
    return Key(int.from_bytes(members(members(from_pem(text))[2][2:])[1][2:], "big"))


# ---------------------------------------------------------------- certificates

SIGNS, ENCIPHERS = b"\x03\x02\x06\xc0", b"\x03\x02\x05\x20"


class Actor:
    """A key and its certificate."""

    def __init__(self, key, der):
        self.key, self.der = key, der

    def issuer_and_serial(self):
        tbs = members(members(self.der)[0])
        return seq(tbs[3], tbs[1])


def certified(issuer, key, name, usage=SIGNS, start="20261101000000Z", end="20311101000000Z", stamps=False):
    """A certificate by an issuer of whatever kind is asked for; issuer None: by itself."""
    common = seq(tlv(0x31, seq(bytes.fromhex("0603550403"), tlv(0x0C, name))))
    above = members(members(issuer.der)[0])[5] if issuer else common
    # An authority's key is named by the identifier in its own certificate, which stands there behind this mark.
    identifier = issuer.der.split(bytes.fromhex("551d0e04160414"))[1][:20] if issuer else sm3(key.bytes)[:20]
    marks = [seq(bytes.fromhex("0603551d0e"), octets(octets(sm3(key.bytes)[:20]))),
             seq(bytes.fromhex("0603551d23"), octets(seq(tlv(0x80, identifier)))),
             seq(bytes.fromhex("0603551d0f"), b"\x01\x01\xff", octets(usage))]
    if stamps:
        marks.append(seq(bytes.fromhex("0603551d25"), b"\x01\x01\xff", octets(seq(bytes.fromhex("06082b06010505070308")))))
    tbs = seq(tlv(0xA0, integer(2)), integer(int.from_bytes(sm3(key.bytes + name.encode())[:8], "big")), seq(SM2_SM3), above,
              seq(tlv(0x18, start), tlv(0x18, end)), common, seq(SPKI, bits(key.bytes)), tlv(0xA3, seq(*marks)))
    signer = issuer.key if issuer else key
    return Actor(key, seq(tbs, seq(SM2_SM3), bits(signer.sign(tbs))))


# ---------------------------------------------------------------- seals and signatures

def remade_seal(seal, maker, *, maker_signs=None, listed=None, created=None, start=None, end=None, version=None, extension=False):
    """The seal with something else in it, signed by its maker (or maker_signs, under the maker's certificate)."""
    info = members(members(seal)[0])
    header, property_ = members(info[0]), members(info[2])
    if version:
        header[1] = integer(version)
    if listed:
        property_[3] = seq(octets(listed))
    for place, value in ((4, created), (5, start), (6, end)):
        if value:
            property_[place] = tlv(0x18, value)
    info[0], info[2] = seq(*header), seq(*property_)
    if extension:  # what must be understood and is not
        info.append(seq(seq(GM_DATA, b"\x01\x01\xff", octets(b"x"))))
    info = seq(*info)
    return seq(info, octets(maker.der), SM2_SM3, bits((maker_signs or maker).key.sign(info)))


def seal_signature(seal, sealer, xml, path, *, signs=None, how="right", version=4, over=None, time="20261123020000Z", stamp=None):
    to_sign = seq(integer(version), seal, tlv(0x18, time), bits(sm3(xml if over is None else over)), tlv(0x16, path))
    value = (signs or sealer).key.sign(to_sign, how)
    end = [tlv(0xA0, bits(stamp(value)))] if stamp else []
    return seq(to_sign, octets(sealer.der), SM2_SM3, bits(value), *end)


def seal_version_1(seal, maker, *, maker_signs=None, end=None):
    """The seal as GM/T 0031-2014 has it: other times, no kind of list, and the maker signs its certificate too."""
    header, identifier, property_, picture = members(members(seal)[0])
    header = seq(members(header)[0], integer(1), members(header)[2])
    kind, name, _, listed, *dates = members(property_)
    dates = [tlv(0x17, date[4:]) for date in dates]  # UTCTime has two digits of the year
    if end:
        dates[2] = tlv(0x17, end[2:])
    info = seq(header, identifier, seq(kind, name, listed, *dates), picture)
    certificate = octets(maker.der)
    over = seq(info, certificate, SM2_SM3)
    return seq(info, seq(certificate, SM2_SM3, bits((maker_signs or maker).key.sign(over))))


def seal_signature_version_1(seal, sealer, xml, path, *, signs=None, over=None, time=b"20261123020000Z"):
    to_sign = seq(integer(1), seal, bits(time), bits(sm3(xml if over is None else over)), tlv(0x16, path), octets(sealer.der), SM2_SM3)
    return seq(to_sign, bits((signs or sealer).key.sign(to_sign)))


def signed_data(signer, xml, *, signs=None, over=None):
    digest = sm3(xml if over is None else over)
    info = seq(integer(1), signer.issuer_and_serial(), seq(SM3), seq(SM2_SIGN), octets((signs or signer).key.sign(digest)))
    data = seq(integer(1), tlv(0x31, seq(SM3)), seq(GM_DATA, tlv(0xA0, octets(digest))), tlv(0xA0, signer.der), tlv(0x31, info))
    return seq(GM_SIGNED, tlv(0xA0, data))


def signed_attributes(signer, xml, *, signs=None, over=None, signed=None, as_pkcs7=False, time="261123020000Z"):
    """The other dialect of GB/T 35275: no content; the digest is an attribute, and the attributes are signed (`signed`: those of another file). As PKCS#7 its names are
    those of that, and the attributes stand as they come."""
    data_type, signed_type = (PKCS7_DATA, PKCS7_SIGNED) if as_pkcs7 else (GM_DATA, GM_SIGNED)

    def attributes(file):
        each = [seq(SIGNING_TIME, tlv(0x31, tlv(0x17, time))), seq(CONTENT_TYPE, tlv(0x31, data_type)),
                seq(MESSAGE_DIGEST, tlv(0x31, octets(sm3(file))))]
        return each if as_pkcs7 else sorted(each)
    told = attributes(xml if over is None else over)
    signature = (signs or signer).key.sign(tlv(0x31, *(told if signed is None else attributes(signed))))
    info = seq(integer(1), signer.issuer_and_serial(), seq(SM3), tlv(0xA0, *told), seq(SM2_SIGN), octets(signature))
    return seq(signed_type, tlv(0xA0, seq(integer(1), tlv(0x31, seq(SM3)), seq(data_type), tlv(0xA0, signer.der), tlv(0x31, info))))


def revocation_list(authority, revoked, made, due):
    """Of (certificate, when, reason or None)."""
    def entry(der, when, reason):
        more = [seq(seq(bytes.fromhex("0603551d15"), octets(tlv(0x0A, bytes([reason])))))] if reason else []
        return seq(members(members(der)[0])[1], tlv(0x17, when), *more)
    name = members(members(authority.der)[0])[5]
    number = seq(bytes.fromhex("0603551d14"), octets(integer(1)))
    tbs = seq(integer(1), seq(SM2_SM3), name, tlv(0x17, made), tlv(0x17, due), seq(*(entry(*each) for each in revoked)),
              tlv(0xA0, seq(number)))
    return seq(tbs, seq(SM2_SM3), bits(authority.key.sign(tbs)))


def time_stamp(authority, stamped, how="right"):
    def oid(text):
        return bytes.fromhex(text)
    signed, info_type = PKCS7_SIGNED, oid("060b2a864886f70d0109100104")
    info = seq(integer(1), oid("06032a0304"), seq(seq(SM3), octets(sm3(stamped))), integer(9), tlv(0x18, "20261123020005Z"))
    attributes = (seq(CONTENT_TYPE, tlv(0x31, info_type)), seq(MESSAGE_DIGEST, tlv(0x31, octets(sm3(info)))))
    signer = seq(integer(1), authority.issuer_and_serial(), seq(SM3), tlv(0xA0, *attributes), seq(SM2_SM3),
                 octets(authority.key.sign(tlv(0x31, *attributes), how)))
    data = seq(integer(3), tlv(0x31, seq(SM3)), seq(info_type, tlv(0xA0, octets(info))), tlv(0xA0, authority.der), tlv(0x31, signer))
    return seq(signed, tlv(0xA0, data))


# ---------------------------------------------------------------- packages

class Package:
    """A package whose untouched entries keep their packed octets: what is written does not depend on a version of zlib."""

    def __init__(self, file):
        self.parts, self.packed = {}, {}
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            for entry in archive.infolist():
                self.parts[entry.filename] = archive.read(entry)
                at = entry.header_offset
                at += 30 + sum(struct.unpack_from("<HH", file, at + 26))
                packed = file[at:at + entry.compress_size]
                self.packed[entry.filename] = (self.parts[entry.filename], entry.compress_type, packed)

    def copy(self):
        other = Package.__new__(Package)
        other.parts, other.packed = dict(self.parts), self.packed
        return other

    def replace(self, name, old, new):
        text = self.parts[name]
        old, new = old.encode(), new.encode()
        assert text.count(old) == 1, (name, old, text.count(old))
        self.parts[name] = text.replace(old, new)

    def digests(self, description):
        """Writes the digest of every part that Signature.xml names."""
        def digest(match):
            part = self.parts.get(match[1].decode().lstrip("/"))
            value = base64.b64encode(sm3(part)) if part is not None else match[2]
            return b'<ofd:Reference FileRef="' + match[1] + b'"><ofd:CheckValue>' + value + b"</ofd:CheckValue>"
        self.parts[description] = re.sub(rb'<ofd:Reference FileRef="([^"]*)"><ofd:CheckValue>([^<]*)</ofd:CheckValue>', digest,
                                         self.parts[description])

    def write(self):
        body, directory = b"", b""
        for name, content in self.parts.items():
            old = self.packed.get(name)
            method, packed = old[1:] if old and old[0] == content else (0, content)
            numbers = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 0x21, binascii.crc32(content), len(packed), len(content),
                                  len(name), 0)
            directory += b"PK\1\2" + struct.pack("<H", 20) + numbers + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name.encode()
            body += b"PK\3\4" + numbers + name.encode() + packed
        return body + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(self.parts), len(self.parts), len(directory),
                                                          len(body), 0)
