# SPDX-License-Identifier: EUPL-1.2
"""A member's secrets: in memory while the tool is unlocked, on disk only in the sealed key file.

    identity   Ed25519 seed; signs epochs, replies, grants and events for as long as the member serves
    epochs     seeds of seal-to keys, each with the day on which it is destroyed (`epochs`)
    cases      case log id -> case key
    mailboxes  mailbox id -> its case, the committee's login seed, the hash of the report's frame
    seen       newest desk document: a server must not bring an older one
    last_day   newest day on which this tool wrote: a clock must not go back

Every change is one `save`: the file is replaced as a whole, so an epoch that left the keyring is
nowhere in the folder any more. (What a disk keeps of overwritten files, full-disk encryption must cover.)
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Any

from casework.errors import HomeError, LockedError, PassphraseError
from casework.folder.home import Home
from crypto.errors import FormatError, KeyFileError
from crypto.fields import (
    Reader,
    day,
    fields,
    key,
    list_of,
    log_id,
    map_of,
    member_id,
    optional,
    positive,
    to_json,
    versioned,
)
from crypto.keyfile import lock, unlock

_KIND = "meldkluis-member"


@dataclass(frozen=True, slots=True)
class EpochKey:
    """The private half of a member epoch: a 32-byte age seed, its sealing days, and the day it goes."""

    seed: bytes
    seal_from: date
    seal_until: date
    destroy_at: date


@dataclass(frozen=True, slots=True)
class MailboxKey:
    """What a holder needs at a mailbox: its case log, the committee's login seed, SHA-256 of the report's frame."""

    case: str
    committee_seed: bytes
    report: bytes


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """The newest desk document that was verified: version, and SHA-256 of its payload."""

    version: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Secrets:
    """All that the key file holds."""

    member: str
    identity: bytes
    epochs: tuple[EpochKey, ...]
    cases: Mapping[str, bytes]
    mailboxes: Mapping[str, MailboxKey]
    seen: SeenDocument | None
    last_day: date


class Keyring:
    """The unlocked secrets of one member; `secrets` is replaced, never changed in place, until `forget`."""

    def __init__(self, home: Home, passphrase: str, secrets: Secrets) -> None:
        self._home = home
        self._passphrase: str | None = passphrase
        self._secrets: Secrets | None = secrets
        self._change = Lock()

    @classmethod
    def create(cls, home: Home, passphrase: str, secrets: Secrets) -> "Keyring":
        """Write a new key file.

        Raises:
            HomeError: there is one already.
        """
        if home.key_file.exists():
            raise HomeError("There are keys in {folder} already. Nothing was changed.", folder=home.folder)
        ring = cls(home, passphrase, secrets)
        ring.save(secrets)
        return ring

    @classmethod
    def unlock(cls, home: Home, passphrase: str) -> "Keyring":
        """Open the key file.

        Raises:
            HomeError: there is none.
            PassphraseError: another passphrase, or a damaged file.
        """
        try:
            return cls(home, passphrase, Secrets(**versioned(unlock(home.read_keys(), _KIND, passphrase), _SECRETS)))
        except KeyFileError as error:
            raise PassphraseError(
                "The key file does not open with this passphrase. Nothing was changed. Try again; "
                "if the passphrase is lost, ask the keepers of the desk's root key for a new desk document with a new "
                "card; your old cases do not open with that."
            ) from error
        except FormatError as error:
            raise PassphraseError(
                "The key file opens, but another version of this tool wrote it. Nothing was changed. Update this tool."
            ) from error

    @property
    def secrets(self) -> Secrets:
        """The secrets as they were last saved.

        Raises:
            LockedError: they are forgotten.
        """
        held = self._secrets
        if held is None:
            raise LockedError
        return held

    def save(self, secrets: Secrets) -> None:
        """Replace the key file; only then do the new secrets hold.

        Raises:
            LockedError: the secrets are forgotten; if that was while the file was written, it holds the new ones.
        """
        passphrase = self._passphrase
        if passphrase is None:
            raise LockedError
        self._home.write_keys(lock({"v": 1} | to_json(secrets), _KIND, passphrase))
        with self._change:
            # A lock that came while the file was written must not be undone.
            if self._passphrase is None:
                raise LockedError
            self._secrets = secrets

    def forget(self) -> None:
        """Drop passphrase and secrets from memory at once, whatever another thread does with this keyring."""
        with self._change:
            self._passphrase = self._secrets = None

    def add_case(self, case: str, case_key: bytes, mailbox: str, access: MailboxKey) -> None:
        """Keep the key of a case and the access to its mailbox."""
        held = self.secrets
        cases, mailboxes = {**held.cases, case: case_key}, {**held.mailboxes, mailbox: access}
        self.save(replace(held, cases=cases, mailboxes=mailboxes))

    def add_case_without_mailbox(self, case: str, case_key: bytes) -> None:
        """Keep the key of a case that has no mailbox."""
        held = self.secrets
        if case not in held.cases:
            self.save(replace(held, cases={**held.cases, case: case_key}))


_EPOCH: dict[str, Reader[Any]] = {"seed": key, "seal_from": day, "seal_until": day, "destroy_at": day}
_MAILBOX: dict[str, Reader[Any]] = {"case": log_id, "committee_seed": key, "report": key}
_SEEN: dict[str, Reader[Any]] = {"version": positive, "hash": key}
_SECRETS: dict[str, Reader[Any]] = {
    "member": member_id,
    "identity": key,
    "epochs": list_of(lambda value: EpochKey(**fields(value, _EPOCH))),
    "cases": map_of(log_id, key),
    "mailboxes": map_of(log_id, lambda value: MailboxKey(**fields(value, _MAILBOX))),
    "seen": optional(lambda value: SeenDocument(**fields(value, _SEEN))),
    "last_day": day,
}
