# SPDX-License-Identifier: EUPL-1.2
"""What an unlocked tool works with: keys, vault, intake, the desk's documents, protocols and open case logs."""

from dataclasses import dataclass, field
from datetime import date

from casework.desk.desks import Desks
from casework.errors import DeskRefusedError, MissingError, UnknownCaseError
from casework.folder.home import Settings
from casework.folder.keyring import Keyring
from casework.folder.spool import Spool
from casework.folder.vault import Vault
from casework.logs.case_log import CaseLog
from casework.protocols import Shelf
from casework.wire.exchange import Signer
from casework.wire.intake_client import IntakeClient
from crypto.age import Identity
from crypto.desk import Desk
from crypto.unseal import Reader


@dataclass(frozen=True, slots=True)
class Lesson:
    """One question for the desk's history (`history`); `failure` says why it brought nothing."""

    failure: MissingError | None


@dataclass(slots=True)
class Session:
    """One member at one desk, unlocked."""

    settings: Settings
    keyring: Keyring
    vault: Vault
    client: IntakeClient
    desks: Desks
    protocols: Shelf
    spool: Spool
    logs: dict[str, CaseLog] = field(default_factory=dict)
    lesson: Lesson | None = None
    """None until the sync that runs asks for the history."""

    @property
    def member(self) -> str:
        """This member's id."""
        return self.keyring.secrets.member

    @property
    def desk(self) -> Desk:
        """The newest verified desk.

        Raises:
            DeskRefusedError: none was seen yet.
        """
        if not self.desks.known:
            raise DeskRefusedError("This tool has not seen the desk's document yet. Sync first.")
        return self.desks.known[0]

    def log(self, case: str) -> CaseLog:
        """Return the log of a case.

        Raises:
            UnknownCaseError: this tool has no such case.
        """
        found = self.logs.get(case)
        if found is None:
            raise UnknownCaseError("There is no such case here, or you hold no key to it. Sync and look again.")
        return found

    def forget(self) -> None:
        """Drop every key at once; whoever still works on this session gets LockedError at its next step."""
        self.client.cancel()
        self.keyring.forget()
        # A new dict, because another thread may be going through the old one.
        self.logs = {}

    def by_identity(self, today: date) -> Signer:
        """Sign requests as this member."""
        return Signer(self.keyring.secrets.identity, today)

    def by_committee(self, mailbox: str, today: date) -> Signer:
        """Sign requests with the committee's login of a mailbox."""
        return Signer(self.keyring.secrets.mailboxes[mailbox].committee_seed, today)

    def reader(self) -> Reader:
        """Return this member with the seal-to keys that still exist, newest first: most entries are sealed to those."""
        newest_first = sorted(self.keyring.secrets.epochs, key=lambda epoch: epoch.seal_from, reverse=True)
        return Reader(self.member, [Identity.from_seed(epoch.seed) for epoch in newest_first])
