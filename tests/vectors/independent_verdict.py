"""A second verifier, written from docs/findings.md and docs/format/{payload,trust,trust-folder,status,revocation}.md: a code, a trust folder,
pins, memory, clock and time in; the verdict and the finding that decides out. Every vector of the matrix must come out of it as it says."""
import datetime
import functools
import pathlib
import re
import sys

import independent_status
import independent_trust
import independent_x509 as x509

me = None  # the module that has SM2, SM3, CBOR, claims

CHECKS = ("form trust signature certificate issuer type authority validity status test holder number delegation clock memory").split()
MANDATORY = CHECKS[:9]
VERDICTS = ("valid", "indeterminate", "invalid")
KINDS = ("payload", "trust-list", "delegation", "status-list", "status-delta", "genuine-list", "checkpoint", "bundle", "rollover")
ISSUE, DELEGATE = 1, 2


class Table:
    """The rows of docs/findings.md: code -> (check, verdict)."""

    def __init__(self, page):
        rows = re.findall(r"^\| \d+ \| `([a-z_.]+)` \| \w+ \| (\w+) \| (\w+) \|", page, re.M)
        self.rows = {code: (check, verdict) for code, check, verdict in rows}


class Fault(Exception):
    """A check that ends here, with its finding."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Report:
    def __init__(self, table):
        self.table, self.found = table, {check: "check.not_run" for check in MANDATORY}
        self.newest = None  # of the instants that held

    def record(self, code):
        self.found[self.table.rows[code][0]] = code

    def see(self, instant):
        self.newest = max(self.newest or instant, instant)

    def verdict(self):
        return max((self.table.rows[code][1] for code in self.found.values()), key=VERDICTS.index)

    def codes(self):
        return [self.found[check] for check in CHECKS if check in self.found]

    def deciding(self):
        worst = [code for code in self.codes() if self.table.rows[code][1] == self.verdict()]
        return next((code for code in worst if code != "check.not_run"), "check.not_run")


def certificate_of(der):
    return x509.read(x509.Certificate, der)


def seconds(instant):
    return datetime.datetime.fromisoformat(instant).timestamp()


# ---------------------------------------------------------------- the folder


class Object:
    """A signed object: kind, signer's fingerprint, content, signature; not looked at yet."""

    def __init__(self, raw):
        self.digest = me.sm3(raw).hex()
        self.kind = independent_trust.kind_of(independent_trust.said_by(raw), independent_trust.OBJECTS)
        envelope = me.read_cbor(raw, 1, 16)
        me.need(len(envelope) == 4, "parts")
        self.signer = independent_trust.digest(envelope[1])
        self.content, self.signature = envelope[2], envelope[3]
        me.need(isinstance(self.content, bytes) and isinstance(self.signature, bytes) and len(self.signature) == 64, "content and signature")

    def holds(self, certificate):
        return independent_trust.signature_holds(self.kind, certificate.der, self.content, self.signature)


class TrustList:
    def __init__(self, raw):
        independent_trust.kind_of(independent_trust.said_by(raw), ("trust-list",))
        envelope = me.read_cbor(raw, 2, 32)
        me.need(len(envelope) == 5, "parts")
        _, signer, path, content, signature = envelope
        self.signer, self.path = certificate_of(signer), [certificate_of(c) for c in path]
        me.need(independent_trust.signature_holds("trust-list", signer, content, signature), "signature")
        self.bodies = independent_trust.read_list(content)["bodies"]
        said = me.read_cbor(content, 3, 2000000)
        self.number = said.get(1)
        self.issued_at, self.not_before, self.next_update = (independent_trust.instant(said.get(k)) for k in (2, 3, 4))
        self.roots = [d.hex() for d in said.get(6)]
        self.between = [d.hex() for d in said.get(7)]
        self.packs = {p[0][:4]: p[:3] for p in said.get(8)}


class Body:
    """One that a list names, or a delegation."""

    def __init__(self, code, body, trust_list=None, delegation=None, said=None):
        self.code, self.body, self.list, self.object, self.said = code, body, trust_list, delegation, said
        self.carried = {}
        if delegation is not None:
            der = me.read_cbor(delegation.content, 2, 1000).get(9)
            self.carried = {me.sm3(c).hex(): c for c in der}

    def row(self, digest):
        return next((row for row in self.body["certificates"] if row[0] == digest), None)


class Folder:
    def __init__(self, files):
        self.files, self.faults, self.lists = files, [], []
        for name, raw in self.named(r"lists/([0-9a-f]{64})\.elic"):
            try:
                opened = TrustList(raw)
                me.need(opened.roots[0] == name[1], "another first root than its name")
                self.lists.append(opened)
            except me.Newer:
                self.faults.append("trust.newer")
            except me.Malformed:
                self.faults.append("trust.malformed")
        self.delegated = []
        for name, raw in self.named(r"delegations/([0-9A-Z]{18})/([0-9A-Z]{18})\.elic"):
            delegation = self.object(raw, "delegation")
            said = delegation and self.meaning(independent_trust.read_delegation, delegation.content, b"")
            if said and (said["parent"], said["code"]) == (name[1], name[2]):
                self.delegated.append(Body(said["code"], said["body"], None, delegation, said))

    def named(self, pattern):
        matched = [(re.fullmatch(pattern, name), raw) for name, raw in sorted(self.files.items())]
        return [(match, raw) for match, raw in matched if match]

    @staticmethod
    def object(raw, kind):
        """None: damaged, as if it were not there."""
        try:
            found = Object(raw)
            return found if found.kind == kind else None
        except (me.Malformed, me.Newer):
            return None

    @staticmethod
    def meaning(read, *what):
        try:
            return read(*what)
        except (me.Malformed, me.Newer):
            return None

    def bodies(self, code):
        listed = [Body(code, each.bodies[code], each) for each in self.lists if code in each.bodies]
        return listed + [body for body in self.delegated if body.code == code]

    def all_bodies(self):
        listed = [Body(code, body, each) for each in self.lists for code, body in each.bodies.items()]
        return listed + self.delegated

    @functools.cache
    def certificate(self, digest):
        raw = self.files.get(f"certificates/{digest}.cer")
        return certificate_of(raw) if raw is not None and me.sm3(raw).hex() == digest else None

    def rollover(self, hint):
        raw = self.files.get(f"rollovers/{hint}.elic")
        found = raw and self.object(raw, "rollover")
        said = found and self.meaning(independent_trust.read_rollover_of, found.content, bytes.fromhex(found.signer))
        if not said or said["new"][:16] != hint:
            return None
        return found, said, certificate_of(me.read_cbor(found.content, 1, 16).get(3))

    @functools.cached_property
    def revocations(self):
        found = []
        for name, raw in self.named(r"revocation/([0-9a-f]{64})\.crl"):
            said = me.sm3(raw).hex() == name[1] and self.meaning(x509.read, x509.RevocationList, raw)
            if said:
                found.append(said)
        return found

    def genuine(self, issuer):
        for name, raw in self.named(rf"genuine/{issuer}/([0-9a-f]{{64}})\.elic"):
            found = self.object(raw, "genuine-list") if me.sm3(raw).hex() == name[1] else None
            said = found and self.meaning(independent_trust.read_genuine_list, found.content, b"")
            if said:
                yield found, said

    def status(self, issuer, number):
        """The newest list with its deltas: content and files. None: there is none."""
        here = rf"status/{issuer}/{number}/([1-9][0-9]*)"
        lists = {int(name[1]): raw for name, raw in self.named(here + r"\.elic")}
        deltas = {int(name[1]): raw for name, raw in self.named(here + r"\.delta\.elic")}
        if not lists:
            return None
        newest = max(lists)
        files, content = [Object(lists[newest])], None
        me.need(files[0].kind == "status-list", "no list")
        content = independent_status.read_content(files[0].content, "list")
        me.need(content["number"] == newest, "another number than its name")
        as_of = [content["as_of"]]
        for at in sorted(n for n in deltas if n > newest):
            delta = Object(deltas[at])
            me.need(delta.kind == "status-delta", "no delta")
            said = independent_status.read_content(delta.content, "delta")
            me.need(said["previous"] == files[-1].digest and said["number"] == at, "does not go on")
            content = independent_status.apply(content, said)
            files.append(delta)
            as_of.append(said["as_of"])
        return content, [(f, independent_status.show(t)) for f, t in zip(files, as_of)]


# ---------------------------------------------------------------- keys


class Key:
    """A certificate by which a body signs."""

    def __init__(self, certificate, row, brought_by=None, old=None):
        self.certificate, self.brought_by, self.old = certificate, brought_by, old
        _, self.start, self.end, self.kinds, self.compromised = row

    def may(self, kind):
        return bool(self.kinds >> KINDS.index(kind) & 1)


class Way:
    """A body, those above it, and the list at the top. keys[n] of path[n+1] signed the delegation to path[n]."""

    def __init__(self, path, keys=()):
        self.path, self.keys, self.list = list(path), list(keys), path[-1].list

    def below(self, level):
        return Way(self.path[level:], self.keys[level:])


class Verifier:
    def __init__(self, table, reader, folder, pins, at, now, seen, allow_missing):
        self.table, self.reader, self.folder, self.pins, self.at, self.now = table, reader, folder, pins, at, now
        self.seen, self.allow_missing = seen, allow_missing

    # -- certificates

    def certificate_at(self, trust_list, digest):
        for certificate in (trust_list.signer, *trust_list.path):
            if certificate.digest == digest:
                return certificate
        return self.folder.certificate(digest)

    def anchors(self, trust_list):
        """Pinned roots, authorities between, and whether a file of them is missing."""
        wanted = [d for d in trust_list.roots if d in self.pins]
        roots = [self.certificate_at(trust_list, d) for d in wanted]
        between = [self.certificate_at(trust_list, d) for d in trust_list.between]
        return [c for c in roots if c], [c for c in between if c], None in roots, None in between

    def some_pin_is_real(self, trust_list):
        found = [self.certificate_at(trust_list, digest) for digest in self.pins]
        return any(certificate is None or not certificate.is_test() for certificate in found)

    def check_test(self, trust_list, root, report):
        if root.is_test():
            report.record("trust.test_root")
            if self.some_pin_is_real(trust_list):
                raise Fault("trust.test_refused")

    def revocation(self, certificate, roots, between):
        """(revoked at, lost since) or None, and whether the list that should answer is unusable."""
        named = [r for r in self.folder.revocations if r.issuer == certificate.issuer]
        if not named:
            return None, False
        signed = [r for r in named if any(r.issued_by(authority) for authority in (*roots, *between))]
        if not signed:
            return None, True
        newest = max(signed, key=lambda r: r.made)
        return newest.revoked.get(certificate.serial), newest.due is not None and newest.due < self.at

    def check_revocation(self, certificate, roots, between, at, whenever_lost):
        unusable = False
        while not certificate.self_issued():
            said, no_use = self.revocation(certificate, roots, between)
            if said and (said[0] <= at or whenever_lost and said[1]):
                raise Fault("certificate.revoked")
            unusable = unusable or no_use
            above = [c for c in between if c.subject == certificate.issuer]
            if not above:
                break
            certificate = above[0]
        if unusable:
            raise Fault("certificate.crl_unusable")

    # -- keys of bodies

    def find_key(self, body, digest, steps=0):
        row = body.row(digest)
        if row is not None:
            if digest in body.carried:
                return Key(certificate_of(body.carried[digest]), row)
            certificate = self.folder.certificate(digest)
            if certificate is None:
                raise Fault("certificate.missing")
            return Key(certificate, row)
        found = self.folder.rollover(digest[:16]) if steps < 4 else None
        if found is None or found[1]["new"] != digest or found[1]["body"] != body.code:
            return None
        old = self.find_key(body, found[1]["old"], steps + 1)
        return old and Key(found[2], [digest, found[1]["from"], None, old.kinds, None], found, old)

    def check_key(self, trust_list, key, kind, at):
        """The root that the key chains to; all but that it is compromised."""
        roots, between, root_missing, between_missing = self.anchors(trust_list)
        if key.brought_by:
            vouching, said, _ = key.brought_by
            try:
                if not vouching.holds(key.old.certificate):
                    raise Fault("signature.wrong")
                self.check_strictly(trust_list, key.old, "rollover", said["issued_at"])
            except Fault:
                raise Fault("certificate.rollover_refused") from None
        if not key.may(kind) or not key.certificate.may_sign():
            raise Fault("certificate.wrong_usage")
        if at < key.start or key.end is not None and key.end < at:
            raise Fault("certificate.not_listed_then")
        if not key.certificate.valid_at(at):
            raise Fault("certificate.not_valid_then")
        root = x509.chain(key.certificate, between, roots, at)
        if root is None:
            raise Fault("certificate.missing" if root_missing or between_missing else "certificate.chain_broken")
        self.check_revocation(key.certificate, roots, between, at, False)
        return root

    def lost_since(self, trust_list, key):
        """The earliest instant that anybody names; None: not compromised."""
        roots, between, _, _ = self.anchors(trust_list)
        said, _ = self.revocation(key.certificate, roots, between)
        return min((t for t in (key.compromised, said and said[1]) if t), default=None)

    def check_strictly(self, trust_list, key, kind, at):
        if self.lost_since(trust_list, key):
            raise Fault("certificate.compromised")
        root = self.check_key(trust_list, key, kind, at)
        if root.is_test() and self.some_pin_is_real(trust_list):
            raise Fault("trust.test_refused")

    # -- lists and delegations

    def ways(self, body):
        """Every way up to a list, and why there is none."""
        found, why = [], []

        def climb(path, keys):
            top = path[-1]
            if top.list is not None:
                found.append(Way(path, keys))
                return
            parent = top.said["parent"]
            if len(path) > 8 or any(below.code == parent for below in path):
                why.append("delegation.too_deep")
                return
            parents = self.folder.bodies(parent)
            if not parents:
                why.append("delegation.parent_missing")
            for each in parents:
                try:
                    key = self.find_key(each, top.object.signer)
                except Fault:
                    key = None
                if key is None:
                    why.append("delegation.signer_refused")
                else:
                    climb([*path, each], [*keys, key])

        climb([body], [])
        return found, why[0] if why else None

    def vouches(self, trust_list):
        """The pinned certificate that vouches for the list."""
        signer, at = trust_list.signer, trust_list.issued_at
        if signer.digest in self.pins:
            if not signer.valid_at(at):
                raise Fault("trust.signer_refused")
            return signer
        roots, _, root_missing, _ = self.anchors(trust_list)
        roots += [c for c in trust_list.path if c.digest in self.pins]
        root = x509.chain(signer, trust_list.path, roots, at)
        if root is None:
            own = [self.certificate_at(trust_list, d) for d in trust_list.roots]
            if x509.chain(signer, trust_list.path, [c for c in own if c], at):
                raise Fault("trust.unpinned")
            if root_missing:
                raise Fault("trust.malformed")
            raise Fault("trust.unpinned" if not roots and None in own else "trust.signer_refused")
        try:
            self.check_revocation(signer, roots, trust_list.path, at, True)
        except Fault:
            raise Fault("trust.signer_refused") from None
        if not signer.may_sign_trust_lists():
            raise Fault("trust.signer_refused")
        return root

    def older(self, name, number):
        return self.seen is not None and self.seen.get(name, 0) > number

    def check_list(self, trust_list, report):
        root = self.vouches(trust_list)
        roots, _, root_missing, _ = self.anchors(trust_list)
        if not roots:
            raise Fault("trust.malformed" if root_missing else "trust.unpinned")
        self.check_test(trust_list, root, report)
        if self.at < trust_list.not_before:
            raise Fault("trust.not_yet")
        if trust_list.next_update < self.at:
            raise Fault("trust.stale")
        if self.older(f"trust-list {trust_list.roots[0]}", trust_list.number):
            raise Fault("trust.rolled_back")
        report.see(trust_list.issued_at)
        report.record("trust.ok")

    def check_way(self, way, report):
        self.check_list(way.list, report)
        for level in reversed(range(len(way.keys))):
            body, key = way.path[level], way.keys[level]
            if not body.object.holds(key.certificate):
                raise Fault("delegation.signature_wrong")
            try:
                self.check_strictly(way.list, key, "delegation", body.said["issued_at"])
            except Fault:
                raise Fault("delegation.signer_refused") from None
            if self.at < body.said["not_before"]:
                raise Fault("delegation.not_yet")
            if body.said["next_update"] < self.at:
                raise Fault("delegation.stale")
            if self.older(f"delegation {way.list.roots[0]} {body.said['parent']} {body.code}", body.said["number"]):
                raise Fault("delegation.rolled_back")
            report.see(body.said["issued_at"])
        if way.keys:
            report.record("delegation.ok")

    # -- one code

    def verify(self, text):
        report = Report(self.table)
        try:
            text = normalised(text)
            if not text.startswith("3691"):
                raise Fault("payload.newer" if re.fullmatch("369[0-9]{18,}", text) else "code.foreign")
            try:
                raw = me.digits_to_bytes(text[4:])
                me.need(len(text) <= 6000 and len(raw) > 72, "size")
            except me.Malformed:
                raise Fault("payload.malformed") from None
            report.record("code.read")
            report = self.best(raw, report)
        except Fault as fault:
            report.record(fault.code)
        if report.found["trust"] != "check.not_run":
            self.check_memory(report)
        return report

    def check_memory(self, report):
        report.record("memory.none" if self.seen is None else "memory.compared")
        times = [t for t in (report.newest, (self.seen or {}).get("time")) if t]
        if self.now is not None and times:
            report.record("time.clock_set_back" if seconds(self.now) + 300 < seconds(max(times)) else "time.clock_ok")

    def fork(self, report, run):
        each = Report(self.table)
        each.found = dict(report.found)
        try:
            run(each)
        except Fault as fault:
            each.record(fault.code)
        return each

    def best(self, raw, report):
        if not self.folder.lists:
            faults = self.folder.faults
            raise Fault(faults[0] if faults else "trust.missing")
        signers, fault, holds = self.signers(raw)
        if signers:
            reports = [self.fork(report, lambda each: self.judge(raw, way, key, each)) for way, key in signers]
            return min(reports, key=lambda each: VERDICTS.index(each.verdict()))
        reports = [self.fork(report, lambda each: self.check_list(trust_list, each)) for trust_list in self.folder.lists]
        good = [each for each in reports if each.found["trust"] == "trust.ok"]
        if not good:
            return reports[0]
        if holds:
            good[0].record("signature.ok")
        good[0].record(fault)
        return good[0]

    def signers(self, raw):
        hint = raw[:8].hex()
        tried = [(body, row[0]) for body in self.folder.all_bodies() for row in body.body["certificates"] if row[0][:16] == hint]
        rollover = self.folder.rollover(hint)
        if rollover:
            tried += [(body, rollover[1]["new"]) for body in self.folder.bodies(rollover[1]["body"]) if not body.row(rollover[1]["new"])]
        found, no_way, missing, fits = [], [], False, False
        for body, digest in tried:
            try:
                key = self.find_key(body, digest)
            except Fault:
                missing = fits = True
                continue
            fits = fits or key is not None
            if key is None or not payload_holds(raw, key.certificate):
                continue
            ways, why = self.ways(body)
            found += [(way, key) for way in ways]
            no_way += [why] if why else []
        if no_way:
            return found, no_way[0], True
        fault = "certificate.missing" if missing else "signature.wrong" if fits else "trust.malformed" if self.folder.faults else "signer.unknown"
        return found, fault, False

    def judge(self, raw, way, key, report):
        self.check_way(way, report)
        report.record("signature.ok")
        try:
            claims = me.read_cbor(raw[8:-64], 3, 64)
            issuer, signed_at, status = base_claims(claims)
        except me.Newer:
            raise Fault("payload.newer") from None
        except me.Malformed:
            raise Fault("payload.malformed") from None
        root = self.check_key(way.list, key, "payload", signed_at)
        self.check_test(way.list, root, report)
        lost = self.lost_since(way.list, key)
        if lost and not self.genuine(raw, way, lost):
            raise Fault("certificate.compromised")
        report.record("certificate.genuine_listed" if lost else "certificate.ok")
        if issuer != way.path[0].code:
            raise Fault("issuer.mismatch")
        report.record("issuer.ok")
        self.check_type(raw, claims, way, signed_at, root, report)
        for each in (lambda: self.validity(claims, signed_at), lambda: self.status(way, status, signed_at, report)):
            try:
                report.record(each())
            except Fault as fault:
                report.record(fault.code)

    def genuine(self, raw, way, lost):
        for found, said in self.folder.genuine(way.path[0].code):
            if said["issuer"] != way.path[0].code or said["as_of"] >= lost or me.sm3(raw).hex() not in said["digests"]:
                continue
            for body in way.path:
                try:
                    key = self.find_key(body, found.signer)
                    if key is None:
                        continue
                    self.check_strictly(way.list, key, "genuine-list", said["as_of"])
                    return found.holds(key.certificate)
                except Fault:
                    break
        return False

    # -- type and authority

    def check_type(self, raw, claims, way, signed_at, root, report):
        entry = way.list.packs.get(claims.get(1))
        if entry is None:
            report.record("type.unknown")
            return
        digest, kind, version = entry
        file = self.folder.files.get(f"types/{kind}/{version}.json")
        area = None
        if file is None or me.sm3(file) != digest:
            report.record("type.pack_missing" if file is None else "type.pack_altered")
        else:
            pack = me.Pack(file)
            try:
                license_ = self.reader.license(pack, raw[8:-64], name_on(way.path[0].body, signed_at[:10]))
            except me.Malformed:
                raise Fault("payload.malformed") from None
            area = area_of(pack, license_["number"])
            report.record("type.ok")
        try:
            self.check_authority(way, kind, area, signed_at[:10], root)
            report.record("authority.ok")
        except Fault as fault:
            report.record(fault.code)

    def check_authority(self, way, kind, area, day, root):
        granted, areas = reach(way.path[0].body, ISSUE, kind, day)
        if not granted:
            raise Fault("authority.type_not_granted")
        if areas is None:
            raise Fault("authority.not_granted_then")
        if not covers(areas, area):
            raise Fault("authority.area_not_granted")
        for above in way.path[1:]:
            areas = common(areas, reach(above.body, DELEGATE, kind, day)[1] or [])
            if not covers(areas, area):
                raise Fault("authority.parent_not_granted")
        for digest in {root.digest, self.vouches(way.list).digest}:
            pin = self.pins.get(digest)
            if pin and pin["type"] and kind not in pin["type"]:
                raise Fault("authority.root_type")
            if pin and pin["area"] and not covers(common(areas, pin["area"]), area):
                raise Fault("authority.root_area")

    # -- in force

    def validity(self, claims, signed_at):
        today = self.at[:10]
        issued, start, end = (claims.get(k) for k in (7, 8, 9))
        start = me.day(issued if start is me.MISSING else start).isoformat()
        if end is not me.MISSING and end is not None and me.day(end).isoformat() < today:
            raise Fault("validity.expired")
        if end is not me.MISSING and today < start:
            raise Fault("validity.not_yet")
        if seconds(self.at) + 300 < seconds(signed_at):
            raise Fault("time.signed_later")
        return "validity.ok"

    def status(self, way, entry, signed_at, report):
        issuer, (number, index) = way.path[0].code, entry
        try:
            found = self.folder.status(issuer, number)
        except me.Newer:
            raise Fault("status.newer") from None
        except (me.Malformed, independent_status.Limit):
            raise Fault("status.malformed") from None
        if found is None:
            raise Fault("status.missing_allowed" if self.allow_missing else "status.missing")
        content, files = found
        if (content["issuer"], content["list"]) != (issuer, number):
            raise Fault("status.malformed")
        for file, as_of in files:
            self.check_publisher(way, file, as_of)
        if self.older(f"status {way.list.roots[0]} {issuer} {number}", content["number"]):
            raise Fault("status.rolled_back")
        as_of = independent_status.show(content["as_of"])
        report.see(as_of)
        said, _ = independent_status.answer(content, index, max(self.at, signed_at))
        if said == "beyond-end" and as_of >= signed_at:
            return "status.never_issued"
        stays = said not in ("valid", "suspended", "beyond-end", "before-base")
        if independent_status.show(content["next_update"]) < self.at and not stays:
            return "status.stale_allowed" if self.allow_missing and said not in ("suspended",) else "status.stale"
        special = {"beyond-end": "newer_than_list", "before-base": "history_short"}
        return "status." + special.get(said, said.replace("-", "_"))

    def check_publisher(self, way, file, as_of):
        publishers = [way.below(level) for level in range(len(way.path))] + self.successors(way, as_of)
        for publisher in publishers:
            try:
                key = self.find_key(publisher.path[0], file.signer)
            except Fault:
                raise Fault("status.signer_refused") from None
            if key is None:
                continue
            if not file.holds(key.certificate):
                raise Fault("status.signature_wrong")
            try:
                self.check_strictly(publisher.list, key, file.kind, as_of)
            except Fault:
                raise Fault("status.signer_refused") from None
            return
        raise Fault("status.signer_refused")

    def successors(self, way, as_of):
        """Where the successor stands, as far as that holds by itself."""
        successor = way.path[0].body["successor"]
        if not successor or as_of[:10] < successor[1]:
            return []
        good = []
        for body in self.folder.bodies(successor[0]):
            for each in self.ways(body)[0]:
                try:
                    self.check_way(each, Report(self.table))
                    good.append(each)
                except Fault:
                    pass
        return good


# ---------------------------------------------------------------- small rules


def normalised(text):
    link = re.fullmatch(r"https://[^#]*#(369[0-9].*)", text)
    text = re.sub("[０-９]", lambda c: str("０１２３４５６７８９".index(c[0])), link[1] if link else text)
    return "".join(text.split()) if re.fullmatch(r"[0-9\s]*", text) else text


def payload_holds(raw, certificate):
    protected = me.write_cbor(me.Map([(1, -65537), (4, raw[:8])]))
    signed = me.write_cbor(["Signature1", protected, b"elic payload 1", raw[8:-64]])
    return me.sm2_verify(certificate.point, signed, raw[-64:])


def base_claims(claims):
    """Issuer, signing time, status entry."""
    me.need(isinstance(claims, me.Map), "a map")
    if any(claims.get(k) is not me.MISSING for k in (13, 14, 15)):
        raise me.Newer
    issuer = claims.get(2)
    issuer = me.unpack_uscc(issuer) if isinstance(issuer, bytes) else independent_trust.code(issuer)
    for key in (11, 12):
        me.need(isinstance(claims.get(key), int), "status")
    return issuer, independent_trust.instant(claims.get(10)), (claims.get(11), claims.get(12))


def name_on(body, day):
    return next((name for name, last in body["former_names"] if day <= last), body["name"])


def area_of(pack, number):
    """The division code in a number, or None."""
    for pattern in pack.patterns:
        text = ""
        for part in pattern:
            if "literal" in part:
                text += re.escape(part["literal"])
            elif "choice" in part:
                text += "(?:" + "|".join(map(re.escape, part["choice"])) + ")"
            elif "area" in part:
                text += "(?P<area>[0-9]{6})"
            else:
                text += "[0-9]{%d}" % part["digits"] if "digits" in part else ".+"
        match = re.fullmatch(text, number)
        if match and "area" in match.groupdict():
            return match["area"]
    return None


def reach(body, right, kind, day):
    """Whether the type is granted at all, and the divisions on that day (None: not then)."""
    grants = [g for g in body["grants"] if g[0] == kind and g[4] & right]
    then = [g for g in grants if g[2] <= day and (g[3] is None or day <= g[3])]
    return bool(grants), [area for g in then for area in g[1]] if then else None


def contains(outer, inner):
    return inner.startswith(re.sub("(00)+$", "", outer))


def common(some, others):
    return [a if contains(b, a) else b for a in some for b in others if contains(a, b) or contains(b, a)]


def covers(areas, area):
    return any(area is None or contains(each, area) for each in areas)


def pin_of(line):
    words = line.split("#")[0].split()
    said = dict(word.split("=") for word in words[1:])
    return words[0].removeprefix("sm3:").replace(":", ""), {key: said[key].split(",") if key in said else [] for key in ("area", "type")}


def seen_of(lines):
    seen = {}
    for line in lines:
        if line.startswith("time "):
            seen["time"] = line[5:]
        else:
            name, number, _ = line.rsplit(" ", 2)
            seen[name] = int(number)
    return seen


def report_of(table, reader, header, body):
    files = {name: bytes.fromhex(digits) for name, digits in (line.split(" ") for line in body.splitlines())}
    pins = dict(pin_of(line) for line in header["pins"].split(" | "))
    seen = seen_of(header["seen"].split(" | ")) if "seen" in header else None
    verifier = Verifier(table, reader, Folder(files), pins, header["at"], header.get("now"), seen, "allow" in header)
    return verifier.verify(header["text"])


def check(source, module, names=()):
    global me
    me = module
    for part in (independent_trust, independent_status, x509):
        part.me = module
    # Vectors share their signatures: each is verified once.
    me.sm2_verify = functools.cache(me.sm2_verify)
    source = pathlib.Path(source)
    table = Table((source / "docs/findings.md").read_text(encoding="utf-8"))
    reader = me.Reader(source)
    faults, count = [], 0
    for path in sorted((source / "testdata/vectors/matrix").glob("*.txt")):
        if names and path.stem not in names:
            continue
        head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        header = dict(line.split(": ", 1) for line in head.splitlines())
        report = report_of(table, reader, header, body)
        count += 1
        right = header["finding"] in report.codes() if report.verdict() == "valid" else header["finding"] == report.deciding()
        if report.verdict() != header["expect"] or not right:
            faults.append(f"matrix/{path.name}: {report.verdict()}, {report.deciding()}; expected {header['expect']}, {header['finding']}")
        if names:
            print(path.name, report.verdict(), *report.codes())
    print(f"independent verifier: {count} matrix vectors", file=sys.stdout)
    return faults if count >= 105 or names else faults + ["too few matrix vectors"]
