# SPDX-License-Identifier: EUPL-1.2
"""Files that somebody who practises sends along: kept in memory, and forgotten with it."""

from collections.abc import Sequence
from mimetypes import guess_type

from casework.domain.case.events import Attached
from casework.domain.case.state import Case
from casework.errors import UnknownFileError
from casework.logs.file_state import FileState
from casework.practice.committee import MARK, invented
from casework.service.desk_files import Letter, OpenFile
from casework.sync.transfers import Outgoing
from casework.views.desk import MemberName
from casework.views.entries import FileLine
from crypto.encoding import b32encode, b64encode

_ID_BYTES = 20
_KEY_BYTES = 16
_UNKNOWN_TYPE = "application/octet-stream"


class PracticeFiles:
    """As `desk_files.CaseFiles`; a name says that the file belongs to an exercise."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}
        self._chosen: dict[str, Attached] = {}

    def attach(self, case_id: str, file: Outgoing) -> Attached:
        """Keep a file to go along with a message."""
        content = file.content.read()
        key = invented(case_id, len(self._chosen), file.name)
        media_type = guess_type(file.name)[0] or _UNKNOWN_TYPE
        blob = b32encode(key[:_ID_BYTES])
        self._contents[blob] = content
        self._chosen[blob] = Attached(
            blob, file.name, media_type, len(content), b64encode(key[:_KEY_BYTES]), b64encode(key)
        )
        return self._chosen[blob]

    def chosen(self, blobs: Sequence[str]) -> tuple[Attached, ...]:
        """Return files that were kept, by their blob ids."""
        return tuple(self._chosen[blob] for blob in blobs if blob in self._chosen)

    def open(self, case_id: str, blob: str) -> OpenFile:  # noqa: ARG002 - as the real tool, which looks in the case
        """Return a file that was kept.

        Raises:
            UnknownFileError: there is none.
        """
        if blob not in self._contents:
            raise UnknownFileError("There is no such file in this case. Nothing was fetched. Sync and look again.")
        content = self._contents[blob]
        return OpenFile(f"{MARK} {self._chosen[blob].name}", len(content), Letter(content))

    @staticmethod
    def lines(case: Case, names: dict[str, MemberName]) -> tuple[FileLine, ...]:
        """Return the files that went along with the messages of a case."""
        return tuple(
            FileLine(sent.blob, sent.name, sent.type, sent.size, names[message.author], message.day, FileState.WHOLE)
            for message in case.messages.values()
            for sent in message.written.attachments
        )
