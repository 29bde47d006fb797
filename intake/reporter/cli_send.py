# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-report send`: a report from the first question to the proof of sending.

Nothing that was typed is lost while the program runs: a failed attempt is offered again with the same bytes and the
same words, and who gives up gets the text back on the screen.
"""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from crypto.mailbox import MailboxKeys
from crypto.passphrase import new_words
from intake.reporter import desks
from intake.reporter.asking import ask, named_in
from intake.reporter.draft import Draft
from intake.reporter.errors import UnsentError
from intake.reporter.files import Chosen
from intake.reporter.outbox import ReportOutbox
from intake.reporter.proof import check_free, save_sent
from intake.reporter.questions import REQUIRED, questions
from intake.reporter.show import show_files, show_next_steps
from intake.reporter.terminal import (
    confirm,
    numbered,
    plain,
    require,
    second_screen,
    short_text,
    text_lines,
    title,
)
from intake.reporter.trying import keep_trying
from intake.reporter.uploading import send_files
from intake.reporter.visit import Visit

_ASKED_BACK = 2


def send(visit: Visit, text: str | None, exclude: Sequence[str], file: tuple[Chosen, ...], proof: Path | None) -> None:
    """Ask, show, seal and send a report; show its eight words once, and save a proof where ``proof`` says."""
    say = visit.say
    check_free(proof)
    answers = {REQUIRED: text} if text is not None else {}
    visit.show_identity()
    visit.require_open()
    excluded = _excluded(visit, exclude, ask=text is None)
    answers = answers or ask(say)
    excluded |= _named(visit, answers, excluded)
    draft = Draft(answers, say.language, files=file)
    words = new_words(say.language)
    keys = MailboxKeys.from_words(words, visit.desk.id)
    outbox = ReportOutbox(visit.client, keys, visit.desk, draft, excluded, visit.today)
    _review(visit, draft, sorted(outbox.shown))
    sent = keep_trying(
        visit, outbox.send, lambda: _show_new_readers(visit, outbox), lambda: _give_back(visit, answers, words)
    )
    click.echo(say("Your report was sent on {day}.", day=say.day(sent.day)))
    _hand_over(visit, words)
    show_next_steps(visit, sent)
    try:
        send_files(visit, keys, outbox.announced, sent.seq)
    finally:
        if proof is not None:
            save_sent(visit, sent, draft, proof)


def _excluded(visit: Visit, asked: Sequence[str], *, ask: bool) -> set[str]:
    """Return whom the reporter excludes: those named on the command line, or those chosen from the list."""
    say = visit.say
    live = [epoch.member for epoch in visit.desk.live(visit.today)]
    if not visit.desk.document.policy.exclusion:
        if asked:
            raise UnsentError(
                "This desk does not let a reporter exclude a member. Nothing was sent. Report in another way."
            )
        return set()
    unknown = sorted(set(asked) - set(live))
    if unknown:
        raise UnsentError(
            "Nobody who reads reports at this desk today is called {names}. Nothing was sent. They are called: {live}.",
            names=", ".join(unknown),
            live=", ".join(live),
        )
    if asked or not ask:
        return set(asked)
    title(say("Who will read this?"))
    numbered(visit.people(live))
    click.echo(
        say(
            "Is your report about one of them? Then exclude that person: they cannot open it, and cannot see that you "
            "did so."
        )
    )
    return _chosen(visit, live)


def _named(visit: Visit, answers: Mapping[str, str], excluded: set[str]) -> set[str]:
    """Return those whose name stands in the answers and who must not read it after all; nothing is sent for it."""
    if not visit.desk.document.policy.exclusion:
        return set()
    left = [epoch.member for epoch in visit.desk.live(visit.today) if epoch.member not in excluded]
    found = named_in(answers.values(), desks.people([visit.desk.document], left, visit.say.language))
    return {person.id for person in found if _must_not_read(visit, person.id)}


def _must_not_read(visit: Visit, member: str) -> bool:
    (person,) = visit.people([member])
    question = visit.say(
        "Your text has a name that also belongs to somebody who reads reports here: {person}. Exclude this person?",
        person=person,
    )
    return confirm(question, visit.say)


def _chosen(visit: Visit, live: Sequence[str]) -> set[str]:
    while True:
        typed = short_text(visit.say("Numbers of those to exclude, or nothing")).replace(",", " ").split()
        if all(part.isascii() and part.isdigit() and 0 < int(part) <= len(live) for part in typed):
            return {live[int(part) - 1] for part in typed}
        click.echo(visit.say("Type one of the numbers."))


def _review(visit: Visit, draft: Draft, readers: Sequence[str]) -> None:
    say = visit.say
    asked = {question.name: question for question in questions(say)}
    title(say("Check your report"))
    for name, answer in draft.answers.items():
        click.secho(asked[name].text, bold=True)
        text_lines(dict(asked[name].choices).get(answer, answer))
    show_files(say, draft)
    visit.show_readers(readers)
    require(say("Send the report now?"), say)


def _show_new_readers(visit: Visit, outbox: ReportOutbox) -> None:
    outbox.shown = outbox.readers
    visit.show_readers(sorted(outbox.shown))
    require(visit.say("Send the report now?"), visit.say)


def _give_back(visit: Visit, answers: Mapping[str, str], words: Sequence[str]) -> None:
    """Print what would otherwise be gone: the text, and words that open the mailbox if the report arrived after all."""
    say = visit.say
    title(say("Your text, to copy if you want to keep it"))
    for answer in answers.values():
        click.echo(plain(answer))
    title(say("If the report arrived after all, these words open its mailbox"))
    numbered(words)


def _hand_over(visit: Visit, words: Sequence[str]) -> None:
    """Show the words until two of them were typed back from paper, or the reporter goes on without."""
    say = visit.say
    while True:
        with second_screen():
            title(say("Write down these eight words"))
            click.echo(
                say(
                    "With these words you open your mailbox: there you read the answer, and there the committee can "
                    "ask you something. You see the words only now. Nobody can give them to you again."
                )
            )
            numbered(words)
            click.echo(say("Write them by hand, in this order, with the numbers. Do not take a photograph."))
            short_text(say("Press Enter when you have written them down"))
        places = sorted(secrets.SystemRandom().sample(range(len(words)), _ASKED_BACK))
        if all(_typed_back(visit, words, place) for place in places):
            return


def _typed_back(visit: Visit, words: Sequence[str], place: int) -> bool:
    """Return whether a word was typed back; nothing at all is the reporter's wish to go on without."""
    say = visit.say
    typed = short_text(say("Type word {number} from your paper, or nothing to go on", number=place + 1)).strip().lower()
    if typed in ("", words[place]):
        return True
    click.echo(say("This is not word {number}. Look at your paper again.", number=place + 1))
    return False
