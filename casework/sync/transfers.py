# SPDX-License-Identifier: EUPL-1.2
"""Brings sealed files to the intake and fetches them back. What is fetched counts only once all of it was verified.

A reply's files are sealed into the spool before the reply is recorded, and sent after it stands in the mailbox: so
a claim never lacks its blob for longer than until the author's next sync. An upload that was cut off goes on with
the parts that the intake lacks.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from itertools import chain
from mimetypes import guess_type
from pathlib import Path
from typing import BinaryIO, NamedTuple

from casework.domain.case.events import Attached
from casework.errors import DamagedFileError, FileNotWholeError, TooLongError, UnknownLogError
from casework.folder.spool import reading
from casework.logs.case_log import CaseLog
from casework.logs.file_state import FileState
from casework.session import Session
from casework.sync.attachments import CaseFile, case_files
from crypto.age import new_start
from crypto.answers import BlobState
from crypto.attachments import REPLY_STANZAS
from crypto.blob import BlobHash, blob_length, new_attachment, open_blob, seal_blob
from crypto.encoding import b64encode
from crypto.errors import FormatError
from crypto.logs import MAX_BLOB

Progress = Callable[[int, int], None]
"""Is told how many parts of how many came."""
Turn = Callable[[], AbstractContextManager[None]]
_UNKNOWN_TYPE = "application/octet-stream"
_ASKED = (FileState.SIGNED, FileState.INCOMPLETE)


class Outgoing(NamedTuple):
    """A file of a member: a name, its bytes, and how many those are."""

    name: str
    content: BinaryIO
    size: int


def seal_file(session: Session, reply_to: str, file: Outgoing) -> Attached:
    """Seal a file to a reporter, into the spool, and return what the reply has to say of it.

    Raises:
        TooLongError: it is larger than a blob may be.
        DamagedFileError: it changed while it was read; nothing was kept.
    """
    if blob_length(REPLY_STANZAS, file.size) > MAX_BLOB:
        raise TooLongError(
            "The file {name} is too large. Nothing was recorded. Files of up to 3.9 GB can go along.", name=file.name
        )
    start = new_start([reply_to])
    media_type = guess_type(file.name)[0] or _UNKNOWN_TYPE
    record = new_attachment(file.name, media_type, file.size, start)
    hashed = BlobHash()
    try:
        session.spool.put(record.blob, _hashed(seal_blob(file.content, file.size, start), hashed))
    except ValueError as error:
        raise DamagedFileError(
            "The file {name} changed while it was read. Nothing was recorded. Close it elsewhere and try again.",
            name=file.name,
        ) from error
    return Attached(record.blob, record.name, record.type, record.size, b64encode(record.key), b64encode(hashed.root()))


def send_files(session: Session, log: CaseLog, mailbox: str, today: date) -> None:
    """Send what this member's replies announced and the intake lacks; IntakeError where it goes on at the next sync."""
    for message in log.case.messages.values():
        if message.placed and message.author == session.member and message.written.report == mailbox:
            for attached in message.written.attachments:
                if session.spool.has(attached.blob) and log.case.reaches(message):
                    _send(session, mailbox, attached.blob, today)


def ask_for_files(session: Session, log: CaseLog, mailbox: str, today: date) -> None:
    """Ask the intake which of the files that were signed for, and not seen whole yet, are there."""
    for file in case_files(session, log):
        if file.mailbox == mailbox and file.state in _ASKED:
            _settle(session, file, _ask(session, file, today))


class Fetched:
    """A file that was fetched and verified: `pieces` yields its bytes, once; `close` forgets it."""

    def __init__(self, spooled: Path, file: CaseFile, turn: Turn) -> None:
        self._spooled = spooled
        self.pieces = self._read(file, turn)

    def close(self) -> None:
        """Delete the ciphertext."""
        self.pieces.close()
        self._spooled.unlink(missing_ok=True)

    def _read(self, file: CaseFile, turn: Turn) -> Generator[bytes]:
        with reading(self._spooled) as parts:
            for piece in open_blob(parts, file.attachment):
                # A turn, because the tool may be locked while somebody saves a large file.
                with turn():
                    pass
                yield piece


def fetch(session: Session, file: CaseFile, today: date, turn: Turn, progress: Progress) -> Fetched:
    """Fetch and verify all of a file, to be closed by the caller. A turn is taken for each part alone.

    Raises:
        FileNotWholeError: its sender has not sent, or not signed for, the whole of it; or it was deleted.
        DamagedFileError: the intake gave something else than the sender signed. Nothing was kept.
    """
    if file.state is FileState.DELETED:
        raise FileNotWholeError(
            "The reporter deleted the mailbox, and this file with it. Nothing was saved. Its sender may still have it."
        )
    with turn():
        state = _ask(session, file, today) if file.attachment.root else None
        if state is not None:
            _settle(session, file, state)
    if state is None or state.missing:
        raise FileNotWholeError("This file is not all there yet. Nothing was saved. Sync and try again later.")
    if state.size != file.sealed:
        # Nothing is verified before all of it is here, so a size that is a lie could fill the disk.
        raise _damaged(session, file)
    spooled = session.spool.fetched(_parts(session, file, state.parts, today, turn, progress))
    try:
        _verify(spooled, file)
    except FormatError as error:
        spooled.unlink()
        raise _damaged(session, file) from error
    return Fetched(spooled, file, turn)


def _verify(spooled: Path, file: CaseFile) -> None:
    with reading(spooled) as parts:
        for _ in open_blob(parts, file.attachment):
            pass


def _damaged(session: Session, file: CaseFile) -> DamagedFileError:
    session.vault.settle_blob(file.attachment.blob, FileState.DAMAGED)
    return DamagedFileError(
        "This file is damaged: the intake gave something else than its sender signed. Nothing was saved. Tell the "
        "desk's contact, and ask the sender for the file again."
    )


def _parts(
    session: Session, file: CaseFile, count: int, today: date, turn: Turn, progress: Progress
) -> Iterator[bytes]:
    for number in range(1, count + 1):
        with turn():
            signer = session.by_committee(file.mailbox, today)
            part = session.client.blob_part(file.attachment.blob, number, signer)
        progress(number, count)
        yield part


def _ask(session: Session, file: CaseFile, today: date) -> BlobState | None:
    try:
        return session.client.blob(file.attachment.blob, session.by_committee(file.mailbox, today))
    except UnknownLogError:
        return None


def _settle(session: Session, file: CaseFile, state: BlobState | None) -> None:
    whole = state is not None and not state.missing
    session.vault.settle_blob(file.attachment.blob, FileState.WHOLE if whole else FileState.INCOMPLETE)


def _send(session: Session, mailbox: str, blob: str, today: date) -> None:
    signer = session.by_committee(mailbox, today)
    for number in chain.from_iterable(session.client.blob(blob, signer).missing):
        session.client.put_blob_part(blob, number, session.spool.part(blob, number), signer)
    session.vault.settle_blob(blob, FileState.WHOLE)
    session.spool.sent(blob)


def _hashed(parts: Iterable[bytes], found: BlobHash) -> Iterator[bytes]:
    for part in parts:
        found.update(part)
        yield part
