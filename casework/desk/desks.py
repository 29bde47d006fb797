# SPDX-License-Identifier: EUPL-1.2
"""The desk as this tool may trust it, and this member's own epochs in it.

`refresh` goes in this order: the two clocks agree; the bundle is verified from the desk id on and may
not be older than the newest one seen; it must name this member with this identity key; then epochs are
made and every one that the bundle lacks, or has for an older document, is signed and published. A
server that hides a newer document can delay a new member, never bring one in.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import sha256

from casework.desk import epochs
from casework.errors import AnswerError, DeskRefusedError
from casework.folder.keyring import EpochKey, Keyring, Secrets, SeenDocument
from casework.folder.vault import Vault
from casework.wire.exchange import Signer
from casework.wire.intake_client import IntakeClient
from crypto.age import Identity
from crypto.desk import Desk, read_bundle, read_history
from crypto.encoding import parse_day, parse_json
from crypto.epochs import Epoch, sign_epoch
from crypto.errors import DeskError, FormatError
from crypto.signing import public_key


class Desks:
    """The desk under each document that was verified, with every epoch that was ever seen for that document.

    Epochs outlive their place in the bundle here: a report names those that it was sealed to, and may be
    opened weeks after they were replaced.
    """

    def __init__(self) -> None:
        self._by_version: dict[int, Desk] = {}

    @property
    def known(self) -> tuple[Desk, ...]:
        """The desks, newest first; empty before the first sync."""
        return tuple(self._by_version[version] for version in sorted(self._by_version, reverse=True))

    def add(self, desk: Desk) -> None:
        """Take a verified desk in."""
        before = self._by_version.get(desk.document.version, desk)
        merged = {epoch.id: epoch for epoch in (*before.epochs, *desk.epochs)}
        self._by_version[desk.document.version] = replace(desk, epochs=tuple(merged.values()))

    @property
    def whole(self) -> bool:
        """Tell whether no version below the newest is missing."""
        return len(self._by_version) == max(self._by_version, default=0)

    def add_history(self, history: Sequence[Desk]) -> None:
        """Take in what a verified history says of documents up to the newest known; newer ones come by a bundle only.

        Raises:
            DeskError: it has another document for a version that is known; nothing was taken in.
        """
        known = {version: desk.document.hash for version, desk in self._by_version.items()}
        if any(known.get(desk.document.version, desk.document.hash) != desk.document.hash for desk in history):
            raise DeskError("the history has another desk document of a version that was seen before")
        for desk in history:
            if desk.document.version <= max(known, default=0):
                self.add(desk)


def load(vault: Vault, desk: str) -> Desks:
    """Return what the vault holds of a desk's documents, each read as on the day it was verified."""
    found = Desks()
    for raw, day in vault.bundles():
        with suppress(FormatError):
            found.add(read_bundle(desk, raw, day))
    for raw, day in vault.histories():
        with suppress(FormatError):
            found.add_history(read_history(desk, raw, day))
    return found


def refresh(desk: str, client: IntakeClient, keyring: Keyring, vault: Vault, today: date) -> Desk:
    """Return the desk as the intake shows it, verified, with this member's epochs published.

    Raises:
        DayMismatchError: this device and the intake disagree on the day.
        DeskRefusedError: the bundle is not the desk's, went back, or does not name this member.
    """
    current = _fetch(desk, client, keyring, vault, today)
    renewed = epochs.renew(keyring.secrets, today)
    if renewed != keyring.secrets:
        keyring.save(renewed)
    missing = _unpublished(current, keyring.secrets, today)
    for statement in missing:
        client.put_epoch(desk, statement, Signer(keyring.secrets.identity, today))
    return _fetch(desk, client, keyring, vault, today) if missing else current


def verify_bundle(desk: str, raw: bytes, secrets: Secrets, today: date) -> Desk:
    """Return the desk of a bundle that may be trusted and names the holder of these secrets.

    Raises:
        DeskRefusedError: another desk, an older document, or a document without this member.
    """
    seen = secrets.seen
    try:
        found = read_bundle(desk, raw, today, seen.version if seen else 0, seen.hash if seen else None)
        member = found.document.member(secrets.member)
    except FormatError as error:
        raise DeskRefusedError(
            "The desk's document was refused: {reason}. Nothing was sent. Sync again later; if it stays so, ask the "
            "keepers of the desk's root key.",
            reason=error,
        ) from error
    if member.identity != public_key(secrets.identity):
        raise DeskRefusedError(
            "The desk's document names {member} with another key than yours. Nothing was sent. Ask the keepers of the "
            "desk's root key for a new document with your card.",
            member=secrets.member,
        )
    return found


def _fetch(desk: str, client: IntakeClient, keyring: Keyring, vault: Vault, today: date) -> Desk:
    raw = client.bundle(desk)
    epochs.check_intake_day(today, _their_day(raw))
    found = verify_bundle(desk, raw, keyring.secrets, today)
    document = found.document
    seen = SeenDocument(document.version, document.hash)
    if seen != keyring.secrets.seen:
        keyring.save(replace(keyring.secrets, seen=seen))
    vault.keep_bundle(_fingerprint(found), raw, today)
    return found


def _fingerprint(desk: Desk) -> bytes:
    """Return what tells two bundles apart, their day aside."""
    return sha256(b"".join([desk.document.hash, *sorted(epoch.id for epoch in desk.epochs)])).digest()


def _their_day(raw: bytes) -> date:
    """Return the day that the intake claims; it is used to compare clocks and for nothing else."""
    try:
        bundle = parse_json(raw)
        return parse_day(str(bundle["day"] if isinstance(bundle, dict) else ""))
    except (FormatError, KeyError) as error:
        raise AnswerError(
            "What the intake sent is no desk. Nothing was changed. Is the address of the intake right?"
        ) from error


def _unpublished(desk: Desk, secrets: Secrets, today: date) -> list[bytes]:
    """Return the statements of the epochs that the bundle lacks for its own document."""
    shown = {(epoch.recipient, epoch.seal_from) for epoch in desk.epochs if epoch.member == secrets.member}
    usable = [_statement(desk, secrets.member, epoch) for epoch in secrets.epochs if epoch.seal_until >= today]
    return [sign_epoch(epoch, secrets.identity) for epoch in usable if (epoch.recipient, epoch.seal_from) not in shown]


def _statement(desk: Desk, member: str, epoch: EpochKey) -> Epoch:
    document = desk.document
    return Epoch(
        desk=desk.id,
        member=member,
        desk_version=document.version,
        desk_hash=document.hash,
        recipient=Identity.from_seed(epoch.seed).recipient(),
        seal_from=epoch.seal_from,
        seal_until=epoch.seal_until,
        destroy_at=epoch.destroy_at,
    )
