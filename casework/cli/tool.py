# SPDX-License-Identifier: EUPL-1.2
"""What every command of the command line shares: the folder, the language, and a desk that is unlocked for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import click

from casework.cli import terminal
from casework.cli.interview import Interview
from casework.clock import amsterdam_today
from casework.errors import DateToConfirmError, UnknownCaseError
from casework.folder.home import Home
from casework.i18n import Translator
from casework.service.desk import Desk
from casework.views.cases import CaseLine, CaseView


@dataclass(frozen=True, slots=True)
class Tool:
    """The member's folder and the language to speak."""

    home: Home
    say: Translator

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Unlock the desk for one command; a date that jumped ahead is asked about."""
        desk = self.unlock()
        try:
            yield desk
        finally:
            desk.close()

    def unlock(self) -> Desk:
        """Unlock the desk with the passphrase."""
        self.home.require_keys()
        phrase = terminal.passphrase(self.say)
        try:
            return Desk.unlock(self.home, phrase, clock=amsterdam_today)
        except DateToConfirmError as error:
            self._confirm(error)
            return Desk.unlock(self.home, phrase, clock=amsterdam_today, confirmed=error.day)

    def find(self, desk: Desk, name: str) -> CaseLine:
        """Return the case that goes by this number, or whose id starts with it.

        Raises:
            UnknownCaseError: none, or more than one.
        """
        found = [
            line for line in desk.cases() if name.lower() == line.number.lower() or line.id.startswith(name.lower())
        ]
        if len(found) != 1:
            raise UnknownCaseError("No single case goes by {name}. See `meldkluis-casework cases`.", name=name)
        return found[0]

    def interview(self, desk: Desk) -> Interview:
        """Return who asks for what a form lacks, on the desk's day."""
        return Interview(self.say, desk.overview().today)

    def say_recorded(self, view: CaseView) -> None:
        """Say that something was recorded."""
        click.echo(self.say("Recorded in case {number}.", number=view.line.number))

    def _confirm(self, question: DateToConfirmError) -> None:
        click.echo(self.say.explain(question), err=True)
        answer = click.prompt(self.say("Type today's date as YYYY-MM-DD to go on"))
        if answer.strip() != date.isoformat(question.day):
            raise question
