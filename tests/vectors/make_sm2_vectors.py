#!/usr/bin/env python3
"""Signatures at the edges of SM2 (GB/T 32918.2, 7.1), with what an exact computation says of them.

Usage: make_sm2_vectors.py FILE [--check]

Writes FILE, or (--check) makes sure that it is what this program would write. Each entry: the public point (x || y), e, the signature (r || s), and
what is to be said: "yes", "no", or "no key" where the point is none of the curve.
"""
from sm2_exact import A, B, G, N, P, add, multiply, negative, number, point_with_x, write_or_check


def says(point, e, r, s):
    if not (point[0] < P and point[1] < P and (point[1] ** 2 - point[0] ** 3 - A * point[0] - B) % P == 0):
        return "no key"
    return "yes" if holds(point, e, r, s) else "no"


def holds(point, e, r, s):
    if not (0 < r < N and 0 < s < N) or (r + s) % N == 0:
        return False
    found = add(multiply(s, G), multiply(r + s, point))
    return found is not None and (e + found[0]) % N == r


def short(value):
    return str(value) if value < 1000 else f"n - {N - value}" if N - value < 1000 else f"{value:#x}"


entries = []


def entry(what, point, e, r, s):
    text = lambda value: f"{value:064x}"
    entries.append({"what": what, "point": text(point[0]) + text(point[1]), "e": text(e), "signature": text(r) + text(s),
                    "says": says(point, e, r, s)})


def with_sum(what, point, s, t):
    """The signature whose s and t are these: e is made to fit, so that it holds unless the sum is at infinity."""
    found = add(multiply(s, G), multiply(t, point))
    r = (t - s) % N
    e = (r - found[0]) % N if found else number(what)
    entry(what, point, e, r, s)
    entry(what + ", e + 1", point, (e + 1) % N, r, s)


def with_found(what, found, other_e=False):
    """A key and a signature for which s G + t P is the given point."""
    s, t = number(what + " s"), number(what + " t")
    point = multiply(pow(t, -1, N), add(found, negative(multiply(s, G))))
    r = (t - s) % N
    e = (r - found[0]) % N
    if other_e:
        e += N  # below 2^256, and the same modulo n
    entry(what, point, e, r, s)
    entry(what + ", e + 1", point, e + 1, r, s)


for n in range(4):
    d, k, e = number(f"d {n}"), number(f"k {n}"), number(f"e {n}")
    point = multiply(d, G)
    r = (e + multiply(k, G)[0]) % N
    s = pow(1 + d, -1, N) * (k - r * d) % N
    entry("signed", point, e, r, s)
    entry("of the negative key", negative(point), e, r, s)
    entry("r and s exchanged", point, e, s, r)
    entry("n - s", point, e, r, N - s)

# Numbers out of range, with the e for which the signature would hold if nobody looked.
S, R = number("s"), number("r")
for what, r, s in (("r = 0", 0, S), ("r = n", N, S), ("r = n + 1", N + 1, S), ("r = n + 5", N + 5, S), ("r = n + 2^200", N + 2**200, S), ("s = 0", R, 0),
                   ("s = n", R, N), ("s = n + 1", R, N + 1), ("r + s = n", N - S, S)):
    point = multiply(number("d " + what), G)
    entry(what, point, (r - add(multiply(s, G), multiply(r + s, point))[0]) % N, r, s)
entry("r = 2^256 - 1", multiply(R, G), number("e"), 2**256 - 1, S)
entry("s = 2^256 - 1", multiply(R, G), number("e"), R, 2**256 - 1)

# r = e + x modulo n, where x has two numbers below p: x - n is one of them for about one signature in 2^128.
with_found("x of the sum is n or above", point_with_x(N, 1))
with_found("x of the sum is p - 1 or below", point_with_x(P - 1, -1))
with_found("x of the sum is small: x + n lies below p too", point_with_x(1, 1))
with_found("x of the sum is just below p - n", point_with_x(P - N - 1, -1))
with_found("x of the sum is just above p - n: x + n is not below p", point_with_x(P - N, 1))
for offset, what in ((2**256 - N, "x + n, were it cut to 256 bits"), (P - N, "x + n - p")):
    found, s, t = point_with_x(5, 1), number(what + " s"), number(what + " t")
    point = multiply(pow(t, -1, N), add(found, negative(multiply(s, G))))
    entry(what, point, (t - s - found[0] - offset) % N, (t - s) % N, s)
for what, about in (("e = 2^256 - 1, r small", 1), ("e = 2^256 - 1, r = 2^200 or above", 2**200)):
    e = 2**256 - 1
    found, s = point_with_x((about - e) % N, 1), number(what)
    r = (e + found[0]) % N
    entry(what, multiply(pow(r + s, -1, N), add(found, negative(multiply(s, G)))), e, r, s)
for what in ("e above n", "e far above n"):
    found = point_with_x(number(what), 1)
    s, t = number(what + " s"), number(what + " t")
    e = N + (5 if what == "e above n" else 2**256 - N - 1)
    t = (e + found[0] + s) % N  # r is then e + x
    point = multiply(pow(t, -1, N), add(found, negative(multiply(s, G))))
    entry(what, point, e, (t - s) % N, s)
    entry(what + ", n taken off", point, e - N, (t - s) % N, s)
    entry(what + ", e + 1 - n", point, e + 1 - N, (t - s) % N, s)

# The two sums meet: points that are added are equal, opposite, or at infinity.
KEYS = {"G": G, "-G": negative(G), "2 G": multiply(2, G), "-2 G": multiply(N - 2, G), "3 G": multiply(3, G), "G / 2": multiply((N + 1) // 2, G)}
PAIRS = ((1, 2), (2, 1), (1, 3), (3, 4), (16, 15), (31, 33), (63, 65), (64, 1), (N - 1, 1), (1, N - 1), (N - 2, N - 1), (N - 1, 2), (2**255, 2**254))
for name, key in KEYS.items():
    for s, t in PAIRS:
        if s % N != t % N:
            with_sum(f"key {name}, s = {short(s)}, t = {short(t)}", key, s, t)
for k in (65, 66, 128, 129, 130, 192, 193, 194, 224, 255):  # a carry that runs through whole words
    with_sum(f"s = 2^{k} - 1", multiply(number("d"), G), 2**k - 1, number(f"t {k}"))
    with_sum(f"t = 2^{k} - 1", multiply(number("d"), G), number(f"s {k}"), 2**k - 1)
for n in range(3):
    s, t = number(f"infinity s {n}"), number(f"infinity t {n}")
    with_sum("s G + t P is at infinity", multiply(-s * pow(t, -1, N), G), s, t)
    with_sum("s G = t P", multiply(s * pow(t, -1, N), G), s, t)

# Points that are none of the curve.
x, y = point_with_x(1, 1)
for what, point in (("0, 0", (0, 0)), ("p, 0", (P, 0)), ("0, p", (0, P)), ("both 2^256 - 1", (2**256 - 1, 2**256 - 1)), ("G's x and y exchanged", G[::-1]),
                    ("y + 1", (G[0], G[1] + 1)), ("x + 1", (G[0] + 1, G[1])), ("x + p, which is x modulo p", (x + P, y)), ("the same below p", (x, y))):
    s, t = number(what + " s"), number(what + " t")
    found = add(multiply(s, G), multiply(t, (x, y)))
    entry(f"key {what}", point, (t - s - found[0]) % N, (t - s) % N, s)

write_or_check(entries, f"{sum(each['says'] == 'yes' for each in entries)} of them hold")
