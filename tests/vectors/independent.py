#!/usr/bin/env python3
"""A second reader of payloads and trust lists, and a second verifier, written from docs/format/*.md with Python's standard library alone: its own CBOR, its own
curve arithmetic, its own word code, number rule and derivations. Every vector must come out of it as its header says, so that the
vectors are not the library's own opinion. Usage: independent.py SOURCE_DIR"""
import calendar
import datetime
import hashlib
import json
import pathlib
import re
import sys
import unicodedata

# ---------------------------------------------------------------- SM3 (GB/T 32905)


def own_sm3(data):
    def rotl(x, n):
        n %= 32
        return ((x << n) | (x >> (32 - n))) & 0xFFFFFFFF

    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    message = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + (len(data) * 8).to_bytes(8, "big")
    for start in range(0, len(message), 64):
        w = [int.from_bytes(message[start + 4 * i:start + 4 * i + 4], "big") for i in range(16)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ rotl(w[j - 3], 15)
            w.append(x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            t = 0x79CC4519 if j < 16 else 0x7A879D8A
            ss1 = rotl((rotl(a, 12) + e + rotl(t, j)) & 0xFFFFFFFF, 7)
            ss2 = ss1 ^ rotl(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & 0xFFFFFFFF & g)
            tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
            d, c, b, a = c, rotl(b, 9), a, tt1
            h, g, f, e = g, rotl(f, 19), e, tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17)
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return b"".join(x.to_bytes(4, "big") for x in state)


def sm3(data):
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", data).digest()
    return own_sm3(data)


# ---------------------------------------------------------------- SM2 (GB/T 32918)

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7, 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)


def add(p, q):
    if p is None:
        return q
    if q is None:
        return p
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = (3 * p[0] * p[0] + A) * pow(2 * p[1], -1, P) % P
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P) % P
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def times(k, p):
    result = None
    while k:
        if k & 1:
            result = add(result, p)
        p = add(p, p)
        k >>= 1
    return result


def be32(x):
    return x.to_bytes(32, "big")


def sm2_verify(point, message, signature, user_id=b"1234567812345678"):
    if (point[1] ** 2 - point[0] ** 3 - A * point[0] - B) % P:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (1 <= r < N and 1 <= s < N) or (r + s) % N == 0:
        return False
    z = sm3((len(user_id) * 8).to_bytes(2, "big") + user_id + b"".join(map(be32, (A, B, *G, *point))))
    e = int.from_bytes(sm3(z + message), "big")
    found = add(times(s, G), times((r + s) % N, point))
    return found is not None and (e + found[0]) % N == r


# ---------------------------------------------------------------- deterministic CBOR


class Malformed(Exception):
    pass


class Newer(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Malformed(what)


class Map(list):
    """Pairs in their order."""

    def get(self, key):
        for k, v in self:
            if type(k) is type(key) and k == key:
                return v
        return MISSING


MISSING = object()


def read_cbor(data, max_depth, max_entries):
    entries = 0

    def item(at, depth):
        nonlocal entries
        need(at < len(data), "cut")
        major, short = data[at] >> 5, data[at] & 31
        start = at
        at += 1
        if major == 7:
            need(short == 22, "a simple value other than null")
            return None, at
        if short < 24:
            value = short
        else:
            need(short in (24, 25, 26, 27), "indefinite or reserved length")
            size = 1 << (short - 24)
            need(at + size <= len(data), "cut")
            value = int.from_bytes(data[at:at + size], "big")
            need(value >= (24, 256, 65536, 1 << 32)[short - 24], "not the shortest form")
            at += size
        if major in (0, 1):
            need(value < 1 << 63, "integer too wide")
            return (value if major == 0 else -1 - value), at
        if major in (2, 3):
            need(at + value <= len(data), "cut")
            raw = bytes(data[at:at + value])
            if major == 2:
                return raw, at + value
            try:
                return raw.decode("utf-8"), at + value
            except UnicodeDecodeError:
                raise Malformed("invalid UTF-8") from None
        need(major != 6, "a tag")
        need(depth < max_depth, "too deep")
        entries += value
        need(entries <= max_entries, "too many entries")
        if major == 4:
            result = []
            for _ in range(value):
                element, at = item(at, depth + 1)
                result.append(element)
            return result, at
        result, last = Map(), None
        for _ in range(value):
            key_start = at
            key, at = item(at, depth + 1)
            encoded = bytes(data[key_start:at])
            need(last is None or last < encoded, "keys out of order or repeated")
            last = encoded
            element, at = item(at, depth + 1)
            result.append((key, element))
        return result, at

    value, end = item(0, 0)
    need(end == len(data), "trailing bytes")
    return value


def head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    for size, code in ((1, 24), (2, 25), (4, 26), (8, 27)):
        if value < 1 << (8 * size):
            return bytes([major << 5 | code]) + value.to_bytes(size, "big")
    raise ValueError


def write_cbor(value):
    if value is None:
        return b"\xf6"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        raw = value.encode()
        return head(3, len(raw)) + raw
    if isinstance(value, Map):
        pairs = sorted((write_cbor(k), write_cbor(v)) for k, v in value)
        return head(5, len(pairs)) + b"".join(k + v for k, v in pairs)
    return head(4, len(value)) + b"".join(map(write_cbor, value))


# ---------------------------------------------------------------- texts and word code


SEEN_FORMAT = re.compile("[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\U000110BD\U000110CD]")
UNSEEN = re.compile("[\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFE00-\uFE0F\uFFA0\U000E0100-\U000E01EF]")


def check_clean(text):
    need(text != "", "empty text")
    need(len(text.encode()) <= 8192, "too long")
    need(unicodedata.normalize("NFC", text) == text, "not NFC")
    before = ""
    for c in text:
        category = unicodedata.category(c)
        if "\u180B" <= c <= "\u180F":
            need(re.match("[\u1820-\u1878\u1880-\u18AA]", before), "unseen")
            before = c
            continue
        before = c
        need(category not in ("Cc", "Zl", "Zp", "Co", "Cs"), "control or private use")
        need(category != "Cf" or SEEN_FORMAT.match(c), "unseen or bidirectional")
        need(not UNSEEN.match(c), "unseen")
        if unicodedata.unidata_version >= "15":
            need(category != "Cn" or 0x2EBF0 <= ord(c) <= 0x2EE5D, "unassigned")
    return text


class Words:
    def __init__(self, path):
        raw = path.read_bytes().decode("utf-8")
        assert raw.endswith("\n")
        self.lines = raw[:-1].split("\n")
        self.codes = {line: n for n, line in enumerate(self.lines, 1)}
        self.longest = max(map(len, self.lines))

    def encode(self, text):
        out, at = bytearray(), 0
        while at < len(text):
            for size in range(min(self.longest, len(text) - at), 0, -1):
                code = self.codes.get(text[at:at + size])
                if code:
                    out += bytes([code]) if code < 200 else bytes([200 + (code - 200) // 256, (code - 200) % 256])
                    at += size
                    break
            else:
                out += b"\0" + ord(text[at]).to_bytes(3, "big")
                at += 1
        return bytes(out)

    def decode(self, code):
        text, at = [], 0
        while at < len(code):
            first = code[at]
            at += 1
            if first == 0:
                need(at + 3 <= len(code), "cut character")
                point = int.from_bytes(code[at:at + 3], "big")
                need(point <= 0x10FFFF and not 0xD800 <= point < 0xE000, "no character")
                text.append(chr(point))
                at += 3
                continue
            number = first
            if first >= 200:
                need(at < len(code), "cut word")
                number = 200 + (first - 200) * 256 + code[at]
                at += 1
            need(number <= len(self.lines), "no such word")
            text.append(self.lines[number - 1])
        text = "".join(text)
        need(self.encode(text) == bytes(code), "not the one word code")
        return text

    def item(self, text):
        plain, code = write_cbor(text), write_cbor(self.encode(text))
        return self.encode(text) if len(code) < len(plain) else text

    def read(self, item):
        need(isinstance(item, (str, bytes)), "a text is expected")
        text = check_clean(item if isinstance(item, str) else self.decode(item))
        need(type(self.item(text)) is type(item), "the longer of two forms")
        return text


# ---------------------------------------------------------------- codes

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc_check(head17):
    return USCC[-sum(USCC.index(c) * pow(3, i, 31) for i, c in enumerate(head17)) % 31]


def organisation_check(eight):
    check = 11 - sum((int(c, 36)) * w for c, w in zip(eight, (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def is_uscc(text):
    return len(text) == 18 and all(c in USCC for c in text) and text[2:8].isdigit() and uscc_check(text[:17]) == text[17]


def uscc_packs(text):
    return is_uscc(text) and organisation_check(text[8:16]) == text[16]


def unpack_uscc(raw):
    need(len(raw) == 9, "9 bytes")
    first, second = int.from_bytes(raw[:4], "big"), int.from_bytes(raw[4:], "big")
    need(first // 10**6 < 31 * 31 and second < 31**8, "out of range")
    kind, area = divmod(first, 10**6)
    body = ""
    for _ in range(8):
        second, digit = divmod(second, 31)
        body = USCC[digit] + body
    text = USCC[kind // 31] + USCC[kind % 31] + f"{area:06d}" + body + organisation_check(body)
    return text + uscc_check(text)


def citizen_check(seventeen):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(c) * w for c, w in zip(seventeen, weights)) % 11]


def is_citizen(text):
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text) or citizen_check(text[:17]) != text[17]:
        return False
    try:
        return 1900 <= datetime.date(int(text[6:10]), int(text[10:12]), int(text[12:14])).year <= 2199
    except ValueError:
        return False


def unpack_citizen(raw):
    rest, sequence = divmod(int.from_bytes(raw, "big"), 1000)
    area, days = divmod(rest, 65536)
    need(area < 10**6, "out of range")
    born = datetime.date(1900, 1, 1) + datetime.timedelta(days)
    text = f"{area:06d}{born:%Y%m%d}{sequence:03d}"
    return text + citizen_check(text)


def mod_37_36(text):
    p = 36
    for c in text:
        p = ((p + int(c, 36)) % 36 or 36) * 2 % 37
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(37 - p) % 36]


def mod_11_10(digits):
    p = 10
    for c in digits:
        p = ((p + int(c)) % 10 or 10) * 2 % 11
    return str((11 - p) % 10)


def day(number):
    need(isinstance(number, int), "days are expected")
    need(-36524 <= number <= 73049, "outside 1900..2199")
    return datetime.date(2000, 1, 1) + datetime.timedelta(number)


# ---------------------------------------------------------------- type packs


class Pack:
    def __init__(self, raw):
        self.json = json.loads(raw)
        self.digest = sm3(raw)
        self.fields = self.json["fields"]
        self.by_number = {f["n"]: f for f in self.fields if "n" in f}
        self.patterns = self.json.get("number", {}).get("patterns", [])

    @staticmethod
    def radix(part):
        if "choice" in part:
            return len(part["choice"])
        return 10 ** part["digits"] if "digits" in part else 10**6 if "area" in part else 1

    def number(self, packed, serial, holder, face):
        """The text that a packed number stands for."""
        for index, pattern in enumerate(self.patterns):
            rest, digits = packed, []
            for part in reversed(pattern):
                rest, digit = divmod(rest, self.radix(part))
                digits.insert(0, digit)
            if rest != index:
                continue
            text = ""
            for part, digit in zip(pattern, digits):
                text += self.piece(part, digit, serial, holder, face, text)
            return text
        raise Malformed("packed number out of range")

    def piece(self, part, digit, serial, holder, face, before):
        if "literal" in part:
            return part["literal"]
        if "choice" in part:
            return part["choice"][digit]
        if "digits" in part or "area" in part:
            return str(digit).zfill(part.get("digits", 6))
        if "serial" in part:
            start = part.get("from", 0)
            need(len(serial) >= start + part["serial"], "serial too short")
            return serial[start:start + part["serial"]]
        if "field" in part:
            field = next(f for f in self.fields if f["label"] == part["field"])
            for entry in field["codes"]:
                if face.get(part["field"]) == entry["text"]:
                    need(entry.get("code"), "no code")
                    return entry["code"]
            raise Malformed("the number needs a face field")
        if "holder_code" in part:
            need(holder and "*" not in holder, "the number needs the holder's code")
            return holder
        digits = "".join(c for c in before if c.isdigit() and c.isascii())
        if part["check"] == "mod_11_10":
            return mod_11_10(digits)
        need(len(digits) == 8, "the check needs 8 digits")
        return str(sum(int(c) * w for c, w in zip(digits, (7, 9, 5, 1, 4, 2, 6, 8))) % 10)

    def rebuilt(self):
        return len(self.patterns) == 1 and all(self.radix(p) == 1 and "choice" not in p for p in self.patterns[0])

    def packs_number(self, text, serial, holder, face):
        """What a number is packed as: an integer, "" (rebuilt) or None (travels as text)."""
        for index, pattern in enumerate(self.patterns):
            value, at, fits = index, 0, True
            for part in pattern:
                if "choice" in part:
                    hits = [i for i, c in enumerate(part["choice"]) if text.startswith(c, at)]
                    if not hits:
                        fits = False
                        break
                    best = max(hits, key=lambda i: len(part["choice"][i].encode()))
                    value, at = value * len(part["choice"]) + best, at + len(part["choice"][best])
                elif "digits" in part or "area" in part:
                    size = part.get("digits", 6)
                    piece = text[at:at + size]
                    if not re.fullmatch("[0-9]{%d}" % size, piece):
                        fits = False
                        break
                    value, at = value * 10**size + int(piece), at + size
                else:
                    try:
                        piece = self.piece(part, 0, serial, holder, face, text[:at])
                    except Malformed:
                        fits = False
                        break
                    if not text.startswith(piece, at):
                        fits = False
                        break
                    at += len(piece)
            if fits and at == len(text):
                if self.rebuilt():
                    return ""
                return value if value < 1 << 63 else None
        need(not self.patterns, "a number of no known form")
        return None


# ---------------------------------------------------------------- the license


def digits_to_bytes(digits):
    need(digits.isascii() and digits.isdigit(), "not digits")
    out, tails = bytearray(), {3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6, 17: 7}
    for start in range(0, len(digits), 17):
        block = digits[start:start + 17]
        need(len(block) in tails, "impossible tail")
        size = tails[len(block)]
        need(int(block) < 1 << (8 * size), "block over its range")
        out += int(block).to_bytes(size, "big")
    return bytes(out)


def mask(text, head):
    """What is left of a code: its first 6 or 4 and its last 4 characters, fewer when it is short."""
    tail = 4
    while head + tail >= len(text) and head + tail > 0:
        head = max(head - 1, 0)
        if head + tail >= len(text):
            tail = max(tail - 1, 0)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail:]


def says(rule, carried, derived):
    """True when a field's carried form is what derives."""
    text, how, digest = carried
    return text == derived or (how == "digest" and digest == sm3(derived.encode())[:16].hex())


def presentable(item):
    """A claim of a reserved key: no null, every text clean."""
    need(item is not None, "null under a reserved key")
    if isinstance(item, str):
        need(item == "" or check_clean(item), "unclean")
    elif isinstance(item, Map):
        for key, value in item:
            presentable(key)
            presentable(value)
    elif isinstance(item, list):
        for value in item:
            presentable(value)


def check_rules(pack, license_):
    """Holders and validity as the pack allows them."""
    rule = pack["holders"]
    need(rule["min"] <= len(license_["holders"]) <= rule["max"], "number of holders")
    for holder in license_["holders"]:
        need(not rule["code_types"] or holder["code_type"] in rule["code_types"], "kind of holder code")
        if rule["carried"] == "masked":
            need(holder["code"] == mask(holder["code"], 6 if holder["code_type"] == "111" else 4), "not masked")
        else:
            need("*" not in holder["code"], "masked")
    form = {None: "none", "long-term": "long-term"}.get(license_["valid_until"], "until")
    need(form in pack["validity"]["allowed"], "form of validity")


HOLDER_KINDS = {1, 99, 111, 114, 115, 118, 119, 120, 122, 411, 412, 413, 414, 511, 516, 999, 400, 551, 552}


class Reader:
    def __init__(self, source):
        self.words = Words(source / "schemas/words/1.txt")
        self.packs = {}
        for path in sorted((source / "schemas/types").glob("*/*.json")):
            pack = Pack(path.read_bytes())
            self.packs[f"{path.parent.name}/{path.name}"] = pack

    def holders(self, items):
        need(isinstance(items, list) and 2 <= len(items) <= 16 and len(items) % 2 == 0, "holders")
        result = []
        for name, code in zip(items[::2], items[1::2]):
            name = self.words.read(name)
            if isinstance(code, bytes):
                text, kind = (unpack_citizen(code), 111) if len(code) == 6 else (unpack_uscc(code), 1)
            else:
                need(isinstance(code, list) and len(code) == 2 and isinstance(code[0], int) and code[0] in HOLDER_KINDS, "holder code")
                kind, text = code[0], self.words.read(code[1])
                need(len(text) <= 64, "a code of over 64 characters")
                if "*" not in text:
                    need(kind != 111 or is_citizen(text), "citizen number")
                    need(kind != 111 or int(text[6:10]) >= 2079, "text for a citizen number that packs")
                    need(kind != 1 or (is_uscc(text) and not uscc_packs(text)), "text for a USCC that packs")
            result.append({"name": name, "code_type": f"{kind:03d}", "code": text})
        return result

    def serial(self, item):
        if isinstance(item, int):
            need(item >= 0, "negative serial")
            return str(item)
        if isinstance(item, bytes):
            need(len(item) == 16, "16 bytes")
            return item.hex().upper()
        need(isinstance(item, str) and re.fullmatch("[0-9A-Z]{1,64}", item), "serial")
        need(not (re.fullmatch("0|[1-9][0-9]{0,18}", item) and int(item) < 1 << 63), "digits as text")
        need(not re.fullmatch("[0-9A-F]{32}", item), "hexadecimal digits as text")
        return item

    def field(self, rule, item):
        """(text, carried, digest)"""
        text, carried, digest = self.decode_field(rule, item)
        need(len(text) <= rule.get("max", 500), "longer than the pack allows")
        return text, carried, digest

    def decode_field(self, rule, item):
        kind, carried = rule["kind"], rule.get("carried", "value")
        if carried == "digest":
            need(isinstance(item, bytes) and len(item) == (32 if kind == "image" else 16), "digest")
            return "", "digest", item.hex()
        if carried == "masked":
            text = self.words.read(item)
            need(text == mask(text, 6 if kind == "citizen-id" else 4), "not masked")
            return text, "masked", None
        separator = rule.get("separator", "、" if kind == "codes" else "；")
        if kind == "text":
            return self.words.read(item), "value", None
        if kind == "list":
            if isinstance(item, list):
                need(len(item) >= 2, "a list of one")
                parts = [self.words.read(i) for i in item]
                need(all(separator not in p for p in parts), "separator inside an item")
                return separator.join(parts), "value", None
            text = self.words.read(item)
            need(separator not in text, "a list as one text")
            return text, "value", None
        if kind == "code":
            if isinstance(item, int):
                need(0 <= item < len(rule["codes"]), "a code that the list lacks")
                return rule["codes"][item]["text"], "value", None
            need(rule.get("open", False), "text for a code")
            text = self.words.read(item)
            need(all(entry["text"] != text for entry in rule["codes"]), "text for a value that the list has")
            return text, "value", None
        if kind == "codes":
            need(isinstance(item, int) and 0 < item < 1 << len(rule["codes"]), "mask")
            return separator.join(e["text"] for n, e in enumerate(rule["codes"]) if item >> n & 1), "value", None
        if kind == "date":
            return day(item).isoformat(), "value", None
        if kind in ("whole", "decimal"):
            need(isinstance(item, int) and item >= 0, "amount")
            scale = rule.get("scale", 0) if kind == "decimal" else 0
            text = f"{item // 10**scale}.{item % 10**scale:0{scale}d}" if scale else str(item)
            need(len(text.replace(".", "")) <= 18, "amount too long")
            return text + rule.get("unit", ""), "value", None
        unpack, fits = (unpack_uscc, uscc_packs) if kind == "uscc" else (unpack_citizen, lambda t: is_citizen(t) and int(t[6:10]) < 2079)
        if isinstance(item, bytes):
            need(len(item) == (9 if kind == "uscc" else 6), "packed code")
            return unpack(item), "value", None
        need(isinstance(item, str) and (is_uscc(item) if kind == "uscc" else is_citizen(item)) and not fits(item), "code as text")
        return item, "value", None

    def derive(self, rule, license_, face):
        """The derived text, "" when there is none."""
        how = rule.get("derive", "")
        first = license_["holders"][0]
        citizen = first["code"] if first["code_type"] == "111" and is_citizen(first["code"]) else ""
        until = {None: ""}.get(license_["valid_until"], "长期" if license_["valid_until"] == "long-term" else license_["valid_until"])
        table = {
            "": "",
            "holder.names": "、".join(h["name"] for h in license_["holders"]),
            "holder.codes": "、".join(h["code"] for h in license_["holders"]),
            "holder.sex": ("男" if int(citizen[16]) % 2 else "女") if citizen else "",
            "holder.birth_date": f"{citizen[6:10]}-{citizen[10:12]}-{citizen[12:14]}" if citizen else "",
            "issued_on": license_["issued_on"],
            "valid_from": license_["valid_from"] if until else "",
            "valid_until": until,
            "validity": license_["valid_from"] + "至" + until if until else "",
            "issuer.name": license_["issuing_authority"]["name"],
            "issuer.code": license_["issuing_authority"]["code"],
            "number": license_["number"],
            "name": license_["name"],
        }
        if how.startswith("field:"):
            text, carried = face.get(how[6:], ("", ""))[:2]
            return text if carried == "value" else ""
        if how.startswith("constant:"):
            return how[9:]
        return table[how]

    def face_of(self, pack, carried_fields, license_):
        """The face in the pack's order: what travelled, and what derives."""
        face = dict(carried_fields)
        for rule in pack.fields:
            if rule["label"] in face:
                continue
            text = self.derive(rule, license_, face)
            if text:
                face[rule["label"]] = (text, "value", None)
        return face

    def license(self, pack, cbor, issuer_name):
        need(len(cbor) <= 2200, "over 2,200 bytes")
        claims = read_cbor(cbor, 3, 64)
        need(isinstance(claims, Map), "a map")
        for key, _ in claims:
            need(isinstance(key, str) or (isinstance(key, int) and -24 <= key <= 23 and key != 0), "key")
        if any(claims.get(k) is not MISSING for k in (13, 14, 15)):
            raise Newer
        need(claims.get(1) == pack.digest[:4], "pack")
        issuer = claims.get(2)
        if isinstance(issuer, bytes):
            issuer = unpack_uscc(issuer)
        else:
            need(isinstance(issuer, str) and is_uscc(issuer) and not uscc_packs(issuer), "issuer")
        serial = self.serial(claims.get(3))
        revision = claims.get(5)
        need(revision is MISSING or (isinstance(revision, int) and 2 <= revision <= 999), "revision")
        revision = 1 if revision is MISSING else revision
        issued, start, end = day(claims.get(7)), claims.get(8), claims.get(9)
        start = issued if start is MISSING else day(start)
        need(claims.get(8) is MISSING or start != issued, "default written")
        if end is MISSING:
            until = None
        elif end is None:
            until = "long-term"
        else:
            need(day(end) >= start, "ends before it begins")
            until = day(end).isoformat()
        signed = claims.get(10)
        need(isinstance(signed, int), "signed at")
        day((signed + 8 * 3600) // 86400)
        for key in (11, 12):
            need(isinstance(claims.get(key), int) and claims.get(key) >= 0, "status")
        type_code = pack.json["code"]
        content = type_code + issuer + serial + f"{revision:03d}"
        epoch = calendar.timegm((2000, 1, 1, 0, 0, 0))
        signed_at = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=epoch + signed + 8 * 3600)
        license_ = {
            "id": f"1.2.156.3005.2.{type_code}.{issuer}.{serial}.{revision:03d}.{mod_37_36(content)}",
            "type": type_code,
            "name": pack.json["name"],
            "number": "",
            "issuing_authority": {"code": issuer, "name": issuer_name},
            "holders": self.holders(claims.get(6)),
            "issued_on": issued.isoformat(),
            "valid_from": start.isoformat(),
            "valid_until": until,
            "signed_at": signed_at.strftime("%Y-%m-%dT%H:%M:%S+08:00"),
            "revision": revision,
            "status": {"list": claims.get(11), "index": claims.get(12)},
        }
        carried = {}
        for key, item in claims:
            if isinstance(key, int) and key < 0:
                rule = pack.by_number.get(-key)
                need(rule is not None, "a field that the pack lacks")
                carried[rule["label"]] = self.field(rule, item)
            if isinstance(key, int) and key >= 16:
                presentable(item)
        check_rules(pack.json, license_)
        self.settle_number(pack, claims.get(4), serial, license_, carried)
        face = self.face_of(pack, carried, license_)
        for rule in pack.fields:  # a derivable field is never written
            if rule["label"] in carried:
                others = {k: v for k, v in face.items() if k != rule["label"]}
                derived = self.derive(rule, license_, others)
                need(derived == "" or not says(rule, carried[rule["label"]], derived), "a derivable field is written")
                need(rule.get("derive") != "issuer.name", "the issuer's name never travels")
            elif rule["required"] == "R" and rule.get("carried") != "absent" and rule.get("derive") != "issuer.name":
                need(rule["label"] in face, "a required field is missing")
        license_["face"] = []
        for rule in pack.fields:
            if rule["label"] in face:
                text, how, digest = face[rule["label"]]
                item = {"label": rule["label"], "key": (rule.get("keys") or [""])[0], "text": text, "carried": how}
                if digest:
                    item["digest"] = digest
                license_["face"].append(item)
        names = {n for f in pack.fields for n in (f["label"], *f.get("labels", []), *f.get("keys", []))}
        for label, item in claims:
            if isinstance(label, str):
                need(check_clean(label) not in names, "a field by label that the pack has by number")
                license_["face"].append({"label": label, "key": "", "text": self.words.read(item), "carried": "value"})
        return license_

    def settle_number(self, pack, item, serial, license_, carried):
        holder = license_["holders"][0]["code"]
        shown = {label: value[0] for label, value in self.face_of(pack, carried, license_).items()}
        if isinstance(item, (str, bytes)):
            license_["number"] = self.words.read(item)
            need(pack.packs_number(license_["number"], serial, holder, shown) is None, "text for a number that packs")
            return
        need(item is MISSING or (isinstance(item, int) and item >= 0), "number")
        if item is MISSING and not pack.rebuilt():
            need(pack.json.get("number", {}).get("optional", False), "number missing")
            return
        need(item is MISSING or not pack.rebuilt(), "a number that the pack rebuilds")
        license_["number"] = pack.number(0 if item is MISSING else item, serial, holder, shown)
        again = pack.packs_number(license_["number"], serial, holder, shown)
        need(again == ("" if item is MISSING else item), "not the one packing")


def outcome(reader, header, text, issuer_name):
    link = re.fullmatch(r"https://[^#]*#(369[0-9].*)", text)
    text = re.sub("[０-９]", lambda c: str("０１２３４５６７８９".index(c[0])), link[1] if link else text)
    text = "".join(text.split()) if re.fullmatch(r"[0-9\s]*", text) else text
    if not text.startswith("3691"):
        return ("newer" if re.fullmatch("369[0-9]{18,}", text) else "foreign"), None
    try:
        need(len(text) <= 6000, "over 6,000 digits")
        raw = digits_to_bytes(text[4:])
        need(len(raw) > 72, "too short")
        hint, claims, signature = raw[:8], raw[8:-64], raw[-64:]
        protected = write_cbor(Map([(1, -65537), (4, hint)]))
        signed = write_cbor(["Signature1", protected, b"elic payload 1", claims])
        point = bytes.fromhex(header["key"]) if "key" in header else None
        if point is not None:
            if not sm2_verify((int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")), signed, signature):
                return "signature", None
            assert header["claims"] == claims.hex(), "claims"
            assert header["cose"] == write_cbor([protected, Map(), claims, signature]).hex(), "cose"
        return "ok", reader.license(reader.packs[header["pack"]], claims, issuer_name)
    except Newer:
        return "newer", None
    except Malformed:
        return "malformed", None


def main():
    source = pathlib.Path(sys.argv[1])
    assert own_sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abc" * 100) == own_sm3(b"abc" * 100)
    reader = Reader(source)
    faults, counts = [], {}
    for path in sorted((source / "testdata/vectors/payload").glob("*.txt")):
        head_text, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        header = dict(line.split(": ", 1) for line in head_text.splitlines())
        found, license_ = outcome(reader, header, body.strip(), "示例省政务服务局（测试）")
        counts[found] = counts.get(found, 0) + 1
        if found != header["expect"]:
            faults.append(f"{path.name}: {found}, expected {header['expect']}")
        elif found == "ok" and license_ != json.loads(header["meaning"]):
            expected = json.loads(header["meaning"])
            faults.append(f"{path.name}: another meaning: " + "; ".join(f"{k}: {license_.get(k)!r} != {v!r}" for k, v in expected.items() if license_.get(k) != v))
    if (source / "testdata/vectors/trust").is_dir():
        import independent_trust
        faults += independent_trust.check(source, sys.modules["__main__"])
    if (source / "testdata/vectors/status").is_dir():
        import independent_status
        faults += independent_status.check(source, sys.modules["__main__"])
    if (source / "testdata/vectors/matrix").is_dir():
        import independent_verdict
        faults += independent_verdict.check(source, sys.modules["__main__"])
    import independent_ledger
    faults += independent_ledger.check(source)
    for fault in faults:
        print(fault)
    print(f"independent reader: {sum(counts.values())} payload vectors {counts}, {len(faults)} disagreements")
    return 1 if faults or sum(counts.values()) < 168 else 0


if __name__ == "__main__":
    sys.exit(main())
