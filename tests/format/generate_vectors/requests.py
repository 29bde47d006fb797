# SPDX-License-Identifier: EUPL-1.2
"""Signed requests and key files (FORMAT.md sections 10 and 11)."""

from collections.abc import Iterator, Sequence
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from nacl.secret import SecretBox

from format.generate_vectors import edwards, raw, world
from format.generate_vectors.vector import Vector
from format.generate_vectors.world import TODAY, Json

SIGNER = raw.seed("request signer")
TARGET = f"https://meldpunt.example/logs/{world.LOG}/entries"
BODY = b"a frame"
HEAD = f'"{raw.b64(raw.seed("head"))}"'
PASSPHRASE = "caf\u00e9 wachtzin"
TAIL = 'alg="ed25519";tag="meldkluis/v1"'


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from signed()
    yield from accepted()
    yield from altered()
    yield from reshaped()
    yield from key_files()


def digest(body: bytes) -> str:
    return f"sha-256=:{raw.base64_padded(raw.sha256(body))}:"


def components(body: bytes | None, **more: str) -> dict[str, str]:
    """Return the covered header components of a good request, in order."""
    shown = {"meldkluis-day": TODAY}
    if body is not None:
        shown["content-digest"] = digest(body)
    return shown | {name.replace("_", "-"): value for name, value in more.items()}


def headers(
    covered: dict[str, str], method: str = "POST", target: str = TARGET, *, names: Sequence[str] = (), tail: str = TAIL
) -> dict[str, str]:
    """Return the headers of a request that is correctly signed over the components in the order of ``names``."""
    values = {"@method": method, "@target-uri": target} | covered
    order = names or list(values)
    quoted = " ".join(f'"{name}"' for name in order)
    params = f'({quoted});keyid="{raw.b64(raw.public(SIGNER))}";{tail}'
    lines = [f'"{name}": {values[name]}' for name in order]
    base = "\n".join([*lines, f'"@signature-params": {params}'])
    signature = raw.base64_padded(raw.sign(SIGNER, base.encode()))
    return covered | {"signature-input": f"sig={params}", "signature": f"sig=:{signature}:"}


def ask(given: dict[str, str], body: bytes | None = BODY, **changes: Any) -> Json:
    text = None if body is None else raw.b64(body)
    return {"method": "POST", "target": TARGET, "headers": given, "body": text, "day": TODAY} | changes


def good(name: str, about: str, inputs: Json) -> Vector:
    return Vector(f"request-{name}", about, "request", inputs, result={"key": raw.b64(raw.public(SIGNER))})


def refused(name: str, about: str, inputs: Json) -> Vector:
    return Vector(f"request-{name}", about, "request", inputs, "signature")


def signed() -> Iterator[Vector]:
    cases: dict[str, tuple[str, bytes | None, dict[str, str]]] = {
        "no-body": ("GET", None, {}),
        "body": ("PUT", BODY, {}),
        "empty-body": ("POST", b"", {}),
        "append": ("POST", BODY, {"if_match": HEAD}),
        "first": ("POST", BODY, {"if_none_match": "*"}),
    }
    for name, (method, body, conditions) in cases.items():
        inputs = {
            "method": method,
            "target": TARGET,
            "day": TODAY,
            "seed": raw.b64(SIGNER),
            "body": None if body is None else raw.b64(body),
            "if_match": conditions.get("if_match"),
            "if_none_match": conditions.get("if_none_match"),
        }
        result = {"headers": headers(components(body, **conditions), method)}
        yield Vector(f"signed-request-{name}", "known answer", "signed_request", inputs, result=result)


def accepted() -> Iterator[Vector]:
    read = ask(headers(components(None), "GET"), None, method="GET")
    yield good("no-body", "a read", read)
    yield good("append", "an append on a head", ask(headers(components(BODY, if_match=HEAD))))
    yield good("first", "the first entry", ask(headers(components(BODY, if_none_match="*"))))
    yield good("day-before", "the sender is a day behind", read | {"day": "2026-11-23"})
    yield good("day-after", "the sender is a day ahead", read | {"day": "2026-11-21"})
    unread = read["headers"] | {"user-agent": "x", "if-none-match": '"cached"'}
    yield good("other-headers", "headers that mean nothing to a read are not covered", read | {"headers": unread})


def altered() -> Iterator[Vector]:
    """Yield requests that are not the one that was signed."""
    append = headers(components(BODY, if_match=HEAD))
    changes: dict[str, tuple[str, Json]] = {
        "other-method": ("another method", ask(append, method="PUT")),
        "other-origin": ("sent to another server", ask(append, target=TARGET.replace("meldpunt.", "meldpunt2."))),
        "other-scheme": ("over plain HTTP", ask(append, target=TARGET.replace("https", "http"))),
        "other-path": ("another log", ask(append, target=TARGET.replace(world.LOG, "a" * 32))),
        "other-query": ("a query that was added", ask(append, target=f"{TARGET}?after=1")),
        "other-body": ("another body", ask(append, b"another frame")),
        "other-body-and-digest": ("another body with its digest", ask(append | {"content-digest": digest(b"x")}, b"x")),
        "body-missing": ("no body", ask(append, None)),
        "other-precondition": ("another head", ask(append | {"if-match": '"' + "A" * 43 + '"'})),
        "precondition-removed": ("no head", ask({k: v for k, v in append.items() if k != "if-match"})),
        "two-days-ago": ("the sender is two days behind", ask(append, day="2026-11-24")),
        "two-days-ahead": ("the sender is two days ahead", ask(append, day="2026-11-20")),
        "day-changed": ("a replay with today's date", ask(append | {"meldkluis-day": "2026-11-23"}, day="2026-11-23")),
        "day-malformed": ("a time for a day", ask(append | {"meldkluis-day": "2026-11-22T10:00"})),
        "unsigned": ("no signature", ask({k: v for k, v in append.items() if not k.startswith("signature")})),
        "no-day": ("no day", ask({k: v for k, v in append.items() if k != "meldkluis-day"})),
        "no-digest": ("no digest", ask({k: v for k, v in append.items() if k != "content-digest"})),
    }
    for name, (about, inputs) in changes.items():
        yield refused(name, about, inputs)


def reshaped() -> Iterator[Vector]:
    """Yield requests whose signature is good, over something that this format does not use."""
    plain = components(BODY)
    full = ["@method", "@target-uri", "meldkluis-day", "content-digest"]
    append = components(BODY, if_match=HEAD)
    shapes: dict[str, tuple[str, dict[str, str]]] = {
        "order": ("components in another order", headers(plain, names=[full[1], full[0], *full[2:]])),
        "digest-not-covered": ("the body is not covered", headers(plain, names=full[:3])),
        "day-not-covered": ("the day is not covered", headers(plain, names=[*full[:2], full[3]])),
        "precondition-not-covered": ("the head is not covered", headers(append, names=full)),
        "component-too-many": ("a header too many is covered", headers(plain | {"date": "x"})),
        "created": ("a time of signing", headers(plain, tail=f"created=1795305600;{TAIL}")),
        "no-tag": ("no tag", headers(plain, tail='alg="ed25519"')),
        "other-tag": ("the tag of another version", headers(plain, tail='alg="ed25519";tag="meldkluis/v2"')),
        "other-algorithm": ("another algorithm", headers(plain, tail='alg="hmac-sha256";tag="meldkluis/v1"')),
        "parameter-order": ("parameters in another order", headers(plain, tail='tag="meldkluis/v1";alg="ed25519"')),
        "two-preconditions": ("both preconditions", headers(components(BODY, if_match=HEAD, if_none_match="*"))),
        "digest-without-body-covered": ("a digest where there is no body", headers(plain)),
    }
    for name, (about, given) in shapes.items():
        yield refused(name, about, ask(given, None if name.startswith("digest-without") else BODY))
    usual = headers(plain)
    short = usual["signature"].replace("=:", "=:", 1).rstrip(":").rstrip("=")
    texts: dict[str, tuple[str, dict[str, str]]] = {
        "other-label": ("another label", {key: value.replace("sig=", "sig1=") for key, value in usual.items()}),
        "two-signatures": ("two signatures", usual | {"signature": f"{usual['signature']}, {usual['signature']}"}),
        "signature-unpadded": ("base64 without padding", usual | {"signature": f"{short}:"}),
        "input-space": (
            "a space in the list",
            usual | {"signature-input": usual["signature-input"].replace(";alg", "; alg")},
        ),
        "keyid-short": (
            "a short key",
            usual | {"signature-input": usual["signature-input"].replace('keyid="', 'keyid="A', 1)[:-1]},
        ),
    }
    for name, (about, given) in texts.items():
        yield refused(name, about, ask(given))
    yield refused("small-order-key", "a key that signs everything", ask(small_order(usual)))
    split = f'{TARGET}\n"meldkluis-day": 2026-11-22'
    yield refused("line-in-target", "a line end in the address", ask(headers(plain, target=split), target=split))


def small_order(usual: dict[str, str]) -> dict[str, str]:
    own, weak = raw.b64(raw.public(SIGNER)), raw.b64(edwards.SMALL_ORDER["identity"])
    scalar = (edwards.scalar(SIGNER) % raw.ORDER).to_bytes(32, "little")
    signature = raw.base64_padded(raw.public(SIGNER) + scalar)
    shown = usual["signature-input"].replace(own, weak)
    return usual | {"signature-input": shown, "signature": f"sig=:{signature}:"}


def key_file(content: bytes) -> Json:
    salt = raw.seed("key file")[:16]
    key = Argon2id(salt=salt, length=32, iterations=2, lanes=1, memory_cost=65536).derive(PASSPHRASE.encode())
    box = SecretBox(key).encrypt(content, raw.seed("key file nonce")[:24])
    kdf = {"m": 65536, "t": 2, "salt": raw.b64(salt)}
    return {"v": 1, "kind": "example", "kdf": kdf, "box": raw.b64(bytes(box))}


def key_files() -> Iterator[Vector]:
    value = {"seed": "AAAA", "note": "\u00e9"}
    shown = key_file(raw.compact(value))
    asked = {"file": world.text(shown), "kind": "example", "passphrase": PASSPHRASE}
    yield Vector("keyfile-ok", "a key file", "keyfile", asked, result={"value": value})
    decomposed = asked | {"passphrase": "cafe\u0301 wachtzin"}
    yield Vector("keyfile-other-keyboard", "the accent typed apart", "keyfile", decomposed, result={"value": value})
    box = raw.unb64(shown["box"])
    kdf = shown["kdf"]
    files: dict[str, tuple[str, Json]] = {
        "altered": ("one bit of the box", shown | {"box": raw.b64(box[:-1] + bytes([box[-1] ^ 1]))}),
        "box-empty": ("no box", shown | {"box": ""}),
        "memory-low": ("less than 64 MiB", shown | {"kdf": kdf | {"m": 65535}}),
        "memory-high": ("more than 1 GiB", shown | {"kdf": kdf | {"m": 1_048_577}}),
        "passes-low": ("one pass", shown | {"kdf": kdf | {"t": 1}}),
        "passes-high": ("17 passes", shown | {"kdf": kdf | {"t": 17}}),
        "salt-short": ("15 bytes of salt", shown | {"kdf": kdf | {"salt": raw.b64(bytes(15))}}),
        "other-kind": ("a file of another kind", shown | {"kind": "vault"}),
        "version": ("an unknown version", shown | {"v": 2}),
        "key-too-many": ("a key that the format does not name", shown | {"hint": "x"}),
        "algorithm": ("a choice of algorithm", shown | {"kdf": kdf | {"name": "scrypt"}}),
        "no-json-inside": ("the box holds no JSON", key_file(b"{'a':1}")),
    }
    for name, (about, file) in files.items():
        yield Vector(f"keyfile-{name}", about, "keyfile", asked | {"file": world.text(file)}, "keyfile")
    wrong = asked | {"passphrase": "cafe wachtzin"}
    yield Vector("keyfile-other-passphrase", "a wrong passphrase", "keyfile", wrong, "keyfile")
    yield Vector("keyfile-no-json", "no JSON", "keyfile", asked | {"file": "{"}, "keyfile")
