# SPDX-License-Identifier: EUPL-1.2
"""Reads the file that a desk's ceremony leaves: a bundle, or the signed document alone (FORMAT.md section 6)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from crypto.desk import Desk, read_bundle, write_bundle
from crypto.document import DESK_TYPE
from crypto.encoding import dump_json, parse_json
from crypto.epochs import Epoch
from crypto.errors import FormatError
from crypto.fields import desk_id
from crypto.signing import read_payload, read_statement
from intake.errors import DeskRefusedError
from intake.store.records import DeskRecord, EpochRecord

Known = Callable[[str, date], DeskRecord | None]
"""Returns a desk that is there by its id."""


@dataclass(frozen=True, slots=True)
class DeskFile:
    """What a file adds."""

    record: DeskRecord
    epochs: tuple[EpochRecord, ...]


def read_desk_file(raw: bytes, today: date, known: Known, short: str | None) -> DeskFile:
    """Return what a file adds to the desks that are there.

    Raises:
        DeskRefusedError: another root than that of the desk's id, an older or other document of the
            same version, an expired one, or bytes that are no desk's.
    """
    try:
        parts = _parts(parse_json(raw))
        # The file is believed about the id only: `read_bundle` wants the root key that the id is made of.
        claimed = desk_id(read_payload(read_statement(parts.document), DESK_TYPE).get("desk"))
        before = known(claimed, today)
        desk = _read(parts, claimed, today, before)
    except FormatError as error:
        raise DeskRefusedError(f"the file was not added: {error}") from error
    return _file(parts, desk, short or (before.short if before else None))


@dataclass(frozen=True, slots=True)
class _Parts:
    """JSON values of the statements in a file."""

    document: object
    successions: list[object]
    epochs: list[object]


def _parts(value: object) -> _Parts:
    if not isinstance(value, dict):
        raise DeskRefusedError("the file was not added: it is not a JSON object")
    if "document" not in value:
        return _Parts(value, [], [])
    successions, epochs = value.get("successions"), value.get("epochs")
    if not isinstance(successions, list) or not isinstance(epochs, list):
        raise DeskRefusedError("the file was not added: a bundle has a list of successions and one of epochs")
    return _Parts(value["document"], successions, epochs)


def _read(parts: _Parts, desk: str, today: date, before: DeskRecord | None) -> Desk:
    successions, epochs = ([dump_json(item) for item in items] for items in (parts.successions, parts.epochs))
    raw = write_bundle(today, successions, dump_json(parts.document), epochs)
    if before is None:
        return read_bundle(desk, raw, today)
    return read_bundle(desk, raw, today, before.version, before.document_hash)


def _file(parts: _Parts, desk: Desk, short: str | None) -> DeskFile:
    record = DeskRecord(
        desk=desk.id,
        short=short,
        revision=1,
        version=desk.document.version,
        document_hash=desk.document.hash,
        document=dump_json(parts.document),
        successions=dump_json(parts.successions),
        identities=tuple(member.identity for member in desk.document.members),
    )
    statements = {sha256(read_statement(item).payload).digest(): dump_json(item) for item in parts.epochs}
    return DeskFile(record, tuple(epoch_record(epoch, statements[epoch.id]) for epoch in desk.epochs))


def epoch_record(epoch: Epoch, statement: bytes) -> EpochRecord:
    """Return what the store keeps of an epoch that was verified."""
    return EpochRecord(
        epoch=epoch.id,
        desk=epoch.desk,
        member=epoch.member,
        desk_version=epoch.desk_version,
        seal_until=epoch.seal_until,
        statement=statement,
    )
