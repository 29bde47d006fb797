# SPDX-License-Identifier: EUPL-1.2
"""One visit to a desk: its address read, its document verified, its identity shown before anything is asked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import click

from crypto.desk import Desk
from crypto.mailbox import MailboxKeys
from intake.reporter import desks
from intake.reporter.address import Address, check_proxy, read_address
from intake.reporter.client import IntakeClient
from intake.reporter.errors import AbsentError, UnsentError
from intake.reporter.i18n import Translator
from intake.reporter.mailbox import Mailbox, open_mailbox
from intake.reporter.terminal import ask_words, numbered, plain, require, text_lines, title

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Visit:
    """A verified desk and the way to its intake."""

    say: Translator
    today: date
    address: Address
    client: IntakeClient
    desk: Desk

    @property
    def name(self) -> str:
        """The desk's name in the reporter's language."""
        return plain(desks.in_language(self.desk.document, self.desk.document.name, self.say.language))

    def people(self, members: Sequence[str], older: Sequence[Desk] = ()) -> list[str]:
        """Return members as a reporter may see them: by name and role, or by role where the policy says so.

        ``older`` are the desk under documents that may name who has left since.
        """
        shown = self.desk.document.policy.names_shown
        documents = [one.document for one in (self.desk, *older)]
        found = desks.people(documents, members, self.say.language)
        return [plain(", ".join(part for part in (one.name * shown, one.role or one.id) if part)) for one in found]

    def open_mailbox(self) -> Mailbox:
        """Ask for the eight words and open their mailbox."""
        keys = MailboxKeys.from_words(ask_words(self.say), self.desk.id)
        return open_mailbox(self.client, keys, self.desk, self.today)

    def show_routes(self) -> None:
        """Print the other ways to be heard, from the verified document."""
        document, language = self.desk.document, self.say.language
        title(self.say("Other ways to report, and advice"))
        click.echo("  " + self.say("Somebody in danger now? Call 112."))
        for route in document.elsewhere:
            text_lines(f"{desks.in_language(document, route.name, language)}: {route.value}")
            if route.note:
                text_lines(desks.in_language(document, route.note, language), "    ")

    def require_open(self) -> None:
        """Check that the desk takes reports today.

        Raises:
            AbsentError: it does not; the other ways are printed.
        """
        if desks.takes_reports(self.desk, self.today):
            return
        self.show_routes()
        opens = self.desk.document.opens
        if opens is not None and self.today < opens:
            raise AbsentError("This desk takes reports from {day} on. Nothing was sent.", day=opens)
        if not self.desk.document.takes_reports(self.today):
            raise AbsentError(
                "This desk is closed and takes no new reports. Nothing was sent. An earlier report's mailbox "
                "still opens."
            )
        raise AbsentError(
            "Too few members of this desk can read new reports at the moment: a report would wait unread. Nothing was "
            "sent. Report in another way, or try again later."
        )

    def show_name(self) -> None:
        """Print whose desk this is."""
        title(self.say("Checked: this is the desk “{name}”.", name=self.name))

    def show_identity(self) -> None:
        """Print whose desk this is, with its id as on the poster; ask to compare what was not typed from there."""
        say, desk = self.say, self.desk.id
        self.show_name()
        if self.address.typed:
            click.echo(say("It is the desk that you typed from the poster."))
            return
        click.echo(say("Compare it with the poster. These are the words of this desk:"))
        numbered(desks.poster_words(desk, say.language))
        click.echo(
            say("Number of this desk:") + " " + " ".join(desk[i : i + _GROUP] for i in range(0, len(desk), _GROUP))
        )
        require(say("Does the poster say the same?"), say)

    def show_readers(self, members: Sequence[str]) -> None:
        """Print who can open what is sent now.

        Raises:
            UnsentError: nobody can.
        """
        if not members:
            self.show_routes()
            raise UnsentError("Nobody is left who could read this. Nothing was sent. Report in another way.")
        click.echo(self.say("Only these people of “{name}” can open it:", name=self.name))
        numbered(self.people(members))
        recovery = self.desk.document.policy.recovery
        if recovery is not None:
            holders = plain(desks.in_language(self.desk.document, recovery.holders, self.say.language))
            click.echo(
                self.say(
                    "If members lose their keys, {threshold} of these {shares} holders together can make open cases "
                    "readable again: {holders}.",
                    threshold=recovery.threshold,
                    shares=recovery.shares,
                    holders=holders,
                )
            )


@contextmanager
def visiting(
    say: Translator, today: date, url: str, desk: str | None, desk_words: str | None, proxy: str | None
) -> Iterator[Visit]:
    """Fetch and verify the desk of an address, and show whose it is; errors as `read_address` and `fetch_desk`."""
    address = read_address(url, desk, desk_words)
    check_proxy(proxy, address.origin)
    with IntakeClient(address.origin, proxy) as client:
        yield Visit(say, today, address, client, desks.fetch_desk(client, address.desk, today))
