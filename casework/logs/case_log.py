# SPDX-License-Identifier: EUPL-1.2
"""A case log in memory: its entries opened, verified and folded (FORMAT.md section 9).

An entry that does not open, verify or bind stays in the chain and is void; it never stops the reading.
Signatures are checked once, when an entry comes in from the intake; the vault's entries are trusted.

Two events are this adapter's and not the domain's: `reply_sealed` holds, for each try to place a reply, the
head that the mailbox log has if that very frame stands in it (see `outbox`); `part_opened` the key of a case that was
made for a part of this one's report (see `splitting`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from casework.domain.case.event_json import entry_from_json, event_to_json
from casework.domain.case.events import Entry, Event
from casework.domain.case.fold import extend
from casework.domain.case.state import Case
from casework.errors import TooLongError
from casework.folder.vault import EMPTY_LOG, LogEntry, LogState
from casework.logs.evidence import check_evidence
from crypto import errors
from crypto.caselog import CaseKey, open_entry, seal_entry, verify_entry
from crypto.desk import Desk
from crypto.encoding import b64encode
from crypto.errors import EncodingError, FormatError
from crypto.fields import Reader, fields, key, log_id, positive, text
from crypto.logs import ZERO, Meta, Opening, encode_frame, parse_frame
from crypto.place import Place
from crypto.records import read_record, sign_record
from crypto.signing import parse_statement, public_key
from crypto.statements import CaseEntry

REPLY_SEALED = "reply_sealed"
PART_OPENED = "part_opened"
MISSING = "missing"
"""In the place of a layer: what an entry says cannot be judged yet, because a document is missing here."""
_SEALED: dict[str, Reader[object]] = {"message": text, "seq": positive, "head": key}
_PART: dict[str, Reader[object]] = {"case": log_id, "case_key": key}
_LAYERS = {
    errors.EncodingError: "encoding",
    errors.HeaderError: "header",
    errors.NoMatchError: "no-match",
    errors.PayloadError: "payload",
    errors.SignatureError: "signature",
    errors.DeskError: "desk",
    errors.BindingError: "binding",
}


@dataclass(frozen=True, slots=True)
class ReplySealed:
    """A reply was sealed for place `seq` of its mailbox, which gives that log the head `head`."""

    message: str
    seq: int
    head: bytes


@dataclass(frozen=True, slots=True)
class PartOpened:
    """A part of this case's report has a case of its own, with this key: who reads this case may read that one."""

    case: str
    case_key: bytes = field(repr=False)


Own = ReplySealed | PartOpened
"""The events of this adapter."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs an entry: member id, identity seed, the desk document's version, and the day."""

    member: str
    identity: bytes
    desk_version: int
    day: date


@dataclass(slots=True)
class CaseLog:
    """One case: how far its log is known, what it folds to, every try to place a reply, and the keys of its parts."""

    key: CaseKey
    state: LogState = EMPTY_LOG
    case: Case = field(default_factory=Case)
    tries: list[ReplySealed] = field(default_factory=list)
    parts: list[PartOpened] = field(default_factory=list)
    seen_version: int = 0
    """The highest version of the desk document that a valid entry names."""

    @property
    def id(self) -> str:
        """The id of the case log, which is the case's."""
        return self.key.log

    def write(self, event: Event | Own, author: Author) -> bytes:
        """Return the frame that appends an event to the log as it is known.

        Raises:
            TooLongError: the event does not fit into a frame.
        """
        seq, prev = self.state.length + 1, self.state.head
        name, data = _to_data(event)
        entry = CaseEntry(
            desk=self.key.desk,
            log=self.id,
            seq=seq,
            prev=prev if seq > 1 else None,
            day=author.day,
            author=author.member,
            desk_version=author.desk_version,
            event=name,
            data=data,
        )
        part = seal_entry(self.key, seq, prev, sign_record(entry, author.identity))
        try:
            return encode_frame(Meta(self.id, open=self._opening() if seq == 1 else None), (part,))
        except ValueError as error:
            raise TooLongError(
                "This is too long for one entry of the case. Nothing was recorded. Make it shorter, or write it in "
                "parts."
            ) from error

    def take(
        self, entries: Sequence[LogEntry], desks: Sequence[Desk], *, wait: bool = False
    ) -> tuple[list[tuple[int, str]], Sequence[LogEntry]]:
        """Take new entries in, each checked in full; return place and layer of those that are void, and what is left.

        With `wait`, an entry that cannot be judged without a document that is missing is left, and all behind it;
        else it is void as `MISSING`, until the log is judged again.
        """
        voids: list[tuple[int, str]] = []
        for place, entry in enumerate(entries):
            try:
                self._apply(self._checked(entry, desks))
            except FormatError as error:
                if wait and error.needs:
                    return voids, entries[place:]
                voids.append((entry.seq, MISSING if error.needs else layer(error)))
            self.state = LogState(entry.seq, entry.head)
        return voids, ()

    def load(self, entries: Iterable[LogEntry], voids: Iterable[int]) -> None:
        """Take entries in that were checked before and come from the vault."""
        skipped = set(voids)
        for entry in entries:
            if entry.seq not in skipped:
                self._apply(read_record(CaseEntry, parse_statement(self._open(entry)).payload))
            self.state = LogState(entry.seq, entry.head)

    def _opening(self) -> Opening:
        return Opening("case", self.key.desk, public_key(self.key.login_seed), ZERO, None)

    def _open(self, entry: LogEntry) -> bytes:
        parts = parse_frame(entry.frame, self.id).parts
        if len(parts) != 1:
            raise EncodingError("an entry of a case log does not have one part")
        return open_entry(self.key, entry.seq, self.state.head, parts[0])

    def _checked(self, entry: LogEntry, desks: Sequence[Desk]) -> CaseEntry:
        place = Place(self.id, entry.seq, self.state.head)
        found = verify_entry(self._open(entry), desks, place, self.seen_version)
        own = _own(found)
        if isinstance(own, PartOpened) and CaseKey(self.key.desk, own.case_key).log != own.case:
            raise errors.BindingError("the key of another case")
        if own is None:
            check_evidence(self.case, self.key.desk, _to_entry(found))
        return found

    def _apply(self, found: CaseEntry) -> None:
        self.seen_version = max(self.seen_version, found.desk_version)
        match _own(found):
            case ReplySealed() as sealed:
                self.tries.append(sealed)
            case PartOpened() as part:
                self.parts.append(part)
            case None:
                extend(self.case, _to_entry(found))


def layer(error: FormatError) -> str:
    """Return the name of the layer that refused (FORMAT.md section 1.5)."""
    return _LAYERS[type(error)]


def _own(found: CaseEntry) -> Own | None:
    """Return the adapter's event that an entry holds, or None for one of the domain."""
    if found.event == REPLY_SEALED:
        return ReplySealed(**fields(found.data, _SEALED))
    if found.event == PART_OPENED:
        return PartOpened(**fields(found.data, _PART))
    return None


def _to_data(event: Event | Own) -> tuple[str, dict[str, object]]:
    """Return an event's name in the format's spelling, and its data."""
    if isinstance(event, ReplySealed):
        return REPLY_SEALED, {"message": event.message, "seq": event.seq, "head": b64encode(event.head)}
    if isinstance(event, PartOpened):
        return PART_OPENED, {"case": event.case, "case_key": b64encode(event.case_key)}
    data = event_to_json(event)
    return _spelled(data.pop("type")), data


def _to_entry(found: CaseEntry) -> Entry:
    """Return an entry as the domain reads it; one that names its event in two ways, or in another spelling, is none."""
    kind = found.event.title().replace("_", "")
    named = _spelled(kind) == found.event and "type" not in found.data
    return entry_from_json(found.seq, found.day, found.author, {"type": kind, **found.data} if named else None)


def _spelled(kind: str) -> str:
    """Return the name of an event in the format's spelling."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()
