#!/usr/bin/env python3
"""Makes the ZIP and XML files that are built to harm or confuse a reader, one cause each, and expect.txt beside them:
NAME: RESULT: words that the error or a warning must have. Deterministic. Usage: make.py [FOLDER] (default: its own)."""
import pathlib
import struct
import sys
import zlib

DOCUMENT = b"<a/>"


def entry(name, content=DOCUMENT, *, local_name=None, method=8, flags=0, packed=None, crc=None, size=None, local=None,
          extra=b"", local_extra=b"", descriptor=False, header=None, sizes=None):
    """One entry: what is to be written for it, each value replaceable."""
    if packed is None:
        maker = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = maker.compress(content) + maker.flush() if method == 8 else content
    return {"name": name, "local_name": name if local_name is None else local_name, "method": method,
            "flags": flags | (8 if descriptor else 0), "packed": packed, "crc": zlib.crc32(content) if crc is None else crc,
            "size": len(content) if size is None else size, "local": local or {}, "extra": extra,
            "local_extra": local_extra, "descriptor": descriptor, "header": header, "sizes": sizes}


def archive(*entries, prefix=b"", suffix=b"", gap=b"", count=None, cd_offset=None, end64=None, offsets_of_file=False,
            volume=0, hidden=b""):
    out = bytearray()
    directory = bytearray()
    for each in entries:
        at = len(out) if each["header"] is None else each["header"]
        packed_size, size = each["sizes"] or (len(each["packed"]), each["size"])
        local = {"crc": 0 if each["descriptor"] else each["crc"], "packed": 0 if each["descriptor"] else packed_size,
                 "size": 0 if each["descriptor"] else size, "method": each["method"]} | each["local"]
        out += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, each["flags"], local["method"], 0, 33, local["crc"],
                           local["packed"], local["size"], len(each["local_name"]), len(each["local_extra"]))
        out += each["local_name"] + each["local_extra"] + each["packed"]
        if each["descriptor"]:
            out += struct.pack("<IIII", 0x08074B50, each["crc"], len(each["packed"]), each["size"])
        out += gap
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, each["flags"], each["method"], 0, 33,
                                 each["crc"], packed_size, size, len(each["name"]), len(each["extra"]), 0, 0, 0, 0,
                                 at + (len(prefix) if offsets_of_file else 0))
        directory += each["name"] + each["extra"]
    out += hidden
    begin = len(out) + (len(prefix) if offsets_of_file else 0) if cd_offset is None else cd_offset
    count = len(entries) if count is None else count
    end = b""
    if end64 is not None:
        said = {"count": count, "size": len(directory), "offset": begin, "at": len(prefix) + len(out) + len(directory)} | end64
        end += struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, said["count"], said["count"], said["size"],
                           said["offset"])
        end += struct.pack("<IIQI", 0x07064B50, 0, said["at"], 1)
    short = {"count": count, "size": len(directory), "offset": begin} | (end64 or {}).get("short", {})
    end += struct.pack("<IHHHHIIH", 0x06054B50, volume, volume, short["count"], short["count"], short["size"],
                       short["offset"], 0)
    return prefix + bytes(out) + bytes(directory) + end + suffix


ALL64 = {"short": {"count": 0xFFFF, "size": 0xFFFFFFFF, "offset": 0xFFFFFFFF}}


def zip_files():
    ok = entry(b"OFD.xml")
    zeros = bytes(2 << 20)
    wide = struct.pack("<HHQQ", 1, 16, len(DOCUMENT), len(ok["packed"]))
    wrong = struct.pack("<HHQQ", 1, 16, 999, len(ok["packed"]))
    bad = "malformed_archive"
    yield "plain", archive(ok, entry(b"Doc_0/Document.xml", method=0)), "ok", ""
    yield "empty", archive(), "ok", ""
    yield "folder", archive(ok, entry(b"Doc_0/", b"", method=0)), "ok", ""
    yield "data-descriptor", archive(entry(b"OFD.xml", descriptor=True), ok | {"name": b"b", "local_name": b"b"}), "ok", ""
    yield "stored-data-descriptor", archive(entry(b"OFD.xml", method=0, descriptor=True)), "ok", ""
    yield "prefix-junk", archive(ok, prefix=b"\x00junk before"), "warns", "before the archive"
    yield "prefix-junk-counted", archive(ok, prefix=b"\x00junk before", offsets_of_file=True), "warns", "belong to no entry"
    yield "trailing-junk", archive(ok, suffix=b"junk behind it"), "warns", "follow the end"
    yield "gap", archive(ok, gap=b"x" * 40), "warns", "belong to no entry"
    hidden = archive(entry(b"hidden.xml"))
    yield "hidden-entry", archive(ok, hidden=hidden[:hidden.index(b"PK\1\2")]), "warns", "belong to no entry"
    yield "gbk-name", archive(ok, entry("附件.xml".encode("gbk"))), "warns", "GBK"
    yield "no-text-name", archive(ok, entry(b"\xff\xff")), bad, "neither UTF-8 nor GBK"
    yield "backslash", archive(entry(b"Doc_0\\Document.xml")), "warns", "read as '/'"
    yield "leading-slash", archive(entry(b"/OFD.xml")), "warns", "begins with '/'"
    yield "local-sizes-differ", archive(entry(b"OFD.xml", local={"size": 7})), "warns", "disagrees with the directory"
    yield "local-method-differs", archive(entry(b"OFD.xml", local={"method": 0})), "warns", "disagrees with the directory"
    yield "zip64-said-twice", archive(entry(b"OFD.xml", extra=wide, local_extra=wide)), "ok", ""
    yield "zip64-end", archive(ok, end64={}), "ok", ""
    yield "zip64-end-only", archive(ok, end64=ALL64), "ok", ""
    yield "zip-slip", archive(ok, entry(b"../../evil.sh")), bad, "leaves the package"
    yield "zip-slip-backslash", archive(ok, entry(b"..\\..\\evil.sh")), bad, "leaves the package"
    yield "zip-slip-within", archive(ok, entry(b"Doc_0/../../evil.sh")), bad, "leaves the package"
    yield "double-slash", archive(ok, entry(b"//host/share")), bad, "an empty step"
    yield "drive-letter", archive(ok, entry(b"C:/evil.dll")), bad, "a drive letter"
    yield "nul-in-name", archive(ok, entry(b"OFD.xml\0.png")), bad, "a control character"
    yield "no-name", archive(entry(b"")), bad, "an empty name"
    yield "dot", archive(entry(b"./OFD.xml")), bad, "an empty step"
    yield "long-name", archive(entry(b"a" * 513)), "limit_exceeded", "a name of more than"
    yield "long-gbk-name", archive(entry("照".encode("gbk") * 200)), "limit_exceeded", "a name of more than"
    yield "duplicate", archive(ok, ok), bad, "stands twice"
    yield "duplicate-case", archive(ok, entry(b"ofd.XML")), bad, "stands twice"
    yield "duplicate-slash", archive(ok, entry(b"/OFD.xml")), bad, "stands twice"
    yield "file-and-folder", archive(ok, entry(b"OFD.xml/a")), bad, "a file and a folder"
    yield "local-name-differs", archive(entry(b"OFD.xml", local_name=b"OFD.xmk")), bad, "another name"
    yield "overlap", archive(ok, entry(b"b", packed=b"", size=0, method=0, crc=0), entry(b"OFD.xml2", header=0,
                             local_name=b"OFD.xml")), bad, "another name"
    first = entry(b"quine", method=0)
    yield "overlap-same-bytes", archive(first, first | {"name": b"quinf", "header": 0}), bad, "another name"
    inner = archive(entry(b"b", method=0))
    inner = inner[:inner.index(b"PK\1\2")]
    holder = entry(b"a", inner, method=0)
    yield "overlap-nested", archive(holder, entry(b"b", method=0, header=31)), bad, "overlaps"
    yield "encrypted", archive(entry(b"OFD.xml", flags=1)), bad, "encrypted"
    yield "strongly-encrypted", archive(entry(b"OFD.xml", flags=64)), bad, "encrypted"
    yield "bzip2", archive(entry(b"OFD.xml", method=12)), bad, "method 12"
    yield "wrong-checksum", archive(entry(b"OFD.xml", crc=1)), bad, "checksum"
    yield "size-too-small", archive(entry(b"OFD.xml", b"<a></a>", size=4)), bad, "does not unpack"
    yield "size-too-large", archive(entry(b"OFD.xml", size=9)), bad, "does not unpack"
    yield "rest-behind-deflate", archive(entry(b"OFD.xml", packed=ok["packed"] + b"x")), bad, "does not unpack"
    yield "damaged-deflate", archive(entry(b"OFD.xml", packed=b"\xff\xff\xff")), bad, "does not unpack"
    yield "size-not-true", archive(entry(b"OFD.xml", size=1 << 20)), bad, "size is not true"
    yield "stored-sizes-differ", archive(entry(b"OFD.xml", method=0, size=9)), bad, "two sizes differ"
    yield "bomb", archive(entry(b"OFD.xml", zeros)), "limit_exceeded", "unpacks to more than 200 times"
    yield "bomb-entry", archive(entry(b"OFD.xml", size=(64 << 20) + 1)), "limit_exceeded", "more than 67108864 bytes"
    many = [entry(b"%d" % n, packed=b"", sizes=(1 << 20, 60 << 20)) for n in range(5)]
    yield "bomb-total", archive(*many), "limit_exceeded", "unpacks to more than 268435456 bytes"
    yield "too-many-entries", archive(ok, count=4097), "limit_exceeded", "entries"
    yield "count-too-small", archive(ok, entry(b"b"), count=1), bad, "more than it says"
    yield "count-too-large", archive(ok, count=2), bad, "directory is damaged"
    yield "directory-outside", archive(ok, cd_offset=1 << 30), bad, "does not fit"
    yield "header-outside", archive(entry(b"OFD.xml", header=1 << 20)), bad, "lies outside"
    yield "header-in-directory", archive(entry(b"OFD.xml", header=45)), bad, "lies outside"
    yield "header-missing", archive(entry(b"OFD.xml", header=1)), bad, "its header is missing"
    yield "bytes-outside", archive(entry(b"OFD.xml", sizes=(1000, 1000), method=0)), bad, "bytes lie outside"
    yield "several-volumes", archive(ok, volume=1), bad, "several volumes"
    yield "folder-with-content", archive(entry(b"Doc_0/", method=0)), bad, "a folder with content"
    yield "zip64-sizes-disagree", archive(entry(b"OFD.xml", extra=wrong)), bad, "64-bit sizes disagree"
    yield "zip64-size-missing", archive(entry(b"OFD.xml", sizes=(len(ok["packed"]), 0xFFFFFFFF), extra=struct.pack("<HH", 1, 0))), bad, "64-bit size is missing"
    yield "zip64-local-disagrees", archive(entry(b"OFD.xml", local={"size": 0xFFFFFFFF, "packed": 0xFFFFFFFF},
                                                 local_extra=wrong)), bad, "64-bit sizes disagree"
    yield "zip64-end-disagrees", archive(ok, end64={"count": 2, "short": {"count": 1}}), bad, "disagrees with the other"
    yield "zip64-end-missing", archive(ok, count=0xFFFF), bad, "64-bit end of the directory is missing"
    yield "zip64-end-elsewhere", archive(ok, end64={"at": 1 << 40}), bad, "not where it is said"
    yield "extra-cut", archive(entry(b"OFD.xml", extra=b"\1\0\xff\0")), bad, "extra field is cut"
    yield "cut", archive(ok)[:-5], bad, "end of the directory is missing"
    yield "no-zip", b"%PDF-1.7", bad, "no ZIP file"
    yield "nothing", b"", bad, "no ZIP file"


def xml_files():
    bad = "malformed_xml"
    yield "plain", b'<?xml version="1.0" encoding="UTF-8"?>\n<a b="1">x<c/></a>', "ok", ""
    yield "bom", b"\xef\xbb\xbf<a/>", "ok", ""
    yield "references", b"<a>&amp;&lt;&gt;&quot;&apos;&#20013;&#x4e2d;</a>", "ok", ""
    yield "cdata", b"<a><![CDATA[&lol; <b>]]></a>", "ok", ""
    yield "comment", b"<!-- <!DOCTYPE a> --><a/>", "ok", ""
    yield "doctype", b'<!DOCTYPE a><a/>', bad, "DOCTYPE"
    yield "external-entity", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', bad, "DOCTYPE"
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(9))
    yield "billion-laughs", b'<!DOCTYPE a [<!ENTITY l0 "lol">' + laughs + b"]><a>&l9;</a>", bad, "DOCTYPE"
    yield "doctype-within", b"<a><!DOCTYPE a></a>", bad, "DOCTYPE"
    yield "unknown-entity", b"<a>&nbsp;</a>", bad, "entity"
    yield "unknown-entity-attribute", b'<a b="&x;"/>', bad, "entity"
    yield "lone-ampersand", b"<a>Q & A</a>", bad, "'&'"
    yield "nul-reference", b"<a>&#0;</a>", bad, "entity"
    yield "surrogate-reference", b"<a>&#xD800;</a>", bad, "entity"
    yield "reference-too-large", b"<a>&#x110000;</a>", bad, "entity"
    yield "depth-64", b"<a>" * 64 + b"</a>" * 64, "ok", ""
    yield "depth-65", b"<a>" * 65 + b"</a>" * 65, "limit_exceeded", "deeper than 64"
    yield "depth-64-empty", b"<a>" * 63 + b"<b/>" + b"</a>" * 63, "ok", ""
    yield "depth-65-empty", b"<a>" * 64 + b"<b/>" + b"</a>" * 64, "limit_exceeded", "deeper than 64"
    yield "depth-10000", b"<a>" * 10000, "limit_exceeded", "deeper than 64"
    yield "many-attributes", b"<a" + b"".join(b' a%d="1"' % n for n in range(257)) + b"/>", "limit_exceeded", "attributes"
    yield "attribute-twice", b'<a b="1" b="2"/>', bad, "stands twice"
    yield "two-roots", b"<a/><b/>", bad, "one root"
    yield "no-root", b"<!-- nothing -->", bad, "one root"
    yield "nothing", b"", bad, "one root"
    yield "text-before", b"x<a/>", bad, "outside the root"
    yield "text-behind", b"<a/>x", bad, "outside the root"
    yield "not-closed", b"<a><b></b>", bad, "not closed"
    yield "closed-wrongly", b"<a><b></a></b>", bad, "offset"
    yield "closed-too-often", b"<a></a></a>", bad, "not open"
    yield "gbk-declared", '<?xml version="1.0" encoding="GBK"?><a>中</a>'.encode("gbk"), bad, "not UTF-8"
    yield "gbk-said", b'<?xml version="1.0" encoding="GBK"?><a/>', bad, "encoding is not UTF-8"
    yield "utf-16", "<a/>".encode("utf-16"), bad, "not UTF-8"
    yield "latin-1", b"<a>\xe9</a>", bad, "not UTF-8"
    yield "overlong", b"<a>\xc0\xbc</a>", bad, "not UTF-8"
    yield "nul", b"<a>\0</a>", bad, "control character"
    yield "less-in-attribute", b'<a b="<"/>', bad, "'<' in an attribute"
    yield "no-quotes", b"<a b=1/>", bad, "a quote is expected"
    yield "cut", b'<a b="1', bad, "ends too early"


def ofd_files():
    """Packages for the fuzz target: "path, line break, content" with a NUL between."""
    entry_xml = '<OFD><DocBody><DocInfo><DocID>1</DocID><CustomDatas><CustomData Name="ZZBH">例1</CustomData></CustomDatas></DocInfo><DocRoot>D.xml</DocRoot>%s</DocBody></OFD>'
    document = '<Document><CommonData><PublicRes>R.xml</PublicRes><TemplatePage ID="2" BaseLoc="T.xml"/></CommonData><Pages><Page ID="1" BaseLoc="P.xml"/></Pages><Annotations>A.xml</Annotations><CustomTags>G.xml</CustomTags><Attachments>B.xml</Attachments></Document>'
    parts = {"OFD.xml": entry_xml % "", "D.xml": document,
             "R.xml": '<Res BaseLoc="."><Fonts><Font ID="3"><FontFile>f</FontFile></Font></Fonts><MultiMedias><MultiMedia ID="4"><MediaFile>m</MediaFile></MultiMedia></MultiMedias><CompositeGraphicUnits><CompositeGraphicUnit ID="5"><Content><TextObject ID="6"><TextCode>x</TextCode></TextObject></Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>',
             "T.xml": "<Page><Content><Layer/></Content></Page>",
             "P.xml": '<Page><Template TemplateID="2"/><Content><Layer><TextObject ID="9" Boundary="1 2 3 4"><TextCode>例1</TextCode></TextObject><CompositeObject ResourceID="5"/><ImageObject ResourceID="4"/></Layer></Content></Page>',
             "A.xml": '<Annotations><Page PageID="1"><FileLoc>N.xml</FileLoc></Page></Annotations>',
             "N.xml": "<PageAnnot><Annot><Appearance/></Annot></PageAnnot>",
             "G.xml": "<CustomTags><CustomTag><FileLoc>g.xml</FileLoc></CustomTag></CustomTags>",
             "B.xml": '<Attachments><Attachment Name="b"><FileLoc>f</FileLoc></Attachment></Attachments>',
             "f": "font", "m": "picture"}
    signature = '<Signature><SignedInfo><Provider ProviderName="p"/><References CheckMethod="SM3"><Reference FileRef="/OFD.xml"><CheckValue>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=</CheckValue></Reference></References><StampAnnot PageRef="1" Boundary="1 1 1 1"/><Seal><BaseLoc>f</BaseLoc></Seal></SignedInfo><SignedValue>v</SignedValue></Signature>'
    signed = parts | {"OFD.xml": entry_xml % "<Signatures>S.xml</Signatures>", "v": "0",
                      "S.xml": '<Signatures><Signature ID="1" Type="Seal" BaseLoc="s.xml"/></Signatures>', "s.xml": signature}
    loop = parts | {"R.xml": parts["R.xml"].replace("<TextObject", '<CompositeObject ResourceID="5"/><TextObject')}
    for name, each in (("plain", parts), ("signed", signed), ("composite-loop", loop)):
        yield name, "\0".join(f"{path}\n{content}" for path, content in each.items()).encode()
        zipped = archive(*[entry(path.encode(), content.encode()) for path, content in each.items()])
        yield name + "-zip", zipped


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    for kind, files in (("zip", zip_files()), ("xml", xml_files())):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        lines = []
        for name, content, result, words in files:
            (folder / kind / f"{name}.{kind}").write_bytes(content)
            lines.append(f"{name}: {result}: {words}\n")
        (folder / kind / "expect.txt").write_text("".join(lines))
    corpus = pathlib.Path(__file__).parents[2] / "tests/fuzz/corpus/ofd"
    for name, content in ofd_files():
        (corpus / f"{name}.ofd").write_bytes(content)


main()
