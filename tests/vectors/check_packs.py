#!/usr/bin/env python3
"""A second opinion on the type packs and the sample drafts, by other code than the program's own.

Usage: check_packs.py SOURCE_DIRECTORY

Holds every pack of schemas/types against docs/format/type-pack.md, schemas/types/frozen.txt against the packs' bytes, and every draft of
testdata/samples and testdata/size-samples against its pack: known items, required items, codes of lists, check digits, the number.
Python 3 standard library only. Stops at the first fault with a message; prints counts.
"""
import datetime
import hashlib
import json
import math
import pathlib
import re
import sys

TOP_KEYS = {"format", "code", "version", "provisional", "name", "name_en", "face_title", "defining_authority", "standard", "sources",
            "words", "holders", "validity", "number", "fields", "states"}
TOP_REQUIRED = TOP_KEYS - {"name_en", "face_title", "standard", "provisional", "states", "number"}
FIELD_KEYS = {"n", "label", "labels", "keys", "kind", "codes", "open", "scale", "unit", "separator", "max", "required", "on_face",
              "carried", "derive", "compare", "sensitivity"}
KINDS = {"text", "code", "codes", "date", "whole", "decimal", "uscc", "citizen-id", "list", "image"}
DERIVATIONS = {"holder.names", "holder.codes", "holder.sex", "holder.birth_date", "issued_on", "valid_from", "valid_until", "validity",
               "issuer.name", "issuer.code", "number", "name"}
STATES = {"valid", "suspended", "lapsed", "cancelled", "withdrawn", "revoked", "transferred-out", "replaced", "other"}
HOLDER_TYPES = {"001", "099", "111", "114", "115", "118", "119", "120", "122", "411", "412", "413", "414", "511", "516", "999",
                "400", "551", "552"}
FLAT_KEYS = {"ZZLXDM", "ZZMC", "ZZBH", "ZZBS", "ZZBFJG", "ZZBFJGDM", "ZZBFRQ", "ZZYXQQSRQ", "ZZYXQJZRQ", "CZZT", "CZZTDM", "CZZTDMLX",
             "CZZTDMLXDM", "request", "serial", "previous"}
NESTED_KEYS = {"type", "request", "number", "holder", "holders", "issued_on", "valid_from", "valid_until", "face", "serial", "previous"}
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Fault(Exception):
    pass


def need(condition, place, message):
    if not condition:
        raise Fault(f"{place}: {message}")


def organisation_check(eight):
    """GB 11714: weights 3 7 9 10 5 8 4 2, letters from A = 10."""
    remainder = 11 - sum(w * int(c, 36) for w, c in zip((3, 7, 9, 10, 5, 8, 4, 2), eight)) % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def uscc_holds(text):
    """GB 32100: both check characters."""
    if len(text) != 18 or any(c not in USCC_ALPHABET for c in text):
        return False
    total = sum(USCC_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(text[:17]))
    return organisation_check(text[8:16]) == text[16] and USCC_ALPHABET[-total % 31] == text[17]


def citizen_holds(text):
    """GB 11643: ISO/IEC 7064 MOD 11-2 and a date that exists."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        return False
    try:
        datetime.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    product = 0
    for c in text[:17]:
        product = (product + int(c)) * 2 % 11
    return "0123456789X"[(12 - product) % 11] == text[17]


def mod_11_10(digits):
    """ISO/IEC 7064 MOD 11,10: the hybrid system of GB/T 17710."""
    product = 10
    for c in digits:
        product = ((product + int(c)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def qualification(digits):
    return str(sum(int(c) * w for c, w in zip(digits[-8:], (7, 9, 5, 1, 4, 2, 6, 8))) % 10)


def check_text(text, place):
    need(isinstance(text, str) and text and not re.search(r"[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]", text),
         place, "a clean, non-empty text is expected")


def check_derivation(field, labels_before, place):
    derive = field["derive"]
    if derive.startswith("field:"):
        need(derive[6:] in labels_before, place, f"derives from '{derive[6:]}', which is no earlier field")
    elif derive.startswith("constant:"):
        check_text(derive[9:], place)
        need(field["kind"] != "code" or derive[9:] in [e["text"] for e in field["codes"]], place, "the constant is not in the list")
    else:
        need(derive in DERIVATIONS, place, f"unknown derivation '{derive}'")


def check_field(field, labels_before, place):
    need(isinstance(field, dict) and not set(field) - FIELD_KEYS, place, f"unknown key {set(field) - FIELD_KEYS}")
    for key in ("label", "kind", "required"):
        need(key in field, place, f"no {key}")
    place = f"{place} {field['label']}"
    kind, carried = field["kind"], field.get("carried", "value")
    need(kind in KINDS, place, f"kind '{kind}'")
    need(field["required"] in ("R", "C", "O"), place, "required is R, C or O")
    need(carried in ("value", "masked", "digest", "absent"), place, "carried")
    need(field.get("sensitivity", 0) in range(4), place, "sensitivity is 0..3")
    need(("codes" in field) == (kind in ("code", "codes")), place, "codes belong to kinds code and codes")
    need(not field.get("open") or kind == "code", place, "only a code list is open")
    need("scale" not in field or (kind == "decimal" and field["scale"] in range(1, 10)), place, "scale belongs to decimals")
    need("unit" not in field or kind in ("decimal", "whole"), place, "unit belongs to numbers")
    need("separator" not in field or kind in ("list", "codes"), place, "separator belongs to lists")
    need("max" not in field or field["max"] in range(1, 8193), place, "max")
    if kind == "image":
        need(carried in ("digest", "absent") and "derive" not in field, place, "an image is carried as digest or not at all")
    if "codes" in field:
        texts = [entry["text"] for entry in field["codes"]]
        codes = [entry["code"] for entry in field["codes"] if entry["code"]]
        for entry in field["codes"]:
            need(set(entry) == {"code", "text"}, place, "an entry has code and text")
            check_text(entry["text"], place)
        need(len(set(texts)) == len(texts) and len(set(codes)) == len(codes), place, "an entry is repeated")
        need(not set(texts) & set(codes), place, "a code of one entry is the text of another")
        need(kind != "codes" or len(texts) <= 63, place, "a set of at most 63 codes")
        if "max" in field:
            need(max(map(len, texts)) <= field["max"], place, "an entry is longer than max")
    if "derive" in field:
        check_derivation(field, labels_before, place)
    n = field.get("n")
    need(n is None or n in range(1, 25), place, "n is 1..24")
    need(n is None or carried != "absent", place, "what is absent from the code needs no n")
    need(n is not None or carried == "absent" or "derive" in field, place, "the code may have to carry it: it needs an n")
    if field.get("sensitivity", 0) == 3 and carried == "value" and "姓名" not in field["label"] and "国籍" not in field["label"]:
        need(field.get("derive", "").startswith("holder."), place, "sensitive and carried in the open")
    return n


def check_part(part, pack, place):
    rules = {"literal": str, "choice": list, "digits": int, "area": bool, "serial": int, "field": str, "holder_code": bool, "check": str}
    kinds = [key for key in part if key in rules]
    need(len(kinds) == 1 and not set(part) - {kinds[0], "from"}, place, f"not one kind of part: {part}")
    kind, value = kinds[0], part[kinds[0]]
    need(type(value) is rules[kind], place, f"{kind}: wrong form")
    need(("from" in part) == (kind == "serial"), place, "from belongs to serial")
    if kind == "choice":
        need(len(value) > 1 and len(set(value)) == len(value) and all(value), place, "a choice of different texts")
    if kind == "check":
        need(value in ("mod_11_10", "qualification"), place, f"check '{value}'")
    if kind == "field":
        fields = [f for f in pack["fields"] if f["label"] == value]
        need(fields and fields[0]["kind"] == "code" and fields[0]["required"] == "R", place, f"'{value}' is no required code field")
        need(all(e["code"] for e in fields[0]["codes"]) and not fields[0].get("open"), place, f"'{value}' has entries without a code")
    return {"choice": len(value) if kind == "choice" else 1, "digits": 10 ** value if kind == "digits" else 1, "area": 10 ** 6}.get(kind, 1)


def check_pack(pack, place):
    need(isinstance(pack, dict), place, "an object is expected")
    need(not set(pack) - TOP_KEYS, place, f"unknown key {set(pack) - TOP_KEYS}")
    need(not TOP_REQUIRED - set(pack), place, f"no {TOP_REQUIRED - set(pack)}")
    need(pack["format"] == "elic type pack 0" and pack["words"] == 1, place, "format or words")
    code = pack["code"]
    need(len(code) == 21 and uscc_holds(code[:18]) and code[18:].isdigit(), place, "the type code's USCC does not check")
    need(pack.get("provisional", False) == (code[18] == "9"), place, "provisional exactly when the code is 9nn")
    need(pack["sources"], place, "no sources")
    for text in [pack["name"], pack["defining_authority"], *pack["sources"]]:
        check_text(text, place)
    holders = pack["holders"]
    need(set(holders) == {"min", "max", "code_types", "carried"} and 1 <= holders["min"] <= holders["max"] <= 8, place, "holders")
    need(set(holders["code_types"]) <= HOLDER_TYPES and holders["carried"] in ("value", "masked"), place, "holders")
    validity = pack["validity"]
    need(validity["allowed"] and set(validity["allowed"]) <= {"until", "long-term", "none"} and not set(validity) - {"allowed", "years"},
         place, "validity")
    labels, names, numbers = [], set(), set()
    for position, field in enumerate(pack["fields"]):
        n = check_field(field, labels, f"{place} field {position + 1}")
        need(n is None or n not in numbers, place, f"n {n} is repeated")
        numbers.add(n)
        labels.append(field["label"])
        for name in [field["label"], *field.get("labels", []), *field.get("keys", [])]:
            check_text(name, place)
            need(name not in names, place, f"the name '{name}' is repeated")
            names.add(name)
    need(not names & (FLAT_KEYS - {"ZZBH", "ZZBFJG", "ZZBFRQ"}), place, "a key of the metadata names a face item")
    patterns = pack.get("number", {}).get("patterns", [])
    smaller = 1
    for index, pattern in enumerate(patterns):
        radix = math.prod(check_part(part, pack, f"{place} number pattern {index + 1}") for part in pattern)
        need((index + 1) * radix < 2 ** 63, place, f"number pattern {index + 1} does not fit 63 bits")
        # The packed numbers of two patterns are apart only when no later pattern has fewer values.
        need(radix >= smaller, place, f"number pattern {index + 1} has fewer values than the one before it: change their order")
        smaller = radix
    for state in pack.get("states", []):
        need(set(state) == {"code", "text", "state"} and state["state"] in STATES, place, f"state {state}")
    return len(pack["fields"])


def match_parts(parts, text, known, digits="", serial=()):
    """All ways a number agrees with a pattern; the serial characters it gives for each."""
    if not parts:
        if not text:
            yield dict(serial)
        return
    part, rest = parts[0], parts[1:]
    for token in candidates(part, text, known, digits):
        taken = dict(serial)
        if "serial" in part:
            taken.update({part["from"] + i: c for i, c in enumerate(token)})
        yield from match_parts(rest, text[len(token):], known, digits + "".join(c for c in token if c in "0123456789"), tuple(taken.items()))


def candidates(part, text, known, digits):
    if "literal" in part:
        tokens = [part["literal"]]
    elif "choice" in part:
        tokens = part["choice"]
    elif "field" in part:
        tokens = [known["codes"].get(part["field"], "\0")]
    elif "holder_code" in part:
        tokens = [known["holder"]]
    elif "check" in part:
        tokens = [mod_11_10(digits) if part["check"] == "mod_11_10" else qualification(digits)]
    else:
        length = part.get("digits", part.get("serial", 6))
        token = text[:length]
        form = r"[0-9A-Z]+" if "serial" in part else r"[0-9]+"
        tokens = [token] if len(token) == length and re.fullmatch(form, token) else []
        if "serial" in part and known["serial"]:
            tokens = [t for t in tokens if known["serial"][part["from"]:part["from"] + length] == t]
    return [t for t in tokens if text.startswith(t)]


def read_date(text, place):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Fault(f"{place}: '{text}' is no date") from None


def shape(draft, place):
    """The nested form of a draft, whichever form it has."""
    if "ZZLXDM" not in draft:
        need(not set(draft) - NESTED_KEYS, place, f"unknown key {set(draft) - NESTED_KEYS}")
        need(("holder" in draft) != ("holders" in draft), place, "holder or holders")
        holders = draft["holders"] if "holders" in draft else [draft["holder"]]
        for holder in holders:
            need(set(holder) == {"name", "code_type", "code"}, place, "a holder has name, code_type and code")
        return {**draft, "holders": holders}
    columns = [draft[key] for key in ("CZZT", "CZZTDMLXDM", "CZZTDM")]
    need(len({len(c) for c in columns}) == 1, place, "the holders' lists differ in length")
    return {"type": draft["ZZLXDM"], "name": draft.get("ZZMC"), "request": draft["request"], "number": draft.get("ZZBH", ""),
            "holders": [{"name": n, "code_type": t, "code": c} for n, t, c in zip(*columns)],
            "issued_on": draft["ZZBFRQ"], "valid_from": draft.get("ZZYXQQSRQ"), "valid_until": draft.get("ZZYXQJZRQ"),
            "serial": draft.get("serial"), "face": {k: v for k, v in draft.items() if k not in FLAT_KEYS}}


def check_item(field, text, place):
    kind = field["kind"]
    check_text(text, place)
    if kind == "code" and not field.get("open"):
        need(text in [e[k] for e in field["codes"] for k in ("code", "text")], place, f"'{text}' is not in the list")
    if kind == "codes":
        for item in re.split("[、；]", text):
            need(item in [e[k] for e in field["codes"] for k in ("code", "text")], place, f"'{item}' is not in the list")
    if kind == "date":
        read_date(text, place)
    if kind == "decimal":
        scale = field.get("scale", 0)
        need(re.fullmatch(r"(0|[1-9][0-9]*)" + (r"\.[0-9]{%d}" % scale if scale else "") + re.escape(field.get("unit", "")), text), place, f"'{text}'")
    if kind == "whole":
        need(re.fullmatch("(0|[1-9][0-9]*)" + re.escape(field.get("unit", "")), text), place, f"'{text}'")
    holds = {"uscc": uscc_holds, "citizen-id": citizen_holds}.get(kind, bool)
    need(holds(text), place, f"'{text}' does not check")
    if kind == "image":
        need(re.fullmatch("sm3:[0-9a-f]{64}", text), place, "sm3: and 64 hexadecimal digits")
    need(len(text) <= field.get("max", 500), place, f"longer than {field.get('max', 500)} characters")


def derived(field, draft, face):
    holder = draft["holders"][0]
    until = draft.get("valid_until") or ""
    start = draft.get("valid_from") or draft["issued_on"]
    end = "长期" if until in ("长期", "long-term", "9999-12-31") else until
    citizen = holder["code"] if holder["code_type"] == "111" else ""
    rule = field.get("derive", "")
    if rule.startswith("constant:"):
        return rule[9:]
    if rule.startswith("field:"):
        return face.get(rule[6:], "")
    return {"holder.names": "、".join(h["name"] for h in draft["holders"]), "holder.codes": "、".join(h["code"] for h in draft["holders"]),
            "holder.sex": citizen and "女男"[int(citizen[16]) % 2],
            "holder.birth_date": citizen and f"{citizen[6:10]}-{citizen[10:12]}-{citizen[12:14]}",
            "issued_on": draft["issued_on"], "valid_from": start, "valid_until": end, "validity": end and f"{start}至{end}",
            "number": draft.get("number", "")}.get(rule, "?" if rule else "")


def check_face(draft, pack, place):
    face, codes = {}, {}
    for name, value in draft["face"].items():
        matches = [f for f in pack["fields"] if name in [f["label"], *f.get("labels", []), *f.get("keys", [])]]
        need(len(matches) == 1, place, f"'{name}' is no item of the pack")
        field = matches[0]
        need(field["label"] not in face, place, f"'{name}' is given twice")
        text = value if isinstance(value, str) else field.get("separator", "；" if field["kind"] == "list" else "、").join(value)
        check_item(field, text, f"{place} {name}")
        need(field.get("derive") != "issuer.name", place, f"'{name}' would contradict the issuing body's name")
        face[field["label"]] = text
    for field in pack["fields"]:
        label = field["label"]
        text = derived(field, draft, face)
        if label not in face and text:
            face[label] = text
        if label in face and text and face[label] != text:
            need("n" in field or field.get("carried") == "absent", place, f"'{label}' must be '{text}'")
        need(label in face or field["required"] != "R", place, f"'{label}' is required")
        for entry in field.get("codes", []):
            if face.get(label) in (entry["code"], entry["text"]):
                codes[label] = entry["code"]
    return codes


def check_draft(draft, packs, place):
    draft = shape(draft, place)
    need(draft["type"] in packs, place, f"no pack for {draft['type']}")
    pack = packs[draft["type"]]
    need(draft.get("name") in (None, pack["name"]), place, "ZZMC differs from the pack's name")
    need(draft.get("request"), place, "no request")
    need(pack["holders"]["min"] <= len(draft["holders"]) <= pack["holders"]["max"], place, "number of holders")
    for holder in draft["holders"]:
        check_text(holder["name"], place)
        types = pack["holders"]["code_types"]
        need(holder["code_type"] in (types or HOLDER_TYPES), place, f"code type {holder['code_type']}")
        holds = {"001": uscc_holds, "111": citizen_holds}.get(holder["code_type"], bool)
        need(holds(holder["code"]), place, f"holder code {holder['code']} does not check")
    issued_on = read_date(draft["issued_on"], place)
    start = read_date(draft.get("valid_from") or draft["issued_on"], place)
    until = draft.get("valid_until")
    form = "none" if not until else "long-term" if until in ("长期", "long-term", "9999-12-31") else "until"
    need(form in pack["validity"]["allowed"], place, f"the type does not take validity '{form}'")
    need(form != "until" or read_date(until, place) >= max(start, issued_on), place, "ends before it starts")
    serial = draft.get("serial") or ""
    need(re.fullmatch("[0-9A-Z]{0,64}", serial), place, "serial")
    codes = check_face(draft, pack, place)
    patterns = pack.get("number", {}).get("patterns", [])
    known = {"codes": codes, "holder": draft["holders"][0]["code"], "serial": serial}
    readings = [r for p in patterns for r in match_parts(p, draft.get("number", ""), known)]
    need(readings or not patterns, place, f"no pattern takes the number '{draft.get('number')}'")
    need(draft.get("number"), place, "no number")


def main(source):
    root = pathlib.Path(source)
    packs, fields, listed = {}, 0, []
    for path in sorted((root / "schemas/types").glob("*/*.json")):
        place = str(path.relative_to(root))
        content = path.read_bytes()
        pack = json.loads(content.decode("utf-8"), object_pairs_hook=lambda pairs: unique(pairs, place))
        fields += check_pack(pack, place)
        need(path.parent.name == pack["code"] and path.name == f"{pack['version']}.json", place, "the file is not in its place")
        if pack["version"] >= packs.get(pack["code"], pack)["version"]:
            packs[pack["code"]] = pack
        listed.append(f"{hashlib.new('sm3', content).hexdigest()}  {pack['code']}/{pack['version']}.json")
    need(len({line[:8] for line in listed}) == len(listed), "schemas/types", "two packs have the same digest prefix")
    frozen = (root / "schemas/types/frozen.txt").read_text(encoding="utf-8").splitlines()
    for line in listed:
        need(line in frozen, "schemas/types/frozen.txt", f"lacks '{line}': a frozen pack was edited, or a new one is not listed")
    need(len(frozen) == len(listed), "schemas/types/frozen.txt", "lists a pack that is not there")
    need(listed, "schemas/types", "no packs")
    counts = {}
    for folder in ("samples", "size-samples"):
        paths = sorted((root / "testdata" / folder).glob("*.json"))
        need(paths, f"testdata/{folder}", "no drafts")
        requests = set()
        for path in paths:
            place = str(path.relative_to(root))
            draft = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=lambda pairs: unique(pairs, place))
            check_draft(draft, packs, place)
            need(draft["request"] not in requests, place, "the request is repeated")
            requests.add(draft["request"])
        counts[folder] = len(paths)
    print(f"check_packs: {len(listed)} packs with {fields} fields, {counts['samples']} samples and {counts['size-samples']} size samples hold")


def unique(pairs, place):
    keys = [key for key, _ in pairs]
    need(len(set(keys)) == len(keys), place, f"a key is repeated: {keys}")
    return dict(pairs)


def self_test():
    """Numbers printed in the standards and rules themselves, and what must fail."""
    need(uscc_holds("91350100M000100Y43") and not uscc_holds("91350100M000100Y44"), "self-test", "GB 32100")
    need(citizen_holds("11010519491231002X") and citizen_holds("440524188001010014") and not citizen_holds("110105194912310021"), "self-test", "GB 11643")
    need(qualification("25300001") == "2", "self-test", "qualification: the rule's own example D253000012")
    need(mod_11_10("0794") == "5", "self-test", "ISO/IEC 7064 MOD 11,10: the standard's example 0794 5")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        self_test()
        main(sys.argv[1])
    except Fault as fault:
        sys.exit(f"check_packs: {fault}")
