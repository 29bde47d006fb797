# SPDX-License-Identifier: EUPL-1.2
"""`contact`, `withdraw` and `judge`: what a reporter can do in a mailbox besides writing (FORMAT.md section 7.2).

Each is an entry of its own: nothing that was sent before is overwritten or deleted by it.
"""

import click

from crypto.statements import Reply
from intake.reporter.cli_mailbox import send_message
from intake.reporter.draft import Draft
from intake.reporter.errors import UnsentError
from intake.reporter.mailbox import Mailbox
from intake.reporter.show import show_change
from intake.reporter.terminal import long_text, numbered, short_text, text_lines, title
from intake.reporter.visit import Visit

_VERDICTS = ("agree", "disagree", "correct")


def contact(visit: Visit) -> None:
    """Give, change or take back the way to reach the reporter."""
    say = visit.say
    mailbox = _open(visit)
    click.echo(say("All who read your report read this too. You can take it back later, but you cannot unsay it."))
    click.echo(say("Leave both open to take back what you gave before."))
    name, reach = short_text(say("Your name")), short_text(say("How can we reach you?"))
    send_message(visit, mailbox, Draft({"name": name, "reach": reach}, say.language, "contact"))


def withdraw(visit: Visit) -> None:
    """Withdraw the report."""
    say = visit.say
    mailbox = _open(visit)
    click.echo(
        say(
            "You withdraw your report. It is not deleted: the committee decides, with reasons, what becomes of it. You "
            "stay protected, and your mailbox stays open."
        )
    )
    reason = long_text(f"{say('Why do you withdraw it?')} {say('(not required)')}", say)
    answers = {"reason": reason} if reason else {}
    send_message(visit, mailbox, Draft(answers, say.language, "withdrawal"))


def judge(visit: Visit, about: int) -> None:
    """Agree with the committee's report of a conversation, object to it, or correct it."""
    say = visit.say
    mailbox = _open(visit)
    title(say("You judge this report of a conversation:"))
    text_lines(_transcript(mailbox, about).content["text"])
    click.echo()
    numbered((say("I agree with it"), say("I do not agree with it"), say("I correct it")))
    verdict = _verdict(visit)
    prompt = say("The whole corrected text") if verdict == "correct" else f"{say('A remark')} {say('(not required)')}"
    text = long_text(prompt, say)
    if verdict == "correct" and not text:
        raise UnsentError("There is no corrected text. Nothing was sent. Write it out in full.")
    answers = {"verdict": verdict, "text": text}
    send_message(visit, mailbox, Draft(answers, say.language, "transcript", about))


def _open(visit: Visit) -> Mailbox:
    visit.show_name()
    mailbox = visit.open_mailbox()
    show_change(visit, mailbox)
    return mailbox


def _verdict(visit: Visit) -> str:
    while True:
        typed = short_text(visit.say("Number")).strip()
        if typed in ("1", "2", "3"):
            return _VERDICTS[int(typed) - 1]
        click.echo(visit.say("Type one of the numbers."))


def _transcript(mailbox: Mailbox, about: int) -> Reply:
    entry = mailbox.entry(about)
    if entry is None or not isinstance(entry.content, Reply) or entry.content.kind != "transcript":
        raise UnsentError(
            "There is no report of a conversation with number {number}. Nothing was sent. The command `mailbox` shows "
            "the numbers.",
            number=about,
        )
    return entry.content
