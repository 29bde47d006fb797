# SPDX-License-Identifier: EUPL-1.2
"""The desk of somebody who practises: invented cases in memory, on a day that can be moved.

Every day between the first and the last can be visited, and on each one can write. The first time that somebody
writes in a case, its invented course ends there: what the story still had for later days would answer to something
that never happened. On days before their own last entry a case only shows how it stood, because a log grows at its
end alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from threading import Lock

from casework.domain.case.commands import Command, OpenCase, SplitCase, WriteMessage
from casework.domain.case.parts import part_report
from casework.domain.errors import Problem
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.text import Text
from casework.errors import ReadOnlyError, UnknownCaseError
from casework.names import case_number, random_name
from casework.practice.committee import DESK, DESK_NAME, MEMBERS, ORIGIN, TRAINEE
from casework.practice.files import PracticeFiles
from casework.practice.log import PracticeLog, Seen
from casework.practice.mailbox import placed
from casework.protocols import Shelf
from casework.service.case_views import Around, Beside
from casework.service.open_desk import OpenDesk
from casework.sync.syncing import SyncResult, SyncStage
from casework.views.cases import CaseView
from casework.views.desk import MemberName, Overview
from casework.views.drafts import PartDraft
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


class PracticeDesk(OpenDesk):
    """The trainee's desk. `first` and `last` bound the years of which the calendar knows every free day."""

    first, last = date(2026, 1, 1), date(2028, 12, 31)

    def __init__(self, logs: Iterable[PracticeLog], shelf: Shelf, day: date) -> None:
        self.files: PracticeFiles = PracticeFiles()
        self._all = {log.id: log for log in logs}
        self._shelf = shelf
        self._written: dict[str, date] = {}
        lock = Lock()
        super().__init__(
            TRAINEE, Around(shelf.of, _name_of, self._beside, self._on_this_day), lambda: lock, lambda: self.day
        )
        self.move_to(day)

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

    def protocols(self) -> Mapping[str, InvestigationProtocol]:
        """Return the newest version of every protocol, by its id."""
        return self._shelf.newest

    def split(self, case_id: str, draft: PartDraft) -> CaseView:
        """Open a case for a part of a case's report, and return the new case; errors as `do`."""
        with self._turn():
            whole = self._writable(case_id).case.first_report
            if whole is None:
                raise UnknownCaseError("There is no report in this case yet, so there is nothing to split.")
            part = PracticeLog(random_name(), self._shelf.newest[draft.protocol])
            received = part_report(whole.received, case_id, draft.account)
            number = case_number(received.received, part.id)
            part.do(OpenCase(self.member, received, number, draft.title), self._shelf, self.day)
            self._record(case_id, SplitCase(self.member, (part.id,), draft.reason))
            self._all[part.id] = part
            return self._view(part.id)

    def _logs(self) -> list[Seen]:
        return [seen for log in self._all.values() if (seen := log.on(self.day)).case.reports]

    def _on_this_day(self, case_id: str) -> Seen | None:
        return self._all[case_id].on(self.day) if case_id in self._all else None

    def _log(self, case_id: str) -> Seen:
        seen = self._on_this_day(case_id)
        if seen is None or not seen.case.reports:
            raise UnknownCaseError(
                "There is no such case on this day of the exercise. Go to a later day, or to the list."
            )
        return seen

    def _view(self, case_id: str) -> CaseView:
        view = super()._view(case_id)
        return _for_reading(view) if self._is_past(case_id) else view

    def _writable(self, case_id: str) -> Seen:
        seen = self._log(case_id)
        if self._is_past(case_id):
            raise ReadOnlyError(
                "You are looking back: you wrote in this case on {day}. Nothing was recorded. Go to that day or a "
                "later one to write.",
                day=self._written[case_id],
            )
        return seen

    def _record(self, case_id: str, command: Command) -> None:
        self._all[case_id].do(command, self._shelf, self.day)
        self._written[case_id] = self.day

    def _place(self, case_id: str, message: WriteMessage) -> None:
        case = self._log(case_id).case
        if case.reports[message.report].received.mailbox is not None:
            self._record(case_id, placed(case, message.message, self.day, by=self.member))

    def _is_past(self, case_id: str) -> bool:
        return self.day < self._written.get(case_id, self.first)

    def _beside(self, case_id: str) -> Beside:
        return Beside(files=self.files.lines(self._log(case_id).case, _NAMES))


def _name_of(member: str) -> MemberName:
    return _NAMES.get(member) or MemberName(member, member, {})


def _for_reading(view: CaseView) -> CaseView:
    return replace(view, line=replace(view.line, read_only=True), notices=(*view.notices, _LOOKING_BACK))
