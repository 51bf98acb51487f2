#!/usr/bin/env python3
"""What SM2 (GB/T 32918.2, 6.1) makes of a key, a digest and a nonce, at the edges and elsewhere, by exact computation.

Usage: make_sm2_signing_vectors.py FILE [--check]

Writes FILE, or (--check) makes sure that it is what this program would write. Each entry: d, e, the nonce k, and the signature (r || s), or null
where the standard has another nonce drawn. `uncomputed`: the library says so too of one nonce that the standard takes.
"""
from sm2_exact import G, N, multiply, number, write_or_check

entries = []


def entry(what, d, e, k, **more):
    r = (e + (multiply(k, G) or (0,))[0]) % N
    s = pow(1 + d, -1, N) * (k - r * d) % N
    usable = 0 < k < N and r != 0 and (r + k) % N != 0 and s != 0
    if usable:  # what signs is held against what verifies (7.1)
        assert (e + multiply(s + (r + s) * d, G)[0]) % N == r
    text = lambda value: f"{value:064x}"
    entries.append({"what": what, "d": text(d), "e": text(e), "k": text(k), "signature": text(r) + text(s) if usable else None, **more})


# The standard's own: GB/T 32918.5-2017, annex A.2. What it prints is (r, s).
entry("of the standard", 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8, 0xF0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640,
      0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21)
assert entries[0]["signature"] == ("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                                   "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")

D, E = number("signing d"), number("signing e")
for n in range(16):
    entry("anything", number(f"signing d {n}"), number(f"signing e {n}"), number(f"signing k {n}"))
for name, d in (("1", 1), ("2", 2), ("n - 2", N - 2), ("n - 3", N - 3), ("2^255", 2**255), ("2^64 - 1", 2**64 - 1)):
    entry(f"d = {name}", d, E, number("signing k " + name))
for name, e in (("0", 0), ("1", 1), ("n - 1", N - 1), ("n", N), ("n + 1", N + 1), ("2^256 - 1", 2**256 - 1)):
    entry(f"e = {name}", D, e, number("signing k e " + name))

# Nonces: the ends, the ends of windows of six bits and of words, digits all alike, and their opposites.
nonces = {1, 2, 3, 31, 32, 33, 62, 63, 64, 65, 127, 128, 4095, 4096, 4097, 2**255, 2**255 - 1, 2**255 + 1, (N - 1) // 2, (N + 1) // 2}
for bits in (64, 128, 192, 252, 253, 254):
    nonces |= {2**bits - 1, 2**bits, 2**bits + 1}
for digit in (0, 1, 31, 32, 62, 63):
    nonces.add(sum(digit << 6 * n for n in range(42)) | 1)
    nonces.add(sum(digit << 6 * n for n in range(42)) << 1 | 1)
for k in sorted(k % N for k in nonces | {-k for k in nonces} if k % N):
    entry(f"k = {k:#x}", D, E, k)

for name, k in (("0", 0), ("n", N), ("n + 1", N + 1), ("2^256 - 1", 2**256 - 1)):
    entry(f"k = {name}: no nonce", D, E, k)

# r and s at their ends, by e: nobody knows a k for which x lies at an end.
for n, k in enumerate((number("wrap 0"), number("wrap 1"))):
    x = multiply(k, G)[0] % N
    entry("r = 1", D, (1 - x) % N, k)
    entry("r = n - 1", D, (N - 1 - x) % N, k)
    entry("r = 0: another nonce", D, (N - x) % N, k)
    entry("r + k = n: another nonce", D, (N - k - x) % N, k)
    entry("r + k = n - 1", D, (N - 1 - k - x) % N, k)
    entry("s = 0: another nonce", D, (k * pow(D, -1, N) - x) % N, k)

# The sum before the last window equals what the last window adds.
for what, k in (("the sum's only doubling", 15 * 2**253 - N), ("the same for the opposite nonce", 2 * N - 15 * 2**253)):
    entry(what, D, E, k, uncomputed=True)
    for step in (-2, -1, 1, 2):
        entry(f"{what}, {step:+}", D, E, k + step)

write_or_check(entries, f"{sum(each['signature'] is None for each in entries)} of them not to be signed with")
