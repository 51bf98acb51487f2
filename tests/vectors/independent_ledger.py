"""The ledger half of the independent reader (docs/format/ledger.md, docs/format/checkpoint.md): leaves, tree, proofs.
By Python's standard library alone; it shares no code with the program."""
import hashlib

COLUMNS = ("number kind at id request draft content type issuer serial revision counter list list_index previous change reason asked "
           "reservation payload license move state effective issue form publication next_update digest").split()


def _digest():
    try:
        hashlib.new("sm3", b"")
        return lambda data: hashlib.new("sm3", data).digest()
    except ValueError:  # an OpenSSL without SM3
        import independent
        return independent.own_sm3


sm3 = _digest()


def leaf_of_event(event):
    def field(value):
        if value is None:
            return b"\xff\xff\xff\xff"
        raw = value.to_bytes(8, "big", signed=True) if isinstance(value, int) else value.encode("utf-8")
        return len(raw).to_bytes(4, "big") + raw

    return sm3(b"\x00" + field("elic event 1") + b"".join(field(event.get(column)) for column in COLUMNS))


def node(left, right, digest=None):
    return (digest or sm3)(b"\x01" + left + right)


def root(leaves, digest=None):
    """RFC 9162, 2.1.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else (digest or sm3)(b"")
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node(root(leaves[:half], digest), root(leaves[half:], digest), digest)


def included(leaf, index, size, path, wanted, digest=None):
    """RFC 9162, 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node(p, r, digest)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p, digest)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == wanted


def consistent(first, second, path, first_root, second_root, digest=None):
    """RFC 9162, 2.1.4.2; trees of one size, and the empty one, by the C2SP convention: no path."""
    if first == second or first == 0:
        return not path and (first_root == second_root if first == second else first_root == (digest or sm3)(b""))
    if first > second or not path:
        return False
    path = list(path)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr, digest), node(c, sr, digest)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c, digest)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root
