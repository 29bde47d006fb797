# SPDX-License-Identifier: EUPL-1.2
"""What a member's tool keeps on disk beside its key file: ciphertext, heads, days and ids, in one SQLite file.

Frames stand here exactly as the intake gave them; plaintext never does, nor any reason that quotes it.
An entry is stored only after its chain was verified (`chain`) and, in a case log, its signature
(`caselogs`): unlocking only decrypts and folds. Every method is one transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from casework.folder.vault_tables import (
    BLOBS,
    BUNDLES,
    ENTRIES,
    HISTORIES,
    INCIDENTS,
    LETTERS,
    LISTED,
    LOGS,
    MAILBOXES,
    OUTBOX,
    VOIDS,
    open_engine,
)
from crypto.answers import ListedLetter
from crypto.logs import ZERO_HEAD


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A frame at its verified place; `day` is the intake's day of arrival, `head` has 32 bytes."""

    seq: int
    day: date
    head: bytes
    frame: bytes


@dataclass(frozen=True, slots=True)
class LogState:
    """How far a log was verified."""

    length: int
    head: bytes


EMPTY_LOG = LogState(0, ZERO_HEAD)


class Vault:
    """One open vault; call `close` at the end."""

    def __init__(self, file: Path) -> None:
        self._engine = open_engine(file)

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def keep_bundle(self, fingerprint: bytes, bundle: bytes, day: date) -> None:
        """Keep a bundle that was verified on `day`; one with the same fingerprint is replaced."""
        self._keep(BUNDLES, fingerprint, bundle, day)

    def bundles(self) -> list[tuple[bytes, date]]:
        """Return the kept bundles and the day on which each was last verified."""
        return self._kept(BUNDLES)

    def keep_history(self, fingerprint: bytes, history: bytes, day: date) -> None:
        """Keep a desk's history as `keep_bundle` keeps a bundle."""
        self._keep(HISTORIES, fingerprint, history, day)

    def histories(self) -> list[tuple[bytes, date]]:
        """Return the kept histories and the day on which each was last verified."""
        return self._kept(HISTORIES)

    def _keep(self, table: Table, fingerprint: bytes, raw: bytes, day: date) -> None:
        values = {"raw": raw, "day": day}
        row = upsert(table).values(id=fingerprint, **values)
        with self._engine.begin() as db:
            db.execute(row.on_conflict_do_update(index_elements=["id"], set_=values))

    def _kept(self, table: Table) -> list[tuple[bytes, date]]:
        with self._engine.connect() as db:
            return [(row.raw, row.day) for row in db.execute(select(table.c.raw, table.c.day))]

    def listed_until(self, desk: str) -> date | None:
        """Return the day up to which mailboxes were listed, or None."""
        with self._engine.connect() as db:
            return db.scalar(select(LISTED.c.until).where(LISTED.c.desk == desk))

    def record_listing(self, desk: str, until: date, mailboxes: Iterable[tuple[str, date]]) -> None:
        """Add the mailboxes that are not known yet and remember up to which day the list reached."""
        with self._engine.begin() as db:
            for mailbox, day in mailboxes:
                db.execute(upsert(MAILBOXES).values(id=mailbox, day=day, state="new").on_conflict_do_nothing())
            row = upsert(LISTED).values(desk=desk, until=until)
            db.execute(row.on_conflict_do_update(index_elements=["desk"], set_={"until": until}))

    def mailboxes(self, *states: str) -> list[tuple[str, date]]:
        """Return id and listed day of the mailboxes in these states, oldest first."""
        query = select(MAILBOXES.c.id, MAILBOXES.c.day).where(MAILBOXES.c.state.in_(states))
        with self._engine.connect() as db:
            return [(row.id, row.day) for row in db.execute(query.order_by(MAILBOXES.c.day, MAILBOXES.c.id))]

    def settle_mailbox(self, mailbox: str, state: str) -> None:
        """Record what became of a listed mailbox; see `mailboxes.Outcome`."""
        with self._engine.begin() as db:
            db.execute(update(MAILBOXES).where(MAILBOXES.c.id == mailbox).values(state=state))

    def reopen_mailboxes(self, held: Iterable[str]) -> None:
        """Take every opened mailbox whose key is not among `held` for a new one: the key file is older than this."""
        lost = (MAILBOXES.c.state == "opened") & MAILBOXES.c.id.not_in(list(held))
        with self._engine.begin() as db:
            db.execute(update(MAILBOXES).where(lost).values(state="new"))

    def record_letters(self, letters: Iterable[ListedLetter]) -> None:
        """Add the letters that are not known yet."""
        with self._engine.begin() as db:
            for letter, day, size in letters:
                row = upsert(LETTERS).values(id=letter, day=day, size=size, state="new")
                db.execute(row.on_conflict_do_nothing())

    def letters(self, state: str) -> list[ListedLetter]:
        """Return the letters in a state, oldest first."""
        query = select(LETTERS.c.id, LETTERS.c.day, LETTERS.c.size).where(LETTERS.c.state == state)
        with self._engine.connect() as db:
            return [ListedLetter(*row) for row in db.execute(query.order_by(LETTERS.c.day, LETTERS.c.id))]

    def settle_letter(self, letter: str, state: str) -> None:
        """Record what became of a listed letter; see `letters.LetterState`."""
        with self._engine.begin() as db:
            db.execute(update(LETTERS).where(LETTERS.c.id == letter).values(state=state))

    def log(self, log: str) -> LogState:
        """Return how far a log is known; an unknown log is empty."""
        with self._engine.connect() as db:
            row = db.execute(select(LOGS.c.length, LOGS.c.head).where(LOGS.c.id == log)).one_or_none()
        return LogState(row.length, row.head) if row else EMPTY_LOG

    def extend(
        self,
        log: str,
        entries: Sequence[LogEntry],
        voids: Iterable[tuple[int, str]] = (),
        incidents: Iterable[tuple[int, str]] = (),
    ) -> None:
        """Store verified entries that follow on what is known, which of them say nothing, and which should not be."""
        if not entries:
            return
        with self._engine.begin() as db:
            db.execute(insert(ENTRIES), [_row(log, entry) for entry in entries])
            _mark(db, log, voids)
            _note(db, log, incidents)
            state = {"length": entries[-1].seq, "head": entries[-1].head}
            db.execute(upsert(LOGS).values(id=log, **state).on_conflict_do_update(index_elements=["id"], set_=state))

    def entries(self, log: str, after: int = 0) -> list[LogEntry]:
        """Return the stored entries of a log after place `after`, in order."""
        query = select(ENTRIES).where(ENTRIES.c.log == log, ENTRIES.c.seq > after).order_by(ENTRIES.c.seq)
        with self._engine.connect() as db:
            return [LogEntry(row.seq, row.day, row.head, row.frame) for row in db.execute(query)]

    def first_head(self, log: str) -> bytes | None:
        """Return the head after a log's first entry, or None if that is not here."""
        with self._engine.connect() as db:
            return db.scalar(select(ENTRIES.c.head).where(ENTRIES.c.log == log, ENTRIES.c.seq == 1))

    def settle_blob(self, blob: str, state: str) -> None:
        """Record what was found of a blob; see `attachments.FileState`."""
        row = upsert(BLOBS).values(id=blob, state=state)
        with self._engine.begin() as db:
            db.execute(row.on_conflict_do_update(index_elements=["id"], set_={"state": state}))

    def blobs(self) -> dict[str, str]:
        """Return what was found of each blob that was ever asked for."""
        with self._engine.connect() as db:
            return {row.id: row.state for row in db.execute(select(BLOBS.c.id, BLOBS.c.state))}

    def mark_void(self, log: str, seq: int, layer: str) -> None:
        """Record that an entry did not open, verify or bind, and in which layer."""
        with self._engine.begin() as db:
            _mark(db, log, [(seq, layer)])

    def mark_incident(self, log: str, seq: int, kind: str) -> None:
        """Record that something is amiss with an entry, and what (`watch`)."""
        with self._engine.begin() as db:
            _note(db, log, [(seq, kind)])

    def incidents(self, log: str) -> list[tuple[int, str]]:
        """Return place and kind of what is amiss with entries of a log, in order."""
        query = select(INCIDENTS.c.seq, INCIDENTS.c.kind).where(INCIDENTS.c.log == log)
        with self._engine.connect() as db:
            return [(row.seq, row.kind) for row in db.execute(query.order_by(INCIDENTS.c.seq, INCIDENTS.c.kind))]

    def replace_voids(self, log: str, voids: Iterable[tuple[int, str]]) -> None:
        """Record which entries of a log say nothing, in the place of what was recorded before."""
        with self._engine.begin() as db:
            db.execute(delete(VOIDS).where(VOIDS.c.log == log))
            _mark(db, log, voids)

    def voids(self, log: str) -> dict[int, str]:
        """Return place and layer of the entries of a log that say nothing."""
        with self._engine.connect() as db:
            rows = db.execute(select(VOIDS.c.seq, VOIDS.c.layer).where(VOIDS.c.log == log))
            return {row.seq: row.layer for row in rows}

    def queue(self, message: str, seq: int, frame: bytes) -> None:
        """Keep a sealed reply for place `seq`, replacing an earlier try of the same message."""
        values = {"seq": seq, "frame": frame}
        row = upsert(OUTBOX).values(message=message, **values)
        with self._engine.begin() as db:
            db.execute(row.on_conflict_do_update(index_elements=["message"], set_=values))

    def queued(self, message: str) -> tuple[int, bytes] | None:
        """Return place and frame of a reply that was sealed but not yet seen placed, or None."""
        with self._engine.connect() as db:
            row = db.execute(select(OUTBOX.c.seq, OUTBOX.c.frame).where(OUTBOX.c.message == message)).one_or_none()
        return (row.seq, row.frame) if row else None

    def unqueue(self, message: str) -> None:
        """Forget a reply that was placed."""
        with self._engine.begin() as db:
            db.execute(delete(OUTBOX).where(OUTBOX.c.message == message))


def _row(log: str, entry: LogEntry) -> dict[str, object]:
    return {"log": log, "seq": entry.seq, "day": entry.day, "head": entry.head, "frame": entry.frame}


def _mark(db: Connection, log: str, voids: Iterable[tuple[int, str]]) -> None:
    for seq, layer in voids:
        db.execute(upsert(VOIDS).values(log=log, seq=seq, layer=layer).on_conflict_do_nothing())


def _note(db: Connection, log: str, incidents: Iterable[tuple[int, str]]) -> None:
    for seq, kind in incidents:
        db.execute(upsert(INCIDENTS).values(log=log, seq=seq, kind=kind).on_conflict_do_nothing())
