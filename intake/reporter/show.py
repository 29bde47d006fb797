# SPDX-License-Identifier: EUPL-1.2
"""The mailbox on a terminal: the promised days, who reads, what is new, and the entries in order."""

import click

from crypto.encoding import parse_day
from crypto.statements import Reply, State
from intake.reporter import terms
from intake.reporter.draft import Draft, Sent
from intake.reporter.i18n import Translator
from intake.reporter.log import Opened
from intake.reporter.mailbox import Mailbox, dates, short_number
from intake.reporter.terminal import text_lines, title
from intake.reporter.visit import Visit


def show_mailbox(visit: Visit, mailbox: Mailbox) -> None:
    """Print all of it."""
    say = visit.say
    title(say("Mailbox {number}", number=short_number(mailbox.keys.log)))
    show_terms(visit, mailbox)
    show_change(visit, mailbox)
    for entry in mailbox.opened:
        if entry.message:
            _entry(visit, mailbox, entry)
    title(say("Who reads what you send now?"))
    readers = [epoch.member for epoch in mailbox.readers(visit.today)]
    for person in visit.people(readers) or [say("Nobody can receive a message today.")]:
        click.echo(f"  {person}")
    if mailbox.state.excluded:
        excluded = visit.people(mailbox.state.excluded, mailbox.older)
        click.echo(say("Not reading, because you excluded them: {names}.", names=say.list(excluded)))


def show_terms(visit: Visit, mailbox: Mailbox) -> None:
    """Print what the law promises, and whether it was kept."""
    say, found = visit.say, dates(mailbox)
    receipt = visit.desk.document.policy.receipt_is_ack
    click.echo(say("Your report came in on {day}.", day=say.day(found.received)))
    for name, term in (
        (say("Acknowledgement of receipt"), terms.acknowledgement_term(found, visit.today, receipt_is_ack=receipt)),
        (say("Result or progress"), terms.feedback_term(found, visit.today, receipt_is_ack=receipt)),
    ):
        click.echo(f"{name}: {_term(term, say)}")


def show_change(visit: Visit, mailbox: Mailbox) -> None:
    """Print what changed since the reporter last wrote: it matters before the next message is sealed."""
    say = visit.say
    if mailbox.joined:
        click.echo(
            say("New since your last message: {names}.", names=say.list(visit.people(mailbox.joined, mailbox.older)))
        )
    if mailbox.left:
        names = say.list(visit.people(mailbox.left, mailbox.older))
        click.echo(say("No longer reading since your last message: {names}.", names=names))
    before, now = mailbox.state.desk_version, visit.desk.document.version
    if now > before:
        click.echo(
            say("The desk has published version {now} of its document; you had seen {before}.", now=now, before=before)
        )


def show_next_steps(visit: Visit, sent: Sent) -> None:
    """Print the proof of sending of a report and what comes next."""
    say = visit.say
    receipt = visit.desk.document.policy.receipt_is_ack
    show_proof(say, sent)
    if receipt:
        click.echo(say("At this desk this is the acknowledgement of receipt as well."))
    else:
        click.echo(
            say(
                "This shows that your report has reached the desk. It is not the acknowledgement of receipt: that one "
                "comes from the committee itself, on {day} at the latest.",
                day=say.day(terms.acknowledgement_due(sent.day)),
            )
        )
    due = terms.feedback_due(sent.day, None, receipt_is_ack=receipt)
    click.echo(
        say("On {day} at the latest you hear what the committee thinks of it and what it does.", day=say.day(due))
    )
    click.echo(say("Look in your mailbox now and then, with your eight words:"))
    click.echo(f"  meldkluis-report mailbox {visit.address.mailbox}")


def show_files(say: Translator, draft: Draft) -> None:
    """Print the files that go along, with what stands in them besides what one sees."""
    if not draft.files:
        return
    click.secho(say("Files"), bold=True)
    for chosen in draft.files:
        text_lines(f"{chosen.path.name} ({chosen.size:,} bytes)")
    click.echo(
        say(
            "They are sent as they are, with their names. A photo or document often has a name, place or time inside "
            "that can lead to you; this program takes nothing out."
        )
    )


def show_proof(say: Translator, sent: Sent) -> None:
    """Print the proof of sending."""
    title(say("Proof of sending"))
    click.echo(f"{say('Sent on')}: {say.day(sent.day)}")
    click.echo(f"{say('Report number')}: {sent.number}")
    click.echo(f"{say('Fingerprint of what the server keeps')}: {sent.hash}")


def _entry(visit: Visit, mailbox: Mailbox, entry: Opened) -> None:
    say, link = visit.say, entry.link
    head = f"{link.seq}. {say.day(link.day)}"
    if isinstance(entry.content, State):
        title(f"{head} · {say('You')}: {deeds(say).get(entry.content.did, say('Message'))}")
        return
    new = f" · {say('New')}" if link.seq > mailbox.state.seen.seq else ""
    if entry.content is None:
        title(f"{head} · {say('A message that cannot be checked')}{new}")
        click.echo(
            "  "
            + say(
                "It does not open, or was not made by somebody who may write to you. It is not shown. Mention it in "
                "your answer."
            )
        )
        return
    _reply(visit, mailbox, entry.content, head, new)


def _reply(visit: Visit, mailbox: Mailbox, reply: Reply, head: str, new: str) -> None:
    say, (author,) = visit.say, visit.people([reply.author], mailbox.older)
    title(f"{head} · {author}: {_kind(say, reply)}{new}")
    answered = next((one for one in mailbox.opened if one.link.head == reply.about), None)
    if answered is not None:
        click.echo("  " + say("About entry {number}.", number=answered.link.seq))
    text_lines(reply.content["text"])
    for attachment in reply.attachments:
        text_lines(say("File: {name} ({size} bytes)", name=attachment.name, size=f"{attachment.size:,}"))
    if reply.kind == "feedback":
        for label, name in (
            (say("What the committee thinks of it:"), "assessment"),
            (say("What is done about it:"), "follow_up"),
        ):
            click.echo(f"  {label}")
            text_lines(reply.content[name], "    ")
    if reply.kind == "acknowledgement":
        due = say.day(parse_day(reply.content["feedback_due"]))
        click.echo(
            "  " + say("On {day} at the latest you hear what the committee thinks of it and what it does.", day=due)
        )


def _kind(say: Translator, reply: Reply) -> str:
    if reply.kind == "feedback" and reply.content["stage"] == "interim":
        return say("Interim feedback")
    return {
        "acknowledgement": say("Acknowledgement of receipt"),
        "question": say("Question to you"),
        "message": say("Message"),
        "feedback": say("Feedback"),
        "transcript": say("Report of a conversation"),
    }[reply.kind]


def deeds(say: Translator) -> dict[str, str]:
    """Return what an entry of the reporter may have done (FORMAT.md section 7.3), in words."""
    return {
        "report": say("Your report"),
        "message": say("Message"),
        "answer": say("Answer"),
        "contact": say("How to reach you"),
        "contact_withdrawn": say("Contact details taken back"),
        "withdrawal": say("Report withdrawn"),
        "transcript_agree": say("Agreed with the report of the conversation"),
        "transcript_disagree": say("Did not agree with the report of the conversation"),
        "transcript_correct": say("Corrected the report of the conversation"),
        "files": say("Files sent"),
    }


def _term(term: terms.Term, say: Translator) -> str:
    states = {
        "receipt": say("Received on {day}.", day=say.day(term.day)),
        "given": say("Received on {day}.", day=say.day(term.day)),
        "late": say(
            "Received on {day}. That is later than the law asks ({due}).", day=say.day(term.day), due=say.day(term.due)
        ),
        "due": say("Not yet. You get it on {due} at the latest.", due=say.day(term.due)),
        "passed": say(
            "Not received. It should have been here on {due} at the latest. The committee has not kept to its term. "
            "You can ask why, or go to another authority.",
            due=say.day(term.due),
        ),
        "interim": say("You got interim feedback on {day}. The result comes later.", day=say.day(term.day)),
    }
    return states[term.state]
