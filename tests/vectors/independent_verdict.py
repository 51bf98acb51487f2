"""A second verifier, written from docs/format/{payload,trust,trust-folder,status,revocation}.md and docs/findings.md: a code, a trust folder,
pins, a memory and a clock in, a verdict and its findings out. Every matrix vector must get the verdict and the finding that it names.
Instants are texts in +08:00, so that they compare as they read."""
import datetime
import json
import pathlib
import re
import sys

import independent_status as status
import independent_trust as trust
import independent_x509 as x509

me = None  # the module that has CBOR and the license

BITS = {"payload": 0, "delegation": 2, "status-list": 3, "status-delta": 4, "genuine-list": 5, "rollover": 8}
CHECKS = ["form", "trust", "signature", "certificate", "issuer", "type", "authority", "validity", "status"]
RANK = {"valid": 0, "indeterminate": 1, "invalid": 2}


class Stop(Exception):
    """A finding after which nothing more is looked at."""


def later(at, seconds):
    moment = datetime.datetime.strptime(at, "%Y-%m-%dT%H:%M:%S+08:00") + datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S+08:00")


def holds(kind, certificate, content, signature):
    protected = me.write_cbor(me.Map([(1, -65537), (4, bytes.fromhex(certificate.digest)[:8])]))
    return x509.holds(certificate.point, me.write_cbor(["Signature1", protected, f"elic {kind} 1".encode(), content]), signature)


class Held:
    """Bytes where a file is asked for."""

    def __init__(self, raw):
        self.read_bytes = lambda: raw


class TrustList:
    def __init__(self, raw):
        trust.kind_of(trust.said_by(raw), ("trust-list",))
        _, signer, path, content, signature = me.read_cbor(raw, 2, 32)
        self.signer, self.path = x509.Certificate(signer), [x509.Certificate(c) for c in path]
        me.need(holds("trust-list", self.signer, content, signature), "signature")
        self.bodies = trust.read_list(content)["bodies"]
        read = me.read_cbor(content, 3, 2000000)
        self.number = read.get(1)
        self.issued_at, self.not_before, self.next_update = (trust.instant(read.get(k)) for k in (2, 3, 4))
        self.roots, self.between = ([d.hex() for d in read.get(k)] for k in (6, 7))
        self.packs = read.get(8)


class Object:
    """A signed object; the signature is not looked at."""

    def __init__(self, raw, kinds):
        self.kind = trust.kind_of(trust.said_by(raw), kinds)
        _, signer, self.content, self.signature = me.read_cbor(raw, 1, 16)
        self.signer, self.file = signer.hex(), raw

    def by(self, certificate):
        return holds(self.kind, certificate, self.content, self.signature)


class Body:
    def __init__(self, code, body, source, delegation=None, carried=()):
        self.code, self.body, self.list, self.delegation = code, body, source, delegation
        self.carried = {c.digest: c for c in carried}


class Key:
    """A certificate by which a body signs: [digest, from, until, kinds, compromised] of its entry, and how it came."""

    def __init__(self, entry, certificate, rollover=None, old=None):
        self.entry, self.certificate, self.rollover, self.old = entry, certificate, rollover, old


class Folder:
    def __init__(self, files):
        self.files, self.lists, self.faults, self.delegated = files, [], [], []
        for name in self.under("lists/"):
            try:
                self.lists.append(TrustList(files[name]))
            except me.Newer:
                self.faults.append("trust.newer")
            except me.Malformed:
                self.faults.append("trust.malformed")
        for name in self.under("delegations/"):
            try:
                held = Object(files[name], ("delegation",))
                said = trust.read_delegation(held.content, None)
            except (me.Malformed, me.Newer):
                continue
            carried = [x509.Certificate(c) for c in me.read_cbor(held.content, 2, 1000).get(9)]
            if name == f"delegations/{said['parent']}/{said['code']}.elic":
                self.delegated.append(Body(said["code"], said["body"], None, (said, held), carried))

    def under(self, prefix):
        return sorted(name for name in self.files if name.startswith(prefix))

    def bodies(self):
        for source in self.lists:
            for code, body in source.bodies.items():
                yield Body(code, body, source)
        yield from self.delegated

    def certificate(self, digest, source=None):
        for held in [source.signer, *source.path] if source else []:
            if held.digest == digest:
                return held
        raw = self.files.get(f"certificates/{digest}.cer")
        return x509.Certificate(raw) if raw and me.sm3(raw).hex() == digest else None

    def key(self, body, digest, depth=0):
        """A key, "missing" when its certificate is, or None."""
        for entry in body.body["certificates"]:
            if entry[0] == digest:
                held = body.carried.get(digest) or self.certificate(digest, body.list)
                return Key(entry, held) if held else "missing"
        raw = self.files.get(f"rollovers/{digest[:16]}.elic")
        if raw is None or depth >= 4:
            return None
        try:
            held = Object(raw, ("rollover",))
            read = me.read_cbor(held.content, 1, 16)
            old, new = read.get(2).hex(), x509.Certificate(read.get(3))
            me.need(holds("rollover", new, me.write_cbor(me.Map(read[:5])), read.get(6)), "the new key's signature")
            me.need(held.signer == old and old != new.digest, "the old certificate")
        except (me.Malformed, me.Newer):
            return None
        if new.digest != digest or read.get(1) != body.code:
            return None
        vouching = self.key(body, old, depth + 1)
        if not isinstance(vouching, Key):
            return vouching
        entry = [digest, trust.instant(read.get(5)), None, vouching.entry[3], None]
        return Key(entry, new, (held, trust.instant(read.get(4))), vouching)


class Verifier:
    def __init__(self, header, files):
        self.at, self.now = header["at"], header.get("now")
        self.allow = "allow" in header
        self.pins, self.seen, self.seen_time, self.newest = {}, None, None, []
        for line in header["pins"].split(" | "):
            parts = line.split("#")[0].split()
            limits = dict(part.split("=") for part in parts[1:])
            self.pins[parts[0].removeprefix("sm3:").replace(":", "")] = {k: v.split(",") for k, v in limits.items()}
        if "seen" in header:
            self.seen = {}
            for line in header["seen"].split(" | "):
                words = line.split(" ")
                if words[0] == "time":
                    self.seen_time = words[1]
                else:
                    self.seen[" ".join(words[:-2])] = int(words[-2])
        self.folder = Folder(files)
        self.report = {check: "check.not_run" for check in CHECKS}

    def record(self, check, code):
        self.report[check] = code

    def stop(self, check, code):
        self.record(check, code)
        raise Stop

    def remember(self, check, code, name, number, at):
        if self.seen is not None and self.seen.get(name, 0) > number:
            self.stop(check, code)
        self.newest.append(at)

    # -- roots, chains, revocation

    def anchors(self, source):
        """(pinned roots of the list, certificates in between, whether one of them is missing)"""
        roots = [self.folder.certificate(d, source) for d in source.roots if d in self.pins]
        between = [self.folder.certificate(d, source) for d in source.between]
        return [c for c in roots if c], [c for c in between if c], None in roots, None in between

    def real_pin(self, source):
        held = [self.folder.certificate(d, source) for d in self.pins]
        return any(c is None or not c.is_test() for c in held)

    def revocation(self, source, certificate):
        """(entry or None, whether a list that should answer cannot)"""
        roots, between, _, _ = self.anchors(source)
        lists = []
        for name in self.folder.under("revocation/"):
            try:
                held = x509.RevocationList(self.folder.files[name])
            except me.Malformed:
                continue
            if held.issuer == certificate.issuer:
                lists.append(held)
        good = [held for held in lists if any(held.issued_by(c) for c in roots + between)]
        if not good:
            return None, bool(lists)
        newest = max(good, key=lambda held: held.this_update)
        return newest.entries.get(certificate.serial), newest.next_update is not None and newest.next_update < self.at

    def compromise(self, source, key):
        since = [key.entry[4]] if key.entry[4] else []
        entry, _ = self.revocation(source, key.certificate)
        if entry and entry[1]:
            since.append(entry[2])
        return min(since, default=None)

    def revoked(self, source, certificate, signed_at):
        _, between, _, _ = self.anchors(source)
        unusable = None
        while certificate is not None and certificate.issuer != certificate.subject:
            entry, bad = self.revocation(source, certificate)
            if entry and entry[0] <= signed_at:
                return "certificate.revoked"
            if bad:
                unusable = "certificate.crl_unusable"
            certificate = next((c for c in between if c.subject == certificate.issuer), None)
        return unusable

    def fault(self, source, key, kind, signed_at):
        """Why a signature of this kind, made then, does not count; and the root reached."""
        if key.rollover:
            held, issued_at = key.rollover
            if not held.by(key.old.certificate) or self.strict_fault(source, key.old, "rollover", issued_at):
                return "certificate.rollover_refused", None
        _, start, until, kinds, _ = key.entry
        if not kinds >> BITS[kind] & 1 or not key.certificate.may_sign():
            return "certificate.wrong_usage", None
        if signed_at < start or (until and until < signed_at):
            return "certificate.not_listed_then", None
        if not key.certificate.valid_at(signed_at):
            return "certificate.not_valid_then", None
        roots, between, no_root, no_between = self.anchors(source)
        root = x509.chain(key.certificate, between, roots, signed_at)
        if root is None:
            return ("certificate.missing" if no_root or no_between else "certificate.chain_broken"), None
        return self.revoked(source, key.certificate, signed_at), root

    def strict_fault(self, source, key, kind, signed_at):
        if self.compromise(source, key):
            return "certificate.compromised"
        return self.fault(source, key, kind, signed_at)[0]

    # -- the list and the delegations

    def check_list(self, source):
        roots, _, no_root, _ = self.anchors(source)
        signer = source.signer
        if signer.digest in self.pins:
            anchor = signer
            if not signer.valid_at(source.issued_at):
                self.stop("trust", "trust.signer_refused")
        else:
            pinned = roots + [c for c in source.path if c.digest in self.pins]
            anchor = x509.chain(signer, source.path, pinned, source.issued_at)
            if anchor is None:
                self.refuse_signer(source, roots, no_root)
            if x509.TRUST_LIST_USAGE not in signer.extended:
                self.stop("trust", "trust.signer_refused")
        if not roots:
            self.stop("trust", "trust.malformed" if no_root else "trust.unpinned")
        if anchor.is_test():
            self.record("test", "trust.test_root")
            if self.real_pin(source):
                self.stop("trust", "trust.test_refused")
        if self.at < source.not_before:
            self.stop("trust", "trust.not_yet")
        if source.next_update < self.at:
            self.stop("trust", "trust.stale")
        self.remember("trust", "trust.rolled_back", "trust-list " + source.roots[0], source.number, source.issued_at)
        self.record("trust", "trust.ok")

    def refuse_signer(self, source, roots, no_root):
        known = [self.folder.certificate(d, source) for d in source.roots]
        if x509.chain(source.signer, source.path, [c for c in known if c], source.issued_at):
            self.stop("trust", "trust.unpinned")
        if no_root:
            self.stop("trust", "trust.malformed")
        self.stop("trust", "trust.unpinned" if not roots and None in known else "trust.signer_refused")

    def standings(self, body):
        """[(bodies upwards, keys between them)], or what keeps the body from standing anywhere."""
        found, faults = [], []

        def climb(path, keys):
            top = path[-1]
            if top.list:
                found.append((path, keys))
                return
            said, held = top.delegation
            if len(path) > 8 or said["parent"] in [b.code for b in path]:
                faults.append("delegation.too_deep")
                return
            parents = [b for b in self.folder.bodies() if b.code == said["parent"]]
            if not parents:
                faults.append("delegation.parent_missing")
            for parent in parents:
                key = self.folder.key(parent, held.signer)
                if isinstance(key, Key):
                    climb(path + [parent], keys + [key])
                else:
                    faults.append("delegation.signer_refused")

        climb([body], [])
        return found, faults[0] if faults and not found else None

    def check_standing(self, path, keys):
        source = path[-1].list
        self.check_list(source)
        for child, key in reversed(list(zip(path, keys))):
            said, held = child.delegation
            if not held.by(key.certificate):
                self.stop("delegation", "delegation.signature_wrong")
            if self.strict_fault(source, key, "delegation", said["issued_at"]):
                self.stop("delegation", "delegation.signer_refused")
            if self.at < said["not_before"]:
                self.stop("delegation", "delegation.not_yet")
            if said["next_update"] < self.at:
                self.stop("delegation", "delegation.stale")
            name = f"delegation {said['parent']} {said['code']}"
            self.remember("delegation", "delegation.rolled_back", name, said["number"], said["issued_at"])
        if keys:
            self.record("delegation", "delegation.ok")

    # -- the code

    def run(self, text):
        raw = me.digits_to_bytes(text[4:])
        self.raw, self.hint, self.claims, self.signature = raw, raw[:8], raw[8:-64], raw[-64:]
        self.record("form", "code.read")
        try:
            if not self.folder.lists:
                self.stop("trust", self.folder.faults[0] if self.folder.faults else "trust.missing")
            self.find_signatory()
        except Stop:
            pass
        if self.report["trust"] != "check.not_run":
            self.check_memory()
        return self.report

    def candidates(self):
        for body in self.folder.bodies():
            for entry in body.body["certificates"]:
                if entry[0].startswith(self.hint.hex()):
                    yield body, entry[0]
        raw = self.folder.files.get(f"rollovers/{self.hint.hex()}.elic")
        if raw:
            new = me.sm3(me.read_cbor(Object(raw, ("rollover",)).content, 1, 16).get(3)).hex()
            for body in self.folder.bodies():
                if all(entry[0] != new for entry in body.body["certificates"]):
                    yield body, new

    def find_signatory(self):
        found, faults, fits, signed = [], [], False, False
        for body, digest in self.candidates():
            key = self.folder.key(body, digest)
            if key == "missing":
                faults.append(("signature", "certificate", "certificate.missing"))
            if key is None or key == "missing":
                continue
            fits = True
            if holds("payload", key.certificate, self.claims, self.signature):
                signed = True
                ways, fault = self.standings(body)
                found += [(path, keys, key) for path, keys in ways]
                if fault:
                    faults.insert(0, ("delegation", "delegation", fault))
        if found:
            self.best([lambda way=way: self.judge(*way) for way in found])
            return
        self.best([lambda source=source: self.check_list(source) for source in self.folder.lists])
        if self.report["trust"] != "trust.ok":
            return
        if signed:
            self.record("signature", "signature.ok")
        if faults:
            self.record(*faults[0][1:])
        else:
            unknown = "trust.malformed" if self.folder.faults else "signer.unknown"
            code = "signature.wrong" if fits else unknown
            self.record("trust" if code.startswith("trust") else "signature", code)

    def best(self, tries):
        """A body may stand in several lists: the best answer is the answer."""
        before, reports = dict(self.report), []
        for attempt in tries:
            self.report = dict(before)
            try:
                attempt()
            except Stop:
                pass
            reports.append(self.report)
        self.report = min(reports, key=lambda report: RANK[verdict_of(report)])

    def judge(self, path, keys, key):
        self.check_standing(path, keys)
        self.record("signature", "signature.ok")
        source, body = path[-1].list, path[0]
        claims = me.read_cbor(self.claims, 3, 64)
        signed_at = trust.instant(claims.get(10))
        root = self.check_certificate(path, source, key, signed_at)
        issuer = claims.get(2)
        issuer = me.unpack_uscc(issuer) if isinstance(issuer, bytes) else issuer
        if issuer != body.code:
            self.stop("issuer", "issuer.mismatch")
        self.record("issuer", "issuer.ok")
        self.check_type(path, source, claims, signed_at, root)
        self.check_validity(claims, signed_at)
        try:
            self.check_status(path, keys, claims, signed_at)
        except Stop:
            pass

    def check_certificate(self, path, source, key, signed_at):
        fault, root = self.fault(source, key, "payload", signed_at)
        if fault:
            self.stop("certificate", fault)
        if root.is_test():
            self.record("test", "trust.test_root")
            if self.real_pin(source):
                self.stop("trust", "trust.test_refused")
        lost = self.compromise(source, key)
        if lost and not self.genuine(path, source, lost):
            self.stop("certificate", "certificate.compromised")
        self.record("certificate", "certificate.genuine_listed" if lost else "certificate.ok")
        return root

    def genuine(self, path, source, lost):
        """Whether a list made before the loss, by a key of the body or of one above it, has this code."""
        for name in self.folder.under(f"genuine/{path[0].code}/"):
            try:
                held = Object(self.folder.files[name], ("genuine-list",))
                said = trust.read_genuine_list(held.content, None)
            except (me.Malformed, me.Newer):
                continue
            named = me.sm3(self.raw).hex() in said["digests"] and said["issuer"] == path[0].code
            for body in path:
                key = self.folder.key(body, held.signer)
                if named and said["as_of"] < lost and isinstance(key, Key) and held.by(key.certificate) and \
                        not self.strict_fault(source, key, "genuine-list", said["as_of"]):
                    return True
        return False

    # -- type, authority, validity

    def check_type(self, path, source, claims, signed_at, root):
        entry = next((row for row in source.packs if row[0][:4] == claims.get(1)), None)
        if entry is None:
            self.record("type", "type.unknown")
            return
        digest, code, version = entry[:3]
        raw = self.folder.files.get(f"types/{code}/{version}.json")
        area = ""
        if raw is None:
            self.record("type", "type.pack_missing")
        elif me.sm3(raw) != digest:
            self.record("type", "type.pack_altered")
        else:
            self.record("type", "type.ok")
            pack = me.Pack(Held(raw))
            try:
                license_ = self.reader.license(pack, self.claims, path[0].body["name"])
            except me.Malformed:
                self.stop("form", "payload.malformed")
            area = area_of(pack, license_)
        self.check_authority(path, source, code, area, signed_at[:10], root)

    def check_authority(self, path, source, code, area, day, root):
        def stop(finding):
            self.record("authority", "authority." + finding)

        def reach(body, right):
            rows = [row for row in body.body["grants"] if row[0] == code and row[4] & right]
            then = [row for row in rows if row[2] <= day and (row[3] is None or day <= row[3])]
            return rows, then, [a for row in then for a in row[1]]

        rows, then, areas = reach(path[0], 1)
        if not rows:
            return stop("type_not_granted")
        if not then:
            return stop("not_granted_then")
        if not covers(areas, area):
            return stop("area_not_granted")
        for parent in path[1:]:
            _, then, above = reach(parent, 2)
            areas = common(areas, above)
            if not then or not covers(areas, area):
                return stop("parent_not_granted")
        signer_root = x509.chain(source.signer, source.path, self.anchors(source)[0], source.issued_at)
        for pin in {root.digest, source.signer.digest, signer_root.digest if signer_root else ""}:
            limits = self.pins.get(pin, {})
            if code not in limits.get("type", [code]):
                return stop("root_type")
            if "area" in limits and not covers(common(areas, limits["area"]), area):
                return stop("root_area")
        return stop("ok")

    def check_validity(self, claims, signed_at):
        issued, start, end = (claims.get(k) for k in (7, 8, 9))
        start = me.day(issued if start is me.MISSING else start).isoformat()
        if isinstance(end, int) and me.day(end).isoformat() < self.at[:10]:
            self.record("validity", "validity.expired")
        elif end is not me.MISSING and self.at[:10] < start:
            self.record("validity", "validity.not_yet")
        elif later(self.at, 300) < signed_at:
            self.record("validity", "time.signed_later")
        else:
            self.record("validity", "validity.ok")

    # -- status

    def published(self, code, number):
        """The newest full list with its deltas put upon it, and [(file, kind, as of)]; None when there is none."""
        prefix = f"status/{code}/{number}/"
        numbers = {}
        for name in self.folder.under(prefix):
            match = re.fullmatch(r"([1-9][0-9]*)(\.delta)?\.elic", name[len(prefix):])
            if match:
                numbers[int(match[1]), bool(match[2])] = self.folder.files[name]
        full = [n for n, delta in numbers if not delta]
        if not full:
            return None
        order = [(max(full), False)] + sorted(k for k in numbers if k[1] and k[0] > max(full))
        content, files = None, []
        for n, delta in order:
            held = Object(numbers[n, delta], ("status-delta" if delta else "status-list",))
            said = status.read_content(held.content, "delta" if delta else "list")
            me.need(said["number"] == n, "another number than its name")
            if delta:
                me.need(said["previous"] == me.sm3(files[-1][0].file).hex(), "does not go on")
                said, as_of = status.apply(content, said), said["as_of"]
            else:
                as_of = said["as_of"]
            content = said
            files.append((held, status.show(as_of)))
        me.need(content["issuer"] == code and content["list"] == number, "another authority's")
        return content, files

    def check_status(self, path, keys, claims, signed_at):
        number, index = claims.get(11), claims.get(12)
        try:
            found = self.published(path[0].code, number)
        except me.Newer:
            self.stop("status", "status.newer")
        except (me.Malformed, status.Limit):
            self.stop("status", "status.malformed")
        if found is None:
            self.stop("status", "status.missing_allowed" if self.allow else "status.missing")
        content, files = found
        for held, as_of in files:
            self.check_publisher(path, held, as_of)
        as_of, next_update = status.show(content["as_of"]), status.show(content["next_update"])
        self.remember("status", "status.rolled_back", f"status {path[0].code} {number}", content["number"], as_of)
        said, _ = status.answer(content, index, max(self.at, signed_at))
        stale = next_update < self.at
        if said == "beyond-end" and as_of >= signed_at:
            self.stop("status", "status.never_issued")
        stays = said not in ("beyond-end", "before-base", "valid", "suspended")
        if stale and not stays:
            self.stop("status", "status.stale_allowed" if self.allow and said == "valid" else "status.stale")
        other = {"beyond-end": "newer_than_list", "before-base": "history_short"}
        self.stop("status", "status." + other.get(said, said.replace("-", "_")))

    def check_publisher(self, path, held, as_of):
        """The body, one above it, or its successor from its first day on."""
        ways = [(body, path[-1].list) for body in path]
        successor = path[0].body["successor"]
        if successor and successor[1] <= as_of[:10]:
            for body in [b for b in self.folder.bodies() if b.code == successor[0]]:
                for upward, keys in self.standings(body)[0]:
                    before = dict(self.report)
                    try:
                        self.check_standing(upward, keys)
                        ways.append((body, upward[-1].list))
                    except Stop:
                        pass
                    self.report = before
        for body, source in ways:
            key = self.folder.key(body, held.signer)
            if not isinstance(key, Key):
                continue
            if not held.by(key.certificate):
                self.stop("status", "status.signature_wrong")
            if self.strict_fault(source, key, held.kind, as_of):
                self.stop("status", "status.signer_refused")
            return
        self.stop("status", "status.signer_refused")

    def check_memory(self):
        self.record("memory", "memory.none" if self.seen is None else "memory.compared")
        times = self.newest + ([self.seen_time] if self.seen_time else [])
        if self.now and times:
            behind = later(self.now, 300) < max(times)
            self.record("clock", "time.clock_set_back" if behind else "time.clock_ok")


def common(some, others):
    """What two sets of divisions have in common: one lies in the other or is apart."""
    return [a if inside(a, b) else b for a in some for b in others if inside(a, b) or inside(b, a)]


def inside(area, granted):
    """Trailing 00 pairs stand for all below."""
    head = granted[:2] if granted.endswith("0000") else granted[:4] if granted.endswith("00") else granted
    return granted == "000000" or area.startswith(head)


def covers(areas, area):
    return bool(areas) if not area else any(inside(area, granted) for granted in areas)


def area_of(pack, license_):
    """The division code that the number holds, or nothing."""
    serial = license_["id"].split(".")[-3]
    shown = {field["label"]: field["text"] for field in license_["face"]}
    for pattern in pack.patterns:
        at, area = 0, ""
        for part in pattern:
            if "choice" in part:
                hits = [c for c in part["choice"] if license_["number"].startswith(c, at)]
                piece = max(hits, key=len, default=None)
            elif "area" in part or "digits" in part:
                piece = license_["number"][at:at + part.get("digits", 6)]
                area = piece if "area" in part else area
            else:
                piece = pack.piece(part, 0, serial, license_["holders"][0]["code"], shown, license_["number"][:at])
            if piece is None or not license_["number"].startswith(piece, at):
                break
            at += len(piece)
        else:
            if at == len(license_["number"]):
                return area
    return ""


VERDICTS = {}


def verdict_of(report):
    return max((VERDICTS[code] for code in report.values()), key=RANK.get)


def read_verdicts(source):
    """The verdicts of docs/findings.md."""
    rows = re.findall(r"^\| \d+ \| `([a-z._]+)` \| \w+ \| \w+ \| (\w+) \|", (source / "docs/findings.md").read_text(encoding="utf-8"), re.M)
    VERDICTS.update(rows)
    assert len(rows) > 80


def decides(report, sought):
    """Whether a finding is the first with the report's verdict, or, where that is valid, is there."""
    verdict = verdict_of(report)
    if verdict == "valid":
        return sought in report.values()
    order = CHECKS + [check for check in report if check not in CHECKS]
    worst = [report[c] for c in order if VERDICTS[report[c]] == verdict and report[c] != "check.not_run"]
    return worst[:1] == [sought]


def check(source, module, reader):
    global me
    me = module
    for each in (status, trust, x509):
        each.me = module
    source = pathlib.Path(source)
    read_verdicts(source)
    faults, count = [], 0
    for path in sorted((source / "testdata/vectors/matrix").glob("*.txt")):
        head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        header = dict(line.split(": ", 1) for line in head.splitlines())
        files = {name: bytes.fromhex(raw) for name, raw in (line.split(" ") for line in body.splitlines())}
        verifier = Verifier(header, files)
        verifier.reader = reader
        report = verifier.run(header["text"])
        count += 1
        if verdict_of(report) != header["expect"] or not decides(report, header["finding"]):
            shown = json.dumps({k: v for k, v in report.items() if v != "check.not_run"})
            faults.append(f"matrix/{path.name}: {verdict_of(report)} {shown}, expected {header['expect']} {header['finding']}")
    print(f"independent verifier: {count} matrix vectors", file=sys.stdout)
    return faults if count >= 95 else faults + ["too few matrix vectors"]
