# SPDX-License-Identifier: EUPL-1.2
"""`delete`: the committee's replies go, and the eight words open nothing any more (FORMAT.md section 7.7)."""

import click

from crypto.answers import Placed
from crypto.deletion import Deletion, is_reply, write_deletion
from intake.reporter.client import Signer
from intake.reporter.errors import HeadMovedError, UnsentError
from intake.reporter.mailbox import Mailbox
from intake.reporter.show import show_change
from intake.reporter.terminal import require, title
from intake.reporter.trying import keep_trying
from intake.reporter.visit import Visit


def delete(visit: Visit) -> None:
    """Delete the mailbox, after telling what goes and what stays."""
    say = visit.say
    visit.show_name()
    mailbox = visit.open_mailbox()
    show_change(visit, mailbox)
    title(say("You delete your mailbox"))
    for line in (
        say("Everything that the committee wrote to you goes, and its files too. Your eight words then open nothing."),
        say("Your report stays with the committee, with everything you sent. Withdrawing it is something else."),
        say("The committee can no longer reach you here: no acknowledgement and no result, even if it was promised."),
        say("What somebody copied or intercepted before stays with them. Nobody can undo this."),
        say("Do you want a proof of what you sent? Save it first: `mailbox --proof FILE`."),
    ):
        click.echo(line)
    require(say("Delete the mailbox now?"), say)
    frame = _frame(visit, mailbox)
    placed = keep_trying(visit, lambda: _send(visit, mailbox, frame))
    click.echo(say("Your mailbox was deleted on {day}. Destroy the paper with your eight words.", day=placed.day))


def _frame(visit: Visit, mailbox: Mailbox) -> bytes:
    keys, last = mailbox.keys, mailbox.last.link
    replies = tuple(one.link.seq for one in mailbox.opened if is_reply(one.link.frame))
    deletion = Deletion(keys.desk, keys.log, last.seq + 1, last.head, visit.today, replies)
    return write_deletion(deletion, keys.sign_seed)


def _send(visit: Visit, mailbox: Mailbox, frame: bytes) -> Placed:
    keys = mailbox.keys
    try:
        return visit.client.append(keys.log, frame, mailbox.last.link.head, Signer(keys.login_seed, visit.today))
    except HeadMovedError as error:
        raise UnsentError(
            "Something new stands in your mailbox. Nothing was deleted. Read it with the command `mailbox`, and then "
            "decide again."
        ) from error
