# SPDX-License-Identifier: EUPL-1.2
"""The desk of a member: a folder that a passphrase unlocked, and an intake to sync with.

    desk = Desk.unlock(home, passphrase, clock=amsterdam_today, confirmed=None)

What can be done with it, `service.open_desk` says. A day that went back does not raise: reading works, and
`overview().read_only` is the error to show.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing, suppress
from datetime import date

import httpx

from casework.desk import desks
from casework.domain.case.commands import Command, WriteMessage
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
from casework.service.desk_files import CaseFiles
from casework.service.handover import open_handed_over
from casework.service.open_desk import OpenDesk
from casework.service.overviews import overview
from casework.service.turns import Turns
from casework.session import Session
from casework.sync import logbook, syncing
from casework.sync.splitting import split
from casework.sync.syncing import SyncResult, SyncStage
from casework.views.cases import CaseView
from casework.views.desk import Overview
from casework.views.drafts import PartDraft
from casework.wire.intake_client import IntakeClient
from crypto.handover import recipients_number


class Desk(OpenDesk):
    """One member's unlocked tool for one desk."""

    def __init__(self, session: Session, clock: Callable[[], date], leave: Callable[[], None]) -> None:
        self._session = session
        self._turns = Turns(leave)
        self._last_overview: Overview | None = None
        self.files: CaseFiles = CaseFiles(session, self._turns, clock)
        super().__init__(session.member, around(session), self._turns.take, clock)

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
        """Unlock a member's folder; keys whose day has come are destroyed before anything else.

        Raises:
            PassphraseError: it is another one.
            HomeError: the folder has no keys, joined no desk, or is in use.
            DateToConfirmError: show its question, and call again with `confirmed` its day if a person agrees.
        """
        home.claim()
        with ExitStack() as opened:
            opened.callback(home.release)
            session = _open_session(home, passphrase, transport, opened)
            with suppress(ReadOnlyError):
                syncing.begin(session.keyring, clock(), confirmed)
            logbook.load(session)
            session.spool.forget_fetched()
            return cls(session, clock, opened.pop_all().close)

    def close(self) -> None:
        """Forget the secrets, and give up the folder as soon as no other thread works in it."""
        self._session.forget()
        self._turns.end()

    def wait_until_closed(self, seconds: float) -> bool:
        """Wait until the folder is given up, so long at most; say whether it is."""
        return self._turns.wait_until_left(seconds)

    def overview(self) -> Overview:
        """Return the desk and the state of this tool; while another thread works, as they were before that."""
        if self._turns.taken and self._last_overview:
            return self._last_overview
        with self._turn():
            self._last_overview = overview(self._session, self._clock())
            return self._last_overview

    def sync(self, confirmed: date | None = None, progress: Callable[[SyncStage], None] | None = None) -> SyncResult:
        """Bring this tool and the intake up to date with each other; errors as `OpenDesk.sync`."""
        with self._turn():
            self._last_overview = overview(self._session, self._clock())
            result = syncing.sync(self._session, self._clock(), confirmed, progress)
            if not result.problems:
                self.files.tidy()
            return result

    def recipients(self) -> tuple[str, date]:
        """Return the number of today's recipients, for a caller to compare, and the day after which it has changed."""
        with self._turn():
            today = self._clock()
            live = self._session.desk.live(today)
            return recipients_number(live), min((epoch.seal_until for epoch in live), default=today)

    def open_handed_over(self, data: bytes) -> bytes:
        """Return what is in an age file that came by post or by hand."""
        with self._turn():
            return open_handed_over(data, self._session.reader().identities)

    def protocols(self) -> Mapping[str, InvestigationProtocol]:
        """Return the newest version of every protocol at hand, by its id."""
        return self._session.protocols.newest

    def split(self, case_id: str, draft: PartDraft) -> CaseView:
        """Open a case for a part of a case's report, and return the new case."""
        with self._turn():
            today, session = self._clock(), self._session
            syncing.begin(session.keyring, today)
            return self._view(split(session, session.log(case_id), draft, today).id)

    def _logs(self) -> Iterable[CaseLog]:
        return self._session.logs.values()

    def _log(self, case_id: str) -> CaseLog:
        return self._session.log(case_id)

    def _record(self, case_id: str, command: Command) -> None:
        today, session, log = self._clock(), self._session, self._log(case_id)
        syncing.begin(session.keyring, today)
        logbook.record(session, log, lambda: decide(log.case, session.protocols.of(log.case), command, today), today)

    def _place(self, case_id: str, message: WriteMessage) -> None:  # noqa: ARG002 - a sync places whatever waits
        # What is recorded is placed by the next sync at the latest.
        with suppress(IntakeError, IncidentError, RaceLostError):
            syncing.sync_case(self._session, self._log(case_id), self._clock())


def _open_session(home: Home, passphrase: str, transport: httpx.BaseTransport | None, opened: ExitStack) -> Session:
    """Open what a session works with; `opened` closes it."""
    keyring = Keyring.unlock(home, passphrase)
    settings = home.settings()
    protocols = open_shelf(home.protocol_files(), settings.protocol)
    vault = opened.enter_context(closing(Vault(home.vault_file)))
    client = opened.enter_context(closing(IntakeClient(settings.origin, settings.proxy, transport)))
    return Session(
        settings, keyring, vault, client, desks.load(vault, settings.desk), protocols, Spool(home.blob_folder)
    )
