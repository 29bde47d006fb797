# SPDX-License-Identifier: EUPL-1.2
"""The desk of somebody who practises: what `service.Desk` does, over invented cases and on a day that can be moved.

Every day between the first and the last can be visited, and on each one can write. The first time that somebody
writes in a case, its invented course ends there: what the story still had for later days would answer to something
that never happened. On days before their own last entry a case only shows how it stood, because a log grows at its
end alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from threading import RLock

from casework.domain.case.commands import Command, CompleteStep, DeclareConflict, OpenCase, SplitCase
from casework.domain.case.events import Record
from casework.domain.case.parts import part_report
from casework.domain.errors import Problem, Refused
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.text import Text
from casework.errors import ReadOnlyError, UnknownCaseError
from casework.names import case_number, random_name
from casework.practice.committee import DESK, DESK_NAME, MEMBERS, ORIGIN, TRAINEE
from casework.practice.files import PracticeFiles
from casework.practice.log import PracticeLog, Seen
from casework.practice.mailbox import placed
from casework.protocols import Shelf
from casework.service.case_views import Around, Beside, case_lines, case_view, due_items
from casework.service.drafts import acknowledgement, write_command
from casework.sync.syncing import SyncResult, SyncStage
from casework.views.cases import CaseLine, CaseView, DueItem
from casework.views.desk import MemberName, Overview
from casework.views.drafts import MessageDraft, PartDraft
from crypto.desk import desk_words
from crypto.wordlist import LANGUAGES, word_list

_KEY_LASTS, _KEY_GOES = timedelta(days=28), timedelta(days=56)
_NAMES = {member.id: member for member in MEMBERS}
_LOOKING_BACK = Problem(
    "looking_back",
    Text(
        "U kijkt terug: in deze zaak hebt u zelf iets geschreven op een latere dag. Ga naar die dag om verder te gaan.",
        "You are looking back: you wrote something in this case on a later day. Go to that day to go on.",
    ),
)


class PracticeDesk:
    """The trainee's desk; methods may be called from several threads.

    `first` and `last` bound the years of which the calendar knows every free day.
    """

    first, last = date(2026, 1, 1), date(2028, 12, 31)

    def __init__(self, logs: Iterable[PracticeLog], shelf: Shelf, day: date) -> None:
        self.files = PracticeFiles()
        self._logs = {log.id: log for log in logs}
        self._shelf = shelf
        self._around = Around(shelf.of, _name_of, self._beside, self._on_this_day)
        self._written: dict[str, date] = {}
        self._turn = RLock()
        self.move_to(day)

    @property
    def member(self) -> str:
        """The trainee's id."""
        return TRAINEE

    @property
    def day(self) -> date:
        """The day that it is in the exercise."""
        return self._day

    def move_to(self, day: date) -> None:
        """Make it another day; one outside the calendar becomes the nearest inside."""
        self._day = min(max(day, self.first), self.last)

    def close(self) -> None:
        """Forget nothing: there is no secret, and the exercise goes on after the next code."""

    def wait_until_closed(self, seconds: float) -> bool:  # noqa: ARG002 - nobody is ever waited for
        """Return that it is closed."""
        return True

    def overview(self) -> Overview:
        """Return the invented desk, whose keys are always fresh."""
        return Overview(
            desk=DESK,
            name=DESK_NAME,
            words={language: desk_words(DESK, word_list(language)) for language in LANGUAGES},
            origin=ORIGIN,
            member=_NAMES[TRAINEE],
            members=MEMBERS,
            live=tuple(_NAMES),
            today=self.day,
            synced=self.day,
            read_only=None,
            next_destruction=self.day + _KEY_GOES,
            sealed_until=self.day + _KEY_LASTS,
            unopened=0,
            waiting=0,
        )

    def sync(
        self,
        confirmed: date | None = None,  # noqa: ARG002 - no day is ever asked about
        progress: Callable[[SyncStage], None] | None = None,
    ) -> SyncResult:
        """Reach every stage and find nothing: what arrives on a day is there as soon as it is that day."""
        for stage in SyncStage:
            if progress:
                progress(stage)
        return SyncResult()

    def cases(self) -> tuple[CaseLine, ...]:
        """Return every case that was open by this day."""
        with self._turn:
            return case_lines(self._around, self._seen(), self.day)

    def case(self, case_id: str) -> CaseView:
        """Return one case as it stands on this day; one that the trainee looks back on is for reading."""
        with self._turn:
            view = case_view(self._around, self._find(case_id), self.day)
            return _for_reading(view) if self._is_past(case_id) else view

    def today(self) -> tuple[DueItem, ...]:
        """Return what is owed, soonest first."""
        with self._turn:
            return due_items(self._around, self._seen(), self.day)

    def protocols(self) -> Mapping[str, InvestigationProtocol]:
        """Return the newest version of every protocol, by its id."""
        return self._shelf.newest

    def complete_step(self, case_id: str, step_id: str, record: Record, option: str | None = None) -> CaseView:
        """Complete a step of the protocol."""
        return self.do(case_id, CompleteStep(self.member, step_id, record, option))

    def declare(self, case_id: str, conflict: bool, explanation: str = "") -> CaseView:  # noqa: FBT001 - one question
        """Declare whether the trainee has an interest in the case."""
        return self.do(case_id, DeclareConflict(self.member, conflict, explanation))

    def write_message(self, case_id: str, draft: MessageDraft) -> CaseView:
        """Write a message; it is in the imagined mailbox at once."""
        with self._turn:
            command = write_command(self.member, self._find(case_id).case, draft, self.files.chosen(draft.files))
            view = self.do(case_id, command)
            if view.case.reports[command.report].received.mailbox is None:
                return view
            return self.do(case_id, placed(view.case, command.message, self.day, by=self.member))

    def acknowledgement_text(self, case_id: str) -> str:
        """Return the standard words of the acknowledgement, in the reporter's language."""
        with self._turn:
            return acknowledgement(self._find(case_id).case, self.day)

    def do(self, case_id: str, command: Command) -> CaseView:
        """Carry out a command of the trainee; errors as `do_all`."""
        return self.do_all({case_id: command})

    def do_all(self, commands: Mapping[str, Command]) -> CaseView:
        """Carry out a command of the trainee in each of several cases, or in none; return the first case.

        Raises:
            ReadOnlyError: the trainee wrote in one of these cases on a later day; nothing was recorded.
        """
        with self._turn:
            logs = [self._to_write_in(case_id) for case_id in commands]
            before = [log.entries for log in logs]
            try:
                for log, command in zip(logs, commands.values(), strict=True):
                    log.do(command, self._shelf, self.day)
            except Refused:
                for log, entries in zip(logs, before, strict=True):
                    log.entries = entries
                raise
            self._written |= dict.fromkeys(commands, self.day)
            return self.case(logs[0].id)

    def split(self, case_id: str, draft: PartDraft) -> CaseView:
        """Open a case for a part of a case's report, and return the new case; errors as `do`."""
        with self._turn:
            whole = self._find(case_id).case.first_report
            if whole is None:
                raise UnknownCaseError("There is no report in this case yet, so there is nothing to split.")
            part = PracticeLog(random_name(), self._shelf.newest[draft.protocol])
            received = part_report(whole.received, case_id, draft.account)
            number = case_number(received.received, part.id)
            part.do(OpenCase(self.member, received, number, draft.title), self._shelf, self.day)
            self.do(case_id, SplitCase(self.member, (part.id,), draft.reason))
            self._logs[part.id] = part
            return self.case(part.id)

    def _to_write_in(self, case_id: str) -> PracticeLog:
        self._find(case_id)
        if self._is_past(case_id):
            raise ReadOnlyError(
                "You are looking back: you wrote in this case on {day}. Nothing was recorded. Go to that day or a "
                "later one to write.",
                day=self._written[case_id],
            )
        return self._logs[case_id]

    def _seen(self) -> list[Seen]:
        return [seen for log in self._logs.values() if (seen := log.on(self.day)).case.reports]

    def _on_this_day(self, case_id: str) -> Seen | None:
        return self._logs[case_id].on(self.day) if case_id in self._logs else None

    def _find(self, case_id: str) -> Seen:
        for seen in self._seen():
            if seen.id == case_id:
                return seen
        raise UnknownCaseError("There is no such case on this day of the exercise. Go to a later day, or to the list.")

    def _is_past(self, case_id: str) -> bool:
        return self.day < self._written.get(case_id, self.first)

    def _beside(self, case_id: str) -> Beside:
        return Beside(files=self.files.lines(self._find(case_id).case, _NAMES))


def _name_of(member: str) -> MemberName:
    return _NAMES.get(member) or MemberName(member, member, {})


def _for_reading(view: CaseView) -> CaseView:
    return replace(view, line=replace(view.line, read_only=True), notices=(*view.notices, _LOOKING_BACK))
