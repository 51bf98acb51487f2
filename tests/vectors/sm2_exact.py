"""SM2 (GB/T 32918) by affine arithmetic on Python's integers, which shares nothing with the library's: no windows, no projective points, no Montgomery form."""
import hashlib
import json
import pathlib
import sys

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
G = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7, 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)


def add(p, q):
    if p is None or q is None:
        return p or q
    if p[0] == q[0] and (p[1] + q[1]) % P == 0:
        return None
    slope = (3 * p[0] * p[0] + A) * pow(2 * p[1], -1, P) if p == q else (q[1] - p[1]) * pow(q[0] - p[0], -1, P)
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def multiply(k, point):
    total = None
    for bit in bin(k % N)[2:]:
        total = add(total, total)
        if bit == "1":
            total = add(total, point)
    return total


def negative(point):
    return point[0], P - point[1]


def number(name):
    """A number in 1 .. n-1 that nobody chose."""
    return 1 + int.from_bytes(hashlib.sha512(name.encode()).digest(), "big") % (N - 1)


def point_with_x(x, step):
    """The first point at or after x (step 1 or -1)."""
    while True:
        square = (x * x * x + A * x + B) % P
        y = pow(square, (P + 1) // 4, P)
        if y * y % P == square:
            return x, y
        x += step


def write_or_check(entries, told):
    """Does what the command line of a program says that makes vectors: FILE [--check]."""
    text = "[\n" + ",\n".join(json.dumps(each) for each in entries) + "\n]\n"
    file = pathlib.Path(sys.argv[1])
    if "--check" not in sys.argv[2:]:
        file.write_text(text)
    elif file.read_text() != text:
        sys.exit(f"{file} is not what this program makes")
    else:
        print(f"{len(entries)} entries, {told}: {file.name} is as computed here")
