# SPDX-License-Identifier: EUPL-1.2
"""Logs over the network (API.md, "Logs"): append under a precondition, read what one's key may see.

The order of an append: size, precondition, signature, frame, access, rules of the entry, head, limits.
Up to access nothing depends on whether the log exists. Whatever refuses after access, a frame that is
already in its place gets its first answer again: a retry is never punished.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from flask import Flask, Response, request

from crypto.deletion import is_deletion
from crypto.encoding import b64encode, dump_json, u32
from crypto.errors import BindingError, EncodingError
from crypto.logs import MAX_FRAME, ZERO_HEAD, Frame, Opening, head, parse_frame
from intake.admission import check_first, check_later, scope_of
from intake.auth import Signatures, precondition
from intake.blobstore.interface import BlobStore
from intake.bodies import OCTETS, only_query, read_body, require_octets
from intake.deletion import deletes_of, read_deletion, remove_gone
from intake.desks import Desks
from intake.errors import Refusal, unknown
from intake.limits import Limits
from intake.settings import Settings
from intake.space import require_space, require_space_for_blobs
from intake.store.interface import ConflictError, HeadMovedError, Store
from intake.store.records import Access, Entry, NewEntry, NewLog, Place, Scope

MAX_ANSWER = 4 * 1024 * 1024
_JSON = "application/json"
_MAX_DIGITS = 15


@dataclass(frozen=True, slots=True)
class LogViews:
    """The two requests about a log."""

    store: Store
    blobs: BlobStore
    desks: Desks
    signatures: Signatures
    limits: Limits
    settings: Settings
    clock: Callable[[], date]

    def register(self, app: Flask) -> None:
        """Add the routes."""
        app.add_url_rule("/logs/<log>/entries", "append", self.append, methods=["POST"])
        app.add_url_rule("/logs/<log>/entries", "read", self.read, methods=["GET"])

    def append(self, log: str) -> Response:
        """Store one frame, or answer again for one that is stored."""
        body = read_body(request, MAX_FRAME)
        prev = precondition(request)
        key = self.signatures.key(request, body)
        frame = _frame(body, log)
        opening = frame.meta.open
        if prev is None and opening is not None:
            return self._open(frame, opening, key)
        if prev is not None and opening is None:
            return self._continue(frame, prev, key)
        raise Refusal("malformed", "a first entry has If-None-Match: * and open, a later one neither")

    def read(self, log: str) -> Response:
        """Answer with the entries after a place, as far as the key may see them."""
        after = _after()
        access = self.store.access(log, self.signatures.key(request))
        scope = None if access is None else scope_of(access)
        if access is None or scope is None:
            raise unknown()
        response = Response(_records(self.store.entries(log, after, access.length, scope)), content_type=OCTETS)
        response.headers["ETag"] = f'"{b64encode(access.head)}"'
        response.headers["Meldkluis-Length"] = str(access.length)
        return response

    def _open(self, frame: Frame, opening: Opening, key: bytes) -> Response:
        if opening.kind == "desk":
            raise Refusal("malformed", "a desk log is not opened by an entry")
        if opening.kind == "mailbox" and key != opening.login:
            raise Refusal("signature", "a mailbox is opened with its own login key")
        if opening.kind == "case" and not self.store.is_member(opening.desk, key):
            raise unknown()
        desk = self.desks.get(opening.desk)

        def entry() -> NewEntry:
            check_first(frame, opening, desk)
            if opening.kind == "mailbox":
                require_space(self.settings)
                self._check_quota(frame, "reporter", 0)
                self.limits.count_opening(request)
            else:
                self.limits.count_case(key)
            by = "reporter" if opening.kind == "mailbox" else "member"
            new = NewLog(opening.kind, opening.desk, opening.login, opening.committee_login)
            return self._entry(frame, 1, ZERO_HEAD, by, new)

        return self._place(frame, None, entry)

    def _continue(self, frame: Frame, prev: bytes, key: bytes) -> Response:
        access = self.store.access(frame.meta.log, key)
        if access is None or access.login is None:
            raise unknown()
        login = access.login

        def entry() -> NewEntry:
            check_later(frame, access, self.desks.get(access.desk))
            if access.head != prev:
                raise HeadMovedError("the log has another head")
            if login == "reporter" and is_deletion(frame):
                self.limits.count_append(frame.meta.log, login, request)
                return self._deletion(frame, access)
            if login == "reporter":
                require_space(self.settings)
            self._check_quota(frame, login, access.claimed)
            self.limits.count_append(frame.meta.log, login, request)
            return self._entry(frame, access.length + 1, prev, login)

        return self._place(frame, prev, entry)

    def _deletion(self, frame: Frame, access: Access) -> NewEntry:
        """Return the entry that deletes a mailbox; no lack of room refuses it."""
        deletion = read_deletion(frame, access)
        written = self.store.entries(frame.meta.log, 0, access.length, Scope.WRITTEN)
        entry = self._entry(frame, access.length + 1, access.head, "reporter")
        return replace(entry, deletes=deletes_of(deletion, written))

    def _check_quota(self, frame: Frame, side: str, claimed: int) -> None:
        """Check what an entry's side and its client may claim, and that the disk has room for it."""
        size = sum(claim.size for claim in frame.meta.claims)
        if not size:
            return
        if claimed + size > self.settings.quota(side):
            message = f"this would be more than {self.settings.quota(side)} bytes of attachments; nothing was stored"
            raise Refusal("quota", message)
        require_space_for_blobs(self.settings, self.store.awaited(self.clock()) + size)
        self.limits.count_claims(size, request)

    def _entry(self, frame: Frame, seq: int, prev: bytes, by: str, new: NewLog | None = None) -> NewEntry:
        digest = frame.hash
        return NewEntry(
            log=frame.meta.log,
            seq=seq,
            prev=prev,
            head=head(frame.meta.log, seq, prev, digest),
            by=by,
            day=self.clock(),
            frame=frame.raw,
            frame_hash=digest,
            open=new,
            committee_login=frame.meta.committee_login,
            claims=frame.meta.claims,
        )

    def _place(self, frame: Frame, prev: bytes | None, entry: Callable[[], NewEntry]) -> Response:
        # Found before it is counted: a retry claims nothing anew, whatever is left of the quota.
        if frame.meta.claims and (place := self.store.placed(frame.meta.log, prev, frame.hash)):
            return _answer(place, 200)
        try:
            new = entry()
            self.store.append(new)
            if new.deletes:
                remove_gone(self.store, self.blobs, new.deletes.blobs)
            return _answer(Place(new.seq, new.head, new.day), 201)
        except (Refusal, HeadMovedError, ConflictError) as error:
            place = self.store.placed(frame.meta.log, prev, frame.hash)
            if place is None:
                raise _refusal(error) from error
            return _answer(place, 200)


def _frame(body: bytes, log: str) -> Frame:
    require_octets(request)
    try:
        return parse_frame(body, log)
    except BindingError as error:
        raise Refusal("identifier", str(error)) from error
    except EncodingError as error:
        raise Refusal("malformed", str(error)) from error


def _refusal(error: Refusal | HeadMovedError | ConflictError) -> Refusal:
    if isinstance(error, HeadMovedError):
        return Refusal("head", "the log has moved on; nothing was stored: fetch it and decide again")
    if isinstance(error, ConflictError):
        return Refusal("conflict", f"{error}; nothing was stored")
    return error


def _answer(place: Place, status: int) -> Response:
    body = dump_json({"seq": place.seq, "head": b64encode(place.head), "day": place.day.isoformat()})
    return Response(body, status, content_type=_JSON)


def _after() -> int:
    text = only_query(request, "after")["after"]
    if not (text.isascii() and text.isdecimal()) or len(text) > _MAX_DIGITS:
        raise Refusal("malformed", "after= is not the number of an entry")
    return int(text)


def _records(entries: Iterable[Entry]) -> bytes:
    """Return the records of as many entries as fit in `MAX_ANSWER`, and of one at least."""
    records: list[bytes] = []
    length = 0
    for entry in entries:
        record = _record(entry)
        length += len(record)
        if records and length > MAX_ANSWER:
            break
        records.append(record)
    return b"".join(records)


def _record(entry: Entry) -> bytes:
    info = dump_json({"seq": entry.seq, "day": entry.day.isoformat(), "by": entry.by, "head": b64encode(entry.head)})
    return b"".join((u32(len(info)), info, u32(len(entry.frame)), entry.frame))
