# SPDX-License-Identifier: EUPL-1.2
"""Member epochs: the keys that a desk's entries are sealed to, for a few weeks each (FORMAT.md section 6.3).

An epoch is public; the private key lies in the member's key store and is destroyed on a fixed day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from crypto.document import DeskDocument, Member
from crypto.encoding import dump_json, labelled_hash, parse_json
from crypto.errors import DeskError
from crypto.fields import UNSENT, day, desk_id, key, member_id, positive, recipient, to_json, versioned
from crypto.signing import Statement, read_payload, sign_statement, verify_statement

EPOCH_TYPE = "meldkluis/epoch/v1"
MAX_SEALING = timedelta(days=28)
MAX_LIFE = timedelta(days=56)


@dataclass(frozen=True, slots=True)
class Epoch:
    """A member's public seal-to key and its days."""

    desk: str
    member: str
    desk_version: int
    desk_hash: bytes
    recipient: str
    seal_from: date
    seal_until: date
    """The last day of sealing, at most 28 after `seal_from`."""
    destroy_at: date
    """The day on which the private key goes, at most 56 after `seal_from`."""
    id: bytes = field(default=b"", metadata=UNSENT)
    """SHA-256 of the payload as it was read, 32 bytes; empty in an epoch that is still to be signed."""


_EPOCH = {
    "desk": desk_id,
    "member": member_id,
    "desk_version": positive,
    "desk_hash": key,
    "recipient": recipient,
    "seal_from": day,
    "seal_until": day,
    "destroy_at": day,
}


def sign_epoch(epoch: Epoch, identity_seed: bytes) -> bytes:
    """Return the statement of an epoch, signed with the member's identity key."""
    return sign_statement(EPOCH_TYPE, dump_json({"v": 1} | to_json(epoch)), identity_seed)


def read_epoch(statement: Statement, document: DeskDocument) -> Epoch:
    """Return the epoch of a member or custodian of ``document``, on whatever day.

    Raises:
        EncodingError: the payload has another shape.
        SignatureError: another type of statement, or another key than the member's signed it.
        DeskError: an unknown member, another document, or days that FORMAT.md section 6.3 forbids.
    """
    member = document.member(member_id(read_payload(statement, EPOCH_TYPE).get("member")))
    payload = verify_statement(statement, EPOCH_TYPE, member.identity)
    epoch = Epoch(**versioned(parse_json(payload), _EPOCH), id=sha256(payload).digest())
    if (epoch.desk, epoch.desk_version, epoch.desk_hash) != (document.desk, document.version, document.hash):
        raise DeskError("the epoch belongs to another desk document than the one shown")
    _check_days(epoch)
    return epoch


def _check_days(epoch: Epoch) -> None:
    # Differences, not sums: a sum past the year 9999 would overflow.
    if not timedelta(0) <= epoch.seal_until - epoch.seal_from <= MAX_SEALING:
        raise DeskError(f"the epoch's days of sealing are not 0 to {MAX_SEALING.days} days apart")
    if epoch.destroy_at <= epoch.seal_until or epoch.destroy_at - epoch.seal_from > MAX_LIFE:
        raise DeskError(f"the epoch's key is not destroyed after its last day and within {MAX_LIFE.days} days")


def live_epochs(people: Iterable[Member], epochs: Iterable[Epoch], today: date) -> tuple[Epoch, ...]:
    """Return one epoch for each of ``people`` that can be sealed to on the day, sorted by member id.

    Of several the latest `seal_from` counts, then the greatest id.
    """
    ids = {member.id for member in people}
    usable = (epoch for epoch in epochs if epoch.member in ids and epoch.seal_from <= today <= epoch.seal_until)
    chosen = {epoch.member: epoch for epoch in sorted(usable, key=lambda epoch: (epoch.seal_from, epoch.id))}
    return tuple(chosen[member] for member in sorted(chosen))


def live_members(document: DeskDocument, epochs: Iterable[Epoch], today: date) -> tuple[Epoch, ...]:
    """Return the epochs of the live members of a document on a day, sorted by member id; no custodians."""
    return live_epochs(document.members, epochs, today)


def recipients_hash(epochs: Iterable[Epoch]) -> bytes:
    """Return the recipients hash, 32 bytes, of epochs in the order given (FORMAT.md section 6.5)."""
    return labelled_hash("recipients", *(epoch.id for epoch in epochs))
