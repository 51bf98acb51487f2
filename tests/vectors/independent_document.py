#!/usr/bin/env python3
"""A second judge of sealed documents, written from docs/format/ofd.md and seal.md and sharing nothing with the library or with the program that makes the vectors but
the arithmetic of SM2: for every file of testdata/vectors/document it says by its own reading what is broken, and must agree with index.json. It reads the code's
content, not its picture; where a page may be drawn otherwise it compares the outlines of glyphs, and the parts with those of base.ofd, which is the same license.
Usage: independent_document.py SOURCE_DIR"""
import base64
import json
import pathlib
import re
import struct
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import independent  # noqa: E402
import independent_x509 as x509  # noqa: E402
from independent import G, N, add, be32, sm2_verify, sm3, times  # noqa: E402
from independent_seal import Fault, inside, local, values  # noqa: E402

x509.me = independent
AUTHORITY = "示例省政务服务局（测试）"
GM_SIGNED, SM2_SM3 = bytes.fromhex("2a811ccf550601040202"), bytes.fromhex("2a811ccf55018375")
PKCS7_SIGNED = bytes.fromhex("2a864886f70d010702")
TIME_STAMPING = bytes.fromhex("2b06010505070308")
UNREADABLE = (Fault, ValueError, IndexError, StopIteration, AttributeError, independent.Malformed)
NO_SEAL = {"check.not_run"}
# What leaves a document unconfirmed; everything else makes it invalid.
UNSURE = {"check.not_run", "document.unsigned", "coverage.part_uncovered", "coverage.unreferenced", "seal.newer", "seal.critical_extension", "digests.unsupported",
          "seal.bare_signature", "seal.time_unknown", "seal.maker_no_anchor", "sealer.no_anchor", "time_stamp.no_anchor", "text.not_indexed",
          "code.foreign", "certificate.crl_unusable", "sealer.crl_unusable", "seal.maker_crl_unusable"}


def at_8(text):
    """A GeneralizedTime as the certificates' reader writes instants."""
    return x509.time_of(x509.Item(b"\x18" + bytes([len(text)]) + text))


def without_z(point, message, signature):
    """Whether it holds for SM3 of the message alone."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    found = add(times(s, G), times((r + s) % N, point))
    return found is not None and (int.from_bytes(sm3(message), "big") + found[0]) % N == r


def how_it_holds(point, message, signature):
    """right, empty_id, without_z or wrong; the signature as SEQUENCE { r, s } or as 64 octets."""
    if len(signature) != 64:
        try:
            signature = b"".join(be32(int.from_bytes(number[1], "big")) for number in inside(values(signature)[0]))
        except (*UNREADABLE, OverflowError):
            return "wrong"
    if len(signature) != 64:
        return "wrong"
    if sm2_verify(point, message, signature):
        return "right"
    if sm2_verify(point, message, signature, b""):
        return "empty_id"
    return "without_z" if without_z(point, message, signature) else "wrong"


class Judge:
    """What is broken in one document: findings, by their codes."""

    def __init__(self, parts, base, root, code, clock, revocations=()):
        self.parts, self.base, self.roots, self.clock, self.revocations = parts, base, [root], clock, revocations
        self.license, self.payload = code
        self.broken, self.altered, self.covered, self.signers = set(), set(), set(), []

    def say(self, condition, code):
        if not condition:
            self.broken.add(code)

    def path(self, text, here=""):
        """A location as a path in the package: from the root, or from the folder of the part that names it."""
        return text.lstrip("/") if text.startswith("/") else (here.rsplit("/", 1)[0] + "/" if "/" in here else "") + text

    def tree(self, name):
        return ElementTree.fromstring(self.parts[name])

    def run(self):
        lists = [e.text for e in self.tree("OFD.xml").iter() if local(e) == "Signatures"]
        self.read_document()
        if not lists:
            self.broken |= {"document.unsigned"} | NO_SEAL
        else:
            name = self.path(lists[0])
            self.own = {name}
            for entry in self.tree(name).iter():
                if local(entry) == "Signature":
                    self.signature(self.path(entry.get("BaseLoc"), name), entry.get("Type", "Seal"))
            self.coverage()
        if self.signers:
            self.say(any(reached and AUTHORITY.encode() in c.subject for c, reached in self.signers), "seal.issuer_differs")
        # The code's certificate is of the same authority: while its list is out of date the code shows no license to agree with.
        if any(each.due and each.due < self.clock for each in self.revocations):
            self.broken |= {"certificate.crl_unusable", "check.not_run"}
            self.broken.discard("seal.issuer_differs")
            return self.broken
        self.metadata()
        self.text_layer()
        self.face()
        return self.broken

    # ---------------------------------------------------------------- signatures

    def signature(self, name, kind):
        root = self.tree(name)
        self.covered.add(name)
        method = next(e.get("CheckMethod") for e in root.iter() if local(e) == "References")
        for reference in (e for e in root.iter() if local(e) == "Reference"):
            part = self.path(reference.get("FileRef"), name)
            if part not in self.parts:
                self.broken.add("document.part_missing")
            elif method not in ("1.2.156.10197.1.401", "SM3"):
                self.broken.add("digests.unsupported")
                self.covered.add(part)
            elif sm3(self.parts[part]) != base64.b64decode(reference[0].text, validate=True):
                self.broken.add("document.altered")
                self.altered.add(part)
            else:
                self.covered.add(part)
        value = self.path(next(e.text for e in root if local(e) == "SignedValue"), name)
        self.own.add(value)
        if value not in self.parts:
            self.broken |= {"signatures.malformed"} | NO_SEAL
            return
        seal_file = next((self.path(e[0].text, name) for e in root[0] if local(e) == "Seal"), None)
        try:
            first = inside(values(self.parts[value])[0])
            if first[0][0] == 0x30 and len(first) == 2:
                return self.seal_signature_version_1(first, name, seal_file)
            if first[0][0] == 0x30:
                return self.seal_signature(first, name, seal_file)
            self.broken |= NO_SEAL
            if first[0][1] in (GM_SIGNED, PKCS7_SIGNED) and kind == "Sign":
                return self.signed_data(first[1], name)
            self.broken.add("seal.bare_signature" if [n[0] for n in first] == [2, 2] else "seal.malformed")
        except UNREADABLE:
            self.broken |= {"seal.malformed"} | NO_SEAL

    def note_signature(self, how):
        self.say(how == "right", {"right": "", "empty_id": "seal.signature_empty_id", "without_z": "seal.signature_without_z",
                                  "wrong": "seal.signature_wrong"}[how])

    def unrevoked(self, certificate, at, who):
        """Whether its authority's list lets it stand: a lost key may have signed at any time, whatever it claims."""
        for each in self.revocations:
            if each.issuer != certificate.issuer or not any(each.issued_by(root) for root in self.roots):
                continue
            when, lost = each.revoked.get(certificate.serial, ("9999", None))
            if when <= at or lost:
                self.broken.add(f"{who}revoked")
                return False
            if each.due and each.due < self.clock:
                self.broken.add(f"{who}crl_unusable")
                return False
        return True

    def sealer(self, certificate, at):
        """The certificate of whoever sealed, at that time."""
        if not certificate.may_sign():
            self.broken.add("sealer.may_not_sign")
        else:
            self.say(certificate.valid_at(at), "sealer.not_valid_then")
        reached = x509.chain(certificate, [], self.roots, at)
        self.say(reached, "sealer.no_anchor")
        self.signers.append((certificate, reached and self.unrevoked(certificate, at, "sealer.")))

    def seal_signature(self, members, name, seal_file):
        to_sign, certificate, algorithm, value, *more = members
        version, seal, time, data_hash, where = inside(to_sign)[:5]
        info, maker, _, maker_signature = inside(seal)[:4]
        header, _, properties, _, *extensions = inside(info)
        seal_version = inside(header)[1]
        if seal_version[1] not in (b"\x04", b"\x05"):
            self.broken |= {"seal.newer"} | NO_SEAL
            return
        if algorithm[1] != SM2_SM3:
            raise Fault("another algorithm")
        self.say(version[1] == seal_version[1], "seal.versions_differ")
        self.say(data_hash[1] == b"\0" + sm3(self.parts[name]), "seal.digest_wrong")
        self.say(where[1].decode() == "/" + name, "seal.path_wrong")
        for extension in (each for group in extensions for each in inside(group)):
            self.say(inside(extension)[1][1] != b"\xff", "seal.critical_extension")
        sealer, at = x509.Certificate(certificate[1]), at_8(time[1])
        self.note_signature(how_it_holds(sealer.point, to_sign[2], value[1][1:]))
        self.sealer(sealer, at)
        self.seal(info, x509.Certificate(maker[1]), maker_signature, inside(properties), certificate[1], at)
        if seal_file is not None:
            self.say(seal[2] == self.parts.get(seal_file), "seal.copy_differs")
        for stamp in more:
            self.time_stamp(inside(stamp, 0xA0)[0][1][1:], value[1][1:])

    def seal_signature_version_1(self, members, name, seal_file):
        to_sign, value = members
        version, seal, time, data_hash, where, certificate, algorithm = inside(to_sign)
        info, maker = inside(seal)
        maker, maker_algorithm, maker_signature = inside(maker)
        header, _, properties, _ = inside(info)
        if algorithm[1] != SM2_SM3 or maker_algorithm[1] != SM2_SM3 or version[1] != b"\x01":
            raise Fault("another algorithm, another version")
        self.say(inside(header)[1][1] == b"\x01", "seal.versions_differ")
        self.say(data_hash[1] == b"\0" + sm3(self.parts[name]), "seal.digest_wrong")
        self.say(where[1].decode() == "/" + name, "seal.path_wrong")
        known = re.fullmatch(rb"\0([0-9]{14}Z)", time[1])
        sealer, at = x509.Certificate(certificate[1]), at_8(known[1]) if known else self.clock
        self.say(known, "seal.time_unknown")
        self.note_signature(how_it_holds(sealer.point, to_sign[2], value[1][1:]))
        self.sealer(sealer, at)
        kind, title, listed, *dates = inside(properties)
        dates = [(0x18, b"20" + date[1], b"") for date in dates]
        content = info[2] + maker[2] + maker_algorithm[2]  # the maker signs its certificate and algorithm too
        over = (0x30, content, b"\x30\x82" + len(content).to_bytes(2, "big") + content)
        self.seal(over, x509.Certificate(maker[1]), maker_signature, [kind, title, (2, b"\x01", b""), listed, *dates],
                  certificate[1], at, known)
        if seal_file is not None:
            self.say(seal[2] == self.parts.get(seal_file), "seal.copy_differs")

    def seal(self, info, maker, signature, properties, sealer, at, time_known=True):
        _, _, kind, listed, made, start, end = properties
        made, start, end = (at_8(each[1]) for each in (made, start, end))
        self.say(how_it_holds(maker.point, info[2], signature[1][1:]) == "right", "seal.maker_signature_wrong")
        self.say(maker.may_sign(), "seal.maker_may_not_sign")
        self.say(maker.valid_at(made), "seal.maker_not_valid_then")
        reached = x509.chain(maker, [], self.roots, made)
        self.say(reached, "seal.maker_no_anchor")
        if reached:
            self.unrevoked(maker, made, "seal.maker_")
        if start > end:
            self.broken.add("seal.dates_reversed")
        elif time_known:
            self.say(start <= at <= end, "seal.not_in_force_then")
        names = [each[1] for each in inside(listed)] if kind[1] == b"\x01" else []
        self.say(sealer in names, "seal.sealer_not_listed")

    def signed_data(self, wrapped, name):
        _, _, content, certificates, infos = inside(inside(wrapped, 0xA0)[0])
        signer = x509.Certificate(inside(certificates, 0xA0)[0][2])
        info = inside(inside(infos, 0x31)[0])
        attributes = next((each for each in info if each[0] == 0xA0), None)
        if attributes is None:  # the digest is the content, and is signed; it names no time of its own
            digest = over = inside(inside(content)[1], 0xA0)[0][1]
            at = self.clock
        else:  # the digest is an attribute, and the attributes are signed, as the SET that they are
            given = {inside(each)[0][1][-1]: inside(inside(each)[1], 0x31)[0] for each in inside(attributes, 0xA0)}
            digest, over, at = given[4][1], b"\x31" + attributes[2][1:], at_8(b"20" + given[5][1])
        self.say(digest == sm3(self.parts[name]), "seal.digest_wrong")
        self.note_signature(how_it_holds(signer.point, over, info[-1][1]))
        self.sealer(signer, at)

    def time_stamp(self, token, stamped):
        try:
            data = inside(inside(inside(values(token)[0])[1], 0xA0)[0])
            info = inside(inside(data[2])[1], 0xA0)[0][1]
            _, _, imprint, _, time = inside(values(info)[0])[:5]
            authority = x509.Certificate(inside(data[3], 0xA0)[0][2])
            attributes = next(each for each in inside(inside(data[4], 0x31)[0]) if each[0] == 0xA0)
            value = inside(inside(data[4], 0x31)[0])[-1][1]
        except UNREADABLE:
            self.broken.add("time_stamp.malformed")
            return
        if inside(imprint)[1][1] != sm3(stamped):
            self.broken.add("time_stamp.imprint_wrong")
            return
        named = [inside(each)[1][1][2:] for each in inside(attributes, 0xA0) if inside(each)[0][1].endswith(b"\x09\x04")]
        over = b"\x31" + attributes[2][1:]
        if named != [sm3(info)] or how_it_holds(authority.point, over, value) != "right":
            self.broken.add("time_stamp.signature_wrong")
            return
        usage = authority.extensions.get(x509.EXTENDED_USAGE)
        if usage is None or [each.content for each in usage] != [TIME_STAMPING]:
            self.broken.add("time_stamp.authority_unfit")
            return
        self.say(x509.chain(authority, [], self.roots, at_8(time[1])), "time_stamp.no_anchor")

    # ---------------------------------------------------------------- the document

    def read_document(self):
        """Which parts are seen, and which are named at all."""
        document = next(self.path(e.text) for e in self.tree("OFD.xml").iter() if local(e) == "DocRoot")
        self.shown, self.named, self.pages, self.fonts = {document}, {"OFD.xml"}, [], {}
        for element in self.tree(document).iter():
            if local(element) in ("Page", "TemplatePage"):
                self.pages.append(self.path(element.get("BaseLoc"), document))
            elif local(element) in ("PublicRes", "DocumentRes"):
                self.resources(self.path(element.text, document))
            elif local(element) in ("CustomTags", "Attachments"):
                name = self.path(element.text, document)
                self.named |= {name} | {self.path(e.text, name) for e in self.tree(name).iter() if local(e) == "FileLoc"}
        self.shown |= set(self.pages)
        self.texts = {}
        for page in self.pages:
            for element in self.tree(page).iter():
                if local(element) == "TextObject":
                    self.texts[element.get("ID")] = element

    def resources(self, name):
        root = self.tree(name)
        folder = self.path(root.get("BaseLoc"), name) + "/"
        self.shown.add(name)
        for element in root.iter():
            if local(element) in ("FontFile", "MediaFile"):
                self.shown.add(folder + element.text)
            if local(element) == "Font":
                self.fonts[element.get("ID")] = folder + element[0].text

    def coverage(self):
        left = set(self.parts) - self.covered - self.altered - self.own
        if left & self.shown:
            self.broken.add("coverage.face_uncovered")
        elif left - self.named:
            self.broken.add("coverage.unreferenced")
        elif left:
            self.broken.add("coverage.part_uncovered")

    def said(self, name, text):
        """Whether the code says the same of this item; None where this reader does not ask."""
        code = {"ZZBH": self.license["number"], "ZZBS": self.license["id"], "CZZT": self.license["holders"][0]["name"],
                "CZZTDM": self.license["holders"][0]["code"], "ZZBFJG": AUTHORITY, "elic.payload": self.payload}
        dates = {"ZZBFRQ": self.license["issued_on"], "ZZYXQQSRQ": self.license["valid_from"], "ZZYXQJZRQ": self.license["valid_until"]}
        if name in dates:
            return [int(n) for n in re.findall("[0-9]+", text)] == [int(n) for n in dates[name].split("-")]
        face = {item["key"]: item["text"] for item in self.license["face"] if item["carried"] == "value" and item["key"]}
        return text == code[name] if name in code else None if name not in face or "-" in face[name] else text == face[name]

    def metadata(self):
        for element in self.tree("OFD.xml").iter():
            if local(element) == "CustomData":
                self.say(self.said(element.get("Name"), element.text) is not False, "metadata.differs")

    def text_layer(self):
        indexed = set()
        index = next(name for name in self.named if name.endswith("CustomTag.xml"))
        for entry in self.tree(index):
            objects = [self.texts[reference.text] for reference in entry]
            text = "".join(code.text for each in objects for code in each if local(code) == "TextCode")
            if any(each.get("Alpha") == "0" or each.get("Visible") == "false" for each in objects):
                self.broken.add("text.hidden")
                return
            same = self.said(local(entry), text)
            self.say(same is not False, "text.differs")
            indexed.add(text)
        holder = self.license["holders"][0]["name"]
        self.say({self.license["number"], holder} <= indexed or "text.differs" in self.broken, "text.not_indexed")

    def face(self):
        """Drawn again from the same code and metadata the document is base.ofd."""
        drawn_with = [re.findall(rb'Name="(elic\.(?:layout|fonts|drawing))">([^<]*)<', parts["OFD.xml"]) for parts in (self.parts, self.base)]
        if drawn_with[0] != drawn_with[1]:
            return  # named are a layout or fonts that this machine has not: it cannot be drawn again
        license_part = next((name for name in self.named if name.endswith("License.xml")), None)
        if license_part not in self.parts:
            return  # there is nothing to draw it from
        same = {name: self.parts.get(name) == part for name, part in self.base.items() if "/Signs/" not in name and name != "OFD.xml"}
        entry = [[(local(e), dict(e.attrib), e.text) for e in ElementTree.fromstring(parts["OFD.xml"]).iter()
                  if local(e) not in ("Signatures",)] for parts in (self.parts, self.base)]
        self.say(all(same.values()) and entry[0] == entry[1] and self.shown <= set(self.base), "face.differs")

    # ---------------------------------------------------------------- glyphs

    def drawn(self):
        """{object: (text, what its glyphs show)} where the two differ."""
        known = {}
        for part in set(self.fonts.values()):
            font = Font(self.base[part])
            known[part] = {font.outline(glyph): chr(code) for code, glyph in sorted(font.characters.items(), reverse=True)}
        differ = {}
        for identifier, element in self.texts.items():
            part = self.fonts[element.get("Font")]
            font = Font(self.parts[part])
            text = "".join(code.text for code in element if local(code) == "TextCode")
            glyphs = [font.characters.get(ord(c), 0) for c in text]
            for change in (e for e in element if local(e) == "CGTransform"):
                at, count = int(change.get("CodePosition")), int(change.get("CodeCount"))
                glyphs[at:at + count] = map(int, change[0].text.split())
            shown = "".join(known[part].get(font.outline(glyph), "\ufffd") for glyph in glyphs)
            if shown != text:
                differ[identifier] = (text, shown)
        return differ


class Font:
    """Characters and outlines of a TrueType file."""

    def __init__(self, data):
        self.data = data
        self.tables = {data[at:at + 4]: struct.unpack_from(">II", data, at + 8) for at in range(12, 12 + 16 * data[5], 16)}
        self.long = struct.unpack_from(">H", data, self.tables[b"head"][0] + 50)[0]
        self.characters = {}
        at = self.tables[b"cmap"][0]
        at += struct.unpack_from(">I", data, at + 8)[0]
        if struct.unpack_from(">H", data, at)[0] != 4:
            raise Fault("a character map of another form")
        count = struct.unpack_from(">H", data, at + 6)[0] // 2
        ends, starts, deltas, offsets = (struct.unpack_from(f">{count}H", data, at + 14 + skip) for skip in
                                         (0, 2 * count + 2, 4 * count + 2, 6 * count + 2))
        for start, end, delta, offset in zip(starts, ends, deltas, offsets):
            if offset:
                raise Fault("a character map with an array")
            self.characters.update({code: (code + delta) & 0xFFFF for code in range(start, end + 1) if code != 0xFFFF})

    def outline(self, glyph):
        size, scale, form = (4, 1, ">II") if self.long else (2, 2, ">HH")
        begin, end = struct.unpack_from(form, self.data, self.tables[b"loca"][0] + size * glyph)
        start = self.tables[b"glyf"][0]
        return self.data[start + scale * begin:start + scale * end]


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def is_part_of_a_seal(data):
    """electronic-seal or seal-signature; None for anything else."""
    first = inside(values(data)[0])[0]
    if inside(first)[0][0] == 0x02:
        return "seal-signature" if is_part_of_a_seal(inside(first)[1][2]) else None
    return "electronic-seal" if inside(inside(first)[0])[0][1:2] == (b"ES",) else None


def unseen(base, root, code, clock):
    """Parts of the base in which a flipped bit breaks nothing: there must be none, else this judge proves nothing."""
    for name, part in base.items():
        middle = len(part) // 2
        altered = dict(base, **{name: part[:middle] + bytes([part[middle] ^ 1]) + part[middle + 1:]})
        try:
            if not Judge(altered, base, root, code, clock).run():
                yield name
        except (*UNREADABLE, KeyError, TypeError, struct.error, ElementTree.ParseError):
            continue


def main():
    source = pathlib.Path(sys.argv[1])
    folder = source / "testdata/vectors/document"
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    base = parts_of(folder / "base.ofd")
    pem = "".join(line for line in (folder / "TEST-root.pem").read_text().splitlines() if "-----" not in line)
    root = x509.Certificate(base64.b64decode(pem))
    faults = [] if root.digest in (folder / "trust.pin").read_text() else ["the root is not the pinned one"]
    reader = independent.Reader(source)
    payload = re.search('Name="elic.payload">([0-9]+)<', base["OFD.xml"].decode())[1]
    pack = next(name for name, each in reader.packs.items() if each.json["code"] == "11100000MB0143028R902")
    found, license_ = independent.outcome(reader, {"pack": pack}, payload, AUTHORITY)
    if found != "ok":
        faults.append(f"the code is {found}")
    code = license_, payload
    revocations = [x509.RevocationList(path.read_bytes()) for path in folder.glob("trust/versions/*/revocation/*.crl")]
    if not revocations or not all(each.issued_by(root) for each in revocations):
        faults.append("no list of revoked certificates, or none of the root's")
    glyphs_told = 0
    for entry in index["vectors"]:
        if not entry["file"].endswith(".ofd"):
            family = is_part_of_a_seal((folder / entry["file"]).read_bytes())
            if family is None or (family, entry["verdict"], entry["findings"][0]) != (entry["family"], "indeterminate", "code.foreign"):
                faults.append(f"{entry['file']}: {family}")
            continue
        parts = parts_of(folder / entry["file"])
        judge = Judge(parts, base, root, code, entry["clock"], revocations)
        broken = judge.run()
        known = set(entry["findings"]) if entry["verdict"] != "valid" else set()
        if broken != known:
            faults.append(f"{entry['file']}: {sorted(broken)}, in the index {sorted(known)}")
        verdict = "invalid" if broken - UNSURE else "indeterminate" if broken else "valid"
        if verdict != entry["verdict"]:
            faults.append(f"{entry['file']}: {verdict}, in the index {entry['verdict']}")
        differ = judge.drawn()
        glyphs_told += bool(differ)
        for text, shown in differ.values():
            print(f"{entry['file']}: the text is {text}, its glyphs show {shown}")
        # Painted over is not drawn otherwise: there the page has objects that the license does not give.
        if differ and not entry["file"].startswith("glyphs"):
            faults.append(f"{entry['file']}: glyphs show another text")
    if glyphs_told < 2:
        faults.append("glyphs that show another text were not told")
    faults += [f"{name}: a flipped bit breaks nothing" for name in unseen(base, root, code, index["vectors"][0]["clock"])]
    print("\n".join(faults) if faults else f"{len(index['vectors'])} documents judged as the index says")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
