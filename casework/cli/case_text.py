# SPDX-License-Identifier: EUPL-1.2
"""A case in full on a terminal. What others wrote goes through `plain` first."""

from collections.abc import Iterable

import click

from casework.cli.terminal import case_line, clock_line, plain
from casework.domain.case.events import DeviationRecorded, DisclosureReviewed
from casework.domain.judge.views import StepState, StepView
from casework.domain.terms.term import Clock
from casework.i18n import Translator
from casework.views.answers import Passage, answers
from casework.views.cases import CaseView
from casework.views.history import Line, tell
from casework.views.labels import (
    DELETED_MEANS,
    FLAGS,
    JUDGEMENTS,
    TRANSCRIPT_STATES,
    WITHDRAWAL_OUTCOMES,
)
from casework.views.reports import ReportText
from casework.wire.refusals import NO_ROOM


def show_case(view: CaseView, say: Translator) -> None:
    """Print a case in full."""
    click.secho(case_line(view.line, say), bold=True)
    for flag in view.assessment.flags:
        click.echo(say(FLAGS[flag]))
    for report in view.reports:
        _report(report, say)
    _asides(view, say)
    _beside(view, say)
    for notice in view.assessment.notices:
        click.echo(say.text(notice.text))
    click.secho(say("Clocks"), bold=True)
    for clock in view.assessment.clocks:
        _clock(clock, say)
    click.secho(say("Steps"), bold=True)
    for step in view.assessment.steps:
        _step(step, say)
    click.secho(say("What happened"), bold=True)
    for item in view.timeline:
        _line(tell(view, item, say), say)
    for incident in view.incidents:
        click.secho(say(incident.message), fg="red")
    if view.without_room:
        click.secho(say(NO_ROOM), fg="red")
    if view.voids:
        click.echo(say("{count} entries could not be read here and do not count.", count=len(view.voids)))


def _report(report: ReportText, say: Translator) -> None:
    if report.number:
        click.echo(say("Locked file of {day}, number {number}", day=report.received, number=report.number))
        click.echo(
            say(
                "Nobody can check who made this file, and its sender cannot be answered here. Treat it as an anonymous "
                "letter."
            )
        )
    else:
        readers = ", ".join(report.sealed_to)
        click.echo(say("Report of {day}, sealed to {members}", day=report.received, members=readers))
    _passages(answers(report.answers, say))


def _asides(view: CaseView, say: Translator) -> None:
    """Print what reporters said beside their story: contact details, withdrawals, verdicts on accounts."""
    for contact in view.contacts:
        if contact.details is None:
            click.echo(say("The reporter took the contact details back on {day}.", day=contact.day))
            continue
        click.secho(say("Contact details, given on {day}", day=contact.day), bold=True)
        _texts(((say("Name"), contact.details.name), (say("How to reach"), contact.details.reach)))
    for taken in view.withdrawals:
        click.echo(say("The reporter withdrew the report on {day}. Nothing was deleted.", day=taken.day))
        _passages(answers({"reason": taken.reason}, say))
        if taken.decision:
            click.echo(f"  {say(WITHDRAWAL_OUTCOMES[taken.decision.outcome])}: {plain(taken.decision.grounds)}")
    for gone in view.deletions:
        click.echo(say("The reporter deleted the mailbox on {day}.", day=gone.day))
        click.echo(say(DELETED_MEANS))
    for account in view.transcripts:
        state = say(TRANSCRIPT_STATES[account.state])
        click.echo(f"{say('Written account')} {account.placed or '-'}: {state} {account.answered or ''}".rstrip())


def _beside(view: CaseView, say: Translator) -> None:
    """Print what stands beside the protocol: danger that was told outside, ties to other cases, deviations."""
    for one in view.assessment.disclosures:
        made = one.disclosure.made
        click.echo(say("Told outside because of danger to life on {day}, to: {to}", day=made.made, to=plain(made.to)))
        _texts(((say("What was told"), made.told), (say("Why it could not wait"), made.ground)))
        for review in one.disclosure.reviews:
            if isinstance(review.event, DisclosureReviewed):
                said = f"{say(JUDGEMENTS[review.event.judgement])} {plain(review.event.remarks)}".rstrip()
                click.echo(f"  {plain(review.author)}: {said}")
    for case, joined in view.case.joined.items():
        where = say("The inquiry is done here.") if joined.leads else say("The inquiry is done there.")
        click.echo(f"{say('Joined with:')} {plain(case[:6].upper())}. {where}")
    for case in view.case.parts:
        click.echo(f"{say('Split off from this case:')} {plain(case[:6].upper())}")
    for entry in view.assessment.deviations:
        if isinstance(entry.event, DeviationRecorded):
            click.echo(f"{say('Left out, with consent')}: {entry.event.step}")
            _texts(((say("Grounds"), entry.event.grounds),))


def _clock(clock: Clock, say: Translator) -> None:
    click.echo(f"  {clock_line(clock, say)}")
    click.echo(f"      {say.text(clock.term.rule.basis)}")
    for text in (*clock.extended, *([clock.atw_note] if clock.atw_note else [])):
        click.echo(f"      {say.text(text)}")
    later = clock.term.rule.free_days.words
    if clock.atw and clock.atw != clock.due and later:
        click.echo(f"      {clock.atw}: {say.text(later)}")


def _step(step: StepView, say: Translator) -> None:
    optional = f" ({say('not required')})" if step.step.optional else ""
    click.echo(f"  [{say(_STATES[step.state])}] {step.step.id} {say.text(step.step.title)}{optional}")
    for problem in step.blocked_by if step.state is StepState.BLOCKED else ():
        click.echo(f"      {say.text(problem.text)}")


def _line(line: Line, say: Translator) -> None:
    item = line.item
    mark = f" [{plain(say.text(item.problem.text))}]" if item.problem else ""
    click.echo(f"  {item.seq:>3} {item.day} {plain(item.author.name)}: {plain(line.headline)}{mark}")
    _passages(line.passages)


def _passages(passages: Iterable[Passage]) -> None:
    _texts((passage.label, passage.text) for passage in passages)


def _texts(texts: Iterable[tuple[str, str]]) -> None:
    for name, text in texts:
        lines = plain(text).splitlines() or [""]
        click.echo(f"      {plain(name)}{'' if name.endswith('?') else ':'} {lines[0]}")
        for line in lines[1:]:
            click.echo(f"      | {line}")


_STATES = {
    StepState.DONE: "done",
    StepState.OPEN: "its turn",
    StepState.BLOCKED: "its turn, but blocked",
    StepState.LATER: "later",
    StepState.LEFT_OUT: "left out",
}
