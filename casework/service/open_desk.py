# SPDX-License-Identifier: EUPL-1.2
"""What a member can do: the one set of functions behind the web interface and the command line.

`service.desk.Desk` has a member's real cases, `practice.desk.PracticeDesk` invented ones in memory; they differ in how
they find cases and record.

Plain values go in; frozen views (`views`) and domain objects come back. An interface shows every error by
`i18n.Translator(language).explain(error)`; each says what happened, what was kept, what to do. Where something that
writes raises, nothing was recorded: Refused (domain.errors; `.code`, `.text`), ReadOnlyError, UnknownCaseError,
RaceLostError or IntakeError. The interface then still has what was typed.

Methods may be called from several threads; they take turns. LockedError if another thread closed the desk meanwhile.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from casework.domain.case.commands import Command, CompleteStep, DeclareConflict, WriteMessage
from casework.domain.case.events import Attached, Record
from casework.domain.judge.decide import decide
from casework.domain.protocol.model import InvestigationProtocol
from casework.service.case_views import Around, Log, case_lines, case_view, due_items
from casework.service.desk_files import OpenFile
from casework.service.drafts import acknowledgement, write_command
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
        """Make a file ready to go along with a message; its blob id goes into the draft's `files`."""

    def chosen(self, blobs: Sequence[str]) -> tuple[Attached, ...]:
        """Return files that were made ready, by their blob ids."""


class OpenDesk(ABC):
    """A desk that a member unlocked.

    `member` is this member's id, for `by` of commands. `around` is where views look things up, `turn` gives a thread
    its turn, `clock` the day that it is.
    """

    files: OpenFiles

    def __init__(
        self,
        member: str,
        around: Around,
        turn: Callable[[], AbstractContextManager[object]],
        clock: Callable[[], date],
    ) -> None:
        self.member = member
        self._around = around
        self._turn = turn
        self._clock = clock

    @abstractmethod
    def overview(self) -> Overview:
        """Return the desk and the state of this tool; never waits for a sync."""

    @abstractmethod
    def sync(self, confirmed: date | None = None, progress: Callable[[SyncStage], None] | None = None) -> SyncResult:
        """Fetch what is new and send what waits; `progress` is called with each stage.

        What one log does wrong is in `problems` of the result and stops nothing else.

        Raises:
            IntakeError, DeskRefusedError, DayMismatchError, ReadOnlyError: nothing more was fetched or sent.
            DateToConfirmError: show its question, and call again with `confirmed` its day if a person agrees.
        """

    @abstractmethod
    def protocols(self) -> Mapping[str, InvestigationProtocol]:
        """Return the newest version of every protocol at hand, by its id; `judge.moving` plans a move to one."""

    @abstractmethod
    def split(self, case_id: str, draft: PartDraft) -> CaseView:
        """Open a case for a part of a case's report, and return the new case."""

    @abstractmethod
    def close(self) -> None:
        """Forget the secrets at once, also while another thread works."""

    @abstractmethod
    def wait_until_closed(self, seconds: float) -> bool:
        """Wait until everybody has left, so long at most; say whether it is so."""

    def cases(self) -> tuple[CaseLine, ...]:
        """Return every case: broken ones first, then what is due soonest, closed ones last."""
        with self._turn():
            return case_lines(self._around, self._logs(), self._clock())

    def case(self, case_id: str) -> CaseView:
        """Return one case; raises UnknownCaseError, BrokenCaseError."""
        with self._turn():
            return self._view(case_id)

    def today(self) -> tuple[DueItem, ...]:
        """Return every clock that is owed over the unbroken cases, soonest first."""
        with self._turn():
            return due_items(self._around, self._logs(), self._clock())

    def complete_step(self, case_id: str, step_id: str, record: Record, option: str | None = None) -> CaseView:
        """Complete a step of the protocol; `record` as from domain.case.records.record_from_form."""
        return self.do(case_id, CompleteStep(self.member, step_id, record, option))

    def declare(self, case_id: str, conflict: bool, explanation: str = "") -> CaseView:  # noqa: FBT001 - one question
        """Declare whether this member has an interest in the case."""
        return self.do(case_id, DeclareConflict(self.member, conflict, explanation))

    def do(self, case_id: str, command: Command) -> CaseView:
        """Carry out a command of this member: any of domain.case.commands, by `member`."""
        return self.do_all({case_id: command})

    def do_all(self, commands: Mapping[str, Command]) -> CaseView:
        """Carry out a command in each of several cases and return the first; if one is refused, none is recorded.

        A failure on the way leaves what was recorded before it.
        """
        if any(command.by != self.member for command in commands.values()):
            raise ValueError("by must be this member")
        with self._turn():
            logs = {case_id: self._writable(case_id) for case_id in commands}
            first, *others = commands
            for case_id in others:
                case = logs[case_id].case
                decide(case, self._around.protocol_for(case), commands[case_id], self._clock())
            for case_id, command in commands.items():
                self._record(case_id, command)
            return self._view(first)

    def write_message(self, case_id: str, draft: MessageDraft) -> CaseView:
        """Write a message to the reporter; `unplaced` of the view holds what is still on its way."""
        with self._turn():
            case = self._writable(case_id).case
            command = write_command(self.member, case, draft, self.files.chosen(draft.files))
            self._record(case_id, command)
            self._place(case_id, command)
            return self._view(case_id)

    def acknowledgement_text(self, case_id: str) -> str:
        """Return the standard words of the acknowledgement, in the reporter's language."""
        with self._turn():
            return acknowledgement(self._log(case_id).case, self._clock())

    def acknowledge(self, case_id: str, text: str | None = None) -> CaseView:
        """Acknowledge the case's first report, in the standard words if there are no others."""
        return self.write_message(case_id, MessageDraft("acknowledgement", text or self.acknowledgement_text(case_id)))

    def _view(self, case_id: str) -> CaseView:
        return case_view(self._around, self._log(case_id), self._clock())

    def _writable(self, case_id: str) -> Log:
        """Return a case to write in; raises as `_log`, and ReadOnlyError."""
        return self._log(case_id)

    @abstractmethod
    def _logs(self) -> Iterable[Log]:
        """Return every case that there is on this day."""

    @abstractmethod
    def _log(self, case_id: str) -> Log:
        """Return one of them; raises UnknownCaseError."""

    @abstractmethod
    def _record(self, case_id: str, command: Command) -> None:
        """Record what a command decides."""

    @abstractmethod
    def _place(self, case_id: str, message: WriteMessage) -> None:
        """Bring a message that was recorded to its reporter, if that can be done now."""
