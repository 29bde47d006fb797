# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-report mailbox` and `answer`: come back with the eight words, read, and write again."""

from collections.abc import Mapping
from pathlib import Path

import click

from crypto.statements import Reply
from intake.reporter.draft import Draft
from intake.reporter.errors import UnsentError
from intake.reporter.files import Chosen
from intake.reporter.mailbox import Mailbox
from intake.reporter.outbox import MessageOutbox
from intake.reporter.proof import check_free, save_mailbox
from intake.reporter.show import show_change, show_files, show_mailbox, show_proof
from intake.reporter.terminal import long_text, plain, require, text_lines, title
from intake.reporter.trying import keep_trying
from intake.reporter.uploading import send_files
from intake.reporter.visit import Visit


def read(visit: Visit, proof: Path | None) -> None:
    """Open the mailbox and print it; save a proof of what the reporter sent where ``proof`` says."""
    check_free(proof)
    visit.show_name()
    mailbox = visit.open_mailbox()
    show_mailbox(visit, mailbox)
    if proof is not None:
        save_mailbox(visit, mailbox, proof)


def answer(visit: Visit, about: int | None, text: str | None, file: tuple[Chosen, ...]) -> None:
    """Write a message, or the answer to the committee's entry with number ``about``."""
    say = visit.say
    visit.show_name()
    mailbox = visit.open_mailbox()
    show_change(visit, mailbox)
    if about is not None:
        _show_answered(visit, mailbox, about)
    typed = text if text is not None else long_text(say("Your message"), say)
    if not typed.strip():
        raise UnsentError("There is no message. Nothing was sent. Write your message first.")
    kind = "message" if about is None else "answer"
    send_message(visit, mailbox, Draft({"text": typed}, say.language, kind, about, file))


def send_message(visit: Visit, mailbox: Mailbox, draft: Draft) -> None:
    """Show who reads it, ask, send, and print the proof."""
    outbox = MessageOutbox(visit.client, mailbox, draft, visit.today)
    title(visit.say("Check your message"))
    for text in draft.answers.values():
        text_lines(text)
    show_files(visit.say, draft)
    _ask_to_send(visit, outbox)
    sent = keep_trying(
        visit, outbox.send, lambda: _ask_to_send(visit, outbox), lambda: _give_back(visit, draft.answers)
    )
    show_proof(visit.say, sent)
    send_files(visit, mailbox.keys, outbox.announced, sent.seq)


def _ask_to_send(visit: Visit, outbox: MessageOutbox) -> None:
    outbox.shown = outbox.readers
    visit.show_readers(sorted(outbox.shown))
    require(visit.say("Send the message now?"), visit.say)


def _show_answered(visit: Visit, mailbox: Mailbox, about: int) -> None:
    entry = mailbox.entry(about)
    if entry is None or not isinstance(entry.content, Reply):
        raise UnsentError(
            "There is no message of the committee with number {number}. Nothing was sent. The command `mailbox` shows "
            "the numbers.",
            number=about,
        )
    title(visit.say("You answer this:"))
    text_lines(entry.content.content["text"])


def _give_back(visit: Visit, answers: Mapping[str, str]) -> None:
    title(visit.say("Your text, to copy if you want to keep it"))
    for text in answers.values():
        click.echo(plain(text))
