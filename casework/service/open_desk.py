# SPDX-License-Identifier: EUPL-1.2
"""What an interface can ask of an unlocked desk, wherever its cases live.

`service.Desk` has a member's real cases, and its module says what each method does and raises;
`practice.desk.PracticeDesk` has invented ones in memory.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from casework.domain.case.commands import Command
from casework.domain.case.events import Attached, Record
from casework.domain.protocol.model import InvestigationProtocol
from casework.service.desk_files import OpenFile
from casework.sync.syncing import SyncResult, SyncStage
from casework.sync.transfers import Outgoing
from casework.views.cases import CaseLine, CaseView, DueItem
from casework.views.desk import Overview
from casework.views.drafts import MessageDraft, PartDraft


class OpenFiles(Protocol):
    """The files of the desk's cases."""

    def open(self, case_id: str, blob: str) -> OpenFile:
        """Return a verified file of a case, to read and close."""

    def attach(self, case_id: str, file: Outgoing) -> Attached:
        """Make a file ready to go along with a message."""

    def chosen(self, blobs: Sequence[str]) -> tuple[Attached, ...]:
        """Return files that were made ready, by their blob ids."""


class OpenDesk(Protocol):
    """A desk that a member unlocked."""

    @property
    def member(self) -> str:
        """The member's id."""

    @property
    def files(self) -> OpenFiles:
        """The files of its cases."""

    def overview(self) -> Overview:
        """Return the desk and the state of this tool."""

    def sync(self, confirmed: date | None = None, progress: Callable[[SyncStage], None] | None = None) -> SyncResult:
        """Fetch what is new and send what waits."""

    def cases(self) -> tuple[CaseLine, ...]:
        """Return every case."""

    def case(self, case_id: str) -> CaseView:
        """Return one case."""

    def today(self) -> tuple[DueItem, ...]:
        """Return what is owed."""

    def protocols(self) -> Mapping[str, InvestigationProtocol]:
        """Return the newest version of every protocol at hand, by its id."""

    def complete_step(self, case_id: str, step_id: str, record: Record, option: str | None = None) -> CaseView:
        """Complete a step of the protocol."""

    def declare(self, case_id: str, conflict: bool, explanation: str = "") -> CaseView:  # noqa: FBT001 - one question
        """Declare whether this member has an interest in the case."""

    def write_message(self, case_id: str, draft: MessageDraft) -> CaseView:
        """Write a message to the reporter."""

    def acknowledgement_text(self, case_id: str) -> str:
        """Return the standard words of the acknowledgement."""

    def do(self, case_id: str, command: Command) -> CaseView:
        """Carry out a command of this member."""

    def do_all(self, commands: Mapping[str, Command]) -> CaseView:
        """Carry out a command in each of several cases, or in none where one refuses; return the first case."""

    def split(self, case_id: str, draft: PartDraft) -> CaseView:
        """Open a case for a part of a case's report, and return the new case."""

    def close(self) -> None:
        """Forget the secrets at once."""

    def wait_until_closed(self, seconds: float) -> bool:
        """Wait until everybody has left, so long at most; say whether it is so."""
