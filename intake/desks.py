# SPDX-License-Identifier: EUPL-1.2
"""Desks over the network (API.md, "Desks"): bundle and history, members' epochs, the list of new mailboxes.

A worker keeps what it has read of a desk, and asks the store for the desk's revision each time: one
short query shows what other workers and the operator changed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Protocol, TypeVar

from flask import Flask, Response, jsonify, request

from crypto.desk import Desk, read_bundle, write_bundle, write_history
from crypto.encoding import dump_json, parse_day, parse_json
from crypto.epochs import read_epoch
from crypto.errors import DeskError, EncodingError, FormatError, SignatureError
from crypto.fields import log_id
from crypto.signing import parse_statement
from intake.auth import Signatures
from intake.bodies import Prepared, only_query, prepare, read_body
from intake.deskfile import epoch_record
from intake.errors import Refusal, unknown
from intake.headers import NO_STORE
from intake.store.interface import ConflictError, Store
from intake.store.records import DeskHistory, DeskRecord, EpochRecord

MAX_STATEMENT = 65_536
PAGE = 5_000
"""Mailboxes in one answer, some 180 kB."""
MIN_LIVE = 2
_JSON = "application/json"
_KEPT = 256
_HISTORIES_KEPT = 32
_DAY = timedelta(days=1)


class _Dated(Protocol):
    """What was read of a desk, at one revision and on one day."""

    @property
    def revision(self) -> int: ...

    @property
    def day(self) -> date: ...


T = TypeVar("T", bound=_Dated)


@dataclass(frozen=True, slots=True)
class DeskState:
    """A desk on one day, at one revision."""

    revision: int
    day: date
    bundle: Prepared
    desk: Desk | None
    """None when the document is not good on this day."""
    open: bool
    """New mailboxes are taken."""
    live_numbers: frozenset[int]
    """The numbers of live members on this day and the day before."""


@dataclass(frozen=True, slots=True)
class HistoryState:
    """A desk's history on one day, at one revision; not compressed, as it is long and seldom asked for."""

    revision: int
    day: date
    history: Prepared


class Desks:
    """What this worker has read of desks."""

    def __init__(self, store: Store, clock: Callable[[], date]) -> None:
        self._store = store
        self._clock = clock
        self._known: dict[str, DeskState] = {}
        self._histories: dict[str, HistoryState] = {}

    def get(self, desk: str) -> DeskState:
        """Return a desk as it is now.

        Raises:
            Refusal: ``unknown``.
        """
        return self._current(desk, self._known, _KEPT, self._read)

    def history(self, desk: str) -> HistoryState:
        """Return a desk's history as it is now; raises as `get`."""
        return self._current(desk, self._histories, _HISTORIES_KEPT, self._read_history)

    def _current(self, desk: str, known: dict[str, T], most: int, read: Callable[[str, date], T | None]) -> T:
        day = self._clock()
        revision = self._store.revision(desk)
        if revision is None:
            raise unknown()
        state = known.get(desk)
        if state is not None and (state.revision, state.day) == (revision, day):
            return state
        state = read(desk, day)
        if state is None:
            raise unknown()
        while len(known) >= most:
            known.pop(next(iter(known)))
        known[desk] = state
        return state

    def _read(self, desk: str, day: date) -> DeskState | None:
        record = self._store.desk(desk, day - _DAY)
        return None if record is None else _state(record, day)

    def _read_history(self, desk: str, day: date) -> HistoryState | None:
        record = self._store.history(desk, day)
        if record is None:
            return None
        return HistoryState(record.revision, day, Prepared(_JSON, history(record, day)))


def _state(record: DeskRecord, day: date) -> DeskState:
    raw = bundle(record, day)
    prepared = replace(prepare(_JSON, raw), tag="")
    try:
        desk = read_bundle(record.desk, raw, day)
    except DeskError:
        return DeskState(record.revision, day, prepared, None, open=False, live_numbers=frozenset())
    live = len(desk.live(day))
    numbers = frozenset({live, len(desk.live(day - _DAY))})
    is_open = live >= MIN_LIVE and desk.document.takes_reports(day)
    return DeskState(record.revision, day, prepared, desk, open=is_open, live_numbers=numbers)


def bundle(record: DeskRecord, day: date) -> bytes:
    """Return the bundle of a desk (FORMAT.md section 6.1)."""
    return write_bundle(day, _listed(record.successions), record.document, record.epochs)


def history(record: DeskHistory, day: date) -> bytes:
    """Return the history of a desk (FORMAT.md section 6.6)."""
    return write_history(day, _listed(record.successions), record.documents, record.epochs)


def _listed(successions: bytes) -> list[bytes]:
    found = parse_json(successions)
    return [dump_json(statement) for statement in found] if isinstance(found, list) else []


class DeskViews:
    """The requests about a desk."""

    def __init__(self, desks: Desks, store: Store, signatures: Signatures, clock: Callable[[], date]) -> None:
        self._desks = desks
        self._store = store
        self._signatures = signatures
        self._clock = clock

    def register(self, app: Flask) -> None:
        """Add the routes."""
        app.add_url_rule("/desks/<desk>", "desk", self.show, methods=["GET"])
        app.add_url_rule("/desks/<desk>/history", "history", self.show_history, methods=["GET"])
        app.add_url_rule("/desks/<desk>/epochs", "epochs", self.put_epoch, methods=["PUT"])
        app.add_url_rule("/desks/<desk>/mailboxes", "mailboxes", self.list_mailboxes, methods=["GET"])

    def show(self, desk: str) -> Response:
        """Answer with the bundle."""
        return self._desks.get(desk).bundle.answer(request, NO_STORE)

    def show_history(self, desk: str) -> Response:
        """Answer with the history."""
        return self._desks.history(desk).history.answer(request, NO_STORE)

    def put_epoch(self, desk: str) -> tuple[Response, int]:
        """Store a member's epoch."""
        body = read_body(request, MAX_STATEMENT)
        signer = self._signatures.key(request, body)
        record = _epoch_record(body, self._desks.get(desk), signer)
        try:
            new = self._store.put_epoch(record, self._clock())
        except ConflictError as error:
            raise Refusal("conflict", f"{error}; nothing was stored") from error
        return jsonify({}), 201 if new else 200

    def list_mailboxes(self, desk: str) -> Response:
        """List the mailboxes opened since a day, to a member."""
        since, after = _place()
        if not self._store.is_member(desk, self._signatures.key(request)):
            raise unknown()
        found = self._store.mailboxes(desk, since, after, PAGE + 1)
        days = [
            {"day": day.isoformat(), "logs": [log for _, log in rows]}
            for day, rows in groupby(found[:PAGE], key=itemgetter(0))
        ]
        return jsonify(day=self._clock().isoformat(), days=days, more=len(found) > PAGE)


def _place() -> tuple[date, str]:
    query = only_query(request, "since", "after")
    try:
        return parse_day(query["since"]), log_id(query["after"]) if "after" in query else ""
    except FormatError as error:
        raise Refusal("malformed", str(error)) from error


def _epoch_record(body: bytes, state: DeskState, signer: bytes) -> EpochRecord:
    """Check an epoch against the document shown, and that its own member sent it."""
    if state.desk is None:
        raise Refusal("desk", "the desk document is not good today: ask the desk for a new one")
    document = state.desk.document
    try:
        epoch = read_epoch(parse_statement(body), document)
    except EncodingError as error:
        raise Refusal("malformed", str(error)) from error
    except FormatError as error:
        code = "signature" if isinstance(error, SignatureError) else "desk"
        raise Refusal(code, str(error)) from error
    if document.member(epoch.member).identity != signer:
        raise Refusal("signature", "an epoch is sent by its own member")
    return epoch_record(epoch, body)
