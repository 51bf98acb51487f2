#!/usr/bin/env python3
"""Writes the sources of this folder and expected.tsv: each is good.json with one thing changed. The certificates were
made by `elic pilot-ca` with keys that were thrown away. Usage: make.py, in this folder."""
import copy
import json
import pathlib

TYPE = "11100000000013661B006"
OFFICE, OTHER = "11430199MB00TX017C", "11440199MB00TX025B"
CHILD = "11430102MB00TX033H"
GOOD = {
    "format": "elic trust source 1", "number": 3, "not_before": "2026-11-27", "next_update": "2027-11-19",
    "roots": ["TEST-root.pem"], "packs": ["builtin"],
    "bodies": [
        {"code": OFFICE, "name": "示例市住房和城乡建设局", "hosts": ["zw.shili.example"],
         "certificates": [{"file": "TEST-office.pem"}],
         "types": [{"types": [TYPE], "areas": ["430100"], "from": "2026-11-27"}]},
        {"code": OTHER, "name": "样本市交通运输局", "hosts": ["jt.yangben.example"],
         "certificates": [{"file": "TEST-other.pem"}],
         "types": [{"types": [TYPE], "areas": ["440100"], "from": "2026-11-27"}]}]}
DELEGATION = {
    "format": "elic delegation source 1", "parent": OFFICE, "number": 1, "not_before": "2026-11-27",
    "next_update": "2027-11-19",
    "body": {"code": CHILD, "name": "示例市样例区住房和城乡建设局", "certificates": [{"file": "TEST-child.pem"}],
             "types": [{"types": [TYPE], "areas": ["430102"], "from": "2026-11-27"}]}}
GRANT, KEY, BODY, SECOND = "bodies.0.types.0.", "bodies.0.certificates.0.", "bodies.0.", "bodies.1."
GONE = object()
# name: changes (path -> value, GONE removes), every kind that must be named, and nothing more: some faults are of several kinds
FAULTS = {
    "unknown_key": ({"rots": []}, ["json.unknown_key"]),
    "unknown_key_deep": ({GRANT + "area": ["430100"]}, ["json.unknown_key"]),
    "missing_name": ({BODY + "name": GONE}, ["json.missing_key"]),
    "number_is_text": ({"number": "3"}, ["json.type"]),
    "format": ({"format": "elic trust source 0"}, ["source.format"]),
    "no_file": ({KEY + "file": "nowhere.pem"}, ["file.missing"]),
    "number_zero": ({"number": 0}, ["number.range"]),
    "day_not_there": ({"not_before": "2026-11-31"}, ["time.malformed"]),
    "update_before_start": ({"next_update": "2026-11-20"}, ["grant.future", "next_update.before_start", "next_update.past"]),
    "update_far": ({"next_update": "2030-11-19"}, ["next_update.far"]),
    "start_in_future": ({"not_before": "2027-01-01"}, ["not_before.future"]),
    "no_root": ({"roots": []}, ["root.missing"]),
    "body_as_root": ({"roots": ["TEST-root.pem", "TEST-delegating.pem"]}, ["root.key_usage", "root.not_ca", "root.not_self_signed", "root.unused"]),
    "root_as_body": ({KEY + "file": "TEST-root.pem"}, ["certificate.also_root", "certificate.is_ca", "certificate.long_lived",
                                                        "certificate.name_differs", "certificate.self_signed"]),
    "not_a_certificate": ({KEY + "file": "make.py"}, ["certificate.unreadable"]),
    "certificate_expires": ({"next_update": "2027-11-28", KEY + "file": "TEST-short.pem"}, ["certificate.expiring", "key.gap"]),
    "certificate_twice": ({"bodies.0.certificates": [{"file": "TEST-office.pem"}] * 2}, ["certificate.twice", "key.overlap"]),
    "certificate_of_two": ({"bodies.1.certificates.0.file": "TEST-office.pem"},
                           ["certificate.name_differs", "certificate.two_bodies"]),
    "wrong_name": ({BODY + "name": "示例市人力资源局"}, ["certificate.name_differs"]),
    "until_before_from": ({KEY + "from": "2027-03-01", KEY + "until": "2027-02-01"}, ["certificate.until_before_from"]),
    "kind_unknown": ({KEY + "kinds": ["licence"]}, ["key.no_payload", "kind.unknown"]),
    "kinds_mixed": ({KEY + "kinds": ["payload", "status-list"]}, ["kind.status_with_payload"]),
    "no_payload_key": ({KEY + "kinds": ["status-list"]}, ["key.no_payload"]),
    "keys_overlap": ({"bodies.0.certificates": [{"file": "TEST-office.pem"}, {"file": "TEST-delegating.pem"}]},
                     ["key.overlap"]),
    "compromised": ({KEY + "compromised_since": "2026-11-29"},
                    ["compromised.no_genuine_list", "compromised.no_replacement", "key.none_now"]),
    "withdrawn": ({KEY + "until": "2026-11-30"}, ["key.none_now"]),
    "code_one_digit_wrong": ({BODY + "code": "11430199MB00TX018C"}, ["code.malformed"]),
    "code_letter_for_digit": ({BODY + "code": "1143O199MB00TX017C"}, ["code.malformed"]),
    "body_twice": ({SECOND + "code": OFFICE, "bodies.1.types.0.areas": ["430200"]}, ["body.twice", "grant.outside_division"]),
    "name_zero_width": ({BODY + "name": "示例市\u200b住房和城乡建设局"}, ["certificate.name_differs", "name.forbidden_character",
                                                            "name.odd_character"]),
    "name_full_width": ({BODY + "name": "示例市住房和城乡建设局Ａ"}, ["certificate.name_differs", "name.latin_letters",
                                                             "name.look_alike_form"]),
    "name_radical": ({BODY + "name": "⽰例市住房和城乡建设局"}, ["certificate.name_differs", "name.look_alike_form",
                                                         "name.odd_character"]),
    "name_cyrillic": ({BODY + "name": "示例市住房和城乡建设局А"}, ["certificate.name_differs", "name.mixed_scripts"]),
    "name_of_another": ({SECOND + "name": "示例市住房和城乡建设局"}, ["certificate.name_differs", "name.same"]),
    "name_alike": ({SECOND + "name": "示例巿住房和城乡建设局"}, ["certificate.name_differs", "name.alike"]),
    "host_is_url": ({BODY + "hosts": ["https://zw.shili.example/verify"]}, ["host.url"]),
    "host_of_two": ({SECOND + "hosts": ["zw.shili.example"]}, ["host.two_bodies"]),
    "type_check_character": ({GRANT + "types": ["11100000000013662B006"]}, ["type.malformed"]),
    "type_without_pack": ({GRANT + "types": ["11100000000013338W777"]}, ["type.unknown"]),
    "area_of_no_province": ({GRANT + "areas": ["430100", "990000"]}, ["area.unknown_province"]),
    "area_five_digits": ({GRANT + "areas": ["43010"]}, ["area.malformed"]),
    "area_nested": ({GRANT + "areas": ["430100", "430102"]}, ["area.nested"]),
    "area_elsewhere": ({GRANT + "areas": ["450100"]}, ["grant.outside_division"]),
    "area_whole_country": ({GRANT + "areas": ["000000"]}, ["grant.beyond_division"]),
    "right_unknown": ({GRANT + "rights": ["revoke"]}, ["right.unknown"]),
    "delegates_without_key": ({GRANT + "rights": ["issue", "delegate"]}, ["grant.delegate_without_key"]),
    "grants_overlap": ({"bodies.0.types": [{"types": [TYPE], "areas": ["430100"], "from": "2026-11-27"},
                                           {"types": [TYPE], "areas": ["430102"], "from": "2027-01-01"}]},
                       ["grant.overlap"]),
    "grants_with_gap": ({"bodies.0.types": [
        {"types": [TYPE], "areas": ["430100"], "from": "2026-11-27", "until": "2027-01-31"},
        {"types": [TYPE], "areas": ["430100"], "from": "2027-02-02"}]}, ["grant.gap"]),
    "successor_is_itself": ({BODY + "successor": {"code": OFFICE, "from": "2028-01-01"}}, ["successor.grants_open", "successor.itself", "successor.keys_open"]),
    "successor_unknown": ({BODY + "successor": {"code": CHILD, "from": "2028-01-01"},
                           KEY + "until": "2027-12-31", GRANT + "until": "2027-12-31"}, ["successor.unknown"]),
    "former_names_order": ({BODY + "former_names": [{"name": "示例市建设委员会", "until": "2015-05-01"},
                                                    {"name": "示例市建设管理局", "until": "2010-05-01"}]},
                           ["former_name.order"]),
    "pack_unreadable": ({"packs": ["builtin", "TEST-root.pem"]}, ["pack.unreadable"]),
    "object_unknown": ({"objects": ["make.py"]}, ["object.unknown"]),
}
DELEGATION_FAULTS = {
    "delegation_of_itself": ({"parent": CHILD}, ["delegation.itself"]),
    "delegation_without_parent": ({"parent": GONE}, ["json.missing_key"]),
    "delegation_two_bodies": ({"bodies": []}, ["json.unknown_key"]),
}


def changed(source, changes):
    source = copy.deepcopy(source)
    for path, value in changes.items():
        *way, last = path.split(".")
        at = source
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at[step]
        if value is GONE:
            del at[last]
        else:
            at[last] = value
    return source


def main():
    rows = [("good", []), ("delegation_good", [])]
    sources = {"good": GOOD, "delegation_good": DELEGATION}
    for good, faults in ((GOOD, FAULTS), (DELEGATION, DELEGATION_FAULTS)):
        for name, (changes, kinds) in faults.items():
            sources[name] = changed(good, changes)
            rows.append((name, kinds))
    for name, source in sources.items():
        pathlib.Path(name + ".json").write_text(json.dumps(source, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = "".join(f"{name}.json\t{' '.join(sorted(kinds))}\n" for name, kinds in rows)
    pathlib.Path("expected.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
