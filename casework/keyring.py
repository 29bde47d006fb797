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
from typing import Any

from casework.errors import HomeError, PassphraseError
from casework.home import Home
from crypto.encoding import b64encode
from crypto.errors import FormatError, KeyFileError
from crypto.fields import Reader, day, fields, key, list_of, log_id, map_of, member_id, optional, positive, version_1
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
    """The unlocked secrets of one member; `secrets` is replaced, never changed in place."""

    def __init__(self, home: Home, passphrase: str, secrets: Secrets) -> None:
        self._home = home
        self._passphrase = passphrase
        self.secrets = secrets

    @classmethod
    def create(cls, home: Home, passphrase: str, secrets: Secrets) -> "Keyring":
        """Write a new key file.

        Raises:
            HomeError: there is one already.
        """
        if home.key_file.exists():
            raise HomeError("There are keys in {folder} already. Nothing was changed.", folder=home.folder)
        ring = cls(home, passphrase, secrets)
        ring.save()
        return ring

    @classmethod
    def unlock(cls, home: Home, passphrase: str) -> "Keyring":
        """Open the key file.

        Raises:
            HomeError: there is none.
            PassphraseError: another passphrase, or a damaged file.
        """
        try:
            return cls(home, passphrase, _read(unlock(home.read_keys(), _KIND, passphrase)))
        except KeyFileError as error:
            raise PassphraseError(
                "The key file does not open with this passphrase. Nothing was changed. Try again; "
                "if the passphrase is lost, another member can let you in again."
            ) from error
        except FormatError as error:
            raise PassphraseError(
                "The key file opens, but was written by another version of this tool. Nothing was changed. Update this tool."
            ) from error

    def save(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of Secrets, checked by replace()
        """Change these fields of the secrets and replace the key file."""
        changed = replace(self.secrets, **changes)
        self._home.write_keys(lock(_plain(changed), _KIND, self._passphrase))
        self.secrets = changed

    def add_case(self, case: str, case_key: bytes, mailbox: str, access: MailboxKey) -> None:
        """Keep the key of a case and the access to its mailbox."""
        secrets = self.secrets
        self.save(cases={**secrets.cases, case: case_key}, mailboxes={**secrets.mailboxes, mailbox: access})


def _plain(secrets: Secrets) -> dict[str, object]:
    return {
        "v": 1,
        "member": secrets.member,
        "identity": b64encode(secrets.identity),
        "epochs": [_plain_epoch(epoch) for epoch in secrets.epochs],
        "cases": {case: b64encode(value) for case, value in secrets.cases.items()},
        "mailboxes": {mailbox: _plain_mailbox(access) for mailbox, access in secrets.mailboxes.items()},
        "seen": secrets.seen and {"version": secrets.seen.version, "hash": b64encode(secrets.seen.hash)},
        "last_day": secrets.last_day.isoformat(),
    }


def _plain_epoch(epoch: EpochKey) -> dict[str, str]:
    days = {name: getattr(epoch, name).isoformat() for name in ("seal_from", "seal_until", "destroy_at")}
    return {"seed": b64encode(epoch.seed)} | days


def _plain_mailbox(access: MailboxKey) -> dict[str, str]:
    seeds = {"committee_seed": b64encode(access.committee_seed), "report": b64encode(access.report)}
    return {"case": access.case} | seeds


_EPOCH: dict[str, Reader[Any]] = {"seed": key, "seal_from": day, "seal_until": day, "destroy_at": day}
_MAILBOX: dict[str, Reader[Any]] = {"case": log_id, "committee_seed": key, "report": key}
_SEEN: dict[str, Reader[Any]] = {"version": positive, "hash": key}
_SECRETS: dict[str, Reader[Any]] = {
    "v": version_1,
    "member": member_id,
    "identity": key,
    "epochs": list_of(lambda value: EpochKey(**fields(value, _EPOCH))),
    "cases": map_of(log_id, key),
    "mailboxes": map_of(log_id, lambda value: MailboxKey(**fields(value, _MAILBOX))),
    "seen": optional(lambda value: SeenDocument(**fields(value, _SEEN))),
    "last_day": day,
}


def _read(value: object) -> Secrets:
    found = fields(value, _SECRETS)
    del found["v"]
    return Secrets(**found)
