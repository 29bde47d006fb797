# SPDX-License-Identifier: EUPL-1.2
"""Says things on a terminal and asks for them; reporters' texts go through `plain` first.

A text from outside may hold escape sequences that move the cursor or recolour, and signs that turn the
direction of writing: on a terminal those could forge a line of this tool's own.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import click

from casework.domain.case.events import MessageReceived
from casework.domain.case.records import FieldType, RecordField
from casework.domain.judge.views import StepView
from casework.domain.terms.term import Clock, ClockStatus
from casework.errors import PassphraseError
from casework.i18n import Translator
from casework.labels import DELETED_MEANS, TRANSCRIPT_STATES, WITHDRAWAL_OUTCOMES, received_title
from casework.refusals import NO_ROOM
from casework.views import CaseLine, CaseView, ReportText, TimelineItem

_FILE_VARIABLE = "MELDKLUIS_PASSPHRASE_FILE"
_KEPT = "\n\t"
_END = "."


def plain(text: str) -> str:
    """Return a text without control signs and direction marks; each becomes a visible replacement."""
    return "".join(sign if sign in _KEPT or unicodedata.category(sign)[0] != "C" else "�" for sign in text)


def passphrase(say: Translator, *, new: bool = False) -> str:
    """Return the passphrase: the first line of the file that MELDKLUIS_PASSPHRASE_FILE names, else typed."""
    file = os.environ.get(_FILE_VARIABLE)
    if file is None:
        return str(click.prompt(say("Passphrase"), hide_input=True, confirmation_prompt=new))
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseError("The file that {name} names cannot be read.", name=_FILE_VARIABLE) from error
    if not lines or not lines[0]:
        raise PassphraseError("The file that {name} names has no first line.", name=_FILE_VARIABLE)
    return lines[0]


def long_text(prompt: str, say: Translator) -> str:
    """Return what is typed or piped in, up to a line with only a full stop or the end of input.

    There is no editor: those leave copies of what was typed on the disk.
    """
    click.echo(f"{prompt} {say('(end with a line that holds only a full stop)')}", err=True)
    lines = []
    for line in sys.stdin:
        if line.rstrip("\r\n") == _END:
            break
        lines.append(line)
    return "".join(lines).strip()


def clock_line(clock: Clock, say: Translator) -> str:
    """Return a clock in one line: what, when, and how it stands."""
    states = {
        ClockStatus.RUNNING: say("due on {day}, {days} days left", day=clock.due, days=clock.days_left),
        ClockStatus.DUE_TODAY: say("due today"),
        ClockStatus.OVERDUE: say("OVERDUE since {day}", day=clock.due),
        ClockStatus.MET_ON_TIME: say("done on {day}, in time", day=clock.stopped),
        ClockStatus.MET_LATE: say("done on {day}, too late", day=clock.stopped),
        ClockStatus.EXCUSED: say("not possible, with reasons"),
    }
    return f"{say.text(clock.term.title)}: {states[clock.status]}"


def case_line(line: CaseLine, say: Translator) -> str:
    """Return a case in one line."""
    if line.broken:
        return f"{line.number}  {say('This case cannot be shown. Open it to read why.')}"
    due = clock_line(line.next_due, say) if line.next_due else say("nothing is owed")
    marks = [say("closed")] * line.closed + [say("a message is on its way")] * bool(line.unplaced)
    marks += [say("withdrawn by the reporter")] * line.withdrawn + [say("mailbox deleted")] * line.deleted
    return "  ".join([line.number, str(line.received), plain(line.title), due, *marks])


def show_case(view: CaseView, say: Translator) -> None:
    """Print a case in full."""
    click.secho(case_line(view.line, say), bold=True)
    for report in view.reports:
        _report(report, say)
    _asides(view, say)
    for notice in view.assessment.notices:
        click.echo(say.text(notice.text))
    click.secho(say("Clocks"), bold=True)
    for clock in view.assessment.clocks:
        click.echo(f"  {clock_line(clock, say)}")
    click.secho(say("To do"), bold=True)
    for step in view.assessment.to_do:
        _step(step, say)
    click.secho(say("What happened"), bold=True)
    for item in view.timeline:
        _item(item, say)
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
    _texts(report.answers.items())


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
        _texts((("reason", taken.reason),) if taken.reason else ())
        if taken.decision:
            click.echo(f"  {say(WITHDRAWAL_OUTCOMES[taken.decision.outcome])}: {plain(taken.decision.grounds)}")
    for gone in view.deletions:
        click.echo(say("The reporter deleted the mailbox on {day}.", day=gone.day))
        click.echo(say(DELETED_MEANS))
    for account in view.transcripts:
        state = say(TRANSCRIPT_STATES[account.state])
        click.echo(f"{say('Written account')} {account.placed or '-'}: {state} {account.answered or ''}".rstrip())


def field_help(field: RecordField, say: Translator) -> str:
    """Return what a field asks, with the values that it takes."""
    values = ", ".join(f"{choice.value} ({say.text(choice.label)})" for choice in field.choices)
    kinds = {FieldType.YES_NO: "yes/no", FieldType.DAY: "YYYY-MM-DD"}
    hint = values or kinds.get(field.type, "")
    optional = "" if field.required else say("(not required)")
    return " ".join(part for part in (say.text(field.label), f"[{hint}]" if hint else "", optional) if part)


def _step(step: StepView, say: Translator) -> None:
    click.echo(f"  {step.step.id} {say.text(step.step.title)}")
    for problem in step.blocked_by:
        click.echo(f"      {say.text(problem.text)}")


def _item(item: TimelineItem, say: Translator) -> None:
    mark = f" [{say.text(item.problem.text)}]" if item.problem else ""
    click.echo(f"  {item.seq:>3} {item.day} {plain(item.author.name)}: {_happened(item, say)}{mark}")
    if item.kind != "report_received":
        _texts(item.texts.items())


def _happened(item: TimelineItem, say: Translator) -> str:
    """Return what kind of entry of a case's history this is."""
    if isinstance(item.event, MessageReceived):
        return say(received_title(item.event))
    return say(_EVENTS[item.kind])


def _texts(texts: Iterable[tuple[str, str]]) -> None:
    for name, text in texts:
        lines = plain(text).splitlines() or [""]
        click.echo(f"      {plain(name)}: {lines[0]}")
        for line in lines[1:]:
            click.echo(f"      | {line}")


_EVENTS = {
    "report_received": "report received",
    "case_registered": "entered in the register",
    "protocol_pinned": "protocol chosen",
    "mailbox_deleted": "The reporter deleted the mailbox",
    "message_written": "message to the reporter",
    "message_placed": "message placed in the mailbox",
    "step_completed": "step completed",
    "step_reopened": "step reopened",
    "conflict_declared": "declaration of interest",
    "member_excluded": "member excluded",
    "decision_taken": "decision",
    "deviation_recorded": "deviation from the protocol",
    "note_added": "note",
    "hold_placed": "hold placed",
    "hold_lifted": "hold lifted",
    "disclosure_made": "told outside because of danger to life",
    "disclosure_reviewed": "disclosure judged",
    "reports_joined": "joined with another case",
    "joining_undone": "apart from another case again",
    "case_split": "case split",
    "case_closed": "case closed",
    "case_reopened": "case reopened",
    "unread": "an entry that cannot be read here",
}
