# SPDX-License-Identifier: EUPL-1.2
"""What a member can do: the one set of functions behind the web interface and the command line.

Plain values go in; frozen views (`views`) and domain objects come back. An interface shows every error by
`i18n.Translator(language).explain(error)`; each says what happened, what was kept, what to do.

    desk = Desk.unlock(home, passphrase, clock=amsterdam_today, confirmed=None)
        `home`: casework.folder.home.Home; `clock`: () -> date. Raises PassphraseError, HomeError (no keys, not
        joined, in use), and DateToConfirmError: show its question, call again with confirmed=error.day if a person
        agrees.
        A day that went back does not raise: reading works, and `overview().read_only` is the error to show.
    desk.close()                     forget the secrets at once, also while another thread syncs, and free the folder
    desk.wait_until_closed(seconds) -> bool    wait for that, so long at most; say whether it is so
    desk.member          -> str      this member's id; use it as `by` of commands

    desk.overview()      -> Overview
    desk.sync(confirmed=None, progress=None) -> SyncResult (casework.sync.syncing)
        Raises IntakeError, DeskRefusedError, DayMismatchError, ReadOnlyError, DateToConfirmError. What one log does
        wrong is in result.problems and stops nothing else. `progress` is called with each SyncStage.
    desk.cases()         -> tuple[CaseLine, ...]   what is due soonest first, closed cases last; broken ones at the head
    desk.case(case_id)   -> CaseView               UnknownCaseError, BrokenCaseError
    desk.today()         -> tuple[DueItem, ...]    every clock that is owed over the unbroken cases, soonest first

Writing; each gives the fresh CaseView. Nothing was recorded if one raises: Refused (domain.errors; `.code`, `.text`),
ReadOnlyError, UnknownCaseError, RaceLostError or IntakeError. The interface then still has what was typed.

    desk.complete_step(case_id, step_id, record, option=None)    `record` as from domain.case.records.record_from_form
    desk.write_message(case_id, draft)             `draft`: views.MessageDraft; recorded, then placed at once if the
        intake answers, else at the next sync: `view.unplaced` holds what is still on its way
    desk.acknowledge(case_id, text=None)           the acknowledgement; standard words if text is None
    desk.acknowledgement_text(case_id) -> str      those words, in the reporter's language, to show first
    desk.declare(case_id, conflict, explanation="")    this member's own interest in the case
    desk.files.attach(case_id, Outgoing)   a file to send along: sealed at once; put its id in the draft's `files`
    desk.files.open(case_id, blob), desk.files.export(case_id, blob, folder)   a file of the case (`desk_files`)
    desk.protocols()     -> Mapping   the newest version of every protocol, by id; `judge.moving` plans a move to one
    desk.do(case_id, command)                      any command of domain.case.commands, with by=desk.member
    desk.do_all({case_id: command, ...})           the same in several cases: in all, or where one refuses in none
    desk.split(case_id, draft)                     a case for a part of the report; `draft`: views.PartDraft

Methods may be called from several threads; they take turns. LockedError if another thread closed the desk meanwhile;
`overview` never waits for a sync.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

import httpx

from casework.desk import desks
from casework.domain.case.commands import Command, CompleteStep, DeclareConflict
from casework.domain.case.events import Record
from casework.domain.judge.decide import decide
from casework.domain.protocol.model import InvestigationProtocol
from casework.errors import IncidentError, IntakeError, RaceLostError, ReadOnlyError
from casework.folder.home import Home
from casework.folder.keyring import Keyring
from casework.folder.spool import Spool
from casework.folder.vault import Vault
from casework.logs.case_log import CaseLog
from casework.protocols import open_shelf
from casework.service.case_extras import around
from casework.service.case_views import case_lines, case_view, due_items
from casework.service.desk_files import CaseFiles
from casework.service.drafts import acknowledgement, write_command
from casework.service.handover import open_handed_over
from casework.service.overviews import overview
from casework.service.turns import Turns
from casework.session import Session
from casework.sync import logbook, syncing
from casework.sync.splitting import split
from casework.sync.syncing import SyncResult, SyncStage
from casework.views.cases import CaseLine, CaseView, DueItem
from casework.views.desk import Overview
from casework.views.drafts import MessageDraft, PartDraft
from casework.wire.intake_client import IntakeClient
from crypto.handover import recipients_number


class Desk:
    """One member's unlocked tool for one desk; see the module for its methods."""

    def __init__(self, home: Home, session: Session, clock: Callable[[], date]) -> None:
        self._home = home
        self._session = session
        self._clock = clock
        self._member = session.member
        self._turns = Turns(self._leave)
        self._last_overview: Overview | None = None
        self._around = around(session)
        self.files = CaseFiles(session, self._turns, clock)

    @classmethod
    def unlock(
        cls,
        home: Home,
        passphrase: str,
        *,
        clock: Callable[[], date],
        confirmed: date | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> "Desk":
        """Unlock a member's folder; keys whose day has come are destroyed before anything else."""
        home.claim()
        try:
            session = _open_session(home, passphrase, transport)
            with suppress(ReadOnlyError):
                syncing.begin(session.keyring, clock(), confirmed)
            logbook.load(session)
            session.spool.forget_fetched()
        except BaseException:
            home.release()
            raise
        return cls(home, session, clock)

    def close(self) -> None:
        """Forget the secrets, and give up the folder as soon as no other thread works in it."""
        self._session.forget()
        self._turns.end()

    def wait_until_closed(self, seconds: float) -> bool:
        """Wait until the folder is given up, so long at most; say whether it is."""
        return self._turns.wait_until_left(seconds)

    @property
    def member(self) -> str:
        """This member's id."""
        return self._member

    def overview(self) -> Overview:
        """Return the desk and the state of this tool; while another thread works, as they were before that."""
        if self._turns.taken and self._last_overview:
            return self._last_overview
        with self._turns.take():
            self._last_overview = overview(self._session, self._clock())
            return self._last_overview

    def sync(self, confirmed: date | None = None, progress: Callable[[SyncStage], None] | None = None) -> SyncResult:
        """Bring this tool and the intake up to date with each other."""
        with self._turns.take():
            self._last_overview = overview(self._session, self._clock())
            result = syncing.sync(self._session, self._clock(), confirmed, progress)
            if not result.problems:
                self.files.tidy()
            return result

    def cases(self) -> tuple[CaseLine, ...]:
        """Return every case that this member can read."""
        with self._turns.take():
            return case_lines(self._around, self._session.logs.values(), self._clock())

    def case(self, case_id: str) -> CaseView:
        """Return one case."""
        with self._turns.take():
            return self._view(self._session.log(case_id))

    def today(self) -> tuple[DueItem, ...]:
        """Return what is owed, soonest first."""
        with self._turns.take():
            return due_items(self._around, self._session.logs.values(), self._clock())

    def recipients(self) -> tuple[str, date]:
        """Return the number of today's recipients, for a caller to compare, and the day after which it has changed."""
        with self._turns.take():
            today = self._clock()
            live = self._session.desk.live(today)
            return recipients_number(live), min((epoch.seal_until for epoch in live), default=today)

    def open_handed_over(self, data: bytes) -> bytes:
        """Return what is in an age file that came by post or by hand."""
        with self._turns.take():
            return open_handed_over(data, self._session.reader().identities)

    def protocols(self) -> Mapping[str, InvestigationProtocol]:
        """Return the newest version of every protocol at hand, by its id."""
        return self._session.protocols.newest

    def complete_step(self, case_id: str, step_id: str, record: Record, option: str | None = None) -> CaseView:
        """Complete a step of the protocol."""
        return self.do(case_id, CompleteStep(self.member, step_id, record, option))

    def declare(self, case_id: str, conflict: bool, explanation: str = "") -> CaseView:  # noqa: FBT001 - one question
        """Declare whether this member has an interest in the case."""
        return self.do(case_id, DeclareConflict(self.member, conflict, explanation))

    def write_message(self, case_id: str, draft: MessageDraft) -> CaseView:
        """Write a message to the reporter and place it if the intake answers."""
        with self._turns.take():
            log = self._session.log(case_id)
            self._record(log, write_command(self.member, log.case, draft, self.files.chosen(draft.files)))
            # What is recorded is placed by the next sync at the latest.
            with suppress(IntakeError, IncidentError, RaceLostError):
                syncing.sync_case(self._session, log, self._clock())
            return self._view(log)

    def acknowledgement_text(self, case_id: str) -> str:
        """Return the standard words of the acknowledgement, in the reporter's language."""
        with self._turns.take():
            return acknowledgement(self._session.log(case_id).case, self._clock())

    def acknowledge(self, case_id: str, text: str | None = None) -> CaseView:
        """Acknowledge the case's first report."""
        return self.write_message(case_id, MessageDraft("acknowledgement", text or self.acknowledgement_text(case_id)))

    def do(self, case_id: str, command: Command) -> CaseView:
        """Carry out a command of this member."""
        return self.do_all({case_id: command})

    def do_all(self, commands: Mapping[str, Command]) -> CaseView:
        """Carry out a command in each of several cases and return the first; if one is refused, none is recorded.

        A failure on the way leaves what was recorded before it.
        """
        if any(command.by != self.member for command in commands.values()):
            raise ValueError("by must be this member")
        with self._turns.take():
            logs = [(self._session.log(case_id), command) for case_id, command in commands.items()]
            for log, command in logs[1:]:
                decide(log.case, self._session.protocols.of(log.case), command, self._clock())
            for log, command in logs:
                self._record(log, command)
            return self._view(logs[0][0])

    def split(self, case_id: str, draft: PartDraft) -> CaseView:
        """Open a case for a part of a case's report, and return the new case."""
        with self._turns.take():
            today, session = self._clock(), self._session
            syncing.begin(session.keyring, today)
            return self._view(split(session, session.log(case_id), draft, today))

    def _record(self, log: CaseLog, command: Command) -> None:
        today, session = self._clock(), self._session
        syncing.begin(session.keyring, today)
        logbook.record(session, log, lambda: decide(log.case, session.protocols.of(log.case), command, today), today)

    def _view(self, log: CaseLog) -> CaseView:
        return case_view(self._around, log, self._clock())

    def _leave(self) -> None:
        self._session.client.close()
        self._session.vault.close()
        self._home.release()


def _open_session(home: Home, passphrase: str, transport: httpx.BaseTransport | None) -> Session:
    keyring = Keyring.unlock(home, passphrase)
    settings = home.settings()
    vault = Vault(home.vault_file)
    protocols = open_shelf(home.protocol_files(), settings.protocol)
    client = IntakeClient(settings.origin, settings.proxy, transport)
    return Session(
        settings, keyring, vault, client, desks.load(vault, settings.desk), protocols, Spool(home.blob_folder)
    )
