# SPDX-License-Identifier: EUPL-1.2
"""What a member can do with the files of a case: take them out, and choose some to send along with a reply.

Files are sealed when they are chosen, so that no page has to keep one; what is not sent is forgotten with the tool.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from casework.domain.case.events import Attached
from casework.errors import UnknownCaseError, UnknownFileError
from casework.folder.saving import save
from casework.service.letter_files import open_letter
from casework.service.turns import Turns
from casework.session import Session
from casework.sync.attachments import case_file
from casework.sync.transfers import Fetched, Outgoing, Progress, fetch, seal_file
from crypto.unseal import verify_report


class OpenFile(NamedTuple):
    """A verified file: the name that its sender gave it, its size in bytes, and where its bytes are."""

    name: str
    size: int
    fetched: "Fetched | Letter"


class Letter:
    """The content of a letter, in memory; as `Fetched`."""

    def __init__(self, content: bytes) -> None:
        self.pieces = iter((content,))

    def close(self) -> None:
        """Let go of nothing: the letter stays as it is, locked."""


class CaseFiles:
    """The files of one unlocked tool; methods may be called from several threads."""

    def __init__(self, session: Session, turns: Turns, clock: Callable[[], date]) -> None:
        self._session = session
        self._turns = turns
        self._clock = clock
        self._chosen: dict[str, Attached] = {}
        self._sealing = Lock()

    def open(self, case_id: str, blob: str, progress: Progress = lambda _part, _parts: None) -> OpenFile:
        """Fetch and verify a file of a case; only then the first of its bytes can be had. Close it afterwards.

        Raises:
            UnknownFileError, FileNotWholeError, DamagedFileError: nothing was kept.
            IntakeError: the intake does not answer; nothing was kept.
        """
        with self._turns.take():
            log = self._session.log(case_id)
            letter = open_letter(self._session, log, blob)
            if letter is not None:
                return OpenFile(letter[0], len(letter[1]), Letter(letter[1]))
            file = case_file(self._session, log, blob)
        fetched = fetch(self._session, file, self._clock(), self._turns.take, progress)
        return OpenFile(file.attachment.name, file.attachment.size, fetched)

    def export(self, case_id: str, blob: str, folder: Path, progress: Progress = lambda _part, _parts: None) -> Path:
        """Save a file under a safe name in a folder and return where it is; errors as `open`, and HomeError."""
        file = self.open(case_id, blob, progress)
        with closing(file.fetched):
            return save(folder, file.name, file.fetched.pieces)

    def attach(self, case_id: str, file: Outgoing) -> Attached:
        """Seal a file to the reporter of a case, to be sent along with a reply.

        Raises:
            UnknownCaseError: there is no such case, or its reporter has no mailbox.
            TooLongError, DamagedFileError: nothing was kept.
        """
        with self._turns.take():
            reply_to = _reply_to(self._session, case_id)
        with self._sealing:
            sealed = seal_file(self._session, reply_to, file)
            self._chosen[sealed.blob] = sealed
        return sealed

    def chosen(self, blobs: Sequence[str]) -> tuple[Attached, ...]:
        """Return files that were chosen, by their blob ids.

        Raises:
            UnknownFileError: one is no longer at hand, because the tool was locked meanwhile.
        """
        if not set(blobs) <= self._chosen.keys():
            raise UnknownFileError(
                "A file that you chose is no longer at hand, because this tool was locked. Nothing was recorded. "
                "Choose it again."
            )
        return tuple(self._chosen[blob] for blob in blobs)

    def tidy(self) -> None:
        """Forget sealed files that no reply announced and nobody is about to send; after a sync without a problem."""
        # A file that is being sealed is on the disk before it is known here.
        if self._sealing.acquire(blocking=False):
            try:
                self._session.spool.forget_unsent(_announced(self._session) | self._chosen.keys())
            finally:
                self._sealing.release()


def _announced(session: Session) -> set[str]:
    """Return the blobs that this member's replies announced."""
    written = [message for log in session.logs.values() for message in log.case.messages.values()]
    mine = [message.written for message in written if message.author == session.member]
    return {attached.blob for message in mine for attached in message.attachments}


def _reply_to(session: Session, case_id: str) -> str:
    report = session.log(case_id).case.first_report
    if report is None or report.received.statement is None:
        raise UnknownCaseError("This case has no report with a mailbox, so nothing can be sent to its reporter here.")
    return verify_report(report.received.statement.encode()).keys.reply_to
