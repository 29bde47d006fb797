# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-report files`: the committee's files, into a folder that the reporter names."""

from pathlib import Path

import click

from intake.reporter.errors import ReporterError
from intake.reporter.export import name_of, save
from intake.reporter.terminal import plain, progress
from intake.reporter.visit import Visit


def export(visit: Visit, folder: Path) -> None:
    """Save every file of the committee's messages.

    Raises:
        ReporterError: the last reason why one was not saved; the others were.
    """
    visit.show_name()
    mailbox = visit.open_mailbox()
    failed: ReporterError | None = None
    for entry, reply in mailbox.replies:
        for number, attachment in enumerate(reply.attachments, start=1):
            target = folder / name_of(entry.link.seq, number, attachment.name)
            try:
                save(visit.client, mailbox.keys, attachment, target, visit.today, progress(plain(attachment.name)))
                click.echo(visit.say("Saved: {file}", file=plain(str(target))))
            except ReporterError as error:
                click.echo(visit.say.explain(error))
                failed = error
    if failed is not None:
        raise failed
