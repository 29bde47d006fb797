# SPDX-License-Identifier: EUPL-1.2
"""Trying again for as long as the reporter wants: what was sealed is kept, so nothing is lost and nothing doubles."""

from collections.abc import Callable
from typing import TypeVar

import click

from intake.reporter.errors import LaterError, ReadersError, ReporterError
from intake.reporter.terminal import confirm
from intake.reporter.visit import Visit

T = TypeVar("T")


def keep_trying(
    visit: Visit,
    attempt: Callable[[], T],
    readers_changed: Callable[[], None] | None = None,
    give_up: Callable[[], None] = lambda: None,
) -> T:
    """Return what an attempt gives, made again for as long as the reporter wants.

    ``readers_changed`` shows who would read it now and asks to go on; without it, that is an error as any other.
    ``give_up`` is called before the last error is raised.
    """
    while True:
        try:
            return attempt()
        except LaterError as error:
            click.echo(visit.say.explain(error))
            if not confirm(visit.say("Try again? Nothing is lost, and nothing is sent twice."), visit.say):
                give_up()
                raise
        except ReporterError as error:
            if not isinstance(error, ReadersError) or readers_changed is None:
                give_up()
                raise
            click.echo(visit.say.explain(error))
            readers_changed()
