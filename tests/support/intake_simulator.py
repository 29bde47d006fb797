# SPDX-License-Identifier: EUPL-1.2
"""An intake in memory, behind httpx, that obeys intake/API.md and can misbehave in one way at a time.

`simulator.today` is its calendar day. Mischief is set on plain attributes: see "Mischief" below. It parses
and signs with `crypto` only, so it shares no code with the intake or with the tool under test.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import httpx

from crypto.deletion import check_named, is_deletion, parse_deletion
from crypto.desk import Desk, read_bundle, write_bundle, write_history
from crypto.encoding import b64encode, dump_json, u32
from crypto.envelope import parse_header
from crypto.errors import FormatError, SignatureError
from crypto.httpsig import content_digest, verify_request
from crypto.logs import ZERO_HEAD, Frame, head, parse_frame
from crypto.signing import parse_statement
from support.blob_shelf import BlobShelf
from support.letter_shelf import LetterShelf

ORIGIN = "https://meldpunt.example"
_PAGE = 4 * 1024 * 1024


class Refusal(Exception):  # noqa: N818 - it becomes an answer
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass
class StoredEntry:
    seq: int
    day: date
    by: str
    head: bytes
    frame: bytes
    sets_login: bool


@dataclass
class StoredLog:
    kind: str
    logins: dict[bytes, str]
    """Public key to `reporter`, `committee`, `retired`, `member` or, after a deletion, `gone`."""
    entries: list[StoredEntry] = field(default_factory=list)

    @property
    def head(self) -> bytes:
        return self.entries[-1].head if self.entries else ZERO_HEAD


class IntakeSimulator:
    def __init__(self, desk: str, document: bytes, today: date) -> None:
        self.desk = desk
        self.today = today
        self.document = document
        self.successions: list[bytes] = []
        self.documents = [document]
        self.epochs: list[bytes] = []
        self.earlier_epochs: list[bytes] = []
        self.logs: dict[str, StoredLog] = {}
        self.requests: list[tuple[str, str]] = []
        self.page = 5_000
        self.shelf = BlobShelf()
        self.letters = LetterShelf()
        # Mischief. `before` runs ahead of each request (a race); `lose_answer` drops the answer to a request that it
        # picks, after storing; the others alter what is shown.
        self.before: Callable[[str, str], None] = lambda _method, _path: None
        self.lose_answer: Callable[[str, str], bool] = lambda _method, _path: False
        self.alter_entries: Callable[[str, list[StoredEntry]], list[StoredEntry]] = lambda _log, entries: entries
        self.alter_bundle: Callable[[bytes], bytes] = lambda raw: raw
        self.alter_history: Callable[[bytes], bytes] = lambda raw: raw
        self.hidden: set[str] = set()
        self.takes_files = True

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._handle)

    def everything(self) -> bytes:
        """Return every byte that the intake keeps."""
        frames = [entry.frame for log in self.logs.values() for entry in log.entries]
        parts = [part for blob in self.shelf.blobs.values() for part in blob.parts.values()]
        return b"".join([self.document, *self.epochs, *frames, *parts])

    def current(self) -> Desk:
        return read_bundle(self.desk, self.bundle(), self.today)

    def bundle(self) -> bytes:
        usable = [epoch for epoch in self.epochs if _last_day(epoch) >= self.today - timedelta(days=1)]
        return write_bundle(self.today, self.successions, self.document, usable)

    def history(self) -> bytes:
        every = (*self.earlier_epochs, *self.epochs)
        kept = [epoch for epoch in every if _last_day(epoch) >= self.today - timedelta(days=56)]
        return write_history(self.today, self.successions, self.documents, kept)

    def publish(self, document: bytes) -> None:
        """Take a new document in, as the operator does; epochs belong to the document that they name."""
        self.document, self.epochs, earlier = document, [], self.epochs
        self.documents.append(document)
        self.earlier_epochs += earlier

    def place(self, log: str, frame: bytes, by: str) -> None:
        """Put a frame in a log without asking anybody, as a hostile operator can."""
        stored = self.logs[log]
        self._store(log, stored, parse_frame(frame, log), by)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        path = urlsplit(str(request.url)).path
        self.requests.append((request.method, path))
        try:
            self.before(request.method, path)
            answer = self._route(request, path.strip("/").split("/"))
        except Refusal as refusal:
            return httpx.Response(refusal.status, json={"error": refusal.code, "message": refusal.code})
        if self.lose_answer(request.method, path):
            raise httpx.ReadError("the answer was lost", request=request)
        return answer

    def _route(self, request: httpx.Request, path: list[str]) -> httpx.Response:
        match request.method, path:
            case method, ["desks", desk, *rest] if desk == self.desk:
                return self._desk(request, method, rest)
            case "POST", ["logs", log, "entries"]:
                return self._append(request, log)
            case "GET", ["logs", log, "entries"]:
                return self._entries(request, log)
            case _, ["blobs", blob, *rest]:
                return self._blob(request, blob, rest)
        raise Refusal(404, "unknown")

    def _desk(self, request: httpx.Request, method: str, rest: list[str]) -> httpx.Response:
        match method, rest:
            case "GET", []:
                return httpx.Response(200, content=self.alter_bundle(self.bundle()))
            case "GET", ["history"]:
                return httpx.Response(200, content=self.alter_history(self.history()))
            case "PUT", ["epochs"]:
                return self._put_epoch(request)
            case "GET", ["mailboxes"]:
                return self._list(request)
            case method, ["letters", *rest]:
                return self._letters(request, method, rest)
        raise Refusal(404, "unknown")

    def _signer(self, request: httpx.Request) -> bytes:
        body = request.content
        try:
            digest = content_digest(body) if request.method != "GET" else None
            return verify_request(request.method, str(request.url), request.headers, digest, self.today)
        except SignatureError as error:
            raise Refusal(401, "signature") from error

    def _members(self) -> set[bytes]:
        document = self.current().document
        return {member.identity for member in (*document.members, *document.custodians)}

    def _put_epoch(self, request: httpx.Request) -> httpx.Response:
        if self._signer(request) not in self._members():
            raise Refusal(404, "unknown")
        if request.content in self.epochs:
            return httpx.Response(200)
        bundle = write_bundle(self.today, self.successions, self.document, [request.content])
        if not read_bundle(self.desk, bundle, self.today).epochs:
            raise Refusal(403, "desk")
        self.epochs.append(request.content)
        return httpx.Response(201)

    def _list(self, request: httpx.Request) -> httpx.Response:
        if self._signer(request) not in self._members():
            raise Refusal(404, "unknown")
        query = parse_qs(urlsplit(str(request.url)).query)
        place = (date.fromisoformat(query["since"][0]), query.get("after", [""])[0])
        opened = {(log.entries[0].day, name) for name, log in self.logs.items() if log.kind == "mailbox"}
        found = sorted((day, name) for day, name in opened if (day, name) > place and name not in self.hidden)
        days: dict[str, list[str]] = {}
        for day, name in found[: self.page]:
            days.setdefault(day.isoformat(), []).append(name)
        listed = [{"day": day, "logs": names} for day, names in days.items()]
        more = len(found) > self.page
        return httpx.Response(200, json={"day": self.today.isoformat(), "days": listed, "more": more})

    def _letters(self, request: httpx.Request, method: str, rest: list[str]) -> httpx.Response:
        signer = self._signer(request)
        found = self.letters.answer(method, rest, signer, request.content) if signer in self._members() else None
        if found is None:
            raise Refusal(404, "unknown")
        return found

    def _append(self, request: httpx.Request, log: str) -> httpx.Response:
        signer = self._signer(request)
        try:
            frame = parse_frame(request.content, log)
        except FormatError as error:
            raise Refusal(400, "malformed") from error
        if "if-none-match" in request.headers:
            return self._append_first(signer, log, frame)
        stored = self.logs.get(log)
        by = stored.logins.get(signer) if stored else None
        if stored is None or by is None or (by == "retired" and frame.meta.committee_login is None):
            raise Refusal(404, "unknown")
        repeated = _repeated(stored, frame)
        if repeated:
            return _placed(200, repeated)
        if by == "gone":
            raise Refusal(404, "unknown")
        if request.headers.get("if-match") != f'"{b64encode(stored.head)}"':
            raise Refusal(412 if "if-match" in request.headers else 428, "head")
        if by == "reporter" and is_deletion(frame):
            return _placed(201, self._delete(log, stored, frame, signer))
        if stored.kind == "mailbox":
            self._check_stanzas(frame, by)
        if frame.meta.committee_login:
            retired = {key: "retired" for key, role in stored.logins.items() if role == "committee"}
            stored.logins |= retired | {frame.meta.committee_login: "committee"}
        return _placed(201, self._store(log, stored, frame, "committee" if by == "retired" else by))

    def _delete(self, log: str, stored: StoredLog, frame: Frame, signer: bytes) -> StoredEntry:
        """Take a deletion in, whose signature an intake cannot verify."""
        try:
            deletion = parse_deletion(frame, self.desk, len(stored.entries) + 1, stored.head)
            check_named(deletion, ((entry.seq, entry.frame) for entry in stored.entries))
        except FormatError as error:
            raise Refusal(400, "malformed") from error
        for entry in stored.entries:
            if entry.seq in deletion.of:
                self.shelf.drop(claim.blob for claim in parse_frame(entry.frame, log).meta.claims)
                entry.frame = sha256(entry.frame).digest()
        stored.logins[signer] = "gone"
        return self._store(log, stored, frame, "reporter")

    def _append_first(self, signer: bytes, log: str, frame: Frame) -> httpx.Response:
        if log in self.logs:
            repeated = _repeated(self.logs[log], frame)
            if repeated and repeated.seq == 1:
                return _placed(200, repeated)
            raise Refusal(412, "head")
        opening = frame.meta.open
        if opening is None:
            raise Refusal(400, "malformed")
        if signer != opening.login and (opening.kind != "case" or signer not in self._members()):
            raise Refusal(404, "unknown")
        logins = {opening.login: "reporter" if opening.kind == "mailbox" else "member"}
        if opening.committee_login:
            logins[opening.committee_login] = "committee"
        stored = self.logs[log] = StoredLog(opening.kind, logins)
        return _placed(201, self._store(log, stored, frame, logins[opening.login]))

    def _check_stanzas(self, frame: Frame, by: str) -> None:
        counts = [len(parse_header(part).stanzas) for part in frame.parts]
        desk = self.current()
        live = {len(desk.live(day)) for day in (self.today, self.today - timedelta(days=1))}
        if by == "reporter" and not (len(counts) == 2 and counts[0] in live and counts[1] == 1):
            raise Refusal(400, "recipients")
        if by != "reporter" and not (len(counts) == 1 and counts[0] in live | {1}):
            raise Refusal(400, "recipients")

    def _store(self, log: str, stored: StoredLog, frame: Frame, by: str) -> StoredEntry:
        if frame.meta.claims and not self.takes_files:
            raise Refusal(409, "quota")
        seq = len(stored.entries) + 1
        sets_login = frame.meta.committee_login is not None
        entry = StoredEntry(seq, self.today, by, head(log, seq, stored.head, frame.hash), frame.raw, sets_login)
        stored.entries.append(entry)
        self.shelf.claim(log, by, frame.meta.claims)
        return entry

    def _blob(self, request: httpx.Request, name: str, rest: list[str]) -> httpx.Response:
        signer, blob = self._signer(request), self.shelf.blobs.get(name)
        role = self.logs[blob.log].logins.get(signer) if blob else None
        if blob is None or role not in ("reporter", "committee"):
            raise Refusal(404, "unknown")
        match request.method, rest:
            case "GET", []:
                return self.shelf.state(blob)
            case "GET", ["parts", number]:
                found = self.shelf.get(name, int(number))
                if found:
                    return found
            case "PUT", ["parts", number] if role == blob.by:
                status = self.shelf.put(name, int(number), request.content)
                if status in (200, 201):
                    return httpx.Response(status, content=b"{}")
                raise Refusal(status, "conflict" if status == 409 else "malformed")
        raise Refusal(404, "unknown")

    def _entries(self, request: httpx.Request, log: str) -> httpx.Response:
        signer = self._signer(request)
        after = int(parse_qs(urlsplit(str(request.url)).query)["after"][0])
        stored = self.logs.get(log)
        if stored is None:
            raise Refusal(404, "unknown")
        entries = self.alter_entries(log, self._visible(stored, signer))
        body = b""
        for entry in (entry for entry in entries if entry.seq > after):
            record = _record(entry)
            if body and len(body) + len(record) > _PAGE:
                break
            body += record
        headers = {"ETag": f'"{b64encode(stored.head)}"', "Meldkluis-Length": str(len(stored.entries))}
        return httpx.Response(200, content=body, headers=headers)

    def _visible(self, stored: StoredLog, signer: bytes) -> list[StoredEntry]:
        role = stored.logins.get(signer)
        if role in ("reporter", "committee", "member"):
            return list(stored.entries)
        if role == "retired":
            return [entry for entry in stored.entries if entry.seq == 1 or entry.sets_login]
        if stored.kind == "mailbox" and signer in self._members():
            return stored.entries[:1]
        raise Refusal(404, "unknown")


def _last_day(epoch: bytes) -> date:
    return date.fromisoformat(json.loads(parse_statement(epoch).payload)["seal_until"])


def _repeated(stored: StoredLog, frame: Frame) -> StoredEntry | None:
    return next((entry for entry in stored.entries if entry.frame == frame.raw), None)


def _placed(status: int, entry: StoredEntry) -> httpx.Response:
    body = {"seq": entry.seq, "head": b64encode(entry.head), "day": entry.day.isoformat()}
    return httpx.Response(status, content=json.dumps(body).encode())


def _record(entry: StoredEntry) -> bytes:
    info = {"seq": entry.seq, "day": entry.day.isoformat(), "by": entry.by, "head": b64encode(entry.head)}
    raw = dump_json(info)
    return u32(len(raw)) + raw + u32(len(entry.frame)) + entry.frame
