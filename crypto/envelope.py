# SPDX-License-Identifier: EUPL-1.2
"""Reads and writes an age v1 header: structure only (C2SP age.md, "Header"; FORMAT.md section 5).

Nothing here knows a key or opens anything, so the intake may import it. The order of checks: size,
version line, MAC line, stanzas by the age grammar (`read_header`), then our profile, which
allows one kind of stanza only (`parse_header`). Whether the MAC is right, only a key can tell.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from crypto.errors import HeaderError

STANZA_KIND = "mlkem768x25519"
ENC_LENGTH = 1120
BODY_LENGTH = 32
MAX_STANZAS = 64
STANZA_LENGTH = 1557
_VERSION = "age-encryption.org/v1"
_COLUMNS = 64
_MAC_LENGTH = 32
_MAC_TAIL = len(" \n") + 43
_AROUND_STANZAS = len(_VERSION) + 1 + len("---") + _MAC_TAIL
MAX_HEADER_LENGTH = _AROUND_STANZAS + MAX_STANZAS * STANZA_LENGTH
_ARGUMENT_LINE = re.compile(r"->(?: [!-~]+)+")


@dataclass(frozen=True, slots=True)
class Stanza:
    """One recipient's copy of the file key, still wrapped."""

    arguments: tuple[str, ...]
    """The kind and what follows it on the ``->`` line."""
    body: bytes
    """The decoded body: 32 bytes in our profile."""

    @property
    def enc(self) -> bytes:
        """The HPKE encapsulated key, 1,120 bytes, of a stanza that `parse_header` returned."""
        return _from_base64(self.arguments[1])


@dataclass(frozen=True, slots=True)
class Header:
    """An age header as read; `raw` are its bytes up to and including the MAC line's end."""

    stanzas: tuple[Stanza, ...]
    mac: bytes
    """32 bytes, unverified."""
    raw: bytes

    @property
    def authenticated(self) -> bytes:
        """The bytes that the MAC covers: all up to and including ``---``."""
        return self.raw[:-_MAC_TAIL]

    @property
    def digest(self) -> bytes:
        """SHA-256 over `raw`, 32 bytes: the header hash that statements name (FORMAT.md section 7.8)."""
        return sha256(self.raw).digest()


def parse_header(data: bytes) -> Header:
    """Read the header at the start of ``data`` and check that it follows our profile of age.

    Every stanza is ``mlkem768x25519`` with one further argument of 1,120 bytes and a body of 32
    bytes; there are 1 to 64 of them (C2SP age.md, "mlkem768x25519 recipient stanza"; FORMAT.md section 5).

    Raises:
        HeaderError: anything else, foreign stanzas included.
    """
    header = read_header(data)
    for stanza in header.stanzas:
        _check_profile(stanza)
    return header


def read_header(data: bytes) -> Header:
    """Read the header at the start of ``data`` by the age grammar, whatever its stanzas' kinds.

    Raises:
        HeaderError: not an age v1 header, longer than `MAX_HEADER_LENGTH`, or more than 64 stanzas.
    """
    mac_line = data.find(b"\n--- ", 0, MAX_HEADER_LENGTH) + 1
    end = data.find(b"\n", mac_line, MAX_HEADER_LENGTH) + 1
    if not mac_line or not end:
        raise HeaderError("there is no complete age header")
    try:
        lines = data[:end].decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise HeaderError("the age header is not ASCII") from error
    version, *stanza_lines, mac, _ = lines
    if version != _VERSION:
        raise HeaderError("the age header has another version than v1")
    return Header(_read_stanzas(stanza_lines), _read_mac(mac), data[:end])


def header_length(stanzas: int) -> int:
    """Return how many bytes a header of our profile with so many stanzas has."""
    return _AROUND_STANZAS + stanzas * STANZA_LENGTH


def write_header(stanzas: Sequence[Stanza]) -> bytes:
    """Return the header of ``stanzas`` up to and including ``---``, the bytes that the MAC covers."""
    parts = [f"{_VERSION}\n"]
    for stanza in stanzas:
        body = to_base64(stanza.body)
        lines = [body[start : start + _COLUMNS] for start in range(0, len(body) + 1, _COLUMNS)]
        parts += [f"-> {' '.join(stanza.arguments)}\n", *(f"{line}\n" for line in lines)]
    return "".join([*parts, "---"]).encode("ascii")


def _read_stanzas(lines: list[str]) -> tuple[Stanza, ...]:
    rest = iter(lines)
    stanzas = tuple(Stanza(_read_arguments(line), _read_body(rest)) for line in rest)
    if not 1 <= len(stanzas) <= MAX_STANZAS:
        raise HeaderError(f"an age header needs 1 to {MAX_STANZAS} stanzas")
    return stanzas


def _read_arguments(line: str) -> tuple[str, ...]:
    if not _ARGUMENT_LINE.fullmatch(line):
        raise HeaderError("a stanza does not start with '->' and its arguments")
    return tuple(line.split(" ")[1:])


def _read_body(rest: Iterator[str]) -> bytes:
    """Take body lines up to the first that is shorter than 64 columns; it must be there."""
    lines = []
    for line in rest:
        lines.append(line)
        if len(line) != _COLUMNS:
            break
    if not lines or len(lines[-1]) >= _COLUMNS:
        raise HeaderError("a stanza's body is not wrapped at 64 columns with a shorter last line")
    return _from_base64("".join(lines))


def _read_mac(line: str) -> bytes:
    mac = _from_base64(line.removeprefix("--- "))
    if len(mac) != _MAC_LENGTH:
        raise HeaderError("the age header's MAC does not have 32 bytes")
    return mac


def _check_profile(stanza: Stanza) -> None:
    kind, *further = stanza.arguments
    if kind != STANZA_KIND:
        raise HeaderError("the age header has a stanza of another kind than mlkem768x25519")
    if len(further) != 1 or len(stanza.enc) != ENC_LENGTH:
        raise HeaderError("a stanza's one further argument is not 1,120 bytes")
    if len(stanza.body) != BODY_LENGTH:
        raise HeaderError("a stanza's body is not 32 bytes")


def to_base64(data: bytes) -> str:
    """Return ``data`` in standard base64 without padding (C2SP age.md, "Conventions")."""
    return b64encode(data).rstrip(b"=").decode("ascii")


def _from_base64(text: str) -> bytes:
    try:
        data = b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise HeaderError("the age header has text that is not base64") from error
    # What the decoder skipped or rounded is missing here.
    if to_base64(data) != text:
        raise HeaderError("the age header has base64 that is not canonical")
    return data
