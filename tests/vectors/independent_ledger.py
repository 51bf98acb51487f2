"""The ledger half of the independent reader (docs/format/ledger.md, docs/format/checkpoint.md): leaves, tree, proofs.
By Python's standard library alone; it shares no code with the program."""
import hashlib
import json

from independent import sm3

COLUMNS = ("number kind at id request draft content type issuer serial revision counter list list_index previous change reason asked "
           "reservation payload license move state effective issue form publication next_update digest").split()


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_of_event(event):
    def field(value):
        if value is None:
            return b"\xff\xff\xff\xff"
        raw = value.to_bytes(8, "big", signed=True) if isinstance(value, int) else value.encode("utf-8")
        return len(raw).to_bytes(4, "big") + raw

    return sm3(b"\x00" + field("elic event 1") + b"".join(field(event.get(column)) for column in COLUMNS))


def node(left, right, digest=sm3):
    return digest(b"\x01" + left + right)


def root(leaves, digest=sm3):
    """RFC 9162, 2.1.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else digest(b"")
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node(root(leaves[:half], digest), root(leaves[half:], digest), digest)


def included(leaf, index, size, path, wanted, digest=sm3):
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


def consistent(first, second, path, first_root, second_root, digest=sm3):
    """RFC 9162, 2.1.4.2; trees of one size, and the empty one, by the C2SP convention: no path."""
    if first == second or first == 0:
        return not path and (first_root == second_root if first == second else first_root == digest(b""))
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


def inclusion_path(index, leaves, digest=sm3):
    """RFC 9162, 2.1.3.1."""
    if len(leaves) == 1:
        return []
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    if index < half:
        return inclusion_path(index, leaves[:half], digest) + [root(leaves[half:], digest)]
    return inclusion_path(index - half, leaves[half:], digest) + [root(leaves[:half], digest)]


def consistency_path(first, leaves, digest=sm3, whole=True):
    """RFC 9162, 2.1.4.1."""
    if first == len(leaves):
        return [] if whole else [root(leaves, digest)]
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    if first <= half:
        return consistency_path(first, leaves[:half], digest, whole) + [root(leaves[half:], digest)]
    return consistency_path(first - half, leaves[half:], digest, False) + [root(leaves[:half], digest)]


# The cases that the public implementations of Certificate Transparency test their trees with: eight entries, and the
# roots over the first 0 to 8 of them with SHA-256 as published.
PUBLIC_ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
PUBLIC_ROOTS = """
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125
aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77
d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4
76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef
ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c
5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
""".split()


def public_cases(digest):
    """Every root, inclusion path and consistency path over the first 0 to 8 public entries."""
    leaves = [digest(b"\x00" + bytes.fromhex(entry)) for entry in PUBLIC_ENTRIES]
    sizes = range(1, len(leaves) + 1)
    return {
        "entries": PUBLIC_ENTRIES,
        "roots": [root(leaves[:size], digest).hex() for size in range(len(leaves) + 1)],
        "inclusion": [{"index": index, "size": size, "path": [h.hex() for h in inclusion_path(index, leaves[:size], digest)]}
                      for size in sizes for index in range(size)],
        "consistency": [{"first": first, "second": second, "path": [h.hex() for h in consistency_path(first, leaves[:second], digest)]}
                        for second in sizes for first in range(1, second + 1)],
    }


def check(source):
    """testdata/vectors/tree/public.json against this program's own tree, and that against the published roots."""
    faults = []
    published = public_cases(sha256)
    if published["roots"] != PUBLIC_ROOTS:
        faults.append("tree: not the published roots with SHA-256")
    for digest in (sha256, sm3):
        cases = public_cases(digest)
        leaves = [digest(b"\x00" + bytes.fromhex(entry)) for entry in cases["entries"]]
        roots = [bytes.fromhex(h) for h in cases["roots"]]
        for case in cases["inclusion"]:
            if not included(leaves[case["index"]], case["index"], case["size"], map(bytes.fromhex, case["path"]), roots[case["size"]], digest):
                faults.append(f"tree: inclusion {case}")
        for case in cases["consistency"]:
            first, second = case["first"], case["second"]
            if not consistent(first, second, [bytes.fromhex(h) for h in case["path"]], roots[first], roots[second], digest):
                faults.append(f"tree: consistency {case}")
    if json.loads((source / "testdata/vectors/tree/public.json").read_text()) != public_cases(sm3):
        faults.append("tree/public.json: another tree")
    return faults
