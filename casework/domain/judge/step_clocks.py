# SPDX-License-Identifier: EUPL-1.2
"""The clocks of a case's steps, by the terms in its protocol. They start on a day that the case recorded.

A step that is done again keeps the clock of the start that its last completion answered. One that was postponed in time
has the day chosen then, or that of the step which ends every postponement. Nothing pauses a clock: no law knows a pause
here, and waiting for others does not stop what is owed.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from casework.domain.case.event_json import day_or_none
from casework.domain.judge.flow import Completion, Flow, Stage
from casework.domain.protocol.model import DoneBy, Step
from casework.domain.protocol.step_term import FieldOf, StartPoint, StepTerm
from casework.domain.terms.calendar import StatutoryCalendar
from casework.domain.terms.law import EXTENSIONS, granted
from casework.domain.terms.term import Clock, Extension, Length, Term, TermKind, TermRule, TermUnit, read_clock
from casework.domain.text import Text

_START_TEXTS = {
    StartPoint.ACKNOWLEDGED: Text("Plaatsing van de ontvangstbevestiging.", "The acknowledgement was placed."),
    StartPoint.QUESTION_PLACED: Text("Plaatsing van een vraag aan de melder.", "A question was placed."),
    StartPoint.FEEDBACK_GIVEN: Text("De eindterugkoppeling aan de melder.", "Final feedback to the reporter."),
}
_CHOSEN = Text(
    "De dag die is gekozen toen deze stap voor het laatst werd vastgelegd.",
    "The day that was chosen when this step was last recorded.",
)


class _Moment(NamedTuple):
    seq: int
    day: date


class _Judge(NamedTuple):
    """What a clock is read with."""

    flow: Flow
    step: Step
    today: date
    calendar: StatutoryCalendar


def step_clock(flow: Flow, step: Step, stage: Stage, today: date, calendar: StatutoryCalendar) -> Clock | None:
    """Return the clock of a step's own term; None without one, before its start, or when left out."""
    if stage in (Stage.LATER, Stage.LEFT_OUT):
        return None
    judge = _Judge(flow, step, today, calendar)
    terms = [term for term in step.terms if _holds(flow, term)]
    own = _completions(flow, step.id)
    if not terms:
        return _planned(judge, own)
    start = _start(judge, terms, own, stage)
    if start is None:
        return None
    since = [done for done in own if done.seq > start.seq]
    clock = _series if len(terms[0].rules) > 1 else _single
    return clock(judge, terms[0], start.day, since)


def _start(judge: _Judge, terms: list[StepTerm], own: list[Completion], stage: Stage) -> _Moment | None:
    """Return from where the first of the terms runs, or None if it did not start.

    A norm runs from its newest start. What the law asks runs from the earliest day on record that was not yet
    answered: recording a later day afterwards must not lengthen a term of the law.
    """
    first = terms[0]
    law = first.rules[0].kind is TermKind.LAW
    alike = [term for term in terms if law and term.rules == first.rules and _is_told(term)] or [first]
    starts = sorted(start for term in alike for start in _starts(judge.flow, term.start))
    answers = [done.seq for done in own if not _again_on(judge.step, done)]
    if stage is Stage.DONE:
        starts = [start for start in starts if start.seq < own[-1].seq]
        answers = answers[:-1]
    if not law or not starts:
        return starts[-1] if starts else None
    unanswered = [start for start in starts if not answers or start.seq > answers[-1]]
    return min(unanswered, key=lambda start: start.day, default=starts[-1])


def _is_told(term: StepTerm) -> bool:
    """Say whether one record tells both that a term runs and from which day."""
    return isinstance(term.start, FieldOf) and term.when is not None and term.start.step == term.when.step


def _single(judge: _Judge, term: StepTerm, started: date, since: list[Completion]) -> Clock:
    stopped = next((_met(term, done) for done in since if not _again_on(judge.step, done)), None)
    extensions = _extensions(judge.flow, judge.step, started)
    clock = read_clock(
        _term(judge, term, term.rules[0], started), stopped, judge.today, judge.calendar, extensions=extensions
    )
    return _postponed(judge, term, since, clock) or clock


def _series(judge: _Judge, term: StepTerm, started: date, since: list[Completion]) -> Clock | None:
    """The first completion answers the first rule and so on; a step that is finished shows the last one answered."""
    finished = judge.flow.stage(judge.step) is Stage.DONE
    place = min(len(since), len(term.rules)) - 1 if finished else len(since)
    if place >= len(term.rules):
        return None
    stopped = _met(term, since[-1]) if finished else None
    return read_clock(_term(judge, term, term.rules[place], started), stopped, judge.today, judge.calendar)


def _planned(judge: _Judge, own: list[Completion]) -> Clock | None:
    """Return the clock of the day that was chosen last for a step without a term, or None if none was."""
    for place, done in reversed(list(enumerate(own))):
        until = _again_on(judge.step, done)
        if until:
            answered = own[place + 1].day if place + 1 < len(own) else None
            return _until(judge, done.day, until, answered)
    return None


def _postponed(judge: _Judge, term: StepTerm, since: list[Completion], clock: Clock) -> Clock | None:
    """Return the clock of the last postponement in a row that was made in time, or None without one.

    Only what answers the step stops it: one postponement more, made too late, does not.
    """
    last = next((done.day for done in _completions(judge.flow, term.latest)), None) if term.latest else None
    due, times, chosen_on = clock.due, 0, clock.due
    for done in since:
        until = _again_on(judge.step, done)
        if until is None or done.day > due:
            break
        due, times, chosen_on = max(min(until, last or until), done.day), times + 1, done.day
    if not times:
        return None
    told = tuple(_put_off(judge, term, clock, times, last))
    return _until(judge, chosen_on, due, clock.stopped)._replace(extended=told)


def _put_off(judge: _Judge, term: StepTerm, clock: Clock, times: int, last: date | None) -> Iterator[Text]:
    """Yield what to know of a step that was postponed: how often, since when it was due, and that this has to end."""
    often_nl, often_en = ("", "") if times == 1 else (f" {times} keer", f" {times} times")
    was = clock.due.isoformat()
    yield Text(
        f"Uitgesteld{often_nl}: zonder uitstel was de laatste dag {was}.",
        f"Postponed{often_en}: without that the last day was {was}.",
    )
    if last and term.latest:
        title = judge.flow.protocol.steps[term.latest].title
        yield Text(
            f"Verder uitstel telt niet: stap {term.latest} ({title.nl}) is gedaan op {last.isoformat()}.",
            f"No postponement counts beyond step {term.latest} ({title.en}), done on {last.isoformat()}.",
        )


def _until(judge: _Judge, chosen_on: date, until: date, answered: date | None) -> Clock:
    rule = TermRule(Length(max((until - chosen_on).days, 0), TermUnit.DAYS), TermKind.NORM, _CHOSEN)
    done = judge.step.when_done
    return read_clock(
        Term(judge.step.id, None, judge.step.title, rule, chosen_on, done, done), answered, judge.today, judge.calendar
    )


def _again_on(step: Step, done: Completion) -> date | None:
    """Return the day by which a completion says that the step must be done again, or None."""
    option = step.option(done.event.option) if step.can_be_put_off else None
    return _day(done, option.again_on) if option and option.again_on else None


def _met(term: StepTerm, done: Completion) -> date:
    return (_day(done, term.stops_on) if term.stops_on else None) or done.day


def _term(judge: _Judge, term: StepTerm, rule: TermRule, started: date) -> Term:
    step = judge.step
    return Term(step.id, None, step.title, rule, started, _start_text(judge.flow, term.start), step.when_done)


def _start_text(flow: Flow, start: str | StartPoint | FieldOf) -> Text:
    if isinstance(start, StartPoint):
        return _START_TEXTS[start]
    if isinstance(start, FieldOf):
        return flow.protocol.steps[start.step].when_said(start.field)
    return flow.protocol.steps[start].when_done


def _holds(flow: Flow, term: StepTerm) -> bool:
    """Say whether a term has its condition: by the newest answer, but what starts a term once known stays known."""
    if term.when is None:
        return True
    found = (done.event.record.get(term.when.field) for done in _completions(flow, term.when.step))
    answers = [answer for answer in found if answer is not None]
    if _is_told(term):
        return True in answers
    return bool(answers) and answers[-1] is True


def _extensions(flow: Flow, step: Step, started: date) -> tuple[Extension, ...]:
    """Return what extended the step's term, in the order of the log; what was recorded before its start does not."""
    laws = flow.protocol.extended_by.get(step.id)
    if not laws:
        return ()
    found = sorted((done.seq, law, done) for other, law in laws.items() for done in _completions(flow, other))
    return granted((law, _days(done, EXTENSIONS[law].requires)) for _, law, done in found if done.day >= started)


def _days(done: Completion, names: Iterable[str]) -> dict[str, date]:
    found = ((name, _day(done, name)) for name in names)
    return {name: day for name, day in found if day}


def _completions(flow: Flow, step_id: str) -> list[Completion]:
    return flow.completions.get(step_id, [])


def _starts(flow: Flow, start: str | StartPoint | FieldOf) -> list[_Moment]:
    if isinstance(start, StartPoint):
        return _message_starts(flow, start)
    if isinstance(start, FieldOf):
        days = ((done.seq, _day(done, start.field)) for done in _completions(flow, start.step))
        return [_Moment(seq, day) for seq, day in days if day]
    if flow.protocol.steps[start].done_by is DoneBy.REPORT:
        reports = flow.case.reports.values()
        return _earliest(_Moment(report.seq, report.received.received) for report in reports)
    return [_Moment(done.seq, done.day) for done in _completions(flow, start)]


def _message_starts(flow: Flow, start: StartPoint) -> list[_Moment]:
    reports = flow.case.reports.values()
    match start:
        case StartPoint.ACKNOWLEDGED:
            return _earliest(_Moment(report.seq, report.acknowledged) for report in reports if report.acknowledged)
        case StartPoint.QUESTION_PLACED:
            return sorted(_Moment(*report.last_question) for report in reports if report.last_question)
        case StartPoint.FEEDBACK_GIVEN:
            given = ((report.finished_seq, report.final_feedback) for report in reports)
            return sorted(_Moment(seq, day) for seq, day in given if seq is not None and day is not None)


def _earliest(moments: Iterable[_Moment]) -> list[_Moment]:
    return sorted(moments, key=lambda moment: moment.day)[:1]


def _day(done: Completion, field: str) -> date | None:
    """Return the day that a record has in a field, or None."""
    return day_or_none(done.event.record.get(field))
