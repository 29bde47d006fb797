# SPDX-License-Identifier: EUPL-1.2
"""Bytes of the format made by hand, from FORMAT.md and raw primitives; nothing here imports ``crypto``.

Everything is derived from labels, so a second run makes the same bytes. Only an age stanza is random
(HPKE draws its own key pair): stanzas are kept in ``stanzas.json``, and each one that is kept is opened again
by the raw primitive before it is used.
"""

import base64
import hashlib
import hmac
import json
import struct
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

STANZAS = Path(__file__).with_name("stanzas.json")
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
INFO = b"age-encryption.org/mlkem768x25519"
ORDER = 2**252 + 27742317777372353535851937790883648493
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

kept_stanzas: dict[str, str] = json.loads(STANZAS.read_text()) if STANZAS.exists() else {}
used_stanzas: dict[str, str] = {}


def seed(label: str) -> bytes:
    """Return 32 bytes that stand for this label."""
    return hashlib.sha256(b"meldkluis vectors " + label.encode()).digest()


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def base64_padded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def b32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()


def compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def h(label: str, *parts: bytes) -> bytes:
    pieces = [b"meldkluis/v1/" + label.encode(), *parts]
    return sha256(b"".join(struct.pack(">I", len(piece)) + piece for piece in pieces))


def hkdf(secret: bytes, info: bytes, salt: bytes = bytes(32)) -> bytes:
    """Return the first 32 bytes of HKDF-SHA256; no salt is 32 zero bytes (RFC 5869 section 2.2)."""
    extracted = hmac.digest(salt, secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def public(private: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def dsse(kind: str, payload: bytes) -> bytes:
    return f"DSSEv1 {len(kind.encode())} {kind} {len(payload)} ".encode() + payload


def statement(kind: str, payload: bytes, private: bytes) -> dict[str, Any]:
    return {"type": kind, "payload": b64(payload), "sig": b64(sign(private, dsse(kind, payload)))}


def bech32(prefix: str, data: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[place : place + 5], 2) for place in range(0, len(bits), 5)]
    expanded = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = bech32_polymod(expanded + values + [0] * 6) ^ 1
    values += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return prefix + "1" + "".join(BECH32[value] for value in values)


def bech32_polymod(values: list[int]) -> int:
    """Return the checksum of BIP 173."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    return check


def padme(length: int) -> int:
    e = len(bin(length)) - 3
    s = len(bin(e)) - 2
    mask = (1 << e - s) - 1
    return (length + mask) & ~mask


def padded(content: bytes, floor: int = 16384) -> bytes:
    """Return the sealed plaintext of a statement without file bytes."""
    content = struct.pack(">I", len(content)) + content
    return content + bytes(max(floor, padme(len(content))) - len(content))


def xwing(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = hashlib.shake_256(private).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])


def raw_recipient(private: bytes) -> bytes:
    mlkem, x25519 = xwing(private)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def recipient(private: bytes) -> str:
    return bech32("age1pq", raw_recipient(private))


def stanza(file_key: bytes, private: bytes) -> bytes:
    """Return the 1,152 bytes of encapsulated key and body that wrap a file key for a recipient's seed."""
    name = b64(sha256(file_key + private)[:12])
    key = MLKEM768X25519PrivateKey(*xwing(private))
    if name in used_stanzas:
        return base64.b64decode(used_stanzas[name])
    wrapped = base64.b64decode(kept_stanzas.get(name, ""))
    try:
        fits = SUITE.decrypt(wrapped, key, info=INFO) == file_key
    except InvalidTag:
        fits = False
    if not fits:
        wrapped = SUITE.encrypt(file_key, key.public_key(), info=INFO)
    used_stanzas[name] = base64_padded(wrapped)
    return wrapped


def age_stanza(wrapped: bytes, kind: str = "mlkem768x25519") -> str:
    return f"-> {kind} {std(wrapped[:1120])}\n{std(wrapped[1120:])}\n"


def std(data: bytes) -> str:
    return base64_padded(data).rstrip("=")


def age_file(label: str, plaintext: bytes, privates: list[bytes], *, extra: str = "", mac_flip: int = 0) -> bytes:
    """Return an age file; ``extra`` stands after the stanzas, ``mac_flip`` spoils the MAC."""
    file_key = seed("file key " + label)[:16]
    header = "age-encryption.org/v1\n" + "".join(age_stanza(stanza(file_key, private)) for private in privates)
    header += extra + "---"
    mac = bytearray(hmac.digest(hkdf(file_key, b"header"), header.encode(), "sha256"))
    mac[0] ^= mac_flip
    return f"{header} {std(bytes(mac))}\n".encode() + age_payload(file_key, seed("nonce " + label)[:16], plaintext)


def age_payload(file_key: bytes, nonce: bytes, plaintext: bytes) -> bytes:
    cipher = ChaCha20Poly1305(hkdf(file_key, b"payload", nonce))
    chunks = [plaintext[start : start + 65536] for start in range(0, len(plaintext), 65536)] or [b""]
    sealed = [
        cipher.encrypt(struct.pack(">xxxQB", number, number == len(chunks) - 1), chunk, None)
        for number, chunk in enumerate(chunks)
    ]
    return nonce + b"".join(sealed)


def frame(meta: object, *parts: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(piece)) + piece for piece in (compact(meta), *parts))


def head(log: bytes, seq: int, prev: bytes, frame_bytes: bytes) -> bytes:
    return h("head", log, struct.pack(">Q", seq), prev, sha256(frame_bytes))
