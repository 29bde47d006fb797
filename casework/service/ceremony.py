# SPDX-License-Identifier: EUPL-1.2
"""The ceremony that makes a desk: members' cards, the root key on paper, the signed desk document.

The root key exists in memory for the time of one command. What remains of it are SLIP-39 shares,
printed once, to be copied to paper and kept by different persons; any `threshold` of them sign the next
version of the document. FORMAT.md sections 6.1, 6.2 and 6.4.
"""

import secrets as randomness
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from casework.errors import CeremonyError
from casework.folder.home import Home
from casework.folder.keyring import Keyring, Secrets
from crypto.desk import desk_id
from crypto.document import DESK_TYPE, DeskDocument, Member, document_root, read_document
from crypto.encoding import b32encode, dump_json, labelled_hash, parse_json
from crypto.errors import FormatError
from crypto.fields import key, member_id, text, texts, to_json, versioned
from crypto.signing import parse_statement, public_key, read_payload, sign_statement, verify_statement

CARD_TYPE = "meldkluis/card/v1"
_CARD = {"name": text, "role": texts, "member": member_id, "identity": key}
_FINGERPRINT_BYTES = 10


@dataclass(frozen=True, slots=True)
class Card:
    """A member's proof of their identity key; the fingerprint (16 characters) is read aloud to compare."""

    member: Member
    fingerprint: str


def new_member(home: Home, passphrase: str, member: str, name: str, role: dict[str, str], today: date) -> bytes:
    """Make a member's identity, write the sealed key file, and return the member's card.

    Raises:
        HomeError: the folder holds keys already.
        EncodingError: the member id or the role is not in the format.
    """
    identity = randomness.token_bytes(32)
    card = sign_card(Member(member, name, role, public_key(identity)), identity)
    Keyring.create(home, passphrase, Secrets(member, identity, (), {}, {}, None, today))
    return card


def sign_card(member: Member, identity: bytes) -> bytes:
    """Return the card of a member, signed with the identity key of a 32-byte seed."""
    value = {"name": member.name, "role": member.role, "member": member.id, "identity": member.identity}
    payload = dump_json({"v": 1} | to_json(value))
    versioned(parse_json(payload), _CARD)
    return sign_statement(CARD_TYPE, payload, identity)


def read_card(data: bytes) -> Card:
    """Return the card in a file.

    Raises:
        CeremonyError: it is no card, or its signature is wrong.
    """
    try:
        statement = parse_statement(data)
        signer = key(read_payload(statement, CARD_TYPE).get("identity"))
        payload = verify_statement(statement, CARD_TYPE, signer)
        found = versioned(parse_json(payload), _CARD)
    except FormatError as error:
        raise CeremonyError(
            "A file is not a member's card: {reason}. Nothing was written. Ask the member for the card again.",
            reason=error,
        ) from error
    member = Member(found["member"], found["name"], found["role"], found["identity"])
    return Card(member, b32encode(labelled_hash("card", payload)[:_FINGERPRINT_BYTES]))


def new_root(threshold: int, shares: int) -> tuple[bytes, list[str]]:
    """Return a fresh root seed and its SLIP-39 shares, of which `threshold` bring it back.

    Raises:
        CeremonyError: fewer than two shares are asked for, or more than 16 are made.
    """
    if not 2 <= threshold <= shares <= 16:  # noqa: PLR2004 - the limits that the message names
        raise CeremonyError("A root key is split into 2 to 16 shares, and at least 2 of them are needed to sign.")
    seed = randomness.token_bytes(32)
    return seed, generate_mnemonics(1, [(threshold, shares)], seed)[0]


def root_from_shares(shares: Sequence[str]) -> bytes:
    """Return the root seed that these shares stand for.

    Raises:
        CeremonyError: too few, misspelt, or shares of different roots.
    """
    try:
        seed = combine_mnemonics(shares)
    except MnemonicError as error:
        raise CeremonyError(
            "The shares do not fit together: {reason}. Nothing was written. Check the words against the paper.",
            reason=error,
        ) from error
    if len(seed) != 32:  # noqa: PLR2004 - an Ed25519 seed
        raise CeremonyError("These shares belong to another kind of key. Nothing was written.")
    return bytes(seed)


def read_profile(data: bytes) -> dict[str, object]:
    """Return what a desk says of itself, from a TOML file.

    Its keys are those of FORMAT.md section 6.2 without desk, version, previous, root and people; `opens`,
    `closes`, `texts`, `elsewhere`, an elsewhere's `note` and the policy's `recovery` may be left out.

    Raises:
        CeremonyError: not TOML. What the values must be is checked when the document is signed.
    """
    try:
        found = tomllib.loads(data.decode())
    except ValueError as error:
        raise CeremonyError("The desk's profile is not TOML: {reason}. Nothing was written.", reason=error) from error
    profile = {"opens": None, "closes": None, "texts": {}, "elsewhere": []} | found
    if isinstance(profile["elsewhere"], list):
        profile["elsewhere"] = [{"note": None} | item for item in profile["elsewhere"]]
    if isinstance(profile.get("policy"), dict):
        profile["policy"] = {"recovery": None} | profile["policy"]
    return profile


def first_document(
    profile: Mapping[str, object], members: Sequence[Card], custodians: Sequence[Card], seed: bytes
) -> bytes:
    """Return the signed first document of a new desk.

    Raises:
        CeremonyError: a value of the profile is not in the format, or the people are too few or not distinct.
    """
    root = public_key(seed)
    place = {"desk": desk_id(root), "version": 1, "previous": None, "root": root}
    return _signed(place, profile, members, custodians, seed)


def next_document(
    profile: Mapping[str, object],
    members: Sequence[Card],
    custodians: Sequence[Card],
    seed: bytes,
    before: DeskDocument,
) -> bytes:
    """Return the signed document that follows on `before`; errors as `first_document`.

    Raises:
        CeremonyError: also when the seed is not that of the root key in force.
    """
    if public_key(seed) != before.root:
        raise CeremonyError("These shares are of another desk's root key. Nothing was written.")
    place = {"desk": before.desk, "version": before.version + 1, "previous": before.hash, "root": before.root}
    return _signed(place, profile, members, custodians, seed)


def read_signed_document(data: bytes) -> DeskDocument:
    """Return the document in a file that its own root signed; whose root that is, its desk id tells.

    Raises:
        CeremonyError: it is no desk document, or its signature is wrong.
    """
    try:
        statement = parse_statement(data)
        named = read_payload(statement, DESK_TYPE).get("desk")
        return read_document(statement, str(named), document_root(statement))
    except FormatError as error:
        raise CeremonyError("This is no desk document: {reason}. Nothing was written.", reason=error) from error


def _signed(
    place: Mapping[str, object],
    profile: Mapping[str, object],
    members: Sequence[Card],
    custodians: Sequence[Card],
    seed: bytes,
) -> bytes:
    people = {"members": [card.member for card in members], "custodians": [card.member for card in custodians]}
    payload = dump_json({"v": 1} | to_json({**profile, **place, **people}))
    data = sign_statement(DESK_TYPE, payload, seed)
    read_signed_document(data)
    return data
