# SPDX-License-Identifier: EUPL-1.2
"""The arithmetic of RFC 8032, to make Ed25519 signatures that no library makes. For vectors only: not constant-time."""

import hashlib

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
ORDER = 2**252 + 27742317777372353535851937790883648493
Point = tuple[int, int]
IDENTITY: Point = (0, 1)


def add(left: Point, right: Point) -> Point:
    product = D * left[0] * right[0] * left[1] * right[1]
    x = (left[0] * right[1] + right[0] * left[1]) * pow(1 + product, -1, P)
    y = (left[1] * right[1] + left[0] * right[0]) * pow(1 - product, -1, P)
    return x % P, y % P


def times(factor: int, point: Point) -> Point:
    total = IDENTITY
    while factor:
        if factor & 1:
            total = add(total, point)
        point = add(point, point)
        factor >>= 1
    return total


def encode(point: Point) -> bytes:
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def decode(data: bytes) -> Point:
    number = int.from_bytes(data, "little")
    y = number & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (P - x if x & 1 != number >> 255 else x), y


BASE = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def torsion() -> Point:
    """Return a point of order 8: the first curve point times the order of the large subgroup that has it."""
    for y in range(2, 100):
        point = decode(y.to_bytes(32, "little"))
        on_curve = (point[1] ** 2 - point[0] ** 2 - 1 - D * point[0] ** 2 * point[1] ** 2) % P == 0
        small = times(ORDER, point) if on_curve else IDENTITY
        if times(4, small) != IDENTITY:
            return small
    raise AssertionError


TORSION = torsion()
SMALL_ORDER = {
    "identity": encode(IDENTITY),
    "order-2": encode(times(4, TORSION)),
    "order-4": encode(times(2, TORSION)),
    "order-8": encode(TORSION),
    "identity-not-canonical": (P + 1).to_bytes(32, "little"),
}


def scalar(private: bytes) -> int:
    number = int.from_bytes(hashlib.sha512(private).digest()[:32], "little")
    return number & (1 << 254) - 8 | 1 << 254


def challenge(r: bytes, key: bytes, message: bytes) -> int:
    return int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % ORDER


def signature(r: Point, nonce: int, key: bytes, private: bytes, message: bytes) -> bytes:
    second = (nonce + challenge(encode(r), key, message) * scalar(private)) % ORDER
    return encode(r) + second.to_bytes(32, "little")


def sign_with_torsion(private: bytes, message: bytes) -> bytes:
    """Return a signature whose R has a point of order 8 added."""
    nonce = scalar(private[::-1]) % ORDER
    key = encode(times(scalar(private), BASE))
    return signature(add(times(nonce, BASE), TORSION), nonce, key, private, message)


def sign_with_mixed_key(private: bytes, message: bytes) -> tuple[bytes, bytes]:
    """Return a key with a point of order 8 added, and a signature that holds even without the cofactor."""
    key = encode(add(times(scalar(private), BASE), TORSION))
    nonce = scalar(private[::-1]) % ORDER
    while True:
        r = times(nonce, BASE)
        if challenge(encode(r), key, message) % 8 == 0:
            return key, signature(r, nonce, key, private, message)
        nonce += 1
