#!/usr/bin/env python3
"""Makes testdata/vectors/document: from base.ofd, one valid sealed document of ours, a file for every fault of sealed documents, each fault alone, and index.json with
what a verifier must say of it; and the revocation list of the trust folder. Signed again with TEST keys where the fault needs it. The same bytes every time.
Usage: make_document_vectors.py FOLDER"""
import json
import pathlib
import re
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from document_world import (  # noqa: E402
    ENCIPHERS, Actor, Package, certified, from_pem, key_from_pem, members, remade_seal, revocation_list, seal_signature,
    seal_signature_version_1, seal_version_1, signed_attributes, signed_data, test_key, time_stamp)
from independent import sm3  # noqa: E402

ROOT_KEY = pathlib.Path(__file__).resolve().parents[2] / "testdata/keys/TEST-document-root.key.pem"
CLOCK = "2026-11-24T10:00:00+08:00"
# Of the revocation list, and a clock after it was due.
LISTED, DUE, OVERDUE = "261123120000Z", "261201000000Z", "2026-12-01T10:00:00+08:00"
AUTHORITY = "示例省政务服务局（测试）"
DOC = "Doc_0/"
OFD, PAGE, TAGS, FONT = "OFD.xml", DOC + "Pages/Page_0/Content.xml", DOC + "Tags/CustomTag.xml", DOC + "Res/Font_2.ttf"
LICENSE, SIGNATURES = DOC + "Attachs/License.xml", DOC + "Signs/Signatures.xml"
XML, VALUE, ESL = (DOC + "Signs/Sign_0/" + name for name in ("Signature.xml", "SignedValue.dat", "Seal.esl"))
# Whoever signs without a seal (type Sign) leaves these unasked.
NO_SEAL = ["check.not_run"]
KEY_LOST = 1  # RFC 5280, 5.3.1: keyCompromise

# The faults that must be told apart: each has a file below.
FAULTS = ["signer not in seal", "seal signed by a stranger", "seal expired", "Seal.esl differs", "dataHash wrong", "empty SM2 id",
          "wrong signer key", "timestamp imprint wrong", "bad 35275 signature", "a covered part changed", "a part not covered",
          "a part nobody references", "glyphs show another text than the text layer"]


class World:
    def __init__(self, folder):
        self.base = Package((folder / "base.ofd").read_bytes())
        self.root = Actor(key_from_pem(ROOT_KEY.read_text()), from_pem((folder / "TEST-root.pem").read_text()))
        to_sign, sealer = members(self.base.parts[VALUE])[:2]
        self.seal = members(to_sign)[1]
        self.maker = Actor(test_key(901), content(members(self.seal)[1]))
        self.sealer = Actor(test_key(902), content(sealer))
        self.stranger_root = certified(None, test_key(903), "TEST stranger root")
        self.stranger = certified(self.stranger_root, test_key(904), AUTHORITY)
        self.renewed = certified(self.root, test_key(905), AUTHORITY)
        self.stamper = certified(self.root, test_key(906), "TEST time stamps", stamps=True)
        # Withdrawn before they were used, at 02:00, after, and after because the key is in other hands.
        withdrawn = {"revoked": ("261123010000Z", None), "revoked-later": ("261123060000Z", None), "key-lost": ("261123060000Z", KEY_LOST)}
        self.sealers = {name: certified(self.root, test_key(913 + n), AUTHORITY) for n, name in enumerate(withdrawn)}
        self.makers = {name: certified(self.root, test_key(916 + n), f"TEST seal maker {n}") for n, name in enumerate(withdrawn)}
        self.revocation_list = revocation_list(self.root, [
            (those[name].der, *entry) for those in (self.sealers, self.makers) for name, entry in withdrawn.items()], LISTED, DUE)

    def document(self, *, before=None, seal=None, sealer=None, esl=None, value=None, type_="Seal", drop=None, after=None, **signature):
        """The base sealed anew: before changes parts that are then signed, after changes what was signed; drop is a part that
        Signature.xml does not name; value makes the signed value instead of a seal signature."""
        package = self.base.copy()
        seal, sealer = seal or self.seal, sealer or self.sealer
        package.parts[ESL] = seal if esl is None else esl
        if before:
            before(package)
        if type_ == "Sign":
            package.replace(SIGNATURES, 'Type="Seal"', 'Type="Sign"')
            package.replace(XML, f"<ofd:Seal><ofd:BaseLoc>/{ESL}</ofd:BaseLoc></ofd:Seal>", "")
            package.replace(XML, f'<ofd:Reference FileRef="/{ESL}">', '<ofd:Reference FileRef="/gone">')
            del package.parts[ESL]
            drop = "gone"
        if drop:
            text = package.parts[XML].decode()
            start = text.index(f'<ofd:Reference FileRef="/{drop}">')
            end = text.index("</ofd:Reference>", start) + len("</ofd:Reference>")
            package.parts[XML] = (text[:start] + text[end:]).encode()
        package.digests(XML)
        xml = package.parts[XML]
        if value:
            package.parts[VALUE] = value(xml)
        else:
            package.parts[VALUE] = seal_signature(seal, sealer, xml, signature.pop("path", "/" + XML), **signature)
        if after:
            after(package)
        return package.write()

    def remade(self, **faults):
        return remade_seal(self.seal, faults.pop("maker", self.maker), **faults)

    def stamped(self, authority, over=None, how="right"):
        return self.document(stamp=lambda value: time_stamp(authority, value if over is None else over, how))

    def version_1(self, *, maker_signs=None, end=None, **faults):
        seal = seal_version_1(self.seal, self.maker, maker_signs=maker_signs, end=end)
        return self.document(esl=seal, value=lambda xml: seal_signature_version_1(seal, self.sealer, xml, "/" + XML, **faults))

    def by(self, sealer, **more):
        """Sealed by another, whom the seal names."""
        return self.document(seal=self.remade(listed=sealer.der), sealer=sealer, **more)


def content(der):
    """What an OCTET STRING holds."""
    return der[2 if der[1] < 128 else 2 + (der[1] & 127):]


def replaced(name, old, new):
    return lambda package: package.replace(name, old, new)


def put(name, value):
    return lambda package: package.parts.__setitem__(name, value)


def removed(*names):
    def remove(package):
        for name in names:
            del package.parts[name]
    return remove


def show_another(package):
    """In the subset's character map 李 takes the glyph of 公: the name is drawn as another, its text stays."""
    font = bytearray(package.parts[FONT])
    tables = {bytes(font[at:at + 4]): struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * font[5], 16)}
    at = tables[b"cmap"] + struct.unpack_from(">I", font, tables[b"cmap"] + 8)[0]
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    segment = {struct.unpack_from(">H", font, at + 14 + 2 * n)[0]: n for n in range(count)}
    deltas = at + 16 + 4 * count
    glyph = (ord("公") + struct.unpack_from(">h", font, deltas + 2 * segment[ord("公")])[0]) & 0xFFFF
    struct.pack_into(">H", font, deltas + 2 * segment[ord("李")], (glyph - ord("李")) & 0xFFFF)
    package.parts[FONT] = bytes(font)


def without_layout(package):
    """As if another program had made the document."""
    package.parts[OFD] = re.sub(rb'<ofd:CustomData Name="elic.layout">[^<]*</ofd:CustomData>', b"", package.parts[OFD])


def of_another_font(package):
    """As if the page had been drawn with a font that this machine lacks."""
    text = package.parts[OFD]
    at = text.index(b"ukai ") + 5
    package.parts[OFD] = text[:at] + (b"0" if text[at:at + 1] != b"0" else b"1") + text[at + 1:]


def unsigned(package):
    package.replace(OFD, "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>", "")
    removed(SIGNATURES, XML, VALUE, ESL)(package)


def signed_again(world, signs=None):
    """A second signature in the list, in which everything is right, or made by another's key."""
    def sign(package):
        package.replace(SIGNATURES, "</ofd:Signatures>",
                        '<ofd:Signature ID="s3" Type="Seal" BaseLoc="/Doc_0/Signs/Sign_1/Signature.xml"/></ofd:Signatures>')
        xml, value = (name.replace("Sign_0", "Sign_1") for name in (XML, VALUE))
        package.parts[xml] = package.parts[XML]
        package.replace(xml, f"/{VALUE}", f"/{value}")
        package.digests(xml)
        package.parts[value] = seal_signature(world.seal, world.sealer, package.parts[xml], "/" + xml, signs=signs)
    return sign


def holder_object(package):
    """The ID of the text that prints the holder's name, as the index says."""
    return re.search(rb"<CZZT><ofd:ObjectRef[^>]*>([0-9]+)<", package.parts[TAGS])[1].decode()


def unindexed(package):
    holder = holder_object(package)
    for name in ("CZZT", "SCZMC"):
        package.replace(TAGS, f'<{name}><ofd:ObjectRef PageRef="5">{holder}</ofd:ObjectRef></{name}>', "")


def painted_over(package):
    package.replace(PAGE, "</ofd:Layer>", '<ofd:PathObject ID="900" Boundary="70 66 50 6" Fill="true" Stroke="false"><ofd:FillColor '
                    'Value="238 244 251"/><ofd:AbbreviatedData>M 0 0 L 50 0 L 50 6 L 0 6 C</ofd:AbbreviatedData></ofd:PathObject>'
                    '<ofd:TextObject ID="901" Boundary="70 66.124 48.4 5.5" Font="3" Size="4.4"><ofd:TextCode X="0" Y="3.96">'
                    "公司</ofd:TextCode></ofd:TextObject></ofd:Layer>")


def vectors(w):
    """(file, fault, what, verdict, findings that are not valid, the deciding one first, bytes); of a valid document the finding that says
    what is particular about it."""
    bad, unsure, good = "invalid", "indeterminate", "valid"
    year, glyphs = "2031年5月21日", "3 1 10 2"
    date = f'<ofd:TextCode X="0" Y="3.96" DeltaX="g 4 2.2 4.4 2.2 4.4 2.2 2.2">{year}'
    cg = f'<ofd:CGTransform CodePosition="0" CodeCount="4" GlyphCount="4"><ofd:Glyphs>{glyphs}</ofd:Glyphs></ofd:CGTransform>{date}'
    ends, later = "20261123040000Z", "20261123060000Z"
    yield "sealed-anew", "", "the base sealed again, nothing else", good, [], w.document()
    # The faults that must be told apart.
    yield "signer-not-in-seal", FAULTS[0], "a renewed certificate of the same sealer, which the seal does not name", bad, [
        "seal.sealer_not_listed"], w.document(sealer=w.renewed)
    yield "seal-by-stranger", FAULTS[1], "a stranger's signature under the maker's certificate", bad, [
        "seal.maker_signature_wrong"], w.document(seal=w.remade(maker_signs=w.stranger))
    yield "seal-of-stranger", FAULTS[1], "a maker for whom no pinned root stands", unsure, [
        "seal.maker_no_anchor"], w.document(seal=w.remade(maker=w.stranger))
    yield "seal-expired", FAULTS[2], "it ended two hours before it was used", bad, ["seal.not_in_force_then"], w.document(
        seal=w.remade(end=ends), time=later)
    yield "seal-esl-differs", FAULTS[3], "another seal of the same maker in Seal.esl", bad, ["seal.copy_differs"], w.document(
        esl=w.remade(end="20300101000000Z"))
    yield "data-hash-wrong", FAULTS[4], "the seal signature is over another Signature.xml", bad, ["seal.digest_wrong"], w.document(
        over=b"another")
    yield "signature-xml-changed", FAULTS[4], "a space at the end of Signature.xml", bad, ["seal.digest_wrong"], w.document(
        after=lambda p: p.parts.__setitem__(XML, p.parts[XML] + b" "))
    yield "empty-sm2-id", FAULTS[5], "OpenSSL's default", bad, ["seal.signature_empty_id"], w.document(how="empty_id")
    yield "wrong-signer-key", FAULTS[6], "a stranger's signature under the sealer's certificate", bad, [
        "seal.signature_wrong"], w.document(signs=w.stranger)
    yield "time-stamp-imprint", FAULTS[7], "the time stamp is over other octets", bad, ["time_stamp.imprint_wrong"], w.stamped(
        w.stamper, b"other octets")
    yield "signed-data-wrong", FAULTS[8], "a stranger's signature under the signer's certificate", bad, [
        "seal.signature_wrong", *NO_SEAL], w.document(type_="Sign", value=lambda xml: signed_data(w.sealer, xml, signs=w.stranger))
    yield "signed-data-digest", FAULTS[8], "signed data over another Signature.xml", bad, [
        "seal.digest_wrong", *NO_SEAL], w.document(type_="Sign", value=lambda xml: signed_data(w.sealer, xml, over=b"another"))
    yield "signed-attributes-wrong", FAULTS[8], "a stranger's signature over the attributes", bad, [
        "seal.signature_wrong", *NO_SEAL], w.document(type_="Sign", value=lambda xml: signed_attributes(w.sealer, xml, signs=w.stranger))
    yield "signed-attributes-digest", FAULTS[8], "attributes with the digest of another Signature.xml", bad, [
        "seal.digest_wrong", *NO_SEAL], w.document(type_="Sign", value=lambda xml: signed_attributes(w.sealer, xml, over=b"another"))
    yield "signed-attributes-changed", FAULTS[8], "attributes put in the place of those that were signed", bad, [
        "seal.signature_wrong", *NO_SEAL], w.document(type_="Sign", value=lambda xml: signed_attributes(w.sealer, xml, signed=b"another"))
    yield "page-changed", FAULTS[9], "a colour on the page", bad, ["document.altered", "face.differs"], w.document(
        after=replaced(PAGE, "85 85 85", "85 85 86"))
    yield "attachment-changed", FAULTS[9], "a day in License.xml", bad, ["document.altered", "face.differs"], w.document(
        after=replaced(LICENSE, 'until="2031-05-21"', 'until="2032-05-21"'))
    yield "root-changed", FAULTS[9], "the title in OFD.xml", bad, ["document.altered", "face.differs"], w.document(
        after=replaced(OFD, "<ofd:Title>食品", "<ofd:Title>药品"))
    yield "page-not-covered", FAULTS[10], "no digest of the page", bad, ["coverage.face_uncovered"], w.document(drop=PAGE)
    yield "font-not-covered", FAULTS[10], "no digest of a font", bad, ["coverage.face_uncovered"], w.document(drop=FONT)
    yield "attachment-not-covered", FAULTS[10], "no digest of License.xml", unsure, ["coverage.part_uncovered"], w.document(drop=LICENSE)
    yield "root-not-covered", FAULTS[10], "no digest of OFD.xml, as one vendor leaves it", unsure, [
        "coverage.part_uncovered"], w.document(drop=OFD)
    yield "smuggled-part", FAULTS[11], "a file that nothing names", unsure, ["coverage.unreferenced"], w.document(
        after=put(DOC + "more.bin", b"smuggled in"))
    yield "glyphs-in-page", FAULTS[12], "the page draws 2091 where the text is 2031", bad, ["face.differs"], w.document(
        before=replaced(PAGE, date, cg))
    yield "glyphs-in-font", FAULTS[12], "a font draws 公 where the text is 李", bad, ["face.differs"], w.document(before=show_another)
    yield "glyphs-painted-over", FAULTS[12], "another text is painted over the holder's name", bad, ["face.differs"], w.document(
        before=painted_over)
    # The same where the page cannot be drawn again: the report says that it was not, and this is all that it can say.
    yield "glyphs-of-another-font", "", "the same, and a font is named that this machine lacks", good, ["face.not_redrawn"], w.document(
        before=lambda p: (show_another(p), of_another_font(p)))
    yield "glyphs-of-another-maker", "", "the same, and no layout is named", good, ["face.text_only"], w.document(
        before=lambda p: (show_another(p), without_layout(p)))
    # What else can be wrong, each alone.
    yield "version-5", "", "seal and signature of version 5", good, [], w.document(seal=w.remade(version=5), version=5)
    yield "version-1", "", "seal and signature of version 1", good, [], w.version_1()
    yield "version-1-seal-by-stranger", "", "a stranger's signature under the maker's certificate", bad, [
        "seal.maker_signature_wrong"], w.version_1(maker_signs=w.stranger)
    yield "version-1-seal-expired", "", "it ended before it was used", bad, ["seal.not_in_force_then"], w.version_1(
        end=ends, time=later.encode())
    yield "version-1-wrong-signer-key", "", "a stranger's signature under the sealer's certificate", bad, [
        "seal.signature_wrong"], w.version_1(signs=w.stranger)
    yield "version-1-data-hash-wrong", "", "over another Signature.xml", bad, ["seal.digest_wrong"], w.version_1(over=b"another")
    yield "version-1-time-unknown", "", "its time is in no known form", unsure, ["seal.time_unknown"], w.version_1(time=b"??")
    yield "no-seal-file", "", "no Seal.esl, as many leave it", good, ["seal.copy_absent"], w.document(before=lambda p: p.replace(
        XML, f"<ofd:Seal><ofd:BaseLoc>/{ESL}</ofd:BaseLoc></ofd:Seal>", ""), drop=ESL, after=removed(ESL))
    yield "check-method", "", "the digests are said to be MD5", unsure, ["digests.unsupported"], w.document(
        before=replaced(XML, "1.2.156.10197.1.401", "MD5"))
    yield "open", "", "open to further signatures", good, [], w.document(drop=SIGNATURES)
    yield "open-signed-again", "", "open, with a second signature", good, [], w.document(drop=SIGNATURES, after=signed_again(w))
    yield "open-signed-wrongly", "", "open, with a second signature that does not hold", bad, [
        "seal.signature_wrong"], w.document(drop=SIGNATURES, after=signed_again(w, w.stranger))
    yield "without-z", "", "SM3 of the message without Z", bad, ["seal.signature_without_z"], w.document(how="without_z")
    yield "raw-signature", "", "r || s, tolerated", good, ["seal.read_tolerantly"], w.document(how="raw")
    yield "path-wrong", "", "propertyInfo names another place", bad, ["seal.path_wrong"], w.document(path="/Doc_0/Signs/Sign_1/Signature.xml")
    yield "versions-differ", "", "a seal of version 5 in a signature of version 4", bad, ["seal.versions_differ"], w.document(
        seal=w.remade(version=5))
    yield "version-newer", "", "version 9", unsure, ["seal.newer", *NO_SEAL], w.document(seal=w.remade(version=9), version=9)
    yield "seal-dates-reversed", "", "it ends before it begins", bad, ["seal.dates_reversed"], w.document(
        seal=w.remade(start="20261123020000Z", end="20261101020000Z"))
    yield "seal-extension", "", "an unknown critical extension", unsure, ["seal.critical_extension"], w.document(
        seal=w.remade(extension=True))
    yield "maker-young", "", "the maker's certificate is younger than the seal", bad, [
        "seal.maker_not_valid_then", "seal.maker_no_anchor"], w.document(
        seal=w.remade(maker=certified(w.root, test_key(907), "TEST young maker", start="20261123100000Z")))
    yield "maker-enciphers", "", "the maker's key may not sign", bad, ["seal.maker_may_not_sign"], w.document(
        seal=w.remade(maker=certified(w.root, test_key(908), "TEST enciphering maker", usage=ENCIPHERS)))
    yield "sealer-expired", "", "the sealer's certificate ended before", bad, [
        "sealer.not_valid_then", "sealer.no_anchor", "seal.issuer_differs"], w.by(
        certified(w.root, test_key(909), AUTHORITY, end=ends), time=later)
    yield "sealer-enciphers", "", "the sealer's key may not sign", bad, ["sealer.may_not_sign"], w.by(
        certified(w.root, test_key(910), AUTHORITY, usage=ENCIPHERS))
    yield "sealer-stranger", "", "the authority's name in a certificate for which no pinned root stands", bad, [
        "seal.issuer_differs", "sealer.no_anchor"], w.by(w.stranger)
    yield "sealer-of-another-body", "", "another body's certificate", bad, ["seal.issuer_differs"], w.by(
        certified(w.root, test_key(911), "示例市另一局（测试）"))
    for file, told, verdict, sealer, maker in (
            ("revoked", "an hour before", bad, ["sealer.revoked", "seal.issuer_differs"], ["seal.maker_revoked"]),
            ("revoked-later", "afterwards", good, [], []),
            ("key-lost", "afterwards, its key being in other hands", bad, ["sealer.revoked", "seal.issuer_differs"], ["seal.maker_revoked"])):
        yield f"sealer-{file}", "", f"the sealer's certificate was revoked {told}", verdict, sealer, w.by(w.sealers[file])
        yield f"maker-{file}", "", f"the maker's certificate was revoked {told}", verdict, maker, w.document(
            seal=w.remade(maker=w.makers[file]))
    yield "time-stamped", "", "with a time stamp", good, ["time_stamp.ok"], w.stamped(w.stamper)
    yield "time-stamp-wrong", "", "its signature does not hold", bad, ["time_stamp.signature_wrong"], w.stamped(w.stamper, how="without_z")
    yield "time-stamp-unfit", "", "made by a certificate that may not", bad, ["time_stamp.authority_unfit"], w.stamped(w.renewed)
    yield "time-stamp-stranger", "", "no pinned root stands for its maker", unsure, ["time_stamp.no_anchor"], w.stamped(
        certified(w.stranger_root, test_key(912), "TEST stranger stamps", stamps=True))
    yield "time-stamp-malformed", "", "no DER", bad, ["time_stamp.malformed"], w.document(stamp=lambda value: b"\1\2\3")
    yield "signed-data", "", "type Sign, everything right: no seal to judge", unsure, NO_SEAL, w.document(
        type_="Sign", value=lambda xml: signed_data(w.sealer, xml))
    yield "signed-attributes", "", "the other dialect, everything right: no seal to judge", unsure, NO_SEAL, w.document(
        type_="Sign", value=lambda xml: signed_attributes(w.sealer, xml))
    yield "signed-attributes-pkcs7", "", "the same by the names of PKCS#7, attributes out of order, tolerated", unsure, NO_SEAL, w.document(
        type_="Sign", value=lambda xml: signed_attributes(w.sealer, xml, as_pkcs7=True))
    yield "signed-attributes-early", "", "signed before the signer's certificate began", bad, [
        "sealer.not_valid_then", "sealer.no_anchor", "seal.issuer_differs", *NO_SEAL], w.document(
        type_="Sign", value=lambda xml: signed_attributes(w.sealer, xml, time="261001020000Z"))
    yield "bare-signature", "", "two numbers without a certificate", unsure, ["seal.bare_signature", *NO_SEAL], w.document(
        type_="Sign", value=w.sealer.key.sign)
    yield "signed-value-damaged", "", "no DER", bad, ["seal.malformed", *NO_SEAL], w.document(value=lambda xml: b"\1\2\3")
    yield "signed-value-gone", "", "taken out", bad, ["signatures.malformed", *NO_SEAL], w.document(after=removed(VALUE))
    yield "unsigned", "", "every signature taken out", unsure, ["document.unsigned", *NO_SEAL], w.document(after=unsigned)
    yield "part-gone", "", "the attachment taken out", bad, ["document.part_missing"], w.document(after=removed(LICENSE))
    yield "signed-again", "", "a second signature in a closed list", bad, ["document.altered"], w.document(after=signed_again(w))
    yield "metadata-differ", "", "another number in OFD.xml, signed", bad, ["metadata.differs", "face.differs"], w.document(
        before=replaced(OFD, 'Name="ZZBH">SC10443019999017', 'Name="ZZBH">SC10443019999018'))
    yield "text-differs", "", "another number on the page, signed", bad, ["text.differs", "face.differs"], w.document(
        before=replaced(PAGE, "SC10443019999017", "SC10443019999018"))
    yield "text-hidden", "", "the holder's name is not drawn, signed", bad, ["text.hidden", "face.differs"], w.document(
        before=lambda p: p.replace(PAGE, f' ID="{holder_object(p)}"', f' Alpha="0" ID="{holder_object(p)}"'))
    yield "index-gone", "", "the index does not say where the holder stands, signed", bad, ["face.differs", "text.not_indexed"], w.document(
        before=unindexed)


def bare_files(w):
    """(file, what, family, bytes): parts of a document that are given for a document."""
    yield "bare-seal.esl", "a seal without a document", "electronic-seal", w.seal
    yield "bare-value.dat", "what a seal signed, without the document", "seal-signature", w.base.parts[VALUE]


def write_revocation_list(folder, content):
    """Under its digest, in the one version of the trust folder."""
    version = max((folder / "trust/versions").iterdir())
    place = version / "revocation"
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    (place / f"{sm3(content).hex()}.crl").write_bytes(content)


def main():
    folder = pathlib.Path(sys.argv[1])
    world, index = World(folder), []
    for path in folder.iterdir():
        if path.suffix in (".ofd", ".esl", ".dat") and path.name != "base.ofd":
            path.unlink()

    def add(file, content, **entry):
        (folder / file).write_bytes(content)
        index.append({"file": file, "fault": "", "clock": CLOCK, **entry})
    base = (folder / "base.ofd").read_bytes()
    add("base.ofd", base, what="a valid document", verdict="valid", findings=["face.redrawn"])
    for name, fault, what, verdict, findings, file in vectors(world):
        add(f"{name}.ofd", file, fault=fault, what=what, verdict=verdict, findings=findings)
    add("list-overdue.ofd", base, what="the base when the list of revoked certificates is out of date", clock=OVERDUE, verdict="indeterminate",
        findings=["certificate.crl_unusable", "sealer.crl_unusable", "seal.maker_crl_unusable", "check.not_run"])
    for name, what, family, content in bare_files(world):
        add(name, content, what=what, verdict="indeterminate", findings=["code.foreign", "check.not_run"], family=family)
    write_revocation_list(folder, world.revocation_list)
    order = ("file", "fault", "what", "clock", "verdict", "findings", "family")
    lines = ",\n    ".join(json.dumps({name: entry[name] for name in order if name in entry}, ensure_ascii=False) for entry in index)
    text = f'{{\n  "faults": {json.dumps(FAULTS, ensure_ascii=False)},\n  "vectors": [\n    {lines}\n  ]\n}}\n'
    (folder / "index.json").write_text(text, encoding="utf-8")
    print(f"{len(index)} vectors, {sum(path.stat().st_size for path in folder.rglob('*') if path.is_file())} bytes in all")


if __name__ == "__main__":
    main()
