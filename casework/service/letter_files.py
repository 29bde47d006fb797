# SPDX-License-Identifier: EUPL-1.2
"""The locked file of a case that began with a letter: listed among its files, and opened with the key in its case log.

The folder of each holder keeps it as it came, locked. Its sender gave it no name and no type.
"""

from collections.abc import Iterator

from casework.domain.case.events import ReportReceived
from casework.errors import DamagedFileError
from casework.logs.case_log import CaseLog
from casework.logs.evidence import KEY_LENGTH, LETTER
from casework.logs.file_state import FileState
from casework.session import Session
from casework.sync.letters import as_text
from casework.views.entries import FileLine
from crypto.age import decrypt_with_file_key
from crypto.encoding import b64decode
from crypto.errors import FormatError


def letter_lines(session: Session, log: CaseLog) -> tuple[FileLine, ...]:
    """Return the letters of a case that this folder holds; their sizes are those of the locked files."""
    return tuple(
        FileLine(letter.report, _name(letter, ".age"), "", size, None, letter.received, FileState.WHOLE)
        for letter in _letters(log)
        if (size := session.spool.letter_size(letter.report))
    )


def open_letter(session: Session, log: CaseLog, name: str) -> tuple[str, bytes] | None:
    """Return a harmless name and the content of a letter of the case, or None where it has no such letter.

    Raises:
        DamagedFileError: the file in this folder is not the one that was opened.
    """
    for letter in _letters(log):
        if letter.report == name and session.spool.letter_size(name):
            content = _content(session, letter)
            return _name(letter, ".txt" if as_text(content) else ".bin"), content
    return None


def _letters(log: CaseLog) -> Iterator[ReportReceived]:
    received = (report.received for report in log.case.own_reports)
    return (letter for letter in received if letter.channel == LETTER)


def _content(session: Session, letter: ReportReceived) -> bytes:
    try:
        file_key = b64decode(letter.file_keys[LETTER], KEY_LENGTH)
        return decrypt_with_file_key(session.spool.letter(letter.report), file_key)
    except FormatError as error:
        raise DamagedFileError(
            "The locked file in this folder is damaged. Nothing was saved. A colleague's tool has it too."
        ) from error


def _name(letter: ReportReceived, ending: str) -> str:
    return f"letter-{letter.received.isoformat()}{ending}"
