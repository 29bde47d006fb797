# SPDX-License-Identifier: EUPL-1.2
"""The clocks of a case's steps, by the terms in its protocol. They start on a day that the case recorded.

A step that is done again keeps the clock of the start that its last completion answered.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from casework.domain.judge.flow import Flow, Stage
from casework.domain.protocol.model import DoneBy, Step
from casework.domain.terms.calendar import StatutoryCalendar
from casework.domain.terms.term import Clock, Term, read_clock
from casework.domain.text import Text

_START_TEXTS = {
    "acknowledged": Text("Plaatsing van de ontvangstbevestiging.", "The acknowledgement was placed."),
    "question_placed": Text("Plaatsing van een vraag aan de melder.", "A question to the reporter was placed."),
}


class _Moment(NamedTuple):
    seq: int
    day: date


def step_clock(flow: Flow, step: Step, stage: Stage, today: date, calendar: StatutoryCalendar) -> Clock | None:
    """Return the clock of a step's own term; None without one, before its start, or when left out."""
    if step.term is None or stage in (Stage.LATER, Stage.LEFT_OUT):
        return None
    own = _completions(flow, step.id)
    starts = _starts(flow, step.term.start)
    if stage is Stage.DONE:
        starts = [start for start in starts if start.seq < own[-1].seq]
    if not starts:
        return None
    start = starts[-1]
    stopped = next((moment.day for moment in own if moment.seq > start.seq), None)
    return read_clock(_term(flow, step, start.day), stopped, today, calendar)


def _term(flow: Flow, step: Step, started: date) -> Term:
    if step.term is None:
        raise ValueError("this step has no term")
    started_by = _START_TEXTS.get(step.term.start) or _done_text(flow.protocol.steps[step.term.start])
    return Term(step.id, None, step.title, step.term.rule, started, started_by, _done_text(step))


def _done_text(step: Step) -> Text:
    return Text(f"Stap {step.id} ({step.title.nl}) is gedaan.", f"Step {step.id} ({step.title.en}) was done.")


def _completions(flow: Flow, step_id: str) -> list[_Moment]:
    return [_Moment(entry.seq, entry.day) for entry in flow.completions.get(step_id, ())]


def _starts(flow: Flow, start: str) -> list[_Moment]:
    reports = flow.case.reports.values()
    if start == "acknowledged":
        return _earliest(_Moment(report.seq, report.acknowledged) for report in reports if report.acknowledged)
    if start == "question_placed":
        return sorted(_Moment(*report.last_question) for report in reports if report.last_question)
    if flow.protocol.steps[start].done_by is DoneBy.REPORT:
        return _earliest(_Moment(report.seq, report.received.received) for report in reports)
    return _completions(flow, start)


def _earliest(moments: Iterable[_Moment]) -> list[_Moment]:
    return sorted(moments, key=lambda moment: moment.day)[:1]
