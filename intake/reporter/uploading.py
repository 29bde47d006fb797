# SPDX-License-Identifier: EUPL-1.2
"""After an entry has arrived: its files are sent one after the other, with progress, and then signed for.

The text is safe before the first byte of a file goes. A file that cannot be sent does not keep the others away.
"""

from collections.abc import Sequence

import click

from crypto.mailbox import MailboxKeys
from crypto.records import Attachment
from intake.reporter.desks import fetch_desk
from intake.reporter.errors import UnsentError
from intake.reporter.files import Announced, Upload
from intake.reporter.mailbox import open_mailbox
from intake.reporter.outbox import FilesOutbox
from intake.reporter.terminal import plain, progress
from intake.reporter.trying import keep_trying
from intake.reporter.visit import Visit


def send_files(visit: Visit, keys: MailboxKeys, announced: Sequence[Announced], about: int) -> None:
    """Send the files that the entry at place ``about`` announced.

    Raises:
        UnsentError: some could not be sent; the others were.
        LaterError: the reporter gave up.
    """
    if not announced:
        return
    sent = [record for one in announced if (record := _send(visit, keys, one)) is not None]
    if sent:
        outbox = keep_trying(visit, lambda: _outbox(visit, keys, about, sent))
        keep_trying(visit, outbox.send)
        click.echo(visit.say("Files sent: {count}.", count=len(sent)))
    if len(sent) < len(announced):
        raise UnsentError(
            "Your text was sent, but {count} of its files were not. Send them again with `answer --file`.",
            count=len(announced) - len(sent),
        )


def _send(visit: Visit, keys: MailboxKeys, announced: Announced) -> Attachment | None:
    upload = Upload(visit.client, keys, announced, visit.today)
    show = progress(plain(announced.record.name))
    try:
        return keep_trying(visit, lambda: upload.send(show))
    except UnsentError as error:
        click.echo(visit.say.explain(error))
        return None


def _outbox(visit: Visit, keys: MailboxKeys, about: int, sent: Sequence[Attachment]) -> FilesOutbox:
    desk = fetch_desk(visit.client, visit.desk.id, visit.today, visit.desk)
    mailbox = open_mailbox(visit.client, keys, desk, visit.today)
    return FilesOutbox(visit.client, mailbox, about, visit.say.language, sent, visit.today)
