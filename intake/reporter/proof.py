# SPDX-License-Identifier: EUPL-1.2
"""A dated proof that a reporter may keep: what the page saves, as one page without scripts or links.

It is written only where the reporter asks for it. It helps who has to show later what they reported, and it tells
whoever finds it.
"""

from collections.abc import Iterable
from datetime import date
from html import escape
from pathlib import Path

import click

from crypto import saving
from crypto.encoding import b64encode
from crypto.statements import State
from intake.reporter import desks
from intake.reporter.draft import Draft, Sent
from intake.reporter.errors import UnsentError
from intake.reporter.i18n import Translator
from intake.reporter.mailbox import Mailbox, short_number
from intake.reporter.questions import questions
from intake.reporter.show import deeds
from intake.reporter.terminal import plain
from intake.reporter.visit import Visit

Facts = list[tuple[str, str]]
_STYLE = (
    "body{max-inline-size:42rem;margin:1rem auto;padding-inline:1rem;font:1rem/1.5 sans-serif;overflow-wrap:anywhere}"
    "dd{white-space:pre-wrap}"
)


def check_free(target: Path | None) -> None:
    """Check before anything is sent that the proof will be written over nothing.

    Raises:
        UnsentError: something is there.
    """
    if target is not None and target.exists():
        raise UnsentError("{file} is there already. Nothing was sent. Choose another name for the proof.", file=target)


def save_sent(visit: Visit, sent: Sent, draft: Draft, target: Path) -> None:
    """Save the proof of a report that was just sent, with its text; errors as `_save`."""
    say = visit.say
    asked = {question.name: question for question in questions(say)}
    answers = [(asked[name].text, dict(asked[name].choices).get(text, text)) for name, text in draft.answers.items()]
    files = [
        (say("File announced with the report"), f"{chosen.path.name} ({chosen.size:,} bytes)") for chosen in draft.files
    ]
    report = (say("Report, sent on {day}", day=say.day(sent.day)), _fingerprint(say, sent.hash))
    _save(visit, sent.log, sent.day, [report, *answers, *files], target)


def save_mailbox(visit: Visit, mailbox: Mailbox, target: Path) -> None:
    """Save the proof of everything that the reporter sent; their words cannot be opened again. Errors as `_save`."""
    say = visit.say
    facts = [
        (
            f"{deeds(say).get(entry.content.did, say('Message'))}, {say.day(entry.link.day)}",
            _fingerprint(say, b64encode(entry.link.frame.hash)),
        )
        for entry in mailbox.opened
        if isinstance(entry.content, State)
    ]
    _save(visit, mailbox.keys.log, visit.today, facts, target)


def _fingerprint(say: Translator, value: str) -> str:
    return say("SHA-256: {hash}", hash=value)


def _save(visit: Visit, log: str, day: date, facts: Facts, target: Path) -> None:
    """Write the page.

    Raises:
        UnsentError: it cannot be written there.
    """
    try:
        saving.save(target.parent, [target.name], [_page(visit, log, day, facts).encode()])
    except OSError as error:
        raise UnsentError("The proof was not saved: {file} cannot be written.", file=target) from error
    click.echo(visit.say("Saved: {file}", file=plain(str(target))))


def _page(visit: Visit, log: str, day: date, facts: Facts) -> str:
    say, desk = visit.say, visit.desk.id
    about = [
        (say("Made on"), say.day(day)),
        (say("Desk"), visit.name),
        (say("Desk in ten words"), " ".join(desks.poster_words(desk, say.language))),
        (say("Number of the desk"), desk),
        (say("Report number"), short_number(log)),
        (say("Number of the mailbox"), log),
    ]
    meaning = say(
        "The SHA-256 is that of the sealed bytes that the website keeps. The committee can show with it that this is "
        "the report it received, and on which day."
    )
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{say.language}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escape(say('Notes'))}</title><style>{_STYLE}</style></head><body><main>",
            f"<h1>{escape(say('Proof of what was reported'))}</h1>",
            f"<p>{escape(say('Whoever finds this page knows that you reported. Keep it somewhere safe.'))}</p>",
            _list(about),
            f"<h2>{escape(say('What was sent'))}</h2>",
            _list(facts),
            f"<p>{escape(meaning)}</p>",
            "</main></body></html>\n",
        )
    )


def _list(facts: Iterable[tuple[str, str]]) -> str:
    rows = (f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in facts)
    return f"<dl>{''.join(rows)}</dl>"
