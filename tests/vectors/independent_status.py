"""The status list half of the independent reader (docs/format/status.md): bits, sets, rows, blocks, deltas, answers."""
import datetime
import json
import pathlib
import sys

me = None  # the module that has CBOR and credit codes

STATES = ["valid", "suspended", "lapsed", "cancelled", "withdrawn", "revoked", "transferred-out", "replaced"]
EIGHT_HOURS = 8 * 3600
EPOCH = datetime.datetime(2000, 1, 1)
FIRST = int((datetime.datetime(1900, 1, 1) - EPOCH).total_seconds()) - EIGHT_HOURS
LAST = int((datetime.datetime(2200, 1, 1) - EPOCH).total_seconds()) - EIGHT_HOURS - 1


class Limit(Exception):
    pass


def limit(condition):
    if not condition:
        raise Limit


def show(seconds):
    return (EPOCH + datetime.timedelta(seconds=seconds + EIGHT_HOURS)).strftime("%Y-%m-%dT%H:%M:%S+08:00")


class Bits:
    def __init__(self, raw):
        self.text = "".join(f"{byte:08b}" for byte in raw)
        self.at = 0

    def bits(self, count):
        me.need(self.at + count <= len(self.text), "bits lack")
        self.at += count
        return int(self.text[self.at - count:self.at] or "0", 2)

    def unary(self):
        end = self.text.find("1", self.at)
        me.need(end >= 0, "a number in unary without end")
        zeros, self.at = end - self.at, end + 1
        return zeros

    def one_of(self, choices):
        width = choices.bit_length() - 1
        short = 2 ** (width + 1) - choices
        value = self.bits(width)
        return value if value < short else 2 * value + self.bits(1) - short

    def gamma(self):
        width = self.unary()
        me.need(width <= 48, "gamma")
        return 2 ** width + self.bits(width)

    def places(self, n, k):
        """A set of k places among n."""
        me.need(k <= n and k <= len(self.text) - self.at, "more places than there can be")
        divisor = max(1, (61 * n + 15 * k) // (88 * k)) if k else 1
        places, free = [], 0
        for _ in range(k):
            place = free + self.unary() * divisor + self.one_of(divisor)
            me.need(place < n, "a place outside")
            places.append(place)
            free = place + 1
        return places

    def row(self, n, alphabet, least):
        symbols = [0] * n

        def node(items, first, end):
            size = end - first
            if size == 1 or not items:
                for item in items:
                    symbols[item] = first
                return
            low = (size + 1) // 2
            upper = self.one_of(len(items) - least * size + 1) + least * (size - low)
            inverted = 2 * upper > len(items)
            written = set(self.places(len(items), len(items) - upper if inverted else upper))
            is_upper = [(i in written) != inverted for i in range(len(items))]
            node([item for item, up in zip(items, is_upper) if not up], first, first + low)
            node([item for item, up in zip(items, is_upper) if up], first + low, end)

        node(list(range(n)), 0, alphabet)
        return symbols

    def end(self):
        me.need(len(self.text) - self.at < 8 and "1" not in self.text[self.at:], "the end")


def read_entries(raw, allotted):
    bits = Bits(raw)
    count = bits.one_of(allotted + 1)
    limit(count <= 2 ** 24)
    indexes = bits.places(allotted, count)
    states = bits.row(count, 7, 0)
    bits.end()
    return [[index, STATES[state + 1]] for index, state in zip(indexes, states)]


def read_instants(bits, changes, first_possible):
    me.need(first_possible <= LAST, "no instant is possible")
    count = bits.one_of(changes) + 1
    first = first_possible + bits.one_of(LAST - first_possible + 1)
    if count == 1:
        return [first]
    me.need(first < LAST, "no second instant is possible")
    between = bits.one_of(LAST - first)
    return [first] + [first + 1 + place for place in bits.places(between, count - 2)] + [first + 1 + between]


def read_changes(raw, allotted, first_possible):
    bits = Bits(raw)
    count = bits.one_of(allotted + 1)
    limit(count <= 2 ** 22)
    indexes = bits.places(allotted, count)
    if not indexes:
        bits.end()
        return []
    repeats = bits.gamma() - 1
    total = count + repeats
    limit(total <= 2 ** 22)
    repeated = {place + 1 for place in bits.places(total - 1, repeats)}
    states = bits.row(total, 8, 0)
    instants = read_instants(bits, total, first_possible)
    effective = bits.row(total, len(instants), 1)
    bits.end()
    changes, at = [], -1
    for i in range(total):
        if i in repeated:
            me.need(effective[i] > effective[i - 1], "order of time")
        else:
            at += 1
        changes.append([indexes[at], instants[effective[i]], STATES[states[i]]])
    return changes


def instant(value):
    me.need(isinstance(value, int) and FIRST <= value <= LAST, "an instant")
    return value


def issuer(value):
    if isinstance(value, bytes):
        return me.unpack_uscc(value)
    me.need(isinstance(value, str) and me.is_uscc(value) and not me.uscc_packs(value), "issuer")
    return value


def read_content(raw, kind):
    limit(len(raw) <= 16 * 2 ** 20)
    content = me.read_cbor(raw, 1, 16)
    keys = list(range(1, 11)) if kind == "list" else [1, 2, 3, 4, 5, 6, 7, 10]
    me.need(isinstance(content, me.Map) and [k for k, _ in content] == keys, "keys")
    for key in (2, 3, 7):
        me.need(isinstance(content.get(key), int) and content.get(key) >= 0, "a number")
    limit(content.get(7) <= 2 ** 32)
    me.need(content.get(2) >= 1 and content.get(3) >= (1 if kind == "list" else 2), "counts from 1, a delta from 2")
    me.need(instant(content.get(4)) <= instant(content.get(5)), "next_update")
    previous = content.get(6)
    me.need(previous is None and kind == "list" or isinstance(previous, bytes) and len(previous) == 32, "previous")
    meaning = {"issuer": issuer(content.get(1)), "list": content.get(2), "number": content.get(3), "as_of": content.get(4),
               "next_update": content.get(5), "previous": previous and previous.hex(), "allotted": content.get(7)}
    if kind == "list":
        me.need(instant(content.get(8)) <= content.get(4), "base")
        me.need(isinstance(content.get(9), bytes), "entries")
        meaning["base"] = content.get(8)
        meaning["entries"] = read_entries(content.get(9), content.get(7))
    me.need(isinstance(content.get(10), bytes), "changes")
    meaning["changes"] = read_changes(content.get(10), content.get(7), content.get(8) + 1 if kind == "list" else FIRST)
    return meaning


def apply(old, delta):
    for key in ("issuer", "list"):
        me.need(old[key] == delta[key], "another " + key)
    me.need(delta["number"] > old["number"] and delta["as_of"] >= old["as_of"] and delta["allotted"] >= old["allotted"], "does not go on")
    entries = dict(map(tuple, old["entries"]))
    changes = {(index, at): state for index, at, state in old["changes"]}
    for index, at, state in delta["changes"]:
        if at <= old["base"]:
            entries[index] = state
            continue
        me.need(changes.setdefault((index, at), state) == state, "another state at the same instant")
    new = dict(old)
    for key in ("number", "as_of", "next_update", "previous", "allotted"):
        new[key] = delta[key]
    new["entries"] = [[index, state] for index, state in sorted(entries.items()) if state != "valid"]
    new["changes"] = [[index, at, state] for (index, at), state in sorted(changes.items())]
    return new


def answer(content, index, shown):
    if index >= content["allotted"]:
        return "beyond-end", None
    if shown < show(content["base"]):
        return "before-base", None
    passed = [change for change in content["changes"] if change[0] == index and show(change[1]) <= shown]
    if passed:
        return passed[-1][2], show(passed[-1][1])
    return dict(map(tuple, content["entries"])).get(index, "valid"), None


def shown(content):
    result = dict(content)
    for key in ("as_of", "next_update", "base"):
        if key in result:
            result[key] = show(result[key])
    result["changes"] = [[index, show(at), state] for index, at, state in result["changes"]]
    return result


def outcome(header, lines):
    try:
        if header["kind"] == "apply":
            return "ok", apply(read_content(lines[0], "list"), read_content(lines[1], "delta"))
        return "ok", read_content(lines[0], header["kind"])
    except Limit:
        return "limit", None
    except me.Malformed:
        return "malformed", None


def check(source, module):
    global me
    me = module
    faults, count, answers = [], 0, 0
    for path in sorted((pathlib.Path(source) / "testdata/vectors/status").glob("*.txt")):
        head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        header = dict(line.split(": ", 1) for line in head.splitlines())
        found, content = outcome(header, [bytes.fromhex(line) for line in body.split()])
        count += 1
        if found != header["expect"]:
            faults.append(f"status/{path.name}: {found}, expected {header['expect']}")
        elif found == "ok" and shown(content) != json.loads(header["meaning"]):
            faults.append(f"status/{path.name}: another meaning: {json.dumps(shown(content))}")
        for index, at, said, since in json.loads(header.get("answers", "[]")):
            answers += 1
            if answer(content, index, at) != (said, since):
                faults.append(f"status/{path.name}: entry {index} at {at}: {answer(content, index, at)}")
    print(f"independent reader: {count} status vectors, {answers} answers", file=sys.stdout)
    return faults if count >= 50 and answers >= 100 else faults + ["too few status vectors"]
